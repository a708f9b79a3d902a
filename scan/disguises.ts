import { kinds } from '@tongguan/law'
import type { Disguise, Kind, Reading } from '@tongguan/law'
import { bankParams, countTable, emptyCounts, mayHoldInText } from './columns.ts'
import type { ColumnCounts } from './columns.ts'
import { detectors } from './detectors/index.ts'
import type { Detector } from './detectors/index.ts'
import { masked } from './mask.ts'
import { base64Bytes, readingParams, readings } from './readings.ts'
import type { CellReading } from './readings.ts'
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
  const columns = table.names.map((_, at) => at)
  const { looked, packed } = await lookLayer(table, columns, { layers: [], keep })
  keep(packed)
  const split = [...(await pairsWorthJoining(table, looked)), ...rowsWorthJoining(partsOf(looked))]
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
  readonly layers: readonly CellReading[]
  readonly keep: (found: readonly (readonly Disguise[])[]) => void
}

/**
 * Looks at every cell once for all readings; where one is worth trying, the cells are read so and looked at again. The
 * detectors, which cost the most, see only columns that hold something shaped like what they look for.
 */
async function lookLayer(
  table: Table,
  columns: readonly number[],
  { layers, keep }: Layer,
): Promise<{ readonly looked: readonly Looked[]; readonly packed: Disguise[][] }> {
  const all: Looked[] = []
  const packed: Disguise[][] = table.members.map(() => [])
  const nameOf = (column: number) => [table.names[column] ?? '']
  const path = layers.map(({ id }) => id)
  const last = layers.at(-1)
  for (let from = 0; from < columns.length; from += columnsAtOnce) {
    const some = columns.slice(from, from + columnsAtOnce)
    const looked = await lookOver(table, some, layers)
    for (const { f, column, unread } of looked) {
      if (unread > 0) packed[f]?.push({ columns: nameOf(column), readings: path, kind: null, ...firstRow(unread) })
    }
    all.push(...looked)
    const where = (says: (one: Looked) => boolean) =>
      some.filter((column) => looked.some((one) => one.column === column && says(one)))
    const told = where(({ mayIdentify }) => mayIdentify)
    if (told.length > 0) {
      const by = { exact: last?.exact ?? true, leastShare: 0 }
      keep(await judgeReading(readThrough(table, told, layers), told.map(nameOf), path, by))
    }
    // Turned round twice is as it was.
    if (layers.length >= deepest || last?.id === 'backwards') continue
    for (const [at, reading] of readings.entries()) {
      const worth = where(({ read }) => read.has(at))
      if (worth.length === 0 || last?.id === reading.id) continue
      keep((await lookLayer(table, worth, { layers: [...layers, reading], keep })).packed)
    }
  }
  return { looked: all, packed }
}

/** The table of these columns, as they are after all the readings. */
const readThrough = (table: Table, columns: readonly number[], layers: readonly CellReading[]): Table =>
  layers.reduce(
    (read, reading) =>
      derived(
        read,
        read.names.map((_, at) => readAs(reading, `c${at}`)),
        { inOrder: false },
      ),
    derived(
      table,
      columns.map((column) => `c${column}`),
      { inOrder: false },
    ),
  )

/**
 * The cells after all the readings, one a row, as `f`, `k` (the column) and `x`: a statement is as long for many columns as
 * for one, and the engine thinks about a long one for longer than about the data.
 */
const cellsOf = (rows: string, columns: readonly number[], layers: readonly CellReading[]): string =>
  layers.reduce(
    (cells, reading) =>
      `(SELECT f, k, y AS x FROM (SELECT f, k, ifNull(${readAs(reading, 'x')}, '') AS y FROM ${cells}) WHERE y != '')`,
    `(SELECT f, kx.1 AS k, kx.2 AS x
      FROM (SELECT f, arrayJoin([${columns.map((column) => `(${column}, c${column})`).join(', ')}]) AS kx FROM ${rows}))`,
  )

const firstRow = (values: number) => ({ values, row: 1, sample: '' })

const readAs = (reading: CellReading, x: string): string =>
  `if(${isGuarded(reading, x)}, nullIf(${reading.text(x)}, ${x}), NULL)`

const isGuarded = ({ guard, only }: CellReading, x: string): string =>
  `(${only === undefined ? '' : `${only(x)} AND `}match(${x}, '${guard.replaceAll('\\', '\\\\')}'))`

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

