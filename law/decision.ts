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
  /** The conditions as clauses of the authority's library, with what is filled in; `conditions` says the same in words. */
  readonly obligations?: readonly Obligation[]
}

/** One clause of a result, by its id in the library, with the values of its places. */
export interface Obligation {
  readonly clause: string
  readonly values: Readonly<Record<string, string>>
}
