import { expect, test } from 'vitest'
import { legalDate } from './calendar.ts'

test.for(['2026-02-29', '2026-13-01', '2026-1-1', '', '20260101'])('%s is no day of the law', (text) => {
  expect(() => legalDate(text)).toThrow(/write it as YYYY-MM-DD/)
})

test('29 February exists in a leap year', () => {
  expect(legalDate('2024-02-29')).toBe('2024-02-29')
})
