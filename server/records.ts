import { caseworkMigrations } from '@tongguan/casework'
import type { CaseworkTables } from '@tongguan/casework'
import { gateMigrations } from '@tongguan/gate'
import type { GateTables } from '@tongguan/gate'
import { logMigrations } from '@tongguan/log'
import { migrate, openDatabase } from './database.ts'
import type { Database } from './database.ts'

export type Records = Database<CaseworkTables & GateTables>

/** Opens the database with the tables of every trade: an embedded one in `folder`, or a PostgreSQL by its URL. */
export async function openRecords(where: { readonly folder: string } | { readonly url: string }): Promise<Records> {
  const records = await openDatabase<CaseworkTables & GateTables>(where)
  try {
    await migrate(records.db, [...caseworkMigrations, ...logMigrations, ...gateMigrations])
    return records
  } catch (error) {
    await records.close()
    throw error
  }
}
