import type { LegalDate } from './calendar.ts'
import type { Certainty, Citation, Words } from './citation.ts'

/** From the first day to the last, both included; open where the rule still stands. */
export interface InForce {
  readonly from: LegalDate
  readonly to?: LegalDate
}

/** One rule as data: what it says in our words, where it stands, from when to when, how surely it is known. */
export interface Provision extends Words {
  /** Stable: dossiers, desks and reports name the rule by it. */
  readonly code: string
  readonly citation: Citation
  readonly inForce: InForce
  readonly certainty: Certainty
}

/** An article something rests on, and from when. */
export interface Ground {
  readonly citation: Citation
  readonly from: LegalDate
}

export function isInForce({ from, to }: InForce, on: LegalDate): boolean {
  return from <= on && (to === undefined || on <= to)
}

/** Whether something holds; unknown is neither, and never counts as yes. */
export type Holds = 'yes' | 'no' | 'unknown'

/** Holds when each does: one no settles it, else one unknown leaves it open. */
export function allHold(answers: readonly Holds[]): Holds {
  if (answers.includes('no')) return 'no'
  return answers.includes('unknown') ? 'unknown' : 'yes'
}

/** Holds when one does: one yes settles it, else one unknown leaves it open. */
export function anyHolds(answers: readonly Holds[]): Holds {
  if (answers.includes('yes')) return 'yes'
  return answers.includes('unknown') ? 'unknown' : 'no'
}

export function holds(fact: boolean | undefined): Holds {
  if (fact === undefined) return 'unknown'
  return fact ? 'yes' : 'no'
}
