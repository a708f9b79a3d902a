import { legalDate } from '../../calendar.ts'
import type { Ground } from '../../provision.ts'

/**
 * Articles 39, 51 and 55: what every export of personal information needs (个人信息保护法).
 *
 * Article 39: notice of recipient, purpose, manner, kinds of information and how rights are used there, and separate
 * consent. Where the basis is one of article 13(1)(2) to (7) no consent is needed, the notice is. Article 55: an impact
 * assessment beforehand. Article 51: measures of protection.
 */
export const noticeAndConsent = personal(39)
export const protection = personal(51)
export const impactAssessment = personal(55)

function personal(article: number): Ground {
  return { citation: { instrument: 'pipl-2021', article }, from: legalDate('2021-11-01') }
}
