import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { memoryFolder } from './memory-folder.ts'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import { migrate, openDatabase } from '../server/database.ts'
import type { Database, Migration } from '../server/database.ts'
import { postgresql } from './postgresql.ts'

/** Opens a new, empty database with these migrations applied; it is given back after the test. */
export type OpenDatabase = <Tables = unknown>(migrations?: readonly Migration[]) => Promise<Database<Tables>>

/**
 * Runs the same tests on both databases: PGlite opened in a folder as in production, and a real PostgreSQL
 * started for this file. Where PostgreSQL cannot start the tests fail with its reason; they are never skipped.
 */
export function forEachDatabase(name: string, tests: (open: OpenDatabase) => void): void {
  describe(`${name}, on PGlite`, () => {
    const parent = mkdtempSync(join(memoryFolder(), 'tongguan-pglite-'))
    const idle: UsedBefore[] = []
    tests(
      opener(async (migrations) => {
        const at = idle.findIndex((one) => one.migrations === idsOf(migrations))
        const [used] = at < 0 ? idle.splice(0, 1) : idle.splice(at, 1)
        const database = used?.database ?? (await openDatabase({ folder: join(parent, randomUUID()) }))
        const asMigrated =
          used !== undefined && at >= 0 && (await cleared(used)) ? used : await migrated(database, migrations)
        return { database, release: async () => void idle.push(asMigrated) }
      }),
    )
    afterAll(async () => {
      for (const { database } of idle) await database.close()
      rmSync(parent, { recursive: true, force: true })
    })
  })
  describe(`${name}, on PostgreSQL`, () => {
    const server = postgresql()
    beforeAll(() => server.start())
    /** The address of a database that has these migrations, to be copied: making it anew takes five times as long. */
    const templates = new Map<string, Promise<string>>()
    const templateWith = async (migrations: readonly Migration[]) => {
      const url = await server.createDatabase()
      const database = await openDatabase({ url })
      await migrate(database.db, migrations)
      await database.close()
      return url
    }
    tests(
      opener(async (migrations) => {
        const ids = idsOf(migrations)
        const template = templates.get(ids) ?? templateWith(migrations)
        templates.set(ids, template)
        const database = await openDatabase({ url: await server.createDatabase(await template) })
        return { database, release: () => database.close() }
      }),
    )
    afterAll(() => server.stop())
  })
}

function opener(
  take: (
    migrations: readonly Migration[],
  ) => Promise<{ readonly database: Database; readonly release: () => Promise<void> }>,
): OpenDatabase {
  const taken: { readonly release: () => Promise<void> }[] = []
  afterEach(async () => {
    for (const { release } of taken.splice(0)) await release()
  })
  return async <Tables>(migrations: readonly Migration[] = []) => {
    const { database, release } = await take(migrations)
    taken.push({ release })
    // Nobody has looked at its tables yet, so the caller may say which they are.
    return database as unknown as Database<Tables>
  }
}

/*
 * Opening PGlite takes half a second and its tables another; taking their rows out takes milliseconds. So a database is
 * used again: for the same migrations as it stands without its rows, for others from an empty schema.
 */

interface UsedBefore {
  readonly database: Database
  readonly migrations: string
  /** Of its tables, triggers and functions; another one when a test has changed them. */
  readonly shape: string
}

function idsOf(migrations: readonly Migration[]): string {
  return migrations.map(({ id }) => id).join(' ')
}

/** From an empty schema; rows that the migrations write themselves are kept aside. */
async function migrated(database: Database, migrations: readonly Migration[]): Promise<UsedBefore> {
  const { db } = database
  for (const statement of [
    'drop schema public cascade',
    'drop schema if exists kept cascade',
    'create schema public',
    'discard all',
  ]) {
    await sql.raw(statement).execute(db)
  }
  await migrate(db, migrations)
  await sql.raw('create schema kept').execute(db)
  for (const name of await tablesWithRows(db)) {
    await sql.raw(`create table kept."${name}" as table public."${name}"`).execute(db)
  }
  return { database, migrations: idsOf(migrations), shape: await shapeOf(db) }
}

/** Whether the database is again as its migrations left it; false where a test has changed its tables. */
async function cleared({ database: { db }, shape }: UsedBefore): Promise<boolean> {
  await sql.raw('discard all').execute(db)
  if ((await shapeOf(db)) !== shape) return false
  const { rows } = await sql<{ name: string; columns: string }>`
    select relname as name, string_agg(quote_ident(attname), ', ') as columns
    from pg_class join pg_attribute on attrelid = pg_class.oid
    where relnamespace = 'kept'::regnamespace and attnum > 0 and not exists (
      select 1 from pg_attribute as own where own.attrelid = ('public.' || quote_ident(relname))::regclass
        and own.attname = pg_attribute.attname and own.attgenerated <> '')
    group by relname`.execute(db)
  const emptied = await tablesWithRows(db)
  const statements = [
    // No trigger and no foreign key is asked: what only grows is emptied, too.
    'set session_replication_role = replica',
    ...emptied.map((name) => `delete from public."${name}"`),
    ...rows.map(
      ({ name, columns }) =>
        `insert into public."${name}" (${columns}) overriding system value select ${columns} from kept."${name}"`,
    ),
    `select setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) from pg_sequences where last_value is not null`,
    'discard all',
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
  return true
}

async function tablesWithRows(db: Database['db']): Promise<readonly string[]> {
  const tables = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`.execute(db)
  const questions = tables.rows.map(
    ({ name }) => `select '${name}' as name where exists (select 1 from public."${name}")`,
  )
  const { rows } = await sql.raw<{ name: string }>(questions.join(' union all ')).execute(db)
  return rows.map(({ name }) => name)
}

async function shapeOf(db: Database['db']): Promise<string> {
  const { rows } = await sql<{ shape: string }>`
    select md5(string_agg(line, ' ' order by line)) as shape from (
      select concat(oid, relname) as line from pg_class where relnamespace = 'public'::regnamespace
      union all select concat(oid, tgenabled) from pg_trigger where not tgisinternal
      union all select concat(oid) from pg_constraint where connamespace = 'public'::regnamespace
      union all select concat(oid, xmin) from pg_proc where pronamespace = 'public'::regnamespace
      union all select concat(attrelid, attname, attnotnull, atthasdef) from pg_attribute
        join pg_class on pg_class.oid = attrelid where relnamespace = 'public'::regnamespace
    ) as lines`.execute(db)
  return rows[0]?.shape ?? ''
}
