import { legalDate } from '@tongguan/law'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { forEachDatabase } from '../test/databases.ts'
import { countingRootId, endKeys, keysToEnd, newSetKey, openSetKey, proposeKey, settleKey } from './counting-keys.ts'
import type { KeyEnding } from './counting-keys.ts'
import { countingKeys } from './key-migrations.ts'
import { addPersons, batchPersons, countedPersons, lockSets, markPersons } from './ledger.ts'
import type { GateDatabase, GateTransaction, PersonSet } from './ledger.ts'
import type { Leaf } from './log.ts'
import { aPermit, aScenario, macOf } from './makers.ts'
import { gateMigrations } from './migrations.ts'
import type { GateTables } from './migrations.ts'
import { permitDigest } from './release.ts'

const root = Buffer.alloc(32, 7)
const otherRoot = Buffer.alloc(32, 8)
const lastOfRecords = legalDate('2029-12-31') // of the year set of 2026; the permit's own last until 2032-05-19

/** Counts general persons by number in both sets, under a root; how many were new to the permit's set. */
function add(db: GateDatabase, persons: readonly number[], { under = root, year = 2026, ceiling = 10 } = {}) {
  const permit = aPermit()
  const scenario = aScenario({ ceiling: { general: ceiling, sensitive: 5 } })
  return db.transaction().execute(async (tx) => {
    const sets = await lockSets(tx, {
      handler: 'h',
      permit,
      scenario,
      permitDigest: permitDigest(permit),
      year,
      exempt: false,
    })
    await into(tx, sets.year, persons, under)
    return (await into(tx, sets.permit, persons, under)).newGeneral
  })
}

async function into(tx: GateTransaction, set: PersonSet, persons: readonly number[], under: Uint8Array) {
  const { key } = await settleKey(tx, under, set, await proposeKey(tx, under, set.key))
  const batch = batchPersons(
    persons.map((person) => ({ mac: macOf(person), sensitive: false })),
    { general: 0, sensitive: 0 },
  )
  return addPersons(tx, set, markPersons(batch, set.key, key))
}

function ending(about: Partial<KeyEnding> = {}): KeyEnding {
  return { why: 'due', on: legalDate('2030-01-01'), ...about }
}

function aLog() {
  const leaves: Leaf[] = []
  return { leaves, append: async (_: GateTransaction, leaf: Leaf) => leaves.push(leaf) - 1 }
}

async function keysIn(db: GateDatabase) {
  const { rows } = await sql<{ readonly key: string; readonly wrapped_key: Uint8Array | null }>`
    select key, wrapped_key from person_set order by key`.execute(db)
  return rows
}

async function marksIn(db: GateDatabase): Promise<number> {
  const { rows } = await sql<{ readonly marks: number | string }>`select count(*) as marks from person_mac`.execute(db)
  return Number(rows[0]?.marks)
}

test('a set key opens under its root and for its own set only', () => {
  const { key, wrapped } = newSetKey(root, 'set-1')
  if (wrapped === null) throw new Error('a new key is wrapped')
  expect(openSetKey(root, 'set-1', wrapped).key).toEqual(key)
  const spoilt = Buffer.from(wrapped)
  spoilt.writeUInt8(spoilt.readUInt8(59) ^ 1, 59)
  for (const [with_, name, box] of [
    [otherRoot, 'set-1', wrapped],
    [root, 'set-2', wrapped],
    [root, 'set-1', spoilt],
  ] as const) {
    expect(() => openSetKey(with_, name, box)).toThrow(expect.objectContaining({ code: 'gate.counting-root-differs' }))
  }
  expect(newSetKey(root, 'set-1').key).not.toEqual(key)
  expect(countingRootId(root)).not.toBe(countingRootId(otherRoot))
})

