import type { Citation, ExportFacts, LegalDate, Path, Words } from '@tongguan/law'
import { determinePaths } from '@tongguan/law'
import { refusedCitations } from './decide.ts'
import type { At } from './decide.ts'
import { refuse } from './desk.ts'
import type { Decided, Happened, Officer, SubjectNo } from './desk.ts'
import type { KeyArea } from './key-areas.ts'
import type { Topic } from './topics.ts'
import { unreachable } from './unreachable.ts'

/*
 *  new ──drafted──▶ draft ──approved──▶ published ──drafted──▶ published, with a draft ──approved──▶ published
 *                    │  ▲                                        │
 *                    └──┘ returned, drafted again                └──returned──▶ published
 *
 *  A published version is never rewritten: the next one supersedes it and both stay.
 */

/** A general answer, or a pilot case told as a worked example. */
export type InterpretationKind = 'answer' | 'example'

export interface Content {
  readonly kind: InterpretationKind
  readonly topic: Topic
  readonly keyArea: KeyArea | null
  readonly question: Words
  readonly answer: Words
  readonly citations: readonly Citation[]
  /** The day whose law it goes by. */
  readonly law: LegalDate
  /** Of a worked example: the facts, and what the law of that day makes of them. */
  readonly example: { readonly facts: ExportFacts; readonly path: Path } | null
  /** The enquiry it grew out of. */
  readonly fromEnquiry: string | null
}

export type InterpretationEvent = Happened &
  (
    | { readonly kind: 'drafted'; readonly no: SubjectNo; readonly content: Content }
    | { readonly kind: 'returned'; readonly reason: string }
    | { readonly kind: 'approved' }
  )

export interface PublishedVersion {
  readonly version: number
  readonly content: Content
  readonly draftedBy: Officer
  readonly approvedBy: Officer
  readonly publishedOn: LegalDate
  readonly supersededOn: LegalDate | null
}

export interface Interpretation {
  readonly no: SubjectNo
  readonly office: string
  /** Oldest first; the last one counts. */
  readonly versions: readonly PublishedVersion[]
  readonly draft: { readonly content: Content; readonly by: Officer; readonly on: LegalDate } | null
  readonly sequence: number
}

/** What its events make, or null when there are none. Throws when an event may not follow: the store is damaged. */
export function foldInterpretation(events: readonly InterpretationEvent[]): Interpretation | null {
  return events.reduce<Interpretation | null>(afterEvent, null)
}

function afterEvent(current: Interpretation | null, event: InterpretationEvent): Interpretation {
  if (event.kind === 'drafted') {
    if (current !== null && current.draft !== null) throw new Error(`${event.no}: drafted over a draft`)
    return {
      no: event.no,
      office: current?.office ?? event.officer.office,
      versions: current?.versions ?? [],
      draft: { content: event.content, by: event.officer, on: event.day },
      sequence: (current?.sequence ?? 0) + 1,
    }
  }
  if (current === null || current.draft === null) throw new Error(`event ${event.kind} without a draft`)
  const { draft, versions } = current
  const sequence = current.sequence + 1
  switch (event.kind) {
    case 'returned':
      return { ...current, draft: null, sequence }
    case 'approved': {
      const published = {
        version: versions.length + 1,
        content: draft.content,
        draftedBy: draft.by,
        approvedBy: event.officer,
        publishedOn: event.day,
        supersededOn: null,
      }
      const before = versions.map((one) => ({ ...one, supersededOn: one.supersededOn ?? event.day }))
      return { ...current, versions: [...before, published], draft: null, sequence }
    }
    default:
      return unreachable(event)
  }
}

export type NewContent = Omit<Content, 'example'> & { readonly facts: ExportFacts | null }

export type InterpretationCommand =
  | { readonly kind: 'draft'; readonly no: SubjectNo; readonly content: NewContent }
  | { readonly kind: 'return'; readonly no: SubjectNo; readonly reason: string }
  | { readonly kind: 'approve'; readonly no: SubjectNo }

/** The command's event, or why it is refused. Pure. */
export function decideInterpretation(
  current: Interpretation | null,
  command: InterpretationCommand,
  at: At,
): Decided<InterpretationEvent> {
  const { day, officer } = at
  const { no } = command
  switch (command.kind) {
    case 'draft':
      if (current !== null && current.draft !== null) return refuse('interpretation.draft-waits', { no })
      return draft(no, command.content, at)
    case 'return':
      if (current === null || current.draft === null) return refuse('interpretation.no-draft', { no })
      return { kind: 'decided', events: [{ kind: 'returned', day, officer, reason: command.reason }] }
    case 'approve':
      if (current === null || current.draft === null) return refuse('interpretation.no-draft', { no })
      if (current.draft.by.id === officer.id) return refuse('interpretation.drafter-approves')
      return { kind: 'decided', events: [{ kind: 'approved', day, officer }] }
    default:
      return unreachable(command)
  }
}

function draft(no: SubjectNo, { facts, ...said }: NewContent, at: At): Decided<InterpretationEvent> {
  const { day, officer, lists } = at
  const { question, answer, citations, law } = said
  if ([question.zh, question.en, answer.zh, answer.en].some((text) => text.trim() === '')) {
    return refuse('interpretation.nothing-said')
  }
  if (law > day) return refuse('enquiry.future-day', { day: law, today: day })
  const refused = refusedCitations(citations, law)
  if (refused !== undefined) return refused
  const example = facts === null ? null : { facts, path: determinePaths(facts, law, { lists }).path }
  return { kind: 'decided', events: [{ kind: 'drafted', day, officer, no, content: { ...said, example } }] }
}
