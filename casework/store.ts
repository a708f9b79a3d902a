import type { LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import type { Kysely, SelectQueryBuilder, Transaction } from 'kysely'
import { afterEvent, caseNo, fold } from './case.ts'
import type { Case, CaseEvent, CaseNo } from './case.ts'
import { eventKinds } from './procedures.ts'
import type { CaseStatus } from './procedures.ts'
import type { CaseworkTables } from './migrations.ts'
import { knownTo } from './need-to-know.ts'
import type { OfficerAt } from './need-to-know.ts'
import { project } from './project.ts'

/** The database, or a transaction of the caller's that then holds everything done here. */
export type CaseworkDb = Kysely<CaseworkTables> | Transaction<CaseworkTables>

export type Appended =
  | { readonly kind: 'appended'; readonly sequence: number; readonly case: Case }
  /** Somebody else was first; load the case again and decide anew. */
  | { readonly kind: 'conflict'; readonly expected: number; readonly actual: number }

/** The case of this number, or null when there is none. Throws when its events do not fold: the store is damaged. */
export async function load(db: CaseworkDb, no: CaseNo): Promise<Case | null> {
  const rows = await db
    .selectFrom('case_event')
    .select(['seq', 'event'])
    .where('case_no', '=', no)
    .orderBy('seq')
    .execute()
  return fold(rows.map(({ seq, event }) => readEvent(no, seq, event)))
}

/**
 * Appends events to a case whose last event has the number `expectedSequence`; 0 opens it. All or none, durable when
 * it returns (with the transaction, when `db` is one), and in the same transaction the row the queues are asked by and
 * the reminders. `current`, where the caller has it, is the case at that sequence: it is not read again. Throws for an
 * event the transition table does not allow here, and for none at all.
 */
export async function append(
  db: CaseworkDb,
  no: CaseNo,
  expectedSequence: number,
  events: readonly CaseEvent[],
  { current }: { readonly current?: Case | null } = {},
): Promise<Appended> {
  const within = (tx: CaseworkDb) => appendWithin(tx, no, expectedSequence, events, current)
  return db.isTransaction ? within(db) : db.transaction().execute(within)
}

/** All cases, oldest number first. */
export async function list(db: CaseworkDb): Promise<readonly Case[]> {
  const rows = await db
    .selectFrom('case_event')
    .select(['case_no', 'seq', 'event'])
    .orderBy('case_no')
    .orderBy('seq')
    .execute()
  const byCase = Map.groupBy(rows, (row) => row.case_no)
  return [...byCase].flatMap(([no, events]) => fold(events.map(({ seq, event }) => readEvent(no, seq, event))) ?? [])
}

/** Which cases a page of them is taken from. */
export interface Selection {
  /** Of this handler, filed in this province, or confirmed complete by a province. */
  readonly of: { readonly creditCode: string } | { readonly province: string } | 'forwarded'
  readonly status?: CaseStatus
  /** Only what this officer may read of them. */
  readonly knownTo?: OfficerAt
}

/** At most `limit` cases with numbers below `before`, newest number first. */
export async function page(
  db: CaseworkDb,
  { of, status, knownTo: who }: Selection,
  { before, limit }: { readonly before?: CaseNo; readonly limit: number },
): Promise<readonly Case[]> {
  const chosen = selected(db.selectFrom('case_desk').select('no'), of)
    .$if(before !== undefined, (query) => query.where('no', '<', before ?? ''))
    .$if(status !== undefined, (query) => query.where('status', '=', status ?? 'withProvince'))
    .$if(who !== undefined, (query) => (who === undefined ? query : query.where(knownTo(who))))
    .orderBy('no', 'desc')
    .limit(limit)
  const rows = await db
    .with('chosen', () => chosen)
    .selectFrom('chosen')
    .innerJoin('case_event', 'case_no', 'no')
    .select(['no', 'seq', 'event'])
    .orderBy('no', 'desc')
    .orderBy('seq')
    .execute()
  const byCase = Map.groupBy(rows, ({ no }) => no)
  return [...byCase].flatMap(([no, events]) => fold(events.map(({ seq, event }) => readEvent(no, seq, event))) ?? [])
}

function selected(
  query: SelectQueryBuilder<CaseworkTables, 'case_desk', { no: string }>,
  of: Selection['of'],
): SelectQueryBuilder<CaseworkTables, 'case_desk', { no: string }> {
  if (of === 'forwarded') return query.where('forwarded', '=', true)
  if ('province' in of) return query.where('province', '=', of.province)
  // Whoever is complained about does not see the complaint (Order 11 arts 15 and 16).
  return query.where('credit_code', '=', of.creditCode).where('kind', '<>', 'complaint')
}

/** The next free number of the year of `day`. Given once: within a transaction that fails, it is given again. */
export async function nextCaseNo(db: CaseworkDb, day: LegalDate): Promise<CaseNo> {
  const year = Number(day.slice(0, 4))
  const { last } = await db
    .insertInto('case_no_counter')
    .values({ year, last: 1 })
    .onConflict((conflict) => conflict.column('year').doUpdateSet({ last: sql`case_no_counter.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow()
  return caseNo(`TG-${year}-${String(last).padStart(6, '0')}`)
}

async function appendWithin(
  db: CaseworkDb,
  no: CaseNo,
  expectedSequence: number,
  events: readonly CaseEvent[],
  seen: Case | null | undefined,
): Promise<Appended> {
  if (expectedSequence === 0)
    await db
      .insertInto('case_file')
      .values({ no })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  // Appends to one case wait for each other here, so that the loser reads the winner's number instead of an error.
  const row = await db.selectFrom('case_desk').select('sequence').where('no', '=', no).forUpdate().executeTakeFirst()
  const actual = row?.sequence ?? 0
  if (actual !== expectedSequence) return { kind: 'conflict', expected: expectedSequence, actual }
  // Events never change, so what the caller read up to this number is what stands here.
  const current = seen === undefined ? await load(db, no) : seen
  if ((current?.sequence ?? 0) !== expectedSequence) throw new Error(`case ${no}: not the case at ${expectedSequence}`)
  // An event the table does not allow is a bug of the caller; in the store it would make the case unreadable.
  const after = events.reduce<Case | null>(afterEvent, current)
  if (after === null || events.length === 0) throw new Error(`case ${no}: nothing to append`)
  await db
    .insertInto('case_event')
    .values(
      events.map((event, index) => ({
        case_no: no,
        seq: expectedSequence + index + 1,
        day: event.day,
        event: sql`${JSON.stringify(event)}::jsonb`,
      })),
    )
    .execute()
  await project(db, after)
  return { kind: 'appended', sequence: after.sequence, case: after }
}

// What `append` wrote is what `decide` made; the kind is looked at so that a newer version's event is not misread.
function readEvent(no: string, seq: number, event: unknown): CaseEvent {
  const kind = typeof event === 'object' && event !== null && 'kind' in event ? event.kind : undefined
  if (eventKinds.some((known) => known === kind)) return event as CaseEvent
  throw new Error(`case ${no}, event ${seq}: this version does not know the kind ${JSON.stringify(kind)}`)
}
