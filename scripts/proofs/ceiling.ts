import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countedPersons, generateKey, releaseBatch } from '@tongguan/gate'
import type { GateTables } from '@tongguan/gate'
import { aScenario, aSignedPermit } from '../../gate/makers.ts'
import { migrate, openDatabase } from '../../server/database.ts'
import { aLoggedRequest, keepLogIn, loggedMigrations } from '../../test/gate-log.ts'
import { postgresql } from '../../test/postgresql.ts'
import type { Proof } from './proof.ts'

const batchesAtOnce = 400
const ceiling = 600

/** 400 releases at once on one PostgreSQL, each of three persons it shares with its neighbours, over one ceiling. */
export const ceilingProof: Proof = {
  claim: '400 batches at once never pass one ceiling, and what left is what was counted',
  points: 100_000,
  pointsPerBatch: batchesAtOnce,
  restsOn: ['gate/release-batch.ts', 'gate/migrations.ts', 'log/store.ts', 'server/release-log.ts'],
  async tryBatch(batch) {
    const root = mkdtempSync(join(tmpdir(), 'tongguan-ceiling-'))
    const server = postgresql()
    try {
      await server.start()
      return await together(await server.createDatabase(), root, batch)
    } finally {
      await server.stop()
      rmSync(root, { recursive: true, force: true })
    }
  },
}

async function together(url: string, root: string, seed: number) {
  const database = await openDatabase<GateTables>({ url })
  try {
    const { db } = database
    await migrate(db, loggedMigrations)
    keepLogIn(db, root)
    const permit = aSignedPermit({ scenarios: [aScenario({ ceiling: { general: ceiling, sensitive: 0 } })] })
    const key = generateKey()
    const personsOf = (at: number) => {
      const persons = [2 * at, 2 * at + 1, 2 * at + 2].map((one) => one + seed)
      return at % 2 === 0 ? persons : persons.toReversed()
    }
    const results = await Promise.all(
      Array.from({ length: batchesAtOnce }, (_, at) => {
        const files = { 'visits.csv': `subject\n${personsOf(at).join('\n')}\n` }
        const request = aLoggedRequest(root, db, key, { permit, files })
        return releaseBatch({ ...request, batch: { ...request.batch, name: `b${at}` } })
      }),
    )
    const left = new Set(results.flatMap((result, at) => (result.kind === 'released' ? personsOf(at) : [])))
    const [permitSet] = await countedPersons(db)
    const counted = permitSet?.general ?? 0
    const odd = results.filter(({ kind }) => kind !== 'released' && kind !== 'held')
    const isRight = left.size === counted && counted <= ceiling && ceiling - 3 < counted && odd.length === 0
    const found = `${left.size} left, ${counted} counted, ${odd.length} neither released nor held`
    return isRight ? [] : [{ expected: `at most ${ceiling}, and as many counted as left`, found, point: { seed } }]
  } finally {
    await database.close()
  }
}
