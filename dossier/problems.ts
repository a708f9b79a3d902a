import {
  addMonths,
  addYears,
  documentKindWords,
  isCreditCode,
  kinds,
  pathWords,
  selfAssessmentAge,
} from '@tongguan/law'
import type {
  Count,
  DeclaredDocument,
  Determination,
  Evidence,
  ExportFacts,
  FlowFacts,
  LegalDate,
  Permit,
  PersonsSince1January,
  Words,
} from '@tongguan/law'
import type { Answers, PersonInCharge, ScenarioAnswers } from './answers.ts'
import { isOrganisationCode, isResidentId } from './check-digits.ts'
import { crossCheck } from './cross-check.ts'
import type { AnsweredDefect, PreviousRound } from './cross-check.ts'
import type { ConsentCount } from './consent-register.ts'
import type { ContractCheck } from './contract/check-contract.ts'
import type { ContractText } from './contract/read-contract.ts'
import { filingOf, filingProblems } from './filing.ts'
import { joinItems, keptInChina } from './items.ts'
import type { PaperText } from './paper-text.ts'
import { declaredPersons } from './persons.ts'
import { problem } from './problem.ts'
import type { Problem, ProblemCode, Values } from './problem.ts'
import type { Source } from './provenance.ts'
import type { ScanSeen } from './scans.ts'
import { itemNumber } from './words.ts'

export interface Inputs {
  readonly evidence: Evidence
  readonly facts: ExportFacts
  readonly determination: Determination
  readonly answers: Answers
  readonly filedOn: LegalDate
  /** The documents handed in, as the caller measured them; left out, nobody has looked. */
  readonly files?: readonly DeclaredDocument[]
  /** Those of them whose name says PDF, PNG, JPEG or OFD and that are something else. */
  readonly notAsNamed?: readonly string[]
  readonly contract?: { readonly text: ContractText; readonly check: ContractCheck }
  /** The committee's approval as it was handed in; a scan without text is a picture. */
  readonly ethicsApproval?: PaperText | 'picture'
  /** A result in force for the same export. */
  readonly permit?: Permit
  /** 1 for the first filing. */
  readonly round?: number
  readonly previous?: PreviousRound
  readonly defects?: readonly AnsweredDefect[]
  readonly scans?: readonly ScanSeen[]
  /** From the register of consents. */
  readonly consents?: ConsentCount
  readonly provenance?: Readonly<Record<string, Source>>
}

/** Where answers, facts, data and day do not agree, in the order of the form. */
export function findProblems(inputs: Inputs): readonly Problem[] {
  return [
    ...evidenceProblems(inputs),
    ...pathProblems(inputs),
    ...handlerProblems(inputs),
    ...personProblems(inputs),
    ...timeProblems(inputs),
    ...inputs.answers.scenarios.flatMap((scenario, index) => scenarioProblems(scenario, `scenarios.${index}`, inputs)),
    ...unansweredFlows(inputs),
    ...keptProblems(inputs),
    ...legalDocumentProblems(inputs),
    ...assessmentProblems(inputs),
    ...documentProblems(inputs),
    ...filingProblems(inputs),
    ...crossCheck(inputs),
  ]
}

function evidenceProblems({ evidence, filedOn }: Inputs): readonly Problem[] {
  const unread = evidence.files.flatMap(({ path, error }) =>
    error ? [problem('evidence.file-unread', 'error', 'evidence.files', { file: path, code: error.code })] : [],
  )
  const scanned = evidence.rules.on
  const found: Problem[] = []
  if (filedOn < scanned) {
    found.push(problem('evidence.after-filing', 'error', 'evidence.rules.on', { scanned, filed: filedOn }))
  } else if (scanned < addMonths(filedOn, -selfAssessmentAge.months)) {
    found.push(problem('evidence.old', 'warning', 'evidence.rules.on', { scanned, filed: filedOn }))
  }
  if (!evidence.scanned.complete) found.push(problem('evidence.incomplete', 'error', 'evidence.scanned.complete', {}))
  return [...found, ...unread]
}

function pathProblems(inputs: Inputs): readonly Problem[] {
  const { determination, filedOn } = inputs
  const { path, missing, on, notLawfulAsDescribed } = determination
  const unnecessary = notLawfulAsDescribed
    ? [problem('path.not-necessary', 'error', 'determination.notLawfulAsDescribed', {})]
    : []
  const otherDay =
    on === filedOn ? [] : [problem('path.another-day', 'warning', 'determination.on', { on, filed: filedOn })]
  const day = [...otherDay, ...unnecessary]
  if (path === 'assessment') return day
  if (path === 'unknown') {
    return [...day, problem('path.unknown', 'error', 'determination.path', { missing: missing.join(', ') })]
  }
  if (filingOf(inputs) === 'standard-contract')
    return [...day, problem('path.standard-contract', 'warning', 'determination.path', { path: pathWords[path] })]
  const severity = path === 'contract-or-certification' ? 'warning' : 'error'
  return [...day, problem('path.other', severity, 'determination.path', { path: pathWords[path] })]
}

