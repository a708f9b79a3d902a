import { isUtf8 } from 'node:buffer'
import { closeSync, existsSync, lstatSync, openSync, readSync } from 'node:fs'
import type { Dirent } from 'node:fs'
import { glob, readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { headOf, lastWholeCharacter, usualLimits } from './bytes.ts'
import type { Limits } from './bytes.ts'
import { isDicom } from './formats/dicom.ts'
import { isFhir } from './formats/fhir.ts'
import type { Taken, TakenFormat } from './formats/parts.ts'
import { isSqlDump } from './formats/sql-dump.ts'
import { isTar } from './formats/tar-archive.ts'
import { vcfStart } from './formats/vcf.ts'
import { xportStart } from './formats/xport.ts'
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
  /** `mtimeMs` when it was listed. */
  readonly modified: number
  /** Why it cannot be read, where that shows already. */
  readonly error?: FileErrorCode
  /** Where it was taken out of a file of another format: what is known of it without looking. */
  readonly taken?: Taken
  /** How many archives it lay in. */
  readonly depth?: number
}

export type Encoding = 'utf-8' | 'gb18030' | 'big5' | 'utf-16le' | 'utf-16be' | 'windows-1252'

interface Packing {
  readonly encoding: Encoding
  readonly gzip: boolean
}

export interface DelimitedShape extends Packing {
  readonly format: 'csv' | 'tsv' | TakenFormat
  readonly delimiter: string
  /** `quoted`: RFC 4180. `escaped`: backslash escapes and `\N`, as MySQL and PostgreSQL dump tables. */
  readonly dialect: 'quoted' | 'escaped'
  readonly header: readonly string[] | null
  readonly cells: number
  /** The engine's own reader may be tried: the header is one line and the first one. */
  readonly plain: boolean
}

export interface ParquetShape {
  readonly format: 'parquet'
  readonly gzip: boolean
}

export interface JsonShape extends Packing {
  readonly format: 'ndjson' | 'json'
}

export type Shape = ParquetShape | JsonShape | DelimitedShape

/** A format that is no table of text by itself: what it holds is taken out first. */
export interface Container {
  readonly take: 'gzip' | 'zip' | 'tar' | 'xport' | 'dicom' | 'vcf' | 'fhir' | 'sql' | 'text'
  readonly gzip: boolean
  /** Of text. */
  readonly encoding: Encoding
  /** Of FHIR. */
  readonly lines: boolean
}

export type Recognised = Shape | Container | { readonly error: FileErrorCode }

