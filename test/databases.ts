import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
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
    const parent = mkdtempSync(join(tmpdir(), 'tongguan-pglite-'))
    const idle: Database[] = []
    tests(
      opener(async () => {
        const database = idle.pop() ?? (await openDatabase({ folder: join(parent, randomUUID()) }))
        return { database, release: async () => void idle.push(await emptied(database)) }
      }),
    )
    afterAll(async () => {
      for (const database of idle) await database.close()
      rmSync(parent, { recursive: true, force: true })
    })
  })
  describe(`${name}, on PostgreSQL`, () => {
    const server = postgresql()
    beforeAll(() => server.start())
    tests(
      opener(async () => {
        const database = await openDatabase({ url: await server.createDatabase() })
        return { database, release: () => database.close() }
      }),
    )
    afterAll(() => server.stop())
  })
}

function opener(
  take: () => Promise<{ readonly database: Database; readonly release: () => Promise<void> }>,
): OpenDatabase {
  const taken: { readonly release: () => Promise<void> }[] = []
  afterEach(async () => {
    for (const { release } of taken.splice(0)) await release()
  })
  return async <Tables>(migrations: readonly Migration[] = []) => {
    const { database, release } = await take()
    taken.push({ release })
    await migrate(database.db, migrations)
    // Nobody has looked at its tables yet, so the caller may say which they are.
    return database as unknown as Database<Tables>
  }
}

// Opening PGlite takes half a second and a WebAssembly memory of its own; emptying it takes milliseconds.
async function emptied(database: Database): Promise<Database> {
  for (const statement of ['drop schema public cascade', 'create schema public', 'discard all']) {
    await sql.raw(statement).execute(database.db)
  }
  return database
}
