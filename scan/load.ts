import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine } from './engine.ts'
import { parseDelimited } from './rows.ts'
import type { Encoding, Shape, SourceFile } from './sources.ts'
import type { FileErrorCode } from './words.ts'

/** A file as a table of the engine: its columns are c0, c1 … (text), whatever the file calls them. */
export interface Loaded {
  readonly table: string
  readonly names: readonly string[]
  readonly rows: number
  /** Rows with more or fewer cells than the header; their cells are read all the same. */
  readonly skipped: number
  readonly sha256: string
  readonly error: FileErrorCode | null
}

/** Reads a whole file into `table`; the SHA-256 is of the bytes that were read. */
export async function load(
  engine: Engine,
  file: SourceFile,
  shape: Shape,
  table: string,
  onBytes: (bytes: number) => void,
): Promise<Loaded> {
  if (shape.format === 'parquet') return loadParquet(engine, file, table, onBytes)
  if (shape.format === 'ndjson') return loadNdjson(engine, file, shape.encoding, table, onBytes)
  return loadDelimited(engine, file, shape, table, onBytes)
}

export async function hashOf(file: SourceFile): Promise<string> {
  const hash = createHash('sha256')
  const stream: AsyncIterable<Buffer> = createReadStream(file.location, { highWaterMark: 1 << 20 })
  for await (const chunk of stream) hash.update(chunk)
  return hash.digest('hex')
}

async function create(engine: Engine, table: string, columns: number): Promise<void> {
  const list = Array.from({ length: columns }, (_, at) => `c${at} String`).join(', ')
  await engine.query(`CREATE TABLE ${table} (${list}) ENGINE = MergeTree ORDER BY tuple()`)
}

// Text → rows → TabSeparated, in pieces: neither process holds more than a few megabytes of the file.
const pieceCharacters = 4_000_000

function writer(engine: Engine, table: string) {
  let piece: string[] = []
  let size = 0
  const flush = async () => {
    if (piece.length === 0) return
    const rows = Buffer.from(piece.join(''))
    piece = []
    size = 0
    await engine.insert(table, rows)
  }
  return {
    add(cells: readonly string[]) {
      const line = `${cells.map(escaped).join('\t')}\n`
      piece.push(line)
      size += line.length
    },
    full: () => size > pieceCharacters,
    flush,
  }
}

const escaped = (cell: string): string =>
  /[\\\t\n\r\0]/.test(cell) ? cell.replace(/[\\\t\n\r\0]/g, (character) => escapes[character] ?? character) : cell

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0' }

