import { closeSync, openSync, statSync, writeSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Limits } from '../bytes.ts'
import type { Claim } from '../header.ts'
import { escapedCell } from '../rows.ts'
import type { SourceFile } from '../sources.ts'
import { FileError } from '../words.ts'
import type { FileErrorCode } from '../words.ts'

/** Formats that are no table of text by themselves; what they hold is taken out as tables first. `table`: of a database. */
export type TakenFormat = 'xlsx' | 'docx' | 'xpt' | 'dicom' | 'vcf' | 'fhir' | 'sql' | 'text' | 'table'

/** What is known of a table that was taken out of a file. */
export interface Taken extends TakenTable {
  /** Of the file it came from. */
  readonly sha256: string
  readonly bytes: number
  readonly error: FileErrorCode | null
  readonly skipped: number
}

/** What a file of another format held: a table of ours, or (`table: null`) a file of its own, as archives have. */
export interface Part {
  /** Behind the path of the file it came from; `null` where the file is this one table. */
  readonly name: string | null
  readonly location: string
  readonly table: TakenTable | null
  /** The part stops short of what the file holds, or is not all of it. */
  error: FileErrorCode | null
  skipped: number
}

export interface TakenTable {
  readonly format: TakenFormat
  readonly header: readonly string[] | null
  readonly cells: number
  /** What the format's own standard says of a column, by place: a claim, `null` for "nobody's", undefined for nothing. */
  readonly says: readonly (Claim | null | undefined)[]
}

/**
 * Where a format's reader puts what it finds: tab-separated text in the engine's own folder, gone with it. Counts what is
 * written, so that no file unpacks to more than the limits say.
 */
export class Parts {
  readonly all: Part[] = []
  readonly #place: string
  readonly #file: SourceFile
  readonly #limits: Limits
  #written = 0

  /** `place` is the beginning of the names of the files it makes. */
  constructor(folder: string, place: string, file: SourceFile, limits: Limits) {
    this.#place = join(folder, place)
    this.#file = file
    this.#limits = limits
  }

  /** A table with these columns; a header of null is a table without names. Close it. */
  table(
    name: string | null,
    format: TakenFormat,
    columns: readonly string[] | number,
    says: TakenTable['says'] = [],
  ): PartTable {
    const cells = typeof columns === 'number' ? columns : columns.length
    if (cells > this.#limits.columns) throw new FileError('scan.too-many-columns')
    const part: Part = {
      name,
      location: `${this.#place}-${this.all.length}`,
      table: { format, header: typeof columns === 'number' ? null : columns, cells, says },
      error: null,
      skipped: 0,
    }
    this.all.push(part)
    return new PartTable(part, (bytes) => this.#count(bytes), this.#limits)
  }

  /** A file of its own, byte by byte. Close it. */
  file(name: string): PartFile {
    const part: Part = {
      name,
      location: `${this.#place}-${this.all.length}`,
      table: null,
      error: null,
      skipped: 0,
    }
    this.all.push(part)
    return new PartFile(part, (bytes) => this.#count(bytes))
  }

  /** Something in the file that cannot be read, by its name. */
  unread(name: string, error: FileErrorCode): void {
    this.all.push({ name, location: '', table: null, error, skipped: 0 })
  }

  #count(bytes: number): void {
    this.#written += bytes
    const { unpackedBytes, ratio, ratioFreeBytes } = this.#limits
    if (this.#written > unpackedBytes || (this.#written > ratioFreeBytes && this.#written > ratio * this.#file.bytes))
      throw new FileError('scan.unpacks-to-too-much')
  }
}

/** Rows go out in pieces of about a megabyte; a full disk throws where it happens. */
export class PartTable {
  readonly part: Part
  readonly #descriptor: number
  readonly #count: (bytes: number) => void
  readonly #limits: Limits
  #lines: string[] = []
  #size = 0
  #open = true

  constructor(part: Part, count: (bytes: number) => void, limits: Limits) {
    this.part = part
    this.#count = count
    this.#limits = limits
    this.#descriptor = openSync(part.location, 'wx', 0o600)
    const header = part.table?.header ?? null
    if (header !== null) this.row(header)
  }

  row(cells: readonly string[]): void {
    const line = cells.map(escapedCell).join('\t')
    if (line.length > this.#limits.rowBytes) throw new FileError('scan.row-too-long')
    this.#lines.push(line, '\n')
    this.#size += line.length + 1
    if (this.#size > 1 << 20) this.#flush()
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    try {
      this.#flush()
    } finally {
      closeSync(this.#descriptor)
    }
  }

  #flush(): void {
    const bytes = Buffer.from(this.#lines.join(''))
    this.#lines = []
    this.#size = 0
    this.#count(bytes.length)
    writeWhole(this.#descriptor, bytes)
  }
}

export class PartFile {
  readonly part: Part
  readonly #descriptor: number
  readonly #count: (bytes: number) => void

  constructor(part: Part, count: (bytes: number) => void) {
    this.part = part
    this.#count = count
    this.#descriptor = openSync(part.location, 'wx', 0o600)
  }

  write(bytes: Uint8Array): void {
    this.#count(bytes.length)
    writeWhole(this.#descriptor, bytes)
  }

  close(): void {
    closeSync(this.#descriptor)
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at)
}

/** A part as a file to scan: under the path of the file it came from. */
export function sourceOf(part: Part, from: SourceFile, sha256: string): SourceFile {
  const path = part.name === null ? from.path : `${from.path}/${part.name}`
  if (part.location === '')
    return { location: '', path, bytes: 0, modified: 0, error: part.error ?? 'scan.file-unreadable' }
  const { size, mtimeMs } = statSync(part.location)
  const taken =
    part.table === null
      ? { depth: (from.depth ?? 0) + 1, ...(part.error === null ? {} : { error: part.error }) }
      : {
          taken: {
            ...part.table,
            sha256,
            bytes: part.name === null ? from.bytes : size,
            error: part.error,
            skipped: part.skipped,
          },
        }
  return { location: part.location, path, bytes: size, modified: mtimeMs, ...taken }
}

/** The names of parts are parts of a path that is shown: none leads out of its file, none is empty or endless. */
export function partName(name: string): string {
  const plain = name
    .replaceAll('\\', '/')
    .split('/')
    .filter((step) => step !== '' && step !== '.' && step !== '..')
    .join('/')
  return plain === '' ? basename(name).slice(0, 1) || '-' : plain.slice(0, 1000)
}
