import { deadline } from '@tongguan/law'
import type { Citation, DeadlineKind, LegalDate } from '@tongguan/law'
import type { Case, CaseEvent, EventKind } from './case.ts'

/** One statutory period of a case. The event's day is not counted; the periods are working days. */
export interface Clock {
  readonly kind: ClockKind
  /** The day of the event that started it. */
  readonly started: LegalDate
  /** By the statute. Neither a supplement nor an extension moves it: both dates are kept. */
  readonly due: LegalDate
  /** What the national office announced instead, last; null while it has announced nothing. */
  readonly announced: LegalDate | null
  /** The day the act was done, or the case ended without it; null while it runs. */
  readonly ended: LegalDate | null
  /** The calendar of a year in it is not announced yet. */
  readonly provisional: boolean
  readonly citation: Citation
}

/** Which events start a period and which end it (Order 11 arts 7, 12, 13). */
const periods = {
  // The Guide counts from submission, the Measures from receipt: the earlier day is the stricter on the office.
  'completeness-check': {
    starts: ['declared', 'redeclared'],
    ends: ['completenessConfirmed', 'returnedForCompletion'],
  },
  acceptance: { starts: ['receivedByNational'], ends: ['accepted', 'notAccepted'] },
  assessment: { starts: ['accepted'], ends: ['resultIssued', 'terminated'] },
  're-assessment': { starts: ['resultIssued'], ends: ['reassessmentRequested'] },
} as const satisfies Partial<
  Record<DeadlineKind, { readonly starts: readonly EventKind[]; readonly ends: readonly EventKind[] }>
>

/** The periods of a case; the law counts others outside it (law/statutory-periods.ts). */
type ClockKind = keyof typeof periods

const clockKinds = Object.keys(periods) as readonly ClockKind[]

/**
 * Every statutory period of the case, in the order they started. A supplement does not stop the assessment's clock:
 * Order 11 art. 12 lets the office extend it with notice and says nothing of a pause.
 */
export function clocksOf({ events }: Pick<Case, 'events'>): readonly Clock[] {
  return events.flatMap((event, index) =>
    clockKindsStartedBy(event.kind).map((kind) => clock(kind, event, events.slice(index + 1))),
  )
}

/**
 * How a period stands on a day: `late` is measured against the announced date where there is one. The handler need not
 * ask for a re-assessment: that period lapses, and nobody is late.
 */
export function stateOfClock(
  { kind, due, announced, ended }: Clock,
  on: LegalDate,
): 'running' | 'kept' | 'late' | 'lapsed' {
  const limit = announced !== null && announced > due ? announced : due
  if (kind === 're-assessment' && ended === null && on > limit) return 'lapsed'
  if ((ended ?? on) > limit) return 'late'
  return ended === null ? 'running' : 'kept'
}

function clockKindsStartedBy(kind: EventKind): readonly ClockKind[] {
  return clockKinds.filter((period) => startsOf(period).includes(kind))
}

function startsOf(period: ClockKind): readonly EventKind[] {
  return periods[period].starts
}

function clock(kind: ClockKind, start: CaseEvent, later: readonly CaseEvent[]): Clock {
  const ends: readonly EventKind[] = [...periods[kind].ends, 'withdrawn']
  const end = later.findIndex((event) => ends.includes(event.kind))
  const during = end === -1 ? later : later.slice(0, end)
  // The handler's period to ask for a re-assessment runs from receipt of the result (art. 13).
  const started = kind === 're-assessment' && 'delivered' in start ? start.delivered : start.day
  const { due, provisional, citation } = deadline(kind, started)
  const extensions = kind === 'assessment' ? during.filter((event) => event.kind === 'periodExtended') : []
  return {
    kind,
    started,
    due,
    announced: extensions.at(-1)?.expected ?? null,
    ended: later[end]?.day ?? null,
    provisional,
    citation,
  }
}
