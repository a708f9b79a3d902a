import { legalDate } from '../../calendar.ts'
import type { Citation } from '../../citation.ts'

/**
 * Articles 5 and 7: who may use certification (个人信息出境认证办法, CAC and SAMR Order 20).
 *
 * Article 5: not a critical information infrastructure operator, since 1 January of this year 100,000 to 999,999
 * persons (sensitive ones apart) or fewer than 10,000 sensitive persons, no important data, no splitting of numbers: the
 * same band as article 8 of the provisions of 2024. Article 7(2): a handler abroad applies through its dedicated body or
 * representative in China (article 53 of the Personal Information Protection Law).
 */
export const certificationFrom = legalDate('2026-01-01')
export const certificationCitation = {
  instrument: 'certification-measures-2026',
  article: 5,
} as const satisfies Citation
export const certificationOfHandlerAbroad = {
  instrument: 'certification-measures-2026',
  article: 7,
  paragraph: 2,
} as const satisfies Citation
