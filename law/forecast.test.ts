import { expect, test } from 'vitest'
import { forecast } from './forecast.ts'

function months(...newSensitive: readonly number[]) {
  return newSensitive.map((persons, index) => ({
    month: `2026-${String(index + 1).padStart(2, '0')}`,
    newGeneral: 0,
    newSensitive: persons,
  }))
}

function lineOf(persons: number, series: ReturnType<typeof months>) {
  const found = forecast(series).find(({ line }) => line.kind === 'sensitive' && line.persons === persons)
  if (!found) throw new Error(`no line at ${persons}`)
  return found
}

test('ten thousand sensitive persons are reached on the day the ten thousandth is sent', () => {
  expect(lineOf(10_000, months(3_100, 2_800, 4_100))).toMatchObject({ kind: 'reached', day: '2026-03-31' })
  expect(lineOf(10_000, months(10_000))).toMatchObject({ kind: 'reached', day: '2026-01-31' })
  expect(lineOf(10_000, months(10_001))).toMatchObject({ kind: 'reached', day: '2026-01-31' })
  expect(lineOf(10_000, months(310_000))).toMatchObject({ kind: 'reached', day: '2026-01-01' })
})

test('a line not yet reached is expected at the pace of the last three months, between the slowest and the fastest', () => {
  // 100 a day in April, May and June, after a quiet first quarter.
  const crossing = lineOf(10_000, months(0, 0, 0, 3_000, 3_100, 3_000))
  expect(crossing).toMatchObject({
    kind: 'expected',
    soFar: 9_100,
    day: '2026-07-09',
    earliest: '2026-07-09',
    latest: '2026-07-09',
  })
  const uneven = lineOf(10_000, months(0, 0, 0, 1_500, 3_100, 6_000 - 1_500))
  expect(uneven.soFar).toBe(9_100)
  expect([uneven.earliest, uneven.day, uneven.latest]).toEqual(['2026-07-06', '2026-07-09', '2026-07-18'])
})

test('nobody is carried over 1 January, and a pace of nothing reaches nothing', () => {
  expect(lineOf(10_000, months(1, 1, 1))).toMatchObject({ kind: 'not-this-year', day: null })
  expect(lineOf(10_000, months(100, 0, 0, 0))).toMatchObject({ kind: 'not-this-year', day: null, latest: null })
  const december = months(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9_999)
  expect(lineOf(10_000, december)).toMatchObject({ kind: 'not-this-year', day: null })
})

test('9,999 by the end of June: one more person on 1 July', () => {
  expect(lineOf(10_000, months(0, 0, 0, 3_333, 3_333, 3_333))).toMatchObject({ kind: 'expected', day: '2026-07-01' })
})

test.for([
  ['an empty series', []],
  ['a gap', [...months(1), { month: '2026-03', newGeneral: 0, newSensitive: 1 }]],
  ['another year', months(1, 1).map((one) => ({ ...one, month: one.month.replace('2026-02', '2027-01') }))],
  ['no January', months(1, 1).slice(1)],
  ['no month', [{ month: '2026-13', newGeneral: 0, newSensitive: 1 }]],
  ['the older window', months(1).map((one) => ({ ...one, month: '2023-01' }))],
] as const)('%s is refused', ([, series]) => {
  expect(() => forecast(series)).toThrow(RangeError)
})
