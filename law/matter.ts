import type { LegalDate } from './calendar.ts'
import type { FactValue } from './citation.ts'
import type { ExemptionBar, ExemptionClaim, ExemptionCondition } from './facts.ts'

/**
 * What a rule is asked about: one flow of one handler on one day, with nothing left open. Facts that are unknown have
 * been settled one way before (settle.ts), so a rule reads like its article and never has to say "unknown".
 */
export interface Matter {
  readonly on: LegalDate
  readonly handler: SettledHandler
  readonly flow: SettledFlow
  readonly total: SettledTotal
}

export interface SettledHandler {
  readonly ciio: boolean
  readonly publicBody: 'none' | 'state-organ' | 'authorised-body'
  /** Distinct persons; asked only before 2024-03-22. */
  readonly personsProcessed: number
  readonly voluntaryDeclaration: boolean
  /** Numbers were divided to stay below the assessment. */
  readonly numbersSplit: boolean
}

export interface SettledFlow {
  readonly id: string
  readonly leavesChina: boolean
  readonly remoteAccessInChina: boolean
  readonly personalInformation: boolean
  readonly importantData: 'none' | 'notified' | 'published' | 'meets-definition'
  readonly coreData: boolean
  readonly stateSecrets: boolean
  readonly foreignAuthorityRequest: boolean
  readonly restrictedRecipient: boolean
  readonly statutoryTask: boolean
  /** The trade the data belong to, as stated; never decides a path by itself. */
  readonly industry: string | null
  readonly exemption: SettledExemption | null
  /** Distinct persons of this flow, by the window and the meaning of the day's law. */
  readonly general: number
  readonly sensitive: number
}

/** An exemption the handler claims. `failed` names the condition answered against it. */
export type SettledExemption =
  | { readonly kind: 'holds'; readonly claim: Exclude<ExemptionClaim, 'none'> | 'not-stated' }
  | {
      readonly kind: 'fails'
      readonly claim: Exclude<ExemptionClaim, 'none'>
      readonly failed:
        | ExemptionCondition
        | ExemptionBar
        | 'containsPersonalInformation'
        | 'industry'
        | 'ftz'
        | 'listed'
        | 'not-in-force'
        | 'not-settled'
    }

/** Distinct persons over all flows that count, as settled and as to be shown. */
export interface SettledTotal {
  readonly general: number
  readonly sensitive: number
  readonly shown: { readonly general: FactValue; readonly sensitive: FactValue }
}
