import {
  appendEnquiry,
  appendInstitution,
  appendInterpretation,
  decideInstitution,
  decideInterpretation,
  foldInterpretation,
  nextSubjectNo,
  receive,
  topics,
} from '@tongguan/enquiries'
import type { At, Decided, EnquiryTx, InterpretationEvent, KeyArea, Officer, Stage, Topic } from '@tongguan/enquiries'
import { addDays, addWorkingDays, isCreditCode } from '@tongguan/law'
import type { DataItem, Declaration, LegalDate } from '@tongguan/law'
import type { Transaction } from 'kysely'
import { countGrownCases } from '../case-figures.ts'
import type { Records, Tables } from '../records.ts'
import { segment } from '../segment.ts'
import { advanceSimulatedCase, handle } from './handle-case.ts'

/*
 * A believable provincial office for a first look: cases in every state, enquiries, institutions of the key areas and
 * published answers. Every name says that it is simulated, and it is only ever written into a database marked as a pilot.
 */

interface Invented {
  readonly name: string
  readonly keyArea: KeyArea
  readonly purpose: string
  readonly recipient: { readonly name: string; readonly country: string }
  readonly items: readonly (readonly [name: string, kind: DataItem['kind'], category: 'personal' | 'sensitive'])[]
}

const invented: readonly Invented[] = [
  {
    name: '示例心血管医院',
    keyArea: 'healthcare',
    purpose: '多中心临床研究',
    recipient: { name: 'Example Heart Institute', country: 'DE' },
    items: [
      ['subject', 'subject_id', 'personal'],
      ['icd10', 'diagnosis', 'sensitive'],
    ],
  },
  {
    name: '示例银行信用卡中心',
    keyArea: 'finance',
    purpose: '集团统一风险管理',
    recipient: { name: 'Example Bank Group', country: 'SG' },
    items: [
      ['name', 'name', 'personal'],
      ['account', 'bank_account', 'sensitive'],
    ],
  },
  {
    name: '示例汽车销售公司',
    keyArea: 'automobile',
    purpose: '售后质量分析',
    recipient: { name: 'Example Motors AG', country: 'DE' },
    items: [
      ['owner', 'name', 'personal'],
      ['vin', 'vin', 'personal'],
    ],
  },
  {
    name: '示例航空公司',
    keyArea: 'civil-aviation',
    purpose: '联运与旅客服务',
    recipient: { name: 'Example Alliance', country: 'NL' },
    items: [
      ['passenger', 'name', 'personal'],
      ['passport', 'passport', 'sensitive'],
    ],
  },
  {
    name: '示例社交平台',
    keyArea: 'social-media',
    purpose: '内容安全与反欺诈',
    recipient: { name: 'Example Platform Ltd', country: 'IE' },
    items: [
      ['nickname', 'name', 'personal'],
      ['phone', 'phone', 'personal'],
    ],
  },
]

/** How far each case has come, by working days since it was filed when every office acts on its last day. */
const steps = [
  { steps: 1, workingDays: 1 },
  { steps: 1, workingDays: 4 },
  { steps: 2, workingDays: 6 },
  { steps: 3, workingDays: 9 },
  { steps: 4, workingDays: 13 },
  { steps: 5, workingDays: 30 },
  { steps: 6, workingDays: 62 },
] as const

const questions: readonly (readonly [Topic, string, answer: string | null])[] = [
  [
    'which-path',
    '向境外总部提供员工信息，人数不到一万，走哪条路径？',
    '先看是否属于跨境人力资源管理的免予申报情形，不属于的按人数判断。',
  ],
  ['counting-persons', '同一患者在两个项目中出境，算一人还是两人？', '按去重后的自然人计，两个项目合并计算。'],
  ['materials', '自评估报告由谁盖章？', '由数据处理者盖章；委托第三方参与的，第三方一并盖章。'],
  ['exemptions', '境外旅客通过我们的网站订酒店，要申报吗？', null],
  ['validity', '评估结果快到期了，什么时候申请延期？', '在有效期届满前60个工作日内申请。'],
  ['important-data', '没有收到通知，怎样判断是不是重要数据？', null],
]