function handlerProblems({ answers, facts, evidence }: Inputs): readonly Problem[] {
  const { name, ciio, creditCode, personsProcessed } = answers.handler
  const stated = facts.handler?.name
  const found: Problem[] = []
  if (stated !== undefined && stated !== name) {
    found.push(problem('handler.name-differs', 'error', 'handler.name', { answers: name, facts: stated }))
  }
  if (facts.handler?.ciio !== undefined && facts.handler.ciio !== ciio) {
    found.push(problem('handler.ciio-differs', 'error', 'handler.ciio', {}))
  }
  if (!isCreditCode(creditCode)) {
    found.push(problem('handler.credit-code', 'error', 'handler.creditCode', { code: creditCode }))
  } else if (!isOrganisationCode(creditCode.slice(8, 17))) {
    found.push(problem('handler.organisation-code', 'warning', 'handler.creditCode', { code: creditCode.slice(8, 17) }))
  }
  const processed = facts.handler?.personsProcessed
  if (processed !== undefined && (personsProcessed < lower(processed) || upper(processed) < personsProcessed)) {
    const values = { answers: personsProcessed, facts: upper(processed) }
    found.push(problem('handler.persons-processed-differs', 'error', 'handler.personsProcessed', values))
  }
  for (const { name: party } of [answers.handler, ...answers.scenarios.flatMap(({ recipients }) => recipients)]) {
    if (!answers.legalDocument.parties.includes(party)) {
      found.push(problem('legal-document.party-missing', 'error', 'legalDocument.parties', { party }))
    }
  }
  const exported = evidence.persons.upper
  if (personsProcessed < exported) {
    const values = { stated: personsProcessed, exported }
    found.push(problem('handler.persons-processed-too-few', 'error', 'handler.personsProcessed', values))
  }
  return found
}

function personProblems({ answers }: Inputs): readonly Problem[] {
  const persons: readonly (readonly [string, PersonInCharge | null, Words])[] = [
    ['legalRepresentative', answers.legalRepresentative, { zh: '法定代表人', en: 'legal representative' }],
    ['securityOfficer', answers.securityOfficer, { zh: '数据安全负责人', en: 'security officer' }],
    ['agent', answers.agent, { zh: '经办人', en: 'agent' }],
  ]
  return persons.flatMap(([where, person, who]) => [
    ...(person?.idType === '居民身份证' && !isResidentId(person.idNumber)
      ? [problem('person.id-number', 'error', `${where}.idNumber`, { who })]
      : []),
    ...(person && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(person.email)
      ? [problem('person.email', 'error', `${where}.email`, { who, email: person.email })]
      : []),
    ...(person && person.phone.replaceAll(/\D/g, '').length < 7
      ? [problem('person.phone', 'error', `${where}.phone`, { who, phone: person.phone })]
      : []),
  ])
}

function timeProblems({ answers, filedOn: filed }: Inputs): readonly Problem[] {
  const { selfAssessment, compliance, agent } = answers
  const found: Problem[] = []
  const { from, to } = selfAssessment
  const earliest = addMonths(filed, -selfAssessmentAge.months)
  if (to < from) found.push(problem('self-assessment.reversed', 'error', 'selfAssessment.from', { from, to }))
  if (filed < to) found.push(problem('self-assessment.not-finished', 'error', 'selfAssessment.to', { to, filed }))
  if (to < earliest) found.push(problem('self-assessment.too-old', 'error', 'selfAssessment.to', { to, earliest }))
  if (filed < agent.authorisedFrom || agent.authorisedTo < filed) {
    const values = { from: agent.authorisedFrom, to: agent.authorisedTo, filed }
    found.push(problem('agent.authority-over', 'error', 'agent.authorisedTo', values))
  }
  if (agent.authorisedTo < agent.authorisedFrom) {
    const values = { from: agent.authorisedFrom, to: agent.authorisedTo }
    found.push(problem('agent.authority-reversed', 'error', 'agent.authorisedTo', values))
  }
  if (filed < compliance.to)
    found.push(problem('compliance.after-filing', 'error', 'compliance.to', { to: compliance.to, filed }))
  if (compliance.to < addMonths(filed, -complianceGapMonths)) {
    found.push(problem('compliance.ends-early', 'warning', 'compliance.to', { to: compliance.to, filed }))
  }
  const wanted = addYears(filed, -complianceYears)
  if (wanted < compliance.from) {
    const values = { from: compliance.from, to: compliance.to, wanted }
    found.push(problem('compliance.too-short', 'error', 'compliance.from', values))
  }
  return found
}

