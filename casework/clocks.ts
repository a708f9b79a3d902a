import { deadline, periodFor } from '@tongguan/law'
import type { Citation, Deadline, DeadlineKind, LegalDate } from '@tongguan/law'
import type { Case, CaseEvent } from './case.ts'
import type { CaseKind, EventKind } from './procedures.ts'

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

type Periods = Readonly<
  Partial<
    Record<
      DeadlineKind,
      { readonly starts: readonly EventKind[]; readonly ends: readonly EventKind[]; readonly extends?: true }
    >
  >
>

// The Guide counts from submission, the Measures from receipt: the earlier day is the stricter on the office.
const assessment = {
  'completeness-check': {
    starts: ['declared', 'redeclared', 'custodyRefused'],
    ends: ['completenessConfirmed', 'returnedForCompletion'],
  },
  acceptance: { starts: ['receivedByNational'], ends: ['accepted', 'notAccepted'] },
  assessment: { starts: ['accepted'], ends: ['resultIssued', 'terminated'], extends: true },
  're-assessment': { starts: ['resultIssued'], ends: ['reassessmentRequested'] },
} as const satisfies Periods

/** Which events start a period and which end it, for each kind of case. Where the law sets none, there is none. */
const periods = {
  assessment,
  redeclaration: assessment,
  preAssessment: {},
  extension: {
    'extension-check': {
      starts: ['filed', 'refiled', 'custodyRefused'],
      ends: ['completenessConfirmed', 'returnedForCompletion'],
    },
    'extension-decision': {
      starts: ['receivedByNational'],
      ends: ['extensionGranted', 'extensionRefused'],
      extends: true,
    },
  },
  contractFiling: {
    'contract-filing': { starts: ['filed'], ends: ['filed'] },
    'contract-filing-check': {
      starts: ['filed', 'refiled', 'changeFiled'],
      ends: ['filingNumbered', 'returnedForCompletion'],
    },
    'contract-filing-supplement': { starts: ['returnedForCompletion'], ends: ['refiled', 'filingEnded'] },
  },
  gbaFiling: { 'gba-contract-filing': { starts: ['filed'], ends: ['filed'] } },
  catalogueFiling: {
    'industry-catalogue-review': {
      starts: ['filed', 'refiled', 'changeFiled'],
      ends: ['filingNumbered', 'returnedForCompletion'],
    },
    'industry-catalogue-resubmission': { starts: ['returnedForCompletion'], ends: ['refiled', 'filingEnded'] },
    'industry-change-filing': { starts: ['changeFiled'], ends: ['changeFiled'] },
  },
  incidentReport: {},
  complaint: {},
} as const satisfies Record<CaseKind, Periods>

/** The periods of a case; the law counts others outside it (law/statutory-periods.ts). */
export type ClockKind = { [Kind in CaseKind]: keyof (typeof periods)[Kind] }[CaseKind]

/** Counts one period: the law's `deadline`, or a corrected calendar's. */
export type Count = (kind: DeadlineKind, from: LegalDate) => Pick<Deadline, 'due' | 'provisional' | 'citation'>

/**
 * Every statutory period of the case, in the order they started. A supplement does not stop the assessment's clock:
 * Order 11 art. 12 lets the office extend it with notice and says nothing of a pause. A period that was not yet law on
 * its day is left out.
 */
export function clocksOf({ kind, events }: Pick<Case, 'kind' | 'events'>, count: Count = deadline): readonly Clock[] {
  const table: Periods = periods[kind]
  const kinds = Object.keys(table) as ClockKind[]
  return events.flatMap((event, index) =>
    kinds
      .filter((period) => table[period]?.starts.includes(event.kind))
      .flatMap((period) => clock(table, period, event, events.slice(index), count) ?? []),
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

function clock(
  table: Periods,
  kind: ClockKind,
  start: CaseEvent,
  fromStart: readonly CaseEvent[],
  count: Count,
): Clock | undefined {
  const period = table[kind]
  const started = startOf(kind, start)
  if (period === undefined || started === null || periodFor(kind, started) === undefined) return undefined
  // A filing ends the handler's own period in the act that is late or in time.
  const later = period.ends.includes(start.kind) ? fromStart : fromStart.slice(1)
  const ends: readonly EventKind[] = [...period.ends, 'withdrawn']
  const end = later.findIndex((event) => ends.includes(event.kind))
  const during = end === -1 ? later : later.slice(0, end)
  const { due, provisional, citation } = count(kind, started)
  const extensions = period.extends === true ? during.filter((event) => event.kind === 'periodExtended') : []
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

function startOf(kind: ClockKind, start: CaseEvent): LegalDate | null {
  // The handler's period to ask for a re-assessment runs from receipt of the result (art. 13).
  if (kind === 're-assessment' && 'delivered' in start) return start.delivered
  if ((kind === 'contract-filing' || kind === 'gba-contract-filing') && 'filing' in start) return start.filing.happened
  if (kind === 'industry-change-filing' && 'changed' in start) return start.changed
  return start.day
}
