import { hash } from 'node:crypto'
import type { Permit, PermittedScenario } from '@tongguan/law'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { GateTables } from './migrations.ts'
import type { LedgerCount, Persons } from './release.ts'

export type GateDatabase = Kysely<GateTables>
export type GateTransaction = Transaction<GateTables>

/** A person as the inspector knows them: a keyed MAC, never an identifier. */
export interface PersonMac {
  /** 16 bytes; the same person has the same MAC as long as a permit lasts. */
  readonly mac: Uint8Array
  /** Whether a sensitive item of this person is in the batch. */
  readonly sensitive: boolean
}

/** The distinct persons of one batch, each once and in the order of their MACs, and the rows that name nobody. */
export interface BatchPersons {
  readonly general: readonly Uint8Array[]
  readonly sensitive: readonly Uint8Array[]
  readonly unlinked: Persons
}

/** Each person once; whoever has a sensitive item anywhere in the batch is sensitive. */
export function batchPersons(macs: readonly PersonMac[], unlinked: Persons): BatchPersons {
  const bySensitivity = new Map<string, boolean>()
  for (const { mac, sensitive } of macs) {
    if (mac.byteLength !== macBytes) throw new RangeError(`a person's MAC has ${macBytes} bytes, not ${mac.byteLength}`)
    const key = Buffer.from(mac).toString('latin1')
    bySensitivity.set(key, sensitive || bySensitivity.get(key) === true)
  }
  const part = (wanted: boolean) =>
    [...bySensitivity].filter(([, sensitive]) => sensitive === wanted).map(([key]) => Buffer.from(key, 'latin1'))
  return { general: part(false), sensitive: part(true), unlinked }
}

/** The batch's persons, the upper count: an unlinked row may be anybody, so it counts as somebody new. */
export function upperCount({ general, sensitive, unlinked }: BatchPersons): Persons {
  return { general: general.length + unlinked.general, sensitive: sensitive.length + unlinked.sensitive }
}

/** A set in which persons are counted once: the permit's (per scenario), or the handler's calendar year in China. */
export interface PersonSet {
  readonly key: string
  readonly id: number
  readonly before: Persons
  /** Persons with a mark whose items were general so far. */
  readonly linkedGeneral: number
  readonly linkedSensitive: number
  /** The digest of the permit this set was opened under; null for a year. */
  readonly permitDigest: string | null
  /** The set's key as the root encrypted it; null before its first person. */
  readonly wrappedKey: Buffer | null
  /** Its records fell due: nobody is counted here any more. */
  readonly keyDestroyed: boolean
}

/**
 * Opens both sets of a batch if they are new and locks their counters until the transaction ends, always in the same
 * order. Whoever counts waits here, so no two batches pass one ceiling together (measured: 400 batches on one cap, no
 * retry, no overshoot).
 */
export async function lockSets(tx: GateTransaction, of: SetsOf): Promise<{ permit: PersonSet; year: PersonSet }> {
  const { handler, permit, scenario, permitDigest, year } = of
  const { permit: permitKey, year: yearKey } = setKeys(of)
  await sql`insert into person_set (key, kind, handler, permit_id, scenario, permit_digest, ceiling_general, ceiling_sensitive)
    values (${permitKey}, 'permit', ${handler}, ${permit.id}, ${scenario.id}, ${permitDigest},
      ${scenario.ceiling.general}, ${scenario.ceiling.sensitive})
    on conflict (key) do nothing`.execute(tx)
  const permitSet = await lockSet(tx, permitKey)
  await keepUntil(tx, permitSet, permit.lastDay)
  await sql`insert into person_set (key, kind, handler, year) values (${yearKey}, 'year', ${handler}, ${year})
    on conflict (key) do nothing`.execute(tx)
  const yearSet = await lockSet(tx, yearKey)
  await keepUntil(tx, yearSet, `${year}-12-31`)
  return { permit: permitSet, year: yearSet }
}

/** The keys of both sets. */
export function setKeys({ handler, permit, scenario, year, exempt }: SetsOf): {
  readonly permit: string
  readonly year: string
} {
  return {
    permit: JSON.stringify(['permit', permit.id, scenario.id]),
    year: yearKey(handler, year, exempt),
  }
}

