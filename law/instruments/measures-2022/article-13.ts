import type { Citation } from '../../citation.ts'

/**
 * Article 13: re-assessment (数据出境安全评估办法, CAC Order 11).
 *
 * A handler who disagrees may ask the national office for a re-assessment within fifteen working days of receiving
 * the result; what then comes out is final.
 */
export const reAssessmentWorkingDays = {
  days: 15,
  citation: { instrument: 'measures-2022', article: 13 },
} as const satisfies { days: number; citation: Citation }
