// The enquiry desk through the API: what an officer does with it, and what it refuses.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aCode, someFacts } from '../enquiries/makers.ts'
import type { Problem } from './contract/client.ts'
import { Browser, aCase, aDraft, aServer, bodyOf, own } from './makers.ts'
import { openRecords } from './records.ts'
import type { Records } from './records.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-enquiries-'))
let records: Records
let made: Awaited<ReturnType<typeof aServer>>
let officer: Browser

beforeAll(async () => {
  records = await openRecords({ folder: join(folder, 'database') })
  made = await aServer(records)
  officer = new Browser(made.app)
  await officer.signIn('deskOfficer')
})
afterAll(async () => {
  made.end()
  await records.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Enquiry {
  readonly no: string
  readonly sequence: number
  readonly [field: string]: unknown
}

const cites = [{ instrument: 'provisions-2024', article: 7 }]

async function note(body: object): Promise<Enquiry> {
  const answer = await officer.post('/v1/enquiries', { channel: 'phone', ...body })
  expect(answer.status).toBe(201)
  return bodyOf(answer)
}

async function count(): Promise<number> {
  const { enquiries } = await bodyOf<{ enquiries: unknown[] }>(await officer.get('/v1/enquiries?limit=100'))
  return enquiries.length
}

test('a phone note is one call: question, facts and answer, with the path and the words that it is no decision', async () => {
  const taken = await note({
    question: '我们向荷兰大学提供患者数据，要申报安全评估吗',
    topic: 'which-path',
    facts: someFacts(),
    answer: { text: '应当申报。', citations: cites },
  })
  expect(taken).toMatchObject({
    status: 'answered',
    told: { path: 'assessment' },
    guidance: { en: 'Guidance on the facts told, law of 2026-06-10, not a decision.' },
    citations: [{ words: { zh: '《促进和规范数据跨境流动规定》第七条' } }],
  })
  const found = await bodyOf<{ enquiries: Enquiry[] }>(
    await officer.get(`/v1/similar-answers?text=${encodeURIComponent('患者数据提供给大学')}`),
  )
  expect(found.enquiries.map(({ no }) => no)).toContain(taken.no)
})

test.for([
  [
    'a wrong credit code',
    { organisation: { name: 'x', creditCode: '121000004000000001' } },
    'organisation.credit-code',
  ],
  ['a control character', { question: 'a\u0007b' }, 'request.does-not-fit'],
  ['a direction override', { question: 'a\u202Eb' }, 'request.does-not-fit'],
  ['a day in the future', { receivedOn: '2026-06-11' }, 'enquiry.future-day'],
  ['a day that does not exist', { receivedOn: '2026-02-30' }, 'request.does-not-fit'],
  ['an answer without an article', { answer: { text: 'yes', citations: [] } }, 'answer.uncited'],
  ['a field nobody knows', { colour: 'red' }, 'request.does-not-fit'],
] as const)('%s is refused in both languages, and nothing is written', async ([, change, code]) => {
  const before = await count()
  const answer = await officer.post('/v1/enquiries', { channel: 'phone', question: 'q', ...change })
  expect(answer.status).toBe(422)
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  const problem = await bodyOf<Problem>(answer)
  expect(problem.code).toBe(code)
  expect(problem.words.zh).toMatch(/\p{Script=Han}/u)
  expect(problem.words.en).not.toMatch(/\p{Script=Han}/u)
  expect(await count()).toBe(before)
})

test('a stale version is refused with the one there is, and nothing is written', async () => {
  const { no, sequence } = await note({ question: 'q' })
  const first = await officer.post(`/v1/enquiries/${no}/topic`, { topic: 'materials' }, { ifMatch: sequence })
  expect(first.status).toBe(200)
  const second = await officer.post(`/v1/enquiries/${no}/topic`, { topic: 'other' }, { ifMatch: sequence })
  expect(await bodyOf<Problem>(second)).toMatchObject({ status: 412, code: 'desk.stale', sequence: 2 })
  expect(await bodyOf<Enquiry>(await officer.get(`/v1/enquiries/${no}`))).toMatchObject({ topic: 'materials' })
})

test('sent again with the same key, a note is written once', async () => {
  const before = await count()
  const body = { channel: 'phone', question: 'once' }
  const [one, two] = [
    await officer.post('/v1/enquiries', body, { key: 'one-note-key' }),
    await officer.post('/v1/enquiries', body, { key: 'one-note-key' }),
  ]
  expect(await two.text()).toBe(await one.text())
  expect(await count()).toBe(before + 1)
})

test('an enquiry is handed over to a case of the same handler, and to none the officer may not see', async () => {
  const handler = { creditCode: aCode, province: own.province }
  const caseNo = await aCase(made.server, { of: handler })
  const { no, sequence } = await note({
    question: 'q',
    organisation: { name: 'a handler', creditCode: aCode },
  })
  const away = await officer.post(`/v1/enquiries/${no}/case`, { caseNo: 'TG-2026-999999' }, { ifMatch: sequence })
  expect((await bodyOf<Problem>(away)).code).toBe('case.not-found')
  const linked = await officer.post(`/v1/enquiries/${no}/case`, { caseNo }, { ifMatch: sequence })
  expect(await bodyOf<Enquiry>(linked)).toMatchObject({ caseNos: [caseNo] })
})

test('a draft is not approved by its drafter', async () => {
  const drafted = await bodyOf<Enquiry>(await officer.post('/v1/interpretations', aDraft))
  const approved = await officer.post(`/v1/interpretations/${drafted.no}/approval`, {}, { ifMatch: 1 })
  expect(await bodyOf<Problem>(approved)).toMatchObject({ status: 409, code: 'interpretation.drafter-approves' })
})

test('an institution is on the programme once', async () => {
  const body = { name: '示例航空', keyArea: 'civil-aviation' }
  expect((await officer.post('/v1/institutions', body)).status).toBe(201)
  const again = await officer.post('/v1/institutions', { ...body, name: ' 示例航空' })
  expect(await bodyOf<Problem>(again)).toMatchObject({ status: 409, code: 'institution.already' })
})

test('the office’s numbers come from what was noted and from its cases, also from a case that grew later', async () => {
  const numbers = async () => {
    const { numbers: all } = await bodyOf<{ numbers: { id: string; n: number }[] }>(
      await officer.get('/v1/office-numbers'),
    )
    return Object.fromEntries(all.map(({ id, n }) => [id, n]))
  }
  const before = await numbers()
  await note({ question: 'q' })
  await aCase(made.server, { events: 8 })
  const after = await numbers()
  expect(after).toEqual({
    calls: (before['calls'] ?? 0) + 1,
    applicants: before['applicants'],
    declarations: (before['declarations'] ?? 0) + 1,
    complete: (before['complete'] ?? 0) + 1,
    passed: (before['passed'] ?? 0) + 1,
  })
  const figures = await officer.get('/v1/figures?to=2020-01-01&from=2021-01-01')
  expect((await bodyOf<Problem>(figures)).code).toBe('figures.period')
})

test('the files hold what the page shows', async () => {
  const csv = Buffer.from(await (await officer.get('/v1/figures/csv?language=en')).arrayBuffer())
  expect([...csv.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(csv.toString()).toContain('"Calls",')
  const xlsx = new Uint8Array(await (await officer.get('/v1/figures/xlsx')).arrayBuffer())
  expect(Buffer.from(xlsx.slice(0, 2)).toString()).toBe('PK')
})

test('the public register is off by default; a result stands in it with consent and release only', async () => {
  const anybody = new Browser(made.app)
  const address = `/v1/public-register?office=${encodeURIComponent(own.province)}`
  expect((await bodyOf<Problem>(await anybody.get(address))).code).toBe('register.closed')
  const [decided, undecided] = [await aCase(made.server, { events: 8 }), await aCase(made.server, { events: 3 })]
  const consent = { consentOn: '2026-06-01', consentSha256: 'a'.repeat(64) }
  const released = async (caseNo: string, change: object = {}) =>
    (await bodyOf<Partial<Problem>>(await officer.post('/v1/public-register', { caseNo, ...consent, ...change }))).code
  expect(await released(decided)).toBe('register.off')
  expect((await officer.post('/v1/public-register/setting', { open: true })).status).toBe(201)
  expect(await released(undecided)).toBe('register.undecided')
  expect(await released(decided, { consentSha256: '' })).toBe('request.does-not-fit')
  expect(await released(decided, { consentOn: '2026-06-11' })).toBe('enquiry.future-day')
  expect(await bodyOf(await anybody.get(address))).toMatchObject({ entries: [] })
  expect(await released(decided)).toBeUndefined()
  expect(await bodyOf(await anybody.get(address))).toMatchObject({ entries: [{ caseNo: decided, outcome: 'passed' }] })
  await officer.post('/v1/public-register/setting', { open: false })
  expect((await anybody.get(address)).status).toBe(404)
})
