import type { CatalogueRow } from '@tongguan/law'
import { subjectNo } from '@tongguan/enquiries'
import type { At, Decided, EnquiryTx, Refusal, SubjectKind, SubjectNo } from '@tongguan/enquiries'
import type { Transaction } from 'kysely'
import type { AppContext, Server } from '../app.ts'
import type { Viewer } from '../accounts.ts'
import { idempotencyKeyOf, once, sequenceOf } from '../idempotency.ts'
import type { Answered } from '../idempotency.ts'
import { loadedLists } from '../loaded-lists.ts'
import { RequestProblem } from '../problem.ts'
import type { Tables } from '../records.ts'

// What every route of the enquiry desk goes through: whose office, by which lists, against which version, once.

/** The office a viewer's desk belongs to: its province. */
export function officeOf({ organisation }: Viewer): string {
  if (organisation.province !== null) return organisation.province
  throw new Error(`${organisation.name} has no desk: the rights table lets provincial offices only`)
}

/** Who acts now, on the installation's day, with the lists loaded. */
export async function atNow(server: Server, c: AppContext): Promise<At> {
  const viewer = c.get('viewer')
  return {
    day: server.clock.on(),
    officer: { id: viewer.id, name: viewer.name, office: officeOf(viewer) },
    lists: await listsOf(server),
  }
}

/** The lists of the law this office has loaded. */
export async function listsOf({ lists }: Pick<Server, 'lists'>): Promise<readonly CatalogueRow[]> {
  return lists === undefined ? [] : loadedLists(lists)
}

/** A number in the address. One that is none of ours is not there. */
export function numberIn(c: AppContext, kind: SubjectKind, name: string): SubjectNo {
  const asked = c.req.param(name) ?? ''
  try {
    return subjectNo(kind, asked)
  } catch (error) {
    if (error instanceof RangeError) throw notThere(asked)
    throw error
  }
}

export function notThere(no: string): RequestProblem {
  return new RequestProblem('desk.not-found', { no })
}

/** What is there, of the viewer's own office; another office's is not there. */
export function own<Found extends { readonly office: string }>(c: AppContext, no: string, found: Found | null): Found {
  if (found === null || found.office !== officeOf(c.get('viewer'))) throw notThere(no)
  return found
}

/** The events a decision made. Throws RequestProblem with the refusal's own code and words. */
export function eventsOf<Event>(decided: Decided<Event>): readonly [Event, ...Event[]] {
  if (decided.kind === 'decided') return decided.events
  throw refusedBy(decided)
}

export function refusedBy({ code, words }: Refusal): RequestProblem {
  const unfit = unfitCodes.has(code)
  return new RequestProblem(unfit ? 'desk.does-not-fit' : 'desk.refused', { reason: words }, { code })
}

/** Refusals of what was written, whatever the state of the thing. */
const unfitCodes: ReadonlySet<Refusal['code']> = new Set([
  'enquiry.future-day',
  'enquiry.nothing-asked',
  'organisation.credit-code',
  'answer.nothing-said',
  'answer.uncited',
  'answer.not-in-force',
  'interpretation.nothing-said',
  'programme.next-before',
  'briefing.negative',
])

/** Throws `desk.stale` unless If-Match names the version there is now. */
export function asSeen(c: AppContext, no: string, sequence: number): void {
  const seen = sequenceOf(c.req.header('if-match'))
  if (seen !== sequence) throw staleAt(no, seen, sequence)
}

/** What the store wrote. Throws `desk.stale` where somebody else was first. */
export function written<Now extends object>(
  no: string,
  answered: Now | { readonly kind: 'conflict'; readonly expected: number; readonly actual: number },
): Now {
  if ('kind' in answered && answered.kind === 'conflict' && 'actual' in answered) {
    throw staleAt(no, answered.expected, answered.actual)
  }
  return answered as Now
}

function staleAt(no: string, seen: number, now: number): RequestProblem {
  return new RequestProblem('desk.stale', { no, seen, now }, { sequence: now })
}

/** Does it once per Idempotency-Key, in one transaction, and answers with what it made. */
export async function doOnce(
  server: Server,
  c: AppContext,
  work: (tx: EnquiryTx, all: Transaction<Tables>) => Promise<Answered>,
): Promise<never> {
  const key = idempotencyKeyOf(c.req.header('idempotency-key'))
  const what = `${c.req.method} ${c.req.path}\n${await c.req.text()}`
  const { status, headers, body } = await once(
    server.records.db,
    { account: c.get('viewer').id, key, what },
    // The desk sees its own tables of the one database.
    (tx) => work(tx, tx),
  )
  // Which route it was is known to the contract, not to this function.
  return c.body(body, status, { ...headers, 'Content-Type': 'application/json' }) as never
}

export function answered(status: 200 | 201, sequence: number, body: object): Answered {
  return { status, headers: { ETag: `"${sequence}"` }, body: JSON.stringify(body) }
}

/** The office's wall clock, which says whether the telephone is answered. Only shown; nothing is decided by it. */
export function timeInChina(): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Shanghai',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(new Date())
}
