import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Case } from './case.ts'
import type { Count } from './clocks.ts'
import type { CaseworkTables } from './migrations.ts'
import { deskRowOf } from './queues.ts'
import { remindersOf } from './reminders.ts'

type Db = Kysely<CaseworkTables> | Transaction<CaseworkTables>

/**
 * Writes what is derived from a case: its row on the desk and its reminders. Called in the transaction of the append;
 * called again for the same case it changes nothing, so a rebuild is this for every case. One statement for all of it: an
 * append is on the way of two hundred others.
 */
export async function project(tx: Db, current: Case, count?: Count): Promise<void> {
  const row = deskRowOf(current, count)
  const columns = Object.keys(row).filter((name) => name !== 'no')
  const changed = sql.join([...columns, 'assignee'].map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`))
  // The officer of the desk the case is on now; at the other one it keeps its own.
  const assignee = sql`(select assignee from case_assignment
    where case_no = ${row.no} and desk = ${row.desk} order by id desc limit 1)`
  await sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(remindersOf(current, count))}::jsonb)
        as one (clock text, started date, due date, "on" date, what text, "to" text)
    ), gone as (
      delete from case_reminder r where case_no = ${row.no} and fired_on is null and not exists (
        select from wanted w
        where (w.clock, w.started, w.due, w."on", w.what) = (r.clock, r.started, r.due, r.on_day, r.what)
      )
    ), come as (
      insert into case_reminder (case_no, clock, started, due, on_day, what, recipient)
      select ${row.no}, clock, started, due, "on", what, "to" from wanted
      on conflict do nothing
    )
    insert into case_desk (no, ${sql.join(columns.map((name) => sql.ref(name)))}, assignee)
    select no, ${sql.join(columns.map((name) => sql.ref(name)))}, ${assignee}
    from jsonb_populate_record(null::case_desk, ${JSON.stringify(row)}::jsonb)
    on conflict (no) do update set ${changed}`.execute(tx)
}
