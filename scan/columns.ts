import { speaksOfHealth, speaksOfSelf } from './detectors/health-words.ts'
import { detectors as allDetectors, textHints } from './detectors/index.ts'
import type { Detector } from './detectors/index.ts'
import { Personal } from './personal.ts'
import { parseRows } from './tables.ts'
import type { Table } from './tables.ts'

/**
 * What a full pass over one column counted. Every cell was tested against every detector of which a single hit matters
 * (`lone`); those that only name a whole column were tested on every cell where the first rows called for it.
 */
export interface ColumnCounts {
  readonly rows: number
  readonly nonEmpty: number
  readonly distinct: number
  /** Characters in all cells, and cells of a form: counted in a short column, estimated from the first rows of a long one. */
  readonly characters: number
  readonly chinese: number
  readonly numeric: number
  /** Three or more words, or a Chinese sentence. */
  readonly sentences: number
  /** A decimal number of at least three places: coordinates have them. */
  readonly decimal: number
  /** Prose that speaks of illness or care, and prose whose writer speaks of themselves. */
  readonly health: number
  readonly self: number
  /** First characters of codes shaped like ICD-10: how many chapters there are. */
  readonly chapters: number
  /** Cells with full-width digits or letters, as first met. */
  readonly fullWidth: number
  /** By detector, in the order of the bank. */
  readonly hits: readonly Hits[]
  /** Three values chosen by hash, to be masked. */
  readonly sample: readonly Personal<string>[]
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
}

/** A cell as it is judged: trimmed, full-width digits and letters made plain, spellings of "no value" emptied. */
export const cell = (column: string): string =>
  `transform(${plain(`trimBoth(${column})`)}, [${noValue}], [${noValueEmptied}])`

const plain = (x: string): string => `if(${isFullWidth(x)}, normalizeUTF8NFKC(${x}), ${x})`

// Looking for the lead bytes costs next to nothing; most text, Chinese punctuation apart, has neither.
const isFullWidth = (x: string): string =>
  `((position(${x}, '\\xEF\\xBC') > 0 OR position(${x}, '\\xEF\\xBD') > 0) AND match(${x}, '[０-９Ａ-Ｚａ-ｚ＠．]'))`

const spellings = ["'NULL'", "'null'", "'\\\\N'", "'NaN'", "'N/A'", "'None'"]
const noValue = spellings.join(', ')
const noValueEmptied = spellings.map(() => "''").join(', ')

/** Whether a cell says anything, at less cost than `cell`. */
export const isFilled = (column: string): string =>
  `(length(trimBoth(${column})) > 4 OR (trimBoth(${column}) NOT IN ('', ${noValue})))`

/** How each form is told, as SQL. */
const forms = {
  chinese: (x: string) => `match(${x}, '[\\\\x{4e00}-\\\\x{9fff}]')`,
  numeric: (x: string) => `match(${x}, '^[-+]?[0-9]+([.][0-9]+)?$')`,
  sentences: (x: string) =>
    `(match(${x}, '[^ ] +[^ ]+ +[^ ]+ +[^ ]') OR (lengthUTF8(${x}) >= 16 AND match(${x}, '[\\\\x{4e00}-\\\\x{9fff}]{6}|[，。；]')))`,
  decimal: (x: string) => `match(${x}, '^-?[0-9]{1,3}[.][0-9]{3,}$')`,
  health: speaksOfHealth,
  self: speaksOfSelf,
} as const satisfies Partial<Record<keyof ColumnCounts, (x: string) => string>>

type Form = keyof typeof forms
const formNames = Object.keys(forms) as Form[]
const byForm = (count: (form: Form) => number): Record<Form, number> =>
  // Every form has its own entry.
  Object.fromEntries(formNames.map((form) => [form, count(form)])) as Record<Form, number>

const detectors: readonly Detector[] = allDetectors
const bank = detectors.map((detector) => detector.cell)
const all = detectors.map((_, at) => at)
const textual = all.filter((at) => detectors[at]?.inText !== undefined)
/** Those of which a single hit matters wherever it stands. */
const lone = all.filter((at) => detectors[at]?.lone === true)

