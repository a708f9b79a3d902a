// `npm run bench enquiries -- --enquiries 2000000`: the enquiry desk on a real PostgreSQL, with officers at work.
import {
  appendEnquiry,
  enquiryParts,
  enquiryPage,
  foldEnquiry,
  nextSubjectNo,
  receive,
  rowOf,
  similarEnquiries,
  similarInterpretations,
  summed,
  topicCodes,
  totalsOf,
} from '@tongguan/enquiries'
import type { EnquiryDb, EnquiryEvent, EnquiryTables, Part, SubjectNo } from '@tongguan/enquiries'
import { addDays, legalDate } from '@tongguan/law'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { figuresPage } from '../server/figures-page.ts'
import { statedClock } from '../server/installation.ts'
import { openRecords } from '../server/records.ts'
import { segment } from '../server/segment.ts'
import { random } from '../test/law/points.ts'

const office = '北京市'
const officers = 20
const first = legalDate('2024-01-02')
const days = 720

/** Seeds this many enquiries, then measures what an officer waits for, and prints it. `url` is an empty PostgreSQL. */
export async function benchEnquiries(url: string, { enquiries }: { readonly enquiries: number }): Promise<void> {
  const records = await openRecords({ url })
  try {
    const db = records.db as unknown as Kysely<EnquiryTables>
    const since = performance.now()
    await seed(db, enquiries)
    await sql`vacuum analyze`.execute(db)
    const seconds = (performance.now() - since) / 1000
    console.log(`enquiries: ${enquiries} seeded in ${seconds.toFixed(0)} s`)
    await measure(db)
  } finally {
    await records.close()
  }
}

async function measure(db: Kysely<EnquiryTables>): Promise<void> {
  const below = random(7)
  const typing = () => {
    const question = questionOf(below)
    return question.slice(0, 4 + below(question.length - 4))
  }
  const search = async () => {
    const words = segment(typing())
    await similarInterpretations(db, office, words, { limit: 3 })
    await similarEnquiries(db, office, words, { limit: 5 })
  }
  await atOnce(officers, 2, search)
  say(`similar answers while typing, ${officers} officers`, await atOnce(officers, 25, search))
  say('similar answers while typing, one officer', await atOnce(1, 200, search))
  const period = { from: first, to: addDays(first, days) }
  const figures = async () => {
    figuresPage(office, await totalsOf(db, office, period), period, statedClock(period.to))
  }
  say('page of figures, two years', await atOnce(1, 30, figures))
  say(`page of figures, two years, ${officers} officers`, await atOnce(officers, 3, figures))
  say(
    'list, newest page',
    await atOnce(officers, 20, () => enquiryPage(db, { office }, { limit: 21 }).then(() => undefined)),
  )
  const note = async () => {
    const at = { day: addDays(first, days), officer: { id: 'o', name: 'o', office }, lists: [] }
    await db.transaction().execute(async (tx) => {
      const no = await nextSubjectNo(tx, 'enquiry', at.day)
      const decided = receive({ no, channel: 'phone', question: questionOf(below), topic: 'which-path' }, at)
      if (decided.kind === 'refused') throw new Error(decided.code)
      await appendEnquiry(tx, no, null, decided.events, segment)
    })
  }
  say(`a phone note written, ${officers} officers`, await atOnce(officers, 10, note))
  console.log(`enquiries: memory of this process ${Math.round(process.memoryUsage().rss / 1e6)} MB`)
}

/** How long each of `times` runs of each of `at` workers took, in ms, sorted. */
async function atOnce(at: number, times: number, run: () => Promise<void>): Promise<readonly number[]> {
  const took: number[] = []
  await Promise.all(
    Array.from({ length: at }, async () => {
      for (let n = 0; n < times; n++) {
        const since = performance.now()
        await run()
        took.push(performance.now() - since)
      }
    }),
  )
  return took.sort((a, b) => a - b)
}

function say(what: string, took: readonly number[]): void {
  const at = (percent: number) =>
    (took[Math.min(took.length - 1, Math.ceil((took.length * percent) / 100) - 1)] ?? 0).toFixed(1)
  console.log(`enquiries: ${what}: median ${at(50)} ms, p99 ${at(99)} ms (${took.length} runs)`)
}

// --- what is asked ------------------------------------------------------------------------------------------------

