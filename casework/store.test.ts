import { legalDate } from '@tongguan/law'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { forEachDatabase } from '../test/databases.ts'
import { aDrafter, aHandler, anAssessedCase } from './case.makers.ts'
import { caseNo, fold } from './case.ts'
import type { CaseEvent } from './case.ts'
import { statuses } from './procedures.ts'
import { caseworkMigrations } from './migrations.ts'
import type { CaseworkTables } from './migrations.ts'
import { append, list, load, nextCaseNo, page } from './store.ts'

const no = caseNo('TG-2026-000001')
const withdrawn: CaseEvent = {
  kind: 'withdrawn',
  day: legalDate('2026-07-01'),
  actor: aHandler,
  reason: { zh: '不再出境', en: 'no longer exporting' },
}

forEachDatabase('the store of cases', (open) => {
  const openCasework = () => open<CaseworkTables>(caseworkMigrations)

  test('gives back exactly the case its events make', async () => {
    const { db } = await openCasework()
    const events = anAssessedCase(no)
    expect(await append(db, no, 0, events.slice(0, 2))).toMatchObject({ kind: 'appended', sequence: 2 })
    expect(await append(db, no, 2, events.slice(2))).toMatchObject({ kind: 'appended', sequence: events.length })
    expect(await load(db, no)).toEqual(fold(events))
    expect(await list(db)).toEqual([fold(events)])
    expect(await load(db, caseNo('TG-2026-000002'))).toBeNull()
  })

  test('whoever comes second learns it, and nothing of theirs is kept', async () => {
    const { db } = await openCasework()
    const events = anAssessedCase(no)
    await append(db, no, 0, events)
    expect(await append(db, no, events.length - 1, [withdrawn])).toEqual({
      kind: 'conflict',
      expected: events.length - 1,
      actual: events.length,
    })
    expect(await append(db, no, 0, events)).toMatchObject({ kind: 'conflict' })
    expect(await append(db, caseNo('TG-2026-000009'), 3, [withdrawn])).toMatchObject({ kind: 'conflict', actual: 0 })
    expect(await load(db, no)).toEqual(fold(events))
  })

  test('of many appends at once with one number exactly one is kept', async () => {
    const { db } = await openCasework()
    const events = anAssessedCase(no).slice(0, 7)
    await append(db, no, 0, events)
    const answers = await Promise.all(Array.from({ length: 8 }, () => append(db, no, events.length, [withdrawn])))
    expect(answers.filter(({ kind }) => kind === 'appended')).toHaveLength(1)
    expect((await load(db, no))?.sequence).toBe(events.length + 1)
  })

  test('an event the transition table does not allow is not stored', async () => {
    const { db } = await openCasework()
    await append(db, no, 0, anAssessedCase(no))
    await expect(append(db, no, 8, [withdrawn])).rejects.toThrow('event withdrawn may not follow status decided')
    expect((await load(db, no))?.sequence).toBe(8)
  })

  test('an append inside a transaction goes with it', async () => {
    const { db } = await openCasework()
    const undone = db.transaction().execute(async (tx) => {
      await append(tx, no, 0, anAssessedCase(no))
      throw new Error('the rest failed')
    })
    await expect(undone).rejects.toThrow('the rest failed')
    expect(await load(db, no)).toBeNull()
  })

  test('the database itself refuses to change, delete or empty what was appended', async () => {
    const { db } = await openCasework()
    await append(db, no, 0, anAssessedCase(no))
    for (const statement of [
      sql`update case_event set day = day`,
      sql`delete from case_event`,
      sql`delete from case_event where false`,
      sql`truncate case_event`,
      sql`update case_file set opened_at = now()`,
      sql`delete from case_file`,
      sql`truncate case_file cascade`,
    ]) {
      await expect(statement.execute(db)).rejects.toThrow(/only grows/)
    }
    expect(await load(db, no)).toEqual(fold(anAssessedCase(no)))
  })

  test('the database itself refuses a number given twice, a gap, the number 0, and a day that is not the event’s', async () => {
    const { db } = await openCasework()
    await append(db, no, 0, anAssessedCase(no).slice(0, 2))
    const event = JSON.stringify({ ...withdrawn, day: '2026-03-10' })
    for (const [seq, day, constraint] of [
      [2, '2026-03-10', /case_event_pkey/],
      [99, '2026-03-10', /case_event_case_no_follows_fkey/],
      [0, '2026-03-10', /case_event_seq_check/],
      [3, '2026-03-11', /case_event_check/],
    ] as const) {
      const insert = sql`insert into case_event (case_no, seq, day, event) values (${no}, ${seq}, ${day}, ${event}::jsonb)`
      await expect(insert.execute(db)).rejects.toThrow(constraint)
    }
    expect((await load(db, no))?.sequence).toBe(2)
  })

  test('an event of a kind this version does not know is not misread', async () => {
    const { db } = await openCasework()
    await append(db, no, 0, anAssessedCase(no).slice(0, 1))
    await db.transaction().execute(async (tx) => {
      await sql`update case_desk set sequence = 2`.execute(tx)
      await sql`insert into case_event (case_no, seq, day, event)
        values (${no}, 2, '2026-03-02', '{"kind": "teleported", "day": "2026-03-02"}')`.execute(tx)
    })
    await expect(load(db, no)).rejects.toThrow(/does not know the kind "teleported"/)
  })

  test('case numbers count up within a year and start anew in the next', async () => {
    const { db } = await openCasework()
    const numbers = []
    for (const day of ['2026-03-02', '2026-12-31', '2027-01-04']) numbers.push(await nextCaseNo(db, legalDate(day)))
    expect(numbers).toEqual(['TG-2026-000001', 'TG-2026-000002', 'TG-2027-000001'])
  })

  test('a page holds the newest numbers, of those one asks for, by the status their events lead to', async () => {
    const { db } = await openCasework()
    const events = anAssessedCase(no)
    // One case a status on the way: after one event, after two, … after eight.
    for (const [at] of events.entries()) {
      const each = caseNo(`TG-2026-00000${at + 1}`)
      const history = events
        .slice(0, at + 1)
        .map((event) => (event.kind === 'declared' ? { ...event, caseNo: each } : event))
      await append(db, each, 0, history)
    }
    const extended: CaseEvent = {
      kind: 'periodExtended',
      day: legalDate('2026-06-01'),
      actor: aDrafter,
      expected: legalDate('2026-07-31'),
      reason: { zh: '复杂', en: 'complex' },
    }
    await append(db, caseNo('TG-2026-000006'), 6, [extended])
    const numbers = async (...asked: [Parameters<typeof page>[1], Parameters<typeof page>[2]]) =>
      (await page(db, ...asked)).map((one) => Number(one.no.slice(-6)))
    const own = { creditCode: '12100000400000000X' }
    expect(await numbers({ of: own }, { limit: 3 })).toEqual([8, 7, 6])
    expect(await numbers({ of: own }, { limit: 9, before: caseNo('TG-2026-000003') })).toEqual([2, 1])
    expect(await numbers({ of: { creditCode: 'another' } }, { limit: 9 })).toEqual([])
    expect(await numbers({ of: { province: '北京市' } }, { limit: 1 })).toEqual([8])
    expect(await numbers({ of: { province: '上海市' } }, { limit: 9 })).toEqual([])
    expect(await numbers({ of: 'forwarded' }, { limit: 9 })).toEqual([8, 7, 6, 5, 4, 3, 2])
    const all = await page(db, { of: own }, { limit: 99 })
    for (const status of statuses) {
      const expected = all.filter((one) => one.status === status).map((one) => Number(one.no.slice(-6)))
      expect([status, await numbers({ of: own, status }, { limit: 99 })]).toEqual([status, expected])
    }
  })
})
