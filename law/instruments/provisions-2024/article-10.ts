import type { Citation } from '../../citation.ts'

/**
 * Articles 10 and 11: what no exemption lifts (促进和规范数据跨境流动规定, CAC Order 16).
 *
 * Article 10: whoever sends personal information abroad gives notice, obtains separate consent where the law asks for
 * it and assesses the impact on it. Article 11: whoever sends data abroad protects them, and reports incidents at once.
 */
export const dutiesOfEveryExport = { instrument: 'provisions-2024', article: 10 } as const satisfies Citation
export const safeguardsOfEveryExport = { instrument: 'provisions-2024', article: 11 } as const satisfies Citation
