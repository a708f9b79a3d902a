import { createHmac } from 'node:crypto'
import type { Kind, LegalDate, PersonsEvidence } from '@tongguan/law'
import { cell, isFilled } from './columns.ts'
import { email as emailDetector } from './detectors/email.ts'
import { mobile as mobileDetector } from './detectors/mobile.ts'
import { nationalId, nationalId15 } from './detectors/national-id.ts'
import type { Detector } from './detectors/detector.ts'
import type { Engine } from './engine.ts'
import { isStrong, joinPersons, mayShare, placeOf } from './person-graph.ts'
import type { Resolved, Shard } from './person-graph.ts'
import { parseRows } from './tables.ts'
import type { Table } from './tables.ts'

/**
 * How distinct natural persons are counted ("tongguan/persons/1").
 *
 * Nodes are identifiers, hashed with a key; identifiers in one row belong to one person. They are joined from the
 * surest kind to the least sure. An identifier joins what it stands beside, unless it stands beside more than five
 * identifiers of a surer kind (a clinic's desk, a placeholder), or beside two that cannot be one person: two resident
 * IDs, two numbers of one register. Names never join. A number of a visit joins rows to its patient and is no person.
 */
export interface PersonTable {
  readonly table: Table
  /** Which of its files; undefined for all. */
  readonly files: readonly number[] | undefined
  /** Identifiers of the row's own person. */
  readonly keys: readonly PersonKey[]
  /** Columns whose cells say something of a person; a row without any of them says nothing. */
  readonly personal: readonly string[]
  readonly sensitive: readonly string[]
  /** Columns with a date of birth. */
  readonly births: readonly string[]
  /** Rows without an identifier speak of a person all the same. */
  readonly aboutPersons: boolean
}

export interface PersonKey {
  readonly column: string
  readonly kind: KeyKind
  /** Whose register: numbers are compared within it only. */
  readonly register: string
  /** The identifier stands inside a text that may name others too. */
  readonly inText: boolean
}

export type KeyKind = Extract<
  Kind,
  | 'national_id'
  | 'passport'
  | 'social_security_no'
  | 'driver_licence'
  | 'medical_record_no'
  | 'person_id'
  | 'subject_id'
  | 'mobile'
  | 'phone'
  | 'email'
  | 'visit'
>

/** Which identifier stands for a person in the ledger, strongest first. */
const standing: readonly KeyKind[] = [
  'national_id',
  'passport',
  'social_security_no',
  'driver_licence',
  'medical_record_no',
  'person_id',
  'subject_id',
  'mobile',
  'phone',
  'email',
]

export interface PersonCounts {
  readonly persons: Omit<PersonsEvidence, 'keyEpoch' | 'exact'>
  /** Rows that speak of a person but carry no identifier. */
  readonly unlinked: { readonly general: number; readonly sensitive: number }
}

export interface PersonMac {
  /** HMAC-SHA-256(key, kind ‖ 0x1F ‖ identifier) cut to 128 bits. */
  readonly mac: Buffer
  readonly sensitive: boolean
}

/** Every identifier of the persons, not only the one each is counted by: to find a person known by another one. */
export interface Identifiers {
  readonly codes: readonly { readonly kind: KeyKind; readonly mac: Buffer }[]
  /** Which kinds of identifier persons have, each combination once: somebody with none of a request's kinds may be the one who asked. */
  readonly combinations: readonly (readonly KeyKind[])[]
}

export interface PersonOptions {
  readonly on: LegalDate
  /** Does not reach the engine; a key derived from it does. */
  readonly key: Uint8Array
  readonly keyEpoch: string
  /** Also the codes of every identifier; each costs an HMAC. */
  readonly identifiers?: boolean
}

/** Counts distinct natural persons over all tables, exactly. */
export async function countPersons(tables: readonly PersonTable[], options: PersonOptions): Promise<PersonCounts> {
  return countShards(await shardsOf(tables, options)).counts
}

async function shardsOf(tables: readonly PersonTable[], options: PersonOptions): Promise<readonly Shard[]> {
  const shards: Shard[] = []
  for (const table of tables) shards.push(await shardOf(table, options))
  return shards
}

