import { determine, exemptions } from '@tongguan/law'
import type {
  CatalogueRow,
  Determination,
  ExemptionClaim,
  ExemptionCondition,
  ExportFacts,
  FlowFacts,
  HandlerFacts,
  LegalDate,
  PersonsCount,
} from '@tongguan/law'

/*
 * "Which path applies to us?" asked of the law itself: of the questions, the next one is the first that settles a fact the
 * determination names as missing. So nobody is asked what cannot matter, and the questions end where the path is certain.
 *
 *  answers ─▶ facts ─ determine ─▶ path known ──────────▶ result
 *                        └──▶ facts missing ─▶ a question settles one ─▶ ask it
 *                                            └▶ none does ─▶ result: unknown, and what is missing
 *
 * An answer "not known" is kept apart from no answer: it is not asked again and stays unknown.
 */

export const questionIds = [
  'leaves',
  'personal',
  'secret',
  'important',
  'operator',
  'body',
  'claim',
  'conditions',
  'entry',
  'persons',
  'foreign',
  'restricted',
  'voluntary',
] as const
export type QuestionId = (typeof questionIds)[number]

/** The values one may choose, by question; `unknown` is one of each. The other questions have fields of their own. */
export const choices = {
  leaves: ['transfer', 'remote-access', 'direct-collection', 'no', 'unknown'],
  personal: ['yes', 'no', 'unknown'],
  secret: ['none', 'core', 'secrets', 'unknown'],
  important: ['none', 'notified', 'published', 'meets-definition', 'unknown'],
  operator: ['no', 'yes', 'unknown'],
  body: ['none', 'state-organ', 'authorised-body', 'unknown'],
  claim: [
    'none',
    'contract-with-individual',
    'cross-border-hr',
    'emergency',
    'overseas-origin',
    'ftz-off-list',
    'statutory-duty',
    'treaty',
    'finance-scenario',
    'automobile-reported-instead',
    'unknown',
  ],
  persons: ['told', 'unknown'],
  foreign: ['no', 'yes', 'unknown'],
  restricted: ['no', 'yes', 'unknown'],
  voluntary: ['no', 'yes', 'unknown'],
} as const satisfies Partial<Record<QuestionId, readonly [string, ...string[]]>>
export type ChoiceId = keyof typeof choices

/** The fields of an entry in a list, which no exemption by list goes without. */
export const entryFields = ['list', 'version', 'entry', 'checkedBy'] as const
export type EntryField = (typeof entryFields)[number]
export const personFields = ['general', 'sensitive'] as const

/** What was sent: names and values of the form. */
export type Sent = Readonly<Record<string, string>>

/** A field whose value does not fit, and how. */
export interface Unfit {
  readonly field: string
  readonly kind: 'choose' | 'not-a-count' | 'too-long'
}

const settledBy: Readonly<Record<QuestionId, RegExp>> = {
  leaves: /\.(leavesChina|manner|accessPlace)$/,
  personal: /\.containsPersonalInformation$/,
  secret: /\.(coreData|stateSecrets)$/,
  important: /\.importantData$/,
  operator: /^handler\.ciio$/,
  body: /^handler\.publicBody$/,
  claim: /\.exemption$/,
  conditions: /\.conditions\./,
  entry: /^handler\.ftz|\.financeScenario/,
  persons: /since1January/,
  foreign: /\.foreignAuthorityRequest$/,
  restricted: /\.recipients/,
  voluntary: /^voluntaryDeclaration$/,
}

export type TriageStep =
  | { readonly kind: 'ask'; readonly question: QuestionId }
  | { readonly kind: 'result'; readonly facts: ExportFacts; readonly determination: Determination }

/** What comes next after these answers, by the law of a day. Pure. */
export function triage(sent: Sent, on: LegalDate, lists: readonly CatalogueRow[] = []): TriageStep {
  const facts = factsOf(sent)
  const determination = determine(facts, on, { lists })
  const question = determination.path === 'unknown' ? nextQuestion(sent, determination.missing) : undefined
  return question === undefined ? { kind: 'result', facts, determination } : { kind: 'ask', question }
}

function nextQuestion(sent: Sent, missing: readonly string[]): QuestionId | undefined {
  return questionIds.find((id) => !isAnswered(sent, id) && missing.some((fact) => settledBy[id].test(fact)))
}

/** Whether the question has an answer, "not known" included. */
export function isAnswered(sent: Sent, id: QuestionId): boolean {
  return fieldsOf(sent, id).every((field) => Object.hasOwn(sent, field)) && unfitIn(sent, id).length === 0
}

/** The form fields of a question; of the conditions, those of the exemption claimed. */
export function fieldsOf(sent: Sent, id: QuestionId): readonly string[] {
  if (id === 'conditions') return conditionsAsked(sent).map((condition) => `c-${condition}`)
  if (id === 'entry') return entryFields.map((field) => `e-${field}`)
  return sent[id] === 'told' ? [id, ...personFields] : [id]
}

/** What of a question's fields does not fit. */
export function unfitIn(sent: Sent, id: QuestionId): readonly Unfit[] {
  if (id === 'conditions') {
    return fieldsOf(sent, id)
      .filter((field) => !['yes', 'no', 'unknown'].includes(sent[field] ?? ''))
      .map((field) => ({ field, kind: 'choose' }))
  }
  if (id === 'entry') {
    return fieldsOf(sent, id)
      .filter((field) => (sent[field] ?? '').length > entryLength)
      .map((field) => ({ field, kind: 'too-long' }))
  }
  if (!(choices[id] as readonly string[]).includes(sent[id] ?? '')) return [{ field: id, kind: 'choose' }]
  if (id !== 'persons' || sent['persons'] !== 'told') return []
  return personFields
    .filter((field) => countOf(sent[field]) === undefined)
    .map((field) => ({ field, kind: 'not-a-count' }))
}

