import { kinds } from '@tongguan/law'
import type { Disguise, Kind, Reading } from '@tongguan/law'
import { countTable, emptyCounts } from './columns.ts'
import type { ColumnCounts } from './columns.ts'
import { detectors } from './detectors/index.ts'
import type { Detector } from './detectors/index.ts'
import { masked } from './mask.ts'
import { base64Bytes, readingParams, readings } from './readings.ts'
import { parseRows } from './tables.ts'
import type { Table } from './tables.ts'
import { contained } from './verdict.ts'

/** What goes on being an encoding of an encoding after so many is left; three layers are deeper than accident goes. */
const deepest = 3
/** Columns of a wide table are tried a part at a time. */
const columnsAtOnce = 60

/** Columns of numbers that could be parts of one number are tried in all pairs up to so many columns. */
const partsAtMost = 12

/**
 * Finds what stands in a table's cells in disguise, for each of its files: encoded, spaced out, in other characters,
 * split over columns or rows. Every cell is tried. Only what identifies a person by itself is looked for: with the same
 * detectors, on the cells read otherwise.
 */
export async function disguisesIn(table: Table): Promise<Disguise[][]> {
  const found: Disguise[][] = table.members.map(() => [])
  const keep = (more: readonly (readonly Disguise[])[]) => {
    for (const [f, some] of more.entries()) found[f]?.push(...some)
  }
  const plainly = new Map(table.names.map((name, at) => [at, [name]]))
  const { parts, packed } = await lookLayer(table, plainly, { layers: [], keep })
  keep(packed)
  const split = [...(await pairsWorthJoining(table, parts)), ...rowsWorthJoining(parts)]
  for (let from = 0; from < split.length; from += columnsAtOnce) {
    const some = split.slice(from, from + columnsAtOnce)
    for (const reading of ['columns-joined', 'rows-joined'] as const) {
      const of = some.filter((one) => one.reading === reading)
      if (of.length === 0) continue
      const names = of.map(({ columns }) => [...new Set(columns.map((at) => table.names[at] ?? ''))])
      const joined = derived(
        table,
        of.map(({ sql }) => sql),
        { inOrder: reading === 'rows-joined' },
      )
      keep(await judgeReading(joined, names, [reading], { exact: false, leastShare: splitShare }))
    }
  }
  return found
}

/** Cells of one column whose characters are a number's part: digits only, the last perhaps X. */
interface Part {
  readonly column: number
  readonly shortest: number
  readonly longest: number
}

interface Layer {
  /** What the table's cells were already read as. */
  readonly layers: readonly Reading[]
  readonly keep: (found: readonly (readonly Disguise[])[]) => void
}

/** Tries every reading on every cell; where one gives a text, the detectors look at it, and the next layer is tried. */
async function lookLayer(
  table: Table,
  names: ReadonlyMap<number, readonly string[]>,
  { layers, keep }: Layer,
): Promise<{ readonly parts: readonly Part[]; readonly packed: Disguise[][] }> {
  const parts: Part[] = []
  const packed: Disguise[][] = table.members.map(() => [])
  const columns = [...names.keys()]
  for (let from = 0; from < columns.length; from += columnsAtOnce) {
    const some = columns.slice(from, from + columnsAtOnce)
    const tried = await tryReadings(table, some, { asWritten: layers.length === 0 })
    for (const { f, column, unread } of tried) {
      if (unread === undefined) continue
      packed[f]?.push({ columns: names.get(column) ?? [], readings: layers, kind: null, ...unread, sample: '' })
    }
    parts.push(...partsOf(tried, some))
    for (const [at, reading] of readings.entries()) {
      const worth = some.filter((column) => tried.some((one) => one.column === column && (one.read[at] ?? 0) > 0))
      if (worth.length === 0 || layers.at(-1) === reading.id) continue
      const below = derived(
        table,
        worth.map((column) => readAs(reading, `c${column}`)),
        { inOrder: false },
      )
      const named = worth.map((column) => names.get(column) ?? [])
      const path = [...layers, reading.id]
      keep(await judgeReading(below, named, path, { exact: reading.exact, leastShare: 0 }))
      // Turned round twice is as it was.
      if (path.length >= deepest || reading.id === 'backwards') continue
      const inner = await lookLayer(below, new Map(named.map((name, place) => [place, name])), { layers: path, keep })
      keep(inner.packed)
    }
  }
  return { parts, packed }
}