/** The same count, with one code per person for the ledger; persons.upper = macs + unlinked, in each part. */
export async function macPersons(
  tables: readonly PersonTable[],
  options: PersonOptions,
): Promise<PersonCounts & { readonly macs: readonly PersonMac[]; readonly identifiers: Identifiers }> {
  const { counts, resolved } = countShards(await shardsOf(tables, options))
  const best = new Map<number, { readonly rank: number; readonly value: string; readonly kind: KeyKind }>()
  const codes = new Map<string, Identifiers['codes'][number]>()
  const kindsOf = new Map<number, number>()
  for (const [t, { table, files, keys }] of tables.entries()) {
    for (const [at, key] of keys.entries()) {
      const rank = standing.indexOf(resolved.kindOf(t, at))
      if (rank === -1) continue
      const sql = (rows: string) =>
        `SELECT DISTINCT toString(${hashed(key, 'v0')}) AS h, v0 FROM ${identified(rows, { keys: [key], births: [] }, files)} WHERE v0 != ''`
      for (const [hash, value] of parseRows<[string, string]>(await table.read(sql, { params: hashKey(options) }))) {
        const person = resolved.personOf(t, at, BigInt(hash))
        const kind = resolved.kindOf(t, at)
        if (options.identifiers === true && !codes.has(`${kind}\u001f${value}`)) {
          codes.set(`${kind}\u001f${value}`, { kind, mac: codeOf(options.key, kind, value) })
        }
        if (person === undefined) continue
        noteKind(kindsOf, person, kind)
        const known = best.get(person)
        if (known === undefined || rank < known.rank || (rank === known.rank && value < known.value)) {
          best.set(person, { rank, value, kind })
        }
      }
    }
  }
  const macs = [...best].map(([person, { kind, value }]) => ({
    mac: codeOf(options.key, kind, value),
    sensitive: resolved.isSensitive(person),
  }))
  // Sorted, so that locks are taken in one order and nothing shows in which row a person stood.
  const identifiers = {
    codes: [...codes.values()].sort((a, b) => Buffer.compare(a.mac, b.mac)),
    combinations: combinationsIn(kindsOf),
  }
  return { ...counts, macs: macs.sort((a, b) => Buffer.compare(a.mac, b.mac)), identifiers }
}

/** Cells that name a listed person: in which file, under which column. */
export interface ListedCell {
  readonly file: string
  readonly column: string
  readonly value: string
}

/**
 * The cells by which the rows of listed persons are found. A person is listed by any of their identifiers, and found by all
 * of them: rows that carry another one only are theirs too.
 */
export async function listedCells(
  tables: readonly PersonTable[],
  options: PersonOptions,
  isListed: (code: Uint8Array) => boolean,
): Promise<PersonCounts & Pick<Identifiers, 'combinations'> & { readonly cells: readonly ListedCell[] }> {
  const { counts, resolved } = countShards(await shardsOf(tables, options))
  const kindsOf = new Map<number, number>()
  const listed = new Set<number>()
  const seen: (ListedCell & { readonly person: number | undefined; readonly isListed: boolean })[] = []
  for (const [t, { table, files, keys }] of tables.entries()) {
    for (const [at, key] of keys.entries()) {
      const kind = resolved.kindOf(t, at)
      if (!standing.includes(kind)) continue
      const sql = (rows: string) =>
        `SELECT DISTINCT toString(${hashed(key, 'v0')}), f, ${key.column}, v0 FROM ${identified(rows, { keys: [key], births: [] }, files)} WHERE v0 != ''`
      const rows = parseRows<[string, number, string, string]>(await table.read(sql, { params: hashKey(options) }))
      for (const [hash, member, value, canonicalValue] of rows) {
        const person = resolved.personOf(t, at, BigInt(hash))
        const isOne = isListed(codeOf(options.key, kind, canonicalValue))
        if (person !== undefined) {
          noteKind(kindsOf, person, kind)
          if (isOne) listed.add(person)
        }
        const file = table.members[member]?.file.path ?? ''
        seen.push({ file, column: table.names[Number(key.column.slice(1))] ?? '', value, person, isListed: isOne })
      }
    }
  }
  const cells = seen
    .filter((one) => one.isListed || (one.person !== undefined && listed.has(one.person)))
    .map(({ file, column, value }) => ({ file, column, value }))
  return { ...counts, combinations: combinationsIn(kindsOf), cells }
}

