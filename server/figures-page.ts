import { harmless } from '@tongguan/dossier'
import {
  channelWords,
  definitionOf,
  keyAreas,
  officeNumberWords,
  officeNumbers,
  report,
  stageWords,
  together,
  topics,
} from '@tongguan/enquiries'
import type { Measure, Period, Totals } from '@tongguan/enquiries'
import { deadlineWords, kinds } from '@tongguan/law'
import type { Words } from '@tongguan/law'
import type { z } from '@hono/zod-openapi'
import writeXlsxFile from 'write-excel-file/node'
import { clockOf } from './case-page.ts'
import type { FiguresSchema, OfficeNumbersSchema } from './contract/enquiries.ts'
import type { Clock } from './installation.ts'

type Figures = z.output<typeof FiguresSchema>

/** The page of figures, in words. Pure: the same sums give the same page. */
export function figuresPage(office: string, totals: Totals, period: Period, clock: Clock): Figures {
  const { headline, lists, tables, durations, leastShown } = report(totals, period)
  return {
    office,
    from: period.from,
    to: period.to,
    leastShown,
    headline: headline.map(({ measure, key, n }) => ({ words: headlineWords(measure, key), ...defined(measure), n })),
    lists: lists.map(({ measure, total, rows, withheld }) => ({
      id: measure,
      words: titles[measure],
      ...defined(measure),
      total,
      withheld,
      rows: rows.map(({ key, n }) => ({ words: keyWords(measure, key), n })),
    })),
    tables: tables.map((table) => ({
      id: table.measure,
      words: titles[table.measure],
      ...defined(table.measure),
      withheld: table.withheld,
      columns: table.columns.map((column) => columnWords(table.measure, column)),
      rows: table.rows.map(({ key, cells, total }) => ({ words: keyWords(table.measure, key), cells, total })),
      columnTotals: table.columnTotals,
      total: table.total,
    })),
    durations: durations.map(({ measure, key, n, median, ninetieth }) => ({
      words: key === '' ? titles[measure] : keyWords(measure, key),
      ...defined(measure),
      n,
      median,
      ninetieth,
    })),
    clock: clockOf(clock),
  }
}

export function officeNumbersPage(
  office: string,
  totals: Totals,
  days: { readonly from: Period['from'] | null; readonly to: Period['to'] },
  clock: Clock,
): z.output<typeof OfficeNumbersSchema> {
  const numbers = officeNumbers(totals)
  return {
    office,
    ...days,
    numbers: (Object.keys(officeNumberWords) as (keyof typeof officeNumberWords)[]).map((id) => {
      const { zh, en, measure } = officeNumberWords[id]
      return { id, n: numbers[id], words: { zh, en }, ...defined(measure) }
    }),
    clock: clockOf(clock),
  }
}

function defined(measure: Measure): { readonly definition: Words } {
  const { zh, en } = definitionOf(measure)
  return { definition: { zh, en } }
}

const titles = {
  enquiries: { zh: '咨询', en: 'Enquiries' },
  'enquiries-by-topic': { zh: '咨询主题', en: 'Enquiries by topic' },
  'days-to-answer': { zh: '答复咨询所用日数', en: 'Days to answer an enquiry' },
  organisations: { zh: '服务机构', en: 'Organisations served' },
  programme: { zh: '重点领域', en: 'Key areas' },
  briefings: { zh: '政策宣讲', en: 'Policy briefings' },
  attendance: { zh: '宣讲到场人次', en: 'Attendance at briefings' },
  declared: { zh: '收到申报', en: 'Declarations received' },
  complete: { zh: '通过完备性查验', en: 'Confirmed complete' },
  'complete-first-time': { zh: '首次即通过完备性查验', en: 'Complete as first filed' },
  rounds: { zh: '提交次数', en: 'Rounds of filing' },
  'stage-days': { zh: '各阶段工作日', en: 'Working days per stage' },
  late: { zh: '逾期及原因', en: 'Overdue, by cause' },
  outcomes: { zh: '评估结果', en: 'Results' },
  'outcomes-by-sector': { zh: '评估结果，按领域', en: 'Results by sector' },
  'outcomes-by-destination': { zh: '评估结果，按目的地', en: 'Results by destination' },
  'items-by-kind': { zh: '数据项结果，按类别', en: 'Data items by kind' },
} as const satisfies Record<Measure, Words>

function headlineWords(measure: Measure, key: string): Words {
  if (measure === 'enquiries' && key === 'phone') return { zh: '接听咨询电话', en: 'Calls' }
  if (measure === 'outcomes' && key === 'passed') return { zh: '通过评估', en: 'Passed' }
  return titles[measure]
}

