import { mkdir, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import { batches, isUnderWay, releaseIn } from './batches.ts'
import type { BatchRow } from './batches.ts'
import { GateInputError, isCode } from './keys.ts'
import type { GateKey } from './keys.ts'
import type { GateDatabase, GateTransaction } from './ledger.ts'
import type { ReleaseLog } from './log.ts'
import { digestOf } from './manifest.ts'
import type { ReleasePredicate } from './manifest.ts'
import type { Revocations } from './permit.ts'
import {
  copyBatch,
  dataFolder,
  envelopeFile,
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
import { publishDecision } from './publish-decision.ts'
import type { ReleaseStep, Unfinished } from './request.ts'
import { unfinished } from './request.ts'
import { stopOf } from './stop.ts'
import { compareFolder } from './verify.ts'

/** Publishes an authorised batch's leaf, then moves the batch into its target and marks it. */
export async function finish(db: GateDatabase, id: string, of: Finishing): Promise<Unfinished | undefined> {
  return (await publishDecision(db, id, of)) ?? (await deliver(db, id, of))
}

/** The row's lock keeps a second process from moving it too. */
async function deliver(db: GateDatabase, id: string, of: Finishing): Promise<Unfinished | undefined> {
  const unfinished = await db.transaction().execute(async (tx) => {
    await sql`select 1 from batch where id = ${id}::uuid for update`.execute(tx)
    const [row] = await batches(tx).where('id', '=', id).execute()
    if (row === undefined || !isUnderWay(row)) return undefined
    const mayNot = await whyNotAnyMore(tx, row, of)
    if (mayNot !== undefined) return mayNot
    const because = await place(row, of)
    if (because !== undefined) return because
    await tx
      .updateTable('batch')
      .set({ state: 'delivered', delivered_at: sql`clock_timestamp()` })
      .where('id', '=', id)
      .execute()
    return undefined
  })
  if (unfinished === undefined) of.step('delivered')
  return unfinished
}

export interface Finishing {
  readonly key: GateKey
  readonly log: ReleaseLog
  /** The day, and the authority's list: what was decided earlier leaves only under a permit that still holds. */
  readonly on: LegalDate
  readonly revocations: Revocations | null
  readonly step: (step: ReleaseStep) => void
  /** A fresh copy of the same bytes, should the first be gone. */
  readonly spare?: string
}

/** The second look, right before the first byte leaves: what happened since the decision. */
async function whyNotAnyMore(tx: GateTransaction, row: BatchRow, of: Finishing): Promise<Unfinished | undefined> {
  const stop = await stopOf(tx, row.name)
  if (stop !== undefined) return unfinished('gate.stopped-since', { by: stop.by, because: stop.because })
  const { permit } = releaseIn(row.envelope)
  if (permit.lastDay < of.on) return unfinished('gate.permit-ended-since', { ended: permit.lastDay })
  const revoked = of.revocations?.permits.find(({ id, on }) => id === permit.id && on <= of.on)
  return revoked && unfinished('gate.permit-ended-since', { ended: revoked.on })
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
  for (const folder of [row.private_folder, ...(spare === undefined ? [] : [spare])]) {
    if (await holdsExactly(folder, files)) return folder
  }
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
    return digestOf(files) === row.digest ? undefined : 'source-changed'
  } catch (error) {
    if (error instanceof GateInputError) return error.code
    throw error
  }
}

/** The last look before bytes leave: the mover does not rely on what was true when they were copied. */
async function holdsExactly(folder: string, files: ReleasePredicate['files']): Promise<boolean> {
  if (!(await exists(folder))) return false
  await removeAllBut(folder, dataFolder)
  const { entries, bytes } = await compareFolder(folder, files)
  return entries.length === 0 && bytes.length === 0
}

async function isWhole(target: string, envelope: string, files: ReleasePredicate['files']): Promise<boolean> {
  const standing = join(target, envelopeFile)
  if (!(await exists(standing)) || (await readFile(standing, 'utf8')) !== envelope) return false
  const { entries, bytes } = await compareFolder(target, files)
  return entries.length === 0 && bytes.length === 0
}
