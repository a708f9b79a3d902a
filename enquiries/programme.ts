import type { LegalDate } from '@tongguan/law'
import { refusedOrganisation } from './decide.ts'
import { refuse } from './desk.ts'
import type { Decided, Happened, SubjectNo } from './desk.ts'
import type { KeyArea } from './key-areas.ts'
import { stageWords } from './words.ts'

/** How far an institution of a key area has come. Stages are recorded as they happen; one may be passed over. */
export type Stage = keyof typeof stageWords
export const stages = Object.keys(stageWords) as readonly Stage[]

export interface InstitutionName {
  readonly name: string
  readonly creditCode: string | null
  readonly keyArea: KeyArea
}

export interface Meeting {
  readonly heldOn: LegalDate
  readonly attended: string
  readonly summary: string
  readonly next: { readonly action: string; readonly on: LegalDate } | null
}

export type InstitutionEvent = Happened &
  (
    | ({ readonly kind: 'added'; readonly no: SubjectNo } & InstitutionName)
    | { readonly kind: 'stageReached'; readonly stage: Stage; readonly on: LegalDate }
    | ({ readonly kind: 'meetingHeld' } & Meeting)
    | { readonly kind: 'actionDone'; readonly note: string }
  )

export interface Institution extends InstitutionName {
  readonly no: SubjectNo
  readonly office: string
  readonly reached: Readonly<Partial<Record<Stage, LegalDate>>>
  readonly meetings: readonly Meeting[]
  /** The next action that is open; a later meeting replaces it. */
  readonly next: Meeting['next']
  readonly sequence: number
}

/** The furthest stage, or null where none was recorded. */
export function furthest({ reached }: Pick<Institution, 'reached'>): Stage | null {
  return stages.findLast((stage) => reached[stage] !== undefined) ?? null
}

/** What its events make, or null when there are none. Throws when an event may not follow: the store is damaged. */
export function foldInstitution(events: readonly InstitutionEvent[]): Institution | null {
  return events.reduce<Institution | null>(afterEvent, null)
}

function afterEvent(current: Institution | null, event: InstitutionEvent): Institution {
  if (event.kind === 'added') {
    const { no, name, creditCode, keyArea, officer } = event
    return { no, office: officer.office, name, creditCode, keyArea, reached: {}, meetings: [], next: null, sequence: 1 }
  }
  if (current === null) throw new Error(`event ${event.kind} before the institution was added`)
  const sequence = current.sequence + 1
  switch (event.kind) {
    case 'stageReached':
      return { ...current, reached: { ...current.reached, [event.stage]: event.on }, sequence }
    case 'meetingHeld': {
      const { heldOn, attended, summary, next } = event
      return { ...current, meetings: [...current.meetings, { heldOn, attended, summary, next }], next, sequence }
    }
    case 'actionDone':
      return { ...current, next: null, sequence }
  }
}

export type InstitutionCommand =
  | ({ readonly kind: 'add'; readonly no: SubjectNo } & InstitutionName)
  | { readonly kind: 'reachStage'; readonly stage: Stage; readonly on: LegalDate }
  | ({ readonly kind: 'holdMeeting' } & Meeting)
  | { readonly kind: 'doAction'; readonly note: string }

/** The command's event, or why it is refused. Pure. */
export function decideInstitution(
  current: Institution | null,
  command: InstitutionCommand,
  { day, officer }: Happened,
): Decided<InstitutionEvent> {
  switch (command.kind) {
    case 'add': {
      const { no, name, creditCode, keyArea } = command
      return (
        refusedOrganisation(creditCode === null ? null : { name, creditCode }) ?? {
          kind: 'decided',
          events: [{ kind: 'added', day, officer, no, name, creditCode, keyArea }],
        }
      )
    }
    case 'reachStage': {
      const { stage, on } = command
      if (on > day) return refuse('enquiry.future-day', { day: on, today: day })
      if (current?.reached[stage] !== undefined) {
        return refuse('programme.already', { no: current.no, stage: stageWords[stage] })
      }
      return { kind: 'decided', events: [{ kind: 'stageReached', day, officer, stage, on }] }
    }
    case 'holdMeeting': {
      const { heldOn, attended, summary, next } = command
      if (heldOn > day) return refuse('enquiry.future-day', { day: heldOn, today: day })
      if (next !== null && next.on < heldOn) return refuse('programme.next-before', { next: next.on, day: heldOn })
      return { kind: 'decided', events: [{ kind: 'meetingHeld', day, officer, heldOn, attended, summary, next }] }
    }
    case 'doAction':
      return { kind: 'decided', events: [{ kind: 'actionDone', day, officer, note: command.note }] }
  }
}

// --- policy briefings ---------------------------------------------------------------------------------------------

export interface BriefingPlan {
  readonly heldOn: LegalDate
  readonly title: string
  readonly audience: string
  readonly place: string
  /** The names of the slides' files. */
  readonly slides: readonly string[]
}

export type BriefingEvent = Happened &
  (
    | ({ readonly kind: 'planned'; readonly no: SubjectNo } & BriefingPlan)
    | { readonly kind: 'attended'; readonly persons: number; readonly organisations: number }
    | { readonly kind: 'questionAsked'; readonly question: string; readonly answer: string }
  )

export interface Briefing extends BriefingPlan {
  readonly no: SubjectNo
  readonly office: string
  /** Null until it was counted. */
  readonly attendance: { readonly persons: number; readonly organisations: number } | null
  readonly questions: readonly { readonly question: string; readonly answer: string }[]
  readonly sequence: number
}

export function foldBriefing(events: readonly BriefingEvent[]): Briefing | null {
  return events.reduce<Briefing | null>((current, event) => {
    if (event.kind === 'planned') {
      const { no, heldOn, title, audience, place, slides, officer } = event
      return {
        no,
        office: officer.office,
        heldOn,
        title,
        audience,
        place,
        slides,
        attendance: null,
        questions: [],
        sequence: 1,
      }
    }
    if (current === null) throw new Error(`event ${event.kind} before the briefing was planned`)
    const sequence = current.sequence + 1
    if (event.kind === 'attended') {
      const { persons, organisations } = event
      return { ...current, attendance: { persons, organisations }, sequence }
    }
    const { question, answer } = event
    return { ...current, questions: [...current.questions, { question, answer }], sequence }
  }, null)
}

export type BriefingCommand =
  | ({ readonly kind: 'plan'; readonly no: SubjectNo } & BriefingPlan)
  | { readonly kind: 'countAttendance'; readonly persons: number; readonly organisations: number }
  | { readonly kind: 'noteQuestion'; readonly question: string; readonly answer: string }

/** The command's event, or why it is refused. A briefing may be planned ahead, but not attended before its day. */
export function decideBriefing(
  current: Briefing | null,
  command: BriefingCommand,
  { day, officer }: Happened,
): Decided<BriefingEvent> {
  switch (command.kind) {
    case 'plan': {
      const { kind: _kind, ...plan } = command
      return { kind: 'decided', events: [{ kind: 'planned', day, officer, ...plan }] }
    }
    case 'countAttendance': {
      const { persons, organisations } = command
      if (current !== null && current.heldOn > day) {
        return refuse('enquiry.future-day', { day: current.heldOn, today: day })
      }
      if (persons < 0 || organisations < 0) return refuse('briefing.negative')
      return { kind: 'decided', events: [{ kind: 'attended', day, officer, persons, organisations }] }
    }
    case 'noteQuestion': {
      const { question, answer } = command
      return { kind: 'decided', events: [{ kind: 'questionAsked', day, officer, question, answer }] }
    }
  }
}
