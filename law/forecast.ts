import { addDays, addMonths, daysBetween, legalDate } from './calendar.ts'
import type { LegalDate } from './calendar.ts'
import { linesOf } from './lines.ts'
import type { Line } from './lines.ts'
import { OutOfRange } from './out-of-range.ts'

/** One month of exports: persons not exported before in the window, so that months add up to distinct persons. */
export interface MonthOfExports {
  /** `2026-03`. */
  readonly month: string
  readonly newGeneral: number
  readonly newSensitive: number
}

/** When a line of the law is reached. */
export interface Crossing {
  readonly line: Line
  /** Distinct persons at the end of the series, from 1 January of its last year. */
  readonly soFar: number
  readonly kind: 'reached' | 'expected' | 'not-this-year'
  /** The day it is or was reached, if each month's persons come evenly; null where not before 1 January. */
  readonly day: LegalDate | null
  /** At the pace of the month with the most new persons, and of the one with the fewest. */
  readonly earliest: LegalDate | null
  readonly latest: LegalDate | null
}

/** Months whose pace is carried on: as many as there are, at most the last three. */
const monthsOfPace = 3

/**
 * The days on which a handler's numbers cross the lines of the law, from a series of months of one year without a gap.
 * Within a month persons come evenly; after the series at the mean pace of its last months; on 1 January the count
 * begins anew (Order 16). Throws OutOfRange for a series that is empty, has a gap, runs into another year, starts later
 * than January, or belongs to days before 2024-03-22, whose window is not one year.
 */
export function forecast(series: readonly MonthOfExports[]): readonly Crossing[] {
  const months = checked(series)
  const last = months.at(-1)
  if (!last) throw new OutOfRange(noSeries)
  const end = addMonths(last.from, 1)
  return linesOf(legalDate(`${last.from.slice(0, 4)}-12-31`)).map((line) => crossing(line, months, end))
}

interface Month extends MonthOfExports {
  readonly from: LegalDate
}

const noSeries = { zh: '时间序列为空；至少要有一个月', en: 'The series is empty; at least one month is needed' }

function checked(series: readonly MonthOfExports[]): readonly Month[] {
  const months = series.map((one) => ({ ...one, from: firstDay(one.month) }))
  const [first] = months
  if (!first) throw new OutOfRange(noSeries)
  if (first.from < '2024-01-01') {
    throw new OutOfRange({
      zh: `${first.month}：2024-03-22 以前按两年累计，不能用单年序列预测`,
      en: `${first.month}: before 2024-03-22 persons are counted over two years, which a series of one year cannot foretell`,
    })
  }
  if (!first.month.endsWith('-01')) {
    throw new OutOfRange({
      zh: `序列从 ${first.month} 开始；自当年1月1日起累计，应从 1 月开始（没有出境的月份写 0）`,
      en: `The series starts in ${first.month}; persons are counted from 1 January, so start with January (0 where nothing went)`,
    })
  }
  for (const [index, month] of months.entries()) {
    const expected = addMonths(first.from, index)
    if (month.from !== expected || month.month.slice(0, 4) !== first.month.slice(0, 4)) {
      throw new OutOfRange({
        zh: `第 ${index + 1} 个月为 ${month.month}，应为 ${expected.slice(0, 7)}；同一年内逐月填写`,
        en: `Month ${index + 1} is ${month.month}, expected ${expected.slice(0, 7)}; one year, month by month`,
      })
    }
  }
  return months
}

function firstDay(month: string): LegalDate {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) {
    throw new OutOfRange({ zh: `“${month}”不是月份；写成 2026-03`, en: `"${month}" is no month; write it as 2026-03` })
  }
  return legalDate(`${month}-01`)
}

function crossing(line: Line, months: readonly Month[], end: LegalDate): Crossing {
  const personsOf = (month: Month) => (line.kind === 'general' ? month.newGeneral : month.newSensitive)
  let sum = 0
  for (const month of months) {
    const persons = personsOf(month)
    if (sum + persons >= line.persons) {
      const day = dayWithin(month.from, (line.persons - sum) / persons)
      const soFar = months.reduce((all, one) => all + personsOf(one), 0)
      return { line, soFar, kind: 'reached', day, earliest: day, latest: day }
    }
    sum += persons
  }
  const recent = months.slice(-monthsOfPace).map((month) => personsOf(month) / daysIn(month.from))
  const mean = recent.reduce((all, one) => all + one, 0) / recent.length
  const at = (personsPerDay: number) => dayAtPace(end, line.persons - sum, personsPerDay)
  const day = at(mean)
  return {
    line,
    soFar: sum,
    kind: day === null ? 'not-this-year' : 'expected',
    day,
    earliest: at(Math.max(...recent)),
    latest: at(Math.min(...recent)),
  }
}

function dayWithin(monthFrom: LegalDate, share: number): LegalDate {
  return addDays(monthFrom, Math.min(daysIn(monthFrom) - 1, Math.max(0, Math.ceil(share * daysIn(monthFrom)) - 1)))
}

/** Null where the year ends first. `end` is the day after the series. */
function dayAtPace(end: LegalDate, left: number, personsPerDay: number): LegalDate | null {
  const newYear = legalDate(`${Number(addDays(end, -1).slice(0, 4)) + 1}-01-01`)
  const days = Math.ceil(left / personsPerDay) - 1
  return days < daysBetween(end, newYear) ? addDays(end, Math.max(0, days)) : null
}

function daysIn(monthFrom: LegalDate): number {
  return daysBetween(monthFrom, addMonths(monthFrom, 1))
}
