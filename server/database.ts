import { createHash } from 'node:crypto'
import { accessSync, constants, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely'
import { Pool, types as postgresTypes } from 'pg'
import { isTlsFailure, withTls } from './database-address.ts'
import { makeDurable, sync, syncTree } from './database-durability.ts'
import { tryLock } from './database-lock.ts'
import { digestOf, leaveUndated, migrate } from './database-migrate.ts'
import type { Migration } from './database-migrate.ts'
import { InputError } from './errors.ts'

export { migrate } from './database-migrate.ts'
export type { Migration } from './database-migrate.ts'

/**
 * An open database. Both kinds give a `date` as text (`2026-11-23`) and an `int8` as a number, or as a bigint beyond
 * 2^53; `timestamptz` is a Date. The tables are there once `migrate` has run.
 */
export interface Database<Tables = unknown> {
  readonly db: Kysely<Tables>
  readonly kind: 'embedded' | 'postgresql'
  /** Of a PostgreSQL: connections open and idle, and who waits for one. */
  readonly connections?: () => { readonly total: number; readonly idle: number; readonly waiting: number }
  close(): Promise<void>
}

/**
 * Opens the embedded database in `folder` (made when missing) or the PostgreSQL at `url`. The caller migrates it; an
 * embedded one that is new may have `migrations` already, from a template, and then `migrate` only dates them.
 *
 * @throws InputError `database.in-use` when another process, or this one, has the folder open; `database.not-durable`
 * when the PostgreSQL may lose what it has confirmed (fsync, full_page_writes or synchronous_commit off) or is a replica;
 * `database.no-tls` when it lies off this machine and no trusted encrypted connection comes about.
 */
export function openDatabase<Tables = unknown>(
  where: { readonly folder: string } | { readonly url: string },
  migrations: readonly Migration[] = [],
): Promise<Database<Tables>> {
  return 'folder' in where ? openEmbedded(resolve(where.folder), migrations) : openPostgresql(where.url)
}

// --- embedded ---------------------------------------------------------------------------------------------------

async function openEmbedded<Tables>(folder: string, migrations: readonly Migration[]): Promise<Database<Tables>> {
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 })
  const unlock = tryLock(`${folder}.lock`)
  if (unlock === undefined) throw inUse(folder)
  try {
    if (!existsSync(folder)) await create(folder, migrations)
    const endDurability = makeDurable(folder)
    const pglite = await startPGlite(folder)
    const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
    return {
      db,
      kind: 'embedded',
      async close() {
        await db.destroy()
        // Kysely closes only what it has used.
        if (!pglite.closed) await pglite.close()
        endDurability()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

function inUse(folder: string): InputError {
  return new InputError('database.in-use', {
    zh: `数据库 ${folder} 正被另一个通关进程使用。请等它结束，或换一个文件夹；数据未作任何改动。`,
    en: `The database ${folder} is in use by another Tongguan process. Wait until it ends, or name another folder; nothing was changed.`,
  })
}

async function startPGlite(folder: string): Promise<PGlite> {
  const { PGlite, types } = await import('@electric-sql/pglite')
  return PGlite.create({
    dataDir: folder,
    // "-F" switches fsync off. The database must at least ask for it; that it is done is the business of makeDurable.
    startParams: PGlite.defaultStartParams.filter((param) => param !== '-F'),
    parsers: { [types.DATE]: (text) => text },
  })
}

/** Half of it is never seen under the folder's own name: made beside it, synced, renamed. The caller holds the lock. */
async function create(folder: string, migrations: readonly Migration[]): Promise<void> {
  const half = `${folder}.new`
  rmSync(half, { recursive: true, force: true })
  const template = await ensureTemplate(migrations)
  if (template === undefined) await initialise(half, [])
  else cpSync(template, half, { recursive: true })
  syncTree(half)
  renameSync(half, folder)
  sync(dirname(folder))
}

// initdb takes PGlite 3 to 8 seconds and 1 GB of memory, all tables 1 to 5 seconds, a copy 0.2 seconds; so each is done
// once a machine and version. A template with tables is told by their migrations: changed ones never meet an old template.
async function ensureTemplate(migrations: readonly Migration[]): Promise<string | undefined> {
  const cache = join(dirname(dirname(fileURLToPath(import.meta.url))), '.tongguan', 'cache')
  const template = join(cache, [`pglite-${pgliteVersion()}`, ...nameOf(migrations)].join('-'))
  // It appears by a rename, whole; a read-only installation may have brought it along.
  if (existsSync(template)) return template
  if (!makeWritable(cache)) return undefined
  const empty = migrations.length === 0 ? undefined : await ensureTemplate([])
  const unlock = await waitForLock(`${template}.lock`)
  try {
    if (existsSync(template)) return template
    const half = `${template}.new`
    rmSync(half, { recursive: true, force: true })
    if (empty !== undefined) cpSync(empty, half, { recursive: true })
    await initialise(half, migrations)
    syncTree(half)
    renameSync(half, template)
    sync(cache)
    return template
  } finally {
    unlock()
  }
}

function nameOf(migrations: readonly Migration[]): readonly string[] {
  if (migrations.length === 0) return []
  const all = migrations.map((migration) => `${migration.id} ${digestOf(migration)}`).join('\n')
  return [createHash('sha256').update(all).digest('hex').slice(0, 16)]
}

/** An empty database, or the one that is there, with these migrations. */
async function initialise(folder: string, migrations: readonly Migration[]): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const pglite = await startPGlite(folder)
  if (migrations.length > 0) {
    const db = new Kysely<unknown>({ dialect: new PGliteDialect({ pglite }) })
    await migrate(db, migrations)
    await leaveUndated(db)
    await db.destroy()
  }
  if (!pglite.closed) await pglite.close()
}

/** False where the installation is read-only; then each new database pays for its own initdb. */
function makeWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch (error) {
    // ENOENT: what mkdir answers below a folder of a read-only disk that is not there.
    const readOnly = ['EACCES', 'EROFS', 'EPERM', 'ENOENT']
    if (error instanceof Error && 'code' in error && readOnly.includes(String(error.code))) return false
    throw error
  }
}

async function waitForLock(file: string): Promise<() => void> {
  for (;;) {
    const unlock = tryLock(file)
    if (unlock !== undefined) return unlock
    await setTimeout(25)
  }
}

function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8')) as {
    readonly version: string
  }
  return version
}

