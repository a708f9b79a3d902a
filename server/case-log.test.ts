import { append, caseNo } from '@tongguan/casework'
import { generateKey } from '@tongguan/gate'
import { noteSigner } from '@tongguan/log'
import type { LogPlace } from '@tongguan/log'
import { sql } from 'kysely'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anAssessedCase } from '../casework/case.makers.ts'
import { forEachDatabase } from '../test/databases.ts'
import { memoryFolder } from '../test/memory-folder.ts'
import { auditCaseLog, logCaseEvents } from './case-log.ts'
import { verifyLog } from './flows/verify-log.ts'
import { migrations } from './records.ts'
import type { Tables } from './records.ts'

const [first, second] = [caseNo('TG-2026-000001'), caseNo('TG-2026-000002')]

forEachDatabase('the events of cases in the log', (open) => {
  let parent: string
  let place: LogPlace
  beforeEach(() => {
    parent = mkdtempSync(join(memoryFolder(), 'tongguan-case-log-'))
    const signer = noteSigner('log.example/1', 'log', generateKey().privateKey)
    place = { folder: join(parent, 'log'), signer, memory: join(parent, 'signed.json') }
  })
  afterEach(() => rmSync(parent, { recursive: true, force: true }))

  const openWith = async (...nos: readonly (typeof first)[]) => {
    const { db } = await open<Tables>(migrations)
    for (const no of nos) await append(db, no, 0, anAssessedCase(no))
    return db
  }
  const events = anAssessedCase(first).length
  const outcome = async () =>
    (
      await verifyLog(place.folder, {
        policy: { logs: [place.signer.verifier], witnesses: [], groups: [], quorum: 'none' },
      })
    ).outcome

  test('each event gets one leaf, once, in a log that verifies; nothing in it says what the case is', async () => {
    const db = await openWith(first, second)
    expect(await auditCaseLog(db)).toEqual({ logged: 0, waiting: 2 * events, wrong: [] })
    expect(await logCaseEvents(db, place)).toMatchObject({ logged: 2 * events, published: { size: 2 * events } })
    expect(await logCaseEvents(db, place)).toMatchObject({ logged: 0, published: { size: 2 * events } })
    expect(await auditCaseLog(db)).toEqual({ logged: 2 * events, waiting: 0, wrong: [] })
    expect(await outcome()).toBe('valid')
    const shown = readdirSync(place.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .join('')
    expect(shown).toContain('case-event')
    for (const secret of [first, 'Hospital', '经办人甲', 'icd10']) expect(shown).not.toContain(secret)
  })

  test('two processes at once log each event once', async () => {
    const db = await openWith(first, second)
    const both = await Promise.all([logCaseEvents(db, place), logCaseEvents(db, place)])
    expect(both.map(({ logged }) => logged).reduce((sum, one) => sum + one)).toBe(2 * events)
    expect(await auditCaseLog(db)).toEqual({ logged: 2 * events, waiting: 0, wrong: [] })
  })

  test('an event changed behind the triggers is found, and so is one that was taken out', async () => {
    const db = await openWith(first, second)
    await logCaseEvents(db, place)
    await db.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx)
      await sql`update case_event set event = jsonb_set(event, '{actor,name}', '"somebody"') where case_no = ${first} and seq = 2`.execute(
        tx,
      )
      await sql`delete from case_event_leaf where case_no = ${second} and seq = 1`.execute(tx)
    })
    expect((await auditCaseLog(db)).wrong).toEqual([
      { no: first, seq: 2 },
      { no: second, seq: 1 },
    ])
  })

  test('an event stops waiting only by being logged, and its leaf stays', async () => {
    const db = await openWith(first)
    await expect(sql`delete from case_event_unlogged`.execute(db)).rejects.toThrow('is not in the log')
    await logCaseEvents(db, place)
    await expect(sql`delete from case_event_leaf`.execute(db)).rejects.toThrow('only grows')
  })

  test('a database older than what was signed logs nothing more', async () => {
    await logCaseEvents(await openWith(first, second), place)
    const older = await openWith(first)
    expect(await logCaseEvents(older, place)).toMatchObject({ logged: 0, published: { kind: 'stopped' } })
    expect(await auditCaseLog(older)).toEqual({ logged: 0, waiting: events, wrong: [] })
  })
})
