import { addDays, daysBetween, legalDate, linesOf } from '@tongguan/law'
import type { LegalDate, Line } from '@tongguan/law'

/** A line of the law, and how the persons counted since 1 January stand to it. */
export interface LineMeter {
  readonly line: Line
  /** Until the line is reached; 0 where it is. */
  readonly left: number
  /** The day the line is reached at this year's pace so far; null where it is reached already, or not this year. */
  readonly reachedOn: LegalDate | null
}

export interface YearMeter {
  readonly from: LegalDate
  readonly lines: readonly LineMeter[]
  /** On 31 December at this year's pace so far, rounded up. It is arithmetic, not a plan. */
  readonly forecast: { readonly general: number; readonly sensitive: number }
}

/** How the distinct persons a gate has counted since 1 January stand to the lines of the law. Pure. */
export function yearMeter(counted: { readonly general: number; readonly sensitive: number }, on: LegalDate): YearMeter {
  const year = Number(on.slice(0, 4))
  const from = legalDate(`${year}-01-01`)
  const days = daysBetween(from, legalDate(`${year + 1}-01-01`))
  const gone = daysBetween(from, on) + 1
  const atYearsEnd = (persons: number) => Math.ceil((persons * days) / gone)
  return {
    from,
    forecast: { general: atYearsEnd(counted.general), sensitive: atYearsEnd(counted.sensitive) },
    lines: linesOf(on).map((line) => {
      const persons = counted[line.kind]
      const day = persons === 0 ? Infinity : Math.ceil((line.persons * gone) / persons)
      const reached = line.persons <= persons
      return {
        line,
        left: Math.max(0, line.persons - persons),
        reachedOn: reached || days < day ? null : addDays(from, day - 1),
      }
    }),
  }
}
