import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rebuildChanges } from './live.ts'
import { postgresql } from '../postgresql.ts'
import { openAccounts } from '../../server/makers.ts'
import { openRecords } from '../../server/records.ts'
import { caseNo, load } from '@tongguan/casework'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-desk-killed-'))
const server = postgresql()
beforeAll(() => server.start())
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

type Where = { readonly folder: string } | { readonly url: string }

describe.for<[string, () => Promise<Where>]>([
  ['PGlite', () => Promise.resolve({ folder: join(folder, 'database') })],
  ['PostgreSQL', async () => ({ url: await server.createDatabase() })],
])('killed under load, on %s', ([, place]) => {
  test('every acknowledged event is there, no reminder is lost or doubled, and the desk is the events’', async () => {
    const where = await place()
    const first = await openRecords(where)
    await openAccounts(first)
    await first.close()
    const acknowledged = new Map<string, number>()
    for (const milliseconds of [120, 350, 700]) await killedAfter(where, milliseconds, acknowledged)
    expect(acknowledged.size).toBeGreaterThan(0)

    const records = await openRecords(where)
    const { db } = records
    try {
      for (const [no, sequence] of acknowledged) {
        expect((await load(db, caseNo(no)))?.sequence).toBeGreaterThanOrEqual(sequence)
      }
      expect(await rebuildChanges(db as never)).toBe(false)
      // Each fired reminder has its notice for the officers it concerns, and none has two.
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from notice group by account, case_no, en having count(*) > 1`.execute(db)
      expect(rows).toEqual([])
      const unsaid = await sql<{ n: number }>`
        select count(*)::int as n from case_reminder r
        where fired_on is not null and not exists (select from notice where case_no = r.case_no)`.execute(db)
      expect(unsaid.rows).toEqual([{ n: 0 }])
    } finally {
      await records.close()
    }
  })
})

/** Runs the load in a process of its own and kills it so long after it has begun; notes what it had acknowledged. */
async function killedAfter(where: Where, milliseconds: number, acknowledged: Map<string, number>): Promise<void> {
  const script = join(import.meta.dirname, 'killed-process.ts')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, JSON.stringify(where)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const lines = createInterface({ input: child.stdout })
  await new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      const [no = '', sequence] = line.split(' ')
      // The load has begun with its first acknowledged event.
      if (sequence !== undefined) resolve()
      if (sequence !== undefined) acknowledged.set(no, Number(sequence))
    })
    child.once('exit', () => resolve())
  })
  await setTimeout(milliseconds)
  child.kill('SIGKILL')
  await ended
}