const others: Readonly<Record<string, Words>> = {
  [together]: { zh: '其余（合并）', en: 'the rest, together' },
  unclassified: { zh: '未归类', en: 'not classified' },
  'not-known': { zh: '未知', en: 'not known' },
  passed: { zh: '通过', en: 'passed' },
  refused: { zh: '未通过', en: 'refused' },
  notPassed: { zh: '不通过', en: 'not passed' },
  supplement: { zh: '期间要求补充材料', en: 'a supplement in between' },
  announced: { zh: '超过告知的预计日期', en: 'past the announced date too' },
  other: { zh: '其他', en: 'neither' },
}

/** A key as people read it. The tables of the trades come first; what is none of them (a country, a number) stands as it is. */
function keyWords(measure: Measure, key: string): Words {
  const tables: Partial<Record<Measure, object>> = {
    enquiries: channelWords,
    'enquiries-by-topic': topics,
    organisations: keyAreas,
    programme: keyAreas,
    'outcomes-by-sector': keyAreas,
    'stage-days': deadlineWords,
    late: deadlineWords,
    'items-by-kind': kinds,
  }
  return wordsIn(tables[measure] ?? {}, key)
}

function columnWords(measure: Measure, key: string): Words {
  return wordsIn(measure === 'programme' ? stageWords : {}, key)
}

function wordsIn(table: object, key: string): Words {
  const found = (table as Readonly<Record<string, Words | undefined>>)[key] ?? others[key]
  return found === undefined ? { zh: key, en: key } : { zh: found.zh, en: found.en }
}

// --- as files -----------------------------------------------------------------------------------------------------

type Cell = string | number

/** The figures as rows of cells, each block with its title and definition; a hidden count says so in words. */
export function figureRows(figures: Figures, language: keyof Words): readonly (readonly Cell[])[] {
  const say = (words: Words) => words[language]
  const count = (n: number | null): Cell => n ?? say(hiddenWords)
  const block = (title: Words, definition: Words, rows: readonly (readonly Cell[])[]) => [
    [],
    [say(title)],
    [say(definition)],
    ...rows,
  ]
  return [
    [`${figures.office} ${figures.from} – ${figures.to}`],
    [
      say({
        zh: `全处总数照实显示；分项中小于 ${figures.leastShown} 的计数不予显示，另隐去足以防止推算的其他计数。`,
        en: `Totals of the whole office are shown however small; in breakdowns counts below ${figures.leastShown} are hidden, and as many others as keep them from being computed.`,
      }),
    ],
    [],
    ...figures.headline.map(({ words, n, definition }) => [say(words), n, say(definition)]),
    ...figures.lists.flatMap(({ words, definition, rows, total, withheld }) =>
      block(
        words,
        definition,
        withheld
          ? [[say(withheldWords)]]
          : [...rows.map((row) => [say(row.words), count(row.n)]), [say(totalWords), count(total)]],
      ),
    ),
    ...figures.tables.flatMap(({ words, definition, columns, rows, columnTotals, total, withheld }) =>
      block(
        words,
        definition,
        withheld
          ? [[say(withheldWords)]]
          : [
              ['', ...columns.map(say), say(totalWords)],
              ...rows.map((row) => [say(row.words), ...row.cells.map(count), row.total]),
              [say(totalWords), ...columnTotals, total],
            ],
      ),
    ),
    ...block(
      { zh: '用时', en: 'How long' },
      { zh: '中位数与第 90 百分位（最近秩法）', en: 'Median and 90th percentile (nearest rank)' },
      figures.durations.map(({ words, n, median, ninetieth }) => [say(words), n, count(median), count(ninetieth)]),
    ),
  ]
}

export const hiddenWords: Words = { zh: '不显示', en: 'hidden' }
const withheldWords: Words = {
  zh: '数量过少，整表不予显示',
  en: 'too few: nothing of it can be shown',
}
const totalWords: Words = { zh: '合计', en: 'total' }

/** Comma-separated, with a byte order mark so that spreadsheets read the Chinese. */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  const lines = rows.map((row) => row.map(quoted).join(','))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

export async function xlsxOf(rows: readonly (readonly Cell[])[]): Promise<Uint8Array<ArrayBuffer>> {
  const data = rows.map((row) =>
    row.map((cell) =>
      typeof cell === 'number' ? { type: Number, value: cell } : { type: String, value: harmless(cell) },
    ),
  )
  const { toBuffer } = writeXlsxFile(data, { sheet: 'figures' })
  return new Uint8Array(await toBuffer())
}

function quoted(cell: Cell): string {
  return typeof cell === 'number' ? String(cell) : `"${harmless(cell).replaceAll('"', '""')}"`
}
