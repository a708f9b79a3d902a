import { legalDate } from '@tongguan/law'
import { expect, test } from 'vitest'
import { CaseFileSchema } from '../contract/case-file.ts'
import type { PortalEntry } from '../contract/case-file.ts'
import { acceptanceProblems, portalClocks, portalProblems } from './portal-log.ts'

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

const codesOf = async (...entries: readonly PortalEntry[]) =>
  (await portalProblems(entries, (scan) => Promise.resolve(scan === 'there.pdf'))).map(({ code, where }) => [
    code,
    where,
  ])

test('a declaration returned is a task until it is submitted again', () => {
  const returned = { kind: 'returned', on: day('2026-08-14') } as const
  const again = { kind: 'submitted', on: day('2026-08-20') } as const
  const task = (...entries: readonly PortalEntry[]) =>
    portalClocks(entries)
      .filter(({ whose }) => whose === 'handler')
      .map(({ after, ended }) => [after, ended])
  expect(task(returned)).toEqual([['returned', null]])
  expect(task(returned, again)).toEqual([['returned', '2026-08-20']])
})

test('events that follow one another as the law has them are not questioned, in whatever order they were typed', async () => {
  expect(
    await codesOf(
      { kind: 'accepted', on: day('2026-08-26'), scan: 'there.pdf' },
      { kind: 'submitted', on: day('2026-08-10') },
      { kind: 'returned', on: day('2026-08-14') },
      { kind: 'submitted', on: day('2026-08-20') },
      { kind: 'supplement-asked', on: day('2026-09-10') },
      { kind: 'extended', on: day('2026-09-10'), until: day('2026-12-01') },
      { kind: 'supplemented', on: day('2026-09-12') },
      { kind: 'result', on: day('2026-11-03') },
    ),
  ).toEqual([])
})

test.for<[string, readonly PortalEntry[], readonly [string, string]]>([
  [
    'an acceptance before the submission',
    [
      { kind: 'submitted', on: day('2026-08-10') },
      { kind: 'accepted', on: day('2026-08-09') },
    ],
    ['portal.out-of-order', 'portal.1'],
  ],
  [
    'an extension into the past',
    [
      { kind: 'submitted', on: day('2026-08-10') },
      { kind: 'accepted', on: day('2026-08-14') },
      { kind: 'extended', on: day('2026-09-10'), until: day('2026-09-10') },
    ],
    ['portal.until-past', 'portal.2.until'],
  ],
  [
    'a scan that is not there',
    [{ kind: 'submitted', on: day('2026-08-10'), scan: 'not/there.pdf' }],
    ['portal.scan-missing', 'portal.0.scan'],
  ],
])('%s is an error at its place', async ([, entries, error]) => {
  expect(await codesOf(...entries)).toEqual([error])
})

test('an extension without the date announced is not read', () => {
  const file = (portal: readonly object[]) => CaseFileSchema.safeParse({ schema: 'tongguan/case-folder/1', portal })
  const extended = { kind: 'extended', on: '2026-09-10' }
  expect(file([extended]).error?.issues.map(({ path }) => path.join('.'))).toEqual(['portal.0.until'])
  expect(file([{ ...extended, until: '2026-12-01' }]).success).toBe(true)
})

test('an extension names the number of the last acceptance that was logged; without one nothing is compared', () => {
  const accepted = (no: string, on: string): PortalEntry => ({ kind: 'accepted', on: day(on), no })
  const extension = { acceptanceNo: '受理2号' } as Parameters<typeof acceptanceProblems>[0]
  const codes = (...entries: readonly PortalEntry[]) => acceptanceProblems(extension, entries).map(({ code }) => code)
  expect(codes(accepted('受理2号', '2024-03-01'), accepted('受理1号', '2023-03-01'))).toEqual([])
  expect(codes(accepted('受理1号', '2023-03-01'))).toEqual(['extension.acceptance-no-differs'])
  expect(codes({ kind: 'accepted', on: day('2023-03-01') })).toEqual([])
  expect(acceptanceProblems(undefined, [accepted('受理1号', '2023-03-01')])).toEqual([])
})
