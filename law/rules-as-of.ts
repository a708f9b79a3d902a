import { legalDate } from './calendar.ts'

/** The day this rule set was last checked against the published law. */
export const rulesAsOf = legalDate('2026-11-23')
