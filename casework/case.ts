import { createHash } from 'node:crypto'
import { next } from './procedures.ts'
import type { CaseKind, CaseStatus, DeclaredKind, FiledKind } from './procedures.ts'
import { unreachable } from './unreachable.ts'
import type { Brand, Decision, Declaration, DeclaredDocument, DocumentKind, LegalDate, Words } from '@tongguan/law'

// The states and what leads from one to the next are drawn and tabled in procedures.ts.

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

/** What opens a case that is no declaration: an application, a filing, a report, a complaint. */
export interface Filing {
  readonly schema: 'tongguan/filing/1'
  /** Whom it is about. Of a complaint the credit code may not be known. */
  readonly handler: { readonly name: string; readonly creditCode: string | null; readonly province: string }
  readonly reference: string
  readonly summary: string
  /** The day it turns on: the contract takes effect, the incident happened; null where none. */
  readonly happened: LegalDate | null
  readonly documents: readonly DeclaredDocument[]
}

/** What goes from one office to the other, as one digest over the declaration and its documents. */
export interface Package {
  readonly sha256: string
  readonly documents: number
}

/** The package of a declaration or filing: the same file gives the same digest on either side. Pure. */
export function packageOf(filing: Declaration | Filing): Package {
  const sha256 = createHash('sha256').update(canonical(filing)).digest('hex')
  return { sha256, documents: filing.documents.length }
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`
}

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
      /** Left out: an assessment. */
      readonly caseKind?: DeclaredKind
      /** The case whose result this one takes up again (Order 11 art. 14). */
      readonly predecessor?: CaseNo
    }
  | { readonly kind: 'redeclared'; readonly declaration: Declaration; readonly received: LegalDate }
  | {
      readonly kind: 'filed'
      readonly caseNo: CaseNo
      readonly caseKind: Exclude<FiledKind, 'complaint'>
      readonly filing: Filing
      readonly received: LegalDate
      readonly predecessor?: CaseNo
    }
  | { readonly kind: 'refiled'; readonly filing: Filing; readonly received: LegalDate }
  /** Anyone may report (Order 11 art. 16); `from` is null where nobody is named, and is not shown to the handler. */
  | {
      readonly kind: 'complaintReceived'
      readonly caseNo: CaseNo
      readonly filing: Filing
      readonly received: LegalDate
      readonly from: string | null
    }
  /** Kept until the one notice goes out. */
  | { readonly kind: 'defectNoted'; readonly defect: Defect }
  | { readonly kind: 'defectStruck'; readonly defect: string; readonly reason: Words }
  /** A superior lets a second notice go out, with the reason why the first did not say it. */
  | { readonly kind: 'secondNoticeAuthorised'; readonly reason: Words }
  /** The province passes the package on; the national office answers with its receipt. Events of 0.1 name neither. */
  | { readonly kind: 'completenessConfirmed'; readonly package?: Package }
  | {
      /** With everything that is missing, together (Order 11 art. 7): every defect noted is in it. */
      readonly kind: 'returnedForCompletion'
      readonly missing: readonly DocumentKind[]
      readonly reasons: readonly Words[]
    }
  | { readonly kind: 'receivedByNational'; readonly receipt?: Package }
  /** What arrived is not what was sent: the province has it again. */
  | { readonly kind: 'custodyRefused'; readonly reason: Words }
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
  /** The export must end; to go on, the handler rectifies and declares again (Order 11 art. 17). */
  | { readonly kind: 'stopOrdered'; readonly noticeNo: string; readonly reason: Words }
  /** A later case has decided on the same export. */
  | { readonly kind: 'superseded'; readonly by: CaseNo }
  | { readonly kind: 'validityExtended'; readonly by: CaseNo; readonly lastDay: LegalDate }
  /** Order 16 art. 12. */
  | { readonly kind: 'rectificationOrdered'; readonly requirement: Words; readonly until: LegalDate }
  | { readonly kind: 'rectificationReported'; readonly documents: readonly string[] }
  | { readonly kind: 'rectificationAccepted' }
  | {
      readonly kind: 'extensionGranted'
      readonly noticeNo: string
      readonly draftedBy: Actor
      readonly lastDay: LegalDate
    }
  | {
      readonly kind: 'extensionRefused'
      readonly noticeNo: string
      readonly draftedBy: Actor
      readonly reasons: readonly Words[]
    }
  | { readonly kind: 'filingNumbered'; readonly filingNo: string }
  | { readonly kind: 'filingEnded'; readonly reason: Words }
  /** A registered filing has changed on `changed`; it is checked again. */
  | { readonly kind: 'changeFiled'; readonly filing: Filing; readonly changed: LegalDate }
  /** Not binding on anybody, and it says so. */
  | { readonly kind: 'opinionGiven'; readonly opinion: Words }
  | { readonly kind: 'inquiryOpened' }
  | { readonly kind: 'inquiryClosed'; readonly outcome: Words }
  | { readonly kind: 'dismissed'; readonly reasons: readonly Words[] }
)

/** One thing the declaration lacks, in the officer's list. */
export interface Defect {
  readonly id: string
  readonly document: DocumentKind | null
  readonly reason: Words
}

/** A case as its events make it. What belongs to a status stands in that status. */
export type Case = {
  readonly no: CaseNo
  readonly predecessor: CaseNo | null
  readonly events: readonly CaseEvent[]
  /** The number of the last event; the next one is appended expecting it. */
  readonly sequence: number
  /** The latest day any event speaks of; the next one may not lie before it. */
  readonly lastDay: LegalDate
} & File &
  State

/** What the case is about, as last filed: a declaration, or another filing. */
type File =
  | { readonly kind: DeclaredKind; readonly declaration: Declaration; readonly filing: Declaration }
  | { readonly kind: FiledKind; readonly declaration: null; readonly filing: Filing }

/** A case opened by a declaration. */
export type DeclaredCase = Case & { readonly declaration: Declaration }

type State =
  | { readonly status: 'withProvince' | 'confirmed' | 'withNational' | 'received' | 'underReview' }
  | { readonly status: 'returned'; readonly missing: readonly DocumentKind[]; readonly reasons: readonly Words[] }
  | { readonly status: 'accepted'; readonly acceptanceNo: string }
  | { readonly status: 'underAssessment'; readonly bodies: readonly string[] }
  | { readonly status: 'awaitingSupplement'; readonly bodies: readonly string[]; readonly requested: readonly Words[] }
  | { readonly status: 'decided' | 'final'; readonly decision: Decision; readonly delivered: LegalDate }
  | { readonly status: 'underReassessment'; readonly contested: Decision; readonly grounds: Words }
  | { readonly status: 'notAccepted' | 'notExtended' | 'dismissed'; readonly reasons: readonly Words[] }
  | { readonly status: 'terminated' | 'withdrawn' | 'ended'; readonly reason: Words }
  | { readonly status: 'stopped'; readonly stopped: Decision; readonly noticeNo: string; readonly reason: Words }
  | { readonly status: 'superseded'; readonly by: CaseNo }
  | { readonly status: 'extended'; readonly noticeNo: string; readonly lastDayExtended: LegalDate }
  | { readonly status: 'registered'; readonly filingNo: string }
  | { readonly status: 'advised'; readonly opinion: Words }
  | { readonly status: 'awaitingRectification'; readonly requirement: Words; readonly until: LegalDate }
  | { readonly status: 'closed'; readonly outcome: Words }

/** The case its events make, or null when there are none. Throws when an event may not follow: the store is damaged. */
export function fold(events: readonly CaseEvent[]): Case | null {
  return events.reduce<Case | null>(afterEvent, null)
}

/** The kind of case an event opens. */
export function openedKind(event: CaseEvent): CaseKind {
  if (event.kind === 'filed') return event.caseKind
  if (event.kind === 'complaintReceived') return 'complaint'
  return event.kind === 'declared' ? (event.caseKind ?? 'assessment') : 'assessment'
}

/** The case after one more event. Throws when the table does not allow it. */
export function afterEvent(current: Case | null, event: CaseEvent): Case {
  const status = current?.status ?? 'new'
  const to = next(current?.kind ?? openedKind(event), status, event.kind)
  if (to === undefined) {
    throw new Error(`case ${current?.no ?? '(new)'}: event ${event.kind} may not follow status ${status}`)
  }
  const events = [...(current?.events ?? []), event]
  const lastDay = [current?.lastDay ?? event.day, ...daysOf(event)].reduce((a, b) => (a > b ? a : b))
  // The file and the state are two unions the compiler would have to multiply out; each is whole in itself.
  return { ...stateAfter(current, event, to), ...fileAfter(current, event), events, sequence: events.length, lastDay }
}

/** The days on which something happened, the event's own first; not the expected ones. */
export function daysOf(event: CaseEvent): readonly LegalDate[] {
  if ('received' in event) return [event.day, event.received]
  if ('delivered' in event) return [event.day, event.delivered]
  return [event.day]
}

function fileAfter(current: Case | null, event: CaseEvent): Pick<Case, 'no' | 'predecessor'> & File {
  switch (event.kind) {
    case 'declared': {
      const { caseNo: no, declaration, predecessor = null, caseKind: kind = 'assessment' } = event
      return { no, predecessor, kind, declaration, filing: declaration }
    }
    case 'filed': {
      const { caseNo: no, filing, predecessor = null, caseKind: kind } = event
      return { no, predecessor, kind, declaration: null, filing }
    }
    case 'complaintReceived':
      return { no: event.caseNo, predecessor: null, kind: 'complaint', declaration: null, filing: event.filing }
    default: {
      const { no, predecessor, ...before } = fileOf(opened(current, event))
      if (event.kind === 'redeclared' && before.declaration !== null)
        return { no, predecessor, kind: before.kind, declaration: event.declaration, filing: event.declaration }
      if ((event.kind === 'refiled' || event.kind === 'changeFiled') && before.declaration === null)
        return { no, predecessor, kind: before.kind, declaration: null, filing: event.filing }
      return { no, predecessor, ...before }
    }
  }
}

function fileOf(current: Case): Pick<Case, 'no' | 'predecessor'> & File {
  const { no, predecessor } = current
  return current.declaration === null
    ? { no, predecessor, kind: current.kind, declaration: null, filing: current.filing }
    : { no, predecessor, kind: current.kind, declaration: current.declaration, filing: current.filing }
}

function stateAfter(current: Case | null, event: CaseEvent, to: CaseStatus): State {
  switch (event.kind) {
    case 'declared':
    case 'redeclared':
    case 'filed':
    case 'refiled':
    case 'changeFiled':
    case 'complaintReceived':
    case 'inquiryOpened':
    case 'completenessConfirmed':
    case 'receivedByNational':
    case 'custodyRefused':
      return plain(to)
    case 'returnedForCompletion':
      return { status: 'returned', missing: event.missing, reasons: event.reasons }
    case 'accepted':
      return { status: 'accepted', acceptanceNo: event.acceptanceNo }
    case 'notAccepted':
      return { status: 'notAccepted', reasons: event.reasons }
    case 'extensionRefused':
      return { status: 'notExtended', reasons: event.reasons }
    case 'dismissed':
      return { status: 'dismissed', reasons: event.reasons }
    case 'assessmentStarted':
      return { status: 'underAssessment', bodies: event.bodies }
    case 'supplementRequested':
      return { status: 'awaitingSupplement', bodies: bodiesOf(current), requested: event.requested }
    case 'supplementReceived':
      return to === 'underAssessment' ? { status: to, bodies: bodiesOf(current) } : plain(to)
    case 'defectNoted':
    case 'defectStruck':
    case 'secondNoticeAuthorised':
    case 'periodExtended':
    case 'validityExtended':
    case 'rectificationAccepted':
      return stateOf(opened(current, event))
    case 'rectificationOrdered':
      return to === 'awaitingRectification'
        ? { status: to, requirement: event.requirement, until: event.until }
        : stateOf(opened(current, event))
    case 'rectificationReported':
      return to === 'underReview' ? plain(to) : stateOf(opened(current, event))
    case 'resultIssued':
      return { status: 'decided', decision: event.decision, delivered: event.delivered }
    case 'reassessmentConcluded':
      return { status: 'final', decision: event.decision, delivered: event.delivered }
    case 'reassessmentRequested':
      return { status: 'underReassessment', contested: decisionOf(current), grounds: event.grounds }
    case 'terminated':
      return { status: 'terminated', reason: event.reason }
    case 'withdrawn':
      return { status: 'withdrawn', reason: event.reason }
    case 'filingEnded':
      return { status: 'ended', reason: event.reason }
    case 'stopOrdered':
      return { status: 'stopped', stopped: decisionOf(current), noticeNo: event.noticeNo, reason: event.reason }
    case 'superseded':
      return { status: 'superseded', by: event.by }
    case 'extensionGranted':
      return { status: 'extended', noticeNo: event.noticeNo, lastDayExtended: event.lastDay }
    case 'filingNumbered':
      return { status: 'registered', filingNo: event.filingNo }
    case 'opinionGiven':
      return { status: 'advised', opinion: event.opinion }
    case 'inquiryClosed':
      return { status: 'closed', outcome: event.outcome }
    default:
      return unreachable(event)
  }
}

const plainStatuses = ['withProvince', 'confirmed', 'withNational', 'received', 'underReview'] as const

function plain(to: CaseStatus): State {
  const status = plainStatuses.find((one) => one === to)
  if (status === undefined) throw new Error(`the table leads to ${to} by an event that says nothing of it`)
  return { status }
}

function stateOf(current: Case): State {
  const {
    no: _1,
    kind: _2,
    predecessor: _3,
    declaration: _4,
    filing: _5,
    events: _6,
    sequence: _7,
    lastDay: _8,
    ...state
  } = current
  return state
}

// The table lets these events follow only a status that holds what they ask for; anything else is a bug in it.
function opened(current: Case | null, event: CaseEvent): Case {
  if (current === null) throw new Error(`event ${event.kind} before the case was opened`)
  return current
}

/** Those who take part; an extension is decided without any. */
function bodiesOf(current: Case | null): readonly string[] {
  return current !== null && 'bodies' in current ? current.bodies : []
}

function decisionOf(current: Case | null): Decision {
  if (current !== null && 'decision' in current) return current.decision
  throw new Error('an act upon a result without a result')
}
