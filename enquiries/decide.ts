import { cite, determinePaths, instruments, isCreditCode, isInForce } from '@tongguan/law'
import type { CatalogueRow, Citation, ExportFacts, LegalDate } from '@tongguan/law'
import { refuse } from './desk.ts'
import type { Decided, Happened, Refusal, SubjectNo } from './desk.ts'
import { mayFollow } from './enquiry.ts'
import type { AskingOrganisation, Caller, Channel, Enquiry, EnquiryEvent, Position } from './enquiry.ts'
import type { Topic } from './topics.ts'

/** What was told to the caller. */
export interface GivenAnswer {
  readonly text: string
  readonly citations: readonly Citation[]
  /** Left out, today. */
  readonly law?: LegalDate
  /** Left out, the path where facts were told. */
  readonly position?: Position
}

/** Everything known of an enquiry when it is written down: a phone note needs the question, the rest may follow. */
export interface NewEnquiry {
  readonly no: SubjectNo
  readonly channel: Channel
  readonly question: string
  /** Left out, today. */
  readonly receivedOn?: LegalDate
  readonly topic?: Topic
  readonly caller?: Caller
  readonly organisation?: AskingOrganisation
  readonly facts?: ExportFacts
  readonly answer?: GivenAnswer
}

export type EnquiryCommand =
  | { readonly kind: 'classify'; readonly topic: Topic }
  | { readonly kind: 'nameCaller'; readonly caller: Caller; readonly organisation: AskingOrganisation | null }
  | { readonly kind: 'tellFacts'; readonly facts: ExportFacts }
  | { readonly kind: 'answer'; readonly answer: GivenAnswer }
  /** `declaredBy` is the credit code of the case's handler, as the office's own record has it. */
  | { readonly kind: 'handOver'; readonly caseNo: string; readonly declaredBy: string }
  | { readonly kind: 'callBack'; readonly under: LegalDate; readonly note: string }

/** Who does it on which day, and the lists the office has loaded by then. */
export type At = Happened & { readonly lists: readonly CatalogueRow[] }

/** A note taken: `received`, then what else was said in the same conversation. Pure. */
export function receive(asked: NewEnquiry, at: At): Decided<EnquiryEvent> {
  const { day, officer } = at
  const { no, channel, receivedOn = day, organisation = null, caller = {}, topic = null } = asked
  const question = asked.question.trim()
  if (question === '') return refuse('enquiry.nothing-asked')
  if (receivedOn > day) return refuse('enquiry.future-day', { day: receivedOn, today: day })
  const wrong = refusedOrganisation(organisation)
  if (wrong !== undefined) return wrong
  const received = {
    kind: 'received',
    day,
    officer,
    no,
    channel,
    question,
    receivedOn,
    topic,
    caller,
    organisation,
  } as const
  const told = asked.facts === undefined ? [] : [factsTold(asked.facts, at)]
  if (asked.answer === undefined) return { kind: 'decided', events: [received, ...told] }
  const answered = answer(asked.answer, asked.facts ?? null, at)
  if (answered.kind === 'refused') return answered
  return { kind: 'decided', events: [received, ...told, ...answered.events] }
}

/** The command's event, or why it is refused. Pure. */
export function decideEnquiry(current: Enquiry, command: EnquiryCommand, at: At): Decided<EnquiryEvent> {
  const { day, officer } = at
  switch (command.kind) {
    case 'classify':
      return { kind: 'decided', events: [{ kind: 'classified', day, officer, topic: command.topic }] }
    case 'nameCaller': {
      const { caller, organisation } = command
      return (
        refusedOrganisation(organisation) ?? {
          kind: 'decided',
          events: [{ kind: 'callerNamed', day, officer, caller, organisation }],
        }
      )
    }
    case 'tellFacts':
      return { kind: 'decided', events: [factsTold(command.facts, at)] }
    case 'answer':
      return answer(command.answer, current.told?.facts ?? null, at)
    case 'handOver': {
      const asked = current.organisation?.creditCode
      if (asked === undefined) return refuse('handover.no-organisation', { no: current.no })
      const { caseNo, declaredBy } = command
      if (asked !== declaredBy) {
        return refuse('handover.other-organisation', { case: caseNo, declared: declaredBy, asked })
      }
      return { kind: 'decided', events: [{ kind: 'handedOver', day, officer, caseNo }] }
    }
    case 'callBack': {
      if (!mayFollow(current.status, 'calledBack')) return refuse('enquiry.not-now', { no: current.no })
      const { under, note } = command
      return { kind: 'decided', events: [{ kind: 'calledBack', day, officer, under, note: note.trim() }] }
    }
  }
}

function factsTold(facts: ExportFacts, { day, officer, lists }: At): EnquiryEvent {
  return { kind: 'factsTold', day, officer, facts, path: determinePaths(facts, day, { lists }).path }
}

function answer(given: GivenAnswer, facts: ExportFacts | null, at: At): Decided<EnquiryEvent> {
  const { day, officer, lists } = at
  const { citations, law = day } = given
  const text = given.text.trim()
  if (text === '') return refuse('answer.nothing-said')
  if (law > day) return refuse('enquiry.future-day', { day: law, today: day })
  const refused = refusedCitations(citations, law)
  if (refused !== undefined) return refused
  const path = facts === null ? null : determinePaths(facts, law, { lists }).path
  const position = given.position ?? path
  return { kind: 'decided', events: [{ kind: 'answered', day, officer, text, citations, law, position, path }] }
}

/** Every answer names its articles, and only such as were in force on the day whose law it goes by. */
export function refusedCitations(citations: readonly Citation[], law: LegalDate): Refusal | undefined {
  if (citations.length === 0) return refuse('answer.uncited')
  const wrong = citations.find(({ instrument }) => !isInForce(instruments[instrument].inForce, law))
  return wrong === undefined ? undefined : refuse('answer.not-in-force', { citation: cite(wrong), law })
}

export function refusedOrganisation(organisation: AskingOrganisation | null): Refusal | undefined {
  const code = organisation?.creditCode
  if (code === undefined || isCreditCode(code)) return undefined
  return refuse('organisation.credit-code', { code })
}
