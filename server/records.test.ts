import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryFolder } from '../test/memory-folder.ts'
import { postgresql } from '../test/postgresql.ts'
import { migrate, migrationState, refuseNewer } from './database-migrate.ts'
import { openDatabase } from './database.ts'
import type { Database } from './database.ts'
import { migrations, openRecords } from './records.ts'

/** Every column, constraint, index and trigger, as text. */
async function shapeOf<Tables>({ db }: Database<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{ line: string }>`
    select attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) || attnotnull || attgenerated::text as line
      from pg_attribute join pg_class on pg_class.oid = attrelid
      where relnamespace = current_schema()::regnamespace and attnum > 0 and not attisdropped
    union all select conrelid::regclass || ' ' || conname || pg_get_constraintdef(oid)
      from pg_constraint where connamespace = current_schema()::regnamespace and conrelid <> 0
    union all select indexdef from pg_indexes where schemaname = current_schema()
    union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select pg_get_functiondef(oid) from pg_proc where pronamespace = current_schema()::regnamespace
    order by line`.execute(db)
  return rows.map(({ line }) => line)
}

async function empty({ db }: Database): Promise<void> {
  for (const statement of ['drop schema public cascade', 'create schema public', 'discard all']) {
    await sql.raw(statement).execute(db)
  }
}

const server = postgresql()
beforeAll(() => server.start(), 60_000)
afterAll(() => server.stop())

// In memory: twenty times all tables, each file synced, would be minutes of waiting for the disk and prove no more.
const inMemory = async () => {
  const db = new Kysely<unknown>({ dialect: new PGliteDialect({ pglite: await PGlite.create() }) })
  return { db, kind: 'embedded', close: () => db.destroy() } as const
}

test.for([
  ['PGlite', inMemory],
  ['PostgreSQL', async () => openDatabase({ url: await server.createDatabase() })],
] as const)(
  'a database of every earlier state comes to the same tables, and older software leaves it alone, on %s',
  { timeout: 300_000 },
  async ([, open]) => {
    const database = await open()
    await migrate(database.db, migrations)
    const whole = await shapeOf(database)
    expect(whole.length).toBeGreaterThan(100)
    for (let applied = 0; applied < migrations.length; applied += 1) {
      await empty(database)
      await migrate(database.db, migrations.slice(0, applied))
      const { pending } = await migrationState(database.db, migrations)
      expect(pending).toEqual(migrations.slice(applied).map(({ id }) => id))
      await migrate(database.db, migrations)
      expect(await shapeOf(database), `from ${applied} of ${migrations.length}`).toEqual(whole)
    }
    await migrate(database.db, [{ id: 'of-tomorrow', sql: 'create table tomorrow (n int)' }])
    await expect(refuseNewer(database.db, migrations)).rejects.toMatchObject({
      code: 'database.newer',
      words: { en: expect.stringContaining('of-tomorrow'), zh: expect.stringContaining('of-tomorrow') },
    })
    await database.close()
  },
)

/** Every row of every table as text, and where each sequence stands; of a migration, not when it was applied. */
async function rowsOf<Tables>({ db }: Database<Tables>): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r'`.execute(
    db,
  )
  const questions = tables.map(
    ({ name }) => `select '${name} ' || (to_jsonb(whole_row) - 'applied_at')::text as line from "${name}" as whole_row`,
  )
  const sequences = `select sequencename || ' ' || coalesce(last_value, 0) from pg_sequences`
  const { rows } = await sql
    .raw<{ line: string }>(`${[...questions, sequences].join(' union all ')} order by line`)
    .execute(db)
  return rows.map(({ line }) => line)
}

// Made apart from each other, they are equal only if no migration writes what is drawn, secret or dated.
test('a new installation, copied from a template, is what its migrations make, and dated by the day it was made', async () => {
  const folder = mkdtempSync(join(memoryFolder(), 'tongguan-records-'))
  const openNew = () => openRecords({ folder: join(folder, randomUUID()) })
  await (await openNew()).close()
  const before = new Date()
  const copied = await openNew()
  const { applied, pending, unknown } = await migrationState(copied.db, migrations)
  expect([applied.length, pending, unknown]).toEqual([migrations.length, [], []])
  expect(applied.filter(({ at }) => !(at >= before))).toEqual([])
  const migrated = await inMemory()
  await migrate(migrated.db, migrations)
  expect(await shapeOf(copied)).toEqual(await shapeOf(migrated))
  expect(await rowsOf(copied)).toEqual(await rowsOf(migrated))
  await copied.close()
  await migrated.close()
  rmSync(folder, { recursive: true })
})
