import { addDays, legalDate } from '@tongguan/law'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { live, rebuildChanges } from '../test/casework/live.ts'
import { forEachDatabase } from '../test/databases.ts'
import { random } from '../test/law/points.ts'
import { aDeclaration, aHandler, anAssessedCase, theProvince, why } from './case.makers.ts'
import { caseNo, packageOf } from './case.ts'
import type { CaseEvent } from './case.ts'
import type { Count } from './clocks.ts'
import { decide } from './decide.ts'
import { assign, loads, pullNext, queue, queueCounts, setAbsence } from './desk.ts'
import { caseworkMigrations } from './migrations.ts'
import type { CaseworkTables } from './migrations.ts'
import { isClosed } from './procedures.ts'
import { recountDates } from './rebuild.ts'
import { giveSight, knows, worksOn } from './need-to-know.ts'
import { append, list, load, nextCaseNo, page } from './store.ts'

const no = caseNo('TG-2026-000001')
const day = legalDate('2026-03-09')
const beijing = { desk: 'province', province: '北京市' } as const

forEachDatabase('cases as they are lived', (open) => {
  const openCasework = () => open<CaseworkTables>(caseworkMigrations)

  test('random histories lead nowhere the law does not, and a rebuild of the desk changes nothing', async () => {
    const { db } = await openCasework()
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        expect(await live(db, random(seed), 12)).toEqual([])
      }),
      { numRuns: 12 },
    )
    expect(await rebuildChanges(db)).toBe(false)
    // Every open case is in exactly one queue: what the queues hold together is what is open.
    const open_ = (await list(db)).filter(({ kind, status }) => !isClosed(kind, status))
    const queued = await db.selectFrom('case_desk').select('no').where('queue', 'is not', null).orderBy('no').execute()
    expect(queued.map(({ no }) => no)).toEqual(open_.map(({ no }) => no))
  })

  test('of fifty officers on one case exactly one takes each step, and nothing is lost', async () => {
    const { db } = await openCasework()
    const events = anAssessedCase(no)
    for (const [at, event] of events.entries()) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, officer) =>
          append(db, no, at, [{ ...event, actor: { ...event.actor, id: `${event.actor.id}-${officer}` } }]),
        ),
      )
      expect(answers.filter(({ kind }) => kind === 'appended')).toHaveLength(1)
      expect(answers.filter(({ kind }) => kind === 'conflict')).toHaveLength(49)
    }
    expect((await load(db, no))?.events.map(({ kind }) => kind)).toEqual(events.map(({ kind }) => kind))
  })

  test('the database refuses an event the desk does not know of', async () => {
    const { db } = await openCasework()
    const [declared] = anAssessedCase(no)
    await sql`insert into case_file (no) values (${no})`.execute(db)
    const insert = sql`insert into case_event (case_no, seq, day, event)
      values (${no}, 1, '2026-03-02', ${JSON.stringify(declared)}::jsonb)`
    await expect(insert.execute(db)).rejects.toThrow(/is not on the desk/)
    expect(await load(db, no)).toBeNull()
  })

  test('officers who pull at once get different cases, the earliest statutory date first', async () => {
    const { db } = await openCasework()
    for (const late of [3, 1, 2]) await declare(db, addDays(legalDate('2026-03-02'), late))
    const [first] = await queue(db, beijing, { officer: 'z', on: day, limit: 9 })
    expect(first?.no).toBe('TG-2026-000002')
    const pulled = await Promise.all(
      ['a', 'b', 'c', 'd'].map((officer) => db.transaction().execute((tx) => pullNext(tx, beijing, { officer, day }))),
    )
    expect(pulled.filter((one) => one !== null).sort()).toEqual(['TG-2026-000001', 'TG-2026-000002', 'TG-2026-000003'])
    expect(await loads(db, beijing, day)).toHaveLength(3)
    expect(await pullNext(db, { desk: 'province', province: '上海市' }, { officer: 'e', day })).toBeNull()
  })

  test('a case is handed over as it was seen; one away is given none, and others may take theirs', async () => {
    const { db } = await openCasework()
    const declared = await declare(db, legalDate('2026-03-02'))
    const give = (to: string | null, seen: string | null) => assign(db, beijing, declared, { to, by: 'a', day, seen })
    expect(await give('a', null)).toMatchObject({ kind: 'assigned' })
    expect(await give('b', null)).toEqual({ kind: 'refused', code: 'desk.taken' })
    const taken = await assign(db, beijing, declared, { to: 'c', by: 'c', day, seen: 'a' })
    expect(taken).toEqual({ kind: 'refused', code: 'desk.anothers' })
    await setAbsence(db, { officer: 'b', firstDay: day, lastDay: addDays(day, 3), by: 'boss' })
    expect(await give('b', 'a')).toEqual({ kind: 'refused', code: 'desk.away' })
    expect(await pullNext(db, beijing, { officer: 'c', day })).toBeNull()
    await setAbsence(db, { officer: 'a', firstDay: day, lastDay: day, by: 'a' })
    expect(await pullNext(db, beijing, { officer: 'c', day })).toBe(declared)
    // To the nation and back: the province's officer has it again.
    const confirmed: CaseEvent = {
      kind: 'completenessConfirmed',
      day,
      actor: theProvince,
      package: packageOf(aDeclaration()),
    }
    await append(db, declared, 1, [confirmed])
    const [atNation] = await queue(db, { desk: 'national' }, { officer: 'z', on: day, limit: 9 })
    expect(atNation).toMatchObject({ queue: 'custody', assignee: null })
    const refused: CaseEvent = {
      kind: 'custodyRefused',
      day,
      actor: { ...theProvince, kind: 'national', office: '国家网信部门' },
      reason: why,
    }
    await append(db, declared, 2, [refused])
    expect(await queue(db, beijing, { officer: 'c', assignee: 'c', on: day, limit: 9 })).toHaveLength(1)
    expect(await queueCounts(db, beijing, legalDate('2026-04-01'))).toEqual([{ queue: 'check', cases: 1, late: 1 }])
  })

  test('a colleague’s case is read by whom it was shown to, as expert or for a reason, and by nobody else', async () => {
    const { db } = await openCasework()
    const no = await declare(db, legalDate('2026-03-02'))
    const reading = (officer: string) => knows(db, no, { office: beijing, officer })
    const seenBy = async (officer: string) => (await queue(db, beijing, { officer, on: day, limit: 9 })).length
    expect([await reading('a'), await reading('b')]).toEqual([true, true])
    await pullNext(db, beijing, { officer: 'a', day })
    expect([await reading('a'), await reading('b'), await seenBy('a'), await seenBy('b')]).toEqual([true, false, 1, 0])
    expect(
      await page(db, { of: { province: '北京市' }, knownTo: { office: beijing, officer: 'b' } }, { limit: 9 }),
    ).toEqual([])
    expect(await worksOn(db, no, { office: beijing, officer: 'b' })).toBe(false)
    await expect(giveSight(db, no, { to: 'b', by: 'a', reason: ' ', day })).rejects.toThrow('case_sight')
    await giveSight(db, no, { to: 'b', by: 'a', reason: 'second opinion', day })
    expect([await reading('b'), await seenBy('b'), await reading('c')]).toEqual([true, 1, false])
    await expect(db.deleteFrom('case_sight').execute()).rejects.toThrow('case_sight')
  })

  test('a corrected calendar moves the dates once, and says which', async () => {
    const { db } = await openCasework()
    const declared = await declare(db, legalDate('2026-03-02'))
    await recountDates(db, day)
    const count: Count = (_kind, from) => ({
      due: addDays(from, 30),
      provisional: false,
      citation: { instrument: 'measures-2022', article: 7 },
    })
    const corrected = { fingerprint: 'corrected', count }
    expect(await recountDates(db, day, corrected)).toEqual([
      { no: declared, clock: 'completeness-check', before: '2026-03-09', after: '2026-04-01' },
    ])
    expect(await recountDates(db, day, corrected)).toEqual([])
    const [row] = await queue(db, beijing, { officer: 'z', on: day, limit: 1 })
    expect(row?.due).toBe('2026-04-01')
    expect(await db.selectFrom('case_due_moved').select(['case_no', 'before', 'after']).execute()).toHaveLength(1)
  })

  async function declare(db: Parameters<typeof nextCaseNo>[0], on: ReturnType<typeof legalDate>) {
    const caseNo = await nextCaseNo(db, on)
    const decided = decide(null, {
      kind: 'declare',
      day: on,
      actor: aHandler,
      caseNo,
      declaration: aDeclaration(),
      received: on,
    })
    if (decided.kind === 'refused') throw new Error(decided.words.en)
    await append(db, caseNo, 0, decided.events)
    return caseNo
  }
})
