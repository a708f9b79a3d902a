import type { LegalDate } from './calendar.ts'
import { listedIn } from './catalogues/catalogue.ts'
import { countryCode } from './catalogues/countries.ts'
import type { CatalogueRow } from './catalogues/catalogue.ts'
import type { Exemption } from './exemption.ts'
import { exemptions } from './exemptions.ts'
import { isFactWord } from './fact-words.ts'
import type { FactWord, factWords } from './fact-words.ts'
import type { Count, ExportFacts, FlowFacts, PersonsCount, PersonsSince1January } from './facts.ts'
import { countsAsImportant } from './instruments/provisions-2024/article-02.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import type { SettledExemption, SettledFlow, SettledHandler } from './matter.ts'

/**
 * An unknown fact is settled twice, the light way and the heavy way. Where both lead to the same path the fact does not
 * matter; where they do not, nothing can be said without it. Every fact leans one way only (a heavier answer never
 * lightens the path), which a property in determine.test.ts holds.
 */
export type Leaning = (fact: string) => 'light' | 'heavy'

export interface Settled {
  readonly on: LegalDate
  readonly window: CountingWindow
  readonly handler: SettledHandler
  readonly flows: readonly SettledFlow[]
  /** Numbers of the flows that count: those that leave, hold personal information and are not exempt by their nature. */
  readonly total: SettledNumbers
  readonly counted: readonly boolean[]
}

export interface SettledNumbers {
  readonly general: number
  readonly sensitive: number
}

export interface Settling {
  readonly on: LegalDate
  readonly leaning: Leaning
  /** Lists an office has loaded; they can only speak against a claim. */
  readonly lists: readonly CatalogueRow[]
}

export function settle(facts: ExportFacts, { on, leaning, lists }: Settling): Settled {
  const heavy = (fact: string) => leaning(fact) === 'heavy'
  const handler = settleHandler(facts, on, heavy)
  const context: Context = { facts, on, heavy, lists, handler, window: countingWindow(on) }
  return settledFrom(
    facts.flows.map((flow, index) => settleFlow(flow, index, context)),
    context,
  )
}

/** Where a change lies: in one flow, or in the handler where no flow is settled by it (its zone is; settleExemption). */
export type Place = number | 'handler'

/** The same after one change: `facts` has it, `before` is settled as `leaning` says; what did not change is not settled again. */
export function settleAgain(
  before: Settled,
  { facts, place }: { readonly facts: ExportFacts; readonly place: Place },
  { on, leaning, lists }: Settling,
): Settled {
  const heavy = (fact: string) => leaning(fact) === 'heavy'
  const handler = place === 'handler' ? settleHandler(facts, on, heavy) : before.handler
  const context: Context = { facts, on, heavy, lists, handler, window: before.window }
  if (place === 'handler') return settledFrom(before.flows, context)
  const flows = before.flows.slice()
  const flow = facts.flows[place]
  if (flow) flows[place] = settleFlow(flow, place, context)
  return settledFrom(flows, context)
}

function settledFrom(flows: readonly SettledFlow[], context: Context): Settled {
  const { on, window, handler } = context
  const counted = flows.map((flow) => isCounted(flow, handler))
  return { on, window, handler, flows, counted, total: settleTotal(flows, counted, context) }
}

export type CountingWindow = 'since1January' | 'since1JanuaryLastYear'

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
  const count = countOf(together, kind)
  if (count !== undefined) return asRange(count)
  if (!together.exported && !together.planned) return null
  const exported = asRange(countOf(together.exported, kind))
  const planned = asRange(countOf(together.planned, kind))
  return { lower: Math.max(exported.lower, planned.lower), upper: exported.upper + planned.upper }
}

// Named, not computed: a replay of a register reads these millions of times.
function countOf(persons: PersonsCount | undefined, kind: keyof PersonsCount): Count | undefined {
  if (persons === undefined) return undefined
  if (kind === 'general') return persons.general
  return kind === 'sensitive' ? persons.sensitive : persons.both
}

