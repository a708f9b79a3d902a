import { canonicalJson } from '@tongguan/gate'
import type { GateTransaction, Leaf, ReleaseLog } from '@tongguan/gate'
import {
  appendLeaf,
  leafEntry,
  logFolder,
  proveInclusion,
  publishLeaves,
  readCheckpoint,
  rolledBack,
  subtreesOf,
  writeProof,
} from '@tongguan/log'
import type { LogPlace } from '@tongguan/log'
import type { Kysely } from 'kysely'

/** The log as the gate is handed it: leaves in this database, published at `place`, each with the time it was written. */
export function releaseLog<Tables>(db: Kysely<Tables>, place: LogPlace): ReleaseLog {
  return {
    append: (tx: GateTransaction, leaf: Leaf) =>
      appendLeaf(tx, Buffer.from(canonicalJson({ v: 1, at: new Date().toISOString(), ...leaf }))),
    async check() {
      const stopped = await rolledBack(db, place)
      return stopped && { kind: 'stopped', ...stopped }
    },
    async publish() {
      const published = await publishLeaves(db, place)
      return published.kind === 'stopped' ? published : { kind: published.kind }
    },
    async prove(index) {
      const read = logFolder(place.folder)
      const { text, size } = await readCheckpoint(read, place.signer)
      const entry = await leafEntry(db, index)
      if (entry === undefined) throw new Error(`the database has no leaf ${index}`)
      const path = await proveInclusion(subtreesOf(read, size), index, size)
      const origin = place.signer.verifier.name
      return {
        origin,
        index,
        entry: Buffer.from(entry).toString('utf8'),
        proof: writeProof({ index, path, checkpoint: text }),
      }
    },
  }
}
