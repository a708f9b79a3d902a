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
  witnessesNeeded,
  writeProof,
} from '@tongguan/log'
import type { LogPlace } from '@tongguan/log'
import type { Kysely } from 'kysely'

/**
 * The log as the gate is handed it: leaves in this database, published at `place`, each with the time it was written.
 *
 * @param least witnesses this installation must ask for at least, whatever the policy of the place says.
 */
export function releaseLog<Tables>(db: Kysely<Tables>, place: LogPlace, { least = 0 } = {}): ReleaseLog {
  const { witnesses } = place
  const quorum = { needed: witnesses === undefined ? 0 : witnessesNeeded(witnesses.policy), least }
  return {
    quorum,
    append: (tx: GateTransaction, leaf: Leaf) =>
      appendLeaf(tx, Buffer.from(canonicalJson({ v: 1, at: new Date().toISOString(), ...leaf }))),
    async check() {
      const stopped = await rolledBack(db, place)
      return stopped && { kind: 'stopped', ...stopped }
    },
    async publish(index) {
      const published = await publishLeaves(db, place)
      switch (published.kind) {
        case 'stopped':
          return published
        case 'published':
          return quorum.needed < least ? { kind: 'not-cosigned', cosignedBy: [], needed: least } : { kind: 'published' }
        case 'not-cosigned': {
          const { size, cosignedBy, needed } = published
          const isShown = index !== undefined && index < size && least <= needed
          return isShown ? { kind: 'published' } : { kind: 'not-cosigned', cosignedBy, needed: Math.max(needed, least) }
        }
      }
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
