import { caseworkMigrations, projectMissing } from '@tongguan/casework'
import type { CaseworkTables } from '@tongguan/casework'
import { enquiryMigrations } from '@tongguan/enquiries'
import type { EnquiryTables } from '@tongguan/enquiries'
import { gateMigrations } from '@tongguan/gate'
import type { GateTables } from '@tongguan/gate'
import { logMigrations } from '@tongguan/log'
import { figureMigrations } from './case-figures.ts'
import type { FigureTables } from './case-figures.ts'
import { caseLogMigrations } from './case-log.ts'
import { migrate, refuseNewer } from './database-migrate.ts'
import { openDatabase } from './database.ts'
import { preparationMigrations } from './preparation-migrations.ts'
import type { PreparationTables } from './preparation-migrations.ts'
import { serverMigrations } from './migrations.ts'
import type { ServerTables } from './migrations.ts'
import type { Database } from './database.ts'

export type Tables = CaseworkTables & EnquiryTables & FigureTables & GateTables & PreparationTables & ServerTables
export type Records = Database<Tables>

export const migrations = [
  ...caseworkMigrations,
  ...logMigrations,
  ...gateMigrations,
  ...serverMigrations,
  ...enquiryMigrations,
  ...figureMigrations,
  ...caseLogMigrations,
  ...preparationMigrations,
] as const

/**
 * Opens the database with the tables of every trade and of the server: an embedded one in `folder`, or a PostgreSQL by
 * its URL.
 *
 * @throws InputError `database.newer`, and what `openDatabase` throws
 */
export async function openRecords(where: { readonly folder: string } | { readonly url: string }): Promise<Records> {
  const records = await openDatabase<Tables>(where, migrations)
  try {
    await refuseNewer(records.db, migrations)
    await migrate(records.db, migrations)
    // Cases written before there was a desk, or by a restore, get their rows.
    await projectMissing(records.db)
    return records
  } catch (error) {
    await records.close()
    throw error
  }
}
