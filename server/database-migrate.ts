import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { InputError } from './errors.ts'

/** One step of a trade's tables. The id never changes and is unique over all trades, e.g. `casework-1`. */
export interface Migration {
  readonly id: string
  /** One or more SQL statements, the same for PGlite and PostgreSQL. */
  readonly sql: string
}

/**
 * Applies, in order, the migrations this database has not seen, each in a transaction of its own.
 * Throws when an applied one has been changed since, or when a statement fails; the earlier ones stay applied.
 */
export async function migrate<Tables>(db: Kysely<Tables>, migrations: readonly Migration[]): Promise<void> {
  await sql`create table if not exists applied_migration (
    id text primary key,
    sha256 text not null,
    applied_at timestamptz not null default now()
  )`.execute(db)
  // A copy of a template has its tables since now.
  await sql`update applied_migration set applied_at = default where applied_at = '-infinity'`.execute(db)
  const { rows } = await sql<{ id: string; sha256: string }>`select id, sha256 from applied_migration`.execute(db)
  const applied = new Map(rows.map(({ id, sha256 }) => [id, sha256]))
  for (const migration of migrations) {
    if (applied.get(migration.id) !== digestOf(migration)) await apply(db, migration)
  }
}

/** Takes from each migration the moment it was applied: `migrate` sets it to that of the copy. */
export async function leaveUndated<Tables>(db: Kysely<Tables>): Promise<void> {
  await sql`update applied_migration set applied_at = '-infinity'`.execute(db)
}

/** SHA-256 of its statements, in hexadecimal. */
export function digestOf({ sql: text }: Migration): string {
  return createHash('sha256').update(text).digest('hex')
}

/** What of a list of migrations a database has seen. */
export interface MigrationState {
  readonly applied: readonly { readonly id: string; readonly at: Date }[]
  /** Of the list and not applied yet, in its order. */
  readonly pending: readonly string[]
  /** Applied, and not in the list: newer software was here. */
  readonly unknown: readonly string[]
}

/** Only looks: a database without any table is one that has seen none. */
export async function migrationState<Tables>(
  db: Kysely<Tables>,
  migrations: readonly Migration[],
): Promise<MigrationState> {
  const { rows: tables } = await sql<{ there: boolean }>`
    select to_regclass('applied_migration') is not null as there`.execute(db)
  const { rows: applied } = tables[0]?.there
    ? await sql<{ id: string; at: Date }>`select id, applied_at as at from applied_migration order by at, id`.execute(
        db,
      )
    : { rows: [] }
  const seen = new Set(applied.map(({ id }) => id))
  const known = new Set(migrations.map(({ id }) => id))
  return {
    applied,
    pending: migrations.map(({ id }) => id).filter((id) => !seen.has(id)),
    unknown: applied.map(({ id }) => id).filter((id) => !known.has(id)),
  }
}

/** @throws InputError `database.newer` where newer software has changed the tables: this one might misread them. */
export async function refuseNewer<Tables>(db: Kysely<Tables>, migrations: readonly Migration[]): Promise<void> {
  const { unknown } = await migrationState(db, migrations)
  if (unknown.length === 0) return
  throw new InputError('database.newer', {
    zh: `数据库比本软件新：${unknown.join('、')} 不认识。请安装较新的版本；数据库未作任何改动。`,
    en: `The database is newer than this software: ${unknown.join(', ')} is not known here. Install the newer version; the database was not changed.`,
  })
}

async function apply<Tables>(db: Kysely<Tables>, migration: Migration): Promise<void> {
  const { id, sql: text } = migration
  const sha256 = digestOf(migration)
  await db.transaction().execute(async (tx) => {
    // Two servers may start on one PostgreSQL at the same moment.
    await sql`lock table applied_migration in share row exclusive mode`.execute(tx)
    const { rows } = await sql<{ sha256: string }>`select sha256 from applied_migration where id = ${id}`.execute(tx)
    const [applied] = rows
    if (applied?.sha256 === sha256) return
    if (applied !== undefined) {
      throw new Error(
        `Migration ${id} was applied to this database with other contents. Restore it as it was and add a new migration.`,
      )
    }
    await sql.raw(asOneStatement(id, text)).execute(tx)
    await sql`insert into applied_migration (id, sha256) values (${id}, ${sha256})`.execute(tx)
  })
}

// PGlite takes one statement a query inside a transaction; PL/pgSQL's EXECUTE runs several, one after the other.
function asOneStatement(id: string, text: string): string {
  if (text.includes('$migration')) throw new Error(`Migration ${id} must not contain "$migration".`)
  return `do $migration_block$ begin execute $migration_text$${text}$migration_text$; end $migration_block$`
}
