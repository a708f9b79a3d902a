import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { forEachDatabase } from '../test/databases.ts'
import { proposeKey, settleKey } from './counting-keys.ts'
import { addPersons, batchPersons, countedOf, countedPersons, lockSets, markPersons, upperCount } from './ledger.ts'
import type { GateDatabase, PersonMac, PersonSet } from './ledger.ts'
import { aPermit, aScenario, macOf } from './makers.ts'
import { gateMigrations } from './migrations.ts'
import type { GateTables } from './migrations.ts'
import { permitDigest, personsAfter } from './release.ts'
import type { LedgerCount } from './release.ts'

const root = Buffer.alloc(32, 7)
const nobody = { general: 0, sensitive: 0 }

function general(...persons: readonly number[]): readonly PersonMac[] {
  return persons.map((person) => ({ mac: macOf(person), sensitive: false }))
}

function sensitive(...persons: readonly number[]): readonly PersonMac[] {
  return persons.map((person) => ({ mac: macOf(person), sensitive: true }))
}

/** Adds to both sets and commits; the count of the permit's set. */
function add(db: GateDatabase, macs: readonly PersonMac[], unlinked = nobody, year = 2026): Promise<LedgerCount> {
  const permit = aPermit()
  return db.transaction().execute(async (tx) => {
    const of = { handler: 'h', permit, scenario: aScenario(), permitDigest: permitDigest(permit), year, exempt: false }
    const sets = await lockSets(tx, of)
    const persons = batchPersons(macs, unlinked)
    const into = async (set: PersonSet) => {
      const { key } = await settleKey(tx, root, set, await proposeKey(tx, root, set.key))
      return addPersons(tx, set, markPersons(persons, set.key, key))
    }
    await into(sets.year)
    return into(sets.permit)
  })
}

test('a person who stands twice in a batch is one, and sensitive if once sensitive', () => {
  const persons = batchPersons([...general(1, 2, 1), ...sensitive(2)], { general: 3, sensitive: 4 })
  expect(upperCount(persons)).toEqual({ general: 1 + 3, sensitive: 1 + 4 })
})

test('a MAC of another length is refused', () => {
  expect(() => batchPersons([{ mac: Buffer.alloc(15), sensitive: false }], nobody)).toThrow(/16 bytes/)
})

forEachDatabase('the ledger', (open) => {
  test('counts each person once, moves who becomes sensitive, and starts a new set each year', async () => {
    const { db } = await open<GateTables>(gateMigrations)
    expect(await add(db, [...general(1, 2, 3), ...sensitive(4)])).toMatchObject({ newGeneral: 3, newSensitive: 1 })
    expect(await add(db, general(2, 3, 5))).toMatchObject({ alreadyGeneral: 3, newGeneral: 1, newSensitive: 0 })
    const moved = await add(db, [...sensitive(1, 2, 4, 6), ...general(3)])
    expect(moved).toEqual({
      alreadyGeneral: 4,
      alreadySensitive: 1,
      newGeneral: 0,
      newSensitive: 1,
      movedToSensitive: 2,
    })
    expect(personsAfter(moved)).toEqual({ general: 2, sensitive: 4 })
    // Once sensitive, a person stays so, also where only general items leave later.
    expect(await add(db, general(1, 2, 4, 6))).toMatchObject({ newGeneral: 0, movedToSensitive: 0 })
    // Rows that name nobody count each time.
    expect(await add(db, [], { general: 2, sensitive: 1 }, 2027)).toMatchObject({ newGeneral: 2, newSensitive: 1 })
    expect(await countedPersons(db)).toEqual([
      { key: '["permit","permit-1","research"]', general: 4, sensitive: 5 },
      { key: '["year","h",2026]', general: 2, sensitive: 4 },
      { key: '["year","h",2027]', general: 2, sensitive: 1 },
    ])
    expect(await countedOf(db, { handler: 'h', year: 2026 })).toEqual({
      year: { general: 2, sensitive: 4 },
      permits: [
        {
          permit: 'permit-1',
          scenario: 'research',
          counted: { general: 4, sensitive: 5 },
          ceiling: { general: 10, sensitive: 5 },
        },
      ],
    })
    expect(await countedOf(db, { handler: 'another', year: 2026 })).toEqual({ year: null, permits: [] })
    const sets = await sql<{ readonly size: number }>`select count(distinct mac) as size from person_mac`.execute(db)
    expect(Number(sets.rows[0]?.size)).toBe(12) // 6 persons in 2 sets, with no mark in common

    const refused = [
      sql`update person_set set linked_general = 0`,
      sql`update person_set set linked_general = linked_general + 1`,
      sql`update person_set set unlinked_general = 0`,
      sql`update person_set set ceiling_general = 1000000 where kind = 'permit'`,
      sql`delete from person_set where key = '["year","h",2027]'`,
      sql`insert into person_set (key, kind, handler, year, linked_general) values ('x', 'year', 'h', 2026, 5)`,
      sql`delete from person_mac`,
      sql`truncate person_mac`,
      sql`update person_mac set sensitive = false where sensitive`,
      sql`update person_mac set mac = '\\x00000000000000000000000000000000'`,
      sql`insert into person_mac select id, '\\x00', false from person_set`,
      sql`insert into person_mac values (99, '\\x00000000000000000000000000000000', false)`,
      sql`update person_set set unlinked_general = 11 where kind = 'permit'`, // over the ceiling of 10
    ]
    for (const statement of refused) {
      // 23xxx: integrity constraint violation, and nothing else such as a typing error.
      await expect(statement.execute(db)).rejects.toMatchObject({ code: expect.stringMatching(/^23/) })
    }
    expect(await countedPersons(db)).toHaveLength(3)
  })

  test('a transaction that ends over the ceiling does not commit, whoever wrote it', async () => {
    const { db } = await open<GateTables>(gateMigrations)
    await add(db, sensitive(1, 2, 3, 4, 5))
    await expect(add(db, sensitive(6))).rejects.toThrow(/over its ceiling/)
    expect(await countedPersons(db)).toMatchObject([{ sensitive: 5 }, { sensitive: 5 }])
  })
})
