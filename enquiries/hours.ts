import { addDays, dayOf, nextWorkingDay } from '@tongguan/law'
import type { LegalDate, Words } from '@tongguan/law'

/** When a desk answers the telephone on a working day, Beijing time, `HH:MM`; the end is not included. */
export interface OpeningHours {
  readonly periods: readonly { readonly from: string; readonly to: string }[]
  readonly source: Words
}

/** As offices have published them. A desk that has published none is not guessed to be open or closed. */
const published: Readonly<Record<string, OpeningHours>> = {
  北京市: {
    periods: [
      { from: '09:30', to: '11:30' },
      { from: '14:00', to: '17:00' },
    ],
    source: { zh: '北京市互联网信息办公室公告', en: 'notice of the Beijing office' },
  },
}

export type Opening =
  | { readonly kind: 'open'; readonly until: string; readonly hours: OpeningHours }
  | {
      readonly kind: 'closed'
      readonly opens: { readonly day: LegalDate; readonly at: string }
      readonly hours: OpeningHours
    }
  | { readonly kind: 'not-published' }

/** Whether the desk of `office` answers on `day` at `time` (`HH:MM`, Beijing), or when it does next. */
export function openingOf(office: string, day: LegalDate, time: string): Opening {
  const hours = published[office]
  const [first] = hours?.periods ?? []
  if (hours === undefined || first === undefined) return { kind: 'not-published' }
  if (dayOf(day).works) {
    const now = hours.periods.find(({ from, to }) => from <= time && time < to)
    if (now !== undefined) return { kind: 'open', until: now.to, hours }
    const later = hours.periods.find(({ from }) => time < from)
    if (later !== undefined) return { kind: 'closed', opens: { day, at: later.from }, hours }
  }
  return { kind: 'closed', opens: { day: nextWorkingDay(addDays(day, 1)).date, at: first.from }, hours }
}
