import { finished } from 'node:stream/promises'
import { Client, DatabaseError, escapeIdentifier } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Limits } from '../bytes.ts'
import { FileError } from '../words.ts'
import type { FileErrorCode } from '../words.ts'
import { chooseTables } from './catalogue.ts'
import type { CatalogueTable } from './catalogue.ts'
import type { Collector } from './index.ts'
import { firstOf, networkErrorOf } from './network.ts'
import type { DatabaseSource } from './source-url.ts'

/** Reads tables in one read-only snapshot. One that cannot be read is noted; the others are read. Aborting cancels the query. */
export async function collectPostgresql(
  source: DatabaseSource,
  { collection, limits, signal }: Collector,
): Promise<void> {
  const client = new Client(configOf(source, limits))
  // A connection that is lost shows in the query that waits for it as well.
  client.on('error', () => undefined)
  const cancel = () => void cancelQuery(source, client, limits).then(() => client.end())
  signal?.addEventListener('abort', cancel)
  let left: CatalogueTable[] = []
  const pathOf = ({ schema, name }: CatalogueTable) => `${source.shown}/${schema}.${name}`
  try {
    await client.connect()
    await begin(client, limits.statementSeconds)
    const { rows } = await client.query<CatalogueTable>(catalogue)
    const { chosen, missing } = chooseTables(rows, { ...source, usualSchema: 'public' })
    for (const name of missing) collection.unread(`${source.shown}/${name}`, 'scan.table-missing')
    if (chosen.length + missing.length === 0) collection.unread(source.shown, 'scan.source-empty')
    for (const { bytes } of chosen) collection.expect(bytes)
    left = [...chosen]
    for (const table of chosen) {
      await client.query('savepoint before_table')
      await collection.table(
        pathOf(table),
        table.columns,
        linesOf(client, table, { signal, stop: () => cancelQuery(source, client, limits) }),
      )
      left.shift()
      // What was refused ends the transaction up to here, and with it nothing.
      await client.query('rollback to savepoint before_table')
    }
    await client.query('rollback')
  } catch (error) {
    signal?.throwIfAborted()
    const code = postgresqlErrorOf(error)
    if (code === undefined) throw error
    if (left.length === 0) collection.unread(source.shown, code)
    for (const table of left) collection.unread(pathOf(table), code)
  } finally {
    signal?.removeEventListener('abort', cancel)
    await client.end()
  }
}

const configOf = ({ host, port, database, user, password, tls }: DatabaseSource, { connectSeconds }: Limits) => ({
  host,
  port,
  database,
  user,
  password,
  ssl: tls !== 'off' && { rejectUnauthorized: tls === 'verified' },
  connectionTimeoutMillis: connectSeconds * 1000,
  keepAlive: true,
  application_name: 'tongguan scan',
})

async function begin(client: Client, statementSeconds: number): Promise<void> {
  await client.query('begin transaction isolation level repeatable read, read only')
  const settings: Record<string, string> = {
    // Nothing of the database's own stands in for what our statements call.
    search_path: 'pg_catalog',
    // A row hidden by a policy would be missing without a word: now the server says so.
    row_security: 'off',
    statement_timeout: `${statementSeconds}s`,
    lock_timeout: '30s',
    client_encoding: 'UTF8',
    TimeZone: 'Asia/Shanghai',
    DateStyle: 'ISO, YMD',
    IntervalStyle: 'iso_8601',
    bytea_output: 'hex',
    // The same rows come in the same order.
    synchronize_seqscans: 'off',
    max_parallel_workers_per_gather: '0',
  }
  for (const [name, value] of Object.entries(settings))
    await client.query('select pg_catalog.set_config($1, $2, true)', [name, value])
  // From PostgreSQL 14 on: the server notices that we are gone though it has nothing to send yet.
  await client.query(
    `select pg_catalog.set_config(name, '5s', true) from pg_catalog.pg_settings where name = 'client_connection_check_interval'`,
  )
}

const catalogue = `
  select n.nspname::text as schema, c.relname::text as name,
    c.relispartition or c.relkind = 'v' as derived,
    case when c.relkind in ('r', 'm') then pg_table_size(c.oid) else 0 end::float8 as bytes,
    (select coalesce(json_agg(a.attname order by a.attnum), '[]') from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f')
    and n.nspname <> 'information_schema' and not starts_with(n.nspname::text, 'pg_')
  order by n.nspname collate "C", c.relname collate "C"`

/** COPY's own text: what the engine and our reader call \`escaped\`. Throws FileError. */
async function* linesOf(
  client: Client,
  { schema, name, columns }: CatalogueTable,
  { signal, stop }: { readonly signal: AbortSignal | undefined; readonly stop: () => Promise<void> },
): AsyncGenerator<Buffer> {
  if (columns.length === 0) throw new FileError('scan.file-empty')
  const list = columns.map(escapeIdentifier).join(', ')
  const from = `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`
  // Of a query, not of the table: views and partitioned tables can be read only so.
  const stream = client.query(copyTo(`copy (select ${list} from ${from}) to stdout`))
  let askedForMore = true
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      askedForMore = false
      yield chunk as Buffer
      askedForMore = true
    }
  } catch (error) {
    signal?.throwIfAborted()
    const code = postgresqlErrorOf(error)
    throw code === undefined ? error : new FileError(code)
  } finally {
    // No more is wanted than was read: the query is stopped and what it still sends thrown away. A stream that is only
    // destroyed leaves the connection waiting for the end of it.
    if (!askedForMore) {
      const over = finished(stream).catch(() => undefined) // that it was cancelled is what was asked for
      stream.resume()
      await stop()
      await over
    }
  }
}

async function cancelQuery(source: DatabaseSource, client: Client, limits: Limits): Promise<void> {
  const other = new Client(configOf(source, limits))
  try {
    await other.connect()
    await other.query('select pg_cancel_backend($1)', [(client as unknown as { processID: number | null }).processID])
  } catch {
    // The server cannot be asked to stop: it notices by the connection that is closed below.
  } finally {
    await other.end()
  }
}

/** Which error it is, by SQLSTATE; its message may quote data and is not shown. Undefined for what is no fault of the source. */
export function postgresqlErrorOf(error: unknown): FileErrorCode | undefined {
  const first = firstOf(error)
  const network = networkErrorOf(first)
  if (network !== undefined) return network
  if (first instanceof DatabaseError) return bySqlState(first.code ?? '')
  // The driver's own, which have no code.
  const message = first instanceof Error ? first.message : ''
  if (/does not support SSL/.test(message)) return 'scan.source-tls'
  if (/timeout expired|timeout/i.test(message)) return 'scan.source-unreachable'
  if (/^SASL|password must be a string/.test(message)) return 'scan.source-login'
  return /^Connection terminated|^Client has encountered|not queryable|Connection was closed/.test(message)
    ? 'scan.source-broke-off'
    : undefined
}

function bySqlState(state: string): FileErrorCode {
  if (state.startsWith('28')) return 'scan.source-login'
  if (state === '3D000') return 'scan.source-missing'
  if (state === '42P01' || state === '3F000') return 'scan.table-missing'
  if (state === '42501') return 'scan.source-not-allowed'
  if (state === '57014' || state === '55P03') return 'scan.source-timeout'
  return state.startsWith('08') || state.startsWith('57P') ? 'scan.source-broke-off' : 'scan.source-failed'
}
