import { sql } from 'kysely'
import { randomBytes } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Server } from './app.ts'
import { noteKept } from './case-files.ts'
import type { ServerDb } from './case-files.ts'
import { RequestProblem } from './problem.ts'

/*
 *  begun ──▶ 0 … received … bytes ──▶ kept (SHA-256)
 *              ▲        │ a part at the offset the server names, written at its place and synced before it is counted
 *              └────────┘
 *
 * A connection may end between any two parts: the sender asks how much is there and goes on from it. Parts fit into the
 * limit of every request's body, so nothing else about requests changes.
 */

/** What one file may have at most, in bytes; the authority's own portal takes no larger one. */
export const largestUpload = 100 * 1024 * 1024
/** How much one part carries, in bytes. */
export const uploadPart = 512 * 1024
/** After this many days what was begun and never finished is forgotten. */
const forgottenAfter = 7

export interface Upload {
  readonly id: string
  readonly fileName: string
  readonly bytes: number
  readonly received: number
  /** Of the whole file, once it is all there. */
  readonly sha256: string | null
}

type Where = Pick<Server, 'dataFolder' | 'files'>

export async function beginUpload(
  db: ServerDb,
  { account, fileName, bytes }: { readonly account: string; readonly fileName: string; readonly bytes: number },
): Promise<Upload> {
  if (largestUpload < bytes) throw new RequestProblem('upload.too-large', { bytes, limit: largestUpload })
  const id = randomBytes(16).toString('hex')
  await db.insertInto('upload').values({ id, account, file_name: fileName, bytes }).execute()
  return { id, fileName, bytes, received: 0, sha256: null }
}

/** Throws RequestProblem `upload.not-found` for one that is not there or somebody else's. */
export async function uploadOf(db: ServerDb, id: string, account: string): Promise<Upload> {
  const row = await db
    .selectFrom('upload')
    .select(['id', 'file_name', 'bytes', 'received', 'sha256'])
    .where('id', '=', id)
    .where('account', '=', account)
    .executeTakeFirst()
  if (row === undefined) throw new RequestProblem('upload.not-found', { upload: id })
  return {
    id,
    fileName: row.file_name,
    bytes: Number(row.bytes),
    received: Number(row.received),
    sha256: row.sha256,
  }
}

/**
 * Adds a part where the last one ended; the last part makes it a kept file.
 *
 * @throws RequestProblem `upload.offset` naming where to go on, `upload.too-much`
 */
export async function addPart(
  db: ServerDb,
  where: Where,
  id: string,
  part: { readonly account: string; readonly offset: number; readonly bytes: Uint8Array },
): Promise<Upload> {
  // Two parts at once: the second waits here and then finds that it no longer fits.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`upload:${id}`}, 0))`.execute(db)
  const upload = await uploadOf(db, id, part.account)
  if (upload.received !== part.offset) {
    throw new RequestProblem('upload.offset', { received: upload.received }, { sequence: upload.received })
  }
  const received = part.offset + part.bytes.length
  if (upload.bytes < received) throw new RequestProblem('upload.too-much', { bytes: upload.bytes })
  const path = partFile(where, id)
  await writeAt(where, id, part)
  const sha256 = received === upload.bytes ? await where.files.adopt(path) : null
  if (sha256 !== null) await noteKept(db, [{ sha256, bytes: upload.bytes }])
  await db.updateTable('upload').set({ received, sha256 }).where('id', '=', id).execute()
  return { ...upload, received, sha256 }
}

async function writeAt(
  where: Where,
  id: string,
  { offset, bytes }: { readonly offset: number; readonly bytes: Uint8Array },
): Promise<void> {
  await mkdir(uploadsIn(where), { recursive: true, mode: 0o700 })
  const file = await open(partFile(where, id), offset === 0 ? 'w' : 'r+', 0o600).catch(
    (error: NodeJS.ErrnoException) => {
      // The database was restored without it, or the last part was kept and never counted: it is sent again from the start.
      if (error.code === 'ENOENT') throw new RequestProblem('upload.not-found', { upload: id })
      throw error
    },
  )
  try {
    await file.write(bytes, 0, bytes.length, offset)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A whole file that somebody uploaded. Throws RequestProblem `upload.not-found`, `upload.not-whole`. */
export async function wholeUpload(
  db: ServerDb,
  id: string,
  account: string,
): Promise<Upload & { readonly sha256: string }> {
  const upload = await uploadOf(db, id, account)
  const { sha256 } = upload
  if (sha256 === null) throw new RequestProblem('upload.not-whole', { received: upload.received, bytes: upload.bytes })
  return { ...upload, sha256 }
}

/** Takes away what was begun long ago and never finished. */
export async function forgetUploads(db: ServerDb, where: Pick<Server, 'dataFolder'>): Promise<void> {
  const gone = await db
    .deleteFrom('upload')
    .where('started_at', '<', sql<Date>`now() - make_interval(days => ${forgottenAfter}::int)`)
    .returning('id')
    .execute()
  for (const { id } of gone) await rm(partFile(where, id), { force: true })
}

function uploadsIn({ dataFolder }: Pick<Server, 'dataFolder'>): string {
  return join(dataFolder, 'uploads')
}

function partFile(where: Pick<Server, 'dataFolder'>, id: string): string {
  return join(uploadsIn(where), `${id}.part`)
}
