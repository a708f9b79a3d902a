import type { LegalDate } from './calendar.ts'
import type { Citation } from './citation.ts'
import type { Determination, StraddledLine } from './determination.ts'
import { measuresThreshold } from './instruments/measures-2022/article-04.ts'
import { declarationThreshold } from './instruments/provisions-2024/article-07.ts'
import { contractFloor } from './instruments/provisions-2024/article-08.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import type { Judged } from './judge.ts'
import { countingWindow } from './settle.ts'

/** A number of distinct persons at which the law changes its answer. */
export interface Line {
  readonly kind: 'general' | 'sensitive'
  readonly persons: number
  readonly citation: Citation
  /** What lies at the line and above it. */
  readonly leadsTo: 'contract-or-certification' | 'assessment'
}

const ofMeasures: readonly Line[] = [
  {
    kind: 'general',
    persons: measuresThreshold.exportedPersons,
    citation: { instrument: 'measures-2022', article: 4, item: 3 },
    leadsTo: 'assessment',
  },
  {
    kind: 'sensitive',
    persons: measuresThreshold.exportedSensitivePersons,
    citation: { instrument: 'measures-2022', article: 4, item: 3 },
    leadsTo: 'assessment',
  },
]

const [floor, threshold] = [contractFloor, declarationThreshold]

const ofProvisions: readonly Line[] = [
  {
    kind: 'sensitive',
    persons: floor.sensitivePersons,
    citation: floor.citation,
    leadsTo: 'contract-or-certification',
  },
  { kind: 'sensitive', persons: threshold.sensitivePersons, citation: threshold.citation, leadsTo: 'assessment' },
  { kind: 'general', persons: floor.generalPersons, citation: floor.citation, leadsTo: 'contract-or-certification' },
  { kind: 'general', persons: threshold.generalPersons, citation: threshold.citation, leadsTo: 'assessment' },
]

/** The lines of persons in force on a day. */
export function linesOf(on: LegalDate): readonly Line[] {
  return on < provisionsFrom ? ofMeasures : ofProvisions
}

/** The lines that a number known only within bounds lies across. */
export function straddledLines({ path, light, heavy, on }: Judged): readonly StraddledLine[] {
  if (path !== 'unknown') return []
  return linesOf(on)
    .filter(({ kind, persons }) => light.total[kind] < persons && persons <= heavy.total[kind])
    .map(({ kind, persons, citation }) => ({
      fact: `total.${countingWindow(on)}.${kind}`,
      line: persons,
      lower: light.total[kind],
      upper: Number.isFinite(heavy.total[kind]) ? heavy.total[kind] : null,
      citation,
    }))
}

/** Null where no number of persons decides: nothing is counted, or the path rests on something else. */
export function margin({ path, heavy, on }: Judged): Determination['margin'] {
  const countsPersons = heavy.counted.includes(true) && !heavy.handler.ciio
  if (!countsPersons || (path !== 'exempt' && path !== 'contract-or-certification')) return null
  // Before Order 16 there is one line of each kind, and it leads from contract to assessment.
  const next = path === 'exempt' ? 'contract-or-certification' : 'assessment'
  const left = (kind: Line['kind']) => {
    const line = linesOf(on).find((one) => one.kind === kind && one.leadsTo === next)
    return line ? Math.max(0, line.persons - heavy.total[kind]) : null
  }
  return { general: left('general'), sensitive: left('sensitive'), next }
}
