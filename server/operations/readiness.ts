import type { Server } from '../app.ts'
import { migrationState } from '../database-migrate.ts'
import type { MigrationState } from '../database-migrate.ts'
import { migrations } from '../records.ts'
import { freeBytes } from './disk.ts'
import { littleSpace } from './findings.ts'

/** Whether requests may be sent here. What could not be looked at does not hold. */
export async function readinessOf({ records, dataFolder }: Pick<Server, 'records' | 'dataFolder'>): Promise<{
  readonly ready: boolean
  readonly database: boolean
  readonly migrated: boolean
  readonly space: boolean
}> {
  const state = await stateOf(records)
  const migrated = state !== undefined && state.pending.length === 0 && state.unknown.length === 0
  const space = (await freeBytes(dataFolder)) >= littleSpace / 10
  const database = state !== undefined
  return { ready: database && migrated && space, database, migrated, space }
}

async function stateOf({ db }: Server['records']): Promise<MigrationState | undefined> {
  try {
    return await migrationState(db, migrations)
  } catch (error) {
    console.error(`[server.database] ${String(error)}`)
    return undefined
  }
}
