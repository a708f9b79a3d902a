import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { append, isSame, leafHash, rootOf } from './merkle.ts'
import type { Frontier, TreeHead } from './merkle.ts'
import type { NoteSigner } from './note.ts'
import { growTiles } from './tiles.ts'
import type { ReadFile } from './tiles.ts'

/** The files of a log in a folder; what is not there reads as undefined. */
export function logFolder(folder: string): ReadFile {
  return async (path) => {
    try {
      return await readFile(join(folder, path))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }
}

/**
 * Publishes entries into a log's folder: the tiles first, each durably, then the checkpoint. Whoever was stopped in the
 * middle publishes the same entries again and gets the same bytes. Nothing is signed that does not continue what this
 * folder and `signed`, the signer's own memory, already show.
 *
 * @param before the log at the head signed last, or earlier, from whoever keeps the entries.
 * @param signed the last head this signer signed, from a place that is not restored together with the entries.
 * @param settle gets the signed checkpoint before anybody sees it and keeps it in the signer's memory; it answers what is
 * to be shown, or undefined where it must wait for witnesses.
 */
export async function publish(
  folder: string,
  before: Frontier,
  entries: readonly Uint8Array[],
  {
    signer,
    signed,
    settle = (checkpoint) => Promise.resolve(checkpoint),
  }: {
    readonly signer: NoteSigner
    readonly signed: TreeHead | null
    readonly settle?: (checkpoint: string, head: TreeHead) => Promise<string | undefined>
  },
): Promise<Published> {
  const after = entries.map(leafHash).reduce(append, before)
  const head = { size: after.size, root: rootOf(after) }
  const last = await publishedHead(logFolder(folder), signer)
  for (const earlier of [last, signed]) {
    if (earlier !== null && !continues(before, entries, earlier)) return { kind: 'stopped', head, earlier }
  }
  for (const { path, bytes } of await growTiles(logFolder(folder), before.size, entries)) {
    await writeDurably(join(folder, path), bytes)
  }
  const checkpoint = await settle(signCheckpoint(head, signer), head)
  if (checkpoint === undefined) return { kind: 'not-cosigned', head }
  await writeDurably(join(folder, 'checkpoint'), Buffer.from(checkpoint))
  return { kind: 'published', head, frontier: after, checkpoint }
}

export type Published =
  | { readonly kind: 'published'; readonly head: TreeHead; readonly frontier: Frontier; readonly checkpoint: string }
  /** The tiles are there, the checkpoint is not: the witnesses' quorum was not met. */
  | { readonly kind: 'not-cosigned'; readonly head: TreeHead }
  /** The entries do not continue what was signed before: an older copy was restored, or history was changed. */
  | { readonly kind: 'stopped'; readonly head: TreeHead; readonly earlier: TreeHead }

// `earlier` must be one of the heads that appending these entries one by one passes.
function continues(before: Frontier, entries: readonly Uint8Array[], earlier: TreeHead): boolean {
  if (earlier.size < before.size) return false
  const passed = entries
    .slice(0, earlier.size - before.size)
    .map(leafHash)
    .reduce(append, before)
  return passed.size === earlier.size && isSame(rootOf(passed), earlier.root)
}

export async function publishedHead(read: ReadFile, { verifier }: NoteSigner): Promise<TreeHead | null> {
  const bytes = await read('checkpoint')
  if (bytes === undefined) return null
  const opened = openCheckpoint(bytes, [verifier])
  if (opened.kind === 'wrong') throw new Error(`the log's own checkpoint cannot be used (${opened.code})`)
  return opened.checkpoint
}

/** The log's newest checkpoint as it stands in its folder, and the size it is of. Throws where there is none. */
export async function readCheckpoint(
  read: ReadFile,
  { verifier }: NoteSigner,
): Promise<{ readonly text: string; readonly size: number }> {
  const bytes = await read('checkpoint')
  const opened = bytes === undefined ? undefined : openCheckpoint(bytes, [verifier])
  if (bytes === undefined || opened?.kind !== 'opened') throw new Error('the log has no checkpoint of its own')
  return { text: Buffer.from(bytes).toString('utf8'), size: opened.checkpoint.size }
}

/** Wholly or not at all, also through a power cut: a new file, synced, renamed into place, its folder synced. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path)
  const made = await mkdir(folder, { recursive: true })
  const half = `${path}.tmp`
  const file = await open(half, 'w')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(half, path)
  for (let at = folder; ; at = dirname(at)) {
    await syncFolder(at)
    if (made === undefined || at === dirname(made)) break
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