const readAs = ({ text, guard, only }: (typeof readings)[number], x: string): string => {
  const worth = `${only === undefined ? '' : `${only(x)} AND `}match(${x}, '${guard.replaceAll('\\', '\\\\')}')`
  return `if(${worth}, nullIf(${text(x)}, ${x}), NULL)`
}

/** The table whose columns are these expressions of its own. */
function derived(table: Table, columns: readonly string[], { inOrder: always }: { readonly inOrder: boolean }): Table {
  const list = columns.map((sql, at) => `ifNull(${sql}, '') AS d${at}`).join(', ')
  const named = columns.map((_, at) => `d${at} AS c${at}`).join(', ')
  return {
    names: columns.map((_, at) => `c${at}`),
    members: table.members.map((member) => ({ ...member, places: columns.map((_, at) => at) })),
    cells: { padded: true },
    read: (sql, options = {}) =>
      table.read((rows) => sql(`(SELECT f, ${named} FROM (SELECT f, ${list} FROM ${rows}))`), {
        ...options,
        inOrder: always || options.inOrder === true,
        params: { ...options.params, ...readingParams },
      }),
  }
}

interface Tried {
  readonly f: number
  readonly column: number
  /** By reading: cells it makes another text of. */
  readonly read: readonly number[]
  readonly nonEmpty: number
  readonly numbers: number
  readonly shortest: number
  readonly longest: number
  readonly unread?: { readonly values: number; readonly row: number }
}

// Compressed or enciphered files and office files, by how they begin; a longer mark is no accident among tokens.
const magic = [
  '\\x1F\\x8B\\x08',
  'PK\\x03\\x04',
  '\\x89PNG',
  '%PDF',
  '\\xFD7zXZ',
  '\\x28\\xB5\\x2F\\xFD',
  '7z\\xBC\\xAF',
  'Salted__',
  'age-encryption',
]
const isPacked = (x: string): string =>
  `arrayExists(t -> ${magic.map((mark) => `startsWith(${base64Bytes('t')}, '${mark}')`).join(' OR ')}, extractAll(${x}, '[A-Za-z0-9+/_-]{16,}={0,2}'))`
// Letters and digits without a word in them, too long for a code.
const isOpaque = (x: string): string =>
  `(match(${x}, '^[A-Za-z0-9+/_=-]{24,}$') AND match(${x}, '[0-9]') AND match(${x}, '[A-Za-z]') AND NOT match(${x}, '^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'))`

async function tryReadings(
  table: Table,
  columns: readonly number[],
  { asWritten }: { readonly asWritten: boolean },
): Promise<Tried[]> {
  const counts = columns.flatMap((column) => {
    const x = `c${column}`
    const long = `length(${x}) >= 24`
    return [
      ...readings.map((reading) => `countIf(length(${x}) >= 5 AND ${readAs(reading, x)} != '')`),
      `countIf(${x} != '')`,
      `countIf(match(${x}, '^[0-9]+[Xx]?$'))`,
      `minIf(length(${x}), ${x} != '')`,
      `max(length(${x}))`,
      `countIf(${long} AND ${isPacked(x)})`,
      `countIf(${long} AND ${isOpaque(x)})`,
      `uniqCombinedIf(${x}, ${long} AND ${isOpaque(x)})`,
    ]
  })
  const many = table.members.length > 1
  const bytes = await table.read(
    (rows) =>
      `SELECT ${many ? 'f' : '0'}, [${counts.map((sql) => `toUInt64(${sql})`).join(', ')}] FROM ${rows} ${many ? 'GROUP BY f' : ''}`,
    { params: readingParams, byFile: true },
  )
  const each = readings.length + 7
  return parseRows<[number, number[]]>(bytes).flatMap(([f, all]) =>
    columns.map((column, place): Tried => {
      const own = all.slice(place * each, (place + 1) * each)
      const [nonEmpty = 0, numbers = 0, shortest = 0, longest = 0, packedCells = 0, opaque = 0, opaqueDistinct = 0] =
        own.slice(readings.length)
      // Codes that come again and again are a list; each its own, and in most cells, they could be anything.
      // What a reading left of a cell, a UUID without its hyphens say, is opaque by the reading.
      const isOpaque = asWritten && opaque >= 20 && opaque > 0.5 * nonEmpty && opaqueDistinct > 0.5 * opaque
      const values = Math.max(packedCells, isOpaque ? opaque : 0)
      return {
        f,
        column,
        read: own.slice(0, readings.length),
        nonEmpty,
        numbers,
        shortest,
        longest,
        ...(values === 0 ? {} : { unread: { values, row: 1 } }),
      }
    }),
  )
}