/** How many rows decide where to look harder; what is counted never rests on them. */
const sampleRows = 8192
/** A wide table is read a part of its columns at a time. */
const columnsAtOnce = 250

/**
 * Counts all columns of a table, for each of its files. Short tables are looked at in one statement. Of a long one the
 * first rows say what to expect of each column; then one pass tests every cell against the whole bank, counts what was
 * expected and compares the sum with all hits. A column with a hit nobody expected is read again for everything.
 */
export async function countTable(table: Table, onBytes?: (bytes: number) => void): Promise<ColumnCounts[][]> {
  const counts: ColumnCounts[][] = table.members.map(() => [])
  // Reading may bring to light a column more: cells beyond the header's last.
  for (let from = 0; from < table.names.length;) {
    const to = Math.min(from + columnsAtOnce, table.names.length)
    const part = Array.from({ length: to - from }, (_, at) => from + at)
    for (const [f, row] of (await countColumns(table, part, from === 0 ? onBytes : undefined)).entries())
      counts[f]?.push(...row)
    from = to
  }
  return counts
}

async function countColumns(
  table: Table,
  columns: readonly number[],
  onBytes?: (bytes: number) => void,
): Promise<ColumnCounts[][]> {
  const first = await lookClosely(table, columns, (rows) => `(SELECT * FROM ${rows} LIMIT ${sampleRows})`)
  const seen = [...first.values()].reduce((sum, byColumn) => sum + (byColumn.get(columns[0] ?? 0)?.rows ?? 0), 0)
  const get = (found: ByFile, f: number, column: number) => found.get(f)?.get(column) ?? emptyCounts
  if (seen < sampleRows) return table.members.map((_, f) => columns.map((column) => get(first, f, column)))

  const forms = new Map(columns.map((column) => [column, together([...first.values()].map((c) => c.get(column)))]))
  const plans = new Map(columns.map((column) => [column, planOf(forms.get(column) ?? emptyCounts)]))
  const found = await pass(table, columns, plans, onBytes)
  const again = columns.filter((column) => [...found.values()].some((c) => c.get(column)?.surprise === true))
  if (again.length > 0) {
    const wide = new Map(again.map((column) => [column, everything]))
    for (const [f, byColumn] of await pass(table, again, wide))
      for (const [column, counted] of byColumn) found.get(f)?.set(column, counted)
  }
  // A column that was empty in the first rows is looked at where it is not.
  for (const column of columns) {
    const filled = [...found.values()].reduce((sum, c) => sum + (c.get(column)?.nonEmpty ?? 0), 0)
    if ((forms.get(column)?.nonEmpty ?? 0) >= Math.min(200, filled)) continue
    const filledRows = (rows: string) =>
      `(SELECT f, c${column} FROM ${rows} WHERE c${column} != '' LIMIT ${sampleRows})`
    const looked = await lookClosely(table, [column], filledRows)
    forms.set(column, together([...looked.values()].map((c) => c.get(column))))
  }
  return table.members.map((_, f) =>
    columns.map((column) => {
      const counted = found.get(f)?.get(column)
      return counted === undefined ? emptyCounts : formed(counted, forms.get(column) ?? emptyCounts)
    }),
  )
}

type ByFile = Map<number, Map<number, ColumnCounts>>

// The form of a column, from its first rows, at the size of the whole.
function formed({ surprise, ...counted }: Counted, form: ColumnCounts): ColumnCounts {
  if (surprise) throw new RangeError('a column with something nobody counted must be read again first')
  const scaled = (part: number) => Math.round((part / Math.max(1, form.nonEmpty)) * counted.nonEmpty)
  return {
    ...counted,
    characters: scaled(form.characters),
    ...byForm((name) => scaled(form[name])),
    chapters: form.chapters,
    fullWidth: form.fullWidth,
    sample: counted.sample.length > 0 ? counted.sample : form.sample,
  }
}

