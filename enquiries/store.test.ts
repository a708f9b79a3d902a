import { legalDate } from '@tongguan/law'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { forEachDatabase } from '../test/databases.ts'
import { contradicts, toldIn } from './compare.ts'
import { decideEnquiry, receive } from './decide.ts'
import type { At, EnquiryCommand, NewEnquiry } from './decide.ts'
import type { Officer, SubjectNo } from './desk.ts'
import type { Enquiry } from './enquiry.ts'
import { totalsOf } from './figures-store.ts'
import { appendInterpretation, interpretationList, similarInterpretations } from './interpretation-store.ts'
import { decideInterpretation } from './interpretation.ts'
import { enquiryMigrations } from './migrations.ts'
import type { EnquiryTables } from './migrations.ts'
import { aCode, aNote, anAnswer, at, characters, li, office, someFacts, today, wang } from './makers.ts'
import { appendBriefing, appendInstitution } from './programme-store.ts'
import { decideBriefing, decideInstitution } from './programme.ts'
import { rebuild } from './rebuild.ts'
import { officeNumbers } from './report.ts'
import {
  appendEnquiry,
  callBacks,
  contradictingAnswers,
  enquiryPage,
  loadEnquiry,
  nextSubjectNo,
  similarEnquiries,
} from './store.ts'

type Db = Kysely<EnquiryTables>

/** Takes a note as the server does: a number, the decision, the append, in one transaction. */
async function take(db: Db, change: Partial<NewEnquiry> = {}, by: At = at()): Promise<Enquiry> {
  return db.transaction().execute(async (tx) => {
    const no = await nextSubjectNo(tx, 'enquiry', by.day)
    const decided = receive(aNote(no, change), by)
    if (decided.kind === 'refused') throw new Error(decided.code)
    const taken = await appendEnquiry(tx, no, null, decided.events, characters)
    if (!('no' in taken)) throw new Error('a new number was taken')
    return taken
  })
}

async function act(db: Db, enquiry: Enquiry, command: EnquiryCommand, by: At = at()) {
  const decided = decideEnquiry(enquiry, command, by)
  if (decided.kind === 'refused') throw new Error(decided.code)
  return db.transaction().execute((tx) => appendEnquiry(tx, enquiry.no, enquiry, decided.events, characters))
}

const everything = { from: legalDate('2022-09-01'), to: legalDate('2099-12-31') }
const tables = [
  'enquiry',
  'answer_group',
  'contradiction',
  'told_facts',
  'interpretation_version',
  'institution',
  'briefing',
  'organisation',
  'figure_part',
] as const

async function everyRow(db: Db): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const rows: Record<string, readonly unknown[]> = {}
  for (const table of tables) {
    rows[table] = (await sql`select * from ${sql.table(table)} order by ${sql.table(table)}::text`.execute(db)).rows
  }
  // Emptied parts and sums of nought say nothing.
  rows['figure_part'] = (await sql`select * from figure_part where parts <> '[]' order by source, id`.execute(db)).rows
  rows['figure_total'] = (
    await sql`select * from figure_total where n <> 0 order by office, day, measure, key`.execute(db)
  ).rows
  return rows
}

