import type { LegalDate, Words } from '@tongguan/law'
import { measures } from './figures.ts'
import type { Measure } from './figures.ts'
import { leastShown, suppress, suppressList } from './suppress.ts'

/** Sums over the days of a period, as the store gives them. */
export type Totals = ReadonlyMap<Measure, ReadonlyMap<string, number>>

export interface Period {
  readonly from: LegalDate
  readonly to: LegalDate
}

/** The figures of an office in a period. Null stands for a hidden count everywhere. */
export interface Report {
  readonly period: Period
  readonly headline: readonly { readonly measure: Measure; readonly key: string; readonly n: number }[]
  readonly lists: readonly ListOfCounts[]
  readonly tables: readonly TableOfCounts[]
  readonly durations: readonly Duration[]
  readonly leastShown: number
}

export interface ListOfCounts {
  readonly measure: Measure
  readonly total: number | null
  readonly rows: readonly { readonly key: string; readonly n: number | null }[]
  /** Nothing of it can be shown without giving a small count away. */
  readonly withheld: boolean
}

export interface TableOfCounts {
  readonly measure: Measure
  readonly columns: readonly string[]
  readonly rows: readonly { readonly key: string; readonly total: number; readonly cells: readonly (number | null)[] }[]
  readonly columnTotals: readonly number[]
  readonly total: number
  readonly withheld: boolean
}

/** How long something took: over `n` of them; null where there are too few to say. */
export interface Duration {
  readonly measure: Measure
  readonly key: string
  readonly n: number
  readonly median: number | null
  readonly ninetieth: number | null
}

/** Rows too small to stand alone, put together. */
export const together = 'together'

const lists = ['enquiries', 'enquiries-by-topic', 'organisations', 'rounds'] as const satisfies readonly Measure[]
/** Totals of the whole office, which say nothing of who asked or filed: shown however small, as the headline is. */
const ofTheWholeOffice: ReadonlySet<Measure> = new Set(['enquiries', 'rounds'])
const tables = [
  'programme',
  'late',
  'outcomes-by-sector',
  'outcomes-by-destination',
  'items-by-kind',
] as const satisfies readonly Measure[]

/** The page of figures. Pure: the same sums give the same page. */
export function report(totals: Totals, period: Period): Report {
  const sum = (measure: Measure) => sumOf([...(totals.get(measure)?.values() ?? [])])
  const of = (measure: Measure, key: string) => totals.get(measure)?.get(key) ?? 0
  return {
    period,
    headline: [
      { measure: 'enquiries', key: 'phone', n: of('enquiries', 'phone') },
      { measure: 'enquiries', key: '', n: sum('enquiries') },
      { measure: 'organisations', key: '', n: sum('organisations') },
      { measure: 'declared', key: '', n: sum('declared') },
      { measure: 'complete', key: '', n: sum('complete') },
      { measure: 'complete-first-time', key: '', n: sum('complete-first-time') },
      { measure: 'outcomes', key: 'passed', n: of('outcomes', 'passed') },
      { measure: 'outcomes', key: '', n: sum('outcomes') },
      { measure: 'briefings', key: '', n: sum('briefings') },
      { measure: 'attendance', key: '', n: sum('attendance') },
    ],
    lists: lists.map((measure) => listOf(measure, totals.get(measure) ?? new Map())),
    tables: tables.map((measure) => tableOf(measure, totals.get(measure) ?? new Map())),
    durations: durationsOf(totals),
    leastShown,
  }
}

/** The five numbers the Beijing office gave in January 2023: calls, organisations served, declarations, complete, passed. */
export function officeNumbers(totals: Totals): Readonly<Record<OfficeNumber, number>> {
  const of = (measure: Measure, key?: string) =>
    key === undefined ? sumOf([...(totals.get(measure)?.values() ?? [])]) : (totals.get(measure)?.get(key) ?? 0)
  return {
    calls: of('enquiries', 'phone'),
    applicants: of('organisations'),
    declarations: of('declared'),
    complete: of('complete'),
    passed: of('outcomes', 'passed'),
  }
}

export const officeNumberWords = {
  calls: { zh: '接听咨询电话', en: 'calls answered', measure: 'enquiries' },
  applicants: { zh: '服务指导机构', en: 'organisations served', measure: 'organisations' },
  declarations: { zh: '正式申报', en: 'declarations', measure: 'declared' },
  complete: { zh: '通过完备性查验', en: 'complete', measure: 'complete' },
  passed: { zh: '通过安全评估', en: 'passed', measure: 'outcomes' },
} as const satisfies Record<string, Words & { readonly measure: Measure }>
export type OfficeNumber = keyof typeof officeNumberWords