function together(parts: readonly (ColumnCounts | undefined)[]): ColumnCounts {
  return parts.reduce<ColumnCounts>((sum, part) => {
    if (part === undefined) return sum
    return {
      rows: sum.rows + part.rows,
      nonEmpty: sum.nonEmpty + part.nonEmpty,
      distinct: sum.distinct + part.distinct,
      characters: sum.characters + part.characters,
      ...byForm((form) => sum[form] + part[form]),
      chapters: Math.max(sum.chapters, part.chapters),
      fullWidth: sum.fullWidth + part.fullWidth,
      hits: sum.hits.map((hits, at) => addHits(hits, part.hits[at] ?? noHits)),
      sample: sum.sample.length > 0 ? sum.sample : part.sample,
    }
  }, emptyCounts)
}

const addHits = (a: Hits, b: Hits): Hits => ({
  matched: a.matched + b.matched,
  valid: a.valid + b.valid,
  matchedDistinct: a.matchedDistinct + b.matchedDistinct,
  validDistinct: a.validDistinct + b.validDistinct,
  inText: a.inText + b.inText,
  inTextDistinct: a.inTextDistinct + b.inTextDistinct,
})

// --- the close look: everything about every cell ---------------------------------------------------------------------------

// Only such cells can hold a value of the TEXT bank besides other text.
export const mayHoldInText = (x: string): string =>
  `((length(${x}) >= 12 AND ${hasRoom(x)} AND multiMatchAny(${x}, {hints:Array(String)})) OR position(${x}, '@') > 0)
    AND match(${x}, '[^0-9.+-]')`

// What the hints ask for takes eleven ASCII characters, or stands after 第. Three bytes for each character, less the bytes
// there are, is twice the ASCII ones where the others have three bytes; more where they have two; a character of four
// bytes (its first byte tells) may hide one.
const hasRoom = (x: string): string =>
  `(3 * lengthUTF8(${x}) - length(${x}) >= 22 OR position(${x}, '第') > 0 OR ${firstOfFour.map((byte) => `position(${x}, '\\x${byte}') > 0`).join(' OR ')})`
const firstOfFour = ['F0', 'F1', 'F2', 'F3', 'F4']

const checkOf = (at: number, x: string): string => detectors[at]?.check?.(x) ?? '1'

const inTextOf = (at: number, x: string, may: string): string =>
  `if(${may}, arrayFilter(c -> match(c, {b${at}:String}) AND ${checkOf(at, 'c')}, arrayDistinct(${detectors[at]?.inText?.(x) ?? '[]'})), [])`

export const bankParams: Readonly<Record<string, string | readonly string[]>> = {
  bank,
  lone: lone.map((at) => bank[at] ?? ''),
  hints: textHints.filter((hint) => hint !== '@'),
  ...Object.fromEntries(all.map((at) => [`b${at}`, bank[at] ?? ''])),
}

const mayBeText = `(NOT hasAny(m, [${textual.map((at) => at + 1).join(', ')}]) AND ${mayHoldInText('x')})`

