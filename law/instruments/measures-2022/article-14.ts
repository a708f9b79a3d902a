import type { Citation } from '../../citation.ts'
import { legalDate } from '../../calendar.ts'

/**
 * Article 14: how long a result holds, and when it ends early (数据出境安全评估办法, CAC Order 11).
 *
 * Two years from the day the result is issued; whoever wants to go on declares again at least sixty working days
 * before. Both yield to article 9 of the provisions of 2024 from 2024-03-22; the causes for declaring again do not.
 */
export const validityOfMeasures = {
  years: 2,
  inForce: { from: legalDate('2022-09-01'), to: legalDate('2024-03-21') },
  citation: { instrument: 'measures-2022', article: 14, paragraph: 1 },
} as const satisfies { years: number; inForce: object; citation: Citation }
