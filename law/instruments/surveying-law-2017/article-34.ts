import type { Citation } from '../../citation.ts'

/**
 * Article 34: classified results of surveying (测绘法).
 *
 * They are provided abroad only with the approval of the authorities for surveying and the military.
 */
export const classifiedSurvey = { instrument: 'surveying-law-2017', article: 34 } as const satisfies Citation
