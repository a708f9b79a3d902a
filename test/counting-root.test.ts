// The root of the counting keys: sealed by two persons, opened, held in escrow, and replaced once it is compromised.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFolder } from '../server/data-folder.ts'
import { destroyDueKeys, replaceCountingRoot } from '../server/flows/keep-counting-root.ts'
import { openGate } from '../server/flows/release-batch.ts'
import { openRecords } from '../server/records.ts'
import { legalDate } from '@tongguan/law'
import { leafCount } from '@tongguan/log'
import { sql } from 'kysely'
import { tongguan } from './command-line.ts'
import { memoryFolder } from './memory-folder.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-root-'))
const data = dataFolder(join(folder, 'data'))
const at = (name: string) => join(folder, name)
const keys = (...words: readonly string[]) => tongguan(['keys', ...words, '--data', data.folder])
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeAll(() => {
  writeFileSync(at('zhang'), 'the first passphrase\n')
  writeFileSync(at('li'), 'the second passphrase\n')
})

test('seal takes the plain file away, two persons bring it back, into memory too, and shares do so without them', async () => {
  const root = (await data.countingKey('2026')).key
  expect((await keys('seal', '--passphrase', at('zhang'))).code).toBe(2)
  expect(existsSync(data.countingRoot)).toBe(true)
  expect((await keys('escrow', '--need', '2', '--of', '3', '--out', at('shares'))).code).toBe(0)
  const preview = await keys('seal', '--preview', '--lang', 'en')
  expect([preview.code, preview.out]).toEqual([0, expect.stringContaining('fit for a pilot only')])
  expect((await keys('seal', '--passphrase', at('zhang'), '--passphrase', at('li'))).code).toBe(0)
  expect(existsSync(data.countingRoot)).toBe(false)
  expect(() => data.countingKey('2026')).toThrow(expect.objectContaining({ code: 'key.sealed' }))

  expect((await keys('unseal', '--passphrase', at('zhang'), '--passphrase', at('zhang'))).code).toBe(2)
  const memory = at('memory.key')
  expect((await keys('unseal', '--passphrase', at('li'), '--passphrase', at('zhang'), '--out', memory)).code).toBe(0)
  expect((await data.countingKey('2026')).key).toEqual(root)
  expect((await keys('seal')).code).toBe(0)
  expect(existsSync(memory)).toBe(false)

  const [one, two] = readdirSync(at('shares')).map((name) => join(at('shares'), name))
  if (one === undefined || two === undefined) throw new Error('three shares were asked for')
  expect((await keys('unseal', '--share', one)).code).toBe(2)
  expect((await keys('unseal', '--share', one, '--share', two)).code).toBe(0)
  expect(readFileSync(data.countingRoot)).toEqual(root)
}, 240_000)

test('a compromised root is replaced, also where that was cut off; nothing is destroyed that is not due', async () => {
  expect((await keys('create', '--pilot')).code).toBe(0)
  const records = await openRecords({ folder: data.database })
  try {
    const fresh = Buffer.alloc(32, 9)
    const on = legalDate('2026-11-23')
    expect(await destroyDueKeys(records.db, data, on)).toEqual([])
    await sql`insert into person_set (key, kind, handler, year, records_until) values ('["year","h",2020]', 'year', 'h', 2020, '2023-12-31')`.execute(
      records.db,
    )
    await sql`update person_set set wrapped_key = ${Buffer.alloc(60)}::bytea, key_root = ${'0'.repeat(16)}`.execute(
      records.db,
    )
    // By itself at the gate's next start, with its leaf beside the one of the start.
    await openGate(records.db, data)
    const { rows } = await sql`select wrapped_key, (select why from set_key_end) as why from person_set`.execute(
      records.db,
    )
    expect([rows, await leafCount(records.db)]).toEqual([[{ wrapped_key: null, why: 'due' }], 2])
    // As if killed before the new root took its place.
    writeFileSync(`${data.countingRoot}.next`, fresh)
    await replaceCountingRoot(records.db, data, { on, fresh: Buffer.alloc(32, 1) })
    expect(readFileSync(data.countingRoot)).toEqual(fresh)
    expect([existsSync(data.sealedRoot), existsSync(`${data.countingRoot}.next`)]).toEqual([false, false])
  } finally {
    await records.close()
  }
}, 120_000)
