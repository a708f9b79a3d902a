import { legalDate } from '@tongguan/law'
import type { LegalDate } from '@tongguan/law'

/**
 * The same day so many months earlier, or the month's last day where that day does not exist (Civil Code art. 202 counts
 * periods in months to the corresponding day).
 */
export function monthsBefore(day: LegalDate, months: number): LegalDate {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const lastDay = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  const found = new Date(Date.UTC(year, month - 1 - months, Math.min(date, lastDay)))
  return legalDate(found.toISOString().slice(0, 10))
}
