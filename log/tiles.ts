import { leafHash, nodeHash } from './merkle.ts'
import type { Hash, ReadSubtree } from './merkle.ts'

/*
 * The log as files (c2sp.org/tlog-tiles). A tile of level L holds up to 256 hashes, each of a complete subtree of 256^L
 * leaves; an entry bundle holds the entries of a level-0 tile. A full tile never changes; a partial one has its width in
 * its name and is superseded, never rewritten.
 */

export const tileWidth = 256
const tileHeight = 8
const hashBytes = 32

/** An entry's length is a 16-bit number in a bundle. */
export const entryBytesMax = 65_535

/** `tile/0/x001/x234/067.p/5`: level, number in groups of three digits, width where it is not full. */
export function tilePath(level: number | 'entries', index: number, width: number = tileWidth): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0')
  const groups = digits.match(/\d{3}/g) ?? []
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${path}${width === tileWidth ? '' : `.p/${width}`}`
}

/** A file of the log by its path; undefined where there is none. */
export type ReadFile = (path: string) => Promise<Uint8Array | undefined>

export interface LogFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/**
 * The files that appending `entries` to a log of `size` entries makes: bundles, tiles of every level touched, full or
 * partial. The same entries make the same bytes, so a publication that broke off is simply done again.
 *
 * @param read the log's files as they are; only its last partial ones are asked for.
 * @throws RangeError for an entry longer than `entryBytesMax`; LogFileError where a file the log must have is missing.
 */
export async function growTiles(
  read: ReadFile,
  size: number,
  entries: readonly Uint8Array[],
): Promise<readonly LogFile[]> {
  const tooLong = entries.find((entry) => entryBytesMax < entry.byteLength)
  if (tooLong !== undefined) throw new RangeError(`an entry of ${tooLong.byteLength} bytes is over ${entryBytesMax}`)
  if (entries.length === 0) return []
  const grown = size + entries.length
  const bundles = await growRow(read, 'entries', size, entries.map(bundleItem), splitBundle)
  const files = [...bundles]
  let below: readonly Hash[] = entries.map(leafHash)
  for (let level = 0; below.length > 0; level++) {
    const from = countAt(level, size)
    const row = await growRow(read, level, from, below, splitTile)
    files.push(...row)
    below = fullTiles(row, from, countAt(level, grown))
  }
  return files
}

/** How many hashes a level holds in a log of `size` entries. */
function countAt(level: number, size: number): number {
  return Math.floor(size / tileWidth ** level)
}

// The rightmost partial file is begun again with what it held; every file after it is new.
async function growRow(
  read: ReadFile,
  level: number | 'entries',
  from: number,
  added: readonly Uint8Array[],
  split: (path: string, bytes: Uint8Array) => readonly Uint8Array[],
): Promise<readonly LogFile[]> {
  const held = from % tileWidth
  const first = Math.floor(from / tileWidth)
  const partial = tilePath(level, first, held)
  const begun = held === 0 ? [] : split(partial, await mustRead(read, partial))
  if (begun.length !== held) throw tooShort(partial, begun.length)
  const items = [...begun, ...added]
  return Array.from({ length: Math.ceil(items.length / tileWidth) }, (_, i) => {
    const part = items.slice(i * tileWidth, (i + 1) * tileWidth)
    return { path: tilePath(level, first + i, part.length), bytes: Buffer.concat(part) }
  })
}

/** The hashes of the level's tiles that became full between `from` and `to` hashes: what the next level gains. */
function fullTiles(row: readonly LogFile[], from: number, to: number): readonly Hash[] {
  const gained = Math.floor(to / tileWidth) - Math.floor(from / tileWidth)
  return row.slice(0, gained).map(({ path, bytes }) => hashPerfect(splitTile(path, bytes)))
}

/** The hash of every complete subtree of a log of `size` entries, from its tiles. */
export function subtreesOf(read: ReadFile, size: number): ReadSubtree {
  return async ({ height, index }) => {
    const level = Math.floor(height / tileHeight)
    const span = 2 ** (height % tileHeight)
    const start = index * span
    const tile = Math.floor(start / tileWidth)
    const width = Math.min(tileWidth, countAt(level, size) - tile * tileWidth)
    const hashes = await readHashes(read, level, tile, width)
    return hashPerfect(hashes.slice(start % tileWidth, (start % tileWidth) + span))
  }
}

// A partial tile may have been superseded by its full one (tlog-tiles, "Partial Tiles").
async function readTile(read: ReadFile, level: number | 'entries', index: number, width: number): Promise<Uint8Array> {
  const full = width === tileWidth ? undefined : await read(tilePath(level, index))
  return full ?? mustRead(read, tilePath(level, index, width))
}

/** The entries of a log of `size`, one bundle after the other. Throws LogFileError where one is missing or broken. */
export async function* readEntries(read: ReadFile, size: number): AsyncGenerator<readonly Uint8Array[]> {
  for (let start = 0; start < size; start += tileWidth) {
    const width = Math.min(tileWidth, size - start)
    const path = tilePath('entries', start / tileWidth, width)
    const items = splitBundle(path, await readTile(read, 'entries', start / tileWidth, width))
    if (items.length < width) throw tooShort(path, items.length)
    yield items.slice(0, width).map((item) => item.subarray(2))
  }
}

/** The hashes a tile holds. Throws LogFileError where it is missing or shorter than its width. */
export async function readHashes(
  read: ReadFile,
  level: number,
  index: number,
  width: number,
): Promise<readonly Hash[]> {
  const path = tilePath(level, index, width)
  const hashes = splitTile(path, await readTile(read, level, index, width))
  if (hashes.length < width) throw tooShort(path, hashes.length)
  return hashes.slice(0, width)
}

/** The root over hashes whose number is a power of two. */
export function hashPerfect(hashes: readonly Hash[]): Hash {
  const [only] = hashes
  if (only === undefined) throw new RangeError('no hashes')
  if (hashes.length === 1) return only
  return nodeHash(hashPerfect(hashes.slice(0, hashes.length / 2)), hashPerfect(hashes.slice(hashes.length / 2)))
}

function splitTile(path: string, bytes: Uint8Array): readonly Hash[] {
  if (bytes.byteLength % hashBytes !== 0) throw new LogFileError(path, 'broken', 'it is not a row of hashes')
  return Array.from({ length: Math.floor(bytes.byteLength / hashBytes) }, (_, i) =>
    bytes.subarray(i * hashBytes, (i + 1) * hashBytes),
  )
}

function bundleItem(entry: Uint8Array): Uint8Array {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(entry.byteLength)
  return Buffer.concat([length, entry])
}

/** A bundle's entries, each with its length before it. */
function splitBundle(path: string, bytes: Uint8Array): readonly Uint8Array[] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const items: Uint8Array[] = []
  for (let at = 0; at < view.byteLength;) {
    const end = at + 2 <= view.byteLength ? at + 2 + view.readUInt16BE(at) : Number.POSITIVE_INFINITY
    if (view.byteLength < end) throw new LogFileError(path, 'broken', `it breaks off in entry ${items.length}`)
    items.push(view.subarray(at, end))
    at = end
  }
  return items
}

function tooShort(path: string, held: number): LogFileError {
  return new LogFileError(path, 'broken', `it holds only ${held}`)
}

async function mustRead(read: ReadFile, path: string): Promise<Uint8Array> {
  const bytes = await read(path)
  if (bytes === undefined) throw new LogFileError(path, 'missing', 'the log lacks it')
  return bytes
}

/** A file the log must have is not there, or does not hold what its name says. */
export class LogFileError extends Error {
  readonly path: string
  readonly fault: 'missing' | 'broken'

  constructor(path: string, fault: 'missing' | 'broken', because: string) {
    super(`${path}: ${because}`)
    this.name = 'LogFileError'
    this.path = path
    this.fault = fault
  }
}
