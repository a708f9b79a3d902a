import { rmSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { caseNo, caseworkMigrations } from '@tongguan/casework'
import type { CaseworkTables } from '@tongguan/casework'
import { migrate, openDatabase } from '../../server/database.ts'
import { dream, live, rebuildChanges } from '../../test/casework/live.ts'
import { random } from '../../test/law/points.ts'
import { postgresql } from '../../test/postgresql.ts'
import type { Proof } from './proof.ts'

const historiesPerBatch = 5000
/** Of those, so many are also lived on each database. */
const livedOnEach = 25
const commandsPerHistory = 25
const no = caseNo('TG-2026-000001')

/** Random histories of every kind of case, decided; one in two hundred also lived on PGlite, another on PostgreSQL. */
export const casework: Proof = {
  claim:
    'no history of any kind of case leaves the independent table; on both databases the fold, the desk and a rebuild agree',
  points: 100_000,
  pointsPerBatch: historiesPerBatch,
  restsOn: [
    'casework/decide.ts',
    'casework/store.ts',
    'casework/rebuild.ts',
    'test/casework/live.ts',
    'test/casework/table.ts',
  ],
  async tryBatch(batch) {
    const wrong: string[] = []
    for (let at = 0; at < historiesPerBatch - 2 * livedOnEach; at++) {
      wrong.push(...dream(random(batch * historiesPerBatch + at), commandsPerHistory, no).wrong)
    }
    const folder = mkdtempSync(join(tmpdir(), 'tongguan-case-proof-'))
    const server = postgresql()
    try {
      await server.start()
      for (const where of [{ folder: join(folder, 'database') }, { url: await server.createDatabase() }]) {
        wrong.push(...(await livedOn(where, batch)))
      }
    } finally {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
    return wrong.slice(0, 10).map((found) => ({ expected: "as the law's table says", found, point: { batch } }))
  },
}

async function livedOn(where: { readonly folder: string } | { readonly url: string }, batch: number) {
  const database = await openDatabase<CaseworkTables>(where)
  try {
    await migrate(database.db, caseworkMigrations)
    const wrong: string[] = []
    for (let at = 0; at < livedOnEach; at++) {
      wrong.push(...(await live(database.db, random(batch * 7919 + at), commandsPerHistory)))
    }
    if (await rebuildChanges(database.db)) wrong.push('a rebuild changed the desk')
    return wrong
  } finally {
    await database.close()
  }
}