export function personsIn(
  persons: Pick<FlowFacts, CountingWindow> | undefined,
  window: CountingWindow,
): PersonsSince1January | undefined {
  return window === 'since1January' ? persons?.since1January : persons?.since1JanuaryLastYear
}

interface Context {
  readonly facts: ExportFacts
  readonly on: LegalDate
  readonly heavy: (fact: string) => boolean
  readonly lists: readonly CatalogueRow[]
  readonly handler: SettledHandler
  readonly window: CountingWindow
}

function settleHandler(facts: ExportFacts, on: LegalDate, heavy: Context['heavy']): SettledHandler {
  const { handler } = facts
  const processed = asRange(handler?.personsProcessed)
  return {
    ciio: handler?.ciio ?? heavy('handler.ciio'),
    publicBody: told('publicBody', handler?.publicBody) ?? (heavy('handler.publicBody') ? 'state-organ' : 'none'),
    personsProcessed: on < provisionsFrom ? pick(processed, heavy, 'handler.personsProcessed') : processed.lower,
    voluntaryDeclaration: facts.voluntaryDeclaration ?? heavy('voluntaryDeclaration'),
    numbersSplit: facts.numbersSplit ?? false,
  }
}

function settleFlow(flow: FlowFacts, index: number, context: Context): SettledFlow {
  const { heavy, handler, window, on } = context
  // Names are made only for what is asked: most facts are known, and a replay settles millions.
  const asks = (name: string) => heavy(`flows.${index}.${name}`)
  const place = placeOfAccess(flow, context)
  const personalInformation = holdsPersonalInformation(flow) ?? asks('containsPersonalInformation')
  const general = personalInformation ? personsRange(flow, 'general', context) : nobody
  const sensitive = personalInformation ? withMinors(flow, personsRange(flow, 'sensitive', context), general) : nobody
  return {
    id: flow.id,
    // Access from abroad is an export whatever the file says; access inside China is none unless the file says so.
    leavesChina: place === 'abroad' || (flow.leavesChina ?? withoutAWord(flow, { place, on }) ?? asks('leavesChina')),
    remoteAccessInChina: place === 'in-china',
    personalInformation,
    importantData: settleImportantData(flow, asks, context),
    coreData: flow.coreData ?? asks('coreData'),
    stateSecrets: flow.stateSecrets ?? asks('stateSecrets'),
    foreignAuthorityRequest: flow.foreignAuthorityRequest ?? asks('foreignAuthorityRequest'),
    restrictedRecipient: personalInformation && hasRestrictedRecipient(flow, asks, context),
    statutoryTask:
      handler.publicBody === 'authorised-body' &&
      (isFactWord('legalBasis', flow.legalBasis) ? flow.legalBasis === 'statutory' : asks('legalBasis')),
    industry: flow.industry ?? null,
    exemption: settleExemption(flow, asks, { context, personalInformation, index }),
    general: general.lower === general.upper ? general.lower : pick(general, heavy, `flows.${index}.${window}.general`),
    sensitive:
      sensitive.lower === sensitive.upper
        ? sensitive.lower
        : pick(sensitive, heavy, `flows.${index}.${window}.sensitive`),
  }
}

type Asks = (name: string) => boolean

const nobody: Range = { lower: 0, upper: 0 }

/** Where the file does not say whether data leave China, what the manner says. Null: nothing. */
function withoutAWord(
  { manner }: FlowFacts,
  { place, on }: { readonly place: 'in-china' | 'abroad' | null; readonly on: LegalDate },
): boolean | null {
  if (place === 'in-china') return false
  // Processing abroad under PIPL art. 3(2) became an export with the guide's second edition.
  return manner === 'direct-collection' ? provisionsFrom <= on : null
}

function settleImportantData(flow: FlowFacts, asks: Asks, { on, lists }: Context): SettledFlow['importantData'] {
  const known = told('importantData', flow.importantData)
  if (known !== null && countsAsImportant(known)) return known
  // What a published list names is published, whatever the file says.
  if (importantDataListed(flow, on, lists)) return 'published'
  return known ?? (asks('importantData') ? 'notified' : 'none')
}

