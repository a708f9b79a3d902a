import { addDays, addWorkingDays, extensionWindowBefore } from '@tongguan/law'
import type { LegalDate } from '@tongguan/law'
import type { Case } from './case.ts'
import { clocksOf } from './clocks.ts'
import type { Clock, Count } from './clocks.ts'
import { actorOf, following } from './procedures.ts'
import { validityOf } from './validity.ts'

/** Something to be said once, on a day, about a period that still runs. Its identity is the first four fields. */
export interface Reminder {
  readonly clock: string
  readonly started: LegalDate
  readonly due: LegalDate
  readonly on: LegalDate
  readonly what: 'soon' | 'today' | 'late' | 'extension-window'
  /** Whose period it is. */
  readonly to: 'handler' | 'province' | 'national'
}

/** Ours and not the law's: so many working days before the date. */
const workingDaysBefore = 3

/**
 * Everything to be said about a case as it stands: before, on and after the date of each running period, and on the days
 * of the window in which an extension may be asked for. Pure; an act that ends a period takes its reminders away.
 */
export function remindersOf(current: Case, count?: Count): readonly Reminder[] {
  const running = clocksOf(current, count).filter(({ ended }) => ended === null)
  return [...running.flatMap((clock) => ofClock(clock, current)), ...ofValidity(current)]
}

function ofClock(clock: Clock, current: Case): readonly Reminder[] {
  const { kind, started, due, announced } = clock
  const limit = announced !== null && announced > due ? announced : due
  const to = whoseClock(clock, current)
  const reminder = (on: LegalDate, what: Reminder['what']): Reminder => ({
    clock: kind,
    started,
    due: limit,
    on,
    what,
    to,
  })
  const soon = addWorkingDays(limit, -workingDaysBefore).date
  return [
    ...(soon > started ? [reminder(soon, 'soon')] : []),
    reminder(limit, 'today'),
    // Nobody is late who does not ask for a re-assessment.
    ...(kind === 're-assessment' ? [] : [reminder(addDays(limit, 1), 'late')]),
  ]
}

function whoseClock({ kind }: Clock, { kind: caseKind, status }: Case): Reminder['to'] {
  if (['re-assessment', 'contract-filing-supplement', 'industry-catalogue-resubmission'].includes(kind))
    return 'handler'
  const [first] = following(caseKind, status).filter((event) => event !== 'withdrawn')
  // While the handler supplements, the office's period goes on and stays the office's.
  if (status === 'awaitingSupplement') return 'national'
  return first === undefined ? 'province' : actorOf[first]
}

function ofValidity(current: Case): readonly Reminder[] {
  const validity = validityOf(current, current.lastDay)
  if (validity.kind !== 'in-force' || !('decision' in current)) return []
  const { lastDay } = validity
  const started = current.decision.issued
  const reminder = (on: LegalDate, what: Reminder['what']): Reminder => ({
    clock: 'validity',
    started,
    due: lastDay,
    on,
    what,
    to: 'handler',
  })
  const window = extensionWindowBefore(lastDay).reminders.filter((on) => on > started)
  return [...window.map((on) => reminder(on, 'extension-window')), reminder(lastDay, 'today')]
}
