import { legalDate } from './calendar.ts'
import type { LegalDate } from './calendar.ts'
import type { Citation, Reason, Words } from './citation.ts'
import type { AlsoRequired } from './determination.ts'
import { isFactWord } from './fact-words.ts'
import type { Count, ExportFacts, FlowFacts } from './facts.ts'
import { isCreditBureau } from './instruments/credit-reporting-2013/article-24.ts'
import { controlledData } from './instruments/dsl-2021/article-25.ts'
import { geneticReport } from './instruments/genetic-resources-2019/article-28.ts'
import { geneticReview } from './instruments/genetic-resources-rules-2023/article-37.ts'
import { regulationsFrom } from './instruments/network-data-regulations-2025/article-63.ts'
import { impactAssessment, noticeAndConsent, protection } from './instruments/pipl-2021/article-39.ts'
import { representativeInChina } from './instruments/pipl-2021/article-53.ts'
import { dutiesOfEveryExport, safeguardsOfEveryExport } from './instruments/provisions-2024/article-10.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import { classifiedSurvey } from './instruments/surveying-law-2017/article-34.ts'
import type { SettledFlow } from './matter.ts'
import type { Ground } from './provision.ts'
import type { Settled } from './settle.ts'

export type Due = Reason & { readonly duty: AlsoRequired }

export interface Duties {
  /** A duty stands once for each article it rests on. */
  readonly required: readonly Due[]
  /** Facts left out that may add a duty; a duty is due where a fact left out cannot rule it out but the law asks for it first. */
  readonly missing: readonly string[]
}

/** What is due beside the path, whatever the path is. `settled` is the heavy reading, so nothing due is left out. */
export function dutiesOf(facts: ExportFacts, settled: Settled, on: LegalDate): Duties {
  const required: Due[] = []
  const missing: string[] = []
  const collecting: Collecting = {
    on,
    due: (duty) => {
      for (const { from, due } of duty) {
        if (from <= on && !required.some((other) => isSame(other, due))) required.push(due)
      }
    },
    open: (name, value) => {
      if (value === undefined && !missing.includes(name)) missing.push(name)
    },
  }
  for (const [index, flow] of facts.flows.entries()) {
    const reading = settled.flows[index]
    if (reading?.leavesChina) dutiesOfFlow(facts, flow, { reading, index, collecting })
  }
  return { required, missing }
}

function isSame(one: Due, other: Due): boolean {
  return one.duty === other.duty && one.instrument === other.instrument && one.article === other.article
}

interface Collecting {
  readonly on: LegalDate
  readonly due: (duty: Duty) => void
  readonly open: (name: string, value: unknown) => void
}

function dutiesOfFlow(
  facts: ExportFacts,
  flow: FlowFacts,
  {
    reading,
    index,
    collecting,
  }: { readonly reading: SettledFlow; readonly index: number; readonly collecting: Collecting },
): void {
  const { due, on } = collecting
  const open = (name: string, value: unknown) => {
    if (value === undefined) collecting.open(`flows.${index}.${name}`, value)
  }
  if (reading.personalInformation) {
    due(notice)
    const known = isFactWord('legalBasis', flow.legalBasis)
    open('legalBasis', known ? flow.legalBasis : undefined)
    if (!known) due(consentWhereItIsTheBasis)
    else if (flow.legalBasis === 'consent') due(consent)
    due(assessmentOfImpact)
    open('conditions.necessary', flow.conditions?.necessary)
    handlerAbroad(facts, flow, collecting)
  }
  due(safeguards)
  if (reading.personalInformation) due(protectionOfPersons)
  genetics(flow, { on, due, open })
  open('classifiedSurvey', flow.classifiedSurvey)
  open('controlledItems', flow.controlledItems)
  if (flow.classifiedSurvey === true) due(approvalOfSurvey)
  if (flow.coreData === true) due(approvalOfCoreData)
  if (flow.foreignAuthorityRequest === true) {
    due(approvalOfForeignRequest)
    if (reading.personalInformation) due(approvalOfForeignRequestForPersons)
  }
  if (flow.controlledItems === true) due(licence)
  if (isCreditBureau(flow, reading)) open('conditions.confirmedByAuthority', flow.conditions?.confirmedByAuthority)
  if (facts.handler?.identification?.done !== true || flow.importantData === 'meets-definition') {
    due(
      dutyOf('identify-important-data', importantDataIdentified, {
        zh: '按照规定识别、申报重要数据',
        en: 'Identify important data and file them',
        facts: {
          identification: facts.handler?.identification?.done ?? null,
          importantData: flow.importantData ?? null,
        },
      }),
    )
  }
}

/** Only who collects from abroad what people in China enter is asked where they are; others provide data from China. */
function handlerAbroad({ handler }: ExportFacts, flow: FlowFacts, { due, open }: Collecting): void {
  if (flow.manner === 'direct-collection') open('handler.abroad', handler?.abroad)
  if (handler?.abroad !== true) return
  due(representation)
  open('handler.representative.appointed', handler.representative?.appointed)
  open('handler.representative.reported', handler.representative?.reported)
}

