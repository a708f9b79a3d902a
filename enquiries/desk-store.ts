import type { LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import type { Kysely, RawBuilder, Transaction } from 'kysely'
import { prefixes, subjectNo } from './desk.ts'
import type { Happened, SubjectKind, SubjectNo } from './desk.ts'
import type { EnquiryTables } from './migrations.ts'

export type EnquiryDb = Kysely<EnquiryTables> | Transaction<EnquiryTables>
/** What changes something is one transaction of the caller's: the events and everything read from them. */
export type EnquiryTx = Transaction<EnquiryTables>

/** Cuts a text into the words it is found by; the same function for what is kept and for what is looked up. */
export type Segment = (text: string) => readonly string[]

/** Somebody else was first; read it again and decide anew. */
export interface Conflict {
  readonly kind: 'conflict'
  readonly expected: number
  readonly actual: number
}

/** The events of a subject in their order; none where there is no such subject. */
export async function eventsOf<Event extends Happened>(db: EnquiryDb, no: SubjectNo): Promise<readonly Event[]> {
  const rows = await db.selectFrom('desk_event').select('event').where('subject', '=', no).orderBy('seq').execute()
  // What was written is what the decisions made; the folds refuse a kind they do not know.
  return rows.map(({ event }) => event as Event)
}

/**
 * Appends events to a subject whose last event has the number `expected`; 0 opens it. Two who append at once wait for each
 * other here, and the second one learns of the first.
 */
export async function appendEvents(
  tx: EnquiryTx,
  no: SubjectNo,
  expected: number,
  events: readonly Happened[],
): Promise<'appended' | Conflict> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${no}, 0))`.execute(tx)
  const last = await tx
    .selectFrom('desk_event')
    .select('seq')
    .where('subject', '=', no)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const actual = last?.seq ?? 0
  if (actual !== expected) return { kind: 'conflict', expected, actual }
  await tx
    .insertInto('desk_event')
    .values(
      events.map((event, index) => ({
        subject: no,
        seq: expected + index + 1,
        office: event.officer.office,
        day: event.day,
        event: json(event),
      })),
    )
    .execute()
  return 'appended'
}

/** The next free number of the year of `day`. Given once: within a transaction that fails, it is given again. */
export async function nextSubjectNo(tx: EnquiryTx, kind: SubjectKind, day: LegalDate): Promise<SubjectNo> {
  const prefix = prefixes[kind]
  const year = Number(day.slice(0, 4))
  const { last } = await tx
    .insertInto('desk_no_counter')
    .values({ prefix, year, last: 1 })
    .onConflict((conflict) => conflict.columns(['prefix', 'year']).doUpdateSet({ last: sql`desk_no_counter.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow()
  return subjectNo(kind, `${prefix}-${year}-${String(last).padStart(7, '0')}`)
}

export function json(value: unknown): RawBuilder<unknown> {
  return sql`${JSON.stringify(value)}::jsonb`
}

/** Words as the index keeps them: each a lexeme of its own, no stemming, no positions; the same on both databases. */
export function indexed(words: readonly string[]): RawBuilder<unknown> {
  return sql`array_to_tsvector(${words.slice(0, mostWords)}::text[])`
}

/** What is looked up: all of the words, or any. */
export function lookup(words: readonly string[], how: 'all' | 'any'): RawBuilder<unknown> {
  const quoted = words.slice(0, mostLookedUp).map((word) => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`)
  return sql`${quoted.join(how === 'all' ? ' & ' : ' | ')}::tsquery`
}

const mostWords = 2_000
/** More words find nothing better and cost the officer who is typing time. */
const mostLookedUp = 24
