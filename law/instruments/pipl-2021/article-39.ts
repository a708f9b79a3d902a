import type { Citation } from '../../citation.ts'

/**
 * Articles 38, 39, 51 and 55: what every export of personal information needs (个人信息保护法).
 *
 * Article 39: notice of recipient, purpose, manner, kinds of information and how rights are used there, and separate
 * consent. Where the basis is one of article 13(1)(2) to (7) no consent is needed, the notice is. Article 55: an impact
 * assessment beforehand. Article 51: measures of protection.
 */
export const notice = { instrument: 'pipl-2021', article: 39 } as const satisfies Citation
export const separateConsent = { instrument: 'pipl-2021', article: 39 } as const satisfies Citation
export const protection = { instrument: 'pipl-2021', article: 51 } as const satisfies Citation
export const impactAssessment = {
  instrument: 'pipl-2021',
  article: 55,
} as const satisfies Citation