/** The loaded row that publishes an item of this flow as important data. */
export function importantDataListed(
  { dataItems, industry }: FlowFacts,
  on: LegalDate,
  lists: readonly CatalogueRow[],
): CatalogueRow | null {
  if (lists.length === 0 || !dataItems || dataItems.length === 0) return null
  return listedIn(lists, { catalogue: 'important-data', scope: industry ?? 'all', on, items: dataItems })
}

/** The loaded row that speaks against a claim: the zone's negative list, or the scenarios of finance that are not exempt. */
export function listedAgainst(
  claim: string,
  { dataItems = [], financeScenario }: FlowFacts,
  { facts, on, lists }: Pick<Context, 'facts' | 'on' | 'lists'>,
): CatalogueRow | null {
  if (lists.length === 0) return null
  if (claim === 'finance-scenario') {
    const items = financeScenario?.entry === undefined ? [] : [financeScenario.entry]
    return listedIn(lists, { catalogue: 'finance-scenarios', scope: 'not-exempt', on, items })
  }
  const ftz = facts.handler?.ftz
  if (claim !== 'ftz-off-list' || ftz === undefined || ftz === 'none') return null
  return listedIn(lists, { catalogue: 'ftz-negative-list', scope: ftz.zone ?? '', on, items: dataItems })
}

/** Null where the facts do not say. Persons counted are persons: a count above 0 outweighs a "no". */
function holdsPersonalInformation(flow: FlowFacts): boolean | null {
  const general = rangeOf(flow.since1January, 'general')
  const sensitive = rangeOf(flow.since1January, 'sensitive')
  if (someone(general) || someone(sensitive)) return true
  const last = flow.since1JanuaryLastYear
  if (someone(rangeOf(last, 'general')) || someone(rangeOf(last, 'sensitive'))) return true
  if (flow.containsPersonalInformation !== undefined) return flow.containsPersonalInformation
  if (flow.minorsUnder14 === true) return true
  return general?.upper === 0 && sensitive?.upper === 0 ? false : null
}

function someone(range: Range | null): boolean {
  return range !== null && range.lower > 0
}

function personsRange(flow: FlowFacts, kind: 'general' | 'sensitive', { facts, window }: Context): Range {
  const known = rangeOf(personsIn(flow, window), kind)
  const total = rangeOf(personsIn(facts.total, window), kind)
  // A flow that may be exempt may be outside the total.
  if (!total || flow.exemption !== 'none') return known ?? unknown
  // The only flow is the total; one of several is at most the total.
  if (!known) return facts.flows.length === 1 ? total : { lower: 0, upper: total.upper }
  return { lower: known.lower, upper: Math.max(known.lower, Math.min(known.upper, total.upper)) }
}

/** All personal information of a child under 14 is sensitive (PIPL art. 28), so "none sensitive" cannot stand. */
function withMinors(flow: FlowFacts, sensitive: Range, general: Range): Range {
  if (flow.minorsUnder14 !== true || sensitive.lower > 0) return sensitive
  return { lower: 1, upper: sensitive.upper > 0 ? sensitive.upper : Math.max(1, general.upper) }
}

function hasRestrictedRecipient(flow: FlowFacts, asks: Asks, { on, lists }: Context): boolean {
  const { recipients } = flow
  if (!recipients || recipients.length === 0) return asks('recipients')
  let open = false
  for (const { restrictedList } of recipients) {
    if (restrictedList === true) return true
    open ||= restrictedList === undefined
  }
  if (lists.length > 0) {
    const items = recipients.flatMap(({ name }) => name ?? [])
    if (listedIn(lists, { catalogue: 'restricted-recipients', scope: 'all', on, items })) return true
  }
  return (
    open &&
    recipients.some(
      ({ restrictedList }, place) => restrictedList === undefined && asks(`recipients.${place}.restrictedList`),
    )
  )
}

