import type { Citation } from '../../citation.ts'

/**
 * Article 12: how long the assessment takes (数据出境安全评估办法, CAC Order 11).
 *
 * Forty-five working days from the day the written notice of acceptance is issued. A complex case, or one whose
 * materials are supplemented, may be extended; the handler is told by how much. The clock does not stop.
 */
export const assessmentWorkingDays = {
  days: 45,
  citation: { instrument: 'measures-2022', article: 12, paragraph: 1 },
} as const satisfies { days: number; citation: Citation }
