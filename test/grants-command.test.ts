// Persons who went out before Tongguan: signed by two, entered once, counted by the upper bound.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadKey, signPermit } from '@tongguan/gate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aPermit } from '../gate/makers.ts'
import { openRecords } from '../server/records.ts'
import { tongguan } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-grants-'))
const data = join(folder, 'data')
const at = (name: string) => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (...words: readonly string[]) => tongguan([...words, '--data', data])
const done = (...words: readonly string[]) => {
  const ran = run(...words)
  expect([ran.code, ran.err]).toEqual([0, ''])
}

const none = { lower: 0, upper: 0 }
const permit = aPermit({
  kind: 'transcribed',
  notice: { file: 'notice.pdf', sha256: createHash('sha256').update('the notice').digest('hex') },
})
/** The permit's ceiling is 10 persons, 5 of them sensitive. */
const balance = {
  schema: 'tongguan/opening-balance/1',
  id: 'result-2024-17',
  kind: 'assessment',
  handler: permit.handler,
  grantedOn: '2024-05-20',
  countedUntil: '2026-11-20',
  sinceGranted: { general: { lower: 4, upper: 6 }, sensitive: { lower: 2, upper: 3 } },
  thisYear: { general: { lower: 1, upper: 2 }, sensitive: { lower: 1, upper: 1 } },
  permit: { id: permit.id, scenario: 'research' },
}

beforeAll(() => {
  writeFileSync(at('notice.pdf'), 'the notice')
  done('keys', 'create')
  for (const name of ['zhang', 'li']) done('keys', 'create', '--role', 'approver', '--name', name, '--out', at(`${name}.pem`))
  for (const name of ['wang', 'zhao'])
    done('keys', 'create', '--role', 'transcriber', '--name', name, '--out', at(`${name}.pem`))
  const typed = signPermit(permit, [loadKey(at('wang.pem')), loadKey(at('zhao.pem'))])
  writeFileSync(at('permit.json'), JSON.stringify(typed))
})

/** The file after it was signed by these. */
function signed(about: object, ...by: readonly string[]): string {
  const path = at('balance.json')
  writeFileSync(path, JSON.stringify(about))
  for (const [n, name] of by.entries()) {
    const ran = run('grants', 'sign', path, '--source', at('notice.pdf'), '--as', at(`${name}.pem`), '--out', path)
    expect([ran.code, ran.err]).toEqual([n === 0 ? 4 : 0, ''])
  }
  return path
}
const enter = (path: string) => run('grants', 'import', path, '--permit', at('permit.json'))

test('two persons sign it; by one, by the same one twice, or changed afterwards it is not entered', () => {
  expect(enter(signed(balance, 'zhang')).err).toContain('1 valid signatures')
  const path = signed(balance, 'zhang')
  run('grants', 'sign', path, '--source', at('notice.pdf'), '--as', at('zhang.pem'), '--out', path)
  expect(enter(path).err).toContain('1 valid signatures')
  const both = signed(balance, 'zhang', 'li')
  const changed = JSON.parse(readFileSync(both, 'utf8')) as { sinceGranted: { general: { upper: number } } }
  changed.sinceGranted.general.upper = 5
  writeFileSync(both, JSON.stringify(changed))
  expect(enter(both).err).toContain('0 valid signatures')
  writeFileSync(at('other.pdf'), 'another notice')
  const other = run('grants', 'sign', signed(balance, 'zhang'), '--source', at('other.pdf'), '--as', at('li.pem'), '--out', at('x'))
  expect([other.code, other.err]).toEqual([2, expect.stringContaining('not the one the file names')])
  const transcriber = run('grants', 'sign', signed(balance), '--source', at('notice.pdf'), '--as', at('wang.pem'), '--out', at('x'))
  expect(transcriber.err).toContain('the role approver')
})

test.for([
  ['above the ceiling', { sinceGranted: { general: none, sensitive: { lower: 1, upper: 6 } } }, "over the permit's ceiling"],
  ['before the Measures', { grantedOn: '2022-08-31' }, 'nothing was granted before 2022-09-01'],
  ['upside down', { thisYear: { general: { lower: 3, upper: 2 }, sensitive: none } }, 'lower is above upper'],
  ['another scenario', { permit: { id: permit.id, scenario: 'other' } }, 'no scenario other'],
  ['another handler', { handler: { name: 'x', creditCode: '12110000EXAMP1E097' } }, 'another handler'],
] as const)('%s is refused and enters nothing', async ([, about, because]) => {
  const refused = enter(signed({ ...balance, ...about }, 'zhang', 'li'))
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(because)])
  const records = await openRecords({ folder: join(data, 'database') })
  const sets = await records.db.selectFrom('person_set').selectAll().execute()
  await records.close()
  expect(sets).toEqual([])
})

test('entered once, by the upper bounds, in the permit’s set and the year’s; a filing in the year’s only', async () => {
  const path = signed(balance, 'zhang', 'li')
  const entered = enter(path)
  expect([entered.code, entered.err]).toEqual([0, ''])
  expect(entered.out).toContain('Under the permit, the upper bound: 6 persons, 3 sensitive')
  expect(enter(path).err).toContain('is entered already')
  const filing = { ...balance, id: 'filing-9', kind: 'standard-contract', permit: null }
  done('grants', 'import', signed(filing, 'zhang', 'li'))
  const records = await openRecords({ folder: join(data, 'database') })
  const { db } = records
  const sets = await db.selectFrom('person_set').select(['key', 'unlinked_general', 'unlinked_sensitive']).orderBy('key').execute()
  expect(sets.map((one) => [JSON.parse(one.key)[0], Number(one.unlinked_general), Number(one.unlinked_sensitive)])).toEqual([
    ['permit', 6, 3],
    ['year', 4, 2],
  ])
  await expect(db.deleteFrom('opening_balance').execute()).rejects.toThrow('kept as they were')
  await records.close()
  expect(run('log', 'verify', join(data, 'log')).code).toBe(0)
})
