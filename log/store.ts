import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { append, emptyFrontier, isSame, leafHash, rootOf } from './merkle.ts'
import type { Frontier, TreeHead } from './merkle.ts'
import { decodeBase64 } from './note.ts'
import type { NoteSigner } from './note.ts'
import { logFolder, publish, publishedHead, writeDurably } from './publish.ts'

/*
 *   fact + leaf ── one transaction ──▶ log_leaf ──▶ tiles ──▶ signer's memory ──▶ (witnesses) ──▶ checkpoint
 *
 * The database holds the leaves, the folder what is published of them, and a file of the signer's own the last head it
 * signed. An older database put back has fewer leaves than that head; then nothing more is signed.
 */

/** The longest entry: what a leaf says is small and names nobody. */
export const leafBytesMax = 4096

/**
 * Appends an entry in the caller's transaction and says its index. The head's row stays locked until that ends, so call
 * it last.
 *
 * @throws RangeError for an empty entry or one over `leafBytesMax`
 */
export async function appendLeaf<Tables>(tx: Transaction<Tables>, entry: Uint8Array): Promise<number> {
  if (entry.byteLength < 1 || leafBytesMax < entry.byteLength) {
    throw new RangeError(`a leaf has 1 to ${leafBytesMax} bytes, not ${entry.byteLength}`)
  }
  const { rows } = await sql<{ readonly size: number | string }>`select size from log_head for update`.execute(tx)
  const size = Number(rows[0]?.size)
  const { peaks } = append(await frontierAt(tx, size), leafHash(entry))
  await sql`insert into log_leaf (index, entry, peaks)
    values (${size}::bigint, ${Buffer.from(entry)}::bytea, ${Buffer.concat(peaks)}::bytea)`.execute(tx)
  return size
}

/** How many leaves the database holds. */
export async function leafCount<Tables>(db: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ readonly size: number | string }>`select size from log_head`.execute(db)
  return Number(rows[0]?.size)
}

/** The entry of a leaf; undefined where there is none. */
export async function leafEntry<Tables>(db: Kysely<Tables>, index: number): Promise<Uint8Array | undefined> {
  const { rows } = await sql<{ readonly entry: Uint8Array }>`
    select entry from log_leaf where index = ${index}::bigint`.execute(db)
  return rows[0]?.entry
}

/** Where a log is published, by whom, and where its signer remembers what it signed last. */
export interface LogPlace {
  readonly folder: string
  readonly signer: NoteSigner
  /** A file that is not restored together with the database. */
  readonly memory: string
  /** Brings a signed checkpoint back with its cosignatures; undefined where the quorum is not met. Default: no witness. */
  readonly cosign?: (checkpoint: string, head: TreeHead) => Promise<string | undefined>
}

/**
 * Whether the database still holds what was signed and published: undefined, or the sizes where it does not. An older
 * copy of the database, or one whose history was changed, never continues a signed head.
 */
export async function rolledBack<Tables>(db: Kysely<Tables>, place: LogPlace): Promise<RolledBack | undefined> {
  for (const earlier of await earlierHeads(place)) {
    const database = await leafCount(db)
    if (database < earlier.size || !isSame(rootOf(await frontierAt(db, earlier.size)), earlier.root)) {
      return { database, signed: earlier.size }
    }
  }
  return undefined
}

export interface RolledBack {
  /** Leaves in the database. */
  readonly database: number
  /** Leaves of the head that was signed or published. */
  readonly signed: number
}

/** Publishes every committed leaf; one process at a time, by a lock of the database. Done again, it does nothing new. */
export async function publishLeaves<Tables>(db: Kysely<Tables>, place: LogPlace): Promise<LeavesPublished> {
  return db.transaction().execute(async (tx): Promise<LeavesPublished> => {
    await sql`select pg_advisory_xact_lock(hashtextextended('tongguan log publication', 0))`.execute(tx)
    const stopped = await rolledBack(tx, place)
    if (stopped !== undefined) return { kind: 'stopped', ...stopped }
    const heads = await earlierHeads(place)
    const shown = await publishedHead(logFolder(place.folder), place.signer)
    const size = await leafCount(tx)
    if (shown?.size === size) return { kind: 'published', size }
    const from = shown?.size ?? 0
    const published = await publish(place.folder, await frontierAt(tx, from), await entriesFrom(tx, from), {
      signer: place.signer,
      signed: heads.at(-1) ?? null,
      settle: async (checkpoint, head) => {
        await rememberHead(place.memory, head)
        return place.cosign === undefined ? checkpoint : place.cosign(checkpoint, head)
      },
    })
    switch (published.kind) {
      case 'published':
        return { kind: 'published', size: published.head.size }
      case 'not-cosigned':
        return published
      case 'stopped':
        return { kind: 'stopped', database: size, signed: published.earlier.size }
    }
  })
}

export type LeavesPublished =
  | { readonly kind: 'published'; readonly size: number }
  | { readonly kind: 'not-cosigned'; readonly head: TreeHead }
  | ({ readonly kind: 'stopped' } & RolledBack)

/** The heads shown and signed, the smaller first; what is signed but not shown yet is larger. */
async function earlierHeads({ folder, signer, memory }: LogPlace): Promise<readonly TreeHead[]> {
  const heads = [await publishedHead(logFolder(folder), signer), await signedLast(memory)]
  return heads.filter((head) => head !== null).sort((left, right) => left.size - right.size)
}

/** The tree of the first `size` leaves. */
async function frontierAt<Tables>(db: Kysely<Tables>, size: number): Promise<Frontier> {
  if (size === 0) return emptyFrontier
  const { rows } = await sql<{ readonly peaks: Uint8Array }>`
    select peaks from log_leaf where index = ${size - 1}::bigint`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error(`the log has no leaf ${size - 1}, though its head says so`)
  const peaks = Array.from({ length: row.peaks.byteLength / 32 }, (_, at) =>
    Uint8Array.from(row.peaks.subarray(at * 32, (at + 1) * 32)),
  )
  return { size, peaks }
}

async function entriesFrom<Tables>(db: Kysely<Tables>, from: number): Promise<readonly Uint8Array[]> {
  const { rows } = await sql<{ readonly entry: Uint8Array }>`
    select entry from log_leaf where index >= ${from}::bigint order by index`.execute(db)
  return rows.map(({ entry }) => entry)
}

/** The head a signer signed last; null before its first. Throws where its memory is there and cannot be read. */
export async function signedLast(memory: string): Promise<TreeHead | null> {
  let text: string
  try {
    text = await readFile(memory, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const { size, root } = JSON.parse(text) as { readonly size?: unknown; readonly root?: unknown }
  const bytes = typeof root === 'string' ? decodeBase64(root) : undefined
  if (!Number.isSafeInteger(size) || bytes?.byteLength !== 32) throw new Error(`${memory} is no signer's memory`)
  return { size: Number(size), root: bytes }
}

/** Keeps a head durably; a crash leaves the old one or the new one. */
export async function rememberHead(memory: string, { size, root }: TreeHead): Promise<void> {
  await mkdir(dirname(memory), { recursive: true, mode: 0o700 })
  const text = `${JSON.stringify({ size, root: Buffer.from(root).toString('base64') })}\n`
  await writeDurably(memory, Buffer.from(text))
}
