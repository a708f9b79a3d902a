// `npm run bench desk [-- --cases 100000]`: the authority's desk on a real PostgreSQL, seeded to a stated scale; figures of
// one run, with what a bare insert reaches beside them. `--cases 10000 --pglite` asks the embedded database instead.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addDays, legalDate } from '@tongguan/law'
import { append, caseNo, deskRowOf, fold, load, queue } from '@tongguan/casework'
import type { CaseEvent, CaseNo } from '@tongguan/casework'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { aDrafter, aHandler, anAssessedCase, why } from '../casework/case.makers.ts'
import { openRecords } from '../server/records.ts'
import type { Tables } from '../server/records.ts'
import { segment } from '../server/segment.ts'
import { searchCases } from '../server/similar-cases.ts'
import { postgresql } from '../test/postgresql.ts'

/** One side of the desk: fills its tables to the scale, then measures. */
interface Part {
  readonly seed: (db: Kysely<Tables>, cases: number) => Promise<void>
  readonly measure: (db: Kysely<Tables>, cases: number) => Promise<void>
}

/** Casework; the enquiry desk adds its own. */
const parts: readonly Part[] = [{ seed: seedCases, measure: measureCases }]

export async function benchDesk({
  cases,
  pglite,
}: {
  readonly cases: number
  readonly pglite: boolean
}): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tongguan-bench-desk-'))
  const server = pglite ? undefined : postgresql()
  try {
    await server?.start()
    const where = server === undefined ? { folder: join(folder, 'database') } : { url: await server.createDatabase() }
    const records = await openRecords(where)
    try {
      console.log(`desk, on ${pglite ? 'PGlite' : 'PostgreSQL (16 MB of shared buffers)'}`)
      for (const { seed } of parts) await seed(records.db, cases)
      await sql`analyze`.execute(records.db)
      for (const { measure } of parts) await measure(records.db, cases)
      console.log(`  memory of this process: ${Math.round(process.memoryUsage().rss / 1_048_576)} MB`)
    } finally {
      await records.close()
    }
  } finally {
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

// --- casework ---------------------------------------------------------------------------------------------------

const provinces = 31
const officers = 20
const writers = 200

/** A long case: six rounds of supplements before its result, twenty events. */
const template: readonly CaseEvent[] = (() => {
  const events = anAssessedCase(caseNo('TG-2026-000001'))
  const round = (at: number): readonly CaseEvent[] => {
    const day = addDays(legalDate('2026-04-15'), at)
    return [
      { kind: 'supplementRequested', day, actor: aDrafter, requested: [why] },
      { kind: 'supplementReceived', day, actor: aHandler, documents: [`annex-${at}.docx`] },
    ]
  }
  return [...events.slice(0, 7), ...[1, 2, 3, 4, 5, 6].flatMap(round), ...events.slice(7)]
})()
/** How far the cases have come: one in ten is open somewhere on the way. */
const lengths = [1, 2, 3, 4, 5, 6, 9, 12, ...Array.from({ length: 72 }, () => template.length)]
const subjects = [
  '临床试验受试者',
  '酒店会员订房',
  '员工人事',
  '车辆行驶轨迹',
  '跨境电商订单',
  '航空旅客订座',
  '社交平台用户',
]
const purposes = ['医学研究', '全球客户服务', '集团统一管理', '产品质量分析', '售后维修', '学术合作', '反欺诈']

async function seedCases(db: Kysely<Tables>, cases: number): Promise<void> {
  const since = performance.now()
  const rows = template.map((event, at) => ({ seq: at + 1, day: event.day, event }))
  const desks = lengths.map((length, at) => ({ at, length, row: deskRowOf(folded(length)) }))
  const texts = subjects.flatMap((subject) =>
    purposes.map((purpose) => segment(`${subject}数据出境 ${purpose}`).join(' ')),
  )
  await sql`create temporary table template as
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (seq int, day date, event jsonb)`.execute(db)
  for (let from = 0; from < cases; from += 10_000) {
    const to = Math.min(cases, from + 10_000) - 1
    await db.transaction().execute(async (tx) => {
      // Seeded rows are copies of one case that was folded; their triggers would only say so again.
      await sql`set local session_replication_role = replica`.execute(tx)
      const numbers = sql`(select g, 'TG-' || (2020 + g / 900000) || '-' || lpad((g % 900000 + 1)::text, 6, '0') as no
        from generate_series(${from}::int, ${to}::int) g) n`
      await sql`insert into case_file (no) select no from ${numbers}`.execute(tx)
      await sql`insert into case_event (case_no, seq, day, event)
        select no, t.seq, t.day, case when t.seq = 1 then jsonb_set(t.event, '{caseNo}', to_jsonb(no)) else t.event end
        from ${numbers}
        join jsonb_to_recordset(${JSON.stringify(lengths.map((length, at) => ({ at, length })))}::jsonb) as l (at int, length int)
          on l.at = g % ${lengths.length}
        join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (seq int, day date, event jsonb) on t.seq <= l.length`.execute(
        tx,
      )
      await sql`insert into case_desk (no, sequence, kind, status, queue, desk, province, credit_code, handler_name, forwarded,
          due, due_kind, announced, provisional, opened, last_day, outcome)
        select n.no, d.sequence, d.kind, d.status, d.queue, d.desk, 'province ' || (g % ${provinces}),
          lpad((g % 50000)::text, 18, '0'), d.handler_name || ' ' || (g % 50000), d.forwarded,
          d.due + (g % 400), d.due_kind, d.announced, d.provisional, d.opened, d.last_day, d.outcome
        from ${numbers}
        join jsonb_to_recordset(${JSON.stringify(desks)}::jsonb) as l (at int, "row" jsonb) on l.at = g % ${lengths.length}
        cross join lateral jsonb_populate_record(null::case_desk, l."row") d`.execute(tx)
      await sql`insert into case_text (no, words, countries, item_kinds)
        select no, to_tsvector('simple', x.words || ' ' || g), array[(array['NL', 'DE', 'US', 'SG'])[1 + g % 4]], array['diagnosis']
        from ${numbers}
        join jsonb_to_recordset(${JSON.stringify(texts.map((words, at) => ({ at, words })))}::jsonb) as x (at int, words text)
          on x.at = g % ${texts.length}`.execute(tx)
    })
  }
  const events = await sql<{ n: number }>`select count(*)::int as n from case_event`.execute(db)
  const seconds = (performance.now() - since) / 1000
  console.log(`  seeded ${grouped(cases)} cases, ${grouped(events.rows[0]?.n ?? 0)} events, in ${seconds.toFixed(0)} s`)
}

function folded(length: number) {
  const current = fold(template.slice(0, length))
  if (current === null) throw new Error('the template is a case')
  return current
}

async function measureCases(db: Kysely<Tables>, cases: number): Promise<void> {
  const on = legalDate('2026-06-10')
  const numberOf = (g: number): CaseNo =>
    caseNo(`TG-${2020 + Math.floor(g / 900_000)}-${String((g % 900_000) + 1).padStart(6, '0')}`)
  const aQueue = (officer: number, at: number) =>
    officer % 2 === 0
      ? queue(
          db,
          { desk: 'province', province: `province ${(officer + at) % provinces}` },
          { officer: `${officer}`, queue: 'check', on, limit: 20 },
        )
      : queue(db, { desk: 'national' }, { officer: `${officer}`, queue: 'assessment', on, limit: 20 })
  said('queue of an officer, 20 at work', await timed(officers, 40, aQueue))
  said(
    'a case loaded and folded, 20 at work',
    await timed(officers, 40, (o, at) => load(db, numberOf((o * 7919 + at * 104_729) % cases))),
  )
  const words = ['临床试验', '会员订房', '行驶轨迹', '旅客 医学研究']
  const search = (o: number, at: number) =>
    searchCases(db, {
      text: words[(o + at) % words.length] ?? '',
      match: 'all',
      knownTo: { office: { desk: 'national' }, officer: `${o}` },
      limit: 20,
    })
  await search(0, 0)
  said('search in Chinese, one at a time', await timed(1, 40, search))

  // Each writer has a case of its own that waits for its acceptance.
  const open_ = await sql<{ no: string }>`
    select no from case_desk where status = 'underAssessment' order by no limit ${writers}`.execute(db)
  const held = await Promise.all(open_.rows.map(({ no }) => load(db, caseNo(no))))
  const own = held.filter((one) => one !== null)
  const perWriter = 5
  const appends = await timed(own.length, perWriter, async (writer) => {
    const current = own[writer]
    if (current === undefined) throw new Error('a writer without a case')
    const event: CaseEvent = {
      kind: 'periodExtended',
      day: on,
      actor: aDrafter,
      expected: legalDate('2026-12-01'),
      reason: why,
    }
    const appended = await append(db, current.no, current.sequence, [event], { current })
    if (appended.kind === 'conflict') throw new Error(`a conflict on ${current.no} with nobody`)
    own[writer] = appended.case
  })
  said(`append, ${own.length} writers`, appends)
  await sql`create table bare (id bigint generated always as identity primary key, event jsonb not null)`.execute(db)
  const event = JSON.stringify(template.at(-1))
  const bare = await timed(own.length, perWriter, async () => {
    await sql`insert into bare (event) values (${event}::jsonb)`.execute(db)
  })
  said(`bare single-row insert, ${own.length} writers`, bare)
  console.log(`  append reaches ${(appends.perSecond / bare.perSecond).toFixed(2)} of a bare insert's rate`)
}

interface Times {
  readonly milliseconds: readonly number[]
  readonly perSecond: number
}

/** So many at once, each so often one after the other. */
async function timed(
  atOnce: number,
  each: number,
  work: (who: number, at: number) => Promise<unknown>,
): Promise<Times> {
  const milliseconds: number[] = []
  const since = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async (_, who) => {
      for (let at = 0; at < each; at++) {
        const start = performance.now()
        await work(who, at)
        milliseconds.push(performance.now() - start)
      }
    }),
  )
  const perSecond = milliseconds.length / ((performance.now() - since) / 1000)
  return { milliseconds: milliseconds.sort((a, b) => a - b), perSecond }
}

function said(what: string, { milliseconds, perSecond }: Times): void {
  const at = (share: number) =>
    (milliseconds[Math.min(milliseconds.length - 1, Math.floor(share * milliseconds.length))] ?? 0).toFixed(1)
  console.log(`  ${what}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${grouped(Math.round(perSecond))}/s`)
}

function grouped(n: number): string {
  return n.toLocaleString('en-US')
}
