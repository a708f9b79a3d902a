import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { looksLikeHeader } from './header.ts'
import { parseDelimited } from './rows.ts'
import { ScanInputError } from './words.ts'
import type { FileErrorCode } from './words.ts'

/** One file to scan. */
export interface SourceFile {
  /** Where it is; never printed. */
  readonly location: string
  /** Relative to the path that was given; a file given itself has its own name. */
  readonly path: string
  readonly bytes: number
}

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le'

export type Shape =
  | { readonly format: 'parquet' }
  | { readonly format: 'ndjson'; readonly encoding: Encoding }
  | {
      readonly format: 'csv' | 'tsv'
      readonly encoding: Encoding
      readonly delimiter: string
      /** `quoted`: RFC 4180. `escaped`: backslash escapes and `\N`, as MySQL and PostgreSQL dump tables. */
      readonly dialect: 'quoted' | 'escaped'
      readonly header: readonly string[] | null
      readonly cells: number
    }

export type Recognised = Shape | { readonly error: FileErrorCode }

/** The files under these paths, sorted; symbolic links that lead out of the folder are not followed. Throws ScanInputError. */
export async function listFiles(paths: readonly string[]): Promise<SourceFile[]> {
  if (paths.length === 0) throw new ScanInputError('scan.no-path', '')
  const found = new Map<string, SourceFile>()
  for (const path of paths) {
    const root = await existing(path)
    const isFolder = (await stat(root)).isDirectory()
    const files = isFolder ? await walk(root, root) : [root]
    if (files.length === 0) throw new ScanInputError('scan.folder-empty', path)
    for (const location of files) {
      const name = isFolder ? relative(root, location).split(sep).join('/') : basename(path)
      if (!found.has(location)) found.set(location, { location, path: name, bytes: (await stat(location)).size })
    }
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

async function existing(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new ScanInputError('scan.path-missing', path)
  }
}

async function walk(root: string, folder: string): Promise<string[]> {
  const files: string[] = []
  for (const entry of (await readdir(folder)).sort()) {
    const path = join(folder, entry)
    const link = await lstat(path)
    if (link.isSymbolicLink()) {
      const target = await realpath(path).catch(() => undefined)
      const inside = target !== undefined && target.startsWith(root + sep)
      // What a link inside the folder points to is found where it lies.
      if (!inside) continue
    } else if (link.isDirectory()) files.push(...(await walk(root, path)))
    else if (link.isFile()) files.push(path)
  }
  return files
}

const sampleBytes = 256 * 1024

/** Decides format, encoding, delimiter and header by content; the name of the file is not believed. */
export async function recognise(file: SourceFile): Promise<Recognised> {
  if (file.bytes === 0) return { error: 'scan.file-empty' }
  const head = await readRange(file.location, 0, Math.min(sampleBytes, file.bytes))
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') {
    const tail = await readRange(file.location, Math.max(0, file.bytes - 4), 4)
    return tail.toString('latin1') === 'PAR1' && file.bytes > 12
      ? { format: 'parquet' }
      : { error: 'scan.parquet-unreadable' }
  }
  const encoding = await recogniseEncoding(file, head)
  if (encoding === 'binary') return { error: 'scan.file-binary' }
  if (encoding === undefined) return { error: 'scan.encoding-unknown' }
  const whole = head.length >= file.bytes
  const text = new TextDecoder(encoding).decode(head, { stream: !whole })
  return recogniseText(whole ? text : upToLastLine(text), encoding)
}

const upToLastLine = (text: string): string => {
  const end = text.lastIndexOf('\n')
  return end === -1 ? text : text.slice(0, end + 1)
}

async function readRange(path: string, from: number, length: number): Promise<Buffer> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function recogniseEncoding(file: SourceFile, head: Buffer): Promise<Encoding | 'binary' | undefined> {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head.includes(0)) return 'binary'
  if (controlShare(head) > 0.02) return 'binary'
  if (await allOf(file.location, utf8Checker())) return 'utf-8'
  if ((await allOf(file.location, gb18030Checker())) && readsAsChinese(head)) return 'gb18030'
  return undefined
}

function controlShare(bytes: Buffer): number {
  let control = 0
  for (const byte of bytes) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12) control++
  return control / bytes.length
}

async function allOf(path: string, check: (chunk: Buffer, last: boolean) => boolean): Promise<boolean> {
  const stream: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 1 << 20 })
  for await (const chunk of stream) if (!check(chunk, false)) return false
  return check(Buffer.alloc(0), true)
}