/** Fills the office of a province. Days are counted back from `today`; the database must be a pilot's. */
export async function fillPilotOffice(
  records: Records,
  { province, today }: { readonly province: string; readonly today: LegalDate },
): Promise<void> {
  // All of it or nothing, and written to the disk once.
  await records.db.transaction().execute(async (all) => {
    for (const [at, one] of [...invented, ...invented].entries()) await casesOf(all, one, { at, province, today })
    await desk(all, { province, today })
  })
  await countGrownCases(records.db)
}

async function casesOf(
  db: Transaction<Tables>,
  one: Invented,
  { at, province, today }: { readonly at: number; readonly province: string; readonly today: LegalDate },
): Promise<void> {
  const declaration = declarationOf(one, { at, province, today })
  // Each has three cases, so that every state stands there several times.
  for (const shift of [0, 2, 4]) {
    const stage = steps[(at + shift) % steps.length] ?? steps[0]
    const filedOn = addWorkingDays(today, -stage.workingDays - Math.floor(at / 2)).date
    const filed = await advanceSimulatedCase(db, declaration, { filedOn, steps: stage.steps })
    if (at !== 3 || stage.steps !== 1) continue
    const handled = await handle(db, filed.no, {
      kind: 'returnForCompletion',
      day: addWorkingDays(filedOn, 1).date,
      actor: {
        kind: 'province',
        office: `${province}互联网信息办公室（模拟）`,
        id: 'pilot-desk',
        name: '受理岗（模拟）',
      },
      missing: ['power-of-attorney'],
      reasons: [{ zh: '授权委托书缺少经办人签名。', en: 'The agent has not signed the power of attorney.' }],
    })
    if (handled.kind !== 'done') throw new Error(`the pilot's case could not be returned: ${JSON.stringify(handled)}`)
  }
}

function declarationOf(
  { name, purpose, recipient, items }: Invented,
  { at, province, today }: { readonly at: number; readonly province: string; readonly today: LegalDate },
): Declaration {
  return {
    schema: 'tongguan/declaration/1',
    handler: { name: nameOf(name, at), creditCode: codeOf(at), ciio: false, province },
    reference: `模拟-${at + 1}`,
    path: 'assessment',
    selfAssessment: { from: addDays(today, -170), to: addDays(today, -120) },
    scenarios: [
      {
        id: 's1',
        name: purpose,
        purpose,
        manner: 'files',
        recipients: [{ ...recipient, name: `${recipient.name} (simulated)` }],
        items: items.map(([item, kind, category]) => ({
          name: item,
          description: item,
          kind,
          category,
          necessity: purpose,
        })),
        persons: { general: 1000 * (at + 1), sensitive: 10_000 + 1500 * at },
        importantDataBytes: null,
        retention: '5 years',
      },
    ],
    documents: [],
    countingMethod: 'tongguan/persons/1',
  }
}

function nameOf(name: string, at: number): string {
  return `${name}${at < invented.length ? '' : '第二分支'}（模拟）`
}

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** A code with a right check character whose organisation part is nobody's. */
function codeOf(at: number): string {
  const body = `9111000099PTMN${String(at).padStart(3, '0')}`
  const check = [...alphabet].find((character) => isCreditCode(body + character))
  if (check === undefined) throw new Error(`no check character fits ${body}`)
  return body + check
}

