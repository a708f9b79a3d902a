import { legalDate } from './calendar.ts'
import type { LegalDate } from './calendar.ts'
import type { InstrumentId } from './citation.ts'
import { isInForce } from './provision.ts'
import type { InForce } from './provision.ts'

/** An edition of the guide to declaring (数据出境安全评估申报指南). What a declaration must hold follows the edition of its day. */
export interface GuideEdition {
  readonly edition: 1 | 2 | 3
  readonly instrument: InstrumentId
  readonly inForce: InForce
  /** Whether its text was read; without it nobody can say that a declaration of its time is complete. */
  readonly obtained: boolean
}

export const guideEditions: readonly GuideEdition[] = [
  {
    edition: 1,
    instrument: 'guide-2022',
    inForce: { from: legalDate('2022-09-01'), to: legalDate('2024-03-21') },
    obtained: false,
  },
  {
    edition: 2,
    instrument: 'guide-2024',
    inForce: { from: legalDate('2024-03-22'), to: legalDate('2025-06-26') },
    obtained: false,
  },
  { edition: 3, instrument: 'guide-2025', inForce: { from: legalDate('2025-06-27') }, obtained: true },
]

/** The edition a declaration of that day goes by; undefined before the first. */
export function guideEditionOn(on: LegalDate): GuideEdition | undefined {
  return guideEditions.find(({ inForce }) => isInForce(inForce, on))
}
