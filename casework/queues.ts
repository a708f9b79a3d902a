import type { LegalDate } from '@tongguan/law'
import type { Case } from './case.ts'
import { clocksOf, stateOfClock } from './clocks.ts'
import type { Clock, Count } from './clocks.ts'
import { isClosed } from './procedures.ts'
import type { CaseKind, CaseStatus } from './procedures.ts'
import { lastDayOf, outcomeOf } from './validity.ts'

/** Where an officer finds a case. Every open case is in exactly one queue, a closed one in none. */
export const queues = [
  'check',
  'completion',
  'custody',
  'acceptance',
  'assessment',
  'supplement',
  'reassessment',
  'extension',
  'inquiries',
  'results',
] as const
export type Queue = (typeof queues)[number]

/** Whose desk a queue is on: the provincial office's where the case was filed, or the national one's. */
export type Desk = 'province' | 'national'

/** Those in which an officer has something to do; in the others the handler has, or nobody. */
export const workQueues: readonly Queue[] = [
  'check',
  'custody',
  'acceptance',
  'assessment',
  'reassessment',
  'extension',
  'inquiries',
]

const placeOf = {
  withProvince: ['check', 'province'],
  returned: ['completion', 'province'],
  confirmed: ['custody', 'national'],
  withNational: ['acceptance', 'national'],
  accepted: ['assessment', 'national'],
  underAssessment: ['assessment', 'national'],
  awaitingSupplement: ['supplement', 'national'],
  underReassessment: ['reassessment', 'national'],
  decided: ['results', 'national'],
  final: ['results', 'national'],
  registered: ['results', 'province'],
  received: ['inquiries', 'province'],
  underReview: ['inquiries', 'province'],
  awaitingRectification: ['inquiries', 'province'],
  notAccepted: null,
  terminated: null,
  withdrawn: null,
  stopped: null,
  superseded: null,
  extended: null,
  notExtended: null,
  ended: null,
  advised: null,
  closed: null,
  dismissed: null,
} as const satisfies Record<CaseStatus, readonly [Queue, Desk] | null>

/** The queue a case of this kind and status is in, and whose desk it is on; null when it is closed. Pure. */
export function queueOf(kind: CaseKind, status: CaseStatus): { readonly queue: Queue; readonly desk: Desk } | null {
  const place = isClosed(kind, status) ? null : placeOf[status]
  if (place === null) return null
  const [queue, desk] = place
  return { queue: kind === 'extension' && status === 'withNational' ? 'extension' : queue, desk }
}

/** What the queues and lists are asked by: made of the case alone, so that it can be made again and must be the same. */
export interface DeskRow {
  readonly no: string
  readonly sequence: number
  readonly kind: CaseKind
  readonly status: CaseStatus
  readonly queue: Queue | null
  readonly desk: Desk | null
  readonly province: string
  readonly credit_code: string | null
  readonly handler_name: string
  /** A province has confirmed it, so the national office may see it. */
  readonly forwarded: boolean
  /** The statutory date of the running period that ends first, or the last day of the result; never the announced one. */
  readonly due: LegalDate | null
  readonly due_kind: string | null
  readonly announced: LegalDate | null
  /** The due date was counted through a year whose holidays were not announced. */
  readonly provisional: boolean
  readonly opened: LegalDate
  readonly last_day: LegalDate
  readonly outcome: 'passed' | 'passedInPart' | 'notPassed' | null
}

/** The row of a case. Pure: it reads no clock, so a period that has lapsed unused is still the one that ends first. */
export function deskRowOf(current: Case, count?: Count): DeskRow {
  const { no, sequence, kind, status, filing, events, lastDay } = current
  const place = queueOf(kind, status)
  const due = place === null ? null : dueOf(current, place.queue, count)
  const decision = 'decision' in current ? current.decision : null
  return {
    no,
    sequence,
    kind,
    status,
    queue: place?.queue ?? null,
    desk: place?.desk ?? null,
    province: filing.handler.province,
    credit_code: filing.handler.creditCode,
    handler_name: filing.handler.name,
    forwarded: events.some((event) => event.kind === 'completenessConfirmed'),
    due: due?.due ?? null,
    due_kind: due?.kind ?? null,
    announced: due?.announced ?? null,
    provisional: due?.provisional ?? false,
    opened: events[0]?.day ?? lastDay,
    last_day: lastDay,
    outcome: decision === null ? null : outcomeOf(decision),
  }
}

function dueOf(
  current: Case,
  queue: Queue,
  count: Count | undefined,
): (Pick<Clock, 'due' | 'announced' | 'provisional'> & { readonly kind: string }) | null {
  if (queue === 'results') {
    if (!('decision' in current) || current.decision.kind === 'notPassed') return null
    const due = lastDayOf({ events: current.events, decision: current.decision })
    return { kind: 'validity', due, announced: null, provisional: false }
  }
  const running = clocksOf(current, count).filter(
    (clock) => stateOfClock(clock, current.lastDay) !== 'lapsed' && clock.ended === null,
  )
  return running.sort((a, b) => (a.due < b.due ? -1 : 1))[0] ?? null
}
