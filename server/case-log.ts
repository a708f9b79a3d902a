import { canonicalJson } from '@tongguan/gate'
import { appendLeaf, publishLeaves } from '@tongguan/log'
import type { LeavesPublished, LogPlace } from '@tongguan/log'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { createHmac, randomBytes } from 'node:crypto'
import { notBefore, timeOf } from './release-log.ts'

/*
 *   event ─ the append's transaction ─▶ case_event + case_event_unlogged
 *                                            └─ at the next look, one transaction ─▶ log_leaf + case_event_leaf
 *                                                                                       └──▶ tiles, checkpoint, witnesses
 *
 * Appends to different cases do not wait for the one head of the log; what a checkpoint shows cannot be taken back. A leaf
 * says nothing of the case: it is a commitment under random bytes that stay in the database (Order 11 art. 15, secrecy),
 * by which the office can show any event to be the one it logged.
 */

/** The tables that bind the events of cases to the authority's own log. An applied one is never changed; add another. */
export const caseLogMigrations = [
  {
    id: 'server-case-log-1',
    sql: `
-- Events not in the log yet; written by whoever appends, in the same transaction.
create table case_event_unlogged (
  case_no text not null,
  seq int not null,
  primary key (case_no, seq)
);
insert into case_event_unlogged select case_no, seq from case_event;

-- Where an event stands in the log, and the random bytes that open its leaf.
create table case_event_leaf (
  case_no text not null,
  seq int not null,
  leaf bigint not null unique references log_leaf (index),
  opening bytea not null check (octet_length(opening) = 16),
  primary key (case_no, seq),
  foreign key (case_no, seq) references case_event (case_no, seq)
);
create trigger case_event_leaf_append_only before update or delete or truncate on case_event_leaf
  for each statement execute function case_refuse_change();

create function case_event_waits() returns trigger language plpgsql as $$
begin
  insert into case_event_unlogged (case_no, seq) values (new.case_no, new.seq);
  return null;
end $$;
create trigger case_event_waits after insert on case_event for each row execute function case_event_waits();

-- An event stops waiting by being logged and in no other way.
create function case_event_logged() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from case_event_leaf where case_no = old.case_no and seq = old.seq) then
    raise exception 'event % of case % is not in the log', old.seq, old.case_no using errcode = 'restrict_violation';
  end if;
  return old;
end $$;
create trigger case_event_logged before delete on case_event_unlogged
  for each row execute function case_event_logged();
create trigger case_event_unlogged_keep before update or truncate on case_event_unlogged
  for each statement execute function case_refuse_change();
`,
  },
] as const satisfies readonly { readonly id: string; readonly sql: string }[]

const someAtOnce = 200

/**
 * Brings every event that is not in the log yet into it, some at a time, and publishes. Killed in between, or run by two
 * processes at once, each event still gets one leaf.
 *
 * @returns how many events were logged now, and what came of the publication: `stopped` where the database is older than
 * what its signer signed, and then nothing was logged
 */
export async function logCaseEvents<Tables>(
  db: Kysely<Tables>,
  place: LogPlace,
): Promise<{ readonly logged: number; readonly published: LeavesPublished }> {
  let published = await publishLeaves(db, place)
  let logged = 0
  for (let taken = someAtOnce; taken === someAtOnce && published.kind !== 'stopped';) {
    taken = await db.transaction().execute(logSome)
    logged += taken
    if (taken > 0) published = await publishLeaves(db, place)
  }
  return { logged, published }
}

async function logSome<Tables>(tx: Transaction<Tables>): Promise<number> {
  // A second process skips what the first has taken; the log's head puts their leaves one after the other.
  const { rows } = await sql<EventRow>`
    select case_no as no, seq, event from case_event_unlogged join case_event using (case_no, seq)
    order by case_no, seq limit ${someAtOnce} for update of case_event_unlogged skip locked`.execute(tx)
  for (const row of rows) {
    const opening = randomBytes(16)
    const leaf = await appendLeaf(tx, (before) => {
      const at = notBefore(timeOf(before), new Date().toISOString())
      return Buffer.from(canonicalJson({ v: 1, at, type: 'case-event', commitment: commitmentOf(row, opening) }))
    })
    await sql`insert into case_event_leaf (case_no, seq, leaf, opening)
      values (${row.no}, ${row.seq}, ${leaf}::bigint, ${opening}::bytea)`.execute(tx)
    await sql`delete from case_event_unlogged where case_no = ${row.no} and seq = ${row.seq}`.execute(tx)
  }
  return rows.length
}

/** How the events of the cases stand against the log. */
export interface CaseLogReport {
  readonly logged: number
  /** Not in the log yet. */
  readonly waiting: number
  /** Whose leaf says another event, or none: somebody changed the case or the table of leaves. */
  readonly wrong: readonly { readonly no: string; readonly seq: number }[]
}

/** Holds every event of every case against its leaf. That the leaves are the published ones is `log verify`'s to say. */
export async function auditCaseLog<Tables>(db: Kysely<Tables>): Promise<CaseLogReport> {
  const wrong: { readonly no: string; readonly seq: number }[] = []
  let logged = 0
  let waiting = 0
  for (let after: EventKey = { no: '', seq: 0 }, more = true; more;) {
    const { rows } = await sql<AuditedRow>`
      select case_no as no, seq, event, entry, opening,
        exists (select 1 from case_event_unlogged as one where one.case_no = case_event.case_no and one.seq = case_event.seq) as waits
      from case_event left join case_event_leaf using (case_no, seq) left join log_leaf on log_leaf.index = leaf
      where (case_no, seq) > (${after.no}, ${after.seq}) order by case_no, seq limit ${auditedAtOnce}`.execute(db)
    for (const row of rows) {
      if (row.entry === null || row.opening === null) {
        if (row.waits) waiting += 1
        else wrong.push({ no: row.no, seq: row.seq })
      } else {
        logged += 1
        if (!says(row.entry, commitmentOf(row, row.opening))) wrong.push({ no: row.no, seq: row.seq })
      }
    }
    more = rows.length === auditedAtOnce
    after = rows.at(-1) ?? after
  }
  return { logged, waiting, wrong }
}

const auditedAtOnce = 1000

interface EventKey {
  readonly no: string
  readonly seq: number
}

interface EventRow extends EventKey {
  readonly event: object
}

interface AuditedRow extends EventRow {
  readonly entry: Uint8Array | null
  readonly opening: Uint8Array | null
  readonly waits: boolean
}

// Keyed by random bytes: a case has few likely events, and their plain digests could be guessed.
function commitmentOf({ no, seq, event }: EventRow, opening: Uint8Array): string {
  return createHmac('sha256', opening)
    .update(canonicalJson({ case: no, seq, event }))
    .digest('hex')
}

function says(entry: Uint8Array, commitment: string): boolean {
  const said = JSON.parse(Buffer.from(entry).toString('utf8')) as {
    readonly type?: unknown
    readonly commitment?: unknown
  }
  return said.type === 'case-event' && said.commitment === commitment
}