/** Which kinds of identifier each person has, a bit for each by its standing. */
function noteKind(kindsOf: Map<number, number>, person: number, kind: KeyKind): void {
  kindsOf.set(person, (kindsOf.get(person) ?? 0) | (1 << standing.indexOf(kind)))
}

function combinationsIn(kindsOf: ReadonlyMap<number, number>): Identifiers['combinations'] {
  return [...new Set(kindsOf.values())].map((bits) => standing.filter((_, rank) => (bits >> rank) & 1))
}

/** The code of an identifier: HMAC-SHA-256(key, kind ‖ 0x1F ‖ identifier) cut to 128 bits. */
function codeOf(key: Uint8Array, kind: KeyKind, value: string): Buffer {
  return createHmac('sha256', key).update(`${kind}\u001f${value}`).digest().subarray(0, 16)
}

/** Persons of any number of shards, however the rows were dealt out among them and in whatever order they come. */
export function countShards(shards: readonly Shard[]): { readonly counts: PersonCounts; readonly resolved: Resolved } {
  const resolved = joinPersons(shards)
  const { lower, point, sensitive, minors, unlinked } = resolved
  const general = unlinked.rows - unlinked.sensitive
  const counts: PersonCounts = {
    persons: {
      lower,
      point,
      upper: point + unlinked.rows,
      sensitive: { ...sensitive, upper: sensitive.point + unlinked.sensitive },
      minors,
    },
    unlinked: { general, sensitive: unlinked.sensitive },
  }
  return { counts, resolved }
}

// --- more than can be joined exactly -------------------------------------------------------------------------------------

/** Above so many rows with identifiers the persons are estimated. */
export const exactUpTo = 50_000_000

/**
 * An estimate within about 0.1 % for each kind of identifier (`uniqCombined64(20)`, exact to 32,000), without joining kinds:
 * lower is the largest strong kind, point the largest of all, upper the sum of the kinds and the rows without any.
 */
export async function estimatePersons(
  engine: Engine,
  tables: readonly PersonTable[],
  options: PersonOptions,
): Promise<PersonCounts['persons']> {
  const states = new Map<string, { readonly kind: KeyKind | 'minor'; all: string[]; sensitive: string[] }>()
  const unlinked = { rows: 0, sensitive: 0 }
  for (const about of tables) {
    const hashes = about.keys.map((_, at) => `h${at}`)
    const any = hashes.length === 0 ? 'toUInt64(0)' : `coalesce(${hashes.map((h) => `nullIf(${h}, 0)`).join(', ')}, 0)`
    const state = (hash: string, where: string) => `hex(uniqCombined64StateIf(20)(${hash}, ${hash} != 0 AND ${where}))`
    const sql = (rows: string) => `
      SELECT [${[...hashes, 'h'].map((h) => state(h, '1')).join(', ')}],
        [${[...hashes.map((h) => state(h, '(sensitive OR minor)')), state('h', 'minor')].join(', ')}],
        countIf(h = 0), countIf(h = 0 AND (sensitive OR minor))
      FROM (SELECT *, ${any} AS h FROM ${hashedRows(rows, about)}) WHERE speaks`
    const params = { ...hashKey(options), on: options.on }
    const [row] = parseRows<[string[], string[], number, number]>(await about.table.read(sql, { params }))
    if (row === undefined) continue
    for (const [at, key] of about.keys.entries()) {
      const place = placeOf(key)
      const known = states.get(place) ?? { kind: key.kind, all: [], sensitive: [] }
      states.set(place, known)
      known.all.push(row[0][at] ?? '')
      known.sensitive.push(row[1][at] ?? '')
    }
    const minors = states.get('minor') ?? { kind: 'minor' as const, all: [], sensitive: [] }
    states.set('minor', minors)
    minors.all.push(row[1][about.keys.length] ?? '')
    if (!about.aboutPersons) continue
    unlinked.rows += row[2]
    unlinked.sensitive += row[3]
  }
  const counted = async (all: readonly string[]): Promise<number> => {
    const sql = `SELECT uniqCombined64Merge(20)(CAST(unhex(arrayJoin({states:Array(String)})), 'AggregateFunction(uniqCombined64(20), UInt64)'))`
    const [[count] = [0]] = parseRows<[number]>(await engine.query(sql, { states: all }))
    return count
  }
  const boundsOf = async (part: 'all' | 'sensitive', rows: number) => {
    const counts: { readonly kind: KeyKind; readonly count: number }[] = []
    for (const { kind, ...of } of states.values())
      if (kind !== 'minor' && kind !== 'visit') counts.push({ kind, count: await counted(of[part]) })
    const largest = (of: typeof counts) => Math.max(0, ...of.map(({ count }) => count))
    const point = largest(counts)
    const sure = counts.filter(({ kind }) => isStrong(kind))
    return {
      lower: sure.length > 0 ? largest(sure) : point,
      point,
      upper: counts.reduce((sum, { count }) => sum + count, 0) + rows,
    }
  }
  const minors = states.get('minor')
  return {
    ...(await boundsOf('all', unlinked.rows)),
    sensitive: await boundsOf('sensitive', unlinked.sensitive),
    minors: minors === undefined ? 0 : await counted(minors.all),
  }
}