async function desk(
  tx: EnquiryTx,
  { province, today }: { readonly province: string; readonly today: LegalDate },
): Promise<void> {
  const [first, second] = officersOf(province)
  const atDay = (daysAgo: number, officer: Officer): At => ({ day: addDays(today, -daysAgo), officer, lists: [] })
  for (const [n, [topic, question, answer]] of [...questions, ...questions, ...questions].entries()) {
    const asking = invented[n % invented.length]
    const at = atDay(40 - 2 * n, n % 2 === 0 ? first : second)
    const no = await nextSubjectNo(tx, 'enquiry', at.day)
    const asked = receive(
      {
        no,
        channel: n % 4 === 3 ? 'web' : 'phone',
        question,
        topic,
        ...(asking === undefined
          ? {}
          : { organisation: { name: nameOf(asking.name, n % invented.length), keyArea: asking.keyArea } }),
        ...(answer === null ? {} : { answer: { text: answer, citations: topics[topic].cites } }),
      },
      at,
    )
    await appendEnquiry(tx, no, null, eventsOf(asked), segment)
  }
  for (const [at, { name, keyArea }] of invented.entries()) {
    const made = atDay(90, first)
    const no = await nextSubjectNo(tx, 'institution', made.day)
    const creditCode = codeOf(at)
    const added = eventsOf(
      decideInstitution(null, { kind: 'add', no, name: nameOf(name, at), creditCode, keyArea }, made),
    )
    let institution = await appendInstitution(tx, no, 0, added)
    for (const [n, stage] of (['invited', 'contacted', 'guided', 'filed', 'passed'] as const satisfies readonly Stage[])
      .slice(0, at + 1)
      .entries()) {
      if (!('reached' in institution)) throw new Error(`${no} was written twice`)
      const on = atDay(80 - 12 * n, first)
      const reached = eventsOf(decideInstitution(institution, { kind: 'reachStage', stage, on: on.day }, on))
      institution = await appendInstitution(tx, no, institution.sequence, reached)
    }
  }
  for (const [topic, question, answer] of questions) {
    if (answer !== null) await publish(tx, { topic, question, answer }, [atDay(30, first), atDay(29, second)])
  }
}

async function publish(
  tx: EnquiryTx,
  said: { readonly topic: Topic; readonly question: string; readonly answer: string },
  [drafted, approved]: readonly [At, At],
): Promise<void> {
  const no = await nextSubjectNo(tx, 'interpretation', drafted.day)
  const { topic, question, answer } = said
  const english = englishOf[question]
  if (english === undefined) throw new Error(`no English for ${question}`)
  const content = {
    kind: 'answer',
    topic,
    keyArea: null,
    question: { zh: question, en: english[0] },
    answer: { zh: answer, en: english[1] },
    citations: topics[topic].cites,
    law: drafted.day,
    facts: null,
    fromEnquiry: null,
  } as const
  const events: InterpretationEvent[] = []
  for (const [command, at] of [
    [{ kind: 'draft', no, content }, drafted],
    [{ kind: 'approve', no }, approved],
  ] as const) {
    const next = eventsOf(decideInterpretation(foldInterpretation(events), command, at))
    await appendInterpretation(tx, no, events.length, next, segment)
    events.push(...next)
  }
}

const englishOf: Readonly<Record<string, readonly [question: string, answer: string]>> = {
  '向境外总部提供员工信息，人数不到一万，走哪条路径？': [
    'Staff data of fewer than ten thousand persons go to our headquarters abroad. Which path?',
    'See first whether it is exempt as cross-border management of staff; if not, the number of persons decides.',
  ],
  '同一患者在两个项目中出境，算一人还是两人？': [
    'One patient is in two projects that are exported. Is that one person or two?',
    'Distinct natural persons count, over both projects together.',
  ],
  '自评估报告由谁盖章？': [
    'Who seals the self-assessment report?',
    'The data handler; a third party that took part seals it as well.',
  ],
  '评估结果快到期了，什么时候申请延期？': [
    'Our result is about to expire. When is an extension asked for?',
    'Within the sixty working days before it expires.',
  ],
}

function officersOf(province: string): readonly [Officer, Officer] {
  return [
    { id: 'pilot-desk', name: '受理岗（模拟）', office: province },
    { id: 'pilot-desk-2', name: '咨询岗（模拟）', office: province },
  ]
}

function eventsOf<Event>(decided: Decided<Event>): readonly [Event, ...Event[]] {
  if (decided.kind === 'decided') return decided.events
  throw new Error(`the pilot's office was refused: ${decided.words.en}`)
}
