import { legalDate } from '../../calendar.ts'

/**
 * Articles 13 and 14: from when the provisions apply (促进和规范数据跨境流动规定, CAC Order 16).
 *
 * In force from the day of their publication; where the measures of 2022 or of 2023 say otherwise, these prevail. That
 * ended the old window (from 1 January of last year) and the line of a million persons processed.
 */
export const provisionsFrom = legalDate('2024-03-22')