// --- rows → groups of equal identifiers, hashed inside the engine ----------------------------------------------------

/** What one table says of persons: its distinct combinations of hashed identifiers, and how many rows each has. */
export async function shardOf(table: PersonTable, options: PersonOptions): Promise<Shard> {
  const groups = await groupsOf(table, options)
  const mentions = await mentionsIn(table, options)
  return {
    epoch: options.keyEpoch,
    keys: table.keys.map(({ kind, register }) => ({ kind, register })),
    aboutPersons: table.aboutPersons,
    edges: groups,
    mentions,
  }
}

async function groupsOf(about: PersonTable, options: PersonOptions): Promise<Buffer> {
  const names = about.keys.map((_, at) => `h${at}`)
  const groupBy = names.length === 0 ? '' : `GROUP BY ${names.join(', ')}`
  // A minor's data are sensitive, whatever they say (PIPL art. 28).
  const sql = (rows: string) => `
    SELECT ${names.map((name) => `${name}, `).join('')}toUInt32(count()) AS n,
      toUInt32(countIf(sensitive OR minor)) AS s, toUInt32(countIf(minor)) AS m
    FROM ${hashedRows(rows, about)} WHERE speaks ${groupBy}`
  return about.table.read(sql, { params: { ...hashKey(options), on: options.on }, format: 'RowBinary' })
}

/** Each row's hashed identifiers (`h0` …), and whether it says anything of a person, anything sensitive, of a minor. */
function hashedRows(rows: string, about: PersonTable): string {
  const any = (columns: readonly string[]) => (columns.length === 0 ? '0' : columns.map(isFilled).join(' OR '))
  const births = about.births.map((column) => isMinor(birthDate(clean(column))))
  const ids = about.keys.flatMap((key, at) => (key.kind === 'national_id' ? [isMinor(birthOfId(`v${at}`))] : []))
  const minor = [...births, ...ids].length === 0 ? '0' : [...births, ...ids].join(' OR ')
  return `(SELECT ${about.keys.map((key, at) => `${hashed(key, `v${at}`)} AS h${at}, `).join('')}
    (${any(about.sensitive)}) AS sensitive, (${minor}) AS minor, (${any(about.personal)}) AS speaks
    FROM ${identified(rows, about, about.files)})`
}

/** The rows with each column they are judged by made plain (`x_c0`), and each identifier in its one spelling (`v0`). */
function identified(
  rows: string,
  { keys, births }: Pick<PersonTable, 'keys' | 'births'>,
  files: readonly number[] | undefined,
): string {
  const plain = [...new Set([...keys.map(({ column }) => column), ...births])]
  const values = keys.map((key, at) => `${canonical(key, clean(key.column))} AS v${at}`)
  return `(SELECT ${['*', ...values].join(', ')}
    FROM (SELECT ${['*', ...plain.map((column) => `${cell(column)} AS ${clean(column)}`)].join(', ')}
      FROM ${rows} ${among(files)}))`
}

const clean = (column: string): string => `x_${column}`

const among = (files: readonly number[] | undefined): string =>
  files === undefined ? '' : `WHERE f IN (${files.join(', ')})`