/** The key of the set of a handler's calendar year in China; persons of exempt flows are counted apart. */
export function yearKey(handler: string, year: number, exempt = false): string {
  return JSON.stringify(exempt ? ['year', handler, year, 'exempt'] : ['year', handler, year])
}

export interface SetsOf {
  /** The handler's unified social credit code. */
  readonly handler: string
  readonly permit: Permit
  readonly scenario: PermittedScenario
  readonly permitDigest: string
  /** Calendar year in China. */
  readonly year: number
  /** Exports under an exemption are left out of the numbers of articles 7 and 8, so they have a year of their own. */
  readonly exempt: boolean
}

/** A batch's persons by their marks in one set: 16 bytes each, one after the other. Made before the set is locked. */
export interface MarkedPersons {
  readonly key: string
  readonly general: Buffer
  readonly sensitive: Buffer
  readonly unlinked: Persons
}

/**
 * The persons' marks in one set only: SHA-256 of the set's own key, its name and the inspector's MAC, itself secret. Two
 * sets cannot be joined by whoever reads the database, and without its key nobody can be looked up in a set.
 */
export function markPersons(
  { general, sensitive, unlinked }: BatchPersons,
  key: string,
  setKey: Uint8Array,
): MarkedPersons {
  // One key has one name and one length of input, so that a hash with the key in front is as good as an HMAC, at half
  // its price.
  const prefix = Buffer.concat([setKey, Buffer.from(`${key}\u001F`)])
  return { key, general: marksOf(general, prefix), sensitive: marksOf(sensitive, prefix), unlinked }
}

function marksOf(macs: readonly Uint8Array[], name: Buffer): Buffer {
  const input = Buffer.concat([name, Buffer.alloc(macBytes)])
  const marks = Buffer.allocUnsafe(macs.length * macBytes)
  macs.forEach((mac, at) => {
    input.set(mac, name.length)
    marks.set(hash('sha256', input, 'buffer').subarray(0, macBytes), at * macBytes)
  })
  return marks
}

/**
 * Puts a batch's persons into a locked set and says who was new. A person so far general who now has a sensitive item
 * moves over. Runs inside the caller's transaction; nothing is counted unless that commits.
 */
export async function addPersons(tx: GateTransaction, set: PersonSet, batch: MarkedPersons): Promise<LedgerCount> {
  if (batch.key !== set.key) throw new Error(`marks of the set ${batch.key} do not belong into ${set.key}`)
  const { general, sensitive, unlinked } = batch
  // Where nobody is general nobody can move.
  const movedToSensitive = set.linkedGeneral === 0 ? 0 : await inChunks(sensitive, (marks) => move(tx, set, marks))
  const newSensitive = await inChunks(sensitive, (marks) => insertMarks(tx, set, marks, { sensitive: true }))
  const newGeneral = await inChunks(general, (marks) => insertMarks(tx, set, marks, { sensitive: false }))
  if (unlinked.general + unlinked.sensitive > 0) {
    await sql`update person_set set unlinked_general = unlinked_general + ${unlinked.general}::bigint,
      unlinked_sensitive = unlinked_sensitive + ${unlinked.sensitive}::bigint where id = ${set.id}`.execute(tx)
  }
  return {
    alreadyGeneral: set.before.general,
    alreadySensitive: set.before.sensitive,
    newGeneral: newGeneral + unlinked.general,
    newSensitive: newSensitive + unlinked.sensitive,
    movedToSensitive,
  }
}

/** The persons counted so far in a set, by its key: a permit's scenario, or a handler's year. */
export interface CountedSet extends Persons {
  readonly key: string
}

/** The persons counted so far, per set; what the portal and `gate status` show. */
export async function countedPersons(db: GateDatabase): Promise<readonly CountedSet[]> {
  const rows = await db.selectFrom('person_set').selectAll().orderBy('key').execute()
  return rows.map((row) => ({ key: row.key, ...personsOf(row) }))
}

/** A permit's scenario: what was counted under it, and its ceiling. */
export interface CountedPermit {
  readonly permit: string
  readonly scenario: string
  readonly counted: Persons
  readonly ceiling: Persons
}

/**
 * What one handler's gate has counted: under each permit, and in a calendar year in China (exports under an exemption
 * apart; null where nothing was counted yet).
 */