/** What one look over a column of one file says is worth doing. */
interface Looked {
  readonly f: number
  readonly column: number
  /** Places of the readings that are worth trying on one of its cells. */
  readonly read: ReadonlySet<number>
  /** A cell has the form of what identifies by itself; never said of cells as they were written, which the scan judged. */
  readonly mayIdentify: boolean
  /** How many cells could be anything. */
  readonly unread: number
  readonly nonEmpty: number
  /** Cells that could be a part of a number, and their lengths. */
  readonly numbers: number
  readonly shortest: number
  readonly longest: number
  readonly hasAt: boolean
  readonly isChinese: boolean
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

/** Places in the detectors' bank, counted from one, of what identifies by itself. */
const directly: ReadonlySet<number> = new Set(
  (detectors as readonly Detector[]).flatMap(({ kind }, at) => (kinds[kind].identifies === 'direct' ? [at + 1] : [])),
)
const banked = readings.flatMap(({ large, guard }, at) => (large === true ? [] : [{ at, guard }]))
const guards = banked.map(({ guard }) => guard)
const large = readings.flatMap((reading, at) => (reading.large === true ? [{ at, reading }] : []))

// The shortest is a name of two characters; of ASCII, one in base64 or a passport's number.
const mayBeRead = (x: string): string =>
  `(length(${x}) >= 8 OR (length(${x}) >= 6 AND NOT ascii(${x}) BETWEEN 0 AND 127))`

// The detectors' whole bank is asked, which the engine has compiled for the scan: a part of it would be compiled anew.
async function lookOver(table: Table, columns: readonly number[], layers: readonly CellReading[]): Promise<Looked[]> {
  const asWritten = layers.length === 0
  const long = 'length(x) >= 24'
  const isPart = "(length(x) BETWEEN 1 AND 17 AND match(x, '^[A-Z]{0,2}[0-9]*[0-9Xx]$'))"
  const isHigh = 'NOT ascii(x) BETWEEN 0 AND 127'
  const bytes = await table.read(
    (rows) => `SELECT f, k,
        groupUniqArrayArray(if(${mayBeRead('x')}, multiMatchAllIndices(${asWritten ? 'x' : 'trimBoth(x)'}, {guards:Array(String)}), [])),
        ${asWritten ? '[]::Array(UInt64)' : `groupUniqArrayArray(if(${mayBeRead('x')}, multiMatchAllIndices(trimBoth(x), {bank:Array(String)}), []))`},
        [${large.map(({ reading }) => `max(${mayBeRead('x')} AND ${isGuarded(reading, 'x')})`).join(', ')}],
        ${asWritten ? '0' : `max(${mayHoldInText('x')})`},
        countIf(x != ''), countIf(${isPart}), minIf(length(x), ${isPart}), maxIf(length(x), ${isPart}),
        max(position(x, '@') > 0 AND length(x) <= 80), max(length(x) BETWEEN 3 AND 6 AND ${isHigh}),
        countIf(${long} AND ${isPacked('x')}),
        ${asWritten ? `countIf(${long} AND ${isOpaque('x')}), uniqCombinedIf(x, ${long} AND ${isOpaque('x')})` : '0, 0'}
      FROM ${cellsOf(rows, columns, layers)} GROUP BY f, k`,
    { params: { ...bankParams, ...readingParams, guards }, byFile: true },
  )
  return parseRows<Summed>(bytes).map(([f, column, found, formed, foundLarge, inText, ...counts]) => {
    const [nonEmpty, numbers, shortest, longest, hasAt, isChinese, packed, opaque, distinct] = counts
    // Codes that come again and again are a list; each its own, and in most cells, they could be anything.
    // What a reading left of a cell, a UUID without its hyphens say, is opaque by the reading.
    const isOpaque =
      Number(opaque) >= 20 && Number(opaque) > 0.5 * Number(nonEmpty) && Number(distinct) > 0.5 * Number(opaque)
    return {
      f,
      column,
      read: new Set([
        ...found.flatMap((at) => banked[at - 1]?.at ?? []),
        ...large.flatMap(({ at }, place) => (foundLarge[place] === 1 ? [at] : [])),
      ]),
      mayIdentify: inText === 1 || formed.some((at) => directly.has(at)),
      unread: Math.max(Number(packed), isOpaque ? Number(opaque) : 0),
      nonEmpty: Number(nonEmpty),
      numbers: Number(numbers),
      shortest: Number(shortest),
      longest: Number(longest),
      hasAt: hasAt === 1,
      isChinese: isChinese === 1,
    }
  })
}

type Count = number | string

/** As the statement lists it. */
type Summed = [
  f: number,
  k: number,
  found: number[],
  formed: number[],
  foundLarge: number[],
  inText: number,
  ...counts: [Count, Count, Count, Count, Count, Count, Count, Count, Count],
]

// --- what is split ---------------------------------------------------------------------------------------------------------

interface Split {
  readonly reading: 'columns-joined' | 'rows-joined'
  readonly columns: readonly number[]
  readonly sql: string
}

function partsOf(looked: readonly Looked[]): Part[] {
  return [...new Set(looked.map(({ column }) => column))].flatMap((column): Part[] => {
    const own = looked.filter((one) => one.column === column && one.numbers > 0.9 * one.nonEmpty && one.nonEmpty > 0)
    if (own.length === 0) return []
    const shortest = Math.min(...own.map((one) => one.shortest))
    const longest = Math.max(...own.map((one) => one.longest))
    return longest >= 2 ? [{ column, shortest, longest }] : []
  })
}

const wholeLengths = [18, 11]
/** Of a passport as well. */
const besideLengths = [...wholeLengths, 8, 9, 10]

/** Whether the two side by side, in one file, could be two parts of a number, of an address or of a name. */
function couldJoin(one: Looked, other: Looked): boolean {
  const parts = one.numbers > 0 && other.numbers > 0 && Math.max(one.longest, other.longest) > 2
  const isNumber = besideLengths.some(
    (whole) => one.shortest + other.shortest <= whole && whole <= one.longest + other.longest,
  )
  return (parts && isNumber) || one.hasAt || other.hasAt || (one.isChinese && other.isChinese)
}

/** Two columns side by side that join to something, and any two columns of digits whose lengths make up a number's. */
async function pairsWorthJoining(table: Table, looked: readonly Looked[]): Promise<Split[]> {
  const parts = partsOf(looked)
  const at = new Map(looked.map((one) => [`${one.f},${one.column}`, one]))
  const beside = looked.flatMap((one): (readonly [number, number])[] => {
    const next = at.get(`${one.f},${one.column + 1}`)
    return next !== undefined && couldJoin(one, next) ? [[one.column, next.column]] : []
  })
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
