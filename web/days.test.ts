import { expect, test } from 'vitest'
import { bytesInWords, clockTime, count, dayInWords } from './days.ts'

test('a legal day is the same day in every time zone', () => {
  const zone = process.env['TZ']
  try {
    for (const TZ of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Shanghai', 'America/New_York']) {
      process.env['TZ'] = TZ
      expect(dayInWords('2026-03-02', 'zh')).toBe('2026年3月2日（周一）')
      expect(dayInWords('2026-03-02', 'en')).toBe('Mon 2 Mar 2026')
    }
  } finally {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  }
})

test('an instant is told in China’s time', () => {
  expect(clockTime(new Date('2026-03-02T16:05:09Z'), 'zh')).toBe('00:05:09')
})

test.for([
  [9999, '9,999'],
  [10_000, '10,000（1 万）'],
  [12_345, '12,345（1.2 万）'],
] as const)('%i persons in Chinese: %s', ([number, words]) => {
  expect(count(number, 'zh')).toBe(words)
})

test.for([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 KB'],
  [999_499, '999 KB'],
  [999_500, '1 MB'],
  [1_250_000, '1.3 MB'],
  [815_000_000, '815 MB'],
  [1_500_000_000, '1.5 GB'],
] as const)('%i bytes are %s', ([bytes, words]) => {
  expect(bytesInWords(bytes, 'en')).toBe(words)
})
