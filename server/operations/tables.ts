import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { BackedUpTable } from './manifest.ts'

/** A table with the columns one writes: those the database computes itself are left out. */
export interface TableShape {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: string; readonly identity: boolean }[]
}

/** Every table of this database, by name. */
export async function tablesOf<Tables>(db: Kysely<Tables>): Promise<readonly TableShape[]> {
  const { rows } = await sql<{ table_name: string; name: string; type: string; identity: boolean }>`
    select relname as table_name, attname as name, format_type(atttypid, atttypmod) as type, attidentity <> '' as identity
    from pg_class join pg_attribute on attrelid = pg_class.oid
    where relnamespace = current_schema()::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped
      and attgenerated = ''
    order by relname, attnum`.execute(db)
  const byName = Map.groupBy(rows, (row) => row.table_name)
  return [...byName].map(([name, columns]) => ({ name, columns }))
}

const rowsAtOnce = 500

/** The rows of a table as lines of JSON, each an array of the columns' values as text; in the caller's transaction. */
export async function* rowsOf<Tables>(
  tx: Transaction<Tables>,
  { name, columns }: TableShape,
  count: (rows: number) => void,
): AsyncGenerator<Uint8Array> {
  const values = columns.map((column) => `${quoted(column.name)}::text`).join(', ')
  // Text for every value: each type reads back exactly what it writes, which JSON's numbers and nulls do not promise.
  await sql
    .raw(
      `declare rows_of_table no scroll cursor for select array_to_json(array[${values}]::text[])::text as line from ${quoted(name)}`,
    )
    .execute(tx)
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(rowsAtOnce)} from rows_of_table`.execute(tx)
    if (rows.length === 0) break
    count(rows.length)
    yield Buffer.from(rows.map(({ line }) => `${line}\n`).join(''))
  }
  await sql`close rows_of_table`.execute(tx)
}

/** Makes text the same wherever it is written and read: the server's own settings do not show in it. */
export async function settleTextForms<Tables>(tx: Transaction<Tables>): Promise<void> {
  const settings = { timezone: 'UTC', datestyle: 'ISO, YMD', intervalstyle: 'iso_8601', bytea_output: 'hex' }
  for (const [name, value] of Object.entries(settings)) {
    await sql.raw(`set local ${name} to '${value}'`).execute(tx)
  }
}

/**
 * Replaces the rows of every table, in the caller's transaction. Triggers and foreign keys are out of the way meanwhile:
 * the rows were checked when they were first written, and in an order a copy does not keep. The keys are then made anew,
 * which checks every row against them.
 */
export async function loadTables<Tables>(
  tx: Transaction<Tables>,
  tables: readonly BackedUpTable[],
  linesOf: (table: BackedUpTable) => AsyncIterable<string>,
): Promise<void> {
  await settleTextForms(tx)
  const shapes = await tablesOf(tx)
  const names = shapes.map(({ name }) => quoted(name))
  const foreignKeys = await foreignKeysOf(tx)
  for (const name of names) await sql.raw(`alter table ${name} disable trigger user`).execute(tx)
  for (const key of foreignKeys) await sql.raw(`alter table ${key.table} drop constraint ${key.name}`).execute(tx)
  // A migration may have written rows of its own; those of the backup come in their place.
  await sql.raw(`truncate ${names.join(', ')}`).execute(tx)
  for (const table of tables) {
    const shape = shapes.find(({ name }) => name === table.name)
    if (shape === undefined || !sameColumns(shape, table)) {
      throw new Error(`the backup's table ${table.name} does not have the columns its migrations make`)
    }
    const rows = await loadTable(tx, shape, linesOf(table))
    if (rows !== table.rows) throw new Error(`the backup's table ${table.name} has ${rows} rows, not ${table.rows}`)
  }
  for (const key of foreignKeys) {
    await sql.raw(`alter table ${key.table} add constraint ${key.name} ${key.definition}`).execute(tx)
  }
  for (const name of names) await sql.raw(`alter table ${name} enable trigger user`).execute(tx)
}

function sameColumns({ columns }: TableShape, table: BackedUpTable): boolean {
  const names = columns.map(({ name }) => name)
  return names.length === table.columns.length && names.every((name) => table.columns.includes(name))
}

async function loadTable<Tables>(
  tx: Transaction<Tables>,
  shape: TableShape,
  lines: AsyncIterable<string>,
): Promise<number> {
  let total = 0
  let batch: string[] = []
  const write = async () => {
    total += batch.length
    await insert(tx, shape, batch)
    batch = []
  }
  for await (const line of lines) {
    batch.push(line)
    if (batch.length === rowsAtOnce) await write()
  }
  if (batch.length > 0) await write()
  for (const { name } of shape.columns.filter(({ identity }) => identity)) {
    // The next number follows the highest there is.
    await sql
      .raw(
        `select setval(pg_get_serial_sequence('${quoted(shape.name)}', '${name}'), max(${quoted(name)})) from ${quoted(shape.name)} having max(${quoted(name)}) is not null`,
      )
      .execute(tx)
  }
  return total
}

async function insert<Tables>(
  tx: Transaction<Tables>,
  { name, columns }: TableShape,
  lines: readonly string[],
): Promise<void> {
  const names = columns.map((column) => quoted(column.name)).join(', ')
  const values = columns.map(({ type }, at) => `(line ->> ${at})::${type}`).join(', ')
  await sql`insert into ${sql.raw(`${quoted(name)} (${names})`)} overriding system value
    select ${sql.raw(values)} from json_array_elements(${`[${lines.join(',')}]`}::text::json) as line`.execute(tx)
}

interface ForeignKey {
  readonly table: string
  readonly name: string
  readonly definition: string
}

async function foreignKeysOf<Tables>(tx: Transaction<Tables>): Promise<readonly ForeignKey[]> {
  const { rows } = await sql<ForeignKey>`
    select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`.execute(tx)
  return rows
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