async function lookClosely(table: Table, columns: readonly number[], from: (rows: string) => string): Promise<ByFile> {
  const cells = (rows: string) => `
    (SELECT f, k, x, w, multiMatchAllIndices(x, {bank:Array(String)}) AS m
    FROM (SELECT f, kx.1 AS k, ${isFullWidth('kx.2')} AS w, ${cell('kx.2')} AS x
      FROM (SELECT f, arrayJoin([${columns.map((at) => `(${at}, c${at})`).join(', ')}]) AS kx FROM ${from(rows)})))`
  // Most detectors match nothing here: their checks need not even be parsed.
  const [[matching = [], text = 0] = []] = parseRows<[number[], number]>(
    await table.read((rows) => `SELECT groupUniqArrayArray(m), max(${mayBeText}) FROM ${cells(rows)}`, {
      params: bankParams,
      inOrder: true,
    }),
  )
  const found = new Set(matching)
  const some = all.filter((at) => found.has(at + 1))
  const inText = text === 1 ? textual : []
  const valid = some.map((at) => `, (has(m, ${at + 1}) AND ${checkOf(at, 'x')}) AS v${at}`)
  const texts = inText.map((at) => `, ${inTextOf(at, 'x', 'may')} AS t${at}`)
  const list = (of: readonly number[], sql: (at: number) => string) =>
    of.length === 0 ? '[]::Array(UInt64)' : `[${of.map(sql).join(', ')}]`
  const sql = (rows: string) => `
    SELECT f, k, count(), countIf(x != ''), uniqExactIf(h, x != ''), sum(lengthUTF8(x)), countIf(w),
      [${formNames.map((form) => `countIf(${forms[form]('x')})`).join(', ')}],
      uniqExactIf(substring(x, 1, 1), match(x, '^[A-TV-Z][0-9]{2}')),
      arraySlice(arrayDistinct(arrayMap(s -> s.2, groupArraySortedIf(64)((h, x), x != ''))), 1, 3),
      ${list(some, (at) => `countIf(has(m, ${at + 1}))`)}, ${list(some, (at) => `countIf(v${at})`)},
      ${list(some, (at) => `uniqExactIf(h, has(m, ${at + 1}))`)}, ${list(some, (at) => `uniqExactIf(h, v${at})`)},
      ${list(inText, (at) => `countIf(notEmpty(t${at}))`)}, ${list(inText, (at) => `uniqExactArray(t${at})`)}
    FROM (SELECT f, k, x, w, m, sipHash64(x) AS h, ${mayBeText} AS may ${[...valid, ...texts].join('')}
      FROM ${cells(rows)})
    GROUP BY f, k`
  const counts: ByFile = new Map()
  for (const row of parseRows<unknown[]>(await table.read(sql, { params: bankParams, inOrder: true }))) {
    const number = (at: number) => Number(row[at] ?? 0)
    const numbers = (at: number) => (row[at] ?? []) as readonly number[]
    const hits = detectors.map(() => noHits)
    for (const [i, at] of some.entries()) {
      hits[at] = {
        ...noHits,
        matched: numbers(10)[i] ?? 0,
        valid: numbers(11)[i] ?? 0,
        matchedDistinct: numbers(12)[i] ?? 0,
        validDistinct: numbers(13)[i] ?? 0,
      }
    }
    for (const [i, at] of inText.entries())
      hits[at] = { ...(hits[at] ?? noHits), inText: numbers(14)[i] ?? 0, inTextDistinct: numbers(15)[i] ?? 0 }
    keep(counts, number(0), number(1), {
      rows: number(2),
      nonEmpty: number(3),
      distinct: number(4),
      characters: number(5),
      fullWidth: number(6),
      ...byForm((form) => numbers(7)[formNames.indexOf(form)] ?? 0),
      chapters: number(8),
      hits,
      sample: ((row[9] ?? []) as readonly string[]).map((value) => new Personal(value)),
    })
  }
  return counts
}

function keep<Counts>(found: Map<number, Map<number, Counts>>, f: number, column: number, counts: Counts): void {
  const known = found.get(f)
  if (known === undefined) found.set(f, new Map([[column, counts]]))
  else known.set(column, counts)
}

// --- the pass over a long table ---------------------------------------------------------------------------------------------

/** What the first rows say a column holds. It decides how the pass tests the column, never whether. */
interface Plan {
  /** Detectors to count one by one. */
  readonly expected: readonly number[]
  /** Of these, every filled cell is expected to match, and to pass: how many different ones follows from the column's. */
  readonly everyMatches: ReadonlySet<number>
  readonly everyValid: ReadonlySet<number>
  /** Of these, more than a few cells are expected to match. */
  readonly often: ReadonlySet<number>
  readonly inText: boolean
  /** Full-width digits and letters stand here: every cell is made plain before it is tested. */
  readonly fullWidth: boolean
  /** The same values come again and again: each is tested once a block (LowCardinality). */
  readonly repeats: boolean
}

