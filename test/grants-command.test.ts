// Persons who went out before Tongguan: signed by two, entered once, counted by the upper bound.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadKey, signPermit } from '@tongguan/gate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aPermit } from '../gate/makers.ts'
import { openRecords } from '../server/records.ts'
import { tongguan, tongguanProcess } from './command-line.ts'
import { memoryFolder } from './memory-folder.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-grants-'))
const data = join(folder, 'data')
const at = (name: string) => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (...words: readonly string[]) => tongguan([...words, '--data', data])
const done = async (...words: readonly string[]) => {
  const ran = await run(...words)
  expect([ran.code, ran.err]).toEqual([0, ''])
}

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

beforeAll(async () => {
  writeFileSync(at('notice.pdf'), 'the notice')
  await done('keys', 'create')
  for (const name of ['zhang', 'li'])
    await done('keys', 'create', '--role', 'approver', '--name', name, '--out', at(`${name}.pem`))
  for (const name of ['wang', 'zhao'])
    await done('keys', 'create', '--role', 'transcriber', '--name', name, '--out', at(`${name}.pem`))
  const typed = signPermit(permit, [loadKey(at('wang.pem')), loadKey(at('zhao.pem'))])
  writeFileSync(at('permit.json'), JSON.stringify(typed))
})

/** The file after it was signed by these. */
async function signed(about: object, ...names: readonly string[]): Promise<string> {
  const path = at('balance.json')
  writeFileSync(path, JSON.stringify(about))
  for (const [n, name] of names.entries()) {
    const by = ['--source', at('notice.pdf'), '--as', at(`${name}.pem`)]
    const ran = await run('grants', 'sign', path, ...by, '--out', path)
    expect([ran.code, ran.err]).toEqual([n === 0 ? 4 : 0, ''])
  }
  return path
}
const entering = (path: string) => ['grants', 'import', path, '--permit', at('permit.json'), '--data', data]

test('two persons sign it, it is entered once, and says what counts from now on', { timeout: 240_000 }, async () => {
  const path = await signed(balance, 'zhang', 'li')
  const entered = tongguanProcess(entering(path))
  expect([entered.code, entered.err]).toEqual([0, ''])
  expect(entered.out).toContain('Under the permit, the upper bound: 6 persons, 3 sensitive')
  expect(entered.out).toContain('In 2026, the upper bound: 2 persons, 1 sensitive')
  const again = await tongguan(entering(path))
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('is entered already')])
  const records = await openRecords({ folder: join(data, 'database') })
  const sets = await records.db.selectFrom('person_set').select(['unlinked_general']).orderBy('key').execute()
  await records.close()
  expect(sets.map((one) => Number(one.unlinked_general))).toEqual([6, 2])
})

test('the scan must be the one the first person had, and the key an approver’s', { timeout: 120_000 }, async () => {
  writeFileSync(at('other.pdf'), 'another notice')
  const sign = (scan: string, by: string) =>
    run('grants', 'sign', at('balance.json'), '--source', at(scan), '--as', at(`${by}.pem`), '--out', at('x'))
  const other = await sign('other.pdf', 'li')
  expect([other.code, other.err]).toEqual([2, expect.stringContaining('not the one the file names')])
  expect((await sign('notice.pdf', 'wang')).err).toContain('the role approver')
})
