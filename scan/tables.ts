import { isUtf8 } from 'node:buffer'
import { hash as hashOnce } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { finished, pipeline } from 'node:stream/promises'
import { hashOf, lastWholeCharacter, seenNothing, unpacked, utf8Of } from './bytes.ts'
import type { Limits } from './bytes.ts'
import { EngineError } from './engine.ts'
import type { Engine, Parameter, Write } from './engine.ts'
import { objectsOf, flatRow } from './json.ts'
import { escapedCell, parseDelimited } from './rows.ts'
import type { DelimitedShape, JsonShape, ParquetShape, Shape, SourceFile } from './sources.ts'
import { FileError } from './words.ts'
import type { FileErrorCode } from './words.ts'

/**
 * Rows the engine can read: one file, or many small ones of the same columns, told apart by `f`. The columns are c0, c1 …
 * (text), whatever the files call them.
 */
export interface Table {
  readonly names: readonly string[]
  readonly members: readonly Member[]
  /** Cells may begin or end with white space. Known for sure only after a whole read. */
  readonly cells: { readonly padded: boolean }
  /** Runs a statement over all rows. `rows` stands for the table in FROM. Throws FileError or EngineError. */
  read(sql: (rows: string) => string, options?: ReadOptions): Promise<Buffer>
}

export interface ReadOptions {
  readonly params?: Readonly<Record<string, Parameter>>
  readonly format?: string
  /** Rows come one after the other in the file's order, so that LIMIT takes the first ones. */
  readonly inOrder?: boolean
  /** Rows are grouped by file, so that there are few groups however long the table is. */
  readonly byFile?: boolean
  readonly onBytes?: (bytes: number) => void
}

export interface Member {
  readonly file: SourceFile
  readonly shape: Shape
  /** Rows with more or fewer cells than the header, and lines that are no JSON; known after a whole read. */
  skipped: number
  sha256: string
  error: FileErrorCode | null
  /** Which columns of the table are this file's, in its order; left out: all. */
  readonly places?: readonly number[]
}

/** Files of at most this size are read together with others of the same columns. */
export const smallBytes = 2_000_000

/** Small files of one shape have one key, and can be one table. */
export function batchKey(file: SourceFile, shape: Shape): string | undefined {
  if (shape.format === 'parquet' || shape.gzip || file.bytes > smallBytes) return undefined
  if (!('delimiter' in shape)) return undefined
  // Each has columns of its own; together they are one table of all of them.
  if (shape.format === 'dicom' || shape.format === 'fhir') return shape.format
  return JSON.stringify([shape.cells, shape.header])
}

/** One file as a table. Throws FileError. */
export async function openTable(
  engine: Engine,
  file: SourceFile,
  shape: Shape,
  place: string,
  limits: Limits,
): Promise<Table> {
  if (shape.format === 'parquet') return parquetTable(engine, file, shape, place, limits)
  if (!('delimiter' in shape)) return jsonTable(engine, file, shape, place, limits)
  if (shape.cells > limits.columns) throw new FileError('scan.too-many-columns')
  if (file.bytes > smallBytes && shape.plain && shape.delimiter.length === 1 && shape.delimiter < '\u0080')
    return streamedTable(engine, file, shape, place, limits)
  return spooledTable(engine, [{ file, shape }], place, limits)
}

const memberOf = (file: SourceFile, shape: Shape): Member => ({
  file,
  shape,
  skipped: file.taken?.skipped ?? 0,
  sha256: '',
  error: file.taken?.error ?? null,
})

const structureOf = (columns: number, before = ''): string =>
  before + Array.from({ length: columns }, (_, at) => `c${at} String`).join(', ')

/** The header's names; where it is missing or empty, `column1`, `column2` …; a name used twice gets its place. */
function columnNames(header: readonly string[] | null, cells: number): string[] {
  const used = new Set<string>()
  return Array.from({ length: cells }, (_, at) => {
    const given = header?.[at]?.trim() ?? ''
    const name = given === '' ? `column${at + 1}` : used.has(given) ? `${given} (${at + 1})` : given
    used.add(name)
    return name
  })
}

