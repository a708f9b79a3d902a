import { legalDate } from '@tongguan/law'
import { expect, test } from 'vitest'
import { forEachDatabase } from '../test/databases.ts'
import { generateKey, trustedKey } from './keys.ts'
import type { Trust } from './keys.ts'
import { countedPersons } from './ledger.ts'
import type { Leaf, ReleaseLog } from './log.ts'
import { aPermit, today } from './makers.ts'
import { gateMigrations } from './migrations.ts'
import type { GateTables } from './migrations.ts'
import { enterOpeningBalance, misfitOf, openingSigners, signOpeningBalance } from './opening-balance.ts'
import type { OpeningBalance, OpeningBalanceFile } from './opening-balance.ts'

const [zhang, li, typist, pilot] = [generateKey(), generateKey(), generateKey(), generateKey()]
const trust: Trust = {
  schema: 'tongguan/trust/1',
  keys: [
    trustedKey(zhang, { name: 'Zhang', roles: ['approver'], simulated: false }),
    trustedKey(li, { name: 'Li', roles: ['approver'], simulated: false }),
    trustedKey(typist, { name: 'a typist', roles: ['transcriber'], simulated: false }),
    trustedKey(pilot, { name: 'a pilot', roles: ['approver'], simulated: true }),
  ],
}
const permit = aPermit()
const none = { lower: 0, upper: 0 }

/** The permit's ceiling is 10 persons, 5 of them sensitive. */
function aBalance(about: Partial<OpeningBalance> = {}): OpeningBalance {
  return {
    schema: 'tongguan/opening-balance/1',
    id: 'result-2024-17',
    kind: 'assessment',
    handler: permit.handler,
    grantedOn: legalDate('2024-05-20'),
    countedUntil: legalDate('2026-11-20'),
    sinceGranted: { general: { lower: 4, upper: 6 }, sensitive: { lower: 2, upper: 3 } },
    thisYear: { general: { lower: 1, upper: 2 }, sensitive: { lower: 1, upper: 1 } },
    permit: { id: permit.id, scenario: 'research' },
    source: { file: 'notice.pdf', sha256: 'a'.repeat(64) },
    ...about,
  }
}

const byBoth = (balance: OpeningBalance) => signOpeningBalance(signOpeningBalance(balance, zhang), li)

test.for([
  ['as it should be', {}, undefined],
  ['on the first day of the Measures', { grantedOn: legalDate('2022-09-01') }, undefined],
  ['the day before', { grantedOn: legalDate('2022-08-31') }, 'nothing was granted before 2022-09-01'],
  ['counted before it was granted', { countedUntil: legalDate('2024-05-19') }, 'countedUntil is before grantedOn'],
  ['upside down', { thisYear: { general: { lower: 3, upper: 2 }, sensitive: none } }, 'lower is above upper'],
  ['fewer this year than since it began, this year', { grantedOn: legalDate('2026-02-01') }, 'is below sinceGranted'],
] as const)('a balance %s', ([, about, misfit]) => {
  const found = misfitOf(aBalance(about))
  if (misfit === undefined) expect(found).toBeUndefined()
  else expect(found).toContain(misfit)
})

test('each person signs once, as an approver, what stands there now; a pilot’s key is nobody’s', () => {
  const names = (file: OpeningBalanceFile) => openingSigners(file, trust, today).map(({ name }) => name)
  const once = signOpeningBalance(aBalance(), zhang)
  expect(names(once)).toEqual(['Zhang'])
  expect(names(signOpeningBalance(once, zhang))).toEqual(['Zhang'])
  expect(names(signOpeningBalance(signOpeningBalance(once, typist), pilot))).toEqual(['Zhang'])
  expect(names(signOpeningBalance(once, li))).toEqual(['Zhang', 'Li'])
  expect(names({ ...byBoth(aBalance()), countedUntil: legalDate('2026-11-21') })).toEqual([])
  // A changed file begins anew with whoever signs it.
  expect(names(signOpeningBalance({ ...once, id: 'another' }, li))).toEqual(['Li'])
})

forEachDatabase('an opening balance', (open) => {
  async function ledger() {
    const { db } = await open<GateTables>(gateMigrations)
    const leaves: Leaf[] = []
    const log: ReleaseLog = {
      quorum: { needed: 0, least: 0 },
      clock: () => Promise.resolve({ now: '2026-11-23T04:00:00Z', newest: null }),
      append: async (_, leaf) => leaves.push(leaf) - 1,
      check: async () => undefined,
      publish: async () => ({ kind: 'published' }),
      prove: () => Promise.reject(new Error('nobody asks for a proof here')),
    }
    const enter = (file: OpeningBalanceFile, under: typeof permit | undefined = permit) =>
      enterOpeningBalance({ db, log, trust, file, permit: under, on: today })
    return { db, leaves, enter }
  }

  test('is entered once, by the upper bounds: in the permit’s set and the year’s, a filing in the year’s only', async () => {
    const { db, leaves, enter } = await ledger()
    const entered = await enter(byBoth(aBalance()))
    expect(entered).toEqual({
      signedBy: ['Zhang', 'Li'],
      counted: { permit: { general: 6, sensitive: 3 }, year: { general: 2, sensitive: 1 } },
    })
    await expect(enter(byBoth(aBalance()))).rejects.toThrow('is entered already')
    await enter(byBoth(aBalance({ id: 'filing-9', kind: 'standard-contract', permit: null })), undefined)
    expect((await countedPersons(db)).map(({ general, sensitive }) => [general, sensitive])).toEqual([
      [6, 3],
      [4, 2],
    ])
    expect(leaves.map(({ type, year }) => [type, year])).toEqual([
      ['opening-balance', 2026],
      ['opening-balance', 2026],
    ])
    await expect(db.deleteFrom('opening_balance').execute()).rejects.toThrow('kept as they were')
  })

  test('that does not fit, lacks a signature or is over the ceiling enters nothing', async () => {
    const { db, leaves, enter } = await ledger()
    const over = { general: none, sensitive: { lower: 1, upper: 6 } }
    for (const [file, because] of [
      [signOpeningBalance(aBalance(), zhang), '1 valid signatures'],
      [byBoth(aBalance({ sinceGranted: over })), 'over the permit'],
      [byBoth(aBalance({ permit: { id: permit.id, scenario: 'other' } })), 'no scenario other'],
      [byBoth(aBalance({ permit: { id: 'another', scenario: 'research' } })), 'is not the one named'],
      [byBoth(aBalance({ handler: { name: 'x', creditCode: 'y' } })), 'another handler'],
    ] as const) {
      await expect(enter(file)).rejects.toThrow(because)
    }
    expect(await countedPersons(db)).toEqual([])
    expect(leaves).toEqual([])
  })
})
