import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import type {
  ColumnEvidence,
  ColumnReading,
  Evidence,
  FileEvidence,
  FileReading,
  Kind,
  SecondReading,
} from '@tongguan/law'
import { EngineError } from './engine.ts'
import type { Engine } from './engine.ts'
import { claimOf, topicOf } from './header.ts'

/**
 * Reads a batch a second time and says what stands in it, to be held against the evidence of the first time (NIST SP 800-53
 * AC-4(27): filters that do not share their faults). The engine parses the bytes by its own readers; rows, filled cells,
 * resident IDs, mobile numbers, addresses and distinct persons are counted by expressions written here and nowhere else.
 * Of the evidence it takes which columns number persons, and whose: that is in their names, which both read alike.
 */
export async function readAgain(engine: Engine, folder: string, evidence: Evidence): Promise<SecondReading> {
  // Another key each time: what comes out of the engine can be compared within this reading only.
  const [k0, k1] = [randomBytes(8), randomBytes(8)].map((key) => key.readBigUInt64LE().toString())
  const params = { k0: k0 ?? '', k1: k1 ?? '' }
  const files: FileReading[] = []
  const persons = new Persons(evidence.files.length)
  for (const file of evidence.files) {
    const seen = createHash('sha256')
    try {
      const found = await readFile(engine, { folder, file, seen, params })
      if (found !== undefined) persons.add(found)
      files.push({ ...sayOf(file, found), sha256: found === undefined ? file.sha256 : seen.digest('hex') })
    } catch (error) {
      if (!isUnreadable(error)) throw error
      files.push({ ...sayOf(file, undefined), unread: 'not-parsed', sha256: '' })
    }
  }
  return { files, persons: persons.bounds() }
}

interface Asked {
  readonly folder: string
  readonly file: FileEvidence
  readonly seen: ReturnType<typeof createHash>
  readonly params: Readonly<Record<string, string>>
}

interface Found {
  readonly rows: number | null
  readonly columns: readonly ColumnReading[] | null
  readonly residentIds: number
  /** Rows that carry no sure identifier of their own person. */
  readonly unlinked: number
  /** By register, keyed hashes; the last bit says that it proves a person of its own. */
  readonly identifiers: ReadonlyMap<string, readonly BigUint64Array[]>
  /** Whether persons can be told apart in it at all. */
  readonly bounded: boolean
}

function sayOf({ path }: FileEvidence, found: Found | undefined): Omit<FileReading, 'sha256'> {
  if (found === undefined) return { path, unread: 'no-second-reader', rows: null, columns: null, residentIds: 0 }
  const { rows, columns, residentIds } = found
  return { path, unread: null, rows, columns, residentIds }
}

// What the engine cannot cut into rows, and bytes that are not of their encoding; a dead engine is another matter.
function isUnreadable(error: unknown): boolean {
  return (error instanceof EngineError && error.code === 'engine.query-failed') || error instanceof TypeError
}

async function readFile(engine: Engine, asked: Asked): Promise<Found | undefined> {
  const { format, delimiter } = asked.file
  if (asked.file.error !== null) return undefined
  if (format === 'csv' || format === 'tsv') return delimiter?.length === 1 ? readDelimited(engine, asked) : undefined
  if (format === 'ndjson') return readLines(engine, asked)
  if (format === 'json') return readDocument(engine, asked)
  if (format === 'parquet') return readParquet(engine, asked)
  return undefined
}

// --- one statement a file, whatever its form --------------------------------------------------------------------------