// The engine deals many groups out to 256 tables, each with a hundred counts a group: it costs more than the counting.
const undealt = 'group_by_two_level_threshold = 0, group_by_two_level_threshold_bytes = 0'
const orderly = 'max_threads = 1, input_format_parallel_parsing = 0'

// --- a large text file: the engine reads it as it stands -----------------------------------------------------------------

/**
 * The engine's own reader is strict: a row with a cell too many or too few, or a quote out of place, makes it refuse. The
 * lenient reader of ours then takes over, which counts such rows instead.
 */
async function streamedTable(
  engine: Engine,
  file: SourceFile,
  shape: DelimitedShape,
  place: string,
  limits: Limits,
): Promise<Table> {
  const member = memberOf(file, shape)
  const names = columnNames(shape.header, shape.cells)
  const cells = { padded: shape.delimiter === '\t' }
  const escaped = shape.dialect === 'escaped'
  const settings = [
    `format_csv_delimiter = '\\x${shape.delimiter.charCodeAt(0).toString(16).padStart(2, '0')}'`,
    `input_format_csv_trim_whitespaces = ${shape.delimiter === '\t' ? 0 : 1}`,
    `input_format_csv_allow_whitespace_or_tab_as_delimiter = ${shape.delimiter === '\t' ? 1 : 0}`,
    // Each lane is read by a thread of its own.
    'input_format_parallel_parsing = 0',
    'input_format_csv_skip_trailing_empty_lines = 1',
    'input_format_tsv_skip_trailing_empty_lines = 1',
    'input_format_tsv_crlf_end_of_line = 1',
    'input_format_csv_empty_as_default = 0',
    'input_format_allow_errors_num = 0',
  ]
  const lane = (at: number) =>
    `SELECT * FROM file({input${at}:String}, '${escaped ? 'TabSeparated' : 'CSV'}', {structure:String})`
  let spooled: Promise<SpooledTable> | undefined
  const table: Table & { names: readonly string[] } = {
    names,
    members: [member],
    cells,
    async read(sql, { params = {}, format, inOrder = false, onBytes } = {}) {
      if (spooled === undefined) {
        const seen = seenNothing()
        try {
          const rows = `(${(inOrder ? [0] : [0, 1]).map(lane).join(' UNION ALL ')})`
          const bytes = await engine.read(
            `${sql(`(SELECT 0::UInt32 AS f, * FROM ${rows})`)} SETTINGS ${[...settings, ...(inOrder ? [orderly] : [])].join(', ')}`,
            { ...params, structure: structureOf(shape.cells) },
            (write) => giveRows(utf8Of(file, shape, limits, seen, onBytes), shape, seen, write),
            { lanes: inOrder ? 1 : 2, ...(format === undefined ? {} : { format }) },
          )
          cells.padded ||= seen.quotes > 0
          // Read to its end. The engine takes a quote that is never closed for a long cell; ours says where the file broke off.
          if (seen.sha256 !== '') member.sha256 = seen.sha256
          if (seen.sha256 === '' || escaped || seen.quotes % 2 === 0) return bytes
        } catch (error) {
          if (!(error instanceof EngineError && error.code === 'engine.query-failed')) throw error
          if (!refusals.has(error.clickhouseCode)) throw error
        }
      }
      spooled ??= spooledTable(engine, [{ file, shape }], place, limits)
      const instead = await spooled
      table.names = instead.names
      Object.assign(member, instead.members[0])
      Object.assign(cells, instead.cells)
      return instead.read(sql, { params, inOrder, ...(format === undefined ? {} : { format }) })
    },
  }
  return table
}

