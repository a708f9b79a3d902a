import type { Citation } from '../../citation.ts'

/**
 * Article 7: check of the materials and acceptance (数据出境安全评估办法, CAC Order 11).
 *
 * The provincial office checks within five working days of receiving the declaration whether the materials are
 * complete; what is incomplete goes back with one list of all that is missing. The national office decides within
 * seven working days of receiving the materials whether it accepts, and says so in writing.
 */
export const completenessCheckWorkingDays = {
  days: 5,
  citation: { instrument: 'measures-2022', article: 7, paragraph: 1 },
} as const satisfies { days: number; citation: Citation }

export const acceptanceWorkingDays = {
  days: 7,
  citation: { instrument: 'measures-2022', article: 7, paragraph: 2 },
} as const satisfies { days: number; citation: Citation }