// --- what is split ---------------------------------------------------------------------------------------------------------

interface Split {
  readonly reading: 'columns-joined' | 'rows-joined'
  readonly columns: readonly number[]
  readonly sql: string
}

function partsOf(tried: readonly Tried[], columns: readonly number[]): Part[] {
  return columns.flatMap((column): Part[] => {
    const own = tried.filter((one) => one.column === column && one.numbers > 0.9 * one.nonEmpty && one.nonEmpty > 0)
    if (own.length === 0) return []
    const shortest = Math.min(...own.map((one) => one.shortest))
    const longest = Math.max(...own.map((one) => one.longest))
    return longest >= 2 && longest <= 17 ? [{ column, shortest, longest }] : []
  })
}

const wholeLengths = [18, 11]

/** Two columns side by side that join to something, and any two columns of digits whose lengths make up a number's. */
async function pairsWorthJoining(table: Table, parts: readonly Part[]): Promise<Split[]> {
  const beside = table.names.slice(1).map((_, at): readonly [number, number] => [at, at + 1])
  const apart = parts
    .slice(0, partsAtMost)
    .flatMap((one) => parts.slice(0, partsAtMost).map((other): readonly [Part, Part] => [one, other]))
    .filter(
      ([one, other]) =>
        one !== other &&
        wholeLengths.some((whole) => one.shortest + other.shortest <= whole && whole <= one.longest + other.longest),
    )
    .map(([one, other]): readonly [number, number] => [one.column, other.column])
  const pairs = [...new Map([...beside, ...apart].map((pair) => [pair.join(), pair])).values()]
  const worth: Split[] = []
  for (let from = 0; from < pairs.length; from += columnsAtOnce) {
    const some = pairs.slice(from, from + columnsAtOnce)
    const many = table.members.length > 1
    const bytes = await table.read(
      (rows) =>
        `SELECT [${some.map((pair) => `toUInt64(countIf(${joins(pair)}))`).join(', ')}], toUInt64(count()) FROM ${rows} ${many ? 'GROUP BY f' : ''}`,
      { byFile: true },
    )
    for (const [counts, rows] of parseRows<[number[], number]>(bytes)) {
      for (const [at, pair] of some.entries()) {
        if ((counts[at] ?? 0) < Math.max(1, rows / 20)) continue
        if (worth.some(({ columns }) => columns.join() === pair.join())) continue
        worth.push({ reading: 'columns-joined', columns: pair, sql: `concat(c${pair[0]}, c${pair[1]})` })
      }
    }
  }
  return worth
}

// Neither is the value already, nor empty; the two lengths are looked at before the two are joined.
const joins = ([one, other]: readonly [number, number]): string =>
  `(c${one} != '' AND c${other} != '' AND length(c${one}) + length(c${other}) BETWEEN 6 AND 80
    AND match(concat(c${one}, c${other}), '^[1-9][0-9]{16}[0-9Xx]$|^1[3-9][0-9]{9}$|^[A-Z]{1,2}[0-9]{7,8}$|^[A-Za-z0-9._-]+@[A-Za-z0-9-]+[.][A-Za-z.]+$|^[一-鿿]{2,3}$')
    AND NOT match(c${one}, '@[^.]+[.]') AND NOT match(c${other}, '^[^@]+@'))`

function rowsWorthJoining(parts: readonly Part[]): Split[] {
  return parts
    .filter(({ shortest, longest }) => wholeLengths.some((whole) => shortest + longest === whole))
    .map(({ column }) => ({
      reading: 'rows-joined' as const,
      columns: [column],
      sql: `concat(c${column}, leadInFrame(c${column}) OVER (PARTITION BY f ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING))`,
    }))
}