forEachDatabase('the keys of person sets', (open) => {
  test('each set has a key of its own, a year a new one, and a person is known as long as the key is', async () => {
    const { db } = await open<GateTables>(gateMigrations)
    expect(await add(db, [1, 2])).toBe(2)
    expect(await add(db, [2, 3], { year: 2027 })).toBe(1) // the permit's set goes on across the year
    const keys = await keysIn(db)
    expect(keys).toHaveLength(3)
    expect(new Set(keys.map(({ wrapped_key }) => Buffer.from(wrapped_key ?? []).toString('hex'))).size).toBe(3)
    await expect(add(db, [4], { under: otherRoot })).rejects.toMatchObject({ code: 'gate.counting-root-differs' })
  })

  test('a key is destroyed when its records fall due, with its marks, a record and a leaf; the count stays', async () => {
    const { db } = await open<GateTables>(gateMigrations)
    await add(db, [1, 2])
    expect(await keysToEnd(db, ending({ on: lastOfRecords }))).toEqual([])
    expect(await keysToEnd(db, ending())).toEqual([{ set: '["year","h",2026]', general: 2, sensitive: 0 }])
    const log = aLog()
    expect(await endKeys(db, log, ending())).toHaveLength(1)
    expect(log.leaves).toMatchObject([{ type: 'counting-key-destroyed', general: 2, root: countingRootId(root) }])
    expect(await countedPersons(db)).toMatchObject([{ general: 2 }, { general: 2 }])
    expect(await keysIn(db)).toMatchObject([{ wrapped_key: expect.anything() }, { wrapped_key: null }])
    expect(await marksIn(db)).toBe(2) // the permit's
    await expect(add(db, [3])).rejects.toMatchObject({ code: 'gate.counting-key-destroyed' })
    expect(await endKeys(db, log, ending())).toEqual([])
    const { rows } = await sql`select why, key_root, general::int, sensitive::int from set_key_end`.execute(db)
    expect(rows).toEqual([{ why: 'due', key_root: countingRootId(root), general: 2, sensitive: 0 }])
  })

  test('after a compromise the old count is an opening amount, under which the ceiling is never passed', async () => {
    const { db } = await open<GateTables>(gateMigrations)
    await add(db, [1, 2, 3, 4, 5, 6])
    const log = aLog()
    await endKeys(db, log, ending({ why: 'compromised', on: legalDate('2026-11-23') }))
    expect(log.leaves.map(({ type }) => type)).toEqual(['counting-key-replaced', 'counting-key-replaced'])
    expect(await marksIn(db)).toBe(0)
    // Known persons count again: nobody can tell any more that they are the same.
    expect(await add(db, [1, 2, 3, 7], { under: otherRoot })).toBe(4)
    expect(await add(db, [1, 7], { under: otherRoot })).toBe(0)
    expect(await countedPersons(db)).toMatchObject([{ general: 10 }, { general: 10 }])
    await expect(add(db, [8], { under: otherRoot })).rejects.toThrow(/over its ceiling/)
  })

  test('the database refuses an end before its time, another key for counted persons, and marks taken out', async () => {
    const { db } = await open<GateTables>(gateMigrations)
    await add(db, [1, 2])
    const refused = [
      sql`insert into set_key_end (set_id, why, ended_on) select id, 'due', ${lastOfRecords}::date from person_set`,
      sql`update person_set set wrapped_key = null, key_root = null`,
      sql`update person_set set records_until = '2000-01-01'`,
      sql`delete from person_mac`,
      sql`truncate set_key_end`,
    ]
    for (const statement of refused) {
      await expect(statement.execute(db)).rejects.toMatchObject({ code: expect.stringMatching(/^23/) })
    }
    await endKeys(db, aLog(), ending())
    for (const statement of [
      sql`delete from set_key_end`,
      sql`update set_key_end set general = 0`,
      sql`update person_set set wrapped_key = decode(repeat('00', 60), 'hex'), key_root = '0000000000000000' where kind = 'year'`,
    ]) {
      await expect(statement.execute(db)).rejects.toMatchObject({ code: expect.stringMatching(/^23/) })
    }
  })

  test('a set counted before sets had keys goes on with its marks, and counts nobody twice', async () => {
    const { db } = await open<GateTables>(gateMigrations.filter(({ id }) => id !== 'gate-keys-1'))
    const key = JSON.stringify(['year', 'h', 2026])
    await sql`insert into person_set (key, kind, handler, year) values (${key}, 'year', 'h', 2026)`.execute(db)
    const old = markPersons(
      batchPersons([{ mac: macOf(1), sensitive: false }], { general: 0, sensitive: 0 }),
      key,
      new Uint8Array(0),
    )
    await sql`insert into person_mac select id, ${old.general}::bytea, false from person_set`.execute(db)
    for (const statement of countingKeys()) await sql.raw(statement).execute(db)
    await add(db, [1, 2])
    expect(await countedPersons(db)).toContainEqual({ key, general: 2, sensitive: 0 })
  })
})
