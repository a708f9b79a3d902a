import type { LegalDate } from './calendar.ts'
import type { CatalogueRow } from './catalogues/catalogue.ts'
import type { Certainty, FactValue, Reason } from './citation.ts'
import type { DeterminedFlow, Path } from './determination.ts'
import type { ExportFacts } from './facts.ts'
import type { Matter } from './matter.ts'
import { reason, stronger, weakest, weight } from './rule.ts'
import type { OrderedPath, Rule } from './rule.ts'
import { bookOf } from './rulebook.ts'
import type { Book } from './rulebook.ts'
import { books } from './rules.ts'
import { generalStrictly, settle, settleAgain } from './settle.ts'
import type { Leaning, Place, Settled } from './settle.ts'

/** The path as written and counted strictly, nothing else: what a replay of a whole register asks for. */
export interface Paths {
  readonly path: Path
  readonly strictPath: Path
}

/** Every unknown settled the light way, then the heavy way: where both agree, the unknowns do not matter. */
export interface Readings {
  /** The rules of the day. */
  readonly book: Book
  readonly light: Settled
  readonly heavy: Settled
}

export interface Judged extends Readings {
  readonly on: LegalDate
  readonly path: Path
  readonly flows: readonly DeterminedFlow[]
  readonly because: readonly Reason[]
  readonly certainty: Certainty
}

export function readingsOf(facts: ExportFacts, on: LegalDate, lists: readonly CatalogueRow[]): Readings {
  let asked = false
  const light = settle(facts, {
    on,
    lists,
    leaning: () => {
      asked = true
      return 'light'
    },
  })
  // Nothing was open, so there is nothing to settle another way.
  const heavy = asked ? settle(facts, { on, lists, leaning: allHeavy }) : light
  return { book: bookOf(books, on), light, heavy }
}

/** Both readings after one change, what they say of the rest kept. */
export function readingsAfter(
  before: Readings,
  changed: { readonly facts: ExportFacts; readonly place: Place },
  { on, lists }: { readonly on: LegalDate; readonly lists: readonly CatalogueRow[] },
): Readings {
  let asked = before.light !== before.heavy
  const light = settleAgain(before.light, changed, {
    on,
    lists,
    leaning: () => {
      asked = true
      return 'light'
    },
  })
  const heavy = asked ? settleAgain(before.heavy, changed, { on, lists, leaning: allHeavy }) : light
  return { book: before.book, light, heavy }
}

const allHeavy: Leaning = () => 'heavy'

/** The path as written. */
export function pathOf(readings: Readings): Path {
  const { light, heavy } = readings
  return pathBetween(readings, light.total.general, heavy.total.general)
}

export function pathsOf(readings: Readings, facts: ExportFacts): Paths {
  const { light, heavy } = readings
  const path = pathOf(readings)
  const lighter = generalStrictly(facts, light)
  const heavier = light === heavy ? lighter : generalStrictly(facts, heavy)
  const countedAlike = lighter === light.total.general && heavier === heavy.total.general
  return { path, strictPath: countedAlike ? path : pathBetween(readings, lighter, heavier) }
}

/** `lighter` and `heavier` are the general persons of either reading. */
function pathBetween({ book, light, heavy }: Readings, lighter: number, heavier: number): Path {
  if (light.flows.length === 0) return 'unknown'
  const lightest = heaviestPath(book, light, lighter)
  return light === heavy ? lightest : agreed(lightest, heaviestPath(book, heavy, heavier))
}

/** The path of each flow, as `judge` gives it with its reasons. */
export function flowPathsOf({ book, light, heavy }: Readings): readonly Path[] {
  const lightest = flowPaths(book, light)
  if (light === heavy) return lightest
  return flowPaths(book, heavy).map((path, index) => agreed(lightest[index] ?? path, path))
}

function flowPaths(book: Book, { on, handler, flows, total: { general, sensitive } }: Settled): readonly OrderedPath[] {
  const total = { general, sensitive, shown: notShown }
  return flows.map((flow) => prevailing(book, { on, handler, flow, total }).path)
}

function heaviestPath(book: Book, settled: Settled, general: number): OrderedPath {
  let heaviest: OrderedPath = 'not-an-export'
  const total = { general, sensitive: settled.total.sensitive, shown: notShown }
  for (const flow of settled.flows) {
    const { path } = prevailing(book, { on: settled.on, handler: settled.handler, flow, total })
    if (weight[path] > weight[heaviest]) heaviest = path
  }
  return heaviest
}

const notShown = { general: null, sensitive: null } as const

/** The rule that decides a matter: rules stand in the order in which they set each other aside. */
export function prevailing(book: Book, matter: Matter): Rule {
  for (const rule of rulesAbout(book, matter)) if (rule.applies(matter)) return rule
  throw new Error(`No rule of ${matter.on} speaks about flow ${matter.flow.id}: the rules are not complete`)
}

function rulesAbout(book: Book, { flow }: Matter): readonly Rule[] {
  return flow.exemption?.kind === 'holds' ? book.rules : book.rulesOfOthers
}

