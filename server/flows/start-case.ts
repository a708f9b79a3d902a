import { actionWords, propose } from '@tongguan/dossier'
import type { Evidence, ExportFacts } from '@tongguan/law'
import { kinds } from '@tongguan/law'
import { isScalar, isNode, Document } from 'yaml'
import { caseFileName } from '../case-folder.ts'

/** What is known when a case is begun; everything else is asked for. */
export interface KnownAtStart {
  readonly facts: ExportFacts
  readonly factsText: string
  readonly evidence: Evidence
  readonly evidenceText: string
  readonly name?: string
  readonly creditCode?: string
  readonly province?: string
}

/**
 * The files of a new case folder: answers filled from facts and scan as far as these tell, each with a comment saying
 * where it comes from, and empty where somebody has to answer. Nothing is invented: an empty field is found by the check.
 */
export function newCase(known: KnownAtStart): ReadonlyMap<string, Uint8Array> {
  const answers = new Document(startedAnswers(known))
  const comment = (path: readonly (string | number)[], text: string) => {
    const node = answers.getIn(path, true)
    if (isScalar(node)) node.comment = ` ${text}`
    else if (isNode(node)) node.commentBefore = ` ${text}`
  }
  const stated = known.facts.handler
  comment(['handler', 'name'], known.name === undefined ? from('facts.yaml', stated?.name) : 'typed (--name)')
  comment(['handler', 'ciio'], from('facts.yaml', stated?.ciio))
  comment(['handler', 'personsProcessed'], from('facts.yaml', stated?.personsProcessed))
  comment(['handler', 'creditCode'], known.creditCode === undefined ? 'from the certificate' : 'typed (--credit-code)')
  comment(['scenarios'], 'one a flow of facts.yaml; ids, recipients and manner come from there')
  const columns = known.evidence.files.flatMap((file) => file.columns)
  known.facts.flows.forEach((_, index) => {
    comment(['scenarios', index, 'items'], 'one a column the scan found; delete those that stay in China')
    columns.forEach((column, number) => {
      const { action, why } = propose(column)
      const proposal = `${actionWords[action].zh}：${why.zh} · ${actionWords[action].en}: ${why.en}`
      if (action !== 'keep') comment(['scenarios', index, 'items', number, 'decision'], proposal)
    })
  })
  const rated = ['assessment', 'reviewerMatters'] as const
  for (const list of rated) {
    comment(
      [list, 0, 'risk'],
      '1 (hardly, slight) to 5 (almost certain, grave), before and after the measures · 1至5级，措施前后各一次',
    )
    comment(
      [list, 0, 'measures'],
      'each with who does it and by which day; delete the list where none is needed · 责任人与完成日期',
    )
  }
  answers.commentBefore = [
    ' 申报答案：留空的字段由 `tongguan dossier check` 逐一列出，不会自动编造。',
    ' The answers. `tongguan dossier check` lists every empty field; none is ever invented.',
  ].join('\n')
  const file = new Document({
    schema: 'tongguan/case-folder/1',
    round: 1,
    answers: 'answers.yaml',
    facts: 'facts.yaml',
    evidence: 'evidence.json',
    provenance: {
      'handler.name': known.name === undefined ? { kind: 'document', file: 'facts.yaml' } : { kind: 'typed' },
    },
    portal: [],
  })
  file.commentBefore = [
    ' 案件文件夹。provenance 写明每个答案的来源：scan、document（文件与页码）、person（人与日期）；未写的视为 typed。',
    ' The case folder. provenance says where an answer comes from: scan, document (file, page), person (name, on); typed otherwise.',
    ' Also: filedOn, contract, permit, previousRound, defects, scans, consentRegister.',
  ].join('\n')
  return new Map<string, Uint8Array>([
    [caseFileName, Buffer.from(file.toString({ lineWidth: 0 }))],
    ['answers.yaml', Buffer.from(answers.toString({ lineWidth: 0 }))],
    ['facts.yaml', Buffer.from(known.factsText)],
    ['evidence.json', Buffer.from(known.evidenceText)],
  ])
}

const from = (file: string, value: unknown) => (value === undefined ? `not in ${file}: to be answered` : `from ${file}`)

