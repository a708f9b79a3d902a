import { OutOfRange, legalDate } from '@tongguan/law'
import type { LegalDate } from '@tongguan/law'
import { InputError } from '@tongguan/server/errors'

/** The day asked for, or today in China. Throws InputError for a day that does not exist. */
export function dayOrToday(text: string | undefined): LegalDate {
  return text === undefined ? todayInChina() : day(text)
}

export function day(text: string): LegalDate {
  try {
    return legalDate(text)
  } catch (error) {
    if (!(error instanceof OutOfRange)) throw error
    throw new InputError('input.not-a-day', error.words)
  }
}

// Counting windows and due dates are those of Beijing, whatever the machine's own zone.
function todayInChina(): LegalDate {
  return legalDate(new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date()))
}

/** The instant of a decision on a day: now, where the day is today in China; otherwise noon in Beijing. RFC 3339, UTC. */
export function instantOf(on: LegalDate): string {
  return on === todayInChina() ? new Date().toISOString() : `${on}T04:00:00.000Z`
}
