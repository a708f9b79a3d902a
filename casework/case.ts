import { unreachable } from './unreachable.ts'
import type { Brand, Decision, Declaration, DocumentKind, LegalDate, Words } from '@tongguan/law'

/*
 *  new ──declared──▶ withProvince ──returnedForCompletion──▶ returned
 *                     │        ▲                                │
 *                     │        └──────────redeclared────────────┘
 *           completenessConfirmed
 *                     ▼
 *                 confirmed ──receivedByNational──▶ withNational ──notAccepted──▶ (notAccepted)
 *                                                       │
 *                                                    accepted
 *                                                       ▼
 *                                                   accepted
 *                                                       │ assessmentStarted
 *                        supplementReceived             ▼
 *          awaitingSupplement ──────────────▶ underAssessment ──resultIssued──▶ decided ──reassessmentRequested──▶
 *             │   ▲     ▲ │ periodExtended       │     ▲ │ periodExtended            underReassessment
 *             │   │     └─┘                      │     └─┘                                  │ reassessmentConcluded
 *             │   └───────supplementRequested────┘                                          ▼
 *             └──terminated──▶ (terminated)                                              (final)
 *
 *  Until the result the handler may withdraw: ──withdrawn──▶ (withdrawn). In brackets: nothing follows.
 */

/** Which event may follow which status, and where it leads (Order 11 arts 7, 10 to 13). What is missing is refused. */
export const transitions = {
  new: { declared: 'withProvince' },
  withProvince: { completenessConfirmed: 'confirmed', returnedForCompletion: 'returned', withdrawn: 'withdrawn' },
  returned: { redeclared: 'withProvince', withdrawn: 'withdrawn' },
  confirmed: { receivedByNational: 'withNational', withdrawn: 'withdrawn' },
  withNational: { accepted: 'accepted', notAccepted: 'notAccepted', withdrawn: 'withdrawn' },
  accepted: { assessmentStarted: 'underAssessment', withdrawn: 'withdrawn' },
  underAssessment: {
    supplementRequested: 'awaitingSupplement',
    periodExtended: 'underAssessment',
    resultIssued: 'decided',
    withdrawn: 'withdrawn',
  },
  awaitingSupplement: {
    supplementReceived: 'underAssessment',
    periodExtended: 'awaitingSupplement',
    terminated: 'terminated',
    withdrawn: 'withdrawn',
  },
  decided: { reassessmentRequested: 'underReassessment' },
  underReassessment: { reassessmentConcluded: 'final' },
  final: {},
  notAccepted: {},
  terminated: {},
  withdrawn: {},
} as const satisfies Record<CaseStatus | 'new', Partial<Record<EventKind, CaseStatus>>>

/** Whose act each event is. */
export const actorOf = {
  declared: 'handler',
  redeclared: 'handler',
  completenessConfirmed: 'province',
  returnedForCompletion: 'province',
  receivedByNational: 'national',
  accepted: 'national',
  notAccepted: 'national',
  assessmentStarted: 'national',
  supplementRequested: 'national',
  supplementReceived: 'handler',
  periodExtended: 'national',
  resultIssued: 'national',
  terminated: 'national',
  withdrawn: 'handler',
  reassessmentRequested: 'handler',
  reassessmentConcluded: 'national',
} as const satisfies Record<EventKind, Actor['kind']>

export const eventKinds = Object.keys(actorOf) as readonly EventKind[]
export const statuses = Object.keys(transitions).filter((status) => status !== 'new') as readonly CaseStatus[]

/** The number a case keeps for life, as `store.nextCaseNo` gives it: `TG-2026-000001`. */
export type CaseNo = Brand<string, 'CaseNo'>

/** Reads a case number. Throws RangeError for anything else. */
export function caseNo(text: string): CaseNo {
  if (!/^TG-\d{4}-\d{6}$/.test(text)) throw new RangeError(`"${text}" is not a case number; write it as TG-2026-000001`)
  return text as CaseNo
}