// --- PostgreSQL -------------------------------------------------------------------------------------------------

/** Whoever gets no connection within this time is told that the database does not answer. */
const waitForConnectionMs = 10_000

async function openPostgresql<Tables>(url: string): Promise<Database<Tables>> {
  const pool = new Pool({
    connectionString: withTls(url),
    types: { getTypeParser },
    connectionTimeoutMillis: waitForConnectionMs,
  })
  // A connection that breaks while idle is replaced by the pool; the next query tells when the server is gone.
  pool.on('error', () => {})
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    await refuseForgetful(db)
  } catch (error) {
    await db.destroy()
    throw isTlsFailure(error) ? noTls(error) : error
  }
  return {
    db,
    kind: 'postgresql',
    connections: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => db.destroy(),
  }
}

function noTls(error: Error): InputError {
  return new InputError('database.no-tls', {
    zh: `与 PostgreSQL 之间没有可信的加密连接（${error.message}）。请为它配置受信任的证书（私有 CA 用 NODE_EXTRA_CA_CERTS）；确属同一主机的内部网络时，在地址后写 ?sslmode=disable。`,
    en: `No trusted encrypted connection to the PostgreSQL (${error.message}). Give it a trusted certificate (a private CA: NODE_EXTRA_CA_CERTS); in a network of the host's own, write ?sslmode=disable behind the address.`,
  })
}

async function refuseForgetful<Tables>(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'
    union all select 'pg_is_in_recovery', 'true' where pg_is_in_recovery()`.execute(db)
  if (rows.length === 0) return
  const settings = rows.map(({ name, setting }) => `${name} = ${setting}`).join(', ')
  throw new InputError('database.not-durable', {
    zh: `该 PostgreSQL 可能丢失已确认的数据（${settings}）。请改正设置，或换用主服务器的地址。`,
    en: `This PostgreSQL may lose what it has confirmed (${settings}). Correct the settings, or name the primary server.`,
  })
}

const int8 = 20
const date = 1082

function getTypeParser(type: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (type === int8) return safeInteger
  if (type === date) return (text) => text
  return postgresTypes.getTypeParser(type, format)
}

function safeInteger(text: string): number | bigint {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}