async function readDelimited(engine: Engine, asked: Asked): Promise<Found> {
  const { delimiter, header, columns } = asked.file
  const form = (skipped: 0 | 1) =>
    [
      `format_csv_delimiter = '\\x${(delimiter ?? ',').charCodeAt(0).toString(16).padStart(2, '0')}'`,
      `input_format_csv_skip_first_lines = ${skipped}`,
      'input_format_csv_skip_trailing_empty_lines = 1',
      'input_format_csv_trim_whitespaces = 0',
      'input_format_csv_allow_whitespace_or_tab_as_delimiter = 1',
      'input_format_csv_empty_as_default = 0',
      'input_format_allow_errors_num = 0',
    ].join(', ')
  const rows = `file({input0:String}, 'CSV', {structure:String})`
  const params = { ...asked.params, structure: columns.map((_, at) => `c${at} String`).join(', ') }
  const texts = columns.map((_, at) => `c${at}`)
  // One that spans lines leaves its rest behind as a row, and the readings differ.
  const skipped = header === true ? 1 : 0
  const found = await ask(engine, asked, { rows, texts, settings: form(skipped), params })
  if (skipped === 0) return named(found, [])
  const sql = `SELECT ${texts.join(', ')} FROM ${rows} LIMIT 1 SETTINGS ${form(0)}, max_threads = 1, input_format_parallel_parsing = 0`
  const [names = []] = parsed<string[]>(
    await engine.read(sql, params, (write) => feed(asked, write, createHash('sha256'))),
  )
  return named(found, names)
}

async function readLines(engine: Engine, asked: Asked): Promise<Found> {
  const { columns } = asked.file
  const paths = Object.fromEntries(
    columns.flatMap(({ name }, at) => name.split('.').map((key, deep) => [`p${at}_${deep}`, key] as const)),
  )
  const texts = columns.map(({ name }, at) => {
    const path = name.split('.').map((_, deep) => `{p${at}_${deep}:String}`)
    const raw = `JSONExtractRaw(line, ${path.join(', ')})`
    return `if(startsWith(${raw}, '"'), JSONExtractString(line, ${path.join(', ')}), ${raw})`
  })
  const found = await ask(engine, asked, {
    rows: `(SELECT line FROM file({input0:String}, 'LineAsString', 'line String') WHERE trimBoth(line) != '')`,
    texts,
    params: { ...asked.params, ...paths },
  })
  return named(
    found,
    columns.map(({ name }) => name),
  )
}

async function readParquet(engine: Engine, asked: Asked): Promise<Found> {
  const copy = join(engine.folder, `again-${randomBytes(6).toString('hex')}.parquet`)
  try {
    // The engine reads its own folder only.
    await copyFile(join(asked.folder, asked.file.path), copy)
    for await (const chunk of createReadStream(copy)) asked.seen.update(chunk as Buffer)
    const names = asked.file.columns.map(({ name }) => name)
    const bound = Object.fromEntries(names.map((name, at) => [`n${at}`, name]))
    const found = await ask(engine, asked, {
      rows: `file({copy:String}, 'Parquet')`,
      texts: names.map((_, at) => `ifNull(toString({n${at}:Identifier}), '')`),
      params: { ...asked.params, ...bound, copy },
      isFed: false,
    })
    return named(found, names)
  } finally {
    await rm(copy, { force: true })
  }
}

/** Of a document only what stands in it anywhere: which of its lists are rows is the first reader's to say. */
async function readDocument(engine: Engine, asked: Asked): Promise<Found> {
  const sql = `SELECT sum(length(${idsInside('line')})) FROM file({input0:String}, 'LineAsString', 'line String')`
  const [[residentIds] = [0]] = parsed<[number]>(
    await engine.read(sql, asked.params, (write) => feed(asked, write, asked.seen)),
  )
  return { rows: null, columns: null, residentIds, unlinked: 0, identifiers: new Map(), bounded: false }
}

interface Statement {
  readonly rows: string
  /** A cell of each column, as SQL of type String. */
  readonly texts: readonly string[]
  readonly params: Readonly<Record<string, string>>
  readonly settings?: string
  /** The rows come through the pipe. */
  readonly isFed?: boolean
}

type Counted = Omit<Found, 'columns'> & { readonly columns: readonly Omit<ColumnReading, 'name'>[] }