/** Who did something: a person, and for whom. Persons are told apart by `id` (the account), names by reading only. */
export type Actor =
  | { readonly kind: 'handler'; readonly id: string; readonly name: string }
  | { readonly kind: 'province' | 'national'; readonly office: string; readonly id: string; readonly name: string }

/**
 * What has happened, in the past tense. `day` is the legal day of the act; where another day starts a clock, it stands
 * beside it (`received`, `delivered`), never before `day`.
 */
export type CaseEvent = { readonly day: LegalDate; readonly actor: Actor } & (
  | {
      readonly kind: 'declared'
      readonly caseNo: CaseNo
      readonly declaration: Declaration
      /** When the province received the materials; the Guide counts from submission, Order 11 art. 7 from this day. */
      readonly received: LegalDate
    }
  | { readonly kind: 'redeclared'; readonly declaration: Declaration; readonly received: LegalDate }
  | { readonly kind: 'completenessConfirmed' }
  | {
      /** Once only, with everything that is missing (Order 11 art. 7). */
      readonly kind: 'returnedForCompletion'
      readonly missing: readonly DocumentKind[]
      readonly reasons: readonly Words[]
    }
  | { readonly kind: 'receivedByNational' }
  /** `day` is the day the written notice is issued, from which the 45 working days run (Order 11 art. 12). */
  | { readonly kind: 'accepted'; readonly acceptanceNo: string }
  | { readonly kind: 'notAccepted'; readonly reasons: readonly Words[] }
  /** The departments and bodies that take part (Order 11 art. 10). */
  | { readonly kind: 'assessmentStarted'; readonly bodies: readonly string[] }
  | { readonly kind: 'supplementRequested'; readonly requested: readonly Words[] }
  | { readonly kind: 'supplementReceived'; readonly documents: readonly string[] }
  /** The expected end as told to the handler (Order 11 art. 12); the statutory date stays beside it. */
  | { readonly kind: 'periodExtended'; readonly expected: LegalDate; readonly reason: Words }
  | {
      readonly kind: 'resultIssued'
      readonly draftedBy: Actor
      readonly decision: Decision
      /** When the handler received it; the 15 working days of art. 13 run from here. */
      readonly delivered: LegalDate
    }
  | { readonly kind: 'terminated'; readonly reason: Words }
  | { readonly kind: 'withdrawn'; readonly reason: Words }
  | { readonly kind: 'reassessmentRequested'; readonly grounds: Words }
  | {
      readonly kind: 'reassessmentConcluded'
      readonly draftedBy: Actor
      readonly decision: Decision
      readonly delivered: LegalDate
    }
)
export type EventKind = CaseEvent['kind']

/** A case as its events make it. What belongs to a status stands in that status. */
export type Case = {
  readonly no: CaseNo
  /** The declaration as last filed. */
  readonly declaration: Declaration
  readonly events: readonly CaseEvent[]
  /** The number of the last event; the next one is appended expecting it. */
  readonly sequence: number
  /** The latest day any event speaks of; the next one may not lie before it. */
  readonly lastDay: LegalDate
} & State

type State =
  | { readonly status: 'withProvince' }
  | { readonly status: 'returned'; readonly missing: readonly DocumentKind[]; readonly reasons: readonly Words[] }
  | { readonly status: 'confirmed' }
  | { readonly status: 'withNational' }
  | { readonly status: 'accepted'; readonly acceptanceNo: string }
  | { readonly status: 'underAssessment'; readonly bodies: readonly string[] }
  | { readonly status: 'awaitingSupplement'; readonly bodies: readonly string[]; readonly requested: readonly Words[] }
  | { readonly status: 'decided'; readonly decision: Decision; readonly delivered: LegalDate }
  | { readonly status: 'underReassessment'; readonly contested: Decision; readonly grounds: Words }
  | { readonly status: 'final'; readonly decision: Decision; readonly delivered: LegalDate }
  | { readonly status: 'notAccepted'; readonly reasons: readonly Words[] }
  | { readonly status: 'terminated'; readonly reason: Words }
  | { readonly status: 'withdrawn'; readonly reason: Words }

