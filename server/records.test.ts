import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { forEachDatabase } from '../test/databases.ts'
import { migrate, migrationState, refuseNewer } from './database-migrate.ts'
import type { Database } from './database.ts'
import { migrations } from './records.ts'

/** Every column, constraint, index and trigger, as text. */
async function shapeOf({ db }: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ line: string }>`
    select attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) || attnotnull || attgenerated::text as line
      from pg_attribute join pg_class on pg_class.oid = attrelid
      where relnamespace = current_schema()::regnamespace and attnum > 0 and not attisdropped
    union all select conrelid::regclass || ' ' || conname || pg_get_constraintdef(oid)
      from pg_constraint where connamespace = current_schema()::regnamespace and conrelid <> 0
    union all select indexdef from pg_indexes where schemaname = current_schema()
    union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    order by line`.execute(db)
  return rows.map(({ line }) => line)
}

async function empty({ db }: Database): Promise<void> {
  for (const statement of ['drop schema public cascade', 'create schema public', 'discard all']) {
    await sql.raw(statement).execute(db)
  }
}

forEachDatabase('the tables of every trade', (open) => {
  test('a database of every earlier state comes to the same tables', { timeout: 120_000 }, async () => {
    // One database, emptied each time: opening twenty of PGlite's at once takes minutes and their memories.
    const database = await open(migrations)
    const whole = await shapeOf(database)
    expect(whole.length).toBeGreaterThan(100)
    for (let applied = 0; applied < migrations.length; applied += 1) {
      await empty(database)
      await migrate(database.db, migrations.slice(0, applied))
      const { pending } = await migrationState(database.db, migrations)
      expect(pending).toEqual(migrations.slice(applied).map(({ id }) => id))
      await migrate(database.db, migrations)
      expect(await shapeOf(database), `from ${applied} of ${migrations.length}`).toEqual(whole)
      expect((await migrationState(database.db, migrations)).pending).toEqual([])
    }
  })

  test('software older than the database leaves it alone', async () => {
    const { db } = await open([...migrations, { id: 'of-tomorrow', sql: 'create table tomorrow (n int)' }])
    await expect(refuseNewer(db, migrations)).rejects.toMatchObject({
      code: 'database.newer',
      words: { en: expect.stringContaining('of-tomorrow'), zh: expect.stringContaining('of-tomorrow') },
    })
  })
})