forEachDatabase('the enquiry desk', (open) => {
  const opened = async (): Promise<Db> => (await open<EnquiryTables>(enquiryMigrations)).db

  test('what was taken is read back, and stands in the list of its office', async () => {
    const db = await opened()
    const taken = await take(db, { topic: 'which-path', facts: someFacts(), answer: anAnswer })
    expect(await loadEnquiry(db, taken.no)).toEqual(taken)
    expect(await enquiryPage(db, { office }, { limit: 9 })).toMatchObject([{ no: taken.no, status: 'answered' }])
    expect(await enquiryPage(db, { office: '上海市' }, { limit: 9 })).toEqual([])
    expect(await enquiryPage(db, { office, status: 'open' }, { limit: 9 })).toEqual([])
  })

  test('of many who write at once to one enquiry exactly one is kept, and the others learn it', async () => {
    const db = await opened()
    const taken = await take(db)
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => act(db, taken, { kind: 'classify', topic: 'materials' })),
    )
    expect(answers.filter((one) => 'no' in one)).toHaveLength(1)
    expect(answers.filter((one) => 'kind' in one)).toHaveLength(5)
    expect((await loadEnquiry(db, taken.no))?.sequence).toBe(2)
  })

  test('the database itself refuses to change or delete an event, a wrong number and a control character', async () => {
    const db = await opened()
    const taken = await take(db)
    for (const statement of [
      sql`update desk_event set day = day`,
      sql`delete from desk_event`,
      sql`truncate desk_event cascade`,
    ]) {
      await expect(statement.execute(db)).rejects.toThrow(/only grows/)
    }
    const event = (text: string) => JSON.stringify({ kind: 'x', day: '2026-06-10', officer: li, text })
    const insert = (seq: number, text: string) =>
      sql`insert into desk_event (subject, seq, office, day, event)
        values (${taken.no}, ${seq}, ${office}, '2026-06-10', ${event(text)}::jsonb)`.execute(db)
    await expect(insert(1, 'a')).rejects.toThrow(/desk_event_pkey/)
    await expect(insert(3, 'a')).rejects.toThrow(/desk_event_subject_follows_fkey/)
    await expect(insert(2, 'a\u0007')).rejects.toThrow(/desk_event_event_check/)
    await insert(2, 'a line\nand "\\u0007" written out')
  })

  test('similar answers: those with all the words first, only answered ones, only of the office', async () => {
    const db = await opened()
    const [path, both] = [
      await take(db, { question: '患者数据出境', answer: anAnswer }),
      await take(db, { question: '患者数据出境合同备案', answer: { ...anAnswer, text: '备案' } }),
    ]
    await take(db, { question: '患者数据出境合同备案' })
    await take(db, { question: '合同备案', answer: anAnswer }, at({ officer: { ...li, office: '上海市' } }))
    const found = await similarEnquiries(db, office, characters('患者备案'), { limit: 5 })
    expect(found.map(({ no }) => no)).toEqual([both.no, path.no])
    expect(await similarEnquiries(db, office, characters(`'"\\ & | ! <->`), { limit: 5 })).toEqual([])
    expect(await similarEnquiries(db, office, [`o'\\b`], { limit: 5 })).toEqual([])
  })

  test('the answers of two officers that differ are flagged, until one of them is corrected', async () => {
    const db = await opened()
    const question = { topic: 'which-path', facts: someFacts() } as const
    const one = await take(db, { ...question, answer: { ...anAnswer, position: 'assessment' } })
    const two = await take(db, { ...question, answer: { ...anAnswer, position: 'exempt' } }, at({ officer: wang }))
    const flagged = async () =>
      (await enquiryPage(db, { office, contradicting: true }, { limit: 9 })).map(({ no }) => no)
    expect(await flagged()).toEqual([two.no, one.no])
    expect((await contradictingAnswers(db, one)).map(({ no }) => no)).toEqual([two.no])
    await act(db, two, { kind: 'answer', answer: { ...anAnswer, position: 'assessment' } }, at({ officer: wang }))
    expect(await flagged()).toEqual([])
    expect(await contradictingAnswers(db, one)).toEqual([])
  })

  test('callers whose answer would differ by the law of another day are listed until they were called back', async () => {
    const db = await opened()
    const then = at({ day: legalDate('2024-01-02') })
    const cited = { ...anAnswer, citations: [{ instrument: 'measures-2022', article: 4 } as const] }
    const earlier = await take(db, { topic: 'which-path', facts: someFacts(5_000), answer: cited }, then)
    await take(db, { topic: 'which-path', facts: someFacts(12_000), answer: cited }, then)
    await take(db, { topic: 'which-path', facts: someFacts(5_000), answer: anAnswer })
    const asked = () => callBacks(db, office, today, { lists: [], limit: 9 })
    expect(await asked()).toMatchObject([
      { enquiry: { no: earlier.no }, path: 'assessment', pathUnder: 'contract-or-certification' },
    ])
    await act(db, earlier, { kind: 'callBack', under: today, note: '已电话告知' })
    expect(await asked()).toEqual([])
  })

  test('a published version is not rewritten, not even by hand; nor approved by its drafter', async () => {
    const db = await opened()
    const no = await db.transaction().execute((tx) => nextSubjectNo(tx, 'interpretation', today))
    const content = {
      kind: 'answer',
      topic: 'materials',
      keyArea: null,
      question: { zh: '备案材料', en: 'materials' },
      answer: { zh: '见指南', en: 'see the guide' },
      citations: anAnswer.citations,
      law: today,
      facts: null,
      fromEnquiry: null,
    } as const
    const draft = decideInterpretation(null, { kind: 'draft', no, content }, at())
    if (draft.kind === 'refused') throw new Error(draft.code)
    const write = (seen: number, events: typeof draft.events) =>
      db.transaction().execute((tx) => appendInterpretation(tx, no, seen, events, characters))
    const drafted = await write(0, draft.events)
    await expect(
      sql`update interpretation_version set status = 'published', approved_by = drafted_by,
      published_on = '2026-06-10'`.execute(db),
    ).rejects.toThrow(/check/)
    expect(await similarInterpretations(db, office, characters('备案'), { limit: 3 })).toEqual([])
    if (!('no' in drafted)) throw new Error('conflict')
    const approved = decideInterpretation(drafted, { kind: 'approve', no }, at({ officer: wang }))
    if (approved.kind === 'refused') throw new Error(approved.code)
    await write(1, approved.events)
    expect(await similarInterpretations(db, office, characters('备案'), { limit: 3 })).toMatchObject([
      { no, version: 1 },
    ])
    await expect(sql`update interpretation_version set content = '{}'`.execute(db)).rejects.toThrow(/not rewritten/)
    await expect(sql`delete from interpretation_version`.execute(db)).rejects.toThrow(/not rewritten/)
    await write(2, draft.events)
    await write(3, approved.events)
    expect(await interpretationList(db, office, { limit: 9 })).toMatchObject([{ version: 2, status: 'published' }])
  })

  test('an organisation is counted once, also when its code becomes known later', async () => {
    const db = await opened()
    const served = async () => officeNumbers(await totalsOf(db, office, everything)).applicants
    const first = await take(db, { organisation: { name: '示例医院' } })
    await take(db, { organisation: { name: ' 示例医院 ' } })
    expect(await served()).toBe(1)
    const withCode = { kind: 'nameCaller', caller: {}, organisation: { name: '示例医院', creditCode: aCode } } as const
    await act(db, first, withCode)
    expect(await served()).toBe(1)
    await take(db, { organisation: { name: '示例航空' } })
    expect(await served()).toBe(2)
  })

  test('nothing is lost, flags are where they belong, and building anew gives what was kept step by step', async () => {
    const db = await opened()
    const officers: readonly Officer[] = [li, wang, { id: 'u-zhao', name: '赵接线', office }]
    const answers = fc.record({
      position: fc.constantFrom('assessment', 'exempt', 'depends', undefined),
      law: fc.constantFrom(legalDate('2024-03-22'), today),
    })
    const steps = fc.array(
      fc.record({
        act: fc.constantFrom('take', 'take', 'answer', 'classify', 'name', 'facts', 'institution', 'briefing'),
        officer: fc.constantFrom(...officers),
        topic: fc.constantFrom('which-path', 'materials'),
        sensitive: fc.constantFrom(5_000, 12_000, null),
        organisation: fc.constantFrom('甲', '乙', null),
        answer: fc.option(answers, { nil: null }),
        which: fc.nat(),
      }),
      { minLength: 10, maxLength: 18 },
    )
    await fc.assert(
      fc.asyncProperty(steps, async (walk) => {
        const taken: Enquiry[] = []
        for (const step of walk) {
          const by = at({ officer: step.officer })
          const given =
            step.answer === null
              ? null
              : {
                  ...anAnswer,
                  law: step.answer.law,
                  ...(step.answer.position === undefined ? {} : { position: step.answer.position }),
                }
          const organisation = step.organisation === null ? null : { name: step.organisation }
          const index = taken.length === 0 ? 0 : step.which % taken.length
          const current = taken[index]
          if (step.act === 'institution') await addInstitution(db, step.organisation ?? '丙', by)
          else if (step.act === 'briefing') await planBriefing(db, by)
          else if (step.act === 'take' || current === undefined) {
            taken.push(
              await take(
                db,
                {
                  topic: step.topic,
                  ...(organisation === null ? {} : { organisation }),
                  ...(step.sensitive === null ? {} : { facts: someFacts(step.sensitive) }),
                  ...(given === null ? {} : { answer: given }),
                },
                by,
              ),
            )
          } else {
            const command: EnquiryCommand =
              step.act === 'answer'
                ? { kind: 'answer', answer: given ?? anAnswer }
                : step.act === 'classify'
                  ? { kind: 'classify', topic: step.topic }
                  : step.act === 'name'
                    ? { kind: 'nameCaller', caller: {}, organisation }
                    : { kind: 'tellFacts', facts: someFacts(step.sensitive ?? 7_000) }
            const next = await act(db, current, command, by)
            if (!('no' in next)) throw new Error('conflict')
            taken[index] = next
          }
        }
        const kept = await enquiryPage(db, { office }, { limit: 1_000 })
        const own = kept.filter(({ no }) => taken.some((one) => one.no === no))
        expect(own.map(({ no }) => no).sort()).toEqual(taken.map(({ no }) => no).sort())
        for (const one of taken) expect(await loadEnquiry(db, one.no)).toEqual(one)
        // Flagged exactly where some answer kept contradicts it.
        const all = await Promise.all(kept.map(({ no }) => loadEnquiry(db, no as SubjectNo)))
        const told = all.flatMap((one) => (one === null ? [] : [{ no: one.no, told: toldIn(one) }]))
        const expected = told
          .filter(
            ({ told: mine }) =>
              mine !== null && told.some((other) => other.told !== null && contradicts(mine, other.told)),
          )
          .map(({ no }) => no)
        const signatures = new Set(
          (
            await sql<{ signature: string; path: string }>`select signature, path from contradiction`.execute(db)
          ).rows.map(({ signature, path }) => `${signature} ${path}`),
        )
        const inFlagged = told
          .filter(({ told: mine }) => mine !== null && signatures.has(`${mine.signature} ${mine.path ?? ''}`))
          .map(({ no }) => no)
        // A flagged question names everybody who answered it; whoever contradicts somebody is among them, and there is one.
        for (const no of expected) expect(inFlagged).toContain(no)
        const groups = Map.groupBy(
          told.filter(({ no }) => inFlagged.includes(no)),
          ({ told: mine }) => `${mine?.signature ?? ''} ${mine?.path ?? ''}`,
        )
        for (const group of groups.values()) expect(group.some(({ no }) => expected.includes(no))).toBe(true)
        const before = await everyRow(db)
        await db.transaction().execute((tx) => rebuild(tx, characters))
        expect(await everyRow(db)).toEqual(before)
      }),
      { numRuns: 4, endOnFailure: true },
    )
  })
})

async function addInstitution(db: Db, name: string, by: At): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const there = await tx.selectFrom('institution').select('no').where('name', '=', name).executeTakeFirst()
    if (there !== undefined) return
    const no = await nextSubjectNo(tx, 'institution', by.day)
    const added = decideInstitution(null, { kind: 'add', no, name, creditCode: null, keyArea: 'healthcare' }, by)
    const guided = decideInstitution(null, { kind: 'reachStage', stage: 'guided', on: legalDate('2026-01-05') }, by)
    if (added.kind === 'refused' || guided.kind === 'refused') throw new Error('refused')
    await appendInstitution(tx, no, 0, [...added.events, ...guided.events])
  })
}

async function planBriefing(db: Db, by: At): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const no = await nextSubjectNo(tx, 'briefing', by.day)
    const plan = { heldOn: by.day, title: '宣讲', audience: '医院', place: '', slides: [] }
    const planned = decideBriefing(null, { kind: 'plan', no, ...plan }, by)
    const attended = decideBriefing(null, { kind: 'countAttendance', persons: 30, organisations: 12 }, by)
    if (planned.kind === 'refused' || attended.kind === 'refused') throw new Error('refused')
    await appendBriefing(tx, no, 0, [...planned.events, ...attended.events])
  })
}
