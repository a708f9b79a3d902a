import { createHash, createHmac } from 'node:crypto'
import type { Kind, LegalDate, PersonsEvidence } from '@tongguan/law'
import { cell } from './columns.ts'
import { email as emailDetector } from './detectors/email.ts'
import { mobile as mobileDetector } from './detectors/mobile.ts'
import { nationalId, nationalId15 } from './detectors/national-id.ts'
import type { Detector } from './detectors/detector.ts'
import type { Engine } from './engine.ts'
import { parseRows } from './load.ts'

/**
 * How distinct natural persons are counted ("tongguan/persons/1").
 *
 * Nodes are identifiers, hashed with a key; identifiers in one row belong to one person. They are joined from the
 * surest kind to the least sure. An identifier joins what it stands beside, unless it stands beside more than five
 * identifiers of a surer kind (a clinic's desk, a placeholder), or beside two that cannot be one person: two resident
 * IDs, two numbers of one register. Names never join. A number of a visit joins rows to its patient and is no person.
 */
export interface PersonTable {
  readonly table: string
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

/** How sure a kind is, surest first; what joins to what. */
const joining: readonly string[] = [
  'national_id',
  'passport',
  'social_security_no',
  'driver_licence',
  'person_id:patient',
  'subject_id:subject',
  'person_id:person',
  'person_id:passenger',
  'person_id:customer',
  'person_id:member',
  'person_id:student',
  'person_id:user',
  'person_id:staff',
  'medical_record_no',
  'mobile',
  'phone',
  'email',
  'visit',
]

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

const strong: ReadonlySet<KeyKind> = new Set<KeyKind>([
  'national_id',
  'passport',
  'social_security_no',
  'driver_licence',
  'medical_record_no',
  'person_id',
  'subject_id',
])

// No one has two of these: a number of one register twice is two persons.
const onePerPerson: ReadonlySet<KeyKind> = new Set<KeyKind>(['national_id', 'person_id', 'subject_id'])

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

/** Counts distinct natural persons over all tables, exactly. `key` never reaches the engine; a key derived from it does. */
export async function countPersons(
  engine: Engine,
  tables: readonly PersonTable[],
  options: { readonly on: LegalDate; readonly key: Uint8Array },
): Promise<PersonCounts> {
  return (await resolve(engine, tables, options)).counts
}

/** The same count, with one code per person for the ledger; persons.upper = macs + unlinked, in each part. */
export async function macPersons(
  engine: Engine,
  given: readonly PersonTable[],
  options: { readonly on: LegalDate; readonly key: Uint8Array },
): Promise<PersonCounts & { readonly macs: readonly PersonMac[] }> {
  const { counts, graph, tables } = await resolve(engine, given, options)
  const best = new Map<number, { readonly rank: number; readonly value: string; readonly kind: KeyKind }>()
  for (const table of tables) {
    for (const key of table.keys) {
      const rank = standing.indexOf(key.kind)
      if (rank === -1) continue
      const params = hashKey(options.key)
      const sql = `SELECT DISTINCT toString(${hashed(key)}) AS h, ${canonical(key)} AS v FROM ${table.table} WHERE v != ''`
      for (const [hash, value] of parseRows<[string, string]>(await engine.query(sql, params))) {
        const person = graph.personOf(BigInt(hash))
        const known = person === undefined ? undefined : best.get(person)
        if (person === undefined) continue
        if (known === undefined || rank < known.rank || (rank === known.rank && value < known.value)) {
          best.set(person, { rank, value, kind: key.kind })
        }
      }
    }
  }
  const macs = [...best].map(([person, { kind, value }]) => ({
    mac: createHmac('sha256', options.key).update(`${kind}\u001f${value}`).digest().subarray(0, 16),
    sensitive: graph.isSensitive(person),
  }))
  // Sorted, so that locks are taken in one order and nothing shows in which row a person stood.
  return { ...counts, macs: macs.sort((a, b) => Buffer.compare(a.mac, b.mac)) }
}

async function resolve(
  engine: Engine,
  given: readonly PersonTable[],
  options: { readonly on: LegalDate; readonly key: Uint8Array },
) {
  const tables = await withSharedRegisters(engine, given)
  const graph = new PersonGraph()
  const unkeyed = { rows: 0, sensitive: 0, minors: 0 }
  for (const table of tables) {
    for (const group of await groupsOf(engine, table, options)) {
      const keys = group.hashes.flatMap((hash, at) => {
        const key = table.keys[at]
        return hash === 0n || key === undefined ? [] : [graph.node(hash, key)]
      })
      if (keys.length > 0) graph.add({ keys, rows: group.rows, sensitive: group.sensitive, minors: group.minors })
      else if (table.aboutPersons) {
        unkeyed.rows += group.rows
        unkeyed.sensitive += group.sensitive
        unkeyed.minors += group.minors
      }
    }
    for (const mention of await mentionsIn(engine, table, options.key)) {
      graph.add({ keys: [graph.node(mention.hash, mention.key)], rows: 0, sensitive: 0, minors: 0 })
    }
  }
  const found = graph.resolve()
  const sensitive = found.unlinked.sensitive + unkeyed.sensitive
  const general = found.unlinked.rows + unkeyed.rows - sensitive
  const counts: PersonCounts = {
    persons: {
      lower: found.lower,
      point: found.point,
      upper: found.point + general + sensitive,
      sensitive: {
        lower: found.sensitive.lower,
        point: found.sensitive.point,
        upper: found.sensitive.point + sensitive,
      },
      minors: found.minors + unkeyed.minors,
    },
    unlinked: { general, sensitive },
  }
  return { counts, graph, tables }
}

// --- one register under two names ------------------------------------------------------------------------------------

// A patient's number in one file is often the record number of another. Where most values of one are values of the
// other, and they are no plain counters, it is one register and counted as record numbers.
async function withSharedRegisters(engine: Engine, tables: readonly PersonTable[]): Promise<readonly PersonTable[]> {
  const mayShare = ({ kind, register }: PersonKey) =>
    kind === 'medical_record_no' ||
    kind === 'subject_id' ||
    (kind === 'person_id' && (register === 'patient' || register === 'person'))
  const columns = tables.flatMap(({ table, keys }) => keys.filter(mayShare).map((key) => ({ table, key })))
  const records = columns.filter(({ key }) => key.kind === 'medical_record_no')
  const shared = new Set<string>()
  for (const { table, key } of columns) {
    if (key.kind === 'medical_record_no' || shared.has(placeOf(key))) continue
    for (const record of records) {
      const sql = `
        SELECT count(), countIf(v IN (SELECT ${canonical(record.key)} FROM ${record.table}))
        FROM (SELECT DISTINCT ${canonical(key)} AS v FROM ${table}) WHERE match(v, '[A-Za-z].*[0-9]{4}|[0-9]{8}')`
      const [[all = 0, both = 0] = []] = parseRows<[number, number]>(await engine.query(sql))
      if (all > 0 && both > all / 2) shared.add(placeOf(key))
    }
  }
  if (shared.size === 0) return tables
  return tables.map((table) => ({
    ...table,
    keys: table.keys.map((key) =>
      shared.has(placeOf(key)) ? { ...key, kind: 'medical_record_no', register: '' } : key,
    ),
  }))
}

// --- rows → groups of equal identifiers, hashed inside the engine ----------------------------------------------------

interface Group {
  readonly hashes: readonly bigint[]
  readonly rows: number
  readonly sensitive: number
  readonly minors: number
}

async function groupsOf(
  engine: Engine,
  table: PersonTable,
  { on, key }: { readonly on: LegalDate; readonly key: Uint8Array },
): Promise<Group[]> {
  const keys = table.keys.map((key, at) => `${hashed(key)} AS h${at}`)
  const any = (columns: readonly string[]) =>
    columns.length === 0 ? '0' : columns.map((c) => `${c} != ''`).join(' OR ')
  const births = table.births.map((column) => isMinor(birthDate(cell(column))))
  const ids = table.keys.filter((key) => key.kind === 'national_id').map((key) => isMinor(birthOfId(canonical(key))))
  const minor = [...births, ...ids].length === 0 ? '0' : [...births, ...ids].join(' OR ')
  const groupBy = table.keys.length === 0 ? '' : `GROUP BY ${table.keys.map((_, at) => `h${at}`).join(', ')}`
  const hashes = table.keys.map((_, at) => `h${at}, `).join('')
  // A minor's data are sensitive, whatever they say (PIPL art. 28).
  const sql = `
    SELECT ${hashes}count() AS n, countIf(sensitive OR minor) AS s, countIf(minor) AS m
    FROM (SELECT ${[...keys, `(${any(table.sensitive)}) AS sensitive`, `(${minor}) AS minor`, `(${any(table.personal)}) AS speaks`].join(', ')} FROM ${table.table})
    WHERE speaks ${groupBy}`
  const params = { ...hashKey(key), on }
  const bytes = await engine.query(sql, params, 'RowBinary')
  const width = (table.keys.length + 3) * 8
  return Array.from({ length: Math.floor(bytes.length / width) }, (_, row) => {
    const at = row * width
    const number = (field: number) => bytes.readBigUInt64LE(at + field * 8)
    const fixed = table.keys.length
    return {
      hashes: table.keys.map((_, field) => number(field)),
      rows: Number(number(fixed)),
      sensitive: Number(number(fixed + 1)),
      minors: Number(number(fixed + 2)),
    }
  }).filter((group) => group.rows > 0)
}

// Texts that name several persons: each is a person, none is joined to the row's own.
async function mentionsIn(
  engine: Engine,
  table: PersonTable,
  key: Uint8Array,
): Promise<{ readonly hash: bigint; readonly key: PersonKey }[]> {
  const found: { readonly hash: bigint; readonly key: PersonKey }[] = []
  for (const mentioned of table.keys.filter(({ inText }) => inText)) {
    const ids = idsInText(cell(mentioned.column))
    const sql = `SELECT DISTINCT toString(${siphash(mentioned, 'arrayJoin(ids)')}) FROM (SELECT ${ids} AS ids FROM ${table.table} WHERE length(ids) > 1)`
    for (const [hash] of parseRows<[string]>(await engine.query(sql, hashKey(key)))) {
      found.push({ hash: BigInt(hash), key: mentioned })
    }
  }
  return found
}

function hashKey(key: Uint8Array): { readonly k0: string; readonly k1: string } {
  const derived = createHash('sha256').update('tongguan/persons/1 in the engine').update(key).digest()
  return { k0: derived.readBigUInt64LE(0).toString(), k1: derived.readBigUInt64LE(8).toString() }
}

const hashed = (key: PersonKey): string => `if(${canonical(key)} = '', 0, ${siphash(key, canonical(key))})`

// The register's name is one of our own words.
const siphash = (key: PersonKey, value: string): string =>
  `sipHash64Keyed(tuple({k0:UInt64}, {k1:UInt64}), concat('${placeOf(key)}', char(31), ${value}))`

const placeOf = (key: PersonKey): string =>
  key.kind === 'person_id' || key.kind === 'subject_id' ? `${key.kind}:${key.register}` : key.kind

/** One spelling per identifier, empty where the cell holds none, as SQL. */
function canonical(key: PersonKey): string {
  const x = cell(key.column)
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

// --- groups → persons -----------------------------------------------------------------------------------------------

interface Rows {
  readonly keys: readonly number[]
  readonly rows: number
  readonly sensitive: number
  readonly minors: number
}

const mostBeside = 5

function remember(map: Map<number, Set<number>>, node: number, other: number): void {
  const known = map.get(node)
  if (known === undefined) map.set(node, new Set([other]))
  else known.add(other)
}

class PersonGraph {
  readonly #nodeOf = new Map<bigint, number>()
  readonly #place: string[] = []
  readonly #kind: KeyKind[] = []
  readonly #rank: number[] = []
  readonly #groups: Rows[] = []
  #parent = new Int32Array(0)
  #loose = new Uint8Array(0)
  readonly #sensitive = new Set<number>()

  node(hash: bigint, key: PersonKey): number {
    const known = this.#nodeOf.get(hash)
    if (known !== undefined) return known
    const node = this.#place.length
    const place = placeOf(key)
    this.#nodeOf.set(hash, node)
    this.#place.push(place)
    this.#kind.push(key.kind)
    const rank = joining.indexOf(place)
    this.#rank.push(rank === -1 ? joining.indexOf('person_id:staff') : rank)
    return node
  }

  add(rows: Rows): void {
    this.#groups.push(rows)
  }

  /** The person an identifier belongs to; undefined for one shared by several. */
  personOf(hash: bigint): number | undefined {
    const node = this.#nodeOf.get(hash)
    return node === undefined || this.#loose[node] === 1 ? undefined : this.#root(node)
  }

  isSensitive(person: number): boolean {
    return this.#sensitive.has(person)
  }

  resolve() {
    const size = this.#place.length
    this.#parent = Int32Array.from({ length: size }, (_, node) => node)
    this.#loose = new Uint8Array(size)
    const { beside, crowded } = this.#neighbours()
    for (let rank = 0; rank < joining.length; rank++) this.#joinRank(rank, beside, crowded)
    return this.#count(beside, crowded)
  }

  // For every node the surer nodes it shares a row with, and which nodes stand beside more than five persons.
  #neighbours() {
    const beside = new Map<number, Set<number>>()
    const numbers = new Map<number, Set<number>>()
    for (const { keys } of this.#groups) {
      for (const node of keys) {
        for (const other of keys) {
          if (other === node) continue
          if (this.#rankOf(other) < this.#rankOf(node)) remember(beside, node, other)
          // Many phones or record numbers may be one person's; many numbers of persons are not.
          if (this.#tellsApart(other) && this.#canBeShared(node)) remember(numbers, node, other)
        }
      }
    }
    const crowded = new Set<number>()
    for (const [node, others] of numbers) {
      const perPlace = new Map<string, number>()
      for (const other of others) {
        const place = this.#place[other] ?? ''
        const count = (perPlace.get(place) ?? 0) + 1
        perPlace.set(place, count)
        if (count > mostBeside) crowded.add(node)
      }
    }
    return { beside, crowded }
  }

  #rankOf(node: number): number {
    return this.#rank[node] ?? 0
  }

  #tellsApart(node: number): boolean {
    const kind = this.#kind[node]
    return kind === 'passport' || (kind !== undefined && onePerPerson.has(kind))
  }

  // A resident ID is one person's however many numbers it was registered under; a person's own number likewise, but for
  // a register of less sure kind, where one number may be a clerk's.
  #canBeShared(node: number): boolean {
    const kind = this.#kind[node]
    return kind !== 'national_id' && kind !== 'person_id' && kind !== 'subject_id'
      ? true
      : this.#place[node] === 'person_id:user' || this.#place[node] === 'person_id:staff'
  }

