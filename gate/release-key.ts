import { hash } from 'node:crypto'
import { join } from 'node:path'
import type { LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import { batches, releaseIn, statementIn } from './batches.ts'
import type { BatchRow } from './batches.ts'
import { isWhole, whyNotAnyMore } from './deliver.ts'
import type { Finishing } from './finish.ts'
import type { GateDatabase, GateTransaction } from './ledger.ts'
import { whyNotPublished } from './log.ts'
import type { Leaf } from './log.ts'
import { noticeOf, seal, stateKeyRelease, statementDigest } from './manifest.ts'
import type { KeyReleasePredicate, ReleasePredicate, Statement } from './manifest.ts'
import { exists, syncFolder, systemCode, writeDurably } from './private-copy.ts'
import { capsuleFile, keyEnvelopeFile } from './release-folder.ts'
import { unfinished } from './request.ts'
import type { Unfinished } from './request.ts'

/* The last step of a sealed release: sent ─▶ key-authorised ─ publish, prove, sign ─▶ key beside the container ─▶ delivered. */

/** Lets the key of a sent container follow, once it may; undefined where it stands in the target, or none is due. */
export async function releaseKey(db: GateDatabase, id: string, of: Finishing): Promise<Unfinished | undefined> {
  return (await authoriseKey(db, id, of)) ?? (await publishKey(db, id, of)) ?? (await putKey(db, id, of))
}

// --- the second decision: one transaction -----------------------------------------------------------------------

async function authoriseKey(db: GateDatabase, id: string, of: Finishing): Promise<Unfinished | undefined> {
  let reached = false
  const because = await db.transaction().execute(async (tx) => {
    await sql`select 1 from batch where id = ${id}::uuid for update`.execute(tx)
    const [row] = await batches(tx).where('id', '=', id).execute()
    if (row?.state !== 'sent') return undefined
    const mayNot = (await whyNotAnyMore(tx, row, of)) ?? whyNotThisYear(row, of.on) ?? (await whyNotConfirmed(row, of))
    if (mayNot !== undefined) return mayNot
    await markKeyAuthorised(tx, row, of)
    reached = true
    return undefined
  })
  if (reached) of.step('key-authorised')
  return because
}

/** Persons are counted in the calendar year they leave in, and a container nobody can read yet has not left for them. */
function whyNotThisYear(row: BatchRow, on: LegalDate): Unfinished | undefined {
  const { decidedOn } = releaseIn(row.envelope)
  return decidedOn.slice(0, 4) === on.slice(0, 4) ? undefined : unfinished('gate.year-ended-since', { decidedOn, on })
}

async function whyNotConfirmed(row: BatchRow, { receipt }: Finishing): Promise<Unfinished | undefined> {
  const { files, seal: stated } = releaseIn(row.envelope)
  const target = join(row.into_folder, row.name)
  if (stated?.confirmation !== 'read-back') {
    return receipt === undefined ? unfinished('gate.receipt-awaited', { path: target }) : undefined
  }
  if ((await exists(target)) && (await isWhole(target, row.envelope, files))) return undefined
  return unfinished('gate.container-not-there', { path: target })
}

async function markKeyAuthorised(tx: GateTransaction, row: BatchRow, of: Finishing): Promise<void> {
  const statement = keyStatement(row, of)
  const leaf: Leaf = { type: 'key-authorised', batch: row.id, statement: statementDigest(statement), key: of.key.keyId }
  const index = await of.log.append(tx, leaf)
  await tx
    .updateTable('batch')
    .set({ state: 'key-authorised', key_log_index: index, key_statement: JSON.stringify(statement) })
    .where('id', '=', row.id)
    .execute()
}

// --- published, then let out ------------------------------------------------------------------------------------

async function publishKey(db: GateDatabase, id: string, of: Finishing): Promise<Unfinished | undefined> {
  const [row] = await batches(db).where('id', '=', id).execute()
  if (row?.state !== 'key-authorised' || row.key_statement === null || row.key_envelope !== null) return undefined
  const because = whyNotPublished(await of.log.publish(Number(row.key_log_index)))
  if (because !== undefined) return because
  const statement = JSON.parse(row.key_statement) as Statement<KeyReleasePredicate>
  const log = await of.log.prove(Number(row.key_log_index))
  if ((JSON.parse(log.entry) as Leaf)['statement'] !== statementDigest(statement)) {
    throw new Error(
      `the key of batch ${id} is not the one that leaf ${log.index} of the log records; it does not leave`,
    )
  }
  await db
    .updateTable('batch')
    .set({ key_envelope: seal({ ...statement, predicate: { ...statement.predicate, log } }, of.key) })
    .where('id', '=', id)
    .where('key_envelope', 'is', null)
    .execute()
  of.step('key-proven')
  return undefined
}

async function putKey(db: GateDatabase, id: string, of: Finishing): Promise<Unfinished | undefined> {
  let reached = false
  const because = await db.transaction().execute(async (tx) => {
    await sql`select 1 from batch where id = ${id}::uuid for update`.execute(tx)
    const [row] = await batches(tx).where('id', '=', id).execute()
    if (row?.state !== 'key-authorised' || row.key_envelope === null || row.capsule === null) return undefined
    const target = join(row.into_folder, row.name)
    try {
      // The statement first, the key last: whoever finds a key finds why it is there.
      await writeDurably(target, keyEnvelopeFile, row.key_envelope)
      of.step('key-stated')
      await writeDurably(target, capsuleFile, Buffer.from(row.capsule, 'base64'))
      await syncFolder(target)
    } catch (error) {
      const code = systemCode(error)
      if (code === undefined) throw error
      return unfinished('gate.not-delivered', { path: target, because: code })
    }
    await tx
      .updateTable('batch')
      .set({ state: 'delivered', delivered_at: sql`clock_timestamp()` })
      .where('id', '=', id)
      .execute()
    reached = true
    return undefined
  })
  if (reached) of.step('delivered')
  return because
}

/** What the key's own leaf and statement say. */
function keyStatement(row: BatchRow, { on, receipt }: Finishing): Statement<KeyReleasePredicate> {
  const release = statementIn(row.envelope) as Statement<ReleasePredicate>
  const { seal: stated } = release.predicate
  if (stated === undefined || row.capsule === null) throw new Error(`batch ${row.id} is not sealed and has no key`)
  return stateKeyRelease(
    {
      batch: { id: row.id, name: row.name },
      release: statementDigest(release),
      confirmation: stated.confirmation,
      ...(receipt === undefined ? {} : { receipt }),
      decidedOn: on,
      pilot: row.pilot,
      ...noticeOf(row.pilot),
      log: null,
    },
    hash('sha256', Buffer.from(row.capsule, 'base64')),
  )
}
