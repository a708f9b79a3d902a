import { createConnection, escapeId } from 'mysql2'
import type { Connection, ConnectionOptions, RowDataPacket } from 'mysql2'
import { escapedCell } from '../rows.ts'
import type { Limits } from '../bytes.ts'
import { FileError } from '../words.ts'
import type { FileErrorCode } from '../words.ts'
import { chooseTables } from './catalogue.ts'
import type { CatalogueTable } from './catalogue.ts'
import type { Collector } from './index.ts'
import { firstOf, networkErrorOf } from './network.ts'
import type { DatabaseSource } from './source-url.ts'

/** Reads tables in one read-only snapshot. One that cannot be read is noted; the others are read. Aborting kills the query. */
export async function collectMysql(source: DatabaseSource, { collection, limits, signal }: Collector): Promise<void> {
  const connection = createConnection(configOf(source, limits))
  // A connection that fails shows in the query that waits for it as well.
  connection.on('error', () => undefined)
  const cancel = () => void killQuery(source, connection, limits)
  signal?.addEventListener('abort', cancel)
  let left: MysqlTable[] = []
  const pathOf = ({ schema, name }: CatalogueTable) => `${source.shown}/${schema}.${name}`
  try {
    await begin(connection, limits.statementSeconds)
    const { chosen, missing } = chooseTables(await catalogueOf(connection), {
      ...source,
      usualSchema: source.database,
    }) as { chosen: readonly MysqlTable[]; missing: readonly string[] }
    for (const name of missing) collection.unread(`${source.shown}/${name}`, 'scan.table-missing')
    if (chosen.length + missing.length === 0) collection.unread(source.shown, 'scan.source-empty')
    for (const { bytes } of chosen) collection.expect(bytes)
    left = [...chosen]
    for (const table of chosen) {
      await collection.table(pathOf(table), table.columns, linesOf(connection, table, signal))
      left.shift()
    }
  } catch (error) {
    signal?.throwIfAborted()
    const code = mysqlErrorOf(error)
    if (code === undefined) throw error
    if (left.length === 0) collection.unread(source.shown, code)
    for (const table of left) collection.unread(pathOf(table), code)
  } finally {
    signal?.removeEventListener('abort', cancel)
    // Read-only: there is nothing to say goodbye for.
    connection.destroy()
  }
}

const configOf = (
  { host, port, database, user, password, tls }: DatabaseSource,
  { connectSeconds }: Limits,
): ConnectionOptions => ({
  host,
  port,
  database,
  ...(user === undefined ? {} : { user }),
  ...(password === undefined ? {} : { password }),
  ...(tls === 'off' ? {} : { ssl: { rejectUnauthorized: tls === 'verified' } }),
  connectTimeout: connectSeconds * 1000,
  charset: 'utf8mb4',
  // A server may ask its client for a file of the client's: never.
  flags: ['-LOCAL_FILES'],
})

async function begin(connection: Connection, statementSeconds: number): Promise<void> {
  const [rows] = await connection.promise().query<RowDataPacket[]>('select version() as version')
  const isMariadb = /mariadb/i.test(String(rows[0]?.['version']))
  await connection
    .promise()
    .query(
      isMariadb
        ? `set session max_statement_time = ${statementSeconds}`
        : `set session max_execution_time = ${statementSeconds * 1000}`,
    )
  await connection
    .promise()
    .query(`set session time_zone = '+08:00', session lock_wait_timeout = 30, session net_write_timeout = 600`)
  await connection.promise().query('set session transaction isolation level repeatable read')
  await connection.promise().query('start transaction with consistent snapshot, read only')
}

interface MysqlTable extends CatalogueTable {
  readonly types: readonly string[]
}

async function catalogueOf(connection: Connection): Promise<MysqlTable[]> {
  const [rows] = await connection.promise().query<RowDataPacket[]>({ sql: catalogue, rowsAsArray: true })
  const tables = new Map<string, MysqlTable & { columns: string[]; types: string[] }>()
  for (const [schema, name, kind, bytes, column, type] of rows as unknown as (string | null)[][]) {
    if (schema == null || name == null || column == null || type == null) continue
    let table = tables.get(name)
    if (table === undefined) {
      table = { schema, name, derived: kind !== 'BASE TABLE', bytes: Number(bytes ?? 0), columns: [], types: [] }
      tables.set(name, table)
    }
    table.columns.push(column)
    table.types.push(type)
  }
  return [...tables.values()]
}

