import type { LegalDate } from './calendar.ts'
import type { CatalogueRow } from './catalogues/catalogue.ts'
import type { Citation } from './citation.ts'
import type { Path } from './determination.ts'
import { determine, determinePaths } from './determine.ts'
import type { ExportFacts } from './facts.ts'
import { weight } from './rule.ts'

/** One entry of a register: what was determined, for whom, by the law of which day. */
export interface PastDetermination {
  readonly id: string
  readonly on: LegalDate
  readonly facts: ExportFacts
}

/** The same facts by the law of two days. Reasons are worked out where the path differs. */
export interface Impact {
  readonly id: string
  readonly on: LegalDate
  readonly path: Path
  readonly under: LegalDate
  readonly pathUnder: Path
  readonly change: 'same' | 'heavier' | 'lighter' | 'no-longer-known' | 'now-known'
  readonly because?: Citation
  readonly becauseUnder?: Citation
}

/** What a past determination would be by the law of another day, the facts being the same. Throws as `determine` does. */
export function impactOf(
  { id, on, facts }: PastDetermination,
  under: LegalDate,
  { lists = [] }: { readonly lists?: readonly CatalogueRow[] } = {},
): Impact {
  const { path } = determinePaths(facts, on, { lists })
  const { path: pathUnder } = determinePaths(facts, under, { lists })
  const change = changeBetween(path, pathUnder)
  if (change === 'same') return { id, on, path, under, pathUnder, change }
  return {
    id,
    on,
    path,
    under,
    pathUnder,
    change,
    ...named('because', firstReason(facts, on, lists)),
    ...named('becauseUnder', firstReason(facts, under, lists)),
  }
}

function changeBetween(before: Path, after: Path): Impact['change'] {
  if (before === after) return 'same'
  if (after === 'unknown') return 'no-longer-known'
  if (before === 'unknown') return 'now-known'
  return weight[after] > weight[before] ? 'heavier' : 'lighter'
}

function firstReason(facts: ExportFacts, on: LegalDate, lists: readonly CatalogueRow[]): Citation | null {
  const [first] = determine(facts, on, { lists }).because
  if (!first) return null
  const { instrument, article, paragraph, item } = first
  return {
    instrument,
    article,
    ...(paragraph === undefined ? {} : { paragraph }),
    ...(item === undefined ? {} : { item }),
  }
}

function named(name: 'because' | 'becauseUnder', citation: Citation | null): Partial<Impact> {
  return citation === null ? {} : { [name]: citation }
}