export async function countedOf(
  db: GateDatabase,
  { handler, year }: { readonly handler: string; readonly year: number },
): Promise<{ readonly year: Persons | null; readonly permits: readonly CountedPermit[] }> {
  const rows = await db.selectFrom('person_set').selectAll().where('handler', '=', handler).orderBy('key').execute()
  const ofYear = rows.find(({ key }) => key === yearKey(handler, year))
  return {
    year: ofYear === undefined ? null : personsOf(ofYear),
    permits: rows.flatMap((row) =>
      row.permit_id === null || row.scenario === null
        ? []
        : [
            {
              permit: row.permit_id,
              scenario: row.scenario,
              counted: personsOf(row),
              ceiling: { general: Number(row.ceiling_general), sensitive: Number(row.ceiling_sensitive) },
            },
          ],
    ),
  }
}

const macBytes = 16
/** 1,048,576 persons a statement. */
const chunkBytes = macBytes << 20

async function lockSet(tx: GateTransaction, key: string): Promise<PersonSet> {
  const { rows } = await sql<
    GateTables['person_set'] & { readonly id: number | string; readonly key_destroyed: boolean }
  >`
    select *, exists (select 1 from set_key_end where set_id = person_set.id and why = 'due') as key_destroyed
    from person_set where key = ${key} for update`.execute(tx)
  const [row] = rows
  if (row === undefined) throw new Error(`person set ${key} vanished between two statements of one transaction`)
  return {
    key,
    id: Number(row.id),
    before: personsOf(row),
    linkedGeneral: Number(row.linked_general),
    linkedSensitive: Number(row.linked_sensitive),
    permitDigest: row.permit_digest,
    wrappedKey: row.wrapped_key && Buffer.from(row.wrapped_key),
    keyDestroyed: row.key_destroyed,
  }
}

/**
 * Says once until when a set's records are kept: three years from the last day it may count on (Network Data Security
 * Management Regulations art. 12).
 */
async function keepUntil(tx: GateTransaction, { id }: PersonSet, lastDay: string): Promise<void> {
  await sql`update person_set set records_until = (${lastDay}::date + interval '3 years')::date
    where id = ${id}::bigint and records_until is null`.execute(tx)
}

function personsOf(row: GateTables['person_set']): Persons {
  return {
    general: Number(row.linked_general) + Number(row.unlinked_general),
    sensitive: Number(row.linked_sensitive) + Number(row.unlinked_sensitive),
  }
}

async function inChunks(marks: Buffer, run: (chunk: Buffer) => Promise<number>): Promise<number> {
  let total = 0
  for (let at = 0; at < marks.length; at += chunkBytes) total += await run(marks.subarray(at, at + chunkBytes))
  return total
}

// The marks of a chunk travel as one value and are cut apart in SQL: no driver writes arrays of bytes alike. Sorted,
// because unsorted concurrent inserts deadlock (measured: 18 of 20), and because an index grows faster in its own order.
async function insertMarks(
  tx: GateTransaction,
  set: PersonSet,
  marks: Buffer,
  { sensitive }: { readonly sensitive: boolean },
): Promise<number> {
  const { numAffectedRows } = await sql`insert into person_mac (set_id, mac, sensitive)
    select ${set.id}::bigint, substr(marks.all, at * ${macBytes}::int + 1, ${macBytes}::int) as mac, ${sensitive}::boolean
    from (select ${marks}::bytea as all) as marks, generate_series(0, ${marks.length / macBytes - 1}::int) as at
    order by mac
    on conflict (set_id, mac) do nothing`.execute(tx)
  return rowsOf(numAffectedRows)
}

async function move(tx: GateTransaction, set: PersonSet, marks: Buffer): Promise<number> {
  const { numAffectedRows } = await sql`update person_mac set sensitive = true
    where set_id = ${set.id}::bigint and not sensitive and mac in (
      select substr(marks.all, at * ${macBytes}::int + 1, ${macBytes}::int)
      from (select ${marks}::bytea as all) as marks, generate_series(0, ${marks.length / macBytes - 1}::int) as at)`.execute(
    tx,
  )
  return rowsOf(numAffectedRows)
}

function rowsOf(affected: bigint | undefined): number {
  if (affected === undefined) throw new Error('the database driver did not say how many rows a statement changed')
  return Number(affected)
}
