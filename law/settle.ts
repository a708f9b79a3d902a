import type { LegalDate } from './calendar.ts'
import { exemptions } from './exemptions.ts'
import type { Count, ExportFacts, FlowFacts, FtzFacts, PersonsCount, PersonsSince1January } from './facts.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import type { Matter, SettledExemption, SettledFlow, SettledHandler, SettledTotal } from './matter.ts'

/**
 * An unknown fact is settled twice, the light way and the heavy way. Where both lead to the same path the fact does not
 * matter; where they do not, nothing can be said without it. Every fact leans one way only (a heavier answer never
 * lightens the path), which a property in determine.test.ts holds.
 */
export type Leaning = (fact: string) => 'light' | 'heavy'

export interface Settled {
  readonly on: LegalDate
  readonly handler: SettledHandler
  readonly flows: readonly SettledFlow[]
  /** Numbers of the flows that count: those that leave, hold personal information and are not exempt by their nature. */
  readonly total: Omit<SettledTotal, 'shown'>
  readonly counted: readonly boolean[]
}

export interface Settling {
  readonly on: LegalDate
  readonly leaning: Leaning
  /** Persons with both sensitive and ordinary items count as general ones too. */
  readonly strict: boolean
}

export function settle(facts: ExportFacts, { on, leaning, strict }: Settling): Settled {
  const heavy = (fact: string) => leaning(fact) === 'heavy'
  const handler = settleHandler(facts, on, heavy)
  const window = countingWindow(on)
  const flows = facts.flows.map((flow, index) => settleFlow(facts, flow, index, { on, heavy, handler, window }))
  const counted = flows.map((flow) => isCounted(flow, handler))
  return { on, handler, flows, counted, total: settleTotal(facts, flows, counted, { heavy, window, strict }) }
}

/** The matter of each flow, with the totals as they shall be shown. */
export function matters(settled: Settled, shown: SettledTotal['shown']): readonly Matter[] {
  const { on, handler } = settled
  return settled.flows.map((flow) => ({ on, handler, flow, total: { ...settled.total, shown } }))
}

type CountingWindow = 'since1January' | 'since1JanuaryLastYear'

/** Order 11 art. 4 counts from 1 January of last year, Order 16 from 1 January of this year. */
export function countingWindow(on: LegalDate): CountingWindow {
  return on < provisionsFrom ? 'since1JanuaryLastYear' : 'since1January'
}

/** What is known of a number of persons; `upper` is Infinity where nothing is. */
export interface Range {
  readonly lower: number
  readonly upper: number
}

/** The persons of one kind in a window, exported and planned taken together: at least the larger, at most the sum. */
export function rangeOf(persons: PersonsSince1January | undefined, kind: keyof PersonsCount): Range | null {
  if (!persons) return null
  const together = persons as PersonsCount & { exported?: PersonsCount; planned?: PersonsCount }
  if (together[kind] !== undefined) return asRange(together[kind])
  if (!together.exported && !together.planned) return null
  const parts = [together.exported?.[kind], together.planned?.[kind]].map((count) => asRange(count))
  return {
    lower: Math.max(...parts.map((part) => part.lower)),
    upper: parts.reduce((sum, part) => sum + part.upper, 0),
  }
}

interface Context {
  readonly on: LegalDate
  readonly heavy: (fact: string) => boolean
  readonly handler: SettledHandler
  readonly window: CountingWindow
}

function settleHandler(facts: ExportFacts, on: LegalDate, heavy: Context['heavy']): SettledHandler {
  const { handler } = facts
  const processed = asRange(handler?.personsProcessed)
  return {
    ciio: handler?.ciio ?? heavy('handler.ciio'),
    publicBody:
      oneOf(handler?.publicBody, ['none', 'state-organ', 'authorised-body'] as const) ??
      (heavy('handler.publicBody') ? 'state-organ' : 'none'),
    personsProcessed: on < provisionsFrom ? pick(processed, 'handler.personsProcessed', heavy) : processed.lower,
    voluntaryDeclaration: facts.voluntaryDeclaration ?? heavy('voluntaryDeclaration'),
  }
}

