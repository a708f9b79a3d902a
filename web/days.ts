import type { Language } from './language.tsx'

/** A legal day in words: `2026年3月2日（周一）`, `Mon 2 Mar 2026`. Pure: no clock, no zone. */
export function dayInWords(day: string, language: Language): string {
  const { date, weekday } = formats[language]
  const at = asUtc(day)
  return language === 'zh' ? `${date.format(at)}（${weekday.format(at)}）` : `${weekday.format(at)} ${date.format(at)}`
}

/** `12,000`; in Chinese with 万 beside it from 10,000 on: `12,000（1.2 万）`. */
export function count(number: number, language: Language): string {
  const exact = formats[language].number.format(number)
  if (language === 'en' || number < 10_000) return exact
  return `${exact}（${formats.zh.number.format(Math.round(number / 1000) / 10)} 万）`
}

export function plainCount(number: number, language: Language): string {
  return formats[language].number.format(number)
}

/** File sizes as people read them: `512 B`, `15 KB`, `1.2 MB` (1 KB = 1000 B). */
export function bytesInWords(bytes: number, language: Language): string {
  const { number } = formats[language]
  if (bytes < 1000) return `${number.format(bytes)} B`
  if (bytes < 999_500) return `${number.format(Math.round(bytes / 1000))} KB`
  if (bytes < 999_950_000) return `${number.format(Math.round(bytes / 100_000) / 10)} MB`
  return `${number.format(Math.round(bytes / 100_000_000) / 10)} GB`
}

/** An instant as the office's wall clock shows it, in China's time: `14:05:09`. */
export function clockTime(instant: Date, language: Language): string {
  return formats[language].time.format(instant)
}

/** An instant as the office's calendar and clock show it, in China's time: `2026-11-23 14:05`. */
export function instantInWords(instant: string, language: Language): string {
  return formats[language].instant.format(new Date(instant))
}

const formats = { zh: formatsOf('zh-CN'), en: formatsOf('en-GB') } as const

function formatsOf(locale: string) {
  // A legal day has no zone: it is read as UTC and printed as UTC, the same on every machine.
  const timeZone = 'UTC'
  return {
    date: new Intl.DateTimeFormat(locale, {
      timeZone,
      year: 'numeric',
      month: locale === 'zh-CN' ? 'long' : 'short',
      day: 'numeric',
    }),
    weekday: new Intl.DateTimeFormat(locale, { timeZone, weekday: 'short' }),
    number: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
    instant: new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Shanghai', dateStyle: 'medium', timeStyle: 'short' }),
    time: new Intl.DateTimeFormat(locale, {
      timeZone: 'Asia/Shanghai',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hour12: false,
    }),
  }
}

function asUtc(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}
