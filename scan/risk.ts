import type { Kind, MinimalUniques, SensitiveRisk, TableRisk } from '@tongguan/law'
import { cell } from './columns.ts'
import type { Engine } from './engine.ts'
import { individualRisk, populationUniqueness } from './population-uniqueness.ts'
import type { SizeHistogram } from './population-uniqueness.ts'
import { parseRows } from './tables.ts'
import type { Table } from './tables.ts'

/**
 * Kinds that others know of a person and that stay the same from one table to the next: by these an attacker links. What
 * is nearly unique by nature and known to few (a measured value, the time of an event, a network address) is no choice of
 * ours; it can be stated.
 */
export const linkingKinds: ReadonlySet<Kind> = new Set<Kind>([
  'birth_date',
  'death',
  'age',
  'sex',
  'ethnicity',
  'nationality',
  'country',
  'language',
  'marital_status',
  'education',
  'occupation',
  'employer',
  'religion',
  'political_status',
  'postal_code',
  'region',
  'city',
  'place',
])

/** Which columns of which rows are measured. */
export interface RiskTable extends Pick<TableRisk, 'file' | 'files' | 'chosen' | 'directIdentifiers'> {
  readonly table: Table
  /** Which of its files; undefined for all. */
  readonly members: readonly number[] | undefined
  readonly quasi: readonly RiskColumn[]
  readonly sensitive: readonly (RiskColumn & { readonly distinct: number })[]
  readonly rows: number
}

export interface RiskColumn {
  /** In the table: c0, c1 … */
  readonly column: string
  /** As the evidence shows it. */
  readonly name: string
}

/**
 * Measures one table: one grouping of its rows into classes, kept in the engine; everything else is asked of the classes.
 * Cells are grouped by hash (SipHash, 64 bits). Undefined where no row has a quasi-identifier.
 */
export async function measureRisk(
  engine: Engine,
  about: RiskTable,
  samplingFraction?: number,
): Promise<TableRisk | undefined> {
  const sensitive = about.rows <= sensitiveUpToRows ? about.sensitive : []
  await engine.query('DROP TABLE IF EXISTS classes')
  await about.table.read((rows) => classesOf(rows, about, sensitive))
  const sizes: SizeHistogram = new Map(
    parseRows<[number, number]>(await engine.query('SELECT n, count() FROM classes GROUP BY n ORDER BY n')),
  )
  if (sizes.size === 0) return undefined
  const metrics = metricsOf(sizes, samplingFraction)
  const risk: TableRisk = {
    file: about.file,
    files: about.files,
    quasiIdentifiers: about.quasi.map(({ name }) => name),
    chosen: about.chosen,
    directIdentifiers: about.directIdentifiers,
    ...metrics,
    columns: await columnsAlone(engine, about.quasi, metrics.rows),
    sensitive: about.rows <= sensitiveUpToRows ? await sensitiveRisks(engine, sensitive, metrics) : null,
    minimalUniques: await minimalUniques(engine, about.quasi, metrics),
    ...(samplingFraction === undefined ? {} : { population: populationUniqueness(sizes, samplingFraction) }),
  }
  await engine.query('DROP TABLE classes')
  return risk
}

type Metrics = Pick<TableRisk, 'rows' | 'k' | 'classes' | 'uniqueRows' | 'averageRisk' | 'highestRisk' | 'attackers'>

/** Lines in use for a single row's risk: classes of 5, 11 and 20 rows. */
const lines = [0.2, 0.09, 0.05]

/** What the sizes of the classes alone say. Throws RangeError where there is no class. */
export function metricsOf(sizes: SizeHistogram, samplingFraction?: number): Metrics {
  if (sizes.size === 0) throw new RangeError('no class, no risk')
  const all = [...sizes]
  const rowsOf = (of: readonly (readonly [number, number])[]) =>
    of.reduce((sum, [size, count]) => sum + size * count, 0)
  const rows = rowsOf(all)
  const classes = all.reduce((sum, [, count]) => sum + count, 0)
  const k = Math.min(...sizes.keys())
  const averageRisk = classes / rows
  const highestRisk = 1 / k
  const byRow = (risk: (size: number) => number) =>
    all.reduce((sum, [size, count]) => sum + size * count * risk(size), 0) / rows
  return {
    rows,
    k,
    classes,
    uniqueRows: sizes.get(1) ?? 0,
    averageRisk,
    highestRisk,
    attackers: {
      prosecutor: {
        highest: highestRisk,
        average: averageRisk,
        above: lines.map((line) => ({ line, share: rowsOf(all.filter(([size]) => 1 / size > line)) / rows })),
      },
      journalist:
        samplingFraction === undefined
          ? { highest: highestRisk, average: averageRisk, estimated: false }
          : {
              highest: individualRisk(k, samplingFraction),
              average: byRow((size) => individualRisk(size, samplingFraction)),
              estimated: true,
            },
      marketer: { average: averageRisk },
    },
  }
}

