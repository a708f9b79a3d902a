import { mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { askWitnesses, openOwn, pendingFile, signaturesUnder, withCosignatures } from './cosign.ts'
import type { OwnCheckpoint, Witnesses } from './cosign.ts'
import { append, emptyFrontier, isSame, leafHash, rootOf } from './merkle.ts'
import type { Frontier, TreeHead } from './merkle.ts'
import { decodeBase64 } from './note.ts'
import type { NoteSignature, NoteSigner } from './note.ts'
import { meetsQuorum, witnessesNeeded } from './policy.ts'
import { logFolder, publish, publishedHead, writeDurably } from './publish.ts'

/*
 *   fact + leaf ── one transaction ──▶ log_leaf ──▶ tiles ──▶ signer's memory ──▶ (cosign.ts) ──▶ checkpoint
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
 * @param entryAfter the entry, from the one it follows (undefined for the first)
 * @throws RangeError for an empty entry or one over `leafBytesMax`
 */
export async function appendLeaf<Tables>(
  tx: Transaction<Tables>,
  entryAfter: (before: Uint8Array | undefined) => Uint8Array,
): Promise<number> {
  const { rows } = await sql<{ readonly size: number | string }>`select size from log_head for update`.execute(tx)
  const size = Number(rows[0]?.size)
  const entry = entryAfter(await leafEntry(tx, size - 1))
  if (entry.byteLength < 1 || leafBytesMax < entry.byteLength) {
    throw new RangeError(`a leaf has 1 to ${leafBytesMax} bytes, not ${entry.byteLength}`)
  }
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
  /** Who must cosign a checkpoint before it is shown; left out, nobody. */
  readonly witnesses?: Witnesses
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

/**
 * Publishes every committed leaf, as far as the witnesses' quorum allows. Done again, it does nothing new; whoever waits
 * for cosignatures by file calls it again when they have come. Witnesses are asked while nothing is locked.
 *
 * @param leaf one that somebody waits for: a checkpoint without it, which nobody cosigned yet, gives way to a newer one
 */
export async function publishLeaves<Tables>(
  db: Kysely<Tables>,
  place: LogPlace,
  { leaf }: { readonly leaf?: number | undefined } = {},
): Promise<LeavesPublished> {
  for (;;) {
    const published = await locked(db, (tx) => publishSettled(tx, place, leaf))
    if (published.kind !== 'not-cosigned' || place.witnesses === undefined) return published
    const { signer, folder, witnesses } = place
    const own = await readOwn(place, pendingFile)
    const offered =
      own === undefined
        ? []
        : await askWitnesses(own, witnesses, { from: published.size, read: logFolder(folder), signer })
    if (!(await locked(db, () => keepCosignatures(place, offered)))) return published
  }
}

/**
 * Takes in cosignatures that came by file, under the checkpoint a witness gave back (`log witness --out`), and says whose
 * were new. `other-checkpoint`: they are not of the one that waits.
 */
export async function addCosignatures<Tables>(
  db: Kysely<Tables>,
  place: LogPlace,
  cosigned: Uint8Array,
): Promise<CosignaturesAdded> {
  return locked(db, async (): Promise<CosignaturesAdded> => {
    const own = await readOwn(place, pendingFile)
    const offered = own && signaturesUnder(cosigned, own)
    if (own === undefined || offered === undefined) return { kind: 'other-checkpoint' }
    await keepCosignatures(place, offered)
    const before = own.cosigners.map(({ verifier }) => verifier.name)
    const after = (await readOwn(place, pendingFile))?.cosigners.map(({ verifier }) => verifier.name) ?? []
    return { kind: 'added', size: own.checkpoint.size, added: after.filter((name) => !before.includes(name)) }
  })
}

export type CosignaturesAdded =
  | { readonly kind: 'added'; readonly size: number; readonly added: readonly string[] }
  | { readonly kind: 'other-checkpoint' }

/** One process at a time, by a lock of the database; the log's files change under it alone. */
function locked<Tables, T>(db: Kysely<Tables>, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('tongguan log publication', 0))`.execute(tx)
    return work(tx)
  })
}

/** What has its cosignatures is shown, what is new is signed and shown or made to wait for them. */
async function publishSettled<Tables>(
  tx: Transaction<Tables>,
  place: LogPlace,
  leaf: number | undefined,
): Promise<LeavesPublished> {
  const { folder, signer, memory, witnesses } = place
  const stopped = await rolledBack(tx, place)
  if (stopped !== undefined) return { kind: 'stopped', ...stopped }
  const waiting = await settle(place)
  const shown = await publishedHead(logFolder(folder), signer)
  const givesWay = waiting?.cosigners.length === 0 && leaf !== undefined && waiting.checkpoint.size <= leaf
  if (waiting !== undefined && !givesWay) return notCosigned(waiting, shown, place)
  const heads = await earlierHeads(place)
  const size = await leafCount(tx)
  if (shown?.size === size) return { kind: 'published', size }
  const from = shown?.size ?? 0
  const published = await publish(folder, await frontierAt(tx, from), await entriesFrom(tx, from), {
    signer,
    signed: heads.at(-1) ?? null,
    settle: async (checkpoint, head) => {
      await rememberHead(memory, head)
      if (witnesses === undefined || meetsQuorum(witnesses.policy, [])) return checkpoint
      await writeDurably(join(folder, pendingFile), Buffer.from(checkpoint))
      return undefined
    },
  })
  switch (published.kind) {
    case 'published':
      return { kind: 'published', size: published.head.size }
    case 'not-cosigned':
      return notCosigned(await settle(place), shown, place)
    case 'stopped':
      return { kind: 'stopped', database: size, signed: published.earlier.size }
  }
}

/** Shows the checkpoint that waits, if the quorum cosigned it; undefined where none waits any more. */
async function settle(place: LogPlace): Promise<OwnCheckpoint | undefined> {
  const { folder, signer, witnesses } = place
  const own = await readOwn(place, pendingFile)
  if (own === undefined) return undefined
  const shown = await publishedHead(logFolder(folder), signer)
  const isShown = shown !== null && own.checkpoint.size <= shown.size
  if (!isShown && witnesses !== undefined && !meetsQuorum(witnesses.policy, own.cosigners)) return own
  if (!isShown) await writeDurably(join(folder, 'checkpoint'), Buffer.from(own.text))
  await rm(join(folder, pendingFile))
  return undefined
}

function notCosigned(
  waiting: OwnCheckpoint | undefined,
  shown: TreeHead | null,
  { witnesses }: LogPlace,
): LeavesPublished {
  if (waiting === undefined || witnesses === undefined) throw new Error('a checkpoint waits for nobody')
  return {
    kind: 'not-cosigned',
    size: shown?.size ?? 0,
    waiting: waiting.checkpoint.size,
    cosignedBy: waiting.cosigners.map(({ verifier }) => verifier.name),
    needed: witnessesNeeded(witnesses.policy),
  }
}

/** Keeps the cosignatures that hold under the checkpoint that waits; whether there was a new one. */
async function keepCosignatures(place: LogPlace, offered: readonly NoteSignature[]): Promise<boolean> {
  const own = await readOwn(place, pendingFile)
  if (own === undefined || place.witnesses === undefined) return false
  const text = withCosignatures(own, offered, place.witnesses.policy)
  if (text === own.text) return false
  await writeDurably(join(place.folder, pendingFile), Buffer.from(text))
  return true
}

async function readOwn({ folder, signer, witnesses }: LogPlace, file: string): Promise<OwnCheckpoint | undefined> {
  const bytes = await logFolder(folder)(file)
  return bytes === undefined ? undefined : openOwn(bytes, signer, witnesses?.policy)
}

export type LeavesPublished =
  | { readonly kind: 'published'; readonly size: number }
  | {
      readonly kind: 'not-cosigned'
      /** Leaves in the checkpoint shown, and in the one that waits for cosignatures. */
      readonly size: number
      readonly waiting: number
      readonly cosignedBy: readonly string[]
      /** The fewest witnesses that can meet the quorum. */
      readonly needed: number
    }
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
