import type { KeyKind } from './persons.ts'

/**
 * What one table, or a part of one, says of persons; enough to count, and no identifier can be read from it. Shards of
 * one epoch add up: the count is the same whichever way the rows were dealt out, in any order.
 */
export interface Shard {
  /** The calendar year whose key the hashes were made with. */
  readonly epoch: string
  readonly keys: readonly Place[]
  /** Rows without an identifier speak of a person all the same. */
  readonly aboutPersons: boolean
  /** Records: a 64-bit hash per key (0: none), then 32 bits each of rows, sensitive rows, rows of minors; little endian. */
  readonly edges: Buffer
  /** Identifiers out of texts that name several persons. */
  readonly mentions: readonly { readonly key: number; readonly hash: bigint }[]
}

export interface Place {
  readonly kind: KeyKind
  /** Whose register: numbers are compared within it only. */
  readonly register: string
}

export interface Resolved {
  readonly lower: number
  readonly point: number
  readonly sensitive: { readonly lower: number; readonly point: number }
  readonly minors: number
  /** Rows that speak of a person whom no identifier names. */
  readonly unlinked: { readonly rows: number; readonly sensitive: number }
  /** The person an identifier of this shard's key belongs to; undefined for one shared by several. */
  personOf(shard: number, key: number, hash: bigint): number | undefined
  /** What the key is counted as: a patient's number may be a record number under another name. */
  kindOf(shard: number, key: number): KeyKind
  isSensitive(person: number): boolean
}

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

const strong: ReadonlySet<KeyKind> = new Set<KeyKind>([
  'national_id',
  'passport',
  'social_security_no',
  'driver_licence',
  'medical_record_no',
  'person_id',
  'subject_id',
])

/** Kinds that tell persons apart on their own. */
export const isStrong = (kind: KeyKind): boolean => strong.has(kind)

// No one has two of these: a number of one register twice is two persons.
const onePerPerson: ReadonlySet<KeyKind> = new Set<KeyKind>(['national_id', 'person_id', 'subject_id'])

/** Registers of patients may be one register under two names. */
export const mayShare = ({ kind, register }: Place): boolean =>
  kind === 'medical_record_no' ||
  kind === 'subject_id' ||
  (kind === 'person_id' && (register === 'patient' || register === 'person'))

export const placeOf = ({ kind, register }: Place): string =>
  kind === 'person_id' || kind === 'subject_id' ? `${kind}:${register}` : kind

/** Joins identifiers to persons; see persons.ts for the rules. Throws RangeError for shards of different epochs. */
export function joinPersons(given: readonly Shard[]): Resolved {
  const [first] = given
  if (given.some(({ epoch }) => epoch !== first?.epoch))
    throw new RangeError('these shards were hashed with keys of different years and cannot be added up')
  const shards = withSharedRegisters(given)
  const graph = new PersonGraph(shards)
  return graph.resolve()
}

// A patient's number in one file is often the record number of another. Where most values of one are values of the
// other, and they are no plain counters (the hash's last bit), it is one register and counted as record numbers.
function withSharedRegisters(shards: readonly Shard[]): readonly Shard[] {
  if (!shards.some(({ keys }) => keys.some((key) => key.kind === 'medical_record_no'))) return shards
  if (!shards.some(({ keys }) => keys.some((key) => mayShare(key) && key.kind !== 'medical_record_no'))) return shards
  const records = new HashTable()
  const others = new Map<string, HashTable>()
  for (const { keys, edges } of shards) {
    for (const [at, key] of keys.entries()) {
      if (!mayShare(key)) continue
      const place = placeOf(key)
      const table = key.kind === 'medical_record_no' ? records : (others.get(place) ?? new HashTable())
      if (table !== records) others.set(place, table)
      eachHash(edges, keys.length, at, (low, high) => table.add(low, high))
    }
  }
  const shared = new Set<string>()
  for (const [place, table] of others) {
    let all = 0
    let both = 0
    table.each((low, high) => {
      if ((low & 1) === 0) return
      all++
      if (records.find(low, high) !== -1) both++
    })
    if (all > 0 && both > all / 2) shared.add(place)
  }
  if (shared.size === 0) return shards
  return shards.map((shard) => ({
    ...shard,
    keys: shard.keys.map((key) =>
      shared.has(placeOf(key)) ? { kind: 'medical_record_no' as const, register: '' } : key,
    ),
  }))
}

