import { extensionWindowBefore, materialRequirements } from '@tongguan/law'
import type { DocumentKind, Permit } from '@tongguan/law'
import type { Answers, ScenarioAnswers } from './answers.ts'
import { contractProblems } from './contract/contract-problems.ts'
import { daysIn } from './contract/durations.ts'
import { propose } from './data-items.ts'
import { ethicsProblems } from './ethics-problems.ts'
import { filingOf } from './filing.ts'
import { joinItems } from './items.ts'
import type { ItemColumn } from './items.ts'
import { declaredPersons } from './persons.ts'
import { problem } from './problem.ts'
import type { Problem } from './problem.ts'
import type { Inputs } from './problems.ts'
import { strayProvenance } from './provenance.ts'
import { riskLevel } from './risk.ts'
import { changesBetween } from './diff.ts'
import { listedNames } from './words.ts'

/** Where the declaration and what lies beside it do not agree: contract, permit, earlier round, ethics, scans, sources. */
export function crossCheck(inputs: Inputs): readonly Problem[] {
  return [
    ...contractProblems(inputs),
    ...permitProblems(inputs),
    ...roundProblems(inputs),
    ...ethicsProblems(inputs),
    ...extensionProblems(inputs),
    ...confirmationProblems(inputs),
    ...riskProblems(inputs),
    ...itemProblems(inputs),
    ...scanProblems(inputs),
    ...consentProblems(inputs),
    ...fileProblems(inputs),
    ...provenanceProblems(inputs),
  ]
}

/** A result in force for the same handler: what the new declaration states otherwise is a change it should explain. */
function permitProblems({ permit, answers, evidence }: Inputs): readonly Problem[] {
  if (permit === undefined) return []
  const severity = answers.extension ? 'error' : 'warning'
  const found: Problem[] = []
  if (permit.handler.name !== answers.handler.name || permit.handler.creditCode !== answers.handler.creditCode) {
    found.push(
      problem('permit.handler-differs', 'error', 'handler', {
        permit: permit.handler.name,
        answers: answers.handler.name,
      }),
    )
  }
  for (const [index, scenario] of answers.scenarios.entries()) {
    const permitted = permit.scenarios.find(({ id }) => id === scenario.id)
    if (!permitted) {
      found.push(problem('permit.scenario-new', severity, `scenarios.${index}`, { scenario: scenario.name }))
      continue
    }
    const { items } = joinItems(scenario, evidence)
    const persons = declaredPersons(items, evidence)
    found.push(...againstPermitted(scenario, index, permitted, severity))
    for (const { name } of items.filter((item) => !permitted.items.some((one) => one.name === item.name))) {
      found.push(
        problem('permit.item-new', severity, `scenarios.${index}.items`, { scenario: scenario.name, item: name }),
      )
    }
    const ceiling = permitted.ceiling.general + permitted.ceiling.sensitive
    if (ceiling < persons.general + persons.sensitive) {
      const values = { scenario: scenario.name, ceiling, persons: persons.general + persons.sensitive }
      found.push(problem('permit.persons-beyond', severity, `scenarios.${index}.persons`, values))
    }
  }
  return found
}

function againstPermitted(
  scenario: ScenarioAnswers,
  index: number,
  permitted: Permit['scenarios'][number],
  severity: Problem['severity'],
): readonly Problem[] {
  const at = `scenarios.${index}`
  const named = { scenario: scenario.name }
  const recipients = scenario.recipients
    .filter(({ name, country }) => !permitted.recipients.some((one) => one.name === name && one.country === country))
    .map(({ name }) => problem('permit.recipient-new', severity, `${at}.recipients`, { ...named, recipient: name }))
  const fields = (['purpose', 'manner', 'retention'] as const)
    .filter((field) => scenario[field] !== permitted[field])
    .map((field) =>
      problem('permit.field-differs', severity, `${at}.${field}`, {
        ...named,
        field: fieldNames[field],
        permit: permitted[field],
        answers: scenario[field],
      }),
    )
  return [...recipients, ...fields]
}

const fieldNames = {
  purpose: { zh: '目的', en: 'purpose' },
  manner: { zh: '方式', en: 'manner' },
  retention: { zh: '保存期限', en: 'retention' },
} as const

