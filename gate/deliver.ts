import { mkdir, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { batches, releaseIn } from './batches.ts'
import type { BatchRow } from './batches.ts'
import { compareFolder } from './compare-folder.ts'
import type { Finishing } from './finish.ts'
import { GateInputError, isCode } from './keys.ts'
import type { GateDatabase, GateTransaction } from './ledger.ts'
import { digestOf } from './manifest.ts'
import type { ReleasePredicate } from './manifest.ts'
import {
  copyBatch,
  exists,
  leavePrivateFolder,
  makePrivateFolder,
  removeAllBut,
  removeFolder,
  syncFolder,
  syncFolders,
  systemCode,
  writeDurably,
} from './private-copy.ts'
import { dataFolder, envelopeFile, sealedFolder } from './release-folder.ts'
import type { Unfinished } from './request.ts'
import { whyClockBehind, whyNotHolding } from './release.ts'
import { unfinished } from './request.ts'
import { stopOf } from './stop.ts'

/** The row's lock keeps a second process from moving it too. */
export async function deliver(db: GateDatabase, id: string, of: Finishing): Promise<Unfinished | undefined> {
  let reached: 'sent' | 'delivered' | undefined
  const unfinished = await db.transaction().execute(async (tx) => {
    await sql`select 1 from batch where id = ${id}::uuid for update`.execute(tx)
    const [row] = await batches(tx).where('id', '=', id).execute()
    if (row?.state !== 'authorised' && row?.state !== 'published') return undefined
    const mayNot = await whyNotAnyMore(tx, row, of)
    if (mayNot !== undefined) return mayNot
    const because = await place(row, of)
    if (because !== undefined) return because
    reached = row.mode === 'sealed' ? 'sent' : 'delivered'
    await tx
      .updateTable('batch')
      .set({ state: reached, delivered_at: reached === 'sent' ? null : sql<Date>`clock_timestamp()` })
      .where('id', '=', id)
      .execute()
    return undefined
  })
  if (reached !== undefined) of.step(reached)
  return unfinished
}

/** The look again right before the first byte leaves, and before the key does: what happened since the decision. */
export async function whyNotAnyMore(
  tx: GateTransaction,
  row: BatchRow,
  of: Finishing,
): Promise<Unfinished | undefined> {
  const stop = await stopOf(tx, row.name)
  if (stop !== undefined) return unfinished('gate.stopped-since', { by: stop.by, because: stop.because })
  const { permit } = releaseIn(row.envelope)
  if (permit.lastDay < of.on) return unfinished('gate.permit-ended-since', { ended: permit.lastDay })
  const clock = await of.log.clock(tx)
  const [reason] = [...whyClockBehind(clock), ...whyNotHolding(permit, of.revocations, of)]
  if (reason?.code === 'gate.permit-revoked')
    return unfinished('gate.permit-ended-since', { ended: String(reason.facts['revokedOn']) })
  return reason && unfinished('gate.permit-unsure', { because: reason.words.zh, becauseEn: reason.words.en })
}

async function place(row: BatchRow, of: Finishing): Promise<Unfinished | undefined> {
  const target = join(row.into_folder, row.name)
  const { files } = releaseIn(row.envelope)
  try {
    if (await exists(target)) {
      return (await isWhole(target, row.envelope, files))
        ? undefined
        : unfinished('gate.target-occupied', { path: target })
    }
    return await moveOut(row, target, files, of)
  } catch (error) {
    // Decided and counted already: whatever the file system says now, the answer is "not yet", never "nothing happened".
    const because = systemCode(error)
    if (because === undefined) throw error
    return unfinished('gate.not-delivered', { path: row.into_folder, because })
  }
}

async function moveOut(
  row: BatchRow,
  target: string,
  files: ReleasePredicate['files'],
  { step, spare }: Finishing,
): Promise<Unfinished | undefined> {
  const folder = await preparedFolder(row, files, spare)
  if (typeof folder !== 'string') return folder
  try {
    await writeDurably(folder, envelopeFile, row.envelope)
    step('sealed')
    await syncFolders(folder)
    step('synced')
    await mkdir(row.into_folder, { recursive: true })
    await rename(folder, target)
    step('renamed')
    await syncFolder(row.into_folder)
    await syncFolder(dirname(folder))
    return undefined
  } catch (error) {
    // Somebody put something there since the look above; rename does not replace a folder that holds anything.
    if (!isCode(error, 'ENOTEMPTY') && !isCode(error, 'EEXIST') && !isCode(error, 'ENOTDIR')) throw error
    return unfinished('gate.target-occupied', { path: target })
  } finally {
    leavePrivateFolder(folder)
  }
}

/** A private folder with exactly the stated files: the batch's own, a fresh copy, or the source copied once more. */
async function preparedFolder(
  row: BatchRow,
  files: ReleasePredicate['files'],
  spare: string | undefined,
): Promise<string | Unfinished> {
  for (const folder of [row.private_folder, ...(spare === undefined || row.mode === 'sealed' ? [] : [spare])]) {
    if (await holdsExactly(folder, files)) return folder
  }
  // A container cannot be made again: its one-time key is gone.
  if (row.mode === 'sealed')
    return unfinished('gate.prepared-files-lost', { batch: row.name, because: 'container-lost' })
  const folder = await makePrivateFolder(dirname(row.private_folder))
  const because = await whyNotCopiedAgain(row, folder)
  if (because === undefined) return folder
  await removeFolder(folder)
  leavePrivateFolder(folder)
  return unfinished('gate.prepared-files-lost', { batch: row.name, because })
}

async function whyNotCopiedAgain(row: BatchRow, folder: string): Promise<string | undefined> {
  try {
    const files = await copyBatch(row.source, folder)
    // By what the manifest states: a batch that was rebuilt is not the bytes of its source.
    return digestOf(files) === releaseIn(row.envelope).batch.digest ? undefined : 'source-changed'
  } catch (error) {
    if (error instanceof GateInputError) return error.code
    throw error
  }
}

/** The last look before bytes leave: the mover does not rely on what was true when they were copied. */
async function holdsExactly(folder: string, files: ReleasePredicate['files']): Promise<boolean> {
  if (!(await exists(folder))) return false
  await removeAllBut(folder, files.some(({ sealed }) => sealed) ? sealedFolder : dataFolder)
  const { entries, bytes } = await compareFolder(folder, files)
  return entries.length === 0 && bytes.length === 0
}

/** Whether exactly this release stands in its target; of a sealed one, its container. */
export async function isWhole(target: string, envelope: string, files: ReleasePredicate['files']): Promise<boolean> {
  const standing = join(target, envelopeFile)
  if (!(await exists(standing)) || (await readFile(standing, 'utf8')) !== envelope) return false
  const { entries, bytes } = await compareFolder(target, files)
  return entries.length === 0 && bytes.length === 0
}