/** Cuts text at the end of rows, as many whole rows at a time as have come, without the header's line. */
async function giveRows(
  text: AsyncIterable<Buffer>,
  { header, dialect }: DelimitedShape,
  seen: { readonly quotes: number },
  write: Write,
): Promise<void> {
  let headerDue = header !== null
  let rest: Buffer[] = []
  for await (const chunk of text) {
    let from = 0
    if (headerDue) {
      const end = chunk.indexOf(10)
      headerDue = end === -1
      from = headerDue ? chunk.length : end + 1
    }
    const end = rowEnd(chunk, from, dialect, seen.quotes)
    if (end === 0) rest.push(chunk.subarray(from))
    else {
      if (!(await write([...rest, chunk.subarray(from, end)]))) return
      rest = [chunk.subarray(end)]
    }
  }
  await write(rest)
}

/** Where the last whole row of a chunk ends, 0 for nowhere, as far as quotes (all that were seen, this chunk's included) tell. */
function rowEnd(chunk: Buffer, from: number, dialect: DelimitedShape['dialect'], quotes: number): number {
  let before = quotes
  let counted = chunk.length
  for (let end = chunk.lastIndexOf(10); end >= from; end = end === 0 ? -1 : chunk.lastIndexOf(10, end - 1)) {
    if (dialect === 'escaped') {
      // What stood before the first byte is not known here.
      if (end > 0 && chunk[end - 1] !== backslash) return end + 1
      continue
    }
    // A line ends a row where as many quotes have been opened as closed.
    if (quotes > 0) for (let at = end; at < counted; at++) if (chunk[at] === 34) before--
    counted = end
    if (before % 2 === 0) return end + 1
  }
  return 0
}

const backslash = 92

// What the engine's readers say of a row they cannot cut: parse errors by number.
const refusals: ReadonlySet<number> = new Set([6, 26, 27, 32, 33, 69, 72, 117, 131, 636])

// --- rows written out for the engine --------------------------------------------------------------------------------------

type SpooledTable = Table

/** Reads text with our own lenient reader and writes it into the engine's folder, one or many files. Throws FileError. */
export async function spooledTable(
  engine: Engine,
  files: readonly { readonly file: SourceFile; readonly shape: DelimitedShape }[],
  place: string,
  limits: Limits,
): Promise<SpooledTable> {
  const shape = files[0]?.shape
  const cells = shape?.cells ?? 0
  if (cells > limits.columns) throw new FileError('scan.too-many-columns')
  const spool = new Spool(join(engine.folder, place))
  const members: Member[] = []
  const beyond = { any: false }
  try {
    for (const [at, { file, shape }] of files.entries()) {
      const member = memberOf(file, shape)
      members.push(member)
      try {
        if (!(files.length > 1 && (await copyPlain(file, shape, at, spool, member))))
          await parseInto(spool, at, member, shape, limits, beyond)
      } catch (error) {
        const code = fileErrorOf(error)
        if (code === undefined || files.length === 1) throw error
        member.error = code
      }
    }
    await spool.end()
  } catch (error) {
    await spool.drop()
    throw error
  }
  // One column more than the header has: what stands beyond it is read as well, joined.
  const names = [...columnNames(shape?.header ?? null, cells), ...(beyond.any ? [`column${cells + 1}+`] : [])]
  return spoolReader(engine, spool.path, names, members, cells + 1, { padded: true })
}

/** Files with different columns as one table that has them all; each member says which are its own. Throws FileError. */
export async function unitedTable(
  engine: Engine,
  files: readonly { readonly file: SourceFile; readonly shape: DelimitedShape }[],
  place: string,
  limits: Limits,
): Promise<Table> {
  const columns = new Map<string, number>()
  const members = files.map(({ file, shape }): Member => {
    const names = columnNames(shape.header, shape.cells)
    for (const name of names) if (!columns.has(name)) columns.set(name, columns.size)
    return { ...memberOf(file, shape), places: names.map((name) => columns.get(name) ?? 0) }
  })
  if (columns.size > limits.columns) throw new FileError('scan.too-many-columns')
  const spool = new Spool(join(engine.folder, place))
  try {
    for (const [f, { file, shape, places = [] }] of members.entries()) {
      const row = Array<string>(columns.size)
      let headerDue = true
      const parser = parseDelimited(shape as DelimitedShape, (cells) => {
        if (headerDue) {
          headerDue = false
          return
        }
        row.fill('')
        for (const [at, cell] of cells.entries()) row[places[at] ?? 0] = cell
        spool.row(f, row)
      })
      parser.write(readFileSync(file.location, 'utf8'))
      parser.end()
      await spool.flush()
    }
    await spool.end()
  } catch (error) {
    await spool.drop()
    throw error
  }
  return spoolReader(engine, spool.path, [...columns.keys()], members, columns.size, { padded: true })
}