const nothingExpected: Plan = {
  expected: [],
  everyMatches: new Set(),
  everyValid: new Set(),
  often: new Set(),
  inText: false,
  fullWidth: false,
  repeats: false,
}

/** How a column with a surprise is read again: every detector counted, in every cell and every text. */
const everything: Plan = { ...nothingExpected, expected: all, inText: true, fullWidth: true }

function planOf({ hits, nonEmpty, distinct, fullWidth }: ColumnCounts): Plan {
  const where = (test: (hits: Hits) => boolean) => all.filter((at) => hits[at] !== undefined && test(hits[at]))
  const inText = hits.some((hit) => hit.inText > 0)
  return {
    expected: where(({ matched }) => matched > 0),
    everyMatches: new Set(where(({ matched }) => matched === nonEmpty)),
    everyValid: new Set(where(({ valid }) => valid === nonEmpty)),
    often: new Set(where(({ matched }) => matched > nonEmpty / 20)),
    inText,
    fullWidth: fullWidth > 0,
    // Values drawn evenly from twice as many as there are rows would be 0.79 of them; below, a block holds each many times.
    repeats: !inText && distinct < 0.75 * nonEmpty,
  }
}

type Counted = Omit<ColumnCounts, Form | 'characters' | 'chapters' | 'fullWidth'> & {
  /** Something stands in the column that the plan does not count. */
  readonly surprise: boolean
}

async function pass(
  table: Table,
  columns: readonly number[],
  plans: ReadonlyMap<number, Plan>,
  onBytes?: (bytes: number) => void,
): Promise<Map<number, Map<number, Counted>>> {
  for (;;) {
    const assumed = { ...table.cells }
    const read = await passAssuming(table, columns, plans, assumed, onBytes)
    // The whole file has been read now; had it cells to clean that nobody knew of, they were judged as they stood.
    if (assumed.padded === table.cells.padded) return read
  }
}

async function passAssuming(
  table: Table,
  columns: readonly number[],
  plans: ReadonlyMap<number, Plan>,
  { padded }: Table['cells'],
  onBytes?: (bytes: number) => void,
) {
  const many = table.members.length > 1
  const asking: Asking = {
    steps: { cell: [], pattern: [], settled: [], bank: [], text: [], check: [] },
    asked: [],
    ofDrawn: [],
    many,
    bytes: bytesOf(table),
  }
  const rowsAt = ask(asking, 'count()')
  const drawnAt = ask(asking, 'countIf(drawn)')
  const reads = columns.map((column) => askColumn(asking, column, plans.get(column) ?? everything, padded, drawnAt))
  // The same rows each time, in whatever order they come.
  asking.steps.check.push(
    `bitAnd(${columns.map((column) => `h${column}`).join(' + ')}, ${oneIn(asking.bytes) - 1}) = 0 AS drawn`,
  )
  const drawnRows = `groupArrayIf((${columns.map((column) => `o${column}`).join(', ')}, ''), drawn) AS rows_drawn`
  const counts = asking.asked.map((sql, at) => `${sql} AS n${at}`)
  const sql = (rows: string) =>
    `SELECT f, ${asking.asked
      .map((_, at) => `n${at}`)
      .concat(asking.ofDrawn)
      .join(', ')}
    FROM (SELECT ${many ? 'f' : '0 AS f'}, ${drawnRows}, ${counts.join(', ')}
      FROM ${Object.values(asking.steps).reduce((from, names) => `(SELECT *${names.map((one) => `, ${one}`).join('')} FROM ${from})`, rows)} ${many ? 'GROUP BY f' : ''})`
  const found = new Map<number, Map<number, Counted>>()
  const options = { params: bankParams, byFile: true, ...(onBytes === undefined ? {} : { onBytes }) }
  for (const row of parseRows<unknown[]>(await table.read(sql, options))) {
    const number = (at: number) => Number(row[at + 1] ?? 0)
    const rows = number(rowsAt)
    if (rows === 0) continue
    for (const read of reads) {
      const counted = countedOf(read, number, number(asking.asked.length + read.strays))
      const one = read.one === undefined || counted.nonEmpty === 0 ? [] : [new Personal(String(row[read.one + 1]))]
      keep(found, Number(row[0]), read.column, { ...counted, rows, sample: one })
    }
  }
  return found
}