const empty = null
const person = {
  name: empty,
  position: empty,
  nationality: empty,
  phone: empty,
  email: empty,
  idType: empty,
  idNumber: empty,
}
const risk = { likelihood: empty, severity: empty }
const matter = {
  analysis: empty,
  problems: empty,
  rectification: empty,
  conclusion: empty,
  risk: { before: risk, after: risk },
  measures: [{ what: empty, owner: empty, by: empty }],
}

/** What facts and scan tell of the answers; `null` where somebody has to answer. */
export function startedAnswers({
  facts,
  evidence,
  name,
  creditCode,
  province,
}: Pick<KnownAtStart, 'facts' | 'name' | 'creditCode' | 'province'> & {
  readonly evidence: Pick<Evidence, 'files'>
}) {
  const { handler } = facts
  const processed = handler?.personsProcessed
  return {
    schema: 'tongguan/answers/1',
    simulated: false,
    reference: empty,
    handler: {
      name: name ?? handler?.name ?? empty,
      nature: empty,
      ownership: empty,
      registeredAt: empty,
      officeAt: empty,
      province: province ?? empty,
      employees: empty,
      creditCode: creditCode ?? empty,
      ciio: handler?.ciio ?? empty,
      personsProcessed: typeof processed === 'number' ? processed : (processed?.upper ?? empty),
      shareholding: empty,
      investments: empty,
      organisation: empty,
      business: empty,
      dataAssets: empty,
    },
    legalRepresentative: person,
    securityOfficer: { ...person, body: empty, bodyMembers: empty },
    agent: { ...person, authorisedFrom: empty, authorisedTo: empty },
    compliance: { from: empty, to: empty, penalties: empty, investigations: empty, rectification: empty },
    selfAssessment: { from: empty, to: empty, organisation: empty, process: empty, method: empty, thirdParty: '' },
    safeguards: {
      management: empty,
      notice: empty,
      separateConsent: facts.flows.some(({ legalBasis }) => legalBasis === 'consent' || legalBasis === undefined)
        ? ''
        : null,
      technical: [{ stage: empty, measure: empty }],
      proof: [empty],
    },
    scenarios: facts.flows.map((flow) => ({
      id: flow.id,
      name: empty,
      summary: empty,
      purpose: empty,
      scope: empty,
      manner: empty,
      industry: empty,
      necessity: { export: empty, persons: empty, recipientProcessing: empty },
      importantData: flow.importantData === 'none' ? null : { department: empty, bytes: empty },
      recipients: (flow.recipients ?? [{}]).map((one) => ({
        name: one.name ?? empty,
        country: one.country ?? empty,
        countryName: one.country === undefined ? empty : (regions.of(one.country) ?? empty),
        address: empty,
        business: empty,
        principal: empty,
        principalPosition: empty,
        phone: empty,
        email: empty,
        use: empty,
        manner: empty,
        management: empty,
        technology: empty,
        ability: empty,
        countryLaw: empty,
      })),
      recipientStatistics: null,
      items: evidence.files.flatMap(({ path, columns }) =>
        columns.map((found) => ({
          column: found.name,
          table: path,
          description: found.kind === 'none' ? empty : kinds[found.kind].zh,
          necessity: { related: empty, leastImpact: empty, minimumScope: empty, shortestPeriod: empty },
          inChina: { possible: empty, why: empty },
          ...(propose(found).action === 'keep' ? {} : { decision: { action: empty, why: empty } }),
        })),
      ),
      retention: empty,
      persons: { exportedThisYear: empty, nextThreeYears: empty, relation: empty },
      domesticSystem: empty,
      link: { description: empty, domesticEnds: [empty], overseasEnds: [empty] },
      overseasStorage: empty,
      onwardTransfer: empty,
    })),
    legalDocument: {
      title: empty,
      parties: [empty, empty],
      languages: [empty],
      chinesePrevails: empty,
      clauses: [1, 2, 3, 4, 5, 6].map((item) => ({ id: `K-${item}`, where: empty, text: empty })),
    },
    assessment: [1, 2, 3, 4, 5, 6].map((item) => ({ item, ...matter })),
    reviewerMatters: ['destination-law', 'equivalent-protection', 'compliance-record'].map((one) => ({
      matter: one,
      ...matter,
    })),
    conclusion: empty,
    documents: [
      'credit-code-certificate',
      'legal-representative-id',
      'agent-id',
      'power-of-attorney',
      'legal-document',
    ].map((kind) => ({ kind, file: `attachments/${kind}.pdf` })),
  }
}

const regions = new Intl.DisplayNames(['zh-CN'], { type: 'region' })