/** The files under these paths, sorted; what lies there and is no readable file is in it too, with its error. Throws ScanInputError. */
export async function listFiles(paths: readonly string[]): Promise<SourceFile[]> {
  if (paths.length === 0) throw new ScanInputError('scan.no-path', '')
  const found = new Map<string, SourceFile>()
  for (const path of paths) {
    const files = isGlob(path) ? await matching(path) : await below(path)
    for (const file of files) if (!found.has(file.location)) found.set(file.location, file)
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

async function below(path: string): Promise<SourceFile[]> {
  const root = await existing(path)
  const about = await stat(root)
  const files = about.isDirectory() ? await walk(root, root) : [listed(root, basename(path))]
  if (files.length === 0) throw new ScanInputError('scan.folder-empty', path)
  return files
}

// A file may be called so.
const isGlob = (path: string): boolean => /[*?[{]/.test(path) && !existsSync(path)

/** The files that fit, and all that lies in the folders that fit, named from the last folder before the first sign. */
async function matching(pattern: string): Promise<SourceFile[]> {
  const fixed = /^(?:[^*?[{]*\/)?/.exec(pattern)?.[0] ?? ''
  const root = await existing(fixed === '' ? '.' : fixed)
  const files: SourceFile[] = []
  for await (const entry of glob(pattern.slice(fixed.length), { cwd: root, withFileTypes: true })) {
    const location = join(entry.parentPath, entry.name)
    const found = await filesOf(root, entry.parentPath, entry)
    // What a link points to need not fit itself.
    files.push(...(entry.isSymbolicLink() && found.length === 0 ? await linked(root, location) : found))
  }
  if (files.length === 0) throw new ScanInputError('scan.glob-empty', pattern)
  return files
}

async function linked(root: string, link: string): Promise<SourceFile[]> {
  const target = await realpath(link)
  if ((await stat(target)).isDirectory()) return walk(root, target)
  return [listed(target, relative(root, target).split(sep).join('/'))]
}

async function existing(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new ScanInputError('scan.path-missing', path)
  }
}

async function walk(root: string, folder: string): Promise<SourceFile[]> {
  const files: SourceFile[] = []
  for (const entry of await readdir(folder, { withFileTypes: true }))
    files.push(...(await filesOf(root, folder, entry)))
  return files
}

async function filesOf(root: string, folder: string, entry: Dirent): Promise<SourceFile[]> {
  const location = join(folder, entry.name)
  const path = relative(root, location).split(sep).join('/')
  const unread = (error: FileErrorCode): SourceFile[] => [{ location, path, bytes: 0, modified: 0, error }]
  // Node's strings have no place for such bytes: the file is there and cannot be asked for.
  if (entry.name.includes('\ufffd') && !existsSync(location)) return unread('scan.name-not-utf8')
  if (entry.isSymbolicLink()) {
    const target = await realpath(location).catch(() => undefined)
    // What a link inside the folder points to is found where it lies.
    return target === undefined || !(target + sep).startsWith(root + sep) ? unread('scan.link-outside') : []
  }
  if (entry.isDirectory()) {
    try {
      return await walk(root, location)
    } catch (error) {
      if (!isDenied(error)) throw error
      return unread('scan.file-unreadable')
    }
  }
  return entry.isFile() ? [listed(location, path)] : unread('scan.not-a-file')
}

const isDenied = (error: unknown): boolean => ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')

// Of thousands of small files each is looked at for microseconds: waiting for a thread would take longer than the look.
function listed(location: string, path: string): SourceFile {
  const about = lstatSync(location)
  const error = about.isFile() ? {} : ({ error: 'scan.not-a-file' } as const)
  return { location, path, bytes: about.size, modified: about.mtimeMs, ...error }
}

const sampleBytes = 256 * 1024

/** Decides format, encoding, delimiter and header by content; the name of the file is not believed. Throws FileError. */
export async function recognise(file: SourceFile, limits: Limits = usualLimits): Promise<Recognised> {
  if (file.error !== undefined) return { error: file.error }
  if (file.bytes === 0) return { error: 'scan.file-empty' }
  if (file.taken !== undefined) {
    const { format, header, cells } = file.taken
    return { format, encoding: 'utf-8', gzip: false, delimiter: '\t', dialect: 'escaped', header, cells, plain: true }
  }
  const start = readRange(file.location, 0, 4)
  const gzip = start[0] === 0x1f && start[1] === 0x8b
  const head = await headOf(file, gzip, sampleBytes, limits)
  if (head.length === 0) return { error: 'scan.file-empty' }
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') {
    if (gzip) return { format: 'parquet', gzip }
    const tail = readRange(file.location, Math.max(0, file.bytes - 4), 4)
    return tail.toString('latin1') === 'PAR1' && file.bytes > 12
      ? { format: 'parquet', gzip }
      : { error: 'scan.parquet-unreadable' }
  }
  const container = containerOf(head, gzip)
  if (container !== undefined) return container
  const whole = head.length < sampleBytes
  const encoding = recogniseEncoding(head, whole)
  if (encoding === 'binary') return { error: 'scan.file-binary' }
  if (encoding === undefined) return { error: 'scan.encoding-unknown' }
  const text = new TextDecoder(encoding).decode(head, { stream: !whole })
  return recogniseText(text, whole, { encoding, gzip })
}

/** What the first bytes say, before anything is taken for text. */
function containerOf(head: Buffer, gzip: boolean): Container | { readonly error: FileErrorCode } | undefined {
  const binary = (take: Container['take']): Container => ({ take, gzip, encoding: 'utf-8', lines: false })
  // Read from their end or at places: inside a gzip they are unpacked first, and looked at by themselves.
  const placed = (take: Container['take']): Container => binary(gzip ? 'gzip' : take)
  const start = head.subarray(0, 4).toString('latin1')
  if (start === 'PK\u0003\u0004' || start === 'PK\u0005\u0006') return placed('zip')
  // Microsoft's compound file: Excel and Word before 2007, and any newer one under a password.
  if (head.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) return { error: 'scan.encrypted-or-old' }
  if (isTar(head)) return binary('tar')
  if (head.subarray(0, xportStart.length).toString('latin1') === xportStart) return binary('xport')
  return isDicom(head) ? placed('dicom') : undefined
}

/** Remembers the shapes it saw: thousands of files of one header need not be thought about one by one. */
export class ShapeMemory {
  readonly #byFirstLine = new Map<string, DelimitedShape>()

  async recognise(file: SourceFile, limits: Limits): Promise<Recognised> {
    const firstLine = this.#firstLine(file)
    const known = firstLine === undefined ? undefined : this.#byFirstLine.get(firstLine)
    if (known !== undefined) return known
    const shape = await recognise(file, limits)
    // Of a file without a header the first line is data; packed ones were not looked into here.
    const isText = 'delimiter' in shape && shape.header !== null && !shape.gzip && shape.encoding === 'utf-8'
    if (isText && firstLine !== undefined) this.#byFirstLine.set(firstLine, shape)
    return shape
  }

  #firstLine(file: SourceFile): string | undefined {
    if (file.error !== undefined || file.bytes === 0 || file.bytes > 2_000_000) return undefined
    const head = readRange(file.location, 0, Math.min(4096, file.bytes))
    const end = head.indexOf(10)
    // Two lines at least, or the header is all there is and may be data after all.
    return end === -1 || end + 1 >= file.bytes ? undefined : head.toString('latin1', 0, end)
  }
}

function readRange(path: string, from: number, length: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(length)
    return buffer.subarray(0, readSync(file, buffer, 0, length, from))
  } finally {
    closeSync(file)
  }
}

// --- encoding ---------------------------------------------------------------------------------------------------------

/** By the head of the file; the rest is checked against it when it is read. Undefined where two readings are as good. */
export function recogniseEncoding(head: Buffer, whole: boolean): Encoding | 'binary' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const wide = wideEncoding(head)
  if (wide !== undefined) return wide
  if (head.includes(0) || controlShare(head) > 0.02) return 'binary'
  // The head may end inside a character: at most three bytes of it.
  for (const cut of whole ? [0] : [0, 1, 2, 3]) if (isUtf8(head.subarray(0, head.length - cut))) return 'utf-8'
  // A file cut off inside a character, where others stand whole before it.
  const cut = head.subarray(0, lastWholeCharacter(head))
  if (isUtf8(cut) && cut.some((byte) => byte >= 0x80)) return 'utf-8'
  return eightBitEncoding(head)
}

// Without a mark: in UTF-16 the other byte of every digit, comma and line end is zero.
function wideEncoding(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const zeros = [0, 0]
  for (let at = 0; at < head.length; at++) if (head[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const pairs = head.length / 2
  if (odd > pairs * 0.2 && even < pairs * 0.01) return 'utf-16le'
  if (even > pairs * 0.2 && odd < pairs * 0.01) return 'utf-16be'
  return undefined
}

function controlShare(bytes: Buffer): number {
  let control = 0
  for (const byte of bytes) {
    // 1 is a field separator of Hive; 27 to 31 are the separators of ASCII.
    if (byte < 27 && byte !== 1 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12) control++
  }
  return control / bytes.length
}

/**
 * GB18030, Big5 or Windows-1252. Western letters stand alone among ASCII; Chinese ones come in pairs, and the pairs of
 * everyday characters lie in one region of each code: rows B0 to D7 of GB 2312, rows A4 to C6 of Big5.
 */
function eightBitEncoding(head: Buffer): Encoding | undefined {
  const isHigh = (byte: number | undefined) => byte !== undefined && byte >= 0x80
  let alone = 0
  let high = 0
  for (let at = 0; at < head.length; at++) {
    if (!isHigh(head[at])) continue
    high++
    if (!isHigh(head[at - 1]) && !isHigh(head[at + 1])) alone++
  }
  const western = alone / high
  const decodes = (encoding: Encoding) => {
    try {
      // It may end inside a character.
      new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true })
      return true
    } catch {
      return false
    }
  }
  const gb = decodes('gb18030') ? shareOfPairs(head, isEverydayGb) : 0
  const big5 = decodes('big5') ? shareOfPairs(head, isEverydayBig5) : 0
  if (western > 0.8 && readsAsWestern(head)) return 'windows-1252'
  if (gb > 0.75 && gb > big5 + 0.1) return 'gb18030'
  if (big5 > 0.75 && big5 > gb + 0.1) return 'big5'
  return undefined
}

function shareOfPairs(head: Buffer, isEveryday: (lead: number, trail: number) => boolean): number {
  let pairs = 0
  let everyday = 0
  for (let at = 0; at + 1 < head.length; at++) {
    const lead = head[at] ?? 0
    if (lead < 0x81) continue
    pairs++
    if (isEveryday(lead, head[at + 1] ?? 0)) everyday++
    at++
  }
  return pairs === 0 ? 0 : everyday / pairs
}

// Punctuation and full-width forms (A1, A3) count as everyday too.
const isEverydayGb = (lead: number, trail: number): boolean =>
  trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3)

