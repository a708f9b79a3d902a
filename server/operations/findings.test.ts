import { legalDate } from '@tongguan/law'
import { expect, test } from 'vitest'
import {
  judgeCalendar,
  judgeCaseLog,
  judgeDatabase,
  judgeEngine,
  judgeLog,
  judgeNode,
  judgePermissions,
  judgePilot,
  judgeRevocations,
  judgeSpace,
  judgeTrust,
  littleSpace,
} from './findings.ts'
import type { Finding, SeenDatabase } from './findings.ts'

const codesOf = (findings: readonly Finding[]) => findings.map(({ code, state }) => `${code} ${state}`)
const on = legalDate('2026-11-23')
const now = new Date('2026-11-23T02:00:00Z')
const open = {
  kind: 'open',
  which: 'embedded',
  applied: [],
  pending: [],
  unknown: [],
  unsynced: [],
  skewMs: 0,
} as const

test('each thing an installation rests on has its own word when it fails', () => {
  const words = { zh: '读不懂', en: 'cannot be read' }
  const key = {
    keyId: 'a',
    algorithm: 'ed25519',
    publicKey: '',
    name: 'gate',
    roles: ['gate'],
    simulated: true,
  } as const
  const ending = { ...key, simulated: false, validUntil: legalDate('2026-12-01') }
  const all = { on, soon: legalDate('2026-12-23'), production: true }
  expect(
    codesOf([
      judgeNode('24.21.0'),
      judgeNode('22.1.0'),
      judgeEngine({ contained: 'process', version: '26' }),
      judgeEngine({ failed: 'gone' }),
      judgeSpace('/', littleSpace),
      judgeSpace('/', littleSpace - 1),
      judgeSpace('/', littleSpace / 100),
      judgePermissions('keys', ['keys/gate.pem']),
      judgePilot(true, true),
      judgePilot(false, true),
      judgeCalendar(on),
      judgeCalendar(legalDate('2040-01-01')),
      ...judgeTrust([key, ending], all),
      ...judgeTrust(words, all),
      ...judgeTrust(undefined, all),
      judgeRevocations(undefined, now),
      judgeRevocations({ issuedAt: '2026-11-20T00:00:00Z', nextUpdate: '2026-11-21T00:00:00Z' }, now),
      judgeRevocations({ issuedAt: '2026-11-23T00:00:00Z', nextUpdate: '2026-11-24T00:00:00Z' }, now),
      ...judgeLog({ entries: 3, problems: [words] }),
    ]),
  ).toEqual([
    'node well',
    'node broken',
    'engine matters',
    'engine broken',
    'space well',
    'space matters',
    'space broken',
    'permissions broken',
    'pilot.database broken',
    'pilot.database well',
    'clock.holidays well',
    'clock.holidays matters',
    'trust well',
    'trust.ends-soon matters',
    'pilot.keys broken',
    'trust broken',
    'trust matters',
    'revocations matters',
    'revocations matters',
    'revocations well',
    'log broken',
  ])
})

test('a database nobody could look at is not well', () => {
  const words = { zh: '在用', en: 'in use' }
  const seen = (change: Partial<SeenDatabase>) => codesOf(judgeDatabase({ ...open, ...change } as SeenDatabase))
  expect(seen({})).toEqual(['database well', 'migrations well', 'durability well', 'clock.skew well'])
  expect(codesOf(judgeDatabase({ kind: 'unreachable', code: 'database.in-use', words }))).toEqual([
    'database.in-use matters',
  ])
  expect(codesOf(judgeDatabase({ kind: 'unreachable', code: 'database.unreachable', words }))).toEqual([
    'database.unreachable broken',
  ])
  expect(seen({ pending: ['x'] })).toContain('migrations matters')
  expect(seen({ unknown: ['x'] })).toContain('database.newer broken')
  expect(seen({ unsynced: ['pg_wal/1'] })).toContain('durability broken')
  expect(seen({ unsynced: null })).toContain('durability matters')
  expect(seen({ skewMs: -3000 })).toContain('clock.skew matters')
  // A clock that could not be read is none that agrees.
  expect(seen({ skewMs: Number.NaN })).toContain('clock.skew matters')
})

test('the doctor tells a log that lags from one that does not hold', () => {
  const of = (report: Parameters<typeof judgeCaseLog>[0]) => codesOf(judgeCaseLog(report))
  expect(of({ logged: 0, waiting: 0, wrong: [] })).toEqual([])
  expect(of({ logged: 5, waiting: 2, wrong: [] })).toEqual(['case-log well'])
  expect(of({ logged: 5, waiting: 5000, wrong: [] })).toEqual(['case-log matters'])
  expect(of({ logged: 5, waiting: 0, wrong: [{ no: 'TG-2026-000001', seq: 2 }] })).toEqual(['case-log broken'])
})
