import { canonicalJson } from '@tongguan/gate'
import type { GateTransaction, Leaf, ReleaseLog } from '@tongguan/gate'
import {
  appendLeaf,
  leafCount,
  leafEntry,
  logFolder,
  proveInclusion,
  publishedCosigners,
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
 * @param least witnesses this installation must ask for at least, whatever the policy of the place says
 * @param now the clock that dates its entries; the system's
 */
export function releaseLog<Tables>(
  db: Kysely<Tables>,
  place: LogPlace,
  { least = 0, now = () => new Date() } = {},
): ReleaseLog {
  const { witnesses } = place
  const quorum = { needed: witnesses === undefined ? 0 : witnessesNeeded(witnesses.policy), least }
  return {
    quorum,
    append: (tx: GateTransaction, leaf: Leaf) =>
      appendLeaf(tx, (before) =>
        Buffer.from(canonicalJson({ v: 1, at: notBefore(timeOf(before), now().toISOString()), ...leaf })),
      ),
    async check() {
      const stopped = await rolledBack(db, place)
      return stopped && { kind: 'stopped', ...stopped }
    },
    async clock(tx: GateTransaction) {
      const newest = [timeOf(await leafEntry(tx, (await leafCount(tx)) - 1)), await newestCosignatureAt(place)].filter(
        (one) => one !== null,
      )
      return { now: now().toISOString(), newest: newest.sort().at(-1) ?? null }
    },
    async publish(index) {
      const published = await publishLeaves(db, place, { leaf: index })
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

/** An entry's time, RFC 3339 in UTC. */
export function timeOf(entry: Uint8Array | undefined): string | null {
  if (entry === undefined) return null
  return (JSON.parse(Buffer.from(entry).toString('utf8')) as { readonly at: string }).at
}

/** The time of a new entry: never before the last one's, so that a clock set back cannot make the log forget how late it was. */
export function notBefore(last: string | null, now: string): string {
  return last !== null && now < last ? last : now
}

async function newestCosignatureAt({ folder, signer, witnesses }: LogPlace): Promise<string | null> {
  const seconds = (await publishedCosigners(logFolder(folder), signer, witnesses?.policy)).map(
    (one) => one.seconds ?? 0,
  )
  return seconds.length === 0 ? null : new Date(Math.max(...seconds) * 1_000).toISOString()
}
