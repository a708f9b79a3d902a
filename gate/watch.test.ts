import { extensionWindowBefore, legalDate } from '@tongguan/law'
import type { LegalDate } from '@tongguan/law'
import { expect, test } from 'vitest'
import { amsterdam, aPermit, aRevocationList, aScenario, today } from './makers.ts'
import { watch } from './watch.ts'
import type { Watched, WatchedAttempt, WatchedRelease, WatchedState } from './watch.ts'

const scenario = aScenario({ ceiling: { general: 1_000, sensitive: 100 } })

function aRelease(
  day: string,
  persons: readonly [general: number, sensitive: number],
  about: Partial<WatchedRelease> = {},
) {
  const [general, sensitive] = persons
  const items = ['subject', 'note']
  return {
    batch: `b-${day}`,
    decidedOn: legalDate(day),
    recipient: amsterdam,
    items,
    after: { general, sensitive },
    ...about,
  }
}

function look(about: Partial<Watched>, state: Partial<WatchedState> & { readonly on?: LegalDate } = {}) {
  const { on = today, revocations = aRevocationList() } = state
  const watched: Watched = { permit: aPermit({ scenarios: [scenario] }), scenario, released: [], held: [], ...about }
  return watch({ scenarios: [watched], revocations }, { on, at: '2026-11-23T04:00:00Z' })
}

const codesOf = (tasks: ReturnType<typeof watch>) => tasks.map(({ code, of }) => (of === '' ? code : `${code} ${of}`))

test.for([
  [799, []],
  [800, ['watch.ceiling-near general-80']],
  [949, ['watch.ceiling-near general-80']],
  [950, ['watch.ceiling-near general-95']],
  [999, ['watch.ceiling-near general-95']],
  [1_000, ['watch.ceiling-near general-100']],
] as const)('%i of 1,000 persons: %j', ([persons, expected]) => {
  expect(codesOf(look({ released: [aRelease('2026-11-23', [persons, 0])] }))).toEqual(expected)
})

test('a ceiling is foretold at the pace since the first release, where the permit still holds then', () => {
  const released = [aRelease('2026-11-03', [100, 0]), aRelease('2026-11-20', [300, 0])]
  const [task, ...others] = look({ released })
  // 200 persons in 20 days, 700 left: 70 days.
  expect([task?.code, task?.due, others]).toEqual(['watch.ceiling-expected', '2027-02-01', []])
  const permit = aPermit({ scenarios: [scenario], lastDay: legalDate('2027-01-31'), kind: 'transcribed' })
  expect(codesOf(look({ released, permit }, { on: legalDate('2026-09-01') }))).toEqual([])
})

test('from the first day of the window an extension may be asked for; near the end the end is said, then that it is past', () => {
  const permit = aPermit({ kind: 'transcribed' })
  const { opens, reminders } = extensionWindowBefore(permit.lastDay)
  const [, second = permit.lastDay, third = permit.lastDay] = reminders
  const on = (day: LegalDate) => look({ permit }, { on: day, revocations: null }).map(({ code, due }) => [code, due])
  expect(on(legalDate('2028-12-01'))).toEqual([])
  expect(on(opens)).toEqual([['watch.extension-open', opens]])
  expect(on(second)).toEqual([['watch.extension-open', second]])
  expect(on(third)).toEqual([
    ['watch.extension-open', third],
    ['watch.permit-ending', permit.lastDay],
  ])
  expect(on(legalDate('2029-05-20'))).toEqual([['watch.permit-ended', null]])
})

test('an order to stop and a list too old to deny one are said first, with the article', () => {
  const permits = [{ id: 'permit-1', on: legalDate('2026-11-22'), because: 'stopped' }]
  expect(look({}, { revocations: aRevocationList({ permits }) })).toMatchObject([
    { code: 'watch.stop-ordered', citation: { instrument: 'measures-2022', article: 17 }, due: null },
  ])
  const old = aRevocationList({ issuedAt: '2026-11-21T03:00:00Z', nextUpdate: '2026-11-22T03:00:00Z' })
  expect(codesOf(look({}, { revocations: old }))).toEqual(['watch.stop-unknown gate.revocations-stale'])
  // Fetched from the authority's address, a list is believed for a minute.
  const fetched = { ...aRevocationList({ issuedAt: '2026-11-23T03:58:59Z' }), fetched: true }
  expect(codesOf(look({}, { revocations: fetched }))).toEqual(['watch.stop-unknown gate.revocations-stale'])
  const fresh = { ...aRevocationList({ issuedAt: '2026-11-23T03:59:00Z' }), fetched: true }
  expect(codesOf(look({}, { revocations: fresh }))).toEqual([])
})

test('the newest release is compared with those before it', () => {
  const first = aRelease('2026-11-20', [1, 1], { items: ['subject'] })
  const second = aRelease('2026-11-21', [1, 1], { items: ['note'], recipient: { name: 'Elsewhere', country: 'NL' } })
  const tasks = look({ released: [first, second] })
  expect(tasks.map(({ code, facts }) => [code, facts['items'] ?? facts['recipient']])).toEqual([
    ['watch.items-new', 'note'],
    ['watch.items-gone', 'subject'],
    ['watch.kinds-new', 'clinical_note'],
    ['watch.recipient-new', 'Elsewhere'],
  ])
  expect(look({ released: [first, first] })).toEqual([])
})

test('what was tried beyond what passed is held against article 14', () => {
  const attempt = (about: Partial<WatchedAttempt>): WatchedAttempt => ({
    batch: 'h',
    decidedOn: today,
    recipient: amsterdam,
    items: ['subject'],
    after: {},
    ...about,
  })
  expect(codesOf(look({ held: [attempt({})] }))).toEqual([])
  const more = look({ held: [attempt({ after: { general: 1_001 } })] })
  expect(more).toMatchObject([
    {
      code: 'watch.declare-again',
      of: 'T-scale',
      citation: { instrument: 'network-data-regulations-2025', article: 38 },
    },
  ])
  const item = look({ held: [attempt({ items: ['subject', 'genome'] })] })
  expect(item).toMatchObject([
    { code: 'watch.assess-change', of: 'T-1a', citation: { instrument: 'measures-2022', article: 14 } },
  ])
  expect(item[0]?.facts['differs']).toBe('scenarios.research.items')
})

test('a basis is decided anew each year, not extended', () => {
  const permit = aPermit({ kind: 'basis', lastDay: legalDate('2026-12-31') })
  const on = (day: string) => codesOf(look({ permit }, { on: legalDate(day), revocations: null }))
  expect([on('2026-11-30'), on('2026-12-01')]).toEqual([[], ['watch.permit-ending']])
})

test('every task says what, in both languages, and by which article', () => {
  const released = [aRelease('2026-11-20', [980, 85], { items: ['subject'] }), aRelease('2026-11-21', [990, 86])]
  const tasks = look({ released })
  expect(tasks.map(({ words }) => [words.zh !== '', /undefined/.test(words.zh + words.en)])).toEqual(
    tasks.map(() => [true, false]),
  )
})
