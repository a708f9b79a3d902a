import { createHash } from 'node:crypto'
import { open, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import type { Limits } from '../bytes.ts'
import { escapedCell } from '../rows.ts'
import type { SourceFile } from '../sources.ts'
import { FileError } from '../words.ts'
import type { FileErrorCode } from '../words.ts'

/** How many bytes have come, of how many the sources said they have. */
export type OnCollected = (progress: { readonly bytesDone: number; readonly bytes: number }) => void

/** What live sources send, kept in the engine's folder as files to scan. What breaks off stays as far as it came and says so. */
export class Collection {
  readonly files: SourceFile[] = []
  readonly #folder: string
  readonly #limits: Limits
  readonly #onCollected: OnCollected
  #bytes = 0
  #expected = 0

  constructor(folder: string, limits: Limits, onCollected: OnCollected = () => undefined) {
    this.#folder = folder
    this.#limits = limits
    this.#onCollected = onCollected
  }

  /** So many bytes more will come, as far as the source knows. */
  expect(bytes: number): void {
    this.#expected += bytes
  }

  /** Lines of tab-separated, backslash-escaped text, cut anywhere. SHA-256 and bytes are those of the lines. */
  async table(path: string, header: readonly string[], lines: AsyncIterable<Uint8Array>): Promise<void> {
    const { location, size, whole, sha256, error } = await this.#keep(lines, `${header.map(escapedCell).join('\t')}\n`)
    if (error !== null && whole === 0) return this.unread(path, error)
    const about = await stat(location)
    const taken = {
      format: 'table',
      header,
      cells: header.length,
      says: [],
      sha256,
      bytes: size,
      error,
      skipped: 0,
    } as const
    this.files.push({ location, path, bytes: about.size, modified: about.mtimeMs, taken })
  }

  /** A file of its own, looked at like any other. `bytes` is what the source says it has. */
  async object(path: string, bytes: number, content: AsyncIterable<Uint8Array>): Promise<void> {
    const { location, size, error } = await this.#keep(content)
    const broken = error ?? (size === bytes ? null : 'scan.source-broke-off')
    // Half an object may look like a whole one: nothing is said of it.
    if (broken !== null) return this.unread(path, broken)
    const about = await stat(location)
    this.files.push({ location, path, bytes: about.size, modified: about.mtimeMs })
  }

  unread(path: string, error: FileErrorCode): void {
    this.files.push({ location: '', path, bytes: 0, modified: 0, error })
  }

  async #keep(content: AsyncIterable<Uint8Array>, header = '') {
    const location = join(this.#folder, `live-${this.files.length}`)
    const file = await open(location, 'wx', 0o600)
    const hash = createHash('sha256')
    let size = 0
    let whole = 0
    let error: FileErrorCode | null = null
    try {
      await file.write(header)
      for await (const chunk of content) {
        this.#bytes += chunk.length
        if (this.#bytes > this.#limits.unpackedBytes) throw new FileError('scan.source-too-large')
        await file.writeFile(chunk)
        hash.update(chunk)
        const end = chunk.lastIndexOf(10)
        if (end !== -1) whole = size + end + 1
        size += chunk.length
        this.#onCollected({ bytesDone: this.#bytes, bytes: Math.max(this.#expected, this.#bytes) })
      }
    } catch (failure) {
      if (!(failure instanceof FileError)) throw failure
      error = failure.code
    } finally {
      await file.close()
    }
    // A table that broke off ends with its last whole row.
    if (error !== null && header !== '') await truncate(location, Buffer.byteLength(header) + whole)
    return { location, size, whole, sha256: hash.digest('hex'), error }
  }
}