  #joinRank(rank: number, beside: ReadonlyMap<number, ReadonlySet<number>>, crowded: ReadonlySet<number>): void {
    const joins: (readonly number[])[] = []
    const taken = this.#takenRegisters()
    for (const node of crowded) if (this.#rank[node] === rank) this.#loose[node] = 1
    for (const [node, sures] of beside) {
      if (this.#rank[node] !== rank) continue
      const roots = [...new Set([...sures].filter((sure) => this.#loose[sure] === 0).map((sure) => this.#root(sure)))]
      if (crowded.has(node) || this.#contradict(roots, taken)) this.#loose[node] = 1
      else joins.push([node, ...roots])
    }
    for (const [node = 0, ...roots] of joins) for (const root of roots) this.#union(node, root)
    // Two of one kind in a row, with nothing surer to say whose they are.
    for (const { keys } of this.#groups) {
      const same = keys.filter((key) => this.#rank[key] === rank && this.#loose[key] === 0)
      const [first, ...others] = same
      if (first === undefined || others.length === 0 || onePerPerson.has(this.#kind[first] ?? 'visit')) continue
      for (const other of others) {
        const roots = [...new Set([this.#root(first), this.#root(other)])]
        if (!this.#contradict(roots, taken)) this.#union(first, other)
      }
    }
  }

  // Which registers each person already has a number in; taken before a rank is joined, so that order changes nothing.
  #takenRegisters(): ReadonlyMap<number, ReadonlySet<string>> {
    const taken = new Map<number, Set<string>>()
    for (const [node, kind] of this.#kind.entries()) {
      if (!onePerPerson.has(kind) || this.#loose[node] === 1) continue
      const root = this.#root(node)
      const place = this.#place[node] ?? ''
      const known = taken.get(root)
      if (known === undefined) taken.set(root, new Set([place]))
      else known.add(place)
    }
    return taken
  }

  #contradict(roots: readonly number[], taken: ReadonlyMap<number, ReadonlySet<string>>): boolean {
    const seen = new Set<string>()
    for (const root of roots) {
      for (const place of taken.get(root) ?? []) {
        if (seen.has(place)) return true
        seen.add(place)
      }
    }
    return false
  }

  #count(beside: ReadonlyMap<number, ReadonlySet<number>>, crowded: ReadonlySet<number>) {
    const kindsOf = new Map<number, Set<string>>()
    for (const [node, place] of this.#place.entries()) {
      if (this.#loose[node] === 1) continue
      const root = this.#root(node)
      const known = kindsOf.get(root)
      if (known === undefined) kindsOf.set(root, new Set([place]))
      else known.add(place)
    }
    const isPerson = (root: number) => [...(kindsOf.get(root) ?? [])].some((place) => place !== 'visit')
    const minors = new Set<number>()
    const visits = new Map<number, boolean>()
    const unlinked = { rows: 0, sensitive: 0 }
    for (const group of this.#groups) {
      const own = group.keys.filter((key) => this.#loose[key] === 0)
      const roots = new Set(own.map((key) => this.#root(key)))
      if (own.length === 0) {
        // A number shared by a few known persons is one of theirs; a crowded one says nothing of whom the row speaks.
        const known = group.keys.filter((key) => !crowded.has(key)).flatMap((key) => [...(beside.get(key) ?? [])])
        if (known.length === 0) {
          unlinked.rows += group.rows
          unlinked.sensitive += group.sensitive
        }
        for (const key of known) roots.add(this.#root(key))
      }
      for (const root of roots) {
        if (!isPerson(root)) visits.set(root, (visits.get(root) ?? false) || group.sensitive > 0)
        else {
          if (group.sensitive > 0) this.#sensitive.add(root)
          if (group.minors > 0) minors.add(root)
        }
      }
    }
    // A visit whose patient stands nowhere is one person at most.
    for (const sensitive of visits.values()) {
      unlinked.rows++
      if (sensitive) unlinked.sensitive++
    }
    const persons = [...kindsOf.keys()].filter(isPerson)
    const sensitivePersons = persons.filter((root) => this.#sensitive.has(root))
    return {
      lower: this.#largestKind(persons, kindsOf),
      point: persons.length,
      sensitive: { lower: this.#largestKind(sensitivePersons, kindsOf), point: sensitivePersons.length },
      minors: minors.size,
      unlinked,
    }
  }

  // How many of these persons one strong kind of identifier alone tells apart.
  #largestKind(persons: readonly number[], kindsOf: ReadonlyMap<number, ReadonlySet<string>>): number {
    const counts = new Map<string, number>()
    for (const person of persons) {
      for (const place of kindsOf.get(person) ?? []) counts.set(place, (counts.get(place) ?? 0) + 1)
    }
    const isStrong = (place: string) => [...strong].some((kind) => place === kind || place.startsWith(`${kind}:`))
    const all = [...counts].filter(([place]) => place !== 'visit')
    const sure = all.filter(([place]) => isStrong(place))
    return Math.max(0, ...(sure.length > 0 ? sure : all).map(([, count]) => count))
  }

  #root(node: number): number {
    let root = node
    while (this.#parent[root] !== root) root = this.#parent[root] ?? root
    for (let at = node; at !== root;) {
      const next = this.#parent[at] ?? root
      this.#parent[at] = root
      at = next
    }
    return root
  }

  #union(a: number, b: number): void {
    const [low, high] = [this.#root(a), this.#root(b)].sort((x, y) => x - y)
    if (low !== undefined && high !== undefined) this.#parent[high] = low
  }
}
