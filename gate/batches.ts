import type { LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import type { GateDatabase, GateTransaction } from './ledger.ts'
import { readEnvelope } from './manifest.ts'
import type { RefusalPredicate, ReleasePredicate, Statement } from './manifest.ts'
import type { BatchTable } from './migrations.ts'
import { permitDigest } from './release.ts'
import type { BareReason, HoldReason } from './hold-reason.ts'
import type { Asking } from './request.ts'
import { reasonWords } from './words.ts'

/* The rows of decided batches. */

/** A batch as `gate status` lists it. */
export interface ListedBatch {
  readonly id: string
  readonly name: string
  readonly state: BatchTable['state']
  readonly decidedOn: LegalDate
  readonly permit: string
  readonly scenario: string
  readonly recipient: string
  readonly pilot: boolean
  /** Why it was held; none for any other state. */
  readonly reasons: readonly HoldReason[]
}

/** Every decided batch, the newest first. */
export async function listBatches(db: GateDatabase): Promise<readonly ListedBatch[]> {
  const rows = await batches(db).select(['permit_id', 'decided_on']).orderBy('decided_at', 'desc').execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    state: row.state,
    decidedOn: row.decided_on as LegalDate,
    permit: row.permit_id,
    scenario: row.scenario,
    recipient: row.recipient_name,
    pilot: row.pilot,
    reasons: reasonsOf(row),
  }))
}

export function reasonsOf(row: BatchRow): readonly HoldReason[] {
  const stored = JSON.parse(row.reasons) as readonly BareReason[]
  return stored.map((reason) => ({ ...reason, words: reasonWords[reason.code](reason.facts) }))
}

/** Decided to leave, not there yet, or there without its key. */
export const underWay = ['authorised', 'published', 'sent', 'key-authorised'] as const

export function isUnderWay({ state }: Pick<BatchRow, 'state'>): boolean {
  return underWay.some((one) => one === state)
}

export type BatchRow = Pick<
  BatchTable,
  | 'id'
  | 'name'
  | 'state'
  | 'log_index'
  | 'reasons'
  | 'envelope'
  | 'source'
  | 'into_folder'
  | 'private_folder'
  | 'capsule'
  | 'key_statement'
  | 'key_log_index'
  | 'key_envelope'
> &
  Asked & { readonly digest: string }

/** What the same batch name must always be asked with. */
export type Asked = Pick<
  BatchTable,
  'permit_digest' | 'scenario' | 'recipient_name' | 'recipient_country' | 'pilot' | 'mode' | 'sealed_to'
>

export function asked({ permit, scenarioId, recipient, pilot, seal }: Asking): Asked {
  return {
    permit_digest: permitDigest(permit),
    scenario: scenarioId,
    recipient_name: recipient.name,
    recipient_country: recipient.country,
    pilot: pilot === true,
    mode: seal === null ? 'plaintext' : 'sealed',
    sealed_to: seal?.to.age ?? null,
  }
}

export function differenceOf(row: BatchRow, now: Asked & { readonly digest: string }): string | undefined {
  if (row.digest !== now.digest) return 'content'
  if (row.permit_digest !== now.permit_digest) return 'permit'
  if (row.scenario !== now.scenario) return 'scenario'
  if (row.recipient_name !== now.recipient_name || row.recipient_country !== now.recipient_country) return 'recipient'
  if (row.mode !== now.mode || row.sealed_to !== now.sealed_to) return 'mode'
  return row.pilot === now.pilot ? undefined : 'pilot'
}

export async function earlierBatch(db: GateDatabase, { permit, batch }: Asking): Promise<BatchRow | undefined> {
  const [row] = await batches(db)
    .where('handler', '=', permit.handler.creditCode)
    .where('name', '=', batch.name)
    .execute()
  return row
}

export function batches(db: GateDatabase) {
  return db
    .selectFrom('batch')
    .select([
      'id',
      'name',
      'digest',
      'permit_digest',
      'scenario',
      'recipient_name',
      'recipient_country',
      'pilot',
      'mode',
      'sealed_to',
      'capsule',
      'key_statement',
      'key_log_index',
      'key_envelope',
      'state',
      'log_index',
      'envelope',
      'source',
      'into_folder',
      'private_folder',
    ])
    .select(sql<string>`reasons::text`.as('reasons'))
}

/** A batch that left after a leaf, and what its manifest says of the register of consents and requests. */
export interface BatchAfter {
  readonly name: string
  readonly recipient: string
  readonly logIndex: number
  /** `passed` under version 2 or later of the check says: nobody on the register of that day was in it. */
  readonly register: { readonly version: number; readonly outcome: string } | null
}

/** Batches released by decisions that stand behind a leaf of the log, in the log's order. */
export async function batchesDecidedAfter(db: GateDatabase, logIndex: number): Promise<readonly BatchAfter[]> {
  const rows = await batches(db)
    .where('state', '<>', 'held')
    .where('log_index', '>', logIndex)
    .orderBy('log_index')
    .execute()
  return rows.map(({ name, recipient_name: recipient, log_index: index, envelope }) => {
    const check = releaseIn(envelope).checks.find(({ id }) => id === 'consents')
    const register = check === undefined ? null : { version: check.version, outcome: check.outcome }
    return { name, recipient, logIndex: Number(index), register }
  })
}

/** What every batch that left states, in the order they were decided; one whose key is still kept back is among them. */
export async function releasedStatements(db: GateDatabase): Promise<readonly ReleasePredicate[]> {
  const rows = await batches(db)
    .where('state', 'in', ['sent', 'key-authorised', 'delivered'])
    .orderBy('decided_at')
    .orderBy('id')
    .execute()
  return rows.map(({ envelope }) => releaseIn(envelope))
}

/** Two calls with one batch name decide one after the other; the second finds the first's row. */
export async function lockBatchName(tx: GateTransaction, { permit, batch }: Asking): Promise<void> {
  const name = JSON.stringify([permit.handler.creditCode, batch.name])
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx)
}

/** Bytes released in this scenario so far, under the lock of its set. */
export async function releasedBytes(tx: GateTransaction, { permit, scenarioId }: Asking): Promise<number> {
  const { rows } = await sql<{
    readonly bytes: number | string
  }>`select coalesce(sum(bytes), 0)::bigint as bytes from batch
    where permit_id = ${permit.id} and scenario = ${scenarioId} and state <> 'held'`.execute(tx)
  return Number(rows[0]?.bytes)
}

// What stands in an envelope this gate signed and its own database kept; which of the two, the row's state says.
export function releaseIn(envelope: string): ReleasePredicate {
  return (statementIn(envelope) as Statement<ReleasePredicate>).predicate
}

export function refusalIn(envelope: string): RefusalPredicate {
  return (statementIn(envelope) as Statement<RefusalPredicate>).predicate
}

export function statementIn(envelope: string): unknown {
  const read = readEnvelope(envelope)
  if (read.kind !== 'envelope') throw new Error('the database holds an envelope this gate did not write')
  return JSON.parse(Buffer.from(read.envelope.payload, 'base64').toString('utf8'))
}