async function* textOf(
  file: SourceFile,
  encoding: Encoding,
  hash: { update(bytes: Buffer): unknown },
  onBytes: (bytes: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const stream: AsyncIterable<Buffer> = createReadStream(file.location, { highWaterMark: 1 << 20 })
  for await (const chunk of stream) {
    hash.update(chunk)
    onBytes(chunk.length)
    yield decoder.decode(chunk, { stream: true })
  }
  yield decoder.decode()
}

async function loadDelimited(
  engine: Engine,
  file: SourceFile,
  shape: Extract<Shape, { format: 'csv' | 'tsv' }>,
  table: string,
  onBytes: (bytes: number) => void,
): Promise<Loaded> {
  const { cells } = shape
  // One column more than the header has: what stands beyond it is read as well, joined.
  await create(engine, table, cells + 1)
  const out = writer(engine, table)
  const hash = createHash('sha256')
  let rows = 0
  let skipped = 0
  let beyond = false
  let lastCells = cells
  let headerDue = shape.header !== null
  const parser = parseDelimited(shape, (row) => {
    if (row.length === 1 && row[0] === '' && cells > 1) return
    if (headerDue) {
      headerDue = false
      return
    }
    rows++
    lastCells = row.length
    if (row.length !== cells) skipped++
    if (row.length > cells) {
      beyond ||= row.slice(cells).some((cell) => cell !== '')
      out.add([...row.slice(0, cells), row.slice(cells).join(' | ')])
    } else out.add(row.length === cells ? [...row, ''] : [...row, ...Array<string>(cells + 1 - row.length).fill('')])
  })
  for await (const text of textOf(file, shape.encoding, hash, onBytes)) {
    parser.write(text)
    if (out.full()) await out.flush()
  }
  const { unclosed, open } = parser.end()
  await out.flush()
  const cut = unclosed || (open && lastCells < cells && rows > 0)
  return {
    table,
    names: [...columnNames(shape.header, cells), ...(beyond ? [`column${cells + 1}+`] : [])],
    rows,
    skipped,
    sha256: hash.digest('hex'),
    error: cut ? 'scan.file-truncated' : null,
  }
}

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

async function loadNdjson(
  engine: Engine,
  file: SourceFile,
  encoding: Encoding,
  table: string,
  onBytes: (bytes: number) => void,
): Promise<Loaded> {
  const paths = new Map<string, number>()
  const first = await readLines(
    file,
    encoding,
    () => undefined,
    (row) => {
      for (const path of row.keys()) if (!paths.has(path)) paths.set(path, paths.size)
    },
  )
  await create(engine, table, Math.max(1, paths.size))
  const out = writer(engine, table)
  const second = await readLines(
    file,
    encoding,
    onBytes,
    (row) => {
      const cells = Array<string>(Math.max(1, paths.size)).fill('')
      for (const [path, value] of row) {
        const at = paths.get(path)
        if (at !== undefined) cells[at] = value
      }
      out.add(cells)
    },
    async () => {
      if (out.full()) await out.flush()
    },
  )
  await out.flush()
  const error = first.sha256 !== second.sha256 ? 'scan.file-changed' : second.lastIsBad ? 'scan.file-truncated' : null
  return {
    table,
    names: [...paths.keys()],
    rows: second.rows,
    skipped: second.bad,
    sha256: second.sha256,
    error: error ?? (second.bad > 0 ? 'scan.line-not-json' : null),
  }
}

async function readLines(
  file: SourceFile,
  encoding: Encoding,
  onBytes: (bytes: number) => void,
  onRow: (row: Map<string, string>) => void,
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<{ rows: number; bad: number; lastIsBad: boolean; sha256: string }> {
  const hash = createHash('sha256')
  let rest = ''
  let rows = 0
  let bad = 0
  let lastIsBad = false
  const take = (line: string) => {
    if (line.trim() === '') return
    const row = flatRow(line)
    lastIsBad = row === undefined
    if (row === undefined) bad++
    else {
      rows++
      onRow(row)
    }
  }
  for await (const text of textOf(file, encoding, hash, onBytes)) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(line)
    await between()
  }
  take(rest)
  return { rows, bad, lastIsBad, sha256: hash.digest('hex') }
}

/** Every path of a JSON object with its value as text; a list stays one cell. Numbers keep every digit of the file. */
export function flatRow(line: string): Map<string, string> | undefined {
  let value: unknown
  try {
    value = /\d{16}/.test(line) ? JSON.parse(line, keepDigits) : JSON.parse(line)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const row = new Map<string, string>()
  flatten(row, '', value)
  return row
}

// The third argument of a reviver carries the source text (ECMA-262 2026): 2^53 and beyond would lose digits as numbers.
function keepDigits(this: unknown, _: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined && !Number.isSafeInteger(value)
    ? context.source
    : value
}

function flatten(row: Map<string, string>, path: string, value: unknown): void {
  if (value === null || value === undefined) {
    if (!row.has(path)) row.set(path, '')
  } else if (typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) flatten(row, path === '' ? key : `${path}.${key}`, inner)
  } else row.set(path, typeof value === 'string' ? value : JSON.stringify(value))
}

async function loadParquet(
  engine: Engine,
  file: SourceFile,
  table: string,
  onBytes: (bytes: number) => void,
): Promise<Loaded> {
  const sha256 = await hashOf(file)
  // The engine reads its own folder only, never where the data lie.
  const copy = join(engine.folder, `${table}.parquet`)
  await copyFile(file.location, copy)
  const schema = parseRows<[string]>(await engine.query("DESCRIBE TABLE file({copy:String}, 'Parquet')", { copy }))
  const names = schema.map(([name]) => name)
  await create(engine, table, names.length)
  const params = Object.fromEntries(names.map((name, at) => [`n${at}`, name]))
  const list = names.map((_, at) => `ifNull(toString({n${at}:Identifier}), '')`).join(', ')
  await engine.query(`INSERT INTO ${table} SELECT ${list} FROM file({copy:String}, 'Parquet')`, { ...params, copy })
  const [[rows] = [0]] = parseRows<[number]>(await engine.query(`SELECT count() FROM ${table}`))
  onBytes(file.bytes)
  return { table, names, rows, skipped: 0, sha256, error: null }
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