/** What one reading says of one flow: the path, and every ground for it that is not set aside. */
export interface Ruling {
  readonly path: OrderedPath
  readonly because: readonly Reason[]
  readonly certainty: Certainty
}

function rulingsOf(book: Book, settled: Settled, shown: Shown): readonly Ruling[] {
  return settled.flows.map((flow) => {
    const { general, sensitive } = settled.total
    return rulingOf(book, { on: settled.on, handler: settled.handler, flow, total: { general, sensitive, shown } })
  })
}

function rulingOf(book: Book, matter: Matter): Ruling {
  const speaking = rulesAbout(book, matter).filter((rule) => rule.applies(matter))
  const first = speaking[0] ?? prevailing(book, matter)
  const because: Reason[] = []
  let certainty: Certainty | null = null
  for (const rule of speaking) {
    if (rule.path !== first.path || isSetAside(book, rule, speaking)) continue
    certainty = certainty === null ? rule.certainty : stronger(certainty, rule.certainty)
    because.push(reason(rule.citation, rule.looksAt(matter), rule.says.zh, rule.says.en))
    if (rule.further) because.push(...rule.further(matter))
  }
  return { path: first.path, certainty: certainty ?? first.certainty, because }
}

function isSetAside(book: Book, rule: Rule, speaking: readonly Rule[]): boolean {
  return speaking.some((other) => other.path !== rule.path && book.setsAside(other, rule))
}

export interface Shown {
  readonly general: FactValue
  readonly sensitive: FactValue
}

/** The numbers as an answer shows them: a number, its bounds, or null where nothing is known. */
export function shownTotals({ light, heavy }: Readings): Shown {
  const shown = (kind: 'general' | 'sensitive'): FactValue => {
    const [lower, upper] = [light.total[kind], heavy.total[kind]]
    if (!Number.isFinite(upper)) return lower === 0 ? null : lower
    return lower === upper ? upper : { lower, point: upper, upper }
  }
  return { general: shown('general'), sensitive: shown('sensitive') }
}

/** The path with its reasons, flow by flow. */
export function judge(readings: Readings, path: Path): Judged {
  const { book, light, heavy } = readings
  const shown = shownTotals(readings)
  const lightRulings = rulingsOf(book, light, shown)
  const heavyRulings = light === heavy ? lightRulings : rulingsOf(book, heavy, shown)
  const flows = light.flows.map(({ id }, index) => between(id, lightRulings[index], heavyRulings[index]))
  const certain = surelyRead(path, lightRulings, heavyRulings)
  const because: Reason[] = []
  for (const ruling of certain) if (ruling.path === path) because.push(...ruling.because)
  return {
    on: light.on,
    path,
    flows,
    because,
    certainty: weakest(
      ...(path === 'unknown' ? [...lightRulings, ...heavyRulings] : certain).map((ruling) => ruling.certainty),
    ),
    book,
    light,
    heavy,
  }
}

/** What makes a path heavy is certain where it holds for the light reading, what makes it light where for the heavy one. */
function surelyRead<T>(path: Path, light: T, heavy: T): T {
  return path !== 'unknown' && weight[path] < weight['contract-or-certification'] ? heavy : light
}

function between(id: string, light: Ruling | undefined, heavy: Ruling | undefined): DeterminedFlow {
  if (!light || !heavy) throw new Error(`Flow ${id} was not ruled on`)
  const path = agreed(light.path, heavy.path)
  if (path === 'unknown') return { id, path, because: undecided(light, heavy) }
  return { id, path, because: surelyRead(path, light, heavy).because }
}

/** Each side on its own article: where an exemption is left open, the exemption's and that of what is due without it. */
function undecided(lighter: Ruling, heavier: Ruling): readonly Reason[] {
  const [light, heavy] = [lighter.because[0], heavier.because[0]]
  if (!light || !heavy) throw new Error(`A ruling of ${lighter.path} or ${heavier.path} gives no reason`)
  return [
    { ...light, facts: {}, zh: `尚不能判断。较轻：${light.zh}`, en: `Not decided. At the lightest: ${light.en}` },
    { ...heavy, facts: {}, zh: `较重：${heavy.zh}`, en: `At the heaviest: ${heavy.en}` },
  ]
}

/** A stop that is certain stays one, whichever of the two stops it turns out to be. */
function agreed(light: OrderedPath, heavy: OrderedPath): Path {
  return light === heavy || weight[light] >= weight.prohibited ? light : 'unknown'
}

/** The heaviest ruling of one reading in which unknown facts lean as told. */
export function heaviestRuling(
  facts: ExportFacts,
  { on, lists, leaning, shown }: { on: LegalDate; lists: readonly CatalogueRow[]; leaning: Leaning; shown: Shown },
): Ruling {
  const all = rulingsOf(bookOf(books, on), settle(facts, { on, lists, leaning }), shown)
  return all.reduce((heaviest, ruling) => (weight[ruling.path] > weight[heaviest.path] ? ruling : heaviest))
}
