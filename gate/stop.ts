import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { GateInputError } from './keys.ts'
import type { GateKey, Trust } from './keys.ts'
import type { GateDatabase, GateTransaction } from './ledger.ts'
import type { ReleaseLog } from './log.ts'
import { signBytes } from './manifest.ts'
import type { BatchTable } from './migrations.ts'
import { canonicalJson } from './canonical-json.ts'

export const stopPayloadType = 'application/vnd.tongguan.stop+json'

/** A batch one person stopped, by its name: it does not leave any more. There is no going back but a new batch. */
export interface Stop {
  readonly batch: string
  /** The name of the person's key. */
  readonly by: string
  readonly because: string
}

/**
 * Any one approver stops a batch that has not left: before it is decided, or after. The row's lock decides between this
 * and a delivery that is under way.
 *
 * @throws GateInputError `gate.not-an-approver`, `gate.already-released`
 */
export async function stopBatch(of: {
  readonly db: GateDatabase
  readonly log: ReleaseLog
  readonly trust: Trust
  readonly name: string
  readonly because: string
  readonly key: GateKey
}): Promise<Stop> {
  const { db, log, trust, name, because, key } = of
  const person = trust.keys.find(({ keyId, roles }) => keyId === key.keyId && roles.includes('approver'))
  if (person === undefined || person.revokedOn !== undefined) {
    throw new GateInputError('gate.not-an-approver', { keyId: key.keyId })
  }
  const stop: Stop = { batch: name, by: person.name, because }
  const envelope = signBytes(stopPayloadType, Buffer.from(canonicalJson({ schema: 'tongguan/stop/1', ...stop })), [key])
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<StoppableRow>`
      select id, state, mode, into_folder from batch where name = ${name} for update`.execute(tx)
    if (rows.some((row) => hasLeft(row, name))) throw new GateInputError('gate.already-released', { batch: name })
    await sql`insert into batch_stop (name, stopped_by, because, envelope)
      values (${name}, ${stop.by}, ${because}, ${JSON.stringify(envelope)}) on conflict do nothing`.execute(tx)
    await log.append(tx, { type: 'batch-stopped', batch: rows[0]?.id ?? null, key: key.keyId })
  })
  return stop
}

type StoppableRow = Pick<BatchTable, 'id' | 'state' | 'mode' | 'into_folder'>

// Killed between the rename and its mark, a plain release stands in the target though its row does not say so yet. A
// sealed one can be stopped until its key is authorised.
function hasLeft({ state, mode, into_folder: into }: StoppableRow, name: string): boolean {
  if (state === 'delivered' || state === 'key-authorised') return true
  return mode === 'plaintext' && state === 'published' && existsSync(join(into, name))
}

/** The stop of a batch; undefined where nobody stopped it. */
export async function stopOf(db: GateDatabase | GateTransaction, name: string): Promise<Stop | undefined> {
  const [stop] = await listStops(db, name)
  return stop
}

/** Every stop, or those of one batch. */
export async function listStops(db: GateDatabase | GateTransaction, name?: string): Promise<readonly Stop[]> {
  const all = db.selectFrom('batch_stop').select(['name as batch', 'stopped_by as by', 'because'])
  return (name === undefined ? all : all.where('name', '=', name)).orderBy('name').execute()
}