function spoolReader(
  engine: Engine,
  path: string,
  names: readonly string[],
  members: readonly Member[],
  columns: number,
  cells: Table['cells'],
): Table {
  const rows = `file({spool:String}, 'TabSeparated', {structure:String})`
  return {
    names,
    members,
    cells,
    read: (sql, { params = {}, format, inOrder = false, byFile = false } = {}) =>
      engine.query(
        `${sql(rows)} SETTINGS input_format_tsv_allow_variable_number_of_columns = 1${inOrder ? `, ${orderly}` : ''}${byFile ? `, ${undealt}` : ''}`,
        { ...params, spool: path, structure: structureOf(columns, 'f UInt32, ') },
        format,
      ),
  }
}

class Spool {
  readonly path: string
  readonly #stream
  #failure: Error | undefined
  #piece: (string | Buffer)[] = []
  #size = 0

  constructor(path: string) {
    this.path = path
    this.#stream = createWriteStream(path, { mode: 0o600, highWaterMark: 1 << 22 })
    this.#stream.on('error', (error) => (this.#failure = error))
  }

  row(f: number, cells: readonly string[]): void {
    const line = `${f}\t${cells.map(escapedCell).join('\t')}\n`
    this.#piece.push(line)
    this.#size += line.length
  }

  /** Call between pieces of input: waits for the disk when much is waiting. */
  async flush(atLeast = 4_000_000): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure
    if (this.#size < atLeast || this.#size === 0) return
    const bytes = this.#piece.every((part) => typeof part === 'string')
      ? Buffer.from(this.#piece.join(''))
      : Buffer.concat(this.#piece.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
    this.#piece = []
    this.#size = 0
    if (!this.#stream.write(bytes)) {
      // The other one's listener goes with it: a long file waits thousands of times.
      const over = new AbortController()
      const until = (event: string) => once(this.#stream, event, { signal: over.signal })
      await Promise.race([until('drain'), until('close')])
        // A failure of the disk is thrown below.
        .catch((error: unknown) => (this.#failure ??= error as Error))
        .finally(() => over.abort())
    }
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- set by the stream's event while we waited
    if (this.#failure !== undefined) throw this.#failure
  }

  async raw(bytes: Buffer): Promise<void> {
    this.#piece.push(bytes)
    this.#size += bytes.length
    await this.flush()
  }

  async end(): Promise<void> {
    await this.flush(0)
    this.#stream.end()
    // The last bytes may be the ones that no longer fit.
    await finished(this.#stream).catch((error: unknown) => {
      throw this.#failure ?? error
    })
  }

  async drop(): Promise<void> {
    this.#stream.destroy()
    await rm(this.path, { force: true })
  }
}

async function parseInto(
  spool: Spool,
  f: number,
  member: Member,
  shape: DelimitedShape,
  limits: Limits,
  beyond: { any: boolean },
): Promise<void> {
  const { cells } = shape
  let rows = 0
  let lastCells = cells
  let headerDue = shape.header !== null
  const own = seenNothing()
  const parser = parseDelimited(shape, (row) => {
    if (row.length === 1 && row[0] === '' && cells > 1) return
    if (headerDue) {
      headerDue = false
      return
    }
    rows++
    lastCells = row.length
    if (row.length !== cells) member.skipped++
    if (row.length > cells) {
      beyond.any ||= row.slice(cells).some((cell) => cell !== '')
      spool.row(f, [...row.slice(0, cells), row.slice(cells).join(' | ')])
    } else spool.row(f, row)
  })
  const decoder = new TextDecoder('utf-8')
  for await (const chunk of utf8Of(member.file, shape, limits, own)) {
    parser.write(decoder.decode(chunk, { stream: true }))
    // A quote that is never closed takes the rest of the file into one cell.
    if (parser.pending() > limits.rowBytes) throw new FileError('scan.row-too-long')
    await spool.flush()
  }
  const ended = parser.end()
  await spool.flush()
  member.sha256 = own.sha256
  if (ended.unclosed || (ended.open && lastCells < cells && rows > 0)) member.error = 'scan.file-truncated'
}

/**
 * A small file without quotes, backslashes or rows of odd length goes over byte by byte, only its delimiters become tabs.
 * Gives false, with nothing written, for any other.
 */
async function copyPlain(
  file: SourceFile,
  shape: DelimitedShape,
  f: number,
  spool: Spool,
  member: Member,
): Promise<boolean> {
  if (shape.encoding !== 'utf-8' || !shape.plain || shape.dialect !== 'quoted' || shape.cells < 2) return false
  const bytes = readFileSync(file.location)
  if (bytes.length !== file.bytes) throw new FileError('scan.file-changed')
  if (!isUtf8(bytes))
    throw new FileError(
      isUtf8(bytes.subarray(0, lastWholeCharacter(bytes))) ? 'scan.file-truncated' : 'scan.encoding-unknown',
    )
  const plain = plainRows(bytes, shape, f)
  if (plain === undefined) return false
  member.sha256 = hashOnce('sha256', bytes)
  await spool.raw(plain)
  return true
}

function plainRows(bytes: Buffer, { delimiter, cells, header }: DelimitedShape, f: number): Buffer | undefined {
  const comma = delimiter.charCodeAt(0)
  if (delimiter.length !== 1 || comma >= 0x80) return undefined
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  if (header !== null) {
    const end = bytes.indexOf(10, at)
    if (end === -1) return Buffer.alloc(0)
    if (bytes.subarray(at, end).includes(34)) return undefined
    at = end + 1
  }
  const prefix = Buffer.from(`${f}\t`)
  let lines = 1
  for (let next = bytes.indexOf(10, at); next !== -1; next = bytes.indexOf(10, next + 1)) lines++
  const out = Buffer.allocUnsafe(bytes.length - at + lines * prefix.length + 1)
  let to = 0
  while (at < bytes.length) {
    let found = 1
    prefix.copy(out, to)
    to += prefix.length
    const from = at
    for (; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0
      if (byte === 10) break
      if (byte === comma) {
        found++
        out[to++] = 9
      } else if (byte === 34 || byte === 92 || byte === 9 || byte === 0) return undefined
      else if (byte === 13) {
        if (bytes[at + 1] !== 10) return undefined
      } else out[to++] = byte
    }
    if (at === from || found !== cells) return undefined
    out[to++] = 10
    at++
  }
  return out.subarray(0, to)
}

// --- JSON -----------------------------------------------------------------------------------------------------------------

async function jsonTable(
  engine: Engine,
  file: SourceFile,
  shape: JsonShape,
  place: string,
  limits: Limits,
): Promise<Table> {
  const member = memberOf(file, shape)
  const spool = new Spool(join(engine.folder, place))
  const paths = new Map<string, number>()
  const seen = seenNothing()
  let good = 0
  let lastIsBad = false
  const take = (text: string) => {
    const row = flatRow(text)
    lastIsBad = row === undefined
    if (row === undefined) {
      member.skipped++
      return
    }
    good++
    for (const path of row.keys()) if (!paths.has(path)) paths.set(path, paths.size)
    if (paths.size > limits.columns) throw new FileError('scan.too-many-columns')
    const cells = Array<string>(paths.size).fill('')
    for (const [path, value] of row) cells[paths.get(path) ?? 0] = value
    spool.row(0, cells)
  }
  try {
    const objects = objectsOf(shape.format, limits, take)
    const decoder = new TextDecoder('utf-8')
    for await (const chunk of utf8Of(file, shape, limits, seen)) {
      objects.write(decoder.decode(chunk, { stream: true }))
      await spool.flush()
    }
    const { unclosed } = objects.end()
    await spool.end()
    member.sha256 = seen.sha256
    member.error = unclosed || lastIsBad ? 'scan.file-truncated' : member.skipped > 0 ? 'scan.line-not-json' : null
    if (good === 0 && paths.size === 0 && member.error !== null) throw new FileError(member.error)
  } catch (error) {
    await spool.drop()
    throw error
  }
  const columns = Math.max(1, paths.size)
  return spoolReader(engine, spool.path, [...paths.keys()], [member], columns, {
    padded: true,
  })
}

// --- Parquet --------------------------------------------------------------------------------------------------------------

async function parquetTable(
  engine: Engine,
  file: SourceFile,
  shape: ParquetShape,
  place: string,
  limits: Limits,
): Promise<Table> {
  const member = memberOf(file, shape)
  // The engine reads its own folder only, never where the data lie.
  const copy = join(engine.folder, `${place}.parquet`)
  if (shape.gzip) {
    const seen = seenNothing()
    await pipeline(unpacked(file, true, limits, seen), createWriteStream(copy, { mode: 0o600 }))
    member.sha256 = seen.sha256
  } else {
    await copyFile(file.location, copy)
    member.sha256 = await hashOf({ ...file, location: copy })
  }
  const schema = parseRows<[string, string]>(
    await engine.query("DESCRIBE TABLE file({copy:String}, 'Parquet')", { copy }).catch((error: unknown) => {
      if (error instanceof EngineError && error.code === 'engine.query-failed')
        throw new FileError('scan.parquet-unreadable')
      throw error
    }),
  )
  if (schema.length > limits.columns) throw new FileError('scan.too-many-columns')
  const names = schema.map(([name]) => name)
  const bound = Object.fromEntries(names.map((name, at) => [`n${at}`, name]))
  const text = (type: string, at: number) =>
    type === 'String' ? `{n${at}:Identifier}` : `ifNull(toString({n${at}:Identifier}), '')`
  const list = schema.map(([, type], at) => `${text(type, at)} AS c${at}`).join(', ')
  const rows = `(SELECT 0::UInt32 AS f, ${list} FROM file({copy:String}, 'Parquet'))`
  return {
    names,
    members: [member],
    cells: { padded: true },
    read: (sql, { params = {}, format, inOrder = false } = {}) =>
      engine.query(
        `${sql(rows)} SETTINGS input_format_parquet_preserve_order = ${inOrder ? `1, ${orderly}` : '0'}`,
        { ...params, ...bound, copy },
        format,
      ),
  }
}

/** Rows of JSONCompactEachRow. */
export function parseRows<Row>(bytes: Buffer): Row[] {
  // What comes back is what our own SELECT lists.
  return bytes.length === 0
    ? []
    : bytes
        .toString()
        .trimEnd()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Row)
}

// ClickHouse's number for a full disk.
const notEnoughSpace = 243

/** What went wrong with one file; undefined for a dead engine, a full disk of ours or a bug. */
export function fileErrorOf(error: unknown): FileErrorCode | undefined {
  if (error instanceof FileError) return error.code
  if (error instanceof EngineError) {
    if (error.code === 'engine.stopped') return undefined
    return error.clickhouseCode === notEnoughSpace ? 'scan.disk-full' : 'scan.engine-failed'
  }
  const system = (error as NodeJS.ErrnoException).code
  if (system === 'ENOSPC' || system === 'EDQUOT' || system === 'EFBIG') return 'scan.disk-full'
  return system === 'EACCES' || system === 'EPERM' || system === 'EIO' || system === 'ENOENT'
    ? 'scan.file-unreadable'
    : undefined
}