/**
 * Detectors that only name whole columns are not all tried on all cells: one row in so many is drawn for those the first
 * rows did not show. What names a column stands in a third of its cells at least, and is met. The rows drawn are held in
 * memory to the end of the pass: of a table of more than 4 GB fewer are drawn.
 */
const oneIn = (bytes: number): number => 2 ** Math.max(7, Math.ceil(Math.log2(bytes / drawnBytes)))
const drawnBytes = 32e6
const straysAllowed = 0.05

/** The statement of a pass while it is put together. */
interface Asking {
  /**
   * Expressions of one row with their names, each step asking for names of those before it: within one step the engine
   * would write out each name again and again, and think about the statement longer than about the data.
   */
  readonly steps: Record<Step, string[]>
  /** The counts over all rows. */
  readonly asked: string[]
  /** Counts over the rows that were drawn, `rows_drawn`, column by column. */
  readonly ofDrawn: string[]
  readonly many: boolean
  readonly bytes: number
}

type Step = 'cell' | 'pattern' | 'settled' | 'bank' | 'text' | 'check'

/** Gives the place the answer will stand at. */
const ask = ({ asked }: Asking, sql: string): number => asked.push(sql) - 1

function askColumn(asking: Asking, column: number, plan: Plan, padded: boolean, drawn: number) {
  const name: Name = (step, sql, as) => {
    asking.steps[step].push(`${sql} AS ${as}${column}`)
    return `${as}${column}`
  }
  const trimmed = padded ? `trimBoth(c${column})` : `c${column}`
  const own = name('cell', plan.fullWidth ? plain(trimmed) : trimmed, 'o')
  const x = name('cell', plan.repeats ? `toLowCardinality(${own})` : own, 'x')
  const e = name('pattern', `${x} NOT IN ('', ${noValue})`, 'e')
  const h = name('pattern', `cityHash64(${x})`, 'h')

  const { matches, whole, unforeseen } = plan === everything ? testEverything(x, name) : testAsPlanned(x, name, plan)
  const may = name('text', `NOT ${whole} AND ${mayHoldInText(x)}`, 'may')

  const nonEmpty = ask(asking, `countIf(${e})`)
  // Exact for identifiers persons are counted by; for the rest a sketch, exact to 32,000 and 0.1 % off beyond.
  const exact = plan.expected.some((at) => plan.everyMatches.has(at) && isCountedBy(detectors[at]))
  const distinct = ask(asking, `${exact && asking.bytes <= exactUpToBytes ? 'uniqExactIf' : sketch}(${h}, ${e})`)
  const surprising = ask(asking, unforeseen)
  const notCounted = all.filter((at) => detectors[at]?.lone !== true && !plan.expected.includes(at))
  const stray = `hasAny(multiMatchAllIndices(v, {bank:Array(String)}), [${notCounted.map((at) => at + 1).join(', ')}])`
  const place = asking.ofDrawn.length
  const strays =
    asking.ofDrawn.push(notCounted.length === 0 ? '0' : `arrayCount(v -> ${stray}, rows_drawn.${place + 1})`) - 1
  const mayInText = ask(asking, `countIf(${may}${plan.fullWidth ? '' : ` OR (NOT ${whole} AND ${mayBeFullWidth(x)})`})`)
  const one = asking.many ? ask(asking, `argMinIf(${x}, ${h}, ${e})`) : undefined
  const hits = [...matches].map(([at, matched]) => {
    // `AND` spares the check where the pattern does not match, and costs more than the check where most do.
    const both =
      plan.often.has(at) && detectors[at]?.because === 'checksum'
        ? `bitAnd(${matched}, ${name('pattern', checkOf(at, x), `k${at}_`)})`
        : `(${matched} AND ${checkOf(at, x)})`
    const valid = detectors[at]?.check === undefined ? matched : name('check', both, `v${at}_`)
    return {
      at,
      matched: ask(asking, `countIf(${matched})`),
      valid: ask(asking, `countIf(${valid})`),
      matchedDistinct: plan.everyMatches.has(at) ? undefined : ask(asking, `${sketch}(${h}, ${matched})`),
      validDistinct: plan.everyValid.has(at) ? undefined : ask(asking, `${sketch}(${h}, ${valid})`),
    }
  })
  const texts = (plan.inText ? textual : []).map((at) => {
    const found = name('check', inTextOf(at, x, may), `t${at}_`)
    return {
      at,
      inText: ask(asking, `countIf(notEmpty(${found}))`),
      distinct: ask(asking, `uniqExactArray(${found})`),
    }
  })
  return { column, plan, nonEmpty, distinct, surprising, strays, drawn, mayInText, one, hits, texts }
}

