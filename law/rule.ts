import type { LegalDate } from './calendar.ts'
import type { Certainty, Citation, Reason, Words } from './citation.ts'
import type { Path } from './determination.ts'
import type { Matter } from './matter.ts'

/** A path a rule may order: unknown is never ordered, it is what is left where facts are missing. */
export type OrderedPath = Exclude<Path, 'unknown'>

/**
 * One rule of the law: when it speaks, which path it orders, from which day to which, on which article and how surely.
 * Rules stand unordered; where two that order different paths can speak about one matter, one of them says that it is
 * an exception to the other (rulebook.ts refuses to load otherwise).
 */
export interface Rule {
  readonly id: string
  readonly citation: Citation
  readonly path: OrderedPath
  readonly certainty: Certainty
  readonly inForce: { readonly from: LegalDate; readonly to?: LegalDate }
  /** The rules it sets aside where both speak; what those set aside is set aside too. A stop stands above all it is heavier than. */
  readonly exceptionTo: readonly string[] | 'every lighter path'
  /** Rules that cannot speak about the same matter; `rulebook.test.ts` tries every matter. */
  readonly neverWith?: readonly string[]
  /** Speaks only of flows whose exemption by nature holds, so that it need not be asked about others. */
  readonly exemptedOnly?: true
  readonly says: Words
  /** Asked millions of times in a replay: looks, and makes nothing. */
  readonly applies: (matter: Matter) => boolean
  /** The facts it looked at. */
  readonly looksAt: (matter: Matter) => Reason['facts']
  /** Articles beside its own that say the same or explain it. */
  readonly further?: (matter: Matter) => readonly Reason[]
}

/** Heavier is stricter. */
export const weight = {
  'not-an-export': 0,
  exempt: 1,
  'contract-or-certification': 2,
  assessment: 3,
  prohibited: 4,
  'state-secrets-regime': 5,
} as const satisfies Record<OrderedPath, number>

export function reason(citation: Citation, facts: Reason['facts'], zh: string, en: string): Reason {
  return { ...citation, facts, zh, en }
}

/** How sure, the surest first. */
const rank = {
  primary: 0,
  secondary: 1,
  memory: 2,
  contested: 3,
  'asserted-by-handler': 4,
} as const satisfies Record<Certainty, number>

export function weakest(...of: readonly Certainty[]): Certainty {
  let found: Certainty = 'primary'
  for (const one of of) if (rank[one] > rank[found]) found = one
  return found
}

/** Several grounds for one path: it is as sure as the surest of them. */
export function stronger(one: Certainty, other: Certainty): Certainty {
  return rank[other] < rank[one] ? other : one
}
