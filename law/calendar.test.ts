import { expect, test } from 'vitest'
import { addMonths, addWorkingDays, legalDate } from './calendar.ts'
import { deadline } from './deadlines.ts'
import { OutOfRange } from './out-of-range.ts'

test.for(['2026-02-29', '2026-13-01', '2026-1-1', '', '20260101'])('%s is no day of the law', (text) => {
  expect(() => legalDate(text)).toThrow(/write it as YYYY-MM-DD/)
})

test('29 February exists in a leap year', () => {
  expect(legalDate('2024-02-29')).toBe('2024-02-29')
})

test('a count that runs beyond the year 9999 is refused, and does not come out as another day', () => {
  const last = legalDate('9999-12-31')
  expect(() => addWorkingDays(last, 45)).toThrow(OutOfRange)
  expect(() => addMonths(last, 36)).toThrow(OutOfRange)
  expect(addMonths(legalDate('9996-12-31'), 36)).toBe(last)
})

test('a period is not counted from a day before it was in force', () => {
  expect(() => deadline('acceptance', legalDate('2022-08-31'))).toThrow(OutOfRange)
  expect(deadline('acceptance', legalDate('2022-09-01')).due).toBe('2022-09-13')
})