type Read = ReturnType<typeof askColumn>

/** How a cell is tested, as SQL. */
interface Test {
  /** By detector, whether the cell matches its pattern. */
  readonly matches: ReadonlyMap<number, string>
  /** The cell is wholly of a kind that leaves nothing else to be found in it. */
  readonly whole: string
  /** How many cells are of a kind of which a single one matters and which is not expected. */
  readonly unforeseen: string
}

type Name = (step: Step, sql: string, as: string) => string

function testEverything(x: string, name: Name): Test {
  const m = name('bank', `multiMatchAllIndices(${x}, {bank:Array(String)})`, 'm')
  const places = (of: readonly number[]) => `[${of.map((at) => at + 1).join(', ')}]`
  return {
    matches: new Map(all.map((at) => [at, `has(${m}, ${at + 1})`])),
    whole: `hasAny(${m}, ${places(textual)})`,
    unforeseen: '0',
  }
}

/**
 * Every detector that is expected is asked of every cell. What matters singly and is not expected is asked, in one bank, of
 * the cells that the expected ones leave open.
 */
function testAsPlanned(x: string, name: Name, { expected, everyMatches }: Plan): Test {
  const matches = new Map(expected.map((at) => [at, name('pattern', patternOf(at, x), `p${at}_`)]))
  const closed = expected.find((at) => everyMatches.has(at) && detectors[at]?.closed === true)
  const settling = expected.flatMap((at) => {
    const { lone, besides } = detectors[at] ?? {}
    return lone === true && besides !== undefined ? [`bitAnd(${matches.get(at) ?? '0'}, NOT ${besides(x)})`] : []
  })
  const settled = matches.get(closed ?? -1) ?? '0'
  const single =
    settling.length === 0
      ? '0'
      : name(
          'settled',
          settling.reduce((one, other) => `bitOr(${one}, ${other})`),
          's',
        )
  const others = lone.filter((at) => !expected.includes(at)).map((at) => `{b${at}:String}`)
  const open = `NOT ${single} AND NOT ${settled} AND ${couldBeLone(x)}`
  const other = name('bank', `${open} AND multiMatchAny(${x}, [${others.join(', ')}])`, 'm')
  const found = expected.flatMap((at) => (detectors[at]?.lone === true ? [matches.get(at) ?? '0'] : []))
  return { matches, whole: `(${[...found, settled, other].join(' OR ')})`, unforeseen: `countIf(${other})` }
}

function patternOf(at: number, x: string): string {
  const pattern = `match(${x}, {b${at}:String})`
  const plain = detectors[at]?.plain
  return plain === undefined ? pattern : `(${plain(x)} OR ${pattern})`
}