function eachHash(edges: Buffer, keys: number, at: number, take: (low: number, high: number) => void): void {
  const width = widthOf(keys)
  for (let from = at * 8; from < edges.length; from += width) {
    const low = edges.readInt32LE(from)
    const high = edges.readInt32LE(from + 4)
    if (low !== 0 || high !== 0) take(low, high)
  }
}

const widthOf = (keys: number): number => keys * 8 + 12

/** 64-bit hashes numbered in the order they came: open addressing over typed arrays, 16 bytes for each. */
class HashTable {
  size = 0
  #low = new Int32Array(1024)
  #high = new Int32Array(1024)
  #slots = new Int32Array(4096).fill(-1)

  add(low: number, high: number): number {
    if (this.size === this.#low.length) this.#grow()
    const slot = this.#slotOf(low, high)
    const known = this.#slots[slot] ?? -1
    if (known !== -1) return known
    this.#low[this.size] = low
    this.#high[this.size] = high
    this.#slots[slot] = this.size
    return this.size++
  }

  find(low: number, high: number): number {
    return this.#slots[this.#slotOf(low, high)] ?? -1
  }

  each(take: (low: number, high: number) => void): void {
    for (let at = 0; at < this.size; at++) take(this.#low[at] ?? 0, this.#high[at] ?? 0)
  }

  /** Orders two entries by their hashes, whatever order they came in. */
  compare(a: number, b: number): number {
    return (this.#high[a] ?? 0) - (this.#high[b] ?? 0) || (this.#low[a] ?? 0) - (this.#low[b] ?? 0)
  }

  #slotOf(low: number, high: number): number {
    const mask = this.#slots.length - 1
    for (let slot = (low ^ (high >>> 3)) & mask; ; slot = (slot + 1) & mask) {
      const at = this.#slots[slot] ?? -1
      if (at === -1 || (this.#low[at] === low && this.#high[at] === high)) return slot
    }
  }

  #grow(): void {
    const low = new Int32Array(this.#low.length * 2)
    const high = new Int32Array(low.length)
    low.set(this.#low)
    high.set(this.#high)
    this.#low = low
    this.#high = high
    this.#slots = new Int32Array(low.length * 4).fill(-1)
    for (let at = 0; at < this.size; at++) this.#slots[this.#slotOf(low[at] ?? 0, high[at] ?? 0)] = at
  }
}

const mostBeside = 5
// Two numbers of nodes in one float without loss: 2^26 identifiers.
const mostNodes = 2 ** 26

class PersonGraph {
  readonly #shards: readonly Shard[]
  readonly #places: readonly string[]
  readonly #hashes = new HashTable()
  /** Per node: its place, and how many groups it stands in (2 for more than one). */
  #place = new Uint8Array(1024)
  #groups = new Uint8Array(1024)
  /** Per group, `stride` nodes each, -1 for none. */
  readonly #nodes: Int32Array
  readonly #stride: number
  readonly #rows: Uint32Array
  #size = 0
  #parent = new Int32Array(0)
  #loose = new Uint8Array(0)
  #crowded = new Uint8Array(0)
  #sensitive = new Uint8Array(0)
  /** Groups whose identifiers stand nowhere else. */
  #alone = new Uint8Array(0)
  #unkeyed = { rows: 0, sensitive: 0, minors: 0 }

  constructor(shards: readonly Shard[]) {
    this.#shards = shards
    this.#places = [...new Set(shards.flatMap(({ keys }) => keys.map(placeOf)))].sort()
    if (this.#places.length > 30) throw new RangeError(`${this.#places.length} registers of persons are too many`)
    this.#stride = Math.max(1, ...shards.map(({ keys }) => keys.length))
    const most = shards.reduce(
      (sum, { edges, keys, mentions }) => sum + edges.length / widthOf(keys.length) + mentions.length,
      0,
    )
    this.#nodes = new Int32Array(most * this.#stride).fill(-1)
    this.#rows = new Uint32Array(most * 3)
    for (const shard of shards) this.#read(shard)
  }

  #read({ keys, edges, mentions, aboutPersons }: Shard): void {
    const places = keys.map((key) => this.#places.indexOf(placeOf(key)))
    const width = widthOf(keys.length)
    for (let from = 0; from + width <= edges.length; from += width) {
      let found = 0
      for (let at = 0; at < keys.length; at++) {
        const low = edges.readInt32LE(from + at * 8)
        const high = edges.readInt32LE(from + at * 8 + 4)
        if (low === 0 && high === 0) continue
        const node = this.#node(low, high, places[at] ?? 0)
        if (!this.#has(this.#size, node, found)) this.#nodes[this.#size * this.#stride + found++] = node
      }
      const counts = from + keys.length * 8
      const [rows, sensitive, minors] = [0, 4, 8].map((at) => edges.readUInt32LE(counts + at))
      if (found > 0) this.#close(rows ?? 0, sensitive ?? 0, minors ?? 0)
      else if (aboutPersons) {
        this.#unkeyed.rows += rows ?? 0
        this.#unkeyed.sensitive += sensitive ?? 0
        this.#unkeyed.minors += minors ?? 0
      }
    }
    for (const { key, hash } of mentions) {
      const [low, high] = halves(hash)
      this.#nodes[this.#size * this.#stride] = this.#node(low, high, places[key] ?? 0)
      this.#close(0, 0, 0)
    }
  }

  #has(group: number, node: number, found: number): boolean {
    for (let at = 0; at < found; at++) if (this.#nodes[group * this.#stride + at] === node) return true
    return false
  }

  #close(rows: number, sensitive: number, minors: number): void {
    for (let at = 0; at < this.#stride; at++) {
      const node = this.#nodes[this.#size * this.#stride + at] ?? -1
      if (node !== -1 && (this.#groups[node] ?? 0) < 2) this.#groups[node] = (this.#groups[node] ?? 0) + 1
    }
    this.#rows.set([rows, sensitive, minors], this.#size * 3)
    this.#size++
  }

  #node(low: number, high: number, place: number): number {
    const before = this.#hashes.size
    const node = this.#hashes.add(low ^ Math.imul(place + 1, 0x9e3779b1), high ^ Math.imul(place + 1, 0x85ebca6b))
    if (node === before) {
      if (node >= mostNodes) throw new RangeError(`more than ${mostNodes} identifiers cannot be joined exactly`)
      if (node >= this.#place.length) {
        this.#place = grown(this.#place)
        this.#groups = grown(this.#groups)
      }
      this.#place[node] = place
    }
    return node
  }

  resolve(): Resolved {
    const size = this.#hashes.size
    this.#parent = Int32Array.from({ length: size }, (_, node) => node)
    this.#loose = new Uint8Array(size)
    this.#crowded = new Uint8Array(size)
    this.#sensitive = new Uint8Array(size)
    const busy = this.#joinThoseAlone()
    const beside = this.#neighbours(busy)
    for (let rank = 0; rank < joining.length; rank++) this.#joinRank(rank, busy, beside)
    const counted = this.#count(beside)
    return {
      ...counted,
      personOf: (shard, key, hash) => {
        const place = this.#shards[shard]?.keys[key]
        if (place === undefined) return undefined
        const [low, high] = halves(hash)
        const at = this.#places.indexOf(placeOf(place)) + 1
        const node = this.#hashes.find(low ^ Math.imul(at, 0x9e3779b1), high ^ Math.imul(at, 0x85ebca6b))
        return node === -1 || this.#loose[node] === 1 ? undefined : this.#root(node)
      },
      kindOf: (shard, key) => this.#shards[shard]?.keys[key]?.kind ?? 'visit',
      isSensitive: (person) => this.#sensitive[person] === 1,
    }
  }

  #nodesOf(group: number): number[] {
    const nodes: number[] = []
    for (let at = 0; at < this.#stride; at++) {
      const node = this.#nodes[group * this.#stride + at] ?? -1
      if (node === -1) break
      nodes.push(node)
    }
    return nodes
  }

  // Identifiers that stand nowhere else, one of each place, are one person's: no guard can speak against it. What is left
  // is the groups to be thought about.
  #joinThoseAlone(): readonly number[] {
    const busy: number[] = []
    this.#alone = new Uint8Array(this.#size)
    for (let group = 0; group < this.#size; group++) {
      const from = group * this.#stride
      let places = 0
      let alone = true
      for (let at = 0; at < this.#stride && alone; at++) {
        const node = this.#nodes[from + at] ?? -1
        if (node === -1) break
        const bit = 1 << (this.#place[node] ?? 0)
        alone = (this.#groups[node] ?? 0) === 1 && (places & bit) === 0
        places |= bit
      }
      if (!alone) busy.push(group)
      else {
        this.#alone[group] = 1
        const first = this.#nodes[from] ?? -1
        for (let at = 1; at < this.#stride; at++) {
          const node = this.#nodes[from + at] ?? -1
          if (node === -1) break
          this.#union(first, node)
        }
      }
    }
    return busy
  }

  // For every node the surer nodes it shares a row with; and which nodes stand beside more than five persons.
  #neighbours(busy: readonly number[]): Beside {
    const ranks = this.#places.map(rankOf)
    const tells = this.#places.map(tellsApart)
    const shareable = this.#places.map(canBeShared)
    const surer = new Pairs()
    const numbers = new Pairs()
    for (const group of busy) {
      const nodes = this.#nodesOf(group)
      for (const node of nodes) {
        const place = this.#place[node] ?? 0
        for (const other of nodes) {
          if (other === node) continue
          const otherPlace = this.#place[other] ?? 0
          if ((ranks[otherPlace] ?? 0) < (ranks[place] ?? 0)) surer.add(node, other)
          // Many phones or record numbers may be one person's; many numbers of persons are not.
          if (tells[otherPlace] === true && shareable[place] === true) numbers.add(node, other)
        }
      }
    }
    numbers.eachRun((node, others) => {
      const perPlace = new Map<number, number>()
      for (const other of others) {
        const place = this.#place[other] ?? 0
        const count = (perPlace.get(place) ?? 0) + 1
        perPlace.set(place, count)
        if (count > mostBeside) this.#crowded[node] = 1
      }
    })
    return surer.indexed()
  }

  #joinRank(rank: number, busy: readonly number[], beside: Beside): void {
    const isOfRank = this.#places.map((place) => rankOf(place) === rank)
    if (!isOfRank.includes(true)) return
    const joins: (readonly number[])[] = []
    const taken = this.#takenRegisters(beside)
    for (const node of beside.nodes()) {
      if (isOfRank[this.#place[node] ?? 0] !== true) continue
      if (this.#crowded[node] === 1) {
        this.#loose[node] = 1
        continue
      }
      const roots = new Set<number>()
      for (const sure of beside.of(node)) if (this.#loose[sure] === 0) roots.add(this.#root(sure))
      if (contradict(roots, taken)) this.#loose[node] = 1
      else joins.push([node, ...roots])
    }
    for (const group of busy) {
      for (const node of this.#nodesOf(group))
        if (this.#crowded[node] === 1 && isOfRank[this.#place[node] ?? 0] === true) this.#loose[node] = 1
    }
    for (const [node = 0, ...roots] of joins) for (const root of roots) this.#union(node, root)
    this.#joinTwins(isOfRank, busy, taken)
  }

  // Two of one kind in a row, with nothing surer to say whose they are; in the order of their hashes, for each joins
  // only what those before it left possible.
  #joinTwins(isOfRank: readonly boolean[], busy: readonly number[], taken: Int32Array): void {
    const twins: (readonly [number, number])[] = []
    for (const group of busy) {
      const same = this.#nodesOf(group)
        .filter((node) => isOfRank[this.#place[node] ?? 0] === true && this.#loose[node] === 0)
        .sort((a, b) => this.#hashes.compare(a, b))
      const [first, ...others] = same
      if (first === undefined || others.length === 0 || onePerPerson.has(kindOf(this.#places[this.#place[first] ?? 0])))
        continue
      for (const other of others) twins.push([first, other])
    }
    twins.sort((a, b) => this.#hashes.compare(a[0], b[0]) || this.#hashes.compare(a[1], b[1]))
    // Joining made new roots: what they have is what all their parts had.
    const now = twins.length === 0 ? taken : this.#takenByRoot(busy)
    for (const [first, other] of twins) {
      const [a, b] = [this.#root(first), this.#root(other)]
      const both = (now[a] ?? 0) & (now[b] ?? 0)
      if (a === b || both !== 0) continue
      const has = (now[a] ?? 0) | (now[b] ?? 0)
      this.#union(a, b)
      now[this.#root(a)] = has
    }
  }

  // Which registers each person already has a number in, a bit each; taken before a rank is joined.
  #takenRegisters(beside: Beside): Int32Array {
    const taken = new Int32Array(this.#parent.length)
    const bits = this.#onePerPersonBits()
    const mark = (node: number) => {
      const bit = bits[this.#place[node] ?? 0] ?? 0
      if (bit !== 0 && this.#loose[node] === 0) taken[this.#root(node)] = (taken[this.#root(node)] ?? 0) | bit
    }
    for (const node of beside.everyNode()) mark(node)
    return taken
  }

  #takenByRoot(busy: readonly number[]): Int32Array {
    const taken = new Int32Array(this.#parent.length)
    const bits = this.#onePerPersonBits()
    for (const group of busy) {
      for (const node of this.#nodesOf(group)) {
        const bit = bits[this.#place[node] ?? 0] ?? 0
        if (bit !== 0 && this.#loose[node] === 0) taken[this.#root(node)] = (taken[this.#root(node)] ?? 0) | bit
      }
    }
    return taken
  }

  #onePerPersonBits(): number[] {
    return this.#places.map((place, at) => (onePerPerson.has(kindOf(place)) ? 1 << at : 0))
  }

  #count(beside: Beside) {
    const size = this.#parent.length
    const visit = this.#places.indexOf('visit')
    const visitBit = visit === -1 ? 0 : 1 << visit
    const places = new Int32Array(size)
    for (let node = 0; node < size; node++) {
      if (this.#loose[node] === 1) continue
      const root = this.#root(node)
      places[root] = (places[root] ?? 0) | (1 << (this.#place[node] ?? 0))
    }
    const isPerson = (root: number) => ((places[root] ?? 0) & ~visitBit) !== 0
    const minor = new Uint8Array(size)
    const visits = new Map<number, boolean>()
    const unlinked = { rows: this.#unkeyed.rows, sensitive: this.#unkeyed.sensitive }
    let minors = this.#unkeyed.minors
    for (let group = 0; group < this.#size; group++) {
      const rows = this.#rows[group * 3]
      const sensitive = this.#rows[group * 3 + 1]
      const young = this.#rows[group * 3 + 2]
      const root = this.#alone[group] === 1 ? this.#root(this.#nodes[group * this.#stride] ?? 0) : -1
      if (root !== -1 && isPerson(root)) {
        if ((sensitive ?? 0) > 0) this.#sensitive[root] = 1
        if ((young ?? 0) > 0) minor[root] = 1
        continue
      }
      const nodes = this.#nodesOf(group)
      const roots = new Set<number>()
      for (const node of nodes) if (this.#loose[node] === 0) roots.add(this.#root(node))
      if (roots.size === 0) {
        // A number shared by a few known persons is one of theirs; a crowded one says nothing of whom the row speaks.
        const known = nodes.filter((node) => this.#crowded[node] === 0).flatMap((node) => [...beside.of(node)])
        if (known.length === 0) {
          unlinked.rows += rows ?? 0
          unlinked.sensitive += sensitive ?? 0
        }
        for (const node of known) roots.add(this.#root(node))
      }
      for (const root of roots) {
        if (!isPerson(root)) visits.set(root, (visits.get(root) ?? false) || (sensitive ?? 0) > 0)
        else {
          if ((sensitive ?? 0) > 0) this.#sensitive[root] = 1
          if ((young ?? 0) > 0) minor[root] = 1
        }
      }
    }
    // A visit whose patient stands nowhere is one person at most.
    for (const sensitive of visits.values()) {
      unlinked.rows++
      if (sensitive) unlinked.sensitive++
    }
    let point = 0
    let sensitivePoint = 0
    const perPlace = this.#places.map(() => ({ all: 0, sensitive: 0 }))
    for (let root = 0; root < size; root++) {
      if (!isPerson(root)) continue
      const isSensitive = this.#sensitive[root] === 1
      point++
      if (isSensitive) sensitivePoint++
      if (minor[root] === 1) minors++
      for (const [at, count] of perPlace.entries()) {
        if (((places[root] ?? 0) & (1 << at)) === 0) continue
        count.all++
        if (isSensitive) count.sensitive++
      }
    }
    const largest = (of: 'all' | 'sensitive') => {
      const counts = this.#places.flatMap((place, at) => {
        const count = perPlace[at]?.[of] ?? 0
        return place === 'visit' || count === 0 ? [] : [{ place, count }]
      })
      // How many of these persons one strong kind of identifier alone tells apart.
      const sure = counts.filter(({ place }) => strong.has(kindOf(place)))
      return Math.max(0, ...(sure.length > 0 ? sure : counts).map(({ count }) => count))
    }
    const sensitive = { lower: largest('sensitive'), point: sensitivePoint }
    return { lower: largest('all'), point, sensitive, minors, unlinked }
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
    const [x, y] = [this.#root(a), this.#root(b)]
    if (x < y) this.#parent[y] = x
    else this.#parent[x] = y
  }
}

function contradict(roots: ReadonlySet<number>, taken: Int32Array): boolean {
  let seen = 0
  for (const root of roots) {
    if ((seen & (taken[root] ?? 0)) !== 0) return true
    seen |= taken[root] ?? 0
  }
  return false
}

const kindOf = (place: string | undefined): KeyKind => (place?.split(':')[0] ?? 'visit') as KeyKind

function rankOf(place: string): number {
  const rank = joining.indexOf(place)
  return rank === -1 ? joining.indexOf('person_id:staff') : rank
}

const tellsApart = (place: string): boolean => kindOf(place) === 'passport' || onePerPerson.has(kindOf(place))

// A resident ID is one person's however many numbers it was registered under; a person's own number likewise, but for
// a register of less sure kind, where one number may be a clerk's.
function canBeShared(place: string): boolean {
  const kind = kindOf(place)
  return kind !== 'national_id' && kind !== 'person_id' && kind !== 'subject_id'
    ? true
    : place === 'person_id:user' || place === 'person_id:staff'
}

interface Beside {
  /** Nodes with a surer one beside them. */
  nodes(): Iterable<number>
  of(node: number): Iterable<number>
  /** All nodes that stand on either side. */
  everyNode(): Iterable<number>
}

/** Pairs of nodes, each once, by the first. */
class Pairs {
  #pairs = new Float64Array(1024)
  #size = 0

  add(node: number, other: number): void {
    if (this.#size === this.#pairs.length) {
      const wider = new Float64Array(this.#size * 2)
      wider.set(this.#pairs)
      this.#pairs = wider
    }
    this.#pairs[this.#size++] = node * mostNodes + other
  }

  eachRun(take: (node: number, others: readonly number[]) => void): void {
    const sorted = this.#sorted()
    for (let from = 0; from < sorted.length;) {
      const node = Math.floor((sorted[from] ?? 0) / mostNodes)
      const others: number[] = []
      let at = from
      for (; at < sorted.length && Math.floor((sorted[at] ?? 0) / mostNodes) === node; at++)
        if (at === from || sorted[at] !== sorted[at - 1]) others.push((sorted[at] ?? 0) % mostNodes)
      take(node, others)
      from = at
    }
  }

  indexed(): Beside {
    const sorted = this.#sorted()
    const starts = new Map<number, readonly [number, number]>()
    for (let from = 0; from < sorted.length;) {
      const node = Math.floor((sorted[from] ?? 0) / mostNodes)
      let to = from
      while (to < sorted.length && Math.floor((sorted[to] ?? 0) / mostNodes) === node) to++
      starts.set(node, [from, to])
      from = to
    }
    function* of(node: number) {
      const [from, to] = starts.get(node) ?? [0, 0]
      for (let at = from; at < to; at++)
        if (at === from || sorted[at] !== sorted[at - 1]) yield (sorted[at] ?? 0) % mostNodes
    }
    function* everyNode() {
      for (const pair of sorted) {
        yield Math.floor(pair / mostNodes)
        yield pair % mostNodes
      }
    }
    return { nodes: () => starts.keys(), of, everyNode }
  }

  #sorted(): Float64Array {
    return this.#pairs.subarray(0, this.#size).sort()
  }
}

const grown = (array: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
  const wider = new Uint8Array(array.length * 2)
  wider.set(array)
  return wider
}

const halves = (hash: bigint): readonly [number, number] => [
  Number(BigInt.asIntN(32, hash)),
  Number(BigInt.asIntN(32, hash >> 32n)),
]