// --- rows → classes ----------------------------------------------------------------------------------------------------

/** Above so many rows what a class tells of sensitive columns is not measured. */
const sensitiveUpToRows = 20_000_000
/** A column of more values is compared by hash, and no distance is measured. */
const distanceUpToValues = 10_000
/** Classes × sets of columns, and classes × values: above so many the question is not asked. */
const mostCells = 20_000_000

function classesOf(rows: string, { quasi, members }: RiskTable, sensitive: RiskTable['sensitive']): string {
  const cells = [...quasi.map(({ column }, at) => `${cell(column)} AS x${at}`), ...sensitive.map(valueOf)]
  const keys = quasi.map((_, at) => `sipHash64(x${at}) AS h${at}`)
  const values = sensitive.map((_, at) => `sumMap([s${at}], [toUInt64(1)]) AS m${at}`)
  return `CREATE TABLE classes ENGINE = MergeTree ORDER BY tuple() AS
    SELECT toUInt32(rowNumberInAllBlocks()) AS id, * FROM (
      SELECT ${[...keys, 'count() AS n', ...values].join(', ')}
      FROM (SELECT ${cells.join(', ')} FROM ${rows}${members === undefined ? '' : ` WHERE f IN (${members.join(', ')})`})
      WHERE ${quasi.map((_, at) => `x${at} != ''`).join(' OR ')}
      GROUP BY ${quasi.map((_, at) => `h${at}`).join(', ')})`
}

const valueOf = ({ column, distinct }: RiskTable['sensitive'][number], at: number): string =>
  `${distinct <= distanceUpToValues ? cell(column) : `hex(sipHash64(${cell(column)}))`} AS s${at}`

async function columnsAlone(engine: Engine, quasi: readonly RiskColumn[], rows: number): Promise<TableRisk['columns']> {
  const sql = `SELECT count(), sum(toFloat64(c) * (c - 1)) FROM (${setSizes(quasi.map((_, at) => [at]))}) GROUP BY s ORDER BY s`
  return parseRows<[number, number]>(await engine.query(sql)).map(([distinct, samePairs], at) => ({
    name: quasi[at]?.name ?? '',
    distinct,
    distinction: distinct / rows,
    separation: rows < 2 ? 0 : 1 - samePairs / (rows * (rows - 1)),
  }))
}

/** Each set of columns (s), and of its groups the rows (c) and, where it is one row, which (id). */
function setSizes(sets: readonly (readonly number[])[]): string {
  const keys = sets.map((set, s) => `(toUInt16(${s}), sipHash64(${set.map((at) => `h${at}`).join(', ')}))`)
  return `SELECT key.1 AS s, sum(n) AS c, any(id) AS id FROM (SELECT id, n, arrayJoin([${keys.join(', ')}]) AS key FROM classes) GROUP BY key`
}

// --- what a class tells of the sensitive columns ------------------------------------------------------------------------

async function sensitiveRisks(
  engine: Engine,
  sensitive: RiskTable['sensitive'],
  { classes, rows }: Metrics,
): Promise<SensitiveRisk[]> {
  const risks: SensitiveRisk[] = []
  for (const [at, { name, distinct }] of sensitive.entries()) {
    const counts = `m${at}.2`
    const entropy = `-arraySum(v -> v / n * log(v / n), arraySort(${counts}))`
    const [[distinctL, entropyL] = [0, 0]] = parseRows<[number, number]>(
      await engine.query(`SELECT min(length(${counts})), min(exp(${entropy})) FROM classes`),
    )
    const values = `(SELECT v.1 AS value, sum(v.2) AS c FROM (SELECT arrayJoin(arrayZip(m${at}.1, m${at}.2)) AS v FROM classes) GROUP BY value)`
    const [[different, numbers] = [0, 0]] = parseRows<[number, number]>(
      await engine.query(`SELECT count(), min(match(value, '^[-+]?[0-9]+([.][0-9]+)?$')) FROM ${values}`),
    )
    const distance = numbers === 1 && distinct <= distanceUpToValues ? 'ordered' : 'equal'
    const measurable = distinct <= distanceUpToValues && (distance === 'equal' || classes * different <= mostCells)
    const t = !measurable ? null : different < 2 ? 0 : await farthest(engine, at, values, distance, rows)
    risks.push({ column: name, distinctL, entropyL, t, distance })
  }
  return risks
}

