import type { LegalDate } from './calendar.ts'
import type { Certainty, Citation, FactValue, Reason } from './citation.ts'
import type { Path } from './determination.ts'
import type { ExemptionClaim, ExemptionCondition } from './facts.ts'

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
      readonly failed: ExemptionCondition | 'containsPersonalInformation' | 'ftz' | 'not-in-force' | 'not-settled'
    }

/** Distinct persons over all flows that count, as settled and as to be shown. */
export interface SettledTotal {
  readonly general: number
  readonly sensitive: number
  readonly shown: { readonly general: FactValue; readonly sensitive: FactValue }
}

export interface Ruling {
  readonly path: Exclude<Path, 'unknown'>
  readonly because: readonly Reason[]
  readonly certainty: Certainty
}

/** One article, asked about one matter: what it orders, or null where it does not speak. */
export type Rule = (matter: Matter) => Ruling | null

/** Heavier is stricter. */
export const weight = {
  'not-an-export': 0,
  exempt: 1,
  'contract-or-certification': 2,
  assessment: 3,
  prohibited: 4,
  'state-secrets-regime': 5,
} as const satisfies Record<Exclude<Path, 'unknown'>, number>

const certainties: readonly Certainty[] = ['primary', 'secondary', 'memory', 'contested', 'asserted-by-handler']

export function weakest(...of: readonly Certainty[]): Certainty {
  return certainties[Math.max(0, ...of.map((certainty) => certainties.indexOf(certainty)))] ?? 'primary'
}

export function reason(citation: Citation, facts: Reason['facts'], zh: string, en: string): Reason {
  return { ...citation, facts, zh, en }
}