/** A later round: numbered on, by the same handler, every defect answered, nothing changed that no defect asked for. */
function roundProblems({ previous, round = 1, defects = [], answers }: Inputs): readonly Problem[] {
  if (previous === undefined) return round === 1 ? [] : [problem('round.no-previous', 'error', 'round', { round })]
  const found: Problem[] = []
  if (round !== previous.round + 1)
    found.push(problem('round.not-next', 'error', 'round', { round, previous: previous.round }))
  if (previous.answers.handler.creditCode !== answers.handler.creditCode) {
    found.push(problem('round.another-handler', 'error', 'handler.creditCode', {}))
  }
  for (const [index, { defect, fields, how }] of defects.entries()) {
    if (fields.length === 0 || how.trim() === '')
      found.push(problem('round.defect-unanswered', 'error', `defects.${index}`, { defect }))
  }
  const answered = defects.flatMap(({ fields }) => fields)
  for (const { path } of changesBetween(previous.answers, answers)) {
    if (!answered.some((field) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`))) {
      found.push(problem('round.changed-unasked', 'warning', path, { path }))
    }
  }
  return found
}

/** The six conditions of an extension (Guide v3, part 三) and its window (Order 16 art. 9). */
function extensionProblems({ answers, filedOn, permit }: Inputs): readonly Problem[] {
  const { extension, scenarios } = answers
  if (extension === undefined) return []
  const found: Problem[] = []
  const { opens, closes } = extensionWindowBefore(extension.lastDay)
  if (filedOn < opens || closes < filedOn) {
    found.push(problem('extension.outside-window', 'error', 'extension.lastDay', { opens, closes, filed: filedOn }))
  }
  if (permit !== undefined && permit.lastDay !== extension.lastDay) {
    const values = { permit: permit.lastDay, answers: extension.lastDay }
    found.push(problem('extension.last-day-differs', 'error', 'extension.lastDay', values))
  }
  if (!extension.legalDocumentMeetsArticle9) {
    found.push(problem('extension.article-9', 'error', 'extension.legalDocumentMeetsArticle9', {}))
  }
  if (extension.majorIncidents !== null)
    found.push(problem('extension.incident', 'error', 'extension.majorIncidents', {}))
  for (const [index, one] of extension.scenarios.entries()) {
    const at = `extension.scenarios.${index}`
    if (!scenarios.some(({ id }) => id === one.id))
      found.push(problem('extension.scenario-unknown', 'error', at, { scenario: one.id }))
    if (!one.purposeAndScopeUnchanged || !one.partiesUnchanged)
      found.push(problem('extension.changed', 'error', at, { scenario: one.id }))
    for (const growth of [one.personsGrowthPercent, one.importantDataGrowthPercent]) {
      if (growth !== null && extensionGrowthPercent < growth) {
        found.push(problem('extension.growth', 'error', at, { scenario: one.id, growth }))
      }
    }
  }
  return found
}

/** "不超过": 20 % itself is allowed (Guide v3, part 三（一）3 and 4). */
const extensionGrowthPercent = 20

/** A lawyer cannot have confirmed, in what is filed, on a day after it. */
function confirmationProblems({ answers: { destinationsConfirmed = [] }, filedOn }: Inputs): readonly Problem[] {
  return destinationsConfirmed.flatMap(({ country, lawyer, on }, index) =>
    on <= filedOn
      ? []
      : [
          problem('destination.confirmed-after-filing', 'error', `destinationsConfirmed.${index}.on`, {
            country,
            lawyer,
            on,
            filed: filedOn,
          }),
        ],
  )
}

function riskProblems(inputs: Inputs): readonly Problem[] {
  const { answers } = inputs
  const found: Problem[] = []
  // Nobody reviews a standard contract under Order 11 art. 8.
  const reviewed = filingOf(inputs) === 'standard-contract' ? [] : reviewerMatters
  for (const matter of reviewed) {
    const given = answers.reviewerMatters?.find((one) => one.matter === matter)
    if (!given) found.push(problem('assessment.reviewer-matter-missing', 'warning', 'reviewerMatters', { matter }))
  }
  const rated = [
    ...answers.assessment.map((one, index) => ({ one, at: `assessment.${index}` })),
    ...(answers.reviewerMatters ?? []).map((one, index) => ({ one, at: `reviewerMatters.${index}` })),
  ]
  for (const { one, at } of rated) {
    if (one.risk === undefined) {
      found.push(problem('assessment.risk-not-rated', 'warning', at, { at }))
      continue
    }
    const { before, after } = one.risk
    const [was, is] = [before, after].map(({ likelihood, severity }) => likelihood * severity)
    if (was !== undefined && is !== undefined && was < is)
      found.push(problem('assessment.risk-rises', 'error', `${at}.risk`, { at }))
    if (['high', 'grave'].includes(riskLevel(after)))
      found.push(problem('assessment.risk-remains', 'warning', `${at}.risk`, { at }))
    if (was !== undefined && is !== undefined && is < was && (one.measures ?? []).length === 0) {
      found.push(problem('assessment.risk-without-measures', 'error', `${at}.measures`, { at }))
    }
  }
  return found
}

const reviewerMatters = ['destination-law', 'equivalent-protection', 'compliance-record'] as const

function itemProblems({ answers, evidence }: Inputs): readonly Problem[] {
  return answers.scenarios.flatMap((scenario, index) => {
    const { items } = joinItems(scenario, evidence)
    const columns = items.flatMap((item) => item.columns)
    const unasked = [...new Set(columns.filter(({ inChina }) => !inChina).map(({ name }) => name))]
    return [
      ...columns.flatMap((column) => columnProblems(column, `scenarios.${index}.items.${column.index}`, scenario)),
      ...items
        .filter((item) => item.columns.some(({ decision }) => !sameDecision(decision, item.decision)))
        .map(({ name, index: at }) =>
          problem('item.decisions-differ', 'error', `scenarios.${index}.items.${at}.decision`, { item: name }),
        ),
      ...(unasked.length === 0
        ? []
        : [
            problem('item.in-china-unanswered', 'warning', `scenarios.${index}.items`, {
              scenario: scenario.name,
              items: listedNames(unasked),
            }),
          ]),
    ]
  })
}

const sameDecision = (one: ItemColumn['decision'], other: ItemColumn['decision']) =>
  one?.action === other?.action && one?.by === other?.by

function columnProblems(column: ItemColumn, at: string, { retention }: ScenarioAnswers): readonly Problem[] {
  const { name, inChina, decision, identifies, necessity } = column
  const values = { item: name }
  const found: Problem[] = []
  if (decision?.action === 'drop') found.push(problem('item.dropped-but-declared', 'error', at, values))
  if (inChina?.possible === true) found.push(problem('item.possible-in-china', 'warning', at, values))
  const { action, why } = propose(column)
  if (action !== 'keep' && decision === undefined && identifies !== 'direct')
    found.push(problem('item.proposal-open', 'warning', at, { ...values, why }))
  for (const day of daysIn(necessity.shortestPeriod)) {
    if (!daysIn(retention).includes(day))
      found.push(problem('item.retention-differs', 'error', `${at}.necessity.shortestPeriod`, { ...values, day }))
  }
  return found
}

function scanProblems({ scans = [] }: Inputs): readonly Problem[] {
  return scans.flatMap(({ kind, file, page, seal, date, signature }) => [
    ...(page === 'not-seen' ? [problem('scan-page.blank', 'error', file, { file })] : []),
    ...(seal === 'not-seen' && kind !== 'legal-document'
      ? [problem('scan-page.no-seal', 'error', file, { file })]
      : []),
    ...(seal === 'not-looked-at' && kind !== 'legal-document'
      ? [problem('scan-page.not-all-looked-at', 'warning', file, { file })]
      : []),
    ...(date === 'not-seen' && kind === 'power-of-attorney'
      ? [problem('scan-page.no-date', 'warning', file, { file })]
      : []),
    ...(signature === 'not-seen' && signed.has(kind)
      ? [problem('scan-page.no-signature', 'warning', file, { file })]
      : []),
  ])
}

/** The materials somebody signs by hand, as the law's list has them. */
const signed: ReadonlySet<DocumentKind> = new Set(
  materialRequirements.filter(({ signedBy }) => 0 < signedBy.length).map(({ kind }) => kind),
)

function consentProblems({ consents, answers, evidence, facts }: Inputs): readonly Problem[] {
  if (consents === undefined) return []
  return answers.scenarios.flatMap((scenario, index) => {
    const rests = facts.flows.find(({ id }) => id === scenario.id)?.legalBasis === 'consent'
    const { general, sensitive } = declaredPersons(joinItems(scenario, evidence).items, evidence)
    const values = { scenario: scenario.name, consents: consents.inForce, persons: general + sensitive }
    return rests && consents.inForce < general + sensitive
      ? [problem('consent.too-few', 'warning', `scenarios.${index}.persons`, values)]
      : []
  })
}

function fileProblems({ answers, files, notAsNamed = [] }: Inputs): readonly Problem[] {
  if (files === undefined) return []
  const found: Problem[] = []
  const given = new Set(files.map(({ file }) => file))
  for (const [index, { file }] of answers.documents.entries()) {
    if (file !== undefined && !given.has(file))
      found.push(problem('document.file-missing', 'error', `documents.${index}.file`, { file }))
  }
  const byDigest = new Map<string, string>()
  for (const { sha256, file, bytes } of files) {
    if (bytes === 0) found.push(problem('document.empty', 'error', file, { file }))
    const other = byDigest.get(sha256)
    if (other !== undefined) found.push(problem('document.same-bytes', 'error', file, { file, other }))
    byDigest.set(sha256, file)
  }
  for (const file of notAsNamed) found.push(problem('document.not-as-named', 'error', file, { file }))
  return found
}

function provenanceProblems({ answers, provenance = {}, files }: Inputs): readonly Problem[] {
  const stray = strayProvenance(answers, provenance).map((path) =>
    problem('provenance.no-such-field', 'error', `provenance.${path}`, { path }),
  )
  const given = new Set(files?.map(({ file }) => file) ?? [])
  const unknown = Object.entries(provenance).flatMap(([path, source]) =>
    files !== undefined && source.kind === 'document' && !given.has(source.file)
      ? [problem('provenance.no-such-document', 'warning', `provenance.${path}`, { path, file: source.file })]
      : [],
  )
  return [...stray, ...unknown]
}

export interface PreviousRound {
  readonly round: number
  readonly answers: Answers
}

/** What the office found wanting, where it is answered and how. */
export interface AnsweredDefect {
  readonly defect: string
  /** Paths into the answers. */
  readonly fields: readonly string[]
  readonly how: string
}
