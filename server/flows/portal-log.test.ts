import { legalDate } from '@tongguan/law'
import { expect, test } from 'vitest'
import { portalClocks } from './portal-log.ts'

const day = legalDate

test('clocks run from what was logged, and a supplement does not stop the assessment', () => {
  const clocks = portalClocks([
    { kind: 'submitted', on: day('2026-08-10') },
    { kind: 'accepted', on: day('2026-08-26'), no: '受理1' },
    { kind: 'supplement-asked', on: day('2026-09-10') },
    { kind: 'extended', on: day('2026-09-10'), until: day('2026-12-01') },
  ])
  expect(clocks.map(({ after, due, ended, whose }) => [after, due, ended, whose])).toEqual([
    ['submitted', '2026-08-17', '2026-08-26', 'office'],
    ['accepted', '2026-11-03', null, 'office'],
    ['supplement-asked', '2026-09-10', null, 'handler'],
    ['extended', '2026-12-01', null, 'office'],
  ])
})

test('a result starts the fifteen working days of a re-assessment; its order in the log does not matter', () => {
  const clocks = portalClocks([
    { kind: 'result', on: day('2024-01-31') },
    { kind: 'accepted', on: day('2023-12-01') },
  ])
  expect(clocks.map(({ after, due, ended }) => [after, due, ended]).slice(0, 2)).toEqual([
    ['accepted', '2024-02-04', '2024-01-31'],
    ['result', '2024-02-26', null],
  ])
})