async function ask(
  engine: Engine,
  asked: Asked,
  { rows, texts, params, settings, isFed = true }: Statement,
): Promise<Counted> {
  const keys = numbersOf(asked.file)
  const sure = keys.flatMap(({ at, inText }) => (inText ? [] : [at]))
  const counts = texts.flatMap((_, at) => [
    `countIf(${isSaid(`x${at}`)})`,
    `countIf(${isResidentId(`x${at}`)})`,
    `sum(if(length(x${at}) > 18, toUInt64(length(${idsInside(`x${at}`)})), toUInt64(0)))`,
    `countIf(${isMobile(`x${at}`)})`,
    `countIf(${isEmail(`x${at}`)})`,
  ])
  const unlinked = sure.length === 0 ? 'count()' : `countIf(NOT (${sure.map((at) => isSaid(`x${at}`)).join(' OR ')}))`
  const sets = keys.map(({ at, kind, register, inText }) => {
    const place = `'${kind}:${register}'`
    if (inText) return `groupUniqArrayArray(arrayMap(id -> ${proven(keyed(place, 'id'), '1')}, ${idsInside(`x${at}`)}))`
    const proves = kind === 'national_id' ? isResidentId(`x${at}`) : isOneEach(kind) ? '1' : '0'
    const spelt = kind === 'national_id' ? `upper(x${at})` : `x${at}`
    return `groupUniqArrayIf(${proven(keyed(place, spelt), proves)}, ${isSaid(`x${at}`)})`
  })
  const sql = `SELECT count(), [${['toUInt64(0)', ...counts].join(', ')}], ${['toUInt64(' + unlinked + ')', ...sets].join(', ')}
    FROM (SELECT ${texts.map((text, at) => `${plain(text)} AS x${at}`).join(', ')} FROM ${rows})
    ${settings === undefined ? '' : `SETTINGS ${settings}`}`
  const body = isFed
    ? await engine.read(sql, params, (write) => feed(asked, write, asked.seen), { format: 'RowBinary' })
    : await engine.query(sql, params, 'RowBinary')
  const row = new RowBinary(body)
  const count = row.number()
  const [, ...each] = row.array()
  const unlinkedRows = row.number()
  const identifiers = new Map<string, BigUint64Array[]>()
  for (const { kind, register } of keys) {
    const place = `${kind}:${register}`
    identifiers.set(place, [...(identifiers.get(place) ?? []), row.array()])
  }
  const of = (at: number, which: number) => Number(each[at * 5 + which] ?? 0)
  return {
    rows: count,
    columns: texts.map((_, at) => ({
      filled: of(at, 0),
      residentIds: of(at, 1),
      residentIdsInText: of(at, 2),
      mobiles: of(at, 3),
      emails: of(at, 4),
    })),
    residentIds: 0,
    unlinked: unlinkedRows,
    identifiers,
    bounded: true,
  }
}

/** The columns under the header's names; one that has none, or another's, is called after its place. */
function named(found: Counted, header: readonly string[]): Found {
  const used = new Set<string>()
  const columns = found.columns.map((column, at) => {
    const given = header[at]?.trim() ?? ''
    const name = given === '' ? `column${at + 1}` : used.has(given) ? `${given} (${at + 1})` : given
    used.add(name)
    return { name, ...column }
  })
  return { ...found, columns }
}

/** A file's text as UTF-8, without a byte order mark; hashed as it stands. Throws TypeError for bytes of another encoding. */
async function feed(
  { folder, file }: Asked,
  write: (rows: readonly Uint8Array[]) => Promise<boolean>,
  seen: ReturnType<typeof createHash>,
): Promise<void> {
  const source = createReadStream(join(folder, file.path), { highWaterMark: 1 << 20 })
  source.on('data', (chunk) => seen.update(chunk))
  const bytes = file.path.toLowerCase().endsWith('.gz') ? source.pipe(createGunzip()) : source
  const decoder = new TextDecoder(file.encoding ?? 'utf-8', { fatal: true })
  for await (const chunk of bytes) {
    if (!(await write([Buffer.from(decoder.decode(chunk as Buffer, { stream: true }))]))) return
  }
  await write([Buffer.from(decoder.decode())])
}