function settleExemption(
  flow: FlowFacts,
  asks: Asks,
  {
    context,
    personalInformation,
    index,
  }: { readonly context: Context; readonly personalInformation: boolean; readonly index: number },
): SettledExemption | null {
  const { facts, on } = context
  const claim = flow.exemption
  if (claim === 'none') return null
  if (!isClaim(claim)) {
    // Order 11 knows no exemption, so one that is not stated cannot lighten a date before Order 16.
    if (on < provisionsFrom) return null
    return asks('exemption') ? null : { kind: 'holds', claim: 'not-stated' }
  }
  const exemption: Exemption = exemptions[claim]
  if (on < exemption.from) return { kind: 'fails', claim, failed: 'not-in-force' }
  if (personalInformation && ofOtherDataOnly.includes(claim)) {
    return { kind: 'fails', claim, failed: 'containsPersonalInformation' }
  }
  if (exemption.trade !== undefined && flow.industry !== undefined && flow.industry !== exemption.trade) {
    return { kind: 'fails', claim, failed: 'industry' }
  }
  if (claim === 'ftz-off-list' && facts.handler?.ftz === 'none') return { kind: 'fails', claim, failed: 'ftz' }
  if (listedAgainst(claim, flow, context)) return { kind: 'fails', claim, failed: 'listed' }
  // What is answered against it decides before anything is asked.
  const answers = flow.conditions ?? {}
  for (const bar of exemption.bars) if (answers[bar] === true) return { kind: 'fails', claim, failed: bar }
  for (const { condition, must } of exemption.conditions) {
    if (answers[condition] === !must) return { kind: 'fails', claim, failed: condition }
  }
  let heavy = false
  for (const name of openExemptionFacts(claim, facts, index)) if (context.heavy(name)) heavy = true
  return heavy ? { kind: 'fails', claim, failed: 'not-settled' } : { kind: 'holds', claim }
}

/** Exemptions of data that are not personal information: what else a flow holds is judged by its numbers. */
const ofOtherDataOnly: readonly string[] = ['no-personal-information', 'automobile-reported-instead']

/** The facts a claimed exemption rests on that are not told, as an answer names them. */
export function openExemptionFacts(
  claim: keyof typeof exemptions,
  facts: ExportFacts,
  index: number,
): readonly string[] {
  const flow = facts.flows[index]
  const { conditions, trade }: Exemption = exemptions[claim]
  const open: string[] = []
  for (const { condition } of conditions) {
    if (flow?.conditions?.[condition] === undefined) open.push(`flows.${index}.conditions.${condition}`)
  }
  if (trade !== undefined && flow?.industry === undefined) open.push(`flows.${index}.industry`)
  open.push(...openListFacts(claim, facts, index))
  return open
}

/** The facts of the list entry an exemption rests on that are not told; empty where it rests on none. */
export function openListFacts(claim: string, facts: ExportFacts, index: number): readonly string[] {
  if (claim === 'ftz-off-list') {
    const ftz = facts.handler?.ftz
    return ftz === undefined || ftz === 'none'
      ? ['handler.ftz']
      : untold('handler.ftz', ftz, ['zone', 'list', 'version', 'entry', 'checkedBy'])
  }
  if (claim !== 'finance-scenario') return []
  const scenario = facts.flows[index]?.financeScenario
  const name = `flows.${index}.financeScenario`
  return scenario === undefined ? [name] : untold(name, scenario, ['list', 'version', 'entry', 'checkedBy'])
}

function untold<T extends object>(place: string, told: T, names: readonly (keyof T & string)[]): readonly string[] {
  return names.filter((name) => told[name] === undefined || told[name] === '').map((name) => `${place}.${name}`)
}

/** Flows under arts 3 to 6 are left out of the totals (Order 16 arts 7 and 8, last paragraphs); important data never are (art. 5). */
function isCounted(flow: SettledFlow, handler: SettledHandler): boolean {
  if (!flow.leavesChina || !flow.personalInformation) return false
  return flow.exemption?.kind !== 'holds' || countsAsImportant(flow.importantData) || isPublicTask(flow, handler)
}

export function isPublicTask(flow: SettledFlow, handler: SettledHandler): boolean {
  return handler.publicBody === 'state-organ' || (handler.publicBody === 'authorised-body' && flow.statutoryTask)
}

