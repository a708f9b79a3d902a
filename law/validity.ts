import { addWorkingDays, addYears } from './calendar.ts'
import type { LegalDate } from './calendar.ts'
import type { Certainty, Citation } from './citation.ts'
import { validityOfMeasures } from './instruments/measures-2022/article-14.ts'
import { extensionWindow, validityOfProvisions } from './instruments/provisions-2024/article-09.ts'

/** How long a result holds. The last day printed on the notice goes before this one (law of 2022–2024: contested). */
export interface Validity {
  readonly issued: LegalDate
  /** Inclusive: data may still leave on this day. */
  readonly lastDay: LegalDate
  readonly years: number
  readonly citation: Citation
  /** Contested for results of 2022 to 2024-03-21, which some read as prolonged to three years. */
  readonly certainty: Certainty
  /** How the years were counted. */
  readonly counted: readonly Citation[]
}

/**
 * The last day of a result: N years from the day it was issued end on the corresponding day, which still counts
 * (Civil Code arts 201 and 202: the first day is not counted, so the period is full at the end of the corresponding
 * day). Article 203 would move an end on a rest day to the next working day; that favours whoever must still act, not
 * whoever wants to go on exporting, so it is not applied and the stricter day stands. Two years under Order 11 art. 14
 * for results issued to 2024-03-21, three under Order 16 art. 9 after; whether the older ones became three years is
 * contested, so nothing is added to them here.
 */
export function lastDayOfValidity(issued: LegalDate): Validity {
  const rule = issued < validityOfProvisions.inForce.from ? validityOfMeasures : validityOfProvisions
  return {
    issued,
    lastDay: addYears(issued, rule.years),
    years: rule.years,
    citation: rule.citation,
    certainty: rule === validityOfMeasures ? 'contested' : 'primary',
    counted: [
      { instrument: 'civil-code-2021', article: 201 },
      { instrument: 'civil-code-2021', article: 202 },
    ],
  }
}

/** When an extension may be asked for: the sixty working days before the last day. */
export interface ExtensionWindow {
  readonly opens: LegalDate
  /** The last day of the result itself; by then the window is closed. */
  readonly closes: LegalDate
  /**
   * Days to be reminded on, ours and not the law's: the opening, forty working days before the end, and twenty-five, when
   * the office's 5 and 20 working days no longer fit before it.
   */
  readonly reminders: readonly LegalDate[]
  readonly provisional: boolean
  readonly citation: Citation
}

/** The window before `lastDay` (Order 16 art. 9), for asking on or after 2024-03-22. */
export function extensionWindowBefore(lastDay: LegalDate): ExtensionWindow {
  const { date: opens, provisional } = addWorkingDays(lastDay, -extensionWindow.workingDaysBefore)
  const reminders = [opens, addWorkingDays(lastDay, -40).date, addWorkingDays(lastDay, -25).date]
  return { opens, closes: lastDay, reminders, provisional, citation: extensionWindow.citation }
}