// Texts that name several persons: each is a person, none is joined to the row's own.
async function mentionsIn(about: PersonTable, options: PersonOptions): Promise<Shard['mentions']> {
  const found: { readonly key: number; readonly hash: bigint }[] = []
  for (const [at, key] of about.keys.entries()) {
    if (!key.inText) continue
    const sql = (rows: string) =>
      `SELECT DISTINCT toString(${siphash(key, 'arrayJoin(ids)')}) FROM (SELECT ${idsInText(clean(key.column))} AS ids FROM ${identified(rows, { keys: [key], births: [] }, about.files)} WHERE length(ids) > 1)`
    for (const [hash] of parseRows<[string]>(await about.table.read(sql, { params: hashKey(options) })))
      found.push({ key: at, hash: BigInt(hash) })
  }
  return found
}

/** Another key each year, and for each use. */
function hashKey({ key, keyEpoch }: PersonOptions): { readonly k0: string; readonly k1: string } {
  const derived = createHmac('sha256', key).update(`tongguan/persons in the engine\u001f${keyEpoch}`).digest()
  return { k0: derived.readBigUInt64LE(0).toString(), k1: derived.readBigUInt64LE(8).toString() }
}

/**
 * The hash of an identifier, 0 where there is none. A record number may stand under another register's name elsewhere:
 * these share one place, and their last bit says whether the number is more than a plain counter.
 */
function hashed(key: PersonKey, value: string): string {
  const hash = siphash(key, value)
  const marked = mayShare(key)
    ? `bitOr(bitAnd(${hash}, bitNot(toUInt64(1))), toUInt64(match(${value}, '[A-Za-z].*[0-9]{4}|[0-9]{8}')))`
    : hash
  return `if(${value} = '', toUInt64(0), ${marked})`
}

// The register's name is one of our own words.
const siphash = (key: PersonKey, value: string): string =>
  `sipHash64Keyed(tuple({k0:UInt64}, {k1:UInt64}), concat('${mayShare(key) ? 'record' : placeOf(key)}', char(31), ${value}))`

/** One spelling per identifier, empty where the cell holds none, as SQL. */
function canonical(key: PersonKey, x: string): string {
  // A run of one character stands for "unknown" in every register.
  const real = `NOT match(${x}, '^(0+|9+|1+|[xX]+|[-*/.]+)$')`
  switch (key.kind) {
    case 'national_id':
      if (key.inText) return `if(length(${idsInText(x)}) = 1, ${idsInText(x)}[1], '')`
      return `multiIf(match(${x}, '^[0-9]{17}[0-9Xx]$') AND ${real}, upper(${x}), match(${x}, '^[0-9]{15}$') AND ${real}, ${nationalId15.canonical?.(x) ?? x}, match(${x}, '^[0-9A-Za-z()]{6,}$') AND ${real}, upper(${x}), '')`
    case 'mobile':
    case 'phone': {
      const digits = mobileDetector.canonical?.(x) ?? x
      return `if(match(${digits}, '^[0-9()]{7,}$') AND ${real}, ${digits}, '')`
    }
    case 'email':
      return `if(position(${x}, '@') > 1, ${emailDetector.canonical?.(x) ?? x}, '')`
    case 'passport':
    case 'driver_licence':
    case 'social_security_no':
      return `if(${real}, upper(${x}), '')`
    case 'medical_record_no':
    case 'person_id':
    case 'subject_id':
    case 'visit':
      return x
  }
}

const { check: idCheck = () => '0', inText: idCandidates = () => '[]' }: Detector = nationalId

const idsInText = (x: string): string =>
  `arrayDistinct(arrayMap(c -> upper(c), arrayFilter(c -> match(c, '${nationalId.cell.replaceAll('\\', '\\\\')}') AND ${idCheck('c')}, if(lengthUTF8(${x}) = 18, [${x}], ${idCandidates(x)}))))`

const birthOfId = (id: string): string =>
  `toDate32OrNull(concat(substring(${id}, 7, 4), '-', substring(${id}, 11, 2), '-', substring(${id}, 13, 2)))`

function birthDate(x: string): string {
  const parts = `extractGroups(${x}, '^([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})')`
  return `if(length(${parts}) = 3, toDate32OrNull(concat(${parts}[1], '-', leftPad(${parts}[2], 2, '0'), '-', leftPad(${parts}[3], 2, '0'))), NULL)`
}

// Under fourteen until the day before the fourteenth birthday.
const isMinor = (date: string): string =>
  `ifNull(${date} > subtractYears(toDate32({on:String}), 14) AND ${date} <= toDate32({on:String}), 0)`
