import { createHmac } from 'node:crypto'
import { mayShare } from './person-graph.ts'
import type { Place, Shard } from './person-graph.ts'

/**
 * Shards as a file: what one scan says of persons, to be added up with others of the same key and year elsewhere. The hash
 * of the engine, which lives no longer than the scan, is replaced by HMAC-SHA-256 under the counting key, cut to 64 bits:
 * without the key nobody can try identifiers against the file.
 *
 * `TGSHARD1`, 4 bytes length (little endian), the header as JSON, then for each shard its edges and its mentions (4 bytes
 * key, 8 bytes hash).
 */
export function writeShards(shards: readonly Shard[], key: Uint8Array): Buffer {
  const seal = sealUnder(key)
  const header: Header = {
    schema: 'tongguan/persons-shard/1',
    keyId: createHmac('sha256', key).update('tongguan/persons-shard/1: which key').digest('hex').slice(0, 32),
    shards: shards.map(({ epoch, keys, aboutPersons, edges, mentions }) => ({
      epoch,
      keys,
      aboutPersons,
      edgeBytes: edges.length,
      mentions: mentions.length,
    })),
  }
  const head = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  const bodies = shards.flatMap((shard) => [
    sealedEdges(shard, seal),
    ...shard.mentions.map(({ key: at, hash }) => mentionBytes(at, seal(hash, placeAt(shard.keys, at)))),
  ])
  return Buffer.concat([magic, length, head, ...bodies])
}

/** Shards of any number of such files. Throws RangeError for a file that is none, or files of different keys. */
export function readShards(files: readonly Buffer[]): Shard[] {
  const keyIds = new Set<string>()
  const shards = files.flatMap((bytes) => {
    const { header, body } = headerOf(bytes)
    keyIds.add(header.keyId)
    let at = 0
    const take = (length: number): Buffer => {
      if (at + length > body.length) throw new RangeError('the file of shards is cut off')
      return body.subarray(at, (at += length))
    }
    return header.shards.map(({ epoch, keys, aboutPersons, edgeBytes, mentions }): Shard => ({
      epoch,
      keys,
      aboutPersons,
      edges: take(edgeBytes),
      mentions: Array.from({ length: mentions }, () => {
        const mention = take(12)
        return { key: mention.readUInt32LE(0), hash: mention.readBigUInt64LE(4) }
      }),
    }))
  })
  if (keyIds.size > 1)
    throw new RangeError('these shards were made with different counting keys and cannot be added up')
  return shards
}

interface Header {
  readonly schema: 'tongguan/persons-shard/1'
  /** Tells one key from another, and nothing else of it. */
  readonly keyId: string
  readonly shards: readonly {
    readonly epoch: string
    readonly keys: readonly Place[]
    readonly aboutPersons: boolean
    readonly edgeBytes: number
    readonly mentions: number
  }[]
}

const magic = Buffer.from('TGSHARD1')

function headerOf(bytes: Buffer): { readonly header: Header; readonly body: Buffer } {
  const end = bytes.length < 12 ? 0 : 12 + bytes.readUInt32LE(8)
  if (end === 0 || end > bytes.length || !bytes.subarray(0, 8).equals(magic))
    throw new RangeError('this is no file of shards')
  return { header: JSON.parse(bytes.toString('utf8', 12, end)) as Header, body: bytes.subarray(end) }
}

type Seal = (hash: bigint, place: Place) => bigint

function sealUnder(key: Uint8Array): Seal {
  const own = createHmac('sha256', key).update('tongguan/persons-shard/1').digest()
  const bytes = Buffer.alloc(8)
  return (hash, place) => {
    // No identifier stays none.
    if (hash === 0n) return 0n
    // The last bit of a number that registers may share says whether it is a plain counter.
    const marked = mayShare(place)
    bytes.writeBigUInt64LE(marked ? hash & ~1n : hash)
    const sealed = createHmac('sha256', own).update(bytes).digest().readBigUInt64LE()
    return marked ? (sealed & ~1n) | (hash & 1n) : sealed
  }
}

function sealedEdges({ keys, edges }: Shard, seal: Seal): Buffer {
  const sealed = Buffer.from(edges)
  const width = keys.length * 8 + 12
  for (let from = 0; from + width <= sealed.length; from += width) {
    for (const [at, place] of keys.entries()) {
      const to = from + at * 8
      sealed.writeBigUInt64LE(seal(sealed.readBigUInt64LE(to), place), to)
    }
  }
  return sealed
}

function placeAt(keys: readonly Place[], at: number): Place {
  const place = keys[at]
  if (place === undefined) throw new RangeError(`a shard has no key ${at}`)
  return place
}

function mentionBytes(at: number, hash: bigint): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32LE(at)
  bytes.writeBigUInt64LE(hash, 4)
  return bytes
}