function utf8Checker(): (chunk: Buffer, last: boolean) => boolean {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk, last) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const end = last ? bytes.length : lastWholeCharacter(bytes)
    rest = bytes.subarray(end)
    return isUtf8(bytes.subarray(0, end)) && rest.length < 4
  }
}

function lastWholeCharacter(bytes: Buffer): number {
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

function gb18030Checker(): (chunk: Buffer, last: boolean) => boolean {
  const decoder = new TextDecoder('gb18030', { fatal: true })
  return (chunk, last) => {
    try {
      decoder.decode(chunk, { stream: !last })
      return true
    } catch {
      // A fatal decoder answers "no" by throwing.
      return false
    }
  }
}

// Most byte pairs are some character of GB18030; only text in which they are common ones is Chinese.
function readsAsChinese(head: Buffer): boolean {
  const text = new TextDecoder('gb18030').decode(head, { stream: true })
  const foreign = text.match(/[^\u0000-\u007f]/gu)?.length ?? 0
  const common = text.match(/[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u203f\u00b0-\u00b7]/gu)?.length ?? 0
  return foreign === 0 || common / foreign > 0.8
}

function recogniseText(text: string, encoding: Encoding): Recognised {
  const clean = text.startsWith('\ufeff') ? text.slice(1) : text
  const lines = clean.split(/\r?\n/, 200).filter((line) => line.trim() !== '')
  const first = lines[0]
  if (first === undefined) return { error: 'scan.file-empty' }
  if (isJsonObject(first)) return { format: 'ndjson', encoding }
  if (/^\s*[{[<]/.test(first)) return { error: 'scan.format-unknown' }
  const guess = guessDelimiter(clean)
  if (guess === undefined) return { error: 'scan.format-unknown' }
  const { delimiter, dialect, rows } = guess
  const [top = [], ...body] = rows
  const header = looksLikeHeader(top, body) ? top : null
  const cells = header?.length ?? mode(rows.map((row) => row.length))
  return { format: delimiter === '\t' ? 'tsv' : 'csv', encoding, delimiter, dialect, header, cells }
}

function isJsonObject(line: string): boolean {
  if (!line.trimStart().startsWith('{')) return false
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

interface Guess {
  readonly delimiter: string
  readonly dialect: 'quoted' | 'escaped'
  readonly rows: readonly (readonly string[])[]
}

// The delimiter is the one that cuts most rows into the same number of cells, more than one.
function guessDelimiter(text: string): Guess | undefined {
  let best: (Guess & { readonly score: number }) | undefined
  for (const delimiter of [',', '\t', ';', '|']) {
    if (!text.includes(delimiter)) continue
    const dialect = delimiter === '\t' && isEscaped(text) ? 'escaped' : 'quoted'
    const rows = sampleRows(text, delimiter, dialect)
    const usual = mode(rows.map((row) => row.length))
    if (usual < 2) continue
    const agreeing = rows.filter((row) => row.length === usual).length / rows.length
    const score = agreeing + Math.min(usual, 20) / 100
    if (agreeing > 0.6 && (best === undefined || score > best.score)) best = { delimiter, dialect, rows, score }
  }
  return best ?? oneColumn(text)
}

const isEscaped = (text: string): boolean => /(^|\t)\\N(\t|\r?\n|$)|\\[tn\\]/.test(text) && !/(^|\t)"/m.test(text)

// A list of short values is a table of one column; sentences are not a table.
function oneColumn(text: string): Guess | undefined {
  const rows = sampleRows(text, ',', 'quoted')
  const short = rows.every(
    (row) => row.length === 1 && (row[0]?.length ?? 0) <= 64 && !/\s\S+\s\S+\s/.test(row[0] ?? ''),
  )
  return short && rows.length > 0 ? { delimiter: ',', dialect: 'quoted', rows } : undefined
}

function sampleRows(text: string, delimiter: string, dialect: 'quoted' | 'escaped'): string[][] {
  const rows: string[][] = []
  const parser = parseDelimited({ delimiter, dialect }, (row) => {
    if (rows.length < 1000 && !(row.length === 1 && row[0] === '')) rows.push(row)
  })
  parser.write(text)
  parser.end()
  return rows
}

function mode(numbers: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const n of numbers) counts.set(n, (counts.get(n) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}
