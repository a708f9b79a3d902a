import { addWorkingDays } from './calendar.ts'
import type { CountedDay, LegalDate } from './calendar.ts'
import type { Citation } from './citation.ts'
import { acceptanceWorkingDays, completenessCheckWorkingDays } from './instruments/measures-2022/article-07.ts'
import { assessmentWorkingDays } from './instruments/measures-2022/article-12.ts'
import { reAssessmentWorkingDays } from './instruments/measures-2022/article-13.ts'

/** A statutory due date, with every day of the count. */
export interface Deadline {
  readonly kind: DeadlineKind
  /** The day of the event; it is not counted itself (Civil Code art. 201). */
  readonly from: LegalDate
  readonly days: number
  readonly unit: 'working-days'
  readonly due: LegalDate
  /** True where a year was needed whose holidays are not announced yet. */
  readonly provisional: boolean
  readonly citation: Citation
  readonly working: readonly CountedDay[]
}

export type DeadlineKind = keyof typeof statutoryPeriods

/** The date until which something must be done, `from` being the day of the event that starts it. Throws RangeError for a year without a calendar. */
export function deadline(kind: DeadlineKind, from: LegalDate): Deadline {
  const { days, citation } = statutoryPeriods[kind]
  const { date: due, provisional, working } = addWorkingDays(from, days)
  return { kind, from, days, unit: 'working-days', due, provisional, citation, working }
}

/**
 * What starts each: `completeness-check` submission to the province; `acceptance` receipt from the province;
 * `assessment` the day the written acceptance notice is issued; `re-assessment` receipt of the result.
 */
const statutoryPeriods = {
  'completeness-check': completenessCheckWorkingDays,
  acceptance: acceptanceWorkingDays,
  assessment: assessmentWorkingDays,
  're-assessment': reAssessmentWorkingDays,
} as const satisfies Record<string, { readonly days: number; readonly citation: Citation }>

export const deadlineKinds = Object.keys(statutoryPeriods) as readonly DeadlineKind[]