function settleFlow(facts: ExportFacts, flow: FlowFacts, index: number, context: Context): SettledFlow {
  const { heavy, handler } = context
  const at = (name: string) => `flows.${index}.${name}`
  const place = flow.manner === 'remote-access' ? placeOf(flow.accessPlace) : null
  const personalInformation = holdsPersonalInformation(flow) ?? heavy(at('containsPersonalInformation'))
  const importantData =
    oneOf(flow.importantData, ['none', 'notified', 'published', 'meets-definition'] as const) ??
    (heavy(at('importantData')) ? 'notified' : 'none')
  const persons = personalInformation ? settlePersons(facts, flow, index, context) : { general: 0, sensitive: 0 }
  return {
    id: flow.id,
    // Access from abroad is an export whatever the file says; access inside China is none unless the file says so.
    leavesChina: place === 'abroad' || (flow.leavesChina ?? (place === 'in-china' ? false : heavy(at('leavesChina')))),
    remoteAccessInChina: place === 'in-china',
    personalInformation,
    importantData,
    coreData: flow.coreData ?? heavy(at('coreData')),
    stateSecrets: flow.stateSecrets ?? heavy(at('stateSecrets')),
    foreignAuthorityRequest: flow.foreignAuthorityRequest ?? heavy(at('foreignAuthorityRequest')),
    restrictedRecipient: personalInformation && hasRestrictedRecipient(flow, at, heavy),
    statutoryTask:
      handler.publicBody === 'authorised-body' &&
      (flow.legalBasis === undefined ? heavy(at('legalBasis')) : flow.legalBasis === 'statutory'),
    exemption: settleExemption(facts, flow, at, { ...context, personalInformation }),
    ...persons,
  }
}

function settlePersons(
  facts: ExportFacts,
  flow: FlowFacts,
  index: number,
  { heavy, window }: Context,
): Pick<SettledFlow, 'general' | 'sensitive'> {
  const general = personsRange(facts, flow, window, 'general')
  const sensitive = withMinors(flow, personsRange(facts, flow, window, 'sensitive'), general)
  return {
    general: pick(general, `flows.${index}.${window}.general`, heavy),
    sensitive: pick(sensitive, `flows.${index}.${window}.sensitive`, heavy),
  }
}

/** Null where the facts do not say. Persons counted are persons: a count above 0 outweighs a "no". */
function holdsPersonalInformation(flow: FlowFacts): boolean | null {
  const ranges = (['general', 'sensitive'] as const).flatMap((kind) => [
    rangeOf(flow.since1January, kind),
    rangeOf(flow.since1JanuaryLastYear, kind),
  ])
  if (ranges.some((range) => range !== null && range.lower > 0)) return true
  if (flow.containsPersonalInformation !== undefined) return flow.containsPersonalInformation
  const thisYear = ranges.filter((_, position) => position % 2 === 0)
  return thisYear.every((range) => range?.upper === 0) ? false : null
}

function personsRange(
  facts: ExportFacts,
  flow: FlowFacts,
  window: CountingWindow,
  kind: 'general' | 'sensitive',
): Range {
  const known = rangeOf(flow[window], kind)
  const total = rangeOf(facts.total?.[window], kind)
  // A flow that may be exempt may be outside the total.
  if (!total || flow.exemption !== 'none') return known ?? { lower: 0, upper: Infinity }
  // The only flow is the total; one of several is at most the total.
  if (!known) return facts.flows.length === 1 ? total : { lower: 0, upper: total.upper }
  return { lower: known.lower, upper: Math.max(known.lower, Math.min(known.upper, total.upper)) }
}

/** All personal information of a child under 14 is sensitive (PIPL art. 28), so "none sensitive" cannot stand. */
function withMinors(flow: FlowFacts, sensitive: Range, general: Range): Range {
  if (flow.minorsUnder14 !== true || sensitive.upper > 0) return sensitive
  return { lower: 1, upper: Math.max(1, general.upper) }
}

function hasRestrictedRecipient(flow: FlowFacts, at: (name: string) => string, heavy: Context['heavy']): boolean {
  const { recipients } = flow
  if (!recipients || recipients.length === 0) return heavy(at('recipients'))
  if (recipients.some((recipient) => recipient.restrictedList === true)) return true
  return recipients.some(
    (recipient, place) => recipient.restrictedList === undefined && heavy(at(`recipients.${place}.restrictedList`)),
  )
}

function settleExemption(
  facts: ExportFacts,
  flow: FlowFacts,
  at: (name: string) => string,
  { on, heavy, personalInformation }: Context & { readonly personalInformation: boolean },
): SettledExemption | null {
  const claim = flow.exemption
  if (claim === 'none') return null
  const known = oneOf(claim, Object.keys(exemptions) as (keyof typeof exemptions)[])
  if (known === null) {
    // Order 11 knows no exemption, so one that is not stated cannot lighten a date before Order 16.
    if (on < provisionsFrom) return null
    return heavy(at('exemption')) ? null : { kind: 'holds', claim: 'not-stated' }
  }
  const exemption = exemptions[known]
  if (on < exemption.from) return { kind: 'fails', claim: known, failed: 'not-in-force' }
  if (known === 'no-personal-information' && personalInformation) {
    return { kind: 'fails', claim: known, failed: 'containsPersonalInformation' }
  }
  if (known === 'ftz-off-list' && facts.handler?.ftz === 'none') return { kind: 'fails', claim: known, failed: 'ftz' }
  // What is answered against it decides before anything is asked.
  const answers = flow.conditions ?? {}
  for (const { condition, must } of exemption.conditions) {
    if (answers[condition] === !must) return { kind: 'fails', claim: known, failed: condition }
  }
  const open = exemption.conditions
    .filter(({ condition }) => answers[condition] === undefined)
    .map(({ condition }) => at(`conditions.${condition}`))
  if (known === 'ftz-off-list') open.push(...openFtzFacts(facts.handler?.ftz))
  return open.some((fact) => heavy(fact))
    ? { kind: 'fails', claim: known, failed: 'not-settled' }
    : { kind: 'holds', claim: known }
}

