import { legalDate } from '@tongguan/law'
import { expect, test } from 'vitest'
import { caseParts, difference, measures, summed } from './figures.ts'
import type { CaseForFigures, Measure, Part } from './figures.ts'
import { officeNumbers, percentile, report, together } from './report.ts'
import { leastShown } from './suppress.ts'

const period = { from: legalDate('2022-09-01'), to: legalDate('2023-01-20') }

function totals(parts: readonly Pick<Part, 'measure' | 'key' | 'n'>[]) {
  const sums = new Map<Measure, Map<string, number>>()
  for (const { measure, key, n } of parts) {
    const own = sums.get(measure) ?? new Map<string, number>()
    sums.set(measure, own.set(key, (own.get(key) ?? 0) + n))
  }
  return sums
}

function aCase(change: Partial<CaseForFigures> = {}): CaseForFigures {
  return {
    declaredOn: legalDate('2022-11-01'),
    completeOn: legalDate('2022-11-08'),
    filings: 1,
    stages: [{ stage: 'completeness-check', ended: legalDate('2022-11-08'), workingDays: 5, lateBy: null }],
    outcome: { kind: 'passed', on: legalDate('2023-01-13') },
    sector: 'healthcare',
    destinations: ['NL', 'NL'],
    items: [{ kind: 'diagnosis', passed: true }],
    ...change,
  }
}

test('the five numbers of January 2023, from what calls, organisations and cases add', () => {
  const parts = [
    { measure: 'enquiries', key: 'phone', n: 700 },
    { measure: 'enquiries', key: 'letter', n: 30 },
    { measure: 'organisations', key: 'healthcare', n: 120 },
    { measure: 'organisations', key: 'not-known', n: 150 },
    ...Array.from({ length: 2 }, () => caseParts(aCase())).flat(),
    ...Array.from({ length: 8 }, () => caseParts(aCase({ outcome: null, filings: 2 }))).flat(),
    ...Array.from({ length: 6 }, () => caseParts(aCase({ completeOn: null, outcome: null, stages: [] }))).flat(),
  ] as const
  expect(officeNumbers(totals(parts))).toEqual({
    calls: 700,
    applicants: 270,
    declarations: 16,
    complete: 10,
    passed: 2,
  })
})

test('a case that changes leaves nothing of what it was', () => {
  const before = caseParts(aCase({ outcome: null }))
  const after = caseParts(aCase())
  expect(summed([...before, ...difference(before, after)])).toEqual(summed(after))
  expect(difference(after, after)).toEqual([])
})

test('small sectors stand together; what is still small is hidden or the table withheld', () => {
  const key = (sector: string, outcome: string, n: number) =>
    ({ measure: 'outcomes-by-sector', key: `${sector}|${outcome}`, n }) as const
  const { tables } = report(
    totals([
      key('healthcare', 'passed', 40),
      key('healthcare', 'notPassed', 20),
      key('finance', 'passed', 30),
      key('finance', 'notPassed', 3),
      key('automobile', 'passed', 4),
      key('civil-aviation', 'notPassed', 2),
    ]),
    period,
  )
  const table = tables.find(({ measure }) => measure === 'outcomes-by-sector')
  expect(table?.rows.map(({ key, total }) => [key, total])).toEqual([
    ['healthcare', 60],
    ['finance', 33],
    [together, 6],
  ])
  for (const { cells } of table?.rows ?? []) {
    for (const n of cells) expect(n === null || n === 0 || n >= leastShown).toBe(true)
  }
  expect(table?.rows.find(({ key }) => key === 'finance')?.cells).toEqual([null, null])
})

test.for([
  [[[1, 1]], 50, 1],
  [
    [
      [1, 5],
      [9, 5],
    ],
    50,
    1,
  ],
  [
    [
      [1, 9],
      [30, 1],
    ],
    90,
    1,
  ],
  [
    [
      [1, 8],
      [30, 2],
    ],
    90,
    30,
  ],
  [[], 50, null],
] as const)('of %j the %ith percentile is %s', ([counted, percent, days]) => {
  expect(
    percentile(
      counted.map(([days, n]) => ({ days, n })),
      percent,
    ),
  ).toBe(days)
})

test('a duration of too few is not said, and every measure says what it counts', () => {
  const { durations } = report(totals([{ measure: 'days-to-answer', key: '3', n: leastShown - 1 }]), period)
  expect(durations).toEqual([{ measure: 'days-to-answer', key: '', n: leastShown - 1, median: null, ninetieth: null }])
  for (const { zh, en } of Object.values(measures)) expect(zh.length * en.length).toBeGreaterThan(0)
})