/** Human genetic resources are a duty of their own, beside the export rules (Biosecurity Law art. 57). */
function genetics(flow: FlowFacts, { due, open, on }: Collecting): void {
  const genes = flow.humanGeneticResources
  open('humanGeneticResources.provided', genes?.provided)
  if (genes?.provided !== true) return
  open('humanGeneticResources.foreignParty', genes.foreignParty)
  if (genes.foreignParty === false) return
  if (genes.coveredByApproval !== true) {
    due(
      dutyOf('human-genetic-resources-report', geneticReport, {
        zh: '向境外提供人类遗传资源信息，须事先报告并提交信息备份',
        en: 'Human genetic resource information to a foreign party: prior report and a backup copy',
        facts: {
          provided: true,
          foreignParty: genes.foreignParty ?? null,
          coveredByApproval: genes.coveredByApproval ?? null,
        },
      }),
    )
  }
  if (on < geneticReview.inForce.from) return
  for (const name of ['importantFamilies', 'specificRegions', 'sequencedPersons'] as const) {
    open(`humanGeneticResources.${name}`, genes[name])
  }
  const sequencedPersons = mostOf(genes.sequencedPersons)
  if (
    genes.importantFamilies === true ||
    genes.specificRegions === true ||
    sequencedPersons > geneticReview.sequencedPersonsAbove
  ) {
    const ground = { citation: geneticReview.citation, from: geneticReview.inForce.from }
    due(
      dutyOf('human-genetic-resources-security-review', [ground], {
        zh: '重要遗传家系、特定地区或者500例以上（不含500例）测序信息须通过安全审查',
        en: 'Important families, specific regions or more than 500 persons sequenced: security review',
        facts: {
          importantFamilies: genes.importantFamilies ?? null,
          specificRegions: genes.specificRegions ?? null,
          sequencedPersons,
        },
      }),
    )
  }
}

function mostOf(count: Count | undefined): number {
  if (count === undefined) return 0
  return typeof count === 'number' ? count : count.upper
}

/** A duty on each article it rests on, from the day that article speaks. Made once where its facts are always the same. */
type Duty = readonly { readonly from: LegalDate; readonly due: Due }[]

function dutyOf(
  duty: AlsoRequired,
  grounds: readonly Ground[],
  says: Words & { readonly facts?: Reason['facts'] },
): Duty {
  const { zh, en, facts = {} } = says
  return grounds.map(({ citation, from }) => ({ from, due: { ...citation, duty, facts, zh, en } }))
}

const since = (from: string, citation: Citation): Ground => ({ citation, from: legalDate(from) })

/** Before the provisions of 2024 the Data Security Law alone says it; the regulations of 2025 say how. */
const importantDataIdentified: readonly Ground[] = [
  { citation: { instrument: 'provisions-2024', article: 2 }, from: provisionsFrom },
  { citation: { instrument: 'network-data-regulations-2025', article: 29 }, from: regulationsFrom },
  since('2021-09-01', { instrument: 'dsl-2021', article: 21 }),
]

const personal = { containsPersonalInformation: true }

const notice = dutyOf('notice', [dutiesOfEveryExport, noticeAndConsent], {
  zh: '向个人告知境外接收方等事项',
  en: 'Notice of the recipient and the rest',
  facts: personal,
})

const consentWords: Words = {
  zh: '基于个人同意的，取得单独同意',
  en: 'Separate consent where consent is the basis',
}
const consent = dutyOf('separate-consent', [dutiesOfEveryExport, noticeAndConsent], {
  ...consentWords,
  facts: { legalBasis: 'consent' },
})
const consentWhereItIsTheBasis = dutyOf('separate-consent', [dutiesOfEveryExport, noticeAndConsent], {
  ...consentWords,
  facts: { legalBasis: null },
})

const assessmentOfImpact = dutyOf('impact-assessment', [dutiesOfEveryExport, impactAssessment], {
  zh: '事前进行个人信息保护影响评估',
  en: 'Impact assessment beforehand',
  facts: personal,
})

const safeguardWords: Words = { zh: '采取必要措施保障出境数据安全', en: 'Measures that keep the data safe' }
const safeguards = dutyOf('safeguards', [safeguardsOfEveryExport], safeguardWords)
const protectionOfPersons = dutyOf('safeguards', [protection], { ...safeguardWords, facts: personal })

const representation = dutyOf('representative-in-china', representativeInChina, {
  zh: '在境内设立专门机构或者指定代表，并报送其名称、联系方式等',
  en: 'A dedicated body or a representative in China, its name and contact reported',
  facts: { abroad: true },
})

const approvalOfSurvey = dutyOf('competent-authority-approval', [since('2017-07-01', classifiedSurvey)], {
  zh: '对外提供涉密测绘成果须经批准',
  en: 'Classified survey results need approval',
  facts: { classifiedSurvey: true },
})
const approvalOfCoreData = dutyOf(
  'competent-authority-approval',
  [since('2021-09-01', { instrument: 'dsl-2021', article: 21, paragraph: 2 })],
  { zh: '核心数据须由主管机关决定', en: 'Core data await their authority', facts: { coreData: true } },
)
const foreignRequestWords = {
  zh: '须经主管机关批准',
  en: 'Approval of the competent authority',
  facts: { foreignAuthorityRequest: true },
}
const approvalOfForeignRequest = dutyOf(
  'competent-authority-approval',
  [since('2021-09-01', { instrument: 'dsl-2021', article: 36 })],
  foreignRequestWords,
)
const approvalOfForeignRequestForPersons = dutyOf(
  'competent-authority-approval',
  [since('2021-11-01', { instrument: 'pipl-2021', article: 41 })],
  foreignRequestWords,
)
const licence = dutyOf('export-control-licence', [since('2021-09-01', controlledData)], {
  zh: '属于管制物项的数据依法实施出口管制',
  en: 'Data of controlled items need a licence',
  facts: { controlledItems: true },
})
