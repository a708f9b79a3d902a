import type { Citation } from '../../citation.ts'
import { legalDate } from '../../calendar.ts'

/**
 * Article 9: how long a result holds, and its extension (促进和规范数据跨境流动规定, CAC Order 16).
 *
 * Three years from the day the result is issued. Who goes on unchanged may ask for an extension through the
 * provincial office within the sixty working days before the end: a window, not a day sixty working days ahead.
 */
export const validityOfProvisions = {
  years: 3,
  inForce: { from: legalDate('2024-03-22') },
  citation: { instrument: 'provisions-2024', article: 9 },
} as const satisfies { years: number; inForce: object; citation: Citation }

export const extensionWindow = {
  workingDaysBefore: 60,
  citation: { instrument: 'provisions-2024', article: 9 },
} as const satisfies { workingDaysBefore: number; citation: Citation }