// --- what the readings show --------------------------------------------------------------------------------------------------

async function judgeReading(
  table: Table,
  names: readonly (readonly string[])[],
  path: readonly Reading[],
  by: Measure,
): Promise<Disguise[][]> {
  const counts = await countTable(table)
  const shows = counts.map((columns) => columns.map((column) => shown(column ?? emptyCounts, by)))
  const places = [
    ...new Set(shows.flatMap((columns) => columns.flatMap((found, at) => (found.length > 0 ? [at] : [])))),
  ]
  const where = await firstOf(table, places, shows)
  return shows.map((columns, f) =>
    columns.flatMap((found, at) =>
      found.map(({ detector, values, inText }): Disguise => {
        const first = where.get(`${f},${at},${detector.kind}`)
        return {
          columns: names[at] ?? [],
          readings: path,
          kind: detector.kind,
          values,
          row: first?.row ?? 0,
          // Of a value in a sentence the sentence is what would be masked.
          sample: masked(values > inText ? detector.kind : 'free_text', first?.value ?? ''),
        }
      }),
    ),
  )
}

interface Measure {
  readonly exact: boolean
  /** So much of the cells must be of the kind even where it has a check digit. */
  readonly leastShare: number
}

// Numbers in a row follow each other, and of those that count up more than chance pass a check digit. Of a number split over
// two rows every second pair is one.
const splitShare = 0.3

interface Shown {
  readonly detector: Detector
  readonly at: number
  readonly values: number
  readonly inText: number
}

/** Which direct identifiers a column shows under a reading, beyond accident. */
function shown(counts: ColumnCounts, { exact, leastShare }: Measure): Shown[] {
  const byCheck = new Set<Kind>(
    contained(counts)
      .filter(({ because }) => because.includes('checksum'))
      .map(({ kind }) => kind),
  )
  const seen = new Set<Kind>()
  return (detectors as readonly Detector[]).flatMap((detector, at): Shown[] => {
    const hits = counts.hits[at]
    if (hits === undefined || kinds[detector.kind].identifies !== 'direct' || seen.has(detector.kind)) return []
    const values = hits.valid + hits.inText
    const share = counts.nonEmpty === 0 ? 0 : values / counts.nonEmpty
    const distinct = hits.validDistinct + hits.inTextDistinct
    const isShown =
      detector.because === 'checksum'
        ? byCheck.has(detector.kind) && share >= leastShare
        : detector.lone === true
          ? values > 0 && (exact || (share >= 0.8 && distinct >= 10))
          : formTells.has(detector.kind) && share >= 0.7 && distinct >= 10 && distinct > 0.3 * values
    if (!isShown) return []
    seen.add(detector.kind)
    return [{ detector, at, values, inText: hits.inText }]
  })
}

/** Kinds without a check digit whose form is rare among other words and codes. */
const formTells: ReadonlySet<Kind> = new Set<Kind>(['passport', 'name'])

/** The row of the first value of each kind, and the value. */
async function firstOf(table: Table, places: readonly number[], shows: readonly (readonly Shown[])[][]) {
  const where = new Map<string, { readonly row: number; readonly value: string }>()
  for (const place of places) {
    const some = [
      ...new Map(shows.flatMap((columns) => columns[place] ?? []).map((one) => [one.detector.kind, one])).values(),
    ]
    for (const { detector } of some) {
      const x = `trimBoth(c${place})`
      const text = detector.inText === undefined ? '' : ` OR notEmpty(${detector.inText(x)})`
      const bytes = await table.read(
        (rows) => `SELECT f, toUInt64(minIf(n, hit) - min(n) + 1), argMinIf(x, n, hit)
          FROM (SELECT f, ${x} AS x, rowNumberInAllBlocks() AS n, (match(${x}, {cellPattern:String})${text}) AS hit FROM ${rows}) GROUP BY f`,
        { inOrder: true, params: { cellPattern: detector.cell } },
      )
      for (const [f, row, value] of parseRows<[number, number, string]>(bytes))
        where.set(`${f},${place},${detector.kind}`, { row, value })
    }
  }
  return where
}