// --- what is looked for, as SQL ---------------------------------------------------------------------------------------

/** A cell without blanks at its ends, full-width characters made plain. */
const plain = (x: string): string =>
  `if(match(${x}, '[\\x{ff01}-\\x{ff5e}]'), normalizeUTF8NFKC(trimBoth(${x})), trimBoth(${x}))`

const isSaid = (x: string): string => `(${x} NOT IN ('', 'NULL', 'null', '\\\\N', 'NaN', 'N/A', 'None'))`

/** GB 11643-1999: 17 digits and a check character by ISO 7064 MOD 11-2, with a day of birth inside. */
const isResidentId = (x: string): string =>
  `(length(${x}) = 18 AND match(${x}, '^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])[0-9]{15}[0-9Xx]$') AND ${checkHolds(x)} AND ${bornOnADay(x)})`

// The weight of a place is 2 to the number of places behind it; the sum over all eighteen leaves 1 modulo 11.
function checkHolds(x: string): string {
  const weights = Array.from({ length: 17 }, (_, at) => 2 ** (17 - at) % 11)
  const sum = `arraySum((weight, place) -> weight * (ascii(substring(${x}, place, 1)) - 48), [${weights.join(', ')}], range(1, 18))`
  return `(${sum} + if(upper(substring(${x}, 18, 1)) = 'X', 10, toInt32OrZero(substring(${x}, 18, 1)))) % 11 = 1`
}

// A month has the days it has: the day of the date that was made of them is the day that stands there.
const bornOnADay = (x: string): string =>
  `(match(${x}, '^.{6}(19|20)[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9]') AND toDayOfMonth(makeDate32(toInt32OrZero(substring(${x}, 7, 4)), toInt32OrZero(substring(${x}, 11, 2)), toInt32OrZero(substring(${x}, 13, 2)))) = toInt32OrZero(substring(${x}, 13, 2)))`

const idsInside = (x: string): string =>
  `arrayDistinct(arrayFilter(id -> ${isResidentId('id')}, arrayMap(id -> upper(id), if(match(${x}, '[0-9]{17}[0-9Xx]'), extractAll(${x}, '(?:^|[^0-9A-Za-z.])([1-8][0-9]{16}[0-9Xx])(?:[^0-9A-Za-z]|$)'), []))))`

/** The ranges MIIT's numbering plan has assigned. */
const assigned = [130, 145, 147, 150, 155, 162, 165, 170, 175, 180, 190, 195]
const assignedTo = [139, 145, 147, 153, 159, 162, 167, 173, 178, 189, 193, 199]

function isMobile(x: string): string {
  const digits = `replaceRegexpOne(replaceRegexpAll(${x}, '[ +-]', ''), '^(00)?86', '')`
  const range = `toUInt16OrZero(substring(${digits}, 1, 3))`
  const ranges = assigned.map((from, at) => `${range} BETWEEN ${from} AND ${assignedTo[at]}`).join(' OR ')
  return `(length(${x}) BETWEEN 11 AND 19 AND match(${x}, '^(\\+|00)?(86)?[ -]?1[0-9]{2}[ -]?[0-9]{4}[ -]?[0-9]{4}$') AND (${ranges}))`
}

const isEmail = (x: string): string =>
  `(position(${x}, '@') BETWEEN 2 AND 65 AND match(${x}, '^[A-Za-z0-9._+-]+@([A-Za-z0-9][A-Za-z0-9-]*[.])+[A-Za-z]{2,24}$'))`

// The register's name is one of our own words.
const keyed = (place: string, x: string): string =>
  `sipHash64Keyed(tuple({k0:UInt64}, {k1:UInt64}), concat(${place}, char(31), ${x}))`

const proven = (hash: string, proves: string): string =>
  `bitOr(bitAnd(${hash}, bitNot(toUInt64(1))), toUInt64(${proves}))`

// --- persons ----------------------------------------------------------------------------------------------------------