const entryLength = 200

/** The conditions of the exemption claimed, in the order of its article. */
export function conditionsAsked(sent: Sent): readonly ExemptionCondition[] {
  const claim = claimOf(sent)
  return claim === undefined || claim === 'none'
    ? []
    : [...new Set(exemptions[claim].conditions.map(({ condition }) => condition))]
}

/** Persons as people write them: `12000`, `12,000`, `1.2万`; undefined for anything else. */
export function countOf(text: string | undefined): number | undefined {
  const plain = (text ?? '').replaceAll(/[\s,，]/g, '')
  const inTenThousands = /^(\d{1,6}(?:\.\d{1,4})?)万人?$/.exec(plain)?.[1]
  if (inTenThousands !== undefined) return Math.round(Number(inTenThousands) * 10_000)
  return /^\d{1,10}人?$/.test(plain) ? Number(plain.replace('人', '')) : undefined
}

/** The answers as facts; what was not answered, or is not known, is left out. Pure. */
export function factsOf(sent: Sent): ExportFacts {
  const handler = handlerOf(sent)
  const voluntary = yesNo(sent['voluntary'])
  return {
    schema: 'tongguan/facts/1',
    ...(Object.keys(handler).length === 0 ? {} : { handler }),
    ...(voluntary === undefined ? {} : { voluntaryDeclaration: voluntary }),
    flows: [{ id: 'export', ...flowOf(sent) }],
  }
}

function handlerOf(sent: Sent): HandlerFacts {
  const ciio = yesNo(sent['operator'])
  const publicBody = known(sent, 'body')
  return {
    ...(ciio === undefined ? {} : { ciio }),
    ...(publicBody === undefined ? {} : { publicBody }),
    ...(claimOf(sent) === 'ftz-off-list' ? { ftz: entryOf(sent) } : {}),
  }
}

function flowOf(sent: Sent): Omit<FlowFacts, 'id'> {
  const leaves = known(sent, 'leaves')
  const personal = yesNo(sent['personal'])
  const secret = known(sent, 'secret')
  const important = known(sent, 'important')
  const claim = claimOf(sent)
  const foreign = yesNo(sent['foreign'])
  const restricted = yesNo(sent['restricted'])
  const persons = personsOf(sent)
  return {
    ...(leaves === undefined ? {} : leaves === 'no' ? { leavesChina: false } : { leavesChina: true, manner: leaves }),
    ...(personal === undefined ? {} : { containsPersonalInformation: personal }),
    ...(secret === undefined ? {} : { coreData: secret === 'core', stateSecrets: secret === 'secrets' }),
    ...(important === undefined ? {} : { importantData: important }),
    ...(foreign === undefined ? {} : { foreignAuthorityRequest: foreign }),
    ...(restricted === undefined ? {} : { recipients: [{ restrictedList: restricted }] }),
    ...(claim === undefined ? {} : { exemption: claim, ...conditionsOf(sent) }),
    ...(claim === 'finance-scenario' ? { industry: 'finance', financeScenario: entryOf(sent) } : {}),
    ...(claim === 'automobile-reported-instead' ? { industry: 'automobile' } : {}),
    ...(persons === undefined ? {} : { since1January: persons }),
  }
}

function conditionsOf(sent: Sent): Pick<FlowFacts, 'conditions'> {
  const answered = conditionsAsked(sent).flatMap((condition) => {
    const answer = yesNo(sent[`c-${condition}`])
    return answer === undefined ? [] : [[condition, answer] as const]
  })
  return answered.length === 0 ? {} : { conditions: Object.fromEntries(answered) }
}

function entryOf(sent: Sent): Readonly<Partial<Record<EntryField, string>>> {
  return Object.fromEntries(
    entryFields.flatMap((field) => {
      const text = (sent[`e-${field}`] ?? '').trim()
      return text === '' || text.length > entryLength ? [] : [[field, text] as const]
    }),
  )
}

function personsOf(sent: Sent): PersonsCount | undefined {
  const [general, sensitive] = personFields.map((field) => countOf(sent[field]))
  if (sent['persons'] !== 'told' || general === undefined || sensitive === undefined) return undefined
  return { general, sensitive }
}

function claimOf(sent: Sent): ExemptionClaim | undefined {
  return known(sent, 'claim')
}

function known<Id extends ChoiceId>(sent: Sent, id: Id): Exclude<(typeof choices)[Id][number], 'unknown'> | undefined {
  const value = sent[id]
  if (value === 'unknown' || !(choices[id] as readonly (string | undefined)[]).includes(value)) return undefined
  return value as Exclude<(typeof choices)[Id][number], 'unknown'>
}

function yesNo(value: string | undefined): boolean | undefined {
  return value === 'yes' ? true : value === 'no' ? false : undefined
}

/** The answers alone, in the order of the questions: what a link or a form carries on. */
export function carried(sent: Sent): readonly (readonly [string, string])[] {
  return questionIds.flatMap((id) =>
    fieldsOf(sent, id).flatMap((field) => {
      const value = sent[field]
      return value === undefined ? [] : [[field, value] as const]
    }),
  )
}
