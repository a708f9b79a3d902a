import type { LegalDate, RequestKind } from '@tongguan/law'
import { individualRight, individualRights, legalDate } from '@tongguan/law'
import { DossierInputError } from './errors.ts'

/*
 * What individuals ask stands in the register of consents, a line an event, under the same keyed hashes:
 *
 *   registered ─▶ answered: met │ refused (with a reason)
 *        └─▶ notified (a signed notice went to a recipient) ─▶ confirmed (that recipient signed)
 *
 * Somebody whose request keeps them out stays out of batches from the day it came, unless and until it is refused.
 */

/** Identifiers of one person by kind, each a `personMark`. Somebody is known by as many as they gave. */
export type Marks = Readonly<Record<string, readonly string[]>>

export type RequestEvent = { readonly request: string; readonly on: LegalDate } & (
  | { readonly event: 'registered'; readonly kind: RequestKind; readonly marks: Marks }
  | { readonly event: 'answered'; readonly outcome: 'met' }
  | { readonly event: 'answered'; readonly outcome: 'refused'; readonly reason: string }
  | { readonly event: 'notified'; readonly recipient: string; readonly notice: string }
  | {
      readonly event: 'confirmed'
      readonly recipient: string
      readonly notice: string
      readonly outcome: RecipientOutcome
      readonly confirmation: string
    }
)

/** What the recipient says it did: nothing of the person is there any more, or never was. */
export type RecipientOutcome = 'done' | 'not-held'

export interface IndividualRequest {
  readonly id: string
  readonly kind: RequestKind
  readonly marks: Marks
  readonly registeredOn: LegalDate
  readonly answer:
    | null
    | { readonly outcome: 'met'; readonly on: LegalDate }
    | { readonly outcome: 'refused'; readonly reason: string; readonly on: LegalDate }
  readonly handedOver: readonly {
    readonly recipient: string
    readonly notice: string
    readonly notifiedOn: LegalDate
    readonly confirmed: { readonly outcome: RecipientOutcome; readonly on: LegalDate } | null
  }[]
}

/** Why an event cannot follow; undefined where it can. Pure. */
export function whyNotNext(request: IndividualRequest | undefined, next: RequestEvent): RequestProblem | undefined {
  if (next.event === 'registered') return request === undefined ? undefined : 'there-already'
  if (request === undefined) return 'unknown'
  if (next.on < request.registeredOn) return 'before-it-came'
  if (next.event === 'answered') return request.answer === null ? undefined : 'answered-already'
  const sent = request.handedOver.find(({ notice }) => notice === next.notice)
  if (next.event === 'notified') return sent === undefined ? undefined : 'there-already'
  if (sent === undefined || sent.recipient !== next.recipient) return 'not-notified'
  return sent.confirmed === null ? undefined : 'confirmed-already'
}

export type RequestProblem =
  | 'there-already'
  | 'unknown'
  | 'before-it-came'
  | 'answered-already'
  | 'not-notified'
  | 'confirmed-already'

/** The requests of a register, in the order they came. An event that cannot follow what stands before it is refused. */
export function requestsOf(events: readonly RequestEvent[]): ReadonlyMap<string, IndividualRequest> {
  const requests = new Map<string, IndividualRequest>()
  for (const event of events) {
    const before = requests.get(event.request)
    const problem = whyNotNext(before, event)
    if (problem !== undefined) throw refusal(event.request, problem)
    requests.set(event.request, after(before, event))
  }
  return requests
}

function after(before: IndividualRequest | undefined, event: RequestEvent): IndividualRequest {
  if (event.event === 'registered') {
    const { request: id, kind, marks, on: registeredOn } = event
    return { id, kind, marks, registeredOn, answer: null, handedOver: [] }
  }
  if (before === undefined) throw refusal(event.request, 'unknown')
  if (event.event === 'answered') {
    const { on } = event
    const answer =
      event.outcome === 'met'
        ? ({ outcome: 'met', on } as const)
        : ({ outcome: 'refused', reason: event.reason, on } as const)
    return { ...before, answer }
  }
  if (event.event === 'notified') {
    const { recipient, notice, on: notifiedOn } = event
    return { ...before, handedOver: [...before.handedOver, { recipient, notice, notifiedOn, confirmed: null }] }
  }
  const confirmed = { outcome: event.outcome, on: event.on }
  const handedOver = before.handedOver.map((one) => (one.notice === event.notice ? { ...one, confirmed } : one))
  return { ...before, handedOver }
}