interface NumberOf {
  readonly at: number
  readonly kind: Kind
  readonly register: string
  readonly inText: boolean
}

const sureKinds: readonly Kind[] = [
  'national_id',
  'passport',
  'social_security_no',
  'driver_licence',
  'medical_record_no',
  'person_id',
  'subject_id',
]

const isOneEach = (kind: Kind): boolean => kind === 'person_id' || kind === 'subject_id'

/** The columns that number the rows' own persons; of nobody else's numbers where there are such. */
function numbersOf({ path, columns }: FileEvidence): readonly NumberOf[] {
  const names = columns.map(({ name }) => name)
  const topic = topicOf(path, names)
  const all = columns.flatMap((column, at): (NumberOf & { readonly of: string })[] => {
    const claim = claimOf(column.name, topic, names)
    const of = claim?.of ?? 'subject'
    const register = isOneEach(column.kind) ? claim?.key?.entity : ''
    if (of === 'relative' || register === undefined || register === 'visit') return []
    if (sureKinds.includes(column.kind)) return [{ at, kind: column.kind, register, inText: isInText(column), of }]
    return column.findings.some(({ kind }) => kind === 'national_id')
      ? [{ at, kind: 'national_id', register: '', inText: true, of }]
      : []
  })
  const own = all.filter(({ of }) => of === 'subject')
  return own.length > 0 ? own : all
}

const isInText = ({ kind, counts }: ColumnEvidence): boolean =>
  kind === 'national_id' && counts.valid < 0.5 * counts.matched

class Persons {
  readonly #sets = new Map<string, BigUint64Array[]>()
  readonly #files: number
  #unlinked = 0
  #bounded = true

  constructor(files: number) {
    this.#files = files
  }

  add({ identifiers, unlinked, bounded }: Found): void {
    this.#bounded &&= bounded
    this.#unlinked += unlinked
    for (const [place, sets] of identifiers) this.#sets.set(place, [...(this.#sets.get(place) ?? []), ...sets])
  }

  /**
   * No person has two resident IDs, or two numbers of one register: as many as the fullest register holds there are at least.
   * And no more than there are numbers, rows without any, and names of files, which may name somebody too.
   */
  bounds(): SecondReading['persons'] {
    let [lower, upper] = [0, this.#unlinked + this.#files]
    const isShared = [...this.#sets.keys()].some((place) => place.startsWith('medical_record_no'))
    for (const [place, sets] of this.#sets) {
      const { all, proven } = countedOnce(sets)
      upper += all
      // A patient's number may be the record number of another file, and of those a person may have several.
      if (place.startsWith('national_id') || !isShared) lower = Math.max(lower, proven)
    }
    return { lower, upper: this.#bounded ? upper : null }
  }
}

function countedOnce(sets: readonly BigUint64Array[]): { readonly all: number; readonly proven: number } {
  const every = new BigUint64Array(sets.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const set of sets) {
    every.set(set, at)
    at += set.length
  }
  every.sort()
  let [all, proven] = [0, 0]
  for (let i = 0; i < every.length; i++) {
    if (i > 0 && every[i] === every[i - 1]) continue
    all++
    if (((every[i] ?? 0n) & 1n) === 1n) proven++
  }
  return { all, proven }
}

// --- what the engine answers ------------------------------------------------------------------------------------------

function parsed<Row>(bytes: Buffer): Row[] {
  // What comes back is what our own SELECT lists.
  const lines = bytes.toString().split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as Row)
}

/** Numbers and lists of numbers of 64 bits, in the order they were selected. */
class RowBinary {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  number(): number {
    this.#at += 8
    return Number(this.#bytes.readBigUInt64LE(this.#at - 8))
  }

  array(): BigUint64Array {
    let length = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.#at++] ?? 0
      length += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
    }
    const from = this.#bytes.subarray(this.#at, this.#at + length * 8)
    this.#at += length * 8
    // A copy of its own: where the answer's bytes lie is not aligned for numbers.
    return new BigUint64Array(new Uint8Array(from).buffer)
  }
}