function settleTotal(flows: readonly SettledFlow[], counted: readonly boolean[], context: Context): SettledNumbers {
  return {
    general: totalOf('general', flows, counted, context),
    sensitive: totalOf('sensitive', flows, counted, context),
  }
}

/** The general number with those of `sensitive` who also send ordinary items counted in it too. */
export function generalStrictly(facts: ExportFacts, { window, flows, counted, total }: Settled): number {
  if (window === 'since1JanuaryLastYear') return total.general
  return total.general + Math.min(total.sensitive, personsWithBoth(facts, { window, flows, counted }))
}

function totalOf(
  kind: 'general' | 'sensitive',
  flows: readonly SettledFlow[],
  counted: readonly boolean[],
  { facts, window, heavy }: Context,
): number {
  let largest = 0
  let sum = 0
  // A total given may have left out a flow whose exemption turns out not to hold.
  let leftOut = 0
  for (let index = 0; index < flows.length; index++) {
    const flow = flows[index]
    if (flow === undefined || counted[index] !== true) continue
    const persons = kind === 'general' ? flow.general : flow.sensitive
    largest = Math.max(largest, persons)
    sum += persons
    if (facts.flows[index]?.exemption !== 'none') leftOut += persons
  }
  const given = rangeOf(personsIn(facts.total, window), kind)
  if (!given) return largest === sum ? sum : pick({ lower: largest, upper: sum }, heavy, `total.${window}.${kind}`)
  const lower = Math.max(given.lower, largest)
  const upper = Math.max(lower, given.upper, Math.min(given.upper + leftOut, sum))
  return lower === upper ? lower : pick({ lower, upper }, heavy, `total.${window}.${kind}`)
}

function personsWithBoth(
  facts: ExportFacts,
  { window, flows, counted }: Pick<Settled, 'window' | 'flows' | 'counted'>,
): number {
  const given = rangeOf(personsIn(facts.total, window), 'both')
  if (given) return given.upper
  // Left out: perhaps all of them.
  let persons = 0
  for (const [index, flow] of flows.entries()) {
    if (counted[index] !== true) continue
    persons += Math.min(flow.sensitive, rangeOf(personsIn(facts.flows[index], window), 'both')?.upper ?? Infinity)
  }
  return persons
}

/** Where data are read from. Of a manner not known, a place abroad alone is heard: it may be access, and must not read as none. */
export function placeOfAccess(
  { manner, accessPlace }: FlowFacts,
  context: Pick<Context, 'on' | 'lists'>,
): 'in-china' | 'abroad' | null {
  if (manner === 'remote-access') return placeOf(accessPlace, context)
  if (accessPlace === undefined || isFactWord('manner', manner)) return null
  return placeOf(accessPlace, context) === 'abroad' ? 'abroad' : null
}

/** Where an access happens decides, not who the person works for (CAC answers of 2025-10-31, no. 5). Null: not understood. */
function placeOf(text: string | undefined, context: Pick<Context, 'on' | 'lists'>): 'in-china' | 'abroad' | null {
  if (text === undefined) return null
  if (text === '境外' || text === 'abroad') return 'abroad'
  const code = countryCode(text, context)
  if (code === null) return null
  return code === 'CN' ? 'in-china' : 'abroad'
}

function pick(range: Range, heavy: Context['heavy'], fact: string): number {
  if (range.lower === range.upper) return range.lower
  return heavy(fact) ? range.upper : range.lower
}

const unknown: Range = { lower: 0, upper: Infinity }

function asRange(count: Count | undefined): Range {
  if (count === undefined) return unknown
  return typeof count === 'number' ? { lower: count, upper: count } : count
}

/** What is told, where it is a word the law knows; null: unknown. */
function told<F extends keyof typeof factWords>(fact: F, word: string | undefined): FactWord<F> | null {
  return isFactWord(fact, word) ? word : null
}

export function isClaim(text: string | undefined): text is keyof typeof exemptions {
  return text !== undefined && Object.hasOwn(exemptions, text)
}
