import type { LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import type { SqlBool } from 'kysely'
import type { CaseNo } from './case.ts'
import type { DeskRow, Desk, Queue } from './queues.ts'
import { workQueues } from './queues.ts'
import { knownTo } from './need-to-know.ts'
import type { CaseworkDb } from './store.ts'

/** Which office's desk. */
export type Office = { readonly desk: 'national' } | { readonly desk: 'province'; readonly province: string }

export type QueuedCase = DeskRow & {
  readonly queue: Queue
  readonly desk: Desk
  readonly assignee: string | null
  /** The assignee is away on the day asked for, so others may take it. */
  readonly assignee_away: boolean
}

/** The cases of one queue, or of one officer, the earliest statutory date first; those without a date last. */
export async function queue(
  db: CaseworkDb,
  office: Office,
  ask: {
    readonly queue?: Queue
    readonly assignee?: string
    /** Whoever asks: colleagues' cases are left out. Left out for whoever looks over all of them. */
    readonly officer?: string
    readonly on: LegalDate
    readonly limit: number
    readonly after?: { readonly due: LegalDate | null; readonly no: string }
  },
): Promise<readonly QueuedCase[]> {
  const { on, limit, after, officer } = ask
  const rows = await db
    .selectFrom('case_desk')
    .selectAll()
    .select(isAway(on).as('assignee_away'))
    .where(ofOffice(office))
    .$if(officer !== undefined, (query) => query.where(knownTo({ office, officer: officer ?? '' })))
    .where('queue', 'is not', null)
    .$if(ask.queue !== undefined, (query) => query.where('queue', '=', ask.queue ?? null))
    .$if(ask.assignee !== undefined, (query) => query.where('assignee', '=', ask.assignee ?? null))
    .$if(after !== undefined, (query) => query.where(isAfter(after?.due ?? null, after?.no ?? '')))
    .orderBy('due', (order) => order.asc().nullsLast())
    .orderBy('no')
    .limit(limit)
    .execute()
  // queue and desk are null together, and null was not asked for.
  return rows as unknown as readonly QueuedCase[]
}

/** How many open cases stand in each queue of an office, and how many of those are past their statutory date. */
export async function queueCounts(
  db: CaseworkDb,
  office: Office,
  on: LegalDate,
): Promise<readonly { readonly queue: Queue; readonly cases: number; readonly late: number }[]> {
  const rows = await db
    .selectFrom('case_desk')
    .select(['queue', sql<number>`count(*)::int`.as('cases')])
    .select(sql<number>`(count(*) filter (where due < ${on}))::int`.as('late'))
    .where(ofOffice(office))
    .where('queue', 'is not', null)
    .groupBy('queue')
    .execute()
  return rows.flatMap(({ queue, ...counts }) => (queue === null ? [] : [{ queue, ...counts }]))
}

/** Open cases with somebody's name on them, by officer. */
export async function loads(
  db: CaseworkDb,
  office: Office,
  on: LegalDate,
): Promise<
  readonly { readonly officer: string; readonly cases: number; readonly late: number; readonly away: boolean }[]
> {
  return db
    .selectFrom('case_desk')
    .select([sql<string>`assignee`.as('officer'), sql<number>`count(*)::int`.as('cases')])
    .select(sql<number>`(count(*) filter (where due < ${on}))::int`.as('late'))
    .select(sql<boolean>`bool_or(${isAway(on)})`.as('away'))
    .where(ofOffice(office))
    .where('assignee', 'is not', null)
    .groupBy('assignee')
    .orderBy('cases', 'desc')
    .execute()
}

export type Assigned =
  | { readonly kind: 'assigned'; readonly no: CaseNo; readonly assignee: string | null }
  | {
      readonly kind: 'refused'
      readonly code: 'desk.closed' | 'desk.not-yours' | 'desk.away' | 'desk.taken' | 'desk.anothers'
    }

interface Assignment {
  /** Null gives the case back to the queue. */
  readonly to: string | null
  readonly by: string
  readonly day: LegalDate
  readonly reason?: string
  /** What the one who assigns saw; somebody else may have been faster. */
  readonly seen: string | null
  /** The supervisor also takes a case from an officer who is there. */
  readonly asSupervisor?: boolean
}

/**
 * Gives a case to an officer, hands it over, or gives it back. A colleague does not take a case from an officer who is
 * there: whoever could, could read every case; the supervisor reads them anyway. Nobody away is given one. Call it in a
 * transaction.
 */
export async function assign(
  tx: CaseworkDb,
  office: Office,
  no: CaseNo,
  { to, by, day, reason, seen, asSupervisor = false }: Assignment,
): Promise<Assigned> {
  const row = await tx
    .selectFrom('case_desk')
    .select(['desk', 'province', 'queue', 'assignee'])
    .where('no', '=', no)
    .forUpdate()
    .executeTakeFirst()
  // Another province's case, open or closed, is as one that is not there.
  if (row === undefined || (office.desk === 'province' && row.province !== office.province)) {
    return { kind: 'refused', code: 'desk.not-yours' }
  }
  if (row.desk === null) return { kind: 'refused', code: 'desk.closed' }
  if (row.desk !== office.desk) return { kind: 'refused', code: 'desk.not-yours' }
  if (row.assignee !== seen) return { kind: 'refused', code: 'desk.taken' }
  const { assignee } = row
  if (!asSupervisor && assignee !== null && assignee !== by && !(await isAbsent(tx, assignee, day)))
    return { kind: 'refused', code: 'desk.anothers' }
  if (to !== null && (await isAbsent(tx, to, day))) return { kind: 'refused', code: 'desk.away' }
  await write(tx, no, row.desk, { to, by, day, reason: reason ?? null })
  return { kind: 'assigned', no, assignee: to }
}

/**
 * Takes the most urgent case nobody works on, or whose officer is away; null when there is none. Two officers at once
 * get two cases: what one is taking the other passes over. Call it in a transaction.
 */
export async function pullNext(
  tx: CaseworkDb,
  office: Office,
  {
    officer,
    day,
    from = workQueues,
  }: { readonly officer: string; readonly day: LegalDate; readonly from?: readonly Queue[] },
): Promise<CaseNo | null> {
  const row = await tx
    .selectFrom('case_desk')
    .select(['no', 'desk'])
    .where(ofOffice(office))
    .where('queue', 'in', from)
    .where((where) =>
      where.or([where('assignee', 'is', null), where.and([where('assignee', '<>', officer), isAway(day)])]),
    )
    .orderBy('due', (order) => order.asc().nullsLast())
    .orderBy('no')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (row?.desk == null) return null
  await write(tx, row.no, row.desk, { to: officer, by: officer, day, reason: null })
  return row.no as CaseNo
}

/** Gives every open case of an officer who has left back to its queue. Call it in the transaction of the leaving. */
export async function giveBackAll(
  tx: CaseworkDb,
  left: { readonly officer: string; readonly by: string; readonly day: LegalDate; readonly reason: string },
): Promise<void> {
  const { officer, by, day, reason } = left
  const rows = await tx
    .selectFrom('case_desk')
    .select(['no', 'desk'])
    .where('assignee', '=', officer)
    .orderBy('no')
    .forUpdate()
    .execute()
  for (const { no, desk } of rows) {
    if (desk !== null) await write(tx, no, desk, { to: null, by, day, reason })
  }
}

/** Writes down that an officer is away from one day to another, both included. */
export async function setAbsence(
  db: CaseworkDb,
  absence: { readonly officer: string; readonly firstDay: LegalDate; readonly lastDay: LegalDate; readonly by: string },
): Promise<void> {
  const { officer, firstDay, lastDay, by } = absence
  await db
    .insertInto('officer_absence')
    .values({ officer, first_day: firstDay, last_day: lastDay, by_officer: by })
    .execute()
}

async function write(
  tx: CaseworkDb,
  no: string,
  desk: Desk,
  { to, by, day, reason }: Pick<Assignment, 'to' | 'by' | 'day'> & { readonly reason: string | null },
): Promise<void> {
  await tx
    .insertInto('case_assignment')
    .values({ case_no: no, desk, assignee: to, by_officer: by, day, reason })
    .execute()
  await tx.updateTable('case_desk').set({ assignee: to }).where('no', '=', no).execute()
}

async function isAbsent(db: CaseworkDb, officer: string, on: LegalDate): Promise<boolean> {
  const found = await db
    .selectFrom('officer_absence')
    .select('id')
    .where('officer', '=', officer)
    .where('first_day', '<=', on)
    .where('last_day', '>=', on)
    .executeTakeFirst()
  return found !== undefined
}

function isAway(on: LegalDate) {
  return sql<SqlBool>`exists (
    select from officer_absence
    where officer = case_desk.assignee and first_day <= ${on}::date and ${on}::date <= last_day
  )`
}

function ofOffice(office: Office) {
  return office.desk === 'national'
    ? sql<SqlBool>`desk = 'national'`
    : sql<SqlBool>`desk = 'province' and province = ${office.province}`
}

function isAfter(due: LegalDate | null, no: string) {
  return due === null
    ? sql<SqlBool>`due is null and no > ${no}`
    : sql<SqlBool>`(due is null or (due, no) > (${due}::date, ${no}))`
}