const who = [
  '我院',
  '我们公司',
  '我行',
  '某航空公司',
  '一家汽车企业',
  '外资药企',
  '电商平台',
  '高校',
  '保险公司',
  '物流企业',
]
const what = [
  '患者诊断数据',
  '员工信息',
  '客户账户信息',
  '旅客订票信息',
  '车辆位置数据',
  '用户行为日志',
  '基因测序数据',
  '交易记录',
  '简历',
  '影像资料',
  '会员手机号',
]
const to = [
  '荷兰的大学',
  '美国总部',
  '新加坡子公司',
  '香港的关联公司',
  '德国供应商',
  '日本客户',
  '云服务商在境外的服务器',
  '英国的数据分析公司',
]
const ask = [
  '要不要申报安全评估',
  '可以用标准合同吗',
  '单独同意怎么取得',
  '自评估报告怎么写',
  '多久能有结果',
  '人数怎么算',
  '是否属于重要数据',
  '有效期怎么延长',
  '需要哪些材料',
  '远程访问算不算出境',
]

function questionOf(below: (n: number) => number): string {
  const one = (list: readonly string[]) => list[below(list.length)] ?? ''
  return `${one(who)}把${below(90) + 1}万条${one(what)}提供给${one(to)}，${one(ask)}`
}

/** Enquiries as the desk writes them, by the same pure functions, a thousand a statement. */
async function seed(db: Kysely<EnquiryTables>, enquiries: number): Promise<void> {
  const below = random(3)
  const totals = new Map<string, Part>()
  const perYear = new Map<string, number>()
  for (let done = 0; done < enquiries; done += 1000) {
    const batch = Array.from({ length: Math.min(1000, enquiries - done) }, (_, index) => {
      const day = addDays(first, Math.floor(((done + index) / enquiries) * days))
      const year = day.slice(0, 4)
      const n = (perYear.get(year) ?? 0) + 1
      perYear.set(year, n)
      const no = `ZX-${year}-${String(n).padStart(7, '0')}` as SubjectNo
      const officer = { id: `o-${below(officers)}`, name: 'o', office }
      const topic = topicCodes[below(topicCodes.length)] ?? 'other'
      const answer = {
        text: '请按所附条款办理，材料见申报指南。',
        citations: [{ instrument: 'measures-2022', article: 7 }],
        position: 'depends',
      } as const
      const decided = receive(
        { no, channel: 'phone', question: questionOf(below), topic, ...(below(20) === 0 ? {} : { answer }) },
        { day, officer, lists: [] },
      )
      if (decided.kind === 'refused') throw new Error(decided.code)
      return decided.events
    })
    await write(db, batch, totals)
  }
  const sums = [...totals.values()]
  await sql`insert into figure_total select ${office}, (x ->> 'day')::date, x ->> 'measure', x ->> 'key', (x ->> 'n')::bigint
    from jsonb_array_elements(${JSON.stringify(sums)}::jsonb) as x`.execute(db)
  for (const [year, last] of perYear) {
    await db
      .insertInto('desk_no_counter')
      .values({ prefix: 'ZX', year: Number(year), last })
      .execute()
  }
}

async function write(db: EnquiryDb, batch: readonly (readonly EnquiryEvent[])[], totals: Map<string, Part>) {
  const events = batch.flatMap((own) =>
    own.map((event, index) => ({
      subject: own[0]?.kind === 'received' ? own[0].no : '',
      seq: index + 1,
      day: event.day,
      event,
    })),
  )
  const rows = batch.flatMap((own) => {
    const enquiry = foldEnquiry(own)
    if (enquiry === null) return []
    const row = rowOf(enquiry)
    return [{ ...row, words: segment(`${enquiry.question}\n${enquiry.answer?.text ?? ''}`) }]
  })
  const parts = rows.map((row) => ({ id: row.no, parts: summed(enquiryParts(row)) }))
  for (const part of parts.flatMap((one) => one.parts)) {
    const key = `${part.day} ${part.measure} ${part.key}`
    totals.set(key, { ...part, n: (totals.get(key)?.n ?? 0) + part.n })
  }
  await sql`insert into desk_event (subject, seq, office, day, event)
    select x ->> 'subject', (x ->> 'seq')::int, ${office}, (x ->> 'day')::date, x -> 'event'
    from jsonb_array_elements(${JSON.stringify(events)}::jsonb) as x`.execute(db)
  await sql`insert into enquiry (no, seq, office, status, channel, topic, received_on, answered_on, question, answer,
      officer_id, officer, position, law_on, signature, words)
    select no, seq, office, status, channel, topic, received_on, answered_on, question, answer, officer_id, officer,
      position, law_on, signature, array_to_tsvector(words)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (no text, seq int, office text, status text,
      channel text, topic text, received_on date, answered_on date, question text, answer text, officer_id text,
      officer text, position text, law_on date, signature text, words text[])`.execute(db)
  await sql`insert into figure_part (source, id, office, parts)
    select 'enquiry', x ->> 'id', ${office}, x -> 'parts'
    from jsonb_array_elements(${JSON.stringify(parts)}::jsonb) as x`.execute(db)
}