/** Years before the declaration whose compliance the form asks for (Guide v3, annex 3, section 5). */
const complianceYears = 2

/** A record that ends this long before filing is asked about. */
const complianceGapMonths = 1

function scenarioProblems(scenario: ScenarioAnswers, where: string, inputs: Inputs): readonly Problem[] {
  const { evidence, facts, answers } = inputs
  const { items, notInData, twice } = joinItems(scenario, evidence)
  const named = { scenario: scenario.name }
  const found: Problem[] = []
  const add = (code: ProblemCode, severity: Problem['severity'], field: string, values: Values) =>
    found.push(problem(code, severity, `${where}.${field}`, { ...named, ...values }))

  const length = Array.from(scenario.summary).length
  if (summaryCharacters < length) add('scenario.summary-too-long', 'error', 'summary', { length })
  if (scenario.items.length === 0) add('scenario.no-items', 'error', 'items', {})
  for (const { column, table } of notInData) add('item.not-in-data', 'error', 'items', { item: column, table })
  for (const { column, table } of twice) add('item.twice', 'warning', 'items', { item: column, table })
  if (answers.scenarios.filter(({ id }) => id === scenario.id).length > 1) add('scenario.twice', 'error', 'id', {})
  for (const { country, countryName } of scenario.recipients) {
    const [zh, full] = [regions.of(country), countryName.replace(/（.*$/, '')]
    if (zh === undefined || (!zh.includes(full) && !full.includes(zh))) {
      add('recipient.country-name', 'warning', 'recipients', { country, countryName, known: zh ?? '—' })
    }
  }
  for (const { name, columns, identifies, kind, decision } of items) {
    if (columns.some(({ necessity }) => Object.values(necessity).some((text) => text.trim() === ''))) {
      add('item.necessity-missing', 'error', 'items', { item: name })
    }
    if (identifies === 'direct' && decision === undefined)
      add('item.identifies-directly', 'warning', 'items', { item: name, kind: kinds[kind] })
  }
  if (scenario.recipients.length === 0 && scenario.recipientStatistics === null) {
    add('recipient.none', 'error', 'recipients', {})
  }
  const persons = declaredPersons(items, evidence)
  const exported = persons.general + persons.sensitive
  if (scenario.persons.nextThreeYears < exported) {
    const values = { stated: scenario.persons.nextThreeYears, exported }
    add('persons.three-years-too-few', 'error', 'persons.nextThreeYears', values)
  }
  const flow = facts.flows.find(({ id }) => id === scenario.id)
  if (!flow) {
    add('scenario.not-in-facts', 'error', 'id', {})
    return found
  }
  return [
    ...found,
    ...recipientProblems(scenario, flow, where),
    ...flowProblems(scenario, flow, where, { evidence, answers, sensitive: persons.sensitive }),
  ]
}

/** Names of countries and regions as Chinese writes them. */
const regions = new Intl.DisplayNames(['zh-CN'], { type: 'region' })

/** Characters of the scenario's summary on the form (Guide v3, annex 3, section 6). */
const summaryCharacters = 100

const key = ({ name, country }: Named) => `${name}|${country}`

interface Named {
  readonly name?: string
  readonly country?: string
}

function recipientProblems(scenario: ScenarioAnswers, flow: FlowFacts, where: string): readonly Problem[] {
  if (flow.recipients === undefined) return []
  const answered = new Set(scenario.recipients.map(key))
  const stated = new Set(flow.recipients.map(key))
  const values = (recipient: Named) => ({
    scenario: scenario.name,
    recipient: recipient.name ?? '—',
    country: recipient.country ?? '—',
  })
  return [
    ...scenario.recipients
      .filter((recipient) => !stated.has(key(recipient)))
      .map((recipient) => problem('recipient.not-in-facts', 'error', `${where}.recipients`, values(recipient))),
    ...flow.recipients
      .filter((recipient) => !answered.has(key(recipient)))
      .map((recipient) => problem('recipient.not-answered', 'error', `${where}.recipients`, values(recipient))),
  ]
}