const isEverydayBig5 = (lead: number, trail: number): boolean =>
  ((trail >= 0x40 && trail <= 0x7e) || trail >= 0xa1) && ((lead >= 0xa4 && lead <= 0xc6) || lead === 0xa1)

const readsAsWestern = (head: Buffer): boolean => {
  const text = new TextDecoder('windows-1252').decode(head)
  const foreign = text.match(/[^\u0000-\u007f]/gu)?.length ?? 0
  return (text.match(/[À-ÖØ-öø-ÿŒœŠšŽžŸ°«»€’‘“”–—]/gu)?.length ?? 0) / foreign > 0.9
}

// --- shape ------------------------------------------------------------------------------------------------------------

function recogniseText(text: string, whole: boolean, packing: Packing): Recognised {
  const clean = text.startsWith('\ufeff') ? text.slice(1) : text
  const lines = clean.split(/\r?\n/, 200).filter((line) => line.trim() !== '')
  const first = lines[0]
  if (first === undefined) return { error: 'scan.file-empty' }
  if (isFhir(clean)) return { take: 'fhir', ...packing, lines: isJsonObject(first) }
  if (clean.startsWith(vcfStart)) return { take: 'vcf', ...packing, lines: true }
  if (isSqlDump(clean)) return { take: 'sql', ...packing, lines: false }
  if (isJsonObject(first)) return { format: 'ndjson', ...packing }
  if (/^\s*[{[]/.test(first) && looksLikeJson(clean)) return { format: 'json', ...packing }
  if (/^\s*[{[<]/.test(first)) return { take: 'text', ...packing, lines: true }
  const guess = guessDelimiter(whole ? clean : upToLastLine(clean))
  if (guess === undefined) return { take: 'text', ...packing, lines: true }
  const { delimiter, dialect, rows } = guess
  const [top = [], ...body] = rows
  const header = looksLikeHeader(top, body) ? top : null
  const cells = header?.length ?? mode(rows.map((row) => row.length))
  const plain = /^[^\r\n]/.test(clean) && top.every((name) => !/[\r\n]/.test(name))
  return { format: delimiter === '\t' ? 'tsv' : 'csv', ...packing, delimiter, dialect, header, cells, plain }
}

const upToLastLine = (text: string): string => {
  const end = text.lastIndexOf('\n')
  return end === -1 ? text : text.slice(0, end + 1)
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

// A document over several lines: a list of objects, or an object that holds one.
const looksLikeJson = (text: string): boolean => /^\s*(\[\s*(\{|\]|$)|\{\s*("|$))/.test(text)

interface Guess {
  readonly delimiter: string
  readonly dialect: 'quoted' | 'escaped'
  readonly rows: readonly (readonly string[])[]
}

// Those in use, then any other sign that cuts every row alike.
const usualDelimiters = [',', '\t', ';', '|', '\u0001', '^', '\u001f', '~', '§', '¦', '!', '#', '$', '%', '&', '*']

// The delimiter is the one that cuts most rows into the same number of cells, more than one.
function guessDelimiter(text: string): Guess | undefined {
  let best: (Guess & { readonly score: number }) | undefined
  const lines = text.split(/\r?\n/, 40).filter((line) => line !== '')
  // What follows the first quoted cell is the delimiter, whatever stands inside the quotes.
  const afterQuoted = /^"(?:[^"]|"")*"([^\r\n"])/.exec(text)?.[1]
  for (const [at, delimiter] of usualDelimiters.entries()) {
    if (afterQuoted !== undefined && usualDelimiters.includes(afterQuoted) && delimiter !== afterQuoted) continue
    if (at >= 6 && !lines.every((line) => line.includes(delimiter))) continue
    if (!text.includes(delimiter)) continue
    const dialect = delimiter === '\t' && isEscaped(text) ? 'escaped' : 'quoted'
    const rows = sampleRows(text, delimiter, dialect)
    const usual = mode(rows.map((row) => row.length))
    if (usual < 2) continue
    const agreeing = rows.filter((row) => row.length === usual).length / rows.length
    const score = agreeing + Math.min(usual, 20) / 100 - (at >= 6 ? 0.05 : 0)
    if (agreeing > (at >= 6 ? 0.95 : 0.6) && (best === undefined || score > best.score)) {
      best = { delimiter, dialect, rows, score }
    }
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
