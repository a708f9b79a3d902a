import { holidaysOf } from './catalogues/holidays.ts'
import type { Words } from './citation.ts'
import { OutOfRange } from './out-of-range.ts'

declare const brand: unique symbol
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }

/** A calendar day in China, as statutes count them: `2026-11-23`. Not an instant; has no time zone. */
export type LegalDate = Brand<string, 'LegalDate'>

/** Makes a day of the law from text. Throws OutOfRange for a day that does not exist. */
export function legalDate(text: string): LegalDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !isDay(text)) {
    throw new OutOfRange({
      zh: `“${text}”不是一个日期；请写成 YYYY-MM-DD，例如 2026-11-23`,
      en: `"${text}" is not a day; write it as YYYY-MM-DD, for example 2026-11-23`,
    })
  }
  return text as LegalDate
}

/** The day `days` calendar days later (earlier if negative). */
export function addDays(date: LegalDate, days: number): LegalDate {
  return fromDayNumber(dayNumber(date) + days)
}

/** Calendar days from `from` to `to`; negative if `to` is earlier. */
export function daysBetween(from: LegalDate, to: LegalDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** The corresponding day `months` later, or that month's last day where there is none (Civil Code art. 202). */
export function addMonths(date: LegalDate, months: number): LegalDate {
  const [year, month, day] = parts(date)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const lastOfMonth = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return fromDayNumber(first.getTime() / msPerDay + Math.min(day, lastOfMonth) - 1)
}

/** The corresponding day `years` later; 29 February becomes 28 February where there is none (Civil Code art. 202). */
export function addYears(date: LegalDate, years: number): LegalDate {
  return addMonths(date, 12 * years)
}

/** One day of a count of working days. */
export interface CountedDay {
  readonly date: LegalDate
  readonly counted: boolean
  readonly why: Words
  /** The holidays of its year are not announced yet, or not known. */
  readonly provisional: boolean
}

export interface WorkingDays {
  readonly date: LegalDate
  /** True where a year was needed whose holidays the State Council has not announced yet. */
  readonly provisional: boolean
  /** Every calendar day looked at, in the order of counting. */
  readonly working: readonly CountedDay[]
}

/**
 * The day `days` working days after `from`; before it, if negative. The day of the event itself is not counted
 * (Civil Code art. 201); statutory holidays and weekends are not working days, weekend days worked in exchange are
 * (Administrative Licensing Law art. 82, by analogy). Throws OutOfRange where `days` is not a whole number other than 0.
 */
export function addWorkingDays(from: LegalDate, days: number): WorkingDays {
  if (!Number.isSafeInteger(days) || days === 0) {
    throw new OutOfRange({
      zh: `${days} 不是工作日数；应为 0 以外的整数`,
      en: `${days} is no number of working days; give a whole number other than 0`,
    })
  }
  const step = Math.sign(days)
  const working: CountedDay[] = []
  let provisional = false
  let date = from
  for (let left = Math.abs(days); left > 0;) {
    date = addDays(date, step)
    const day = dayOf(date)
    working.push({ date, counted: day.works, why: day.why, provisional: day.provisional })
    provisional ||= day.provisional
    if (day.works) left -= 1
  }
  return { date, provisional, working }
}

/** What kind of day it is. */
export function dayOf(date: LegalDate): {
  readonly works: boolean
  readonly provisional: boolean
  readonly why: Words
} {
  const [year] = parts(date)
  const table = holidaysOf(year)
  const { provisional } = table
  const monthAndDay = date.slice(5)
  if (table.off.has(monthAndDay)) return { works: false, provisional, why: why.holiday }
  if (table.worked.has(monthAndDay)) return { works: true, provisional, why: why.workedInExchange }
  const weekend = weekday(date) % 6 === 0
  return { works: !weekend, provisional, why: weekend ? why.weekend : why.workingDay }
}

/** The first day from `date` on that is neither weekend nor holiday (Civil Code art. 203), with the rest days passed over. */
export function nextWorkingDay(date: LegalDate): WorkingDays {
  const working: CountedDay[] = []
  for (let day = date; ; day = addDays(day, 1)) {
    const { works, why, provisional } = dayOf(day)
    working.push({ date: day, counted: works, why, provisional })
    if (works) return { date: day, provisional: working.some((step) => step.provisional), working }
  }
}

/** 0 is Sunday, 6 is Saturday. */
export function weekday(date: LegalDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7
}

const why = {
  workingDay: { zh: '工作日', en: 'working day' },
  workedInExchange: { zh: '调休上班', en: 'weekend day worked in exchange for a holiday' },
  weekend: { zh: '周末', en: 'weekend' },
  holiday: { zh: '法定节假日或调休放假', en: 'public holiday or day off in exchange' },
} as const satisfies Record<string, Words>

const msPerDay = 86_400_000

// Whole days in UTC: no zone, no summer time, so the same day on every machine.
function dayNumber(date: LegalDate): number {
  const [year, month, day] = parts(date)
  return Date.UTC(year, month - 1, day) / msPerDay
}

function fromDayNumber(number: number): LegalDate {
  const text = new Date(number * msPerDay).toISOString()
  // Beyond the year 9999 the text has another form, and cut to ten characters it would be some other day.
  if (!/^\d{4}-/.test(text)) {
    throw new OutOfRange({
      zh: '结果超出 9999 年，无法计算；请给出较早的日期',
      en: 'The count runs beyond the year 9999; give an earlier day',
    })
  }
  return text.slice(0, 10) as LegalDate
}

function parts(date: LegalDate): [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))]
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
