import { detectors, textHints } from './detectors/index.ts'
import type { Detector } from './detectors/index.ts'
import { speaksOfHealth, speaksOfSelf } from './detectors/health-words.ts'
import type { Engine } from './engine.ts'
import { parseRows } from './load.ts'

/** What a full pass over one column counted. Every cell was read. */
export interface ColumnCounts {
  readonly rows: number
  readonly nonEmpty: number
  readonly distinct: number
  /** Characters in all cells, and in the longest. */
  readonly characters: number
  readonly longest: number
  readonly chinese: number
  readonly numeric: number
  /** Cells with three or more words, or a Chinese sentence. */
  readonly sentences: number
  /** Cells with a decimal number of at least three places: coordinates have them. */
  readonly decimal: number
  /** First characters of codes shaped like ICD-10: how many chapters there are. */
  readonly chapters: number
  /** Cells of prose that speak of illness or care, and those whose writer speaks of themselves. */
  readonly health: number
  readonly self: number
  /** By detector, in the order of the bank. */
  readonly hits: readonly Hits[]
  /** Three values chosen by hash, to be masked. */
  readonly sample: readonly string[]
}

export interface Hits {
  /** Cells that match the pattern, and that pass the check as well; and how many different ones. */
  readonly matched: number
  readonly valid: number
  readonly matchedDistinct: number
  readonly validDistinct: number
  /** Cells with the value inside a sentence, and how many different values there are. */
  readonly inText: number
  readonly inTextDistinct: number
  readonly sample: readonly string[]
}

/** A cell as it is judged: trimmed, full-width digits and letters made plain, spellings of "no value" emptied. */
export const cell = (column: string): string =>
  `transform(if(match(trimBoth(${column}), '[０-９Ａ-Ｚａ-ｚ＠．]'), normalizeUTF8NFKC(trimBoth(${column})), trimBoth(${column})), ['NULL', 'null', '\\\\N', 'NaN', 'N/A', 'None'], ['', '', '', '', '', ''])`

const bank = detectors.map((detector) => detector.cell)

/**
 * Counts one column of one of our own tables: each different value is looked at once, with the number of its cells.
 * The bank runs over all of them; a check, which is dear, only where its pattern matched.
 */
export async function countColumn(engine: Engine, table: string, column: string): Promise<ColumnCounts> {
  const values = `(SELECT ${cell(column)} AS x, count() AS n FROM ${table} GROUP BY x)`
  const sql = `
    SELECT sum(n), sumIf(n, x != ''), countIf(x != ''), sum(n * lengthUTF8(x)), max(lengthUTF8(x)),
      sumIf(n, match(x, '[\\\\x{4e00}-\\\\x{9fff}]')), sumIf(n, match(x, '^[-+]?[0-9]+([.][0-9]+)?$')),
      sumIf(n, match(x, '[^ ] +[^ ]+ +[^ ]+ +[^ ]') OR (lengthUTF8(x) >= 16 AND match(x, '[\\\\x{4e00}-\\\\x{9fff}]{6}|[，。；]'))),
      sumIf(n, match(x, '^-?[0-9]{1,3}[.][0-9]{3,}$')),
      uniqExactIf(substring(x, 1, 1), match(x, '^[A-TV-Z][0-9]{2}')),
      countIf(length(x) >= 8 AND match(x, '${textHints.join('|')}') AND match(x, '[^0-9.+-]')),
      arrayMap(s -> s.2, groupArraySortedIf(3)((sipHash64(x), x), x != '')),
      sumForEach(arrayMap(i -> n * has(m, i), range(1, ${bank.length + 1}))),
      sumForEach(arrayMap(i -> has(m, i), range(1, ${bank.length + 1}))),
      sumIf(n, ${speaksOfHealth('x')}), sumIf(n, ${speaksOfSelf('x')})
    FROM (SELECT x, n, multiMatchAllIndices(x, {bank:Array(String)}) AS m FROM ${values})`
  const [row = []] = parseRows<unknown[]>(await engine.query(sql, { bank }))
  const number = (at: number) => Number(row[at] ?? 0)
  const list = (at: number) => (row[at] ?? []) as readonly number[]
  const hits: Hits[] = []
  for (const [at, detector] of (detectors as readonly Detector[]).entries()) {
    const matched = list(12)[at] ?? 0
    const matchedDistinct = list(13)[at] ?? 0
    const checked = matched > 0 ? await checkMatches(engine, values, detector) : undefined
    const text =
      number(10) > 0 && detector.inText !== undefined ? await lookIntoText(engine, values, detector) : undefined
    hits.push({ ...noHits, ...checked, ...text, matched, matchedDistinct })
  }
  return {
    rows: number(0),
    nonEmpty: number(1),
    distinct: number(2),
    characters: number(3),
    longest: number(4),
    chinese: number(5),
    numeric: number(6),
    sentences: number(7),
    decimal: number(8),
    chapters: number(9),
    health: number(14),
    self: number(15),
    hits,
    sample: (row[11] ?? []) as readonly string[],
  }
}

async function checkMatches(engine: Engine, values: string, detector: Detector) {
  const sql = `
    SELECT sum(n), count(), arrayMap(s -> s.2, groupArraySorted(3)((sipHash64(x), x)))
    FROM ${values} WHERE match(x, {cell:String}) AND ${detector.check?.('x') ?? '1'}`
  const [[valid = 0, validDistinct = 0, sample = []] = []] = parseRows<[number, number, string[]]>(
    await engine.query(sql, { cell: detector.cell }),
  )
  return { valid, validDistinct, sample }
}

async function lookIntoText(engine: Engine, values: string, detector: Detector) {
  const sql = `
    SELECT sum(n), uniqExactArray(found)
    FROM (
      SELECT n, arrayFilter(c -> match(c, {cell:String}) AND ${detector.check?.('c') ?? '1'}, arrayDistinct(${detector.inText?.('x') ?? '[]'})) AS found
      FROM ${values} WHERE length(x) >= 8 AND NOT match(x, {cell:String})
    ) WHERE notEmpty(found)`
  const [[inText = 0, inTextDistinct = 0] = []] = parseRows<[number, number]>(
    await engine.query(sql, { cell: detector.cell }),
  )
  return { inText, inTextDistinct }
}

const noHits: Hits = {
  matched: 0,
  valid: 0,
  matchedDistinct: 0,
  validDistinct: 0,
  inText: 0,
  inTextDistinct: 0,
  sample: [],
}

/** The counts of a column without a single row. */
export const emptyCounts: ColumnCounts = {
  rows: 0,
  nonEmpty: 0,
  distinct: 0,
  characters: 0,
  longest: 0,
  chinese: 0,
  numeric: 0,
  sentences: 0,
  decimal: 0,
  chapters: 0,
  health: 0,
  self: 0,
  hits: detectors.map(() => noHits),
  sample: [],
}
