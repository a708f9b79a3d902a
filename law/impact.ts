import type { LegalDate } from './calendar.ts'
import type { CatalogueRow } from './catalogues/catalogue.ts'
import type { Certainty, Citation } from './citation.ts'
import type { OpenPoint, Path } from './determination.ts'
import { determine, determineBriefly } from './determine.ts'
import type { ExportFacts } from './facts.ts'
import { weight } from './rule.ts'

/** One entry of a register: what was determined, for whom, by the law of which day. */
export interface PastDetermination {
  readonly id: string
  readonly on: LegalDate
  readonly facts: ExportFacts
}

/** The same facts by the law of two days. Reasons and certainty are worked out where they are asked for. */
export interface Impact {
  readonly id: string
  readonly on: LegalDate
  readonly path: Path
  readonly under: LegalDate
  readonly pathUnder: Path
  readonly change: 'same' | 'heavier' | 'lighter' | 'no-longer-known' | 'now-known'
  /** Questions the law leaves open that either day's answer touches. */
  readonly openPoints: readonly OpenPoint[]
  readonly because?: Citation
  readonly becauseUnder?: Citation
  readonly certainty?: Certainty
  readonly certaintyUnder?: Certainty
}

/**
 * What a past determination would be by the law of another day, the facts being the same. Reasons and certainty are
 * given where the path differs, or for every case where `reasons` is `always`. Throws as `determine` does.
 */
export function impactOf(
  { id, on, facts }: PastDetermination,
  under: LegalDate,
  {
    lists = [],
    reasons = 'of-changes',
  }: { readonly lists?: readonly CatalogueRow[]; readonly reasons?: 'of-changes' | 'always' } = {},
): Impact {
  const then = determineBriefly(facts, on, { lists })
  const now = determineBriefly(facts, under, { lists })
  const brief = {
    id,
    on,
    path: then.path,
    under,
    pathUnder: now.path,
    change: changeBetween(then.path, now.path),
    openPoints: distinctPoints([...then.openPoints, ...now.openPoints]),
  }
  if (brief.change === 'same' && reasons !== 'always') return brief
  const [whole, wholeUnder] = [determine(facts, on, { lists }), determine(facts, under, { lists })]
  return {
    ...brief,
    ...named('because', whole.because[0]),
    ...named('becauseUnder', wholeUnder.because[0]),
    certainty: whole.certainty,
    certaintyUnder: wholeUnder.certainty,
  }
}

/** Each question once. */
function distinctPoints(points: readonly OpenPoint[]): readonly OpenPoint[] {
  return points.length < 2 ? points : [...new Map(points.map((point) => [point.id, point])).values()]
}

function changeBetween(before: Path, after: Path): Impact['change'] {
  if (before === after) return 'same'
  if (after === 'unknown') return 'no-longer-known'
  if (before === 'unknown') return 'now-known'
  return weight[after] > weight[before] ? 'heavier' : 'lighter'
}

function named(name: 'because' | 'becauseUnder', reason: Citation | undefined): Partial<Impact> {
  if (reason === undefined) return {}
  const { instrument, article, paragraph, item } = reason
  return {
    [name]: {
      instrument,
      article,
      ...(paragraph === undefined ? {} : { paragraph }),
      ...(item === undefined ? {} : { item }),
    },
  }
}
