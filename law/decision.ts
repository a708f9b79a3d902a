import type { LegalDate } from './calendar.ts'
import type { Words } from './citation.ts'

/**
 * The result of an assessment, per scenario and data item, because practice passes some items and refuses others
 * (CAC figures of March 2025 count at item level) though Order 11 names no partial result.
 */
export type Decision =
  | {
      readonly kind: 'passed'
      readonly resultNo: string
      readonly issued: LegalDate
      readonly lastDay: LegalDate
      readonly scenarios: readonly DecidedScenario[]
    }
  | {
      readonly kind: 'notPassed'
      readonly resultNo: string
      readonly issued: LegalDate
      readonly reasons: readonly Words[]
    }

export interface DecidedScenario {
  readonly id: string
  readonly passedItems: readonly string[]
  readonly refusedItems: readonly { readonly name: string; readonly reason: Words }[]
  readonly ceiling: { readonly general: number; readonly sensitive: number }
  readonly conditions: readonly string[]
}