/** The greatest distance between the values of a class and those of all rows. */
async function farthest(
  engine: Engine,
  at: number,
  values: string,
  distance: SensitiveRisk['distance'],
  rows: number,
): Promise<number> {
  const order = distance === 'ordered' ? 'toFloat64(value), value' : 'value'
  const list = (what: string) => `(SELECT groupArray(${what}) FROM (SELECT * FROM ${values} ORDER BY ${order}))`
  const inClass = `m${at}.2[indexOf(m${at}.1, value)] / n`
  const ordered = `arraySum(x -> abs(x), arrayCumSum(arrayMap((value, c) -> ${inClass} - c / ${rows}, every, counts))) / (length(every) - 1)`
  // Values that do not stand in the class lie apart by their whole share.
  const share = `transform(value, every, counts, toUInt64(0)) / ${rows}`
  const equal = `(1 + arraySum((value, v) -> abs(v / n - ${share}) - ${share}, m${at}.1, m${at}.2)) / 2`
  const sql = `WITH ${list('value')} AS every, ${list('c')} AS counts
    SELECT max(${distance === 'ordered' ? ordered : equal}) FROM classes`
  const [[t] = [0]] = parseRows<[number]>(await engine.query(sql))
  return t
}

// --- the smallest sets by which a row stands alone ----------------------------------------------------------------------

const largestSet = 3
/** Of one size, as many as one statement holds. */
const mostSets = 2000
const mostSetsShown = 10

async function minimalUniques(
  engine: Engine,
  quasi: readonly RiskColumn[],
  { classes, uniqueRows }: Metrics,
): Promise<MinimalUniques | null> {
  const tried: number[][][] = []
  for (let size = 1; size <= Math.min(largestSet, quasi.length); size++) {
    const count = choose(quasi.length, size)
    if (count > mostSets || classes * count > mostCells) break
    tried.push(setsOf(quasi.length, size))
  }
  if (tried.length === 0) return null
  // Whoever is not alone by all columns is not by fewer.
  if (uniqueRows === 0) return { upTo: tried.length, rows: 0, sets: [] }
  const alone = new Map<string, Bits>()
  const any = new Bits(classes)
  const found: { readonly columns: readonly string[]; readonly rows: number }[] = []
  for (const sets of tried) {
    const uniques = await engine.query(`SELECT s, id FROM (${setSizes(sets)}) WHERE c = 1`, {}, 'RowBinary')
    const bits = sets.map(() => new Bits(classes))
    const minimal = sets.map(() => 0)
    for (let at = 0; at < uniques.length; at += 6) {
      const s = uniques.readUInt16LE(at)
      const id = uniques.readUInt32LE(at + 2)
      bits[s]?.add(id)
      if (partsOf(sets[s] ?? []).some((part) => alone.get(part.join())?.has(id) === true)) continue
      minimal[s] = (minimal[s] ?? 0) + 1
      any.add(id)
    }
    for (const [s, set] of sets.entries()) {
      alone.set(set.join(), bits[s] ?? any)
      const rows = minimal[s] ?? 0
      if (rows > 0) found.push({ columns: set.map((at) => quasi[at]?.name ?? ''), rows })
    }
  }
  // The order of the sets is their columns' where as many rows stand alone by them.
  const sets = found.sort((a, b) => b.rows - a.rows).slice(0, mostSetsShown)
  return { upTo: tried.length, rows: any.size, sets }
}

/** How many sets of `size` there are. */
function choose(count: number, size: number): number {
  let sets = 1
  for (let at = 0; at < size; at++) sets = (sets * (count - at)) / (at + 1)
  return sets
}

/** All sets of `size` of the first `count` numbers, in order. */
function setsOf(count: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]]
  return Array.from({ length: count - from }, (_, at) => from + at).flatMap((first) =>
    setsOf(count, size - 1, first + 1).map((rest) => [first, ...rest]),
  )
}

/** The set without each of its numbers in turn; a single column has no part that could make a row stand alone. */
const partsOf = (set: readonly number[]): number[][] =>
  set.length < 2 ? [] : set.map((_, without) => set.filter((__, at) => at !== without))

class Bits {
  readonly #bytes: Uint8Array
  size = 0

  constructor(length: number) {
    this.#bytes = new Uint8Array(Math.ceil(length / 8))
  }

  has(at: number): boolean {
    return ((this.#bytes[at >> 3] ?? 0) & (1 << (at & 7))) !== 0
  }

  add(at: number): void {
    if (this.has(at)) return
    this.#bytes[at >> 3] = (this.#bytes[at >> 3] ?? 0) | (1 << (at & 7))
    this.size++
  }
}
