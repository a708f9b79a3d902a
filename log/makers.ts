// Small makers for the tests of the log.
import { generateKeyPairSync } from 'node:crypto'
import { signCheckpoint } from './checkpoint.ts'
import { append, emptyFrontier, leafHash, nodeHash, rootOf } from './merkle.ts'
import type { Hash, ReadSubtree, TreeHead } from './merkle.ts'
import { noteSigner } from './note.ts'
import type { NoteKeyKind, NoteSigner, NoteVerifier } from './note.ts'
import type { Policy } from './policy.ts'
import { growTiles } from './tiles.ts'
import type { ReadFile } from './tiles.ts'

/** Reads any complete subtree straight from the leaves. */
export function subtreesFrom(leaves: readonly Hash[]): ReadSubtree {
  return ({ height, index }) => Promise.resolve(subtree(leaves, height, index))
}

function subtree(leaves: readonly Hash[], height: number, index: number): Hash {
  if (height > 0) return nodeHash(subtree(leaves, height - 1, index * 2), subtree(leaves, height - 1, index * 2 + 1))
  const leaf = leaves[index]
  if (leaf === undefined) throw new RangeError(`no leaf ${index}`)
  return leaf
}

/** A signer with a new key. */
export function aSigner(name: string, kind: NoteKeyKind): NoteSigner {
  return noteSigner(name, kind, generateKeyPairSync('ed25519').privateKey)
}

/** A log of entries "entry 0", "entry 1" … as files in memory, with its signed checkpoint. */
export async function aLog(
  size: number,
  signer: NoteSigner,
): Promise<{ readonly files: Map<string, Uint8Array>; readonly checkpoint: string; readonly head: TreeHead }> {
  const entries = entriesUpTo(size)
  const files = new Map((await growTiles(() => Promise.resolve(undefined), 0, entries)).map((f) => [f.path, f.bytes]))
  const head = { size, root: rootOf(entries.map(leafHash).reduce(append, emptyFrontier)) }
  const checkpoint = signCheckpoint(head, signer)
  files.set('checkpoint', Buffer.from(checkpoint))
  return { files, checkpoint, head }
}

export function entriesUpTo(size: number): readonly Uint8Array[] {
  return Array.from({ length: size }, (_, i) => Buffer.from(`entry ${i}`))
}

export function readerOf(files: ReadonlyMap<string, Uint8Array>): ReadFile {
  return (path) => Promise.resolve(files.get(path))
}

/** A policy that trusts these logs and asks for no witness. */
export function trusting(...logs: readonly NoteVerifier[]): Policy {
  return { logs, witnesses: [], groups: [], quorum: 'none' }
}
