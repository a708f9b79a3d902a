import { reason } from '../../rule.ts'

/**
 * Article 2: which data count as important (促进和规范数据跨境流动规定, CAC Order 16).
 *
 * The handler identifies and files important data. What neither a department or region has notified nor published as
 * important need not be declared as such: matching the general definition alone decides nothing any more.
 */
export function countsAsImportant(importantData: string): boolean {
  return importantData === 'notified' || importantData === 'published'
}

/** Why data that match the definition, but are neither notified nor published, change no path. */
export const definitionAloneDoesNotDecide = reason(
  { instrument: 'provisions-2024', article: 2 },
  { importantData: 'meets-definition' },
  '数据符合重要数据的定义，但未被告知或者公布为重要数据，不需要作为重要数据申报；仍应识别、申报',
  'The data match the definition but were neither notified nor published as important: no declaration as important data, yet they must be identified and filed',
)
