import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import type { Encoding, SourceFile } from './sources.ts'
import { FileError } from './words.ts'
import type { FileErrorCode } from './words.ts'

/** What one file may grow to; beyond it the file is an error, not a wait without end. */
export interface Limits {
  /** Bytes a compressed file may unpack to, and those that may come from databases and object stores in one scan. */
  readonly unpackedBytes: number
  /** Unpacked bytes for each packed one, once `ratioFreeBytes` are unpacked. */
  readonly ratio: number
  readonly ratioFreeBytes: number
  /** Bytes of one row. */
  readonly rowBytes: number
  /** Characters of a document that is only read whole: a bundle of FHIR resources. */
  readonly documentBytes: number
  readonly columns: number
  /** How long a database may take to be connected to. */
  readonly connectSeconds: number
  /** How long a database may take to answer with one table. */
  readonly statementSeconds: number
}

export const usualLimits: Limits = {
  unpackedBytes: 200e9,
  ratio: 250,
  ratioFreeBytes: 32e6,
  rowBytes: 32e6,
  documentBytes: 256e6,
  columns: 10_000,
  connectSeconds: 15,
  statementSeconds: 6 * 3600,
}

/** What was seen of a file while it was read. */
export interface Seen {
  bytes: number
  /** Of the file's own bytes; empty until it is read to its end. */
  sha256: string
  quotes: number
}

export const seenNothing = (): Seen => ({ bytes: 0, sha256: '', quotes: 0 })

/**
 * A file as UTF-8, unpacked, without a byte order mark. Throws FileError: it changed since it was listed, is no valid text in
 * this encoding, is cut off inside the compression, unpacks to too much, or has a row beyond the limit.
 */
export async function* utf8Of(
  file: SourceFile,
  { encoding, gzip }: { readonly encoding: Encoding; readonly gzip: boolean },
  limits: Limits,
  seen: Seen = seenNothing(),
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<Buffer> {
  const decoder = encoding === 'utf-8' ? undefined : new TextDecoder(encoding, { fatal: true })
  const check = utf8Checker()
  let first = true
  let sinceLine = 0
  for await (const chunk of unpacked(file, gzip, limits, seen, onBytes)) {
    let bytes = decoder === undefined ? chunk : Buffer.from(decoded(() => decoder.decode(chunk, { stream: true })))
    if (first && bytes.length > 0) {
      first = false
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3)
    }
    if (decoder === undefined && !check(bytes, false)) throw new FileError('scan.encoding-unknown')
    const end = bytes.lastIndexOf(10)
    sinceLine = end === -1 ? sinceLine + bytes.length : bytes.length - end
    if (sinceLine > limits.rowBytes) throw new FileError('scan.row-too-long')
    if (bytes.includes(34)) seen.quotes += countOf(34, bytes)
    yield bytes
  }
  // All before it was sound: the last character lacks its end.
  if (decoder !== undefined) decoded(() => decoder.decode(), 'scan.file-truncated')
  else if (!check(Buffer.alloc(0), true)) throw new FileError('scan.file-truncated')
}

function countOf(byte: number, bytes: Buffer): number {
  let count = 0
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === byte) count++
  return count
}

function decoded(decode: () => string, otherwise: FileErrorCode = 'scan.encoding-unknown'): string {
  try {
    return decode()
  } catch {
    // A fatal decoder answers "no" by throwing.
    throw new FileError(otherwise)
  }
}

const chunkBytes = 1 << 20

/** The first bytes of a file, unpacked. */
export async function headOf(file: SourceFile, gzip: boolean, length: number, limits: Limits): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of unpacked(file, gzip, limits, seenNothing(), () => undefined, 1 << 16)) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes >= length) break
    }
  } catch (error) {
    // Cut off inside the compression: what comes before it can still be read, and the error comes again with it.
    if (!(error instanceof FileError && error.code === 'scan.file-truncated') || bytes === 0) throw error
  }
  return Buffer.concat(chunks).subarray(0, length)
}

/** A file's bytes, unpacked. Throws FileError. */
export async function* unpacked(
  file: SourceFile,
  gzip: boolean,
  limits: Limits,
  seen: Seen,
  onBytes: (bytes: number) => void = () => undefined,
  highWaterMark = chunkBytes,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  const packed = createReadStream(file.location, { highWaterMark: Math.max(1, Math.min(highWaterMark, file.bytes)) })
  packed.on('data', (chunk) => {
    hash.update(chunk)
    seen.bytes += chunk.length
    onBytes(chunk.length)
  })
  const stream = gzip ? packed.pipe(createGunzip({ chunkSize: highWaterMark })) : packed
  if (gzip) packed.on('error', (error) => stream.destroy(error))
  let out = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      out += chunk.length
      if (gzip && (out > limits.unpackedBytes || (out > limits.ratioFreeBytes && out > limits.ratio * seen.bytes)))
        throw new FileError('scan.unpacks-to-too-much')
      yield chunk
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'Z_BUF_ERROR') throw new FileError('scan.file-truncated')
    if (code?.startsWith('Z_') === true) throw new FileError('scan.archive-damaged')
    throw error
  } finally {
    packed.destroy()
  }
  const now = await stat(file.location)
  if (now.size !== file.bytes || now.mtimeMs !== file.modified) throw new FileError('scan.file-changed')
  seen.sha256 = hash.digest('hex')
}

/** SHA-256 of a file's own bytes. */
export async function hashOf({ location }: Pick<SourceFile, 'location'>): Promise<string> {
  const hash = createHash('sha256')
  const stream: AsyncIterable<Buffer> = createReadStream(location, { highWaterMark: chunkBytes })
  for await (const chunk of stream) hash.update(chunk)
  return hash.digest('hex')
}

/** Says whether bytes given piece by piece are valid UTF-8. */
export function utf8Checker(): (chunk: Buffer, last: boolean) => boolean {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk, last) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const end = last ? bytes.length : lastWholeCharacter(bytes)
    rest = bytes.subarray(end)
    return isUtf8(bytes.subarray(0, end)) && rest.length < 4
  }
}

/** Where UTF-8 that was cut off ends without the character it was cut in. */
export function lastWholeCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return back >= needed ? bytes.length : bytes.length - back
    }
  }
  return bytes.length
}