const catalogue = `
  select t.table_schema, t.table_name, t.table_type, t.data_length, c.column_name, c.data_type
  from information_schema.tables t
  join information_schema.columns c on c.table_schema = t.table_schema and c.table_name = t.table_name
  where t.table_schema = database()
  order by binary t.table_name, c.ordinal_position`

/** Throws FileError. */
async function* linesOf(
  connection: Connection,
  { schema, name, columns, types }: MysqlTable,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const from = `${escapeId(schema, true)}.${escapeId(name, true)}`
  try {
    // The catalogue leaves out columns we may not see; this asks for all, and is refused.
    await connection.promise().query(`select * from ${from} limit 0`)
    const list = columns.map((column, at) => expressionOf(column, types[at] ?? '')).join(', ')
    const rows = connection
      .query({ sql: `select ${list} from ${from}`, rowsAsArray: true, typeCast: (field) => field.string() })
      .stream({ highWaterMark: 256 }) as AsyncIterable<readonly (string | null)[]>
    yield* escapedLines(rows)
  } catch (error) {
    signal?.throwIfAborted()
    const code = mysqlErrorOf(error)
    throw code === undefined ? error : new FileError(code)
  }
}

/** A column as text: what is no text is written as hexadecimal digits by the server. */
export function expressionOf(column: string, type: string): string {
  const id = escapeId(column, true)
  if (type === 'json') return `convert(${id} using utf8mb4)`
  if (type === 'bit') return `cast(${id} as unsigned)`
  if (/^(tiny|medium|long)?blob$|^(var)?binary$|^(geom|point|linestring|polygon|multi)/.test(type)) return `hex(${id})`
  return id
}

async function* escapedLines(rows: AsyncIterable<readonly (string | null)[]>): AsyncGenerator<Buffer> {
  let lines: string[] = []
  let size = 0
  for await (const row of rows) {
    const line = `${row.map((cell) => (cell === null ? '\\N' : escapedCell(cell))).join('\t')}\n`
    lines.push(line)
    size += line.length
    if (size > 1 << 18) {
      yield Buffer.from(lines.join(''))
      lines = []
      size = 0
    }
  }
  yield Buffer.from(lines.join(''))
}

async function killQuery(source: DatabaseSource, connection: Connection, limits: Limits): Promise<void> {
  const other = createConnection(configOf(source, limits))
  other.on('error', () => undefined)
  try {
    await other.promise().query(`kill query ${connection.threadId}`)
  } catch {
    // The server cannot be asked to stop: it notices by the connection that is closed below.
  } finally {
    other.destroy()
    connection.destroy()
  }
}

/** Which error it is, by the server's own code; its message may quote data and is not shown. Undefined for what is no fault of the source. */
export function mysqlErrorOf(error: unknown): FileErrorCode | undefined {
  const first = firstOf(error)
  const { code, errno, sqlState } = first as {
    readonly code?: unknown
    readonly errno?: unknown
    readonly sqlState?: unknown
  }
  // MariaDB's limit on a statement, which the driver has no name for.
  if (errno === 1969) return 'scan.source-timeout'
  if (typeof code !== 'string') return undefined
  const known = byCode[code]
  if (known !== undefined) return known
  if (code.startsWith('HANDSHAKE_')) return 'scan.source-tls'
  const isServers = typeof sqlState === 'string' || /^(ER_|PROTOCOL_)/.test(code)
  return networkErrorOf(first) ?? (isServers ? 'scan.source-failed' : undefined)
}

const byCode: Readonly<Record<string, FileErrorCode>> = {
  ER_ACCESS_DENIED_ERROR: 'scan.source-login',
  ER_NOT_SUPPORTED_AUTH_MODE: 'scan.source-login',
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: 'scan.source-login',
  ER_ACCOUNT_HAS_BEEN_LOCKED: 'scan.source-login',
  ER_MUST_CHANGE_PASSWORD_LOGIN: 'scan.source-login',
  ER_BAD_DB_ERROR: 'scan.source-missing',
  ER_DBACCESS_DENIED_ERROR: 'scan.source-not-allowed',
  ER_TABLEACCESS_DENIED_ERROR: 'scan.source-not-allowed',
  ER_COLUMNACCESS_DENIED_ERROR: 'scan.source-not-allowed',
  ER_NO_SUCH_TABLE: 'scan.table-missing',
  ER_QUERY_TIMEOUT: 'scan.source-timeout',
  ER_QUERY_INTERRUPTED: 'scan.source-timeout',
  ER_LOCK_WAIT_TIMEOUT: 'scan.source-timeout',
  ER_SERVER_SHUTDOWN: 'scan.source-broke-off',
  ER_CONNECTION_KILLED: 'scan.source-broke-off',
}
