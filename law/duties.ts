import type { LegalDate } from './calendar.ts'
import type { Citation, Reason } from './citation.ts'
import type { AlsoRequired } from './determination.ts'
import type { Count, ExportFacts, FlowFacts } from './facts.ts'
import { controlledData } from './instruments/dsl-2021/article-25.ts'
import { geneticReport } from './instruments/genetic-resources-2019/article-28.ts'
import { geneticReview } from './instruments/genetic-resources-rules-2023/article-37.ts'
import { impactAssessment, notice, protection, separateConsent } from './instruments/pipl-2021/article-39.ts'
import { dutiesOfEveryExport, safeguardsOfEveryExport } from './instruments/provisions-2024/article-10.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import { classifiedSurvey } from './instruments/surveying-law-2017/article-34.ts'
import type { SettledFlow } from './matter.ts'
import { reason } from './rule.ts'
import type { Settled } from './settle.ts'

export interface Duties {
  readonly required: readonly (Reason & { readonly duty: AlsoRequired })[]
  /** Facts left out that may add a duty; a duty is due where a fact left out cannot rule it out but the law asks for it first. */
  readonly missing: readonly string[]
}

/** What is due beside the path, whatever the path is. `settled` is the heavy reading, so nothing due is left out. */
export function dutiesOf(facts: ExportFacts, settled: Settled, on: LegalDate): Duties {
  const found = facts.flows.map((flow, index) => {
    const reading = settled.flows[index]
    return reading && reading.leavesChina
      ? dutiesOfFlow(facts, flow, reading, index, on)
      : { required: [], missing: [] }
  })
  const required = new Map(found.flatMap((flow) => flow.required).map((due) => [due.duty, due]))
  return { required: [...required.values()], missing: [...new Set(found.flatMap((flow) => flow.missing))] }
}

function dutiesOfFlow(facts: ExportFacts, flow: FlowFacts, reading: SettledFlow, index: number, on: LegalDate): Duties {
  const required: (Reason & { readonly duty: AlsoRequired })[] = []
  const missing: string[] = []
  const due = (duty: AlsoRequired, citation: Citation, looked: Reason['facts'], zh: string, en: string) => {
    required.push({ duty, ...reason(citation, looked, zh, en) })
  }
  const open = (name: string, value: unknown) => {
    if (value === undefined) missing.push(`flows.${index}.${name}`)
  }
  const later = on >= provisionsFrom
  if (reading.personalInformation) {
    const looked = { containsPersonalInformation: true }
    const general = later ? dutiesOfEveryExport : null
    due('notice', general ?? notice, looked, '向个人告知境外接收方等事项', 'Notice of the recipient and the rest')
    open('legalBasis', flow.legalBasis)
    if (flow.legalBasis === 'consent' || flow.legalBasis === undefined) {
      const basis = { legalBasis: flow.legalBasis ?? null }
      due(
        'separate-consent',
        general ?? separateConsent,
        basis,
        '基于个人同意的，取得单独同意',
        'Separate consent where consent is the basis',
      )
    }
    due(
      'impact-assessment',
      general ?? impactAssessment,
      looked,
      '事前进行个人信息保护影响评估',
      'Impact assessment beforehand',
    )
    open('conditions.necessary', flow.conditions?.necessary)
  }
  if (later || reading.personalInformation) {
    due(
      'safeguards',
      later ? safeguardsOfEveryExport : protection,
      {},
      '采取必要措施保障出境数据安全',
      'Measures that keep the data safe',
    )
  }
  genetics(flow, { due, open, on })
  open('classifiedSurvey', flow.classifiedSurvey)
  open('controlledItems', flow.controlledItems)
  if (flow.classifiedSurvey === true) {
    due(
      'competent-authority-approval',
      classifiedSurvey,
      { classifiedSurvey: true },
      '对外提供涉密测绘成果须经批准',
      'Classified survey results need approval',
    )
  }
  if (flow.coreData === true) {
    due(
      'competent-authority-approval',
      { instrument: 'dsl-2021', article: 21, paragraph: 2 },
      { coreData: true },
      '核心数据须由主管机关决定',
      'Core data await their authority',
    )
  }
  if (flow.foreignAuthorityRequest === true) {
    due(
      'competent-authority-approval',
      { instrument: 'dsl-2021', article: 36 },
      { foreignAuthorityRequest: true },
      '须经主管机关批准',
      'Approval of the competent authority',
    )
  }
  if (flow.controlledItems === true) {
    due(
      'export-control-licence',
      controlledData,
      { controlledItems: true },
      '属于管制物项的数据依法实施出口管制',
      'Data of controlled items need a licence',
    )
  }
  const identified = facts.handler?.identification?.done === true
  if (!identified || flow.importantData === 'meets-definition') {
    const citation = later
      ? ({ instrument: 'provisions-2024', article: 2 } as const)
      : ({ instrument: 'dsl-2021', article: 21 } as const)
    const looked = {
      identification: facts.handler?.identification?.done ?? null,
      importantData: flow.importantData ?? null,
    }
    due(
      'identify-important-data',
      citation,
      looked,
      '按照规定识别、申报重要数据',
      'Identify important data and file them',
    )
  }
  return { required, missing }
}

interface Collecting {
  readonly due: (duty: AlsoRequired, citation: Citation, looked: Reason['facts'], zh: string, en: string) => void
  readonly open: (name: string, value: unknown) => void
  readonly on: LegalDate
}

/** Human genetic resources are a duty of their own, beside the export rules (Biosecurity Law art. 57). */
function genetics(flow: FlowFacts, { due, open, on }: Collecting): void {
  const genes = flow.humanGeneticResources
  open('humanGeneticResources.provided', genes?.provided)
  if (genes?.provided !== true) return
  open('humanGeneticResources.foreignParty', genes.foreignParty)
  if (genes.foreignParty === false) return
  const looked = { provided: true, foreignParty: genes.foreignParty ?? null }
  if (genes.coveredByApproval !== true) {
    due(
      'human-genetic-resources-report',
      geneticReport,
      { ...looked, coveredByApproval: genes.coveredByApproval ?? null },
      '向境外提供人类遗传资源信息，须事先报告并提交信息备份',
      'Human genetic resource information to a foreign party: prior report and a backup copy',
    )
  }
  if (on < geneticReview.inForce.from) return
  for (const name of ['importantFamilies', 'specificRegions', 'sequencedPersons'] as const) {
    open(`humanGeneticResources.${name}`, genes[name])
  }
  const sequenced = mostOf(genes.sequencedPersons)
  if (
    genes.importantFamilies === true ||
    genes.specificRegions === true ||
    sequenced > geneticReview.sequencedPersonsAbove
  ) {
    const review = {
      importantFamilies: genes.importantFamilies ?? null,
      specificRegions: genes.specificRegions ?? null,
      sequencedPersons: sequenced,
    }
    due(
      'human-genetic-resources-security-review',
      geneticReview.citation,
      review,
      '重要遗传家系、特定地区或者500例以上（不含500例）测序信息须通过安全审查',
      'Important families, specific regions or more than 500 persons sequenced: security review',
    )
  }
}

function mostOf(count: Count | undefined): number {
  if (count === undefined) return 0
  return typeof count === 'number' ? count : count.upper
}
