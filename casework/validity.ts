import type { Decision, LegalDate } from '@tongguan/law'
import type { Case } from './case.ts'

/** Whether data may leave under a case's result on a day. Only `in-force` lets anything out. */
export type Validity =
  | { readonly kind: 'in-force'; readonly lastDay: LegalDate; readonly extended: boolean }
  | { readonly kind: 'expired'; readonly lastDay: LegalDate }
  | { readonly kind: 'none'; readonly because: 'undecided' | 'not-passed' | 'contested' | 'stopped' | 'superseded' }

/** Where the result of the case stands on that day. A date the office missed changes nothing: undecided is `none`. Pure. */
export function validityOf(current: Case, on: LegalDate): Validity {
  if (current.status === 'underReassessment') return { kind: 'none', because: 'contested' }
  if (current.status === 'stopped' || current.status === 'superseded') return { kind: 'none', because: current.status }
  if (!('decision' in current)) return { kind: 'none', because: 'undecided' }
  const { decision, events } = current
  if (decision.kind === 'notPassed') return { kind: 'none', because: 'not-passed' }
  const lastDay = lastDayOf({ decision, events })
  if (on > lastDay) return { kind: 'expired', lastDay }
  return { kind: 'in-force', lastDay, extended: lastDay !== decision.lastDay }
}

/** The last day of a passed result, extensions included. */
export function lastDayOf(
  current: Pick<Case, 'events'> & { readonly decision: Extract<Decision, { readonly kind: 'passed' }> },
): LegalDate {
  const extended = current.events.findLast(({ kind }) => kind === 'validityExtended')
  return extended?.kind === 'validityExtended' ? extended.lastDay : current.decision.lastDay
}

/** As Order 11 names no partial result, and practice knows one: passed in part where an item of it was refused. */
export function outcomeOf(decision: Decision): 'passed' | 'passedInPart' | 'notPassed' {
  if (decision.kind === 'notPassed') return 'notPassed'
  return decision.scenarios.some(({ refusedItems }) => refusedItems.length > 0) ? 'passedInPart' : 'passed'
}