function flowProblems(
  scenario: ScenarioAnswers,
  flow: FlowFacts,
  where: string,
  { evidence, answers, sensitive }: { evidence: Evidence; answers: Answers; sensitive: number },
): readonly Problem[] {
  const found: Problem[] = []
  const named = { scenario: scenario.name }
  const remote = scenario.manner.includes('远程访问')
  if ((flow.manner === 'transfer' && remote) || (flow.manner === 'remote-access' && !remote)) {
    const values = { ...named, answers: scenario.manner, facts: flow.manner }
    found.push(problem('scenario.manner-differs', 'error', `${where}.manner`, values))
  }
  const stated = flow.importantData === undefined ? undefined : importantDataWords.includes(flow.importantData)
  if (stated !== undefined && stated !== (scenario.importantData !== null)) {
    found.push(problem('important-data.differs', 'error', `${where}.importantData`, named))
  }
  const exportedSoFar = exportedOf(flow.since1January)
  if (exportedSoFar !== undefined && exportedSoFar !== scenario.persons.exportedThisYear) {
    const values = { ...named, answers: scenario.persons.exportedThisYear, facts: exportedSoFar }
    found.push(problem('persons.exported-differs', 'error', `${where}.persons.exportedThisYear`, values))
  }
  const counted = sensitiveOf(flow.since1January)
  if (counted !== undefined && counted < sensitive) {
    const values = { ...named, stated: counted, exported: sensitive }
    found.push(problem('persons.facts-too-few', 'error', 'facts.flows', values))
  }
  if (flow.minorsUnder14 === false && 0 < evidence.persons.minors) {
    const values = { ...named, minors: evidence.persons.minors }
    found.push(problem('persons.minors', 'error', 'facts.flows', values))
  }
  if (flow.legalBasis === 'consent' && !answers.safeguards.separateConsent) {
    found.push(problem('consent.no-proof', 'error', 'safeguards.separateConsent', named))
  }
  return found
}

// `meets-definition` decides only before 2024-03-22; from then on data count as important when notified or published.
const importantDataWords = ['notified', 'published']

function unansweredFlows({ facts, answers }: Inputs): readonly Problem[] {
  const answered = new Set(answers.scenarios.map(({ id }) => id))
  return facts.flows
    .filter(({ id, exemption }) => !answered.has(id) && (exemption === undefined || exemption === 'none'))
    .map(({ id }) => problem('scenario.not-answered', 'error', 'scenarios', { scenario: id }))
}

function keptProblems({ answers, evidence }: Inputs): readonly Problem[] {
  const exported = new Set(answers.scenarios.flatMap(({ items }) => items.map(({ column }) => column)))
  return keptInChina(answers.scenarios, evidence)
    .filter(({ column, category }) => category !== 'none' && exported.has(column))
    .map(({ column, table }) => problem('item.same-name-kept', 'warning', 'scenarios', { item: column, table }))
}

function legalDocumentProblems({ answers }: Inputs): readonly Problem[] {
  const { clauses, chinesePrevails } = answers.legalDocument
  const where = 'legalDocument.clauses'
  const clauseProblems = ([1, 2, 3, 4, 5, 6] as const).flatMap((item) => {
    const given = clauses.filter(({ id }) => id === `K-${item}`)
    const values = { item: itemNumber(item), times: given.length }
    if (!given.some(({ text, where: place }) => text.trim() && place.trim())) {
      return [problem('clause.missing', 'error', where, values)]
    }
    return 1 < given.length ? [problem('clause.twice', 'warning', where, values)] : []
  })
  if (chinesePrevails) return clauseProblems
  const language = problem('legal-document.chinese-does-not-prevail', 'error', 'legalDocument.chinesePrevails', {})
  return [...clauseProblems, language]
}

function assessmentProblems({ answers }: Inputs): readonly Problem[] {
  return ([1, 2, 3, 4, 5, 6] as const).flatMap((item) => {
    const given = answers.assessment.find((answer) => answer.item === item)
    return given?.analysis.trim() && given.conclusion.trim()
      ? []
      : [problem('assessment.missing', 'error', 'assessment', { item: itemNumber(item) })]
  })
}

function documentProblems({ answers }: Inputs): readonly Problem[] {
  if (answers.simulated) return []
  return answers.documents
    .filter(({ standIn, file }) => standIn && file === undefined)
    .map(({ kind }) => problem('document.stand-in', 'error', 'documents', { document: documentKindWords[kind] }))
}

/** Persons with sensitive information a flow states for this year, upper bound; undefined where the facts do not say. */
function sensitiveOf(persons: PersonsSince1January | undefined): number | undefined {
  if (persons === undefined) return undefined
  if (!('exported' in persons) && !('planned' in persons)) {
    return 'sensitive' in persons && persons.sensitive !== undefined ? upper(persons.sensitive) : undefined
  }
  const parts = [persons.exported?.sensitive, persons.planned?.sensitive].filter((count) => count !== undefined)
  return parts.length === 0 ? undefined : parts.reduce<number>((sum, count) => sum + upper(count), 0)
}

/** Persons exported this year so far, where the facts tell them apart from the planned ones. */
function exportedOf(persons: PersonsSince1January | undefined): number | undefined {
  if (persons === undefined || !('exported' in persons) || persons.exported === undefined) return undefined
  const { general = 0, sensitive = 0 } = persons.exported
  return upper(general) + upper(sensitive)
}

const lower = (count: Count) => (typeof count === 'number' ? count : count.lower)
const upper = (count: Count) => (typeof count === 'number' ? count : count.upper)
