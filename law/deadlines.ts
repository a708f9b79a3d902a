import { addMonths, addWorkingDays, dayOf, nextWorkingDay } from './calendar.ts'
import type { CountedDay, LegalDate, WorkingDays } from './calendar.ts'
import { holidaysOf } from './catalogues/holidays.ts'
import type { Certainty, Citation, Words } from './citation.ts'
import { OutOfRange } from './out-of-range.ts'
import { isInForce } from './provision.ts'
import { statutoryPeriods } from './statutory-periods.ts'
import type { DeadlineKind, StatutoryPeriod } from './statutory-periods.ts'
import { weakest } from './rule.ts'

/** A statutory date, with every day of the count. */
export interface Deadline {
  readonly kind: DeadlineKind
  /** The day of the event, not counted itself (Civil Code art. 201); the end it leads to where the count runs back. */
  readonly from: LegalDate
  readonly length: number
  readonly unit: StatutoryPeriod['unit']
  /** The length once more where it is in working days. */
  readonly days?: number
  readonly due: LegalDate
  /** Whether `due` is the last day in time, the first on which the act may be done, or the last of a validity. */
  readonly meaning: StatutoryPeriod['meaning']
  /** True where a year was needed whose holidays are not announced yet. */
  readonly provisional: boolean
  readonly citation: Citation
  /** Of the day found: as sure as the period and the calendars it was counted by. */
  readonly certainty: Certainty
  /** How days, months and years were counted. */
  readonly counted: readonly Citation[]
  readonly period: StatutoryPeriod
  readonly working: readonly CountedDay[]
  /** The calendars the days were taken from. */
  readonly calendars: readonly {
    readonly year: number
    readonly provisional: boolean
    readonly source: Words
    readonly certainty: Certainty
  }[]
}

/**
 * The date until which something must be done (or from which it may be), `from` being the day of the event that starts it
 * or, where the law counts back, of the end. A period of months whose last day is no working day ends on the next one
 * (Civil Code art. 203), where that gives the one who must act more time; a period of validity does not, because it would
 * let data leave longer. Throws OutOfRange where no such period was in force: ask `periodFor` first.
 */
export function deadline(kind: DeadlineKind, from: LegalDate): Deadline {
  const period = periodFor(kind, from)
  if (period === undefined) {
    throw new OutOfRange({
      zh: `对 ${from}，期限 ${kind} 没有施行；安全评估的期限自 2022-09-01 起施行，请核对起算日`,
      en: `For ${from} no period ${kind} was in force; those of the assessment are from 2022-09-01. Check the date`,
    })
  }
  const { date: due, provisional, working } = count(period, from)
  const { length, unit, meaning, citation } = period
  const calendars = calendarsOf(working)
  const counting = unit === 'working-days' || movesPastRestDays(period) ? calendars : []
  return {
    kind,
    from,
    length,
    unit,
    ...(unit === 'working-days' ? { days: length } : {}),
    due,
    meaning,
    provisional,
    citation,
    certainty: weakest(period.certainty, ...counting.map(({ certainty }) => certainty)),
    counted: countedBy(period),
    period,
    working,
    calendars,
  }
}

/** The rule of that kind that governs an event of this day; undefined where none was in force. */
export function periodFor(kind: DeadlineKind, from: LegalDate): StatutoryPeriod | undefined {
  const rows: readonly StatutoryPeriod[] = statutoryPeriods[kind]
  return rows.find((period) => isInForce(period.inForce, actsOn(period, from)))
}

// A day to act that lies before the end it is counted from is governed by the law of that day, not of the end.
function actsOn(period: StatutoryPeriod, from: LegalDate): LegalDate {
  return period.direction === 'before' && period.meaning === 'latest' ? count(period, from).date : from
}

function count(period: StatutoryPeriod, from: LegalDate): WorkingDays {
  const { unit } = period
  const length = period.direction === 'before' ? -period.length : period.length
  if (unit === 'working-days') return addWorkingDays(from, length)
  const corresponding = addMonths(from, unit === 'years' ? 12 * length : length)
  if (movesPastRestDays(period)) return nextWorkingDay(corresponding)
  const { works, why } = dayOf(corresponding)
  // The day itself does not hang on a holiday table, so it is not provisional where the table is.
  return {
    date: corresponding,
    provisional: false,
    working: [{ date: corresponding, counted: works, why, provisional: false }],
  }
}

function movesPastRestDays({ unit, direction, meaning }: StatutoryPeriod): boolean {
  return unit === 'months' && direction === 'after' && meaning === 'latest'
}

function countedBy(period: StatutoryPeriod): readonly Citation[] {
  const code = (article: number): Citation => ({ instrument: 'civil-code-2021', article })
  if (period.unit === 'working-days') return [code(201), { instrument: 'licensing-law-2004', article: 82 }]
  return [code(201), code(202), ...(movesPastRestDays(period) ? [code(203)] : [])]
}

function calendarsOf(working: readonly CountedDay[]): Deadline['calendars'] {
  const years = [...new Set(working.map(({ date }) => Number(date.slice(0, 4))))].sort((a, b) => a - b)
  return years
    .map(holidaysOf)
    .map(({ year, provisional, source, certainty }) => ({ year, provisional, source, certainty }))
}
