import { unreachable } from './unreachable.ts'
import type { Citation, ExportFacts, LegalDate, Path, Words } from '@tongguan/law'
import type { Happened, SubjectNo } from './desk.ts'
import type { KeyArea } from './key-areas.ts'
import type { Topic } from './topics.ts'
import type { channelWords } from './words.ts'

/*
 *  new ──received──▶ open ──answered──▶ answered ◀─┐
 *                    │  ▲                 │  │      │ answered again (the later answer counts), calledBack
 *                    └──┘                 └──┴──────┘
 *     classified, callerNamed, factsTold, handedOver: in either, whenever it becomes known
 */

/** Which event may follow which status, and where it leads. What is missing is refused. */
export const transitions = {
  new: { received: 'open' },
  open: { classified: 'open', callerNamed: 'open', factsTold: 'open', handedOver: 'open', answered: 'answered' },
  answered: {
    classified: 'answered',
    callerNamed: 'answered',
    factsTold: 'answered',
    handedOver: 'answered',
    answered: 'answered',
    calledBack: 'answered',
  },
} as const satisfies Record<EnquiryStatus | 'new', Partial<Record<EnquiryEvent['kind'], EnquiryStatus>>>

export type EnquiryStatus = 'open' | 'answered'
export type Channel = keyof typeof channelWords

export interface Caller {
  readonly name?: string
  readonly phone?: string
}

/** The organisation asked for. `creditCode` is the unified social credit code (GB 32100), where it was told. */
export interface AskingOrganisation {
  readonly name: string
  readonly creditCode?: string
  readonly keyArea?: KeyArea
}

/** What an answer comes down to, so that two answers can be held against each other. */
export const positions = {
  assessment: { zh: '应当申报安全评估', en: 'a security assessment is needed' },
  'contract-or-certification': { zh: '订立标准合同或者通过认证', en: 'standard contract or certification' },
  exempt: { zh: '免予申报', en: 'exempt' },
  'not-an-export': { zh: '不属于数据出境', en: 'not an export of data' },
  'state-secrets-regime': { zh: '适用保密法律，不得出境', en: 'under the law on state secrets; blocked' },
  prohibited: { zh: '不得按所述方式出境', en: 'may not go as described' },
  unknown: { zh: '事实不足，无法判断', en: 'cannot be said: facts are missing' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  depends: { zh: '视情况而定', en: 'it depends' },
} as const satisfies Record<Path | 'yes' | 'no' | 'depends', Words>

export type Position = keyof typeof positions

export type EnquiryEvent = Happened &
  (
    | {
        readonly kind: 'received'
        readonly no: SubjectNo
        readonly channel: Channel
        readonly question: string
        /** When the caller asked; a letter may be entered later. */
        readonly receivedOn: LegalDate
        readonly topic: Topic | null
        readonly caller: Caller
        readonly organisation: AskingOrganisation | null
      }
    | { readonly kind: 'classified'; readonly topic: Topic }
    | { readonly kind: 'callerNamed'; readonly caller: Caller; readonly organisation: AskingOrganisation | null }
    /** `path` is what the law of the event's day said about these facts, with the lists the office had then. */
    | { readonly kind: 'factsTold'; readonly facts: ExportFacts; readonly path: Path }
    | {
        readonly kind: 'answered'
        readonly text: string
        readonly citations: readonly Citation[]
        /** The day whose law the answer goes by. */
        readonly law: LegalDate
        /** What it comes down to; null where it is neither a path nor a yes or no. */
        readonly position: Position | null
        /** The path computed from the facts told by the law of that day; null where no facts were told. */
        readonly path: Path | null
      }
    | { readonly kind: 'handedOver'; readonly caseNo: string }
    /** Told what the law of `under` makes of it. */
    | { readonly kind: 'calledBack'; readonly under: LegalDate; readonly note: string }
  )

export type Answered = Extract<EnquiryEvent, { readonly kind: 'answered' }>

/** An enquiry as its events make it. */
export interface Enquiry {
  readonly no: SubjectNo
  readonly office: string
  readonly status: EnquiryStatus
  readonly channel: Channel
  readonly question: string
  readonly receivedOn: LegalDate
  readonly topic: Topic | null
  readonly caller: Caller
  readonly organisation: AskingOrganisation | null
  readonly told: { readonly facts: ExportFacts; readonly path: Path; readonly on: LegalDate } | null
  /** The answer that counts: the last one given. */
  readonly answer: Answered | null
  readonly caseNos: readonly string[]
  readonly calledBack: { readonly under: LegalDate; readonly day: LegalDate } | null
  readonly events: readonly EnquiryEvent[]
  readonly sequence: number
}

/** The enquiry its events make, or null when there are none. Throws when an event may not follow: the store is damaged. */
export function foldEnquiry(events: readonly EnquiryEvent[]): Enquiry | null {
  return events.reduce<Enquiry | null>(afterEvent, null)
}

export function mayFollow(status: EnquiryStatus | 'new', kind: EnquiryEvent['kind']): boolean {
  return Object.hasOwn(transitions[status], kind)
}

function afterEvent(current: Enquiry | null, event: EnquiryEvent): Enquiry {
  if (!mayFollow(current?.status ?? 'new', event.kind)) {
    throw new Error(`enquiry ${current?.no ?? '(new)'}: event ${event.kind} may not follow ${current?.status ?? 'new'}`)
  }
  if (event.kind === 'received') return received(event)
  if (current === null) throw new Error(`event ${event.kind} before the enquiry was received`)
  const events = [...current.events, event]
  return { ...current, ...changeBy(current, event), events, sequence: events.length }
}

function received(event: Extract<EnquiryEvent, { readonly kind: 'received' }>): Enquiry {
  const { no, channel, question, receivedOn, topic, caller, organisation, officer } = event
  return {
    no,
    office: officer.office,
    status: 'open',
    channel,
    question,
    receivedOn,
    topic,
    caller,
    organisation,
    told: null,
    answer: null,
    caseNos: [],
    calledBack: null,
    events: [event],
    sequence: 1,
  }
}

function changeBy(current: Enquiry, event: Exclude<EnquiryEvent, { readonly kind: 'received' }>): Partial<Enquiry> {
  switch (event.kind) {
    case 'classified':
      return { topic: event.topic }
    case 'callerNamed':
      return { caller: event.caller, organisation: event.organisation }
    case 'factsTold':
      return { told: { facts: event.facts, path: event.path, on: event.day } }
    case 'answered':
      return { status: 'answered', answer: event }
    case 'handedOver':
      return { caseNos: [...current.caseNos.filter((one) => one !== event.caseNo), event.caseNo] }
    case 'calledBack':
      return { calledBack: { under: event.under, day: event.day } }
    default:
      return unreachable(event)
  }
}