/** Whether the person stays out of a batch of this day. */
export function keepsOut({ kind, registeredOn, answer }: IndividualRequest, on: LegalDate): boolean {
  const refused = answer?.outcome === 'refused' && answer.on <= on
  return individualRight(kind).keepsOut && registeredOn <= on && !refused
}

export interface RequestsSeen {
  /** Requests that keep somebody out on the day. */
  readonly open: number
  /** Of these, whose person is in the batch. */
  readonly found: readonly string[]
  /** Of these, which cannot be looked for among all persons of the batch: some have no identifier of a kind that was given. */
  readonly unmatchable: readonly string[]
}

/** What the requests say of a batch's persons: who is there that may not be, and who cannot be told. Pure. */
export function lookUpRequests(
  requests: readonly IndividualRequest[],
  batch: {
    readonly marks: ReadonlySet<string>
    /** The combinations of kinds by which its persons are known. */
    readonly combinations: readonly (readonly string[])[]
  },
  on: LegalDate,
): RequestsSeen {
  const open = requests.filter((one) => keepsOut(one, on))
  const found = open.filter(({ marks }) => Object.values(marks).some((of) => of.some((mark) => batch.marks.has(mark))))
  const unmatchable = open.filter(
    (one) =>
      !found.includes(one) &&
      batch.combinations.some((kinds) => !kinds.some((kind) => (one.marks[kind] ?? []).length > 0)),
  )
  return { open: open.length, found: found.map(({ id }) => id), unmatchable: unmatchable.map(({ id }) => id) }
}

/** One line of the register, checked: marks are keyed hashes, so that no number or name comes to lie there. */
export function readRequestEvent(value: Readonly<Record<string, unknown>>): RequestEvent {
  const { request, event, on } = value
  if (typeof request !== 'string' || !/^[0-9a-f-]{36}$/.test(request) || typeof on !== 'string')
    throw new Error('request')
  const of = { request, on: legalDate(on) }
  switch (event) {
    case 'registered': {
      const { kind, marks } = value
      const right = individualRights.find(({ code }) => code === kind)
      if (right === undefined || !areMarks(marks)) throw new Error('kind, marks')
      return { ...of, event, kind: right.code, marks }
    }
    case 'answered': {
      if (value['outcome'] === 'met') return { ...of, event, outcome: 'met' }
      const reason = value['reason']
      if (value['outcome'] !== 'refused' || typeof reason !== 'string' || reason.trim() === '')
        throw new Error('outcome')
      return { ...of, event, outcome: 'refused', reason }
    }
    case 'notified':
      return { ...of, event, recipient: text(value['recipient']), notice: text(value['notice']) }
    case 'confirmed': {
      const { outcome } = value
      if (outcome !== 'done' && outcome !== 'not-held') throw new Error('outcome')
      const [recipient, notice] = [text(value['recipient']), text(value['notice'])]
      return { ...of, event, recipient, notice, outcome, confirmation: text(value['confirmation']) }
    }
    default:
      throw new Error('event')
  }
}

function text(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new Error('a text is missing')
  return value
}

function areMarks(value: unknown): value is Marks {
  if (typeof value !== 'object' || value === null) return false
  const all = Object.values(value)
  return (
    all.length > 0 &&
    all.every(
      (marks: unknown) =>
        Array.isArray(marks) &&
        marks.length > 0 &&
        marks.every((mark) => typeof mark === 'string' && /^[0-9a-f]{32}$/.test(mark)),
    )
  )
}

/** The refusal of an event that cannot follow, in both languages. */
export function refusal(request: string, problem: RequestProblem): DossierInputError {
  const { zh, en } = problemWords[problem]
  return new DossierInputError(`individual.${problem}`, {
    zh: `请求 ${request}：${zh}`,
    en: `Request ${request}: ${en}`,
  })
}

const problemWords = {
  'there-already': { zh: '已有同样的记录。', en: 'that is on record already.' },
  unknown: {
    zh: '登记中没有该请求。用 individuals list 查看。',
    en: 'the register has none of that number. See individuals list.',
  },
  'before-it-came': {
    zh: '日期早于收到请求之日。请核对 --on。',
    en: 'the day is before the request came. Check --on.',
  },
  'answered-already': {
    zh: '已经答复；新的情况请另行登记。',
    en: 'it was answered already; register anew what is new.',
  },
  'not-notified': {
    zh: '没有向该接收方发出过这份通知。',
    en: 'no such notice went to that recipient.',
  },
  'confirmed-already': { zh: '接收方已经确认。', en: 'the recipient has confirmed it already.' },
} as const satisfies Record<RequestProblem, { readonly zh: string; readonly en: string }>