// No cell of fewer bytes is one of those a single one of which matters, e-mail addresses apart; and all but the numbers
// of the military, which the TEXT bank looks for, begin with an ASCII character.
const shortestLone = 11
export const couldBeLone = (x: string): string =>
  `(length(${x}) >= ${shortestLone} OR position(${x}, '@') > 0) AND ascii(${x}) BETWEEN 1 AND 127`

// A full-width number that matters has eleven of these, of three bytes each.
const mayBeFullWidth = (x: string): string =>
  `length(${x}) >= 12 AND position(${x}, '\\xEF\\xBC') > 0 AND multiSearchAny(${x}, [${[...'０１２３４５６７８９＠'].map((c) => `'${c}'`).join(', ')}])`

function countedOf(
  { plan, ...read }: Read,
  number: (at: number) => number,
  strays: number,
): Omit<Counted, 'rows' | 'sample'> {
  const nonEmpty = number(read.nonEmpty)
  // A sketch may come out above what it counted.
  const distinctAmong = (cells: number, at: number) => Math.min(cells, number(at))
  const distinct = distinctAmong(nonEmpty, read.distinct)
  let surprise = number(read.surprising) > 0 || (!plan.inText && number(read.mayInText) > 0)
  const hits: Hits[] = detectors.map(() => noHits)
  for (const { at, ...asked } of read.hits) {
    const matched = number(asked.matched)
    const valid = number(asked.valid)
    surprise ||= asked.matchedDistinct === undefined && matched !== nonEmpty
    surprise ||= asked.validDistinct === undefined && valid !== nonEmpty
    const matchedDistinct =
      asked.matchedDistinct === undefined ? distinct : distinctAmong(matched, asked.matchedDistinct)
    const validDistinct =
      asked.validDistinct === undefined
        ? distinct
        : shareOf(distinctAmong(valid, asked.validDistinct), { valid, matched, matchedDistinct })
    hits[at] = { ...noHits, matched, valid, matchedDistinct, validDistinct }
  }
  for (const { at, inText, distinct } of read.texts)
    hits[at] = { ...(hits[at] ?? noHits), inText: number(inText), inTextDistinct: number(distinct) }
  // Later rows hold what the first ones did not, and often enough to name the column.
  surprise ||= strays > Math.max(5, straysAllowed * number(read.drawn))
  return { nonEmpty, distinct, hits, surprise: plan !== everything && surprise }
}

// Persons are told apart by these.
const isCountedBy = (detector: Detector | undefined): boolean =>
  detector?.lone === true && (detector.kind === 'national_id' || detector.kind === 'mobile')

// What is packed holds perhaps so many times its size.
const unpacking = 8
const bytesOf = ({ members }: Table): number =>
  members.reduce(
    (sum, { file, shape }) => sum + file.bytes * (shape.format === 'parquet' || shape.gzip ? unpacking : 1),
    0,
  )

// An exact set costs 16 bytes for each different value; that many rows would not fit into the engine's memory.
const exactUpToBytes = 3e9

const sketch = 'uniqCombined64If(20)'
const sketchIsExactTo = 30_000

// How many pass the check is compared with chance, so finely that a sketch's error would count as proof. Beyond its
// exact range the share among the cells, which is exact, stands for the share among the different values.
function shareOf(
  sketched: number,
  { valid, matched, matchedDistinct }: Omit<Hits, 'validDistinct' | 'inText' | 'inTextDistinct'>,
) {
  return sketched <= sketchIsExactTo || matched === 0 ? sketched : Math.round((matchedDistinct * valid) / matched)
}

const noHits: Hits = { matched: 0, valid: 0, matchedDistinct: 0, validDistinct: 0, inText: 0, inTextDistinct: 0 }

/** The counts of a column without a single row. */
export const emptyCounts: ColumnCounts = {
  rows: 0,
  nonEmpty: 0,
  distinct: 0,
  characters: 0,
  ...byForm(() => 0),
  chapters: 0,
  fullWidth: 0,
  hits: detectors.map(() => noHits),
  sample: [],
}