export type CaseStatus = State['status']

/** Where the event leads from here, or undefined when it may not follow. */
export function next(status: CaseStatus | 'new', kind: EventKind): CaseStatus | undefined {
  const row: Partial<Record<EventKind, CaseStatus>> = transitions[status]
  return row[kind]
}

/** The case its events make, or null when there are none. Throws when an event may not follow: the store is damaged. */
export function fold(events: readonly CaseEvent[]): Case | null {
  return events.reduce<Case | null>(afterEvent, null)
}

/** The case after one more event. Throws when the table does not allow it. */
export function afterEvent(current: Case | null, event: CaseEvent): Case {
  const status = current?.status ?? 'new'
  if (next(status, event.kind) === undefined) {
    throw new Error(`case ${current?.no ?? '(new)'}: event ${event.kind} may not follow status ${status}`)
  }
  const events = [...(current?.events ?? []), event]
  const lastDay = [current?.lastDay ?? event.day, ...daysOf(event)].reduce((a, b) => (a > b ? a : b))
  return { ...stateAfter(current, event), ...fileAfter(current, event), events, sequence: events.length, lastDay }
}

/** The days on which something happened, the event's own first; not the expected ones. */
export function daysOf(event: CaseEvent): readonly LegalDate[] {
  if ('received' in event) return [event.day, event.received]
  if ('delivered' in event) return [event.day, event.delivered]
  return [event.day]
}

function fileAfter(current: Case | null, event: CaseEvent): Pick<Case, 'no' | 'declaration'> {
  if (event.kind === 'declared') return { no: event.caseNo, declaration: event.declaration }
  const { no, declaration } = opened(current, event)
  return { no, declaration: event.kind === 'redeclared' ? event.declaration : declaration }
}

function stateAfter(current: Case | null, event: CaseEvent): State {
  switch (event.kind) {
    case 'declared':
    case 'redeclared':
      return { status: 'withProvince' }
    case 'completenessConfirmed':
      return { status: 'confirmed' }
    case 'returnedForCompletion':
      return { status: 'returned', missing: event.missing, reasons: event.reasons }
    case 'receivedByNational':
      return { status: 'withNational' }
    case 'accepted':
      return { status: 'accepted', acceptanceNo: event.acceptanceNo }
    case 'notAccepted':
      return { status: 'notAccepted', reasons: event.reasons }
    case 'assessmentStarted':
      return { status: 'underAssessment', bodies: event.bodies }
    case 'supplementRequested':
      return { status: 'awaitingSupplement', bodies: bodiesOf(current), requested: event.requested }
    case 'supplementReceived':
      return { status: 'underAssessment', bodies: bodiesOf(current) }
    case 'periodExtended':
      return stateOf(opened(current, event))
    case 'resultIssued':
      return { status: 'decided', decision: event.decision, delivered: event.delivered }
    case 'terminated':
      return { status: 'terminated', reason: event.reason }
    case 'withdrawn':
      return { status: 'withdrawn', reason: event.reason }
    case 'reassessmentRequested':
      return { status: 'underReassessment', contested: decisionOf(current), grounds: event.grounds }
    case 'reassessmentConcluded':
      return { status: 'final', decision: event.decision, delivered: event.delivered }
    default:
      return unreachable(event)
  }
}

function stateOf(current: Case): State {
  const {
    no: _no,
    declaration: _declaration,
    events: _events,
    sequence: _sequence,
    lastDay: _lastDay,
    ...state
  } = current
  return state
}

// The table lets these events follow only a status that holds what they ask for; anything else is a bug in it.
function opened(current: Case | null, event: CaseEvent): Case {
  if (current === null) throw new Error(`event ${event.kind} before the declaration`)
  return current
}

function bodiesOf(current: Case | null): readonly string[] {
  if (current !== null && 'bodies' in current) return current.bodies
  throw new Error('a supplement outside the assessment')
}

function decisionOf(current: Case | null): Decision {
  if (current !== null && 'decision' in current) return current.decision
  throw new Error('a re-assessment without a result')
}
