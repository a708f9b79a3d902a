import type { Ground } from '../../provision.ts'
import { provisionsFrom } from './article-14.ts'

/**
 * Articles 10 and 11: what no exemption lifts (促进和规范数据跨境流动规定, CAC Order 16).
 *
 * Article 10: whoever sends personal information abroad gives notice, obtains separate consent where the law asks for
 * it and assesses the impact on it. Article 11: whoever sends data abroad protects them, and reports incidents at once.
 */
export const dutiesOfEveryExport: Ground = {
  citation: { instrument: 'provisions-2024', article: 10 },
  from: provisionsFrom,
}
export const safeguardsOfEveryExport: Ground = {
  citation: { instrument: 'provisions-2024', article: 11 },
  from: provisionsFrom,
}