function listOf(measure: Measure, counts: ReadonlyMap<string, number>): ListOfCounts {
  const rows = [...counts].filter(([, n]) => n > 0).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  const least = ofTheWholeOffice.has(measure) ? 0 : leastShown
  const shown = suppressList(
    rows.map(([, n]) => n),
    least,
  )
  if (shown.kind === 'withheld') return { measure, total: null, rows: [], withheld: true }
  return {
    measure,
    total: sumOf(rows.map(([, n]) => n)),
    rows: rows.map(([key, n], index) => ({ key, n: shown.hidden[0]?.[index] === true ? null : n })),
    withheld: false,
  }
}

function tableOf(measure: Measure, counts: ReadonlyMap<string, number>): TableOfCounts {
  const cells = [...counts].filter(([, n]) => n > 0).map(([key, n]) => [...split(key), n] as const)
  const columns = [...new Set(cells.map(([, column]) => column))].sort()
  const byRow = Map.groupBy(cells, ([row]) => row)
  const rows = gathered(
    [...byRow].map(([key, own]) => ({
      key,
      counts: columns.map((column) => sumOf(own.filter(([, c]) => c === column).map(([, , n]) => n))),
    })),
  )
  const withheld = { measure, columns: [], rows: [], columnTotals: [], total: 0, withheld: true } as const
  const shown = suppress(rows.map((row) => row.counts))
  // One row would only repeat the totals; that it is the only one would say which it is.
  if (shown.kind === 'withheld' || (rows.length === 1 && rows[0]?.key === together)) return withheld
  return {
    measure,
    columns,
    rows: rows.map((row, r) => ({
      key: row.key,
      total: sumOf(row.counts),
      cells: row.counts.map((n, c) => (shown.hidden[r]?.[c] === true ? null : n)),
    })),
    columnTotals: columns.map((_, c) => sumOf(rows.map((row) => row.counts[c] ?? 0))),
    total: sumOf(rows.flatMap((row) => row.counts)),
    withheld: false,
  }
}

interface Row {
  readonly key: string
  readonly counts: readonly number[]
}

/** Rows whose own total is small are put together with the next smallest until the sum is none. */
function gathered(rows: readonly Row[]): readonly Row[] {
  const sorted = [...rows].sort((a, b) => sumOf(b.counts) - sumOf(a.counts) || (a.key < b.key ? -1 : 1))
  const few: Row[] = []
  while (sorted.length > 0) {
    const last = sorted.at(-1)
    const small = last !== undefined && sumOf(last.counts) < leastShown
    const started = few.length > 0 && (few.length < 2 || sumOf(few.flatMap((row) => row.counts)) < leastShown)
    if (last === undefined || (!small && !started)) break
    few.push(last)
    sorted.pop()
  }
  if (few.length === 0) return sorted
  const counts = (few[0]?.counts ?? []).map((_, c) => sumOf(few.map((row) => row.counts[c] ?? 0)))
  return [...sorted, { key: together, counts }]
}

function durationsOf(totals: Totals): readonly Duration[] {
  const toAnswer = [...(totals.get('days-to-answer') ?? [])].map(([days, n]) => ({ days: Number(days), n }))
  const stages = Map.groupBy(
    [...(totals.get('stage-days') ?? [])].map(([key, n]) => {
      const [stage, days] = split(key)
      return { stage, days: Number(days), n }
    }),
    ({ stage }) => stage,
  )
  return [
    durationOf('days-to-answer', '', toAnswer),
    ...[...stages].map(([stage, counted]) => durationOf('stage-days', stage, counted)),
  ]
}

function durationOf(
  measure: Measure,
  key: string,
  counted: readonly { readonly days: number; readonly n: number }[],
): Duration {
  const n = sumOf(counted.map((one) => one.n))
  const enough = n >= leastShown
  return {
    measure,
    key,
    n,
    median: enough ? percentile(counted, 50) : null,
    ninetieth: enough ? percentile(counted, 90) : null,
  }
}

/** The nearest-rank percentile: the least number of days that `percent` per cent of them did not exceed. */
export function percentile(
  counted: readonly { readonly days: number; readonly n: number }[],
  percent: number,
): number | null {
  const sorted = counted.filter(({ n }) => n > 0).sort((a, b) => a.days - b.days)
  const rank = (percent / 100) * sumOf(sorted.map(({ n }) => n))
  let so = 0
  return sorted.find(({ n }) => (so += n) >= rank)?.days ?? null
}

export function definitionOf(measure: Measure): Words {
  return measures[measure]
}

function split(key: string): readonly [string, string] {
  const at = key.lastIndexOf('|')
  return [key.slice(0, at), key.slice(at + 1)]
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}
