// `npm run bench gate`: how fast a PostgreSQL counts a million persons.
import { randomBytes } from 'node:crypto'
import { addPersons, batchPersons, gateMigrations, lockSets, markPersons, setKeys } from '@tongguan/gate'
import type { GateTables, PersonMac } from '@tongguan/gate'
import { sql } from 'kysely'
import { aPermit, aScenario } from '../gate/makers.ts'
import { migrate, openDatabase } from '../server/database.ts'

const million = 1_000_000

export async function benchLedger(url: string): Promise<void> {
  const database = await openDatabase<GateTables>({ url })
  const { db } = database
  await migrate(db, gateMigrations)
  // The yardstick of this machine in this minute: a million rows with the same key, bare.
  const bare = await bareInsert()
  console.log(`gate: yardstick: 1,000,000 bare rows of a 32-byte key in ${bare} s`)
  const known = persons(million / 2)
  const first = await authorise(known)
  console.log(`gate: 500,000 new persons counted in ${first.total} s, counters locked for ${first.locked} s`)
  const second = await authorise([...known, ...persons(million / 2)])
  console.log(`gate: 1,000,000 persons, half known, in ${second.total} s, counters locked for ${second.locked} s`)
  await database.close()

  async function bareInsert(): Promise<string> {
    await sql`create table bare (mac bytea primary key)`.execute(db)
    const since = performance.now()
    await sql`insert into bare select sha256(int4send(i)) from generate_series(1, ${million}::int) as i`.execute(db)
    return seconds(performance.now() - since)
  }

  async function authorise(macs: readonly PersonMac[]) {
    const since = performance.now()
    const batch = batchPersons(macs, { general: 0, sensitive: 0 })
    const scenario = aScenario({ ceiling: { general: 0, sensitive: 10 * million } })
    const of = { handler: 'h', permit: aPermit(), scenario, permitDigest: '0'.repeat(64), year: 2026, exempt: false }
    const keys = setKeys(of)
    const setKey = randomBytes(32)
    const marked = { permit: markPersons(batch, keys.permit, setKey), year: markPersons(batch, keys.year, setKey) }
    let lockedAt = 0
    await db.transaction().execute(async (tx) => {
      const sets = await lockSets(tx, of)
      lockedAt = performance.now()
      await sql`savepoint uncounted`.execute(tx)
      await addPersons(tx, sets.year, marked.year)
      await addPersons(tx, sets.permit, marked.permit)
    })
    const end = performance.now()
    return { total: seconds(end - since), locked: seconds(end - lockedAt) }
  }
}

function persons(count: number): readonly PersonMac[] {
  const bytes = randomBytes(count * 16)
  return Array.from({ length: count }, (_, at) => ({ mac: bytes.subarray(at * 16, at * 16 + 16), sensitive: true }))
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1)
}