function openFtzFacts(ftz: 'none' | FtzFacts | undefined): readonly string[] {
  if (ftz === undefined || ftz === 'none') return ['handler.ftz']
  return (['zone', 'list', 'version', 'entry', 'checkedBy'] as const)
    .filter((name) => ftz[name] === undefined || ftz[name] === '')
    .map((name) => `handler.ftz.${name}`)
}

/** Flows under arts 3 to 6 are left out of the totals (Order 16 arts 7 and 8, last paragraphs); important data never are (art. 5). */
function isCounted(flow: SettledFlow, handler: SettledHandler): boolean {
  const exempt =
    flow.exemption?.kind === 'holds' &&
    (flow.importantData === 'none' || flow.importantData === 'meets-definition') &&
    !isPublicTask(flow, handler)
  return flow.leavesChina && flow.personalInformation && !exempt
}

export function isPublicTask(flow: SettledFlow, handler: SettledHandler): boolean {
  return handler.publicBody === 'state-organ' || (handler.publicBody === 'authorised-body' && flow.statutoryTask)
}

function settleTotal(
  facts: ExportFacts,
  flows: readonly SettledFlow[],
  counted: readonly boolean[],
  { heavy, window, strict }: Pick<Context, 'heavy' | 'window'> & { readonly strict: boolean },
): Settled['total'] {
  const counting = flows.filter((_, index) => counted[index])
  const of = (kind: 'general' | 'sensitive') => {
    const largest = Math.max(0, ...counting.map((flow) => flow[kind]))
    const sum = counting.reduce((persons, flow) => persons + flow[kind], 0)
    const given = rangeOf(facts.total?.[window], kind)
    if (!given) return pick({ lower: largest, upper: sum }, `total.${window}.${kind}`, heavy)
    // A total given may have left out a flow whose exemption turns out not to hold.
    const leftOut = flows.reduce((persons, flow, index) => {
      return counted[index] && facts.flows[index]?.exemption !== 'none' ? persons + flow[kind] : persons
    }, 0)
    const lower = Math.max(given.lower, largest)
    const upper = Math.max(lower, given.upper, Math.min(given.upper + leftOut, sum))
    return pick({ lower, upper }, `total.${window}.${kind}`, heavy)
  }
  const general = of('general')
  const sensitive = of('sensitive')
  if (!strict || window === 'since1JanuaryLastYear') return { general, sensitive }
  return { general: general + Math.min(sensitive, personsWithBoth()), sensitive }

  function personsWithBoth(): number {
    const given = rangeOf(facts.total?.[window], 'both')
    if (given) return given.upper
    // Left out: perhaps all of them.
    return flows.reduce((persons, flow, index) => {
      if (!counted[index]) return persons
      return persons + Math.min(flow.sensitive, rangeOf(facts.flows[index]?.[window], 'both')?.upper ?? Infinity)
    }, 0)
  }
}

/** Where an access happens decides, not who the person works for (CAC answers of 2025-10-31, no. 5). Null: not understood. */
function placeOf(text: string | undefined): 'in-china' | 'abroad' | null {
  if (text === undefined) return null
  const place = text.trim().toLowerCase()
  if (['cn', 'china', 'mainland', 'mainland china', '中国', '中国大陆', '境内', '中国境内'].includes(place))
    return 'in-china'
  // Two letters are a country or region code; Hong Kong, Macau and Taiwan are outside this regime's border too.
  if (/^[a-z]{2}$/.test(place)) return 'abroad'
  return ['境外', 'abroad', '香港', '澳门', '台湾', 'hong kong', 'macau', 'macao', 'taiwan'].includes(place)
    ? 'abroad'
    : null
}

function pick(range: Range, fact: string, heavy: Context['heavy']): number {
  if (range.lower === range.upper) return range.lower
  return heavy(fact) ? range.upper : range.lower
}

function asRange(count: Count | undefined): Range {
  if (count === undefined) return { lower: 0, upper: Infinity }
  return typeof count === 'number' ? { lower: count, upper: count } : count
}

function oneOf<const T extends string>(value: string | undefined, known: readonly T[]): T | null {
  return known.find((name) => name === value) ?? null
}
