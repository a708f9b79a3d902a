// What the API answers to requests that are wrong, foreign or not allowed, and what its pages hold back. One database for
// all of them; what depends on the database stands in app.test.ts.
import { sql } from 'kysely'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList, CasePage, EvidencePage, Me, Problem } from './contract/client.ts'
import { bodyLimitBytes } from './app.ts'
import { Browser, aCase, aServer, bodyOf, other, own, password, today } from './makers.ts'
import { openRecords } from './records.ts'
import type { Records } from './records.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-requests-'))
let records: Records
let main: Awaited<ReturnType<typeof aServer>>
beforeAll(async () => {
  records = await openRecords({ folder: join(folder, 'database') })
  main = await aServer(records)
})
afterAll(async () => {
  main.end()
  await records.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The shared server, or another one on the same database. */
async function started(change?: Parameters<typeof aServer>[1]) {
  const { server, app } = change === undefined ? main : await aServer(records, change, { accounts: 'there' })
  const signedIn = async (name: string) => {
    const browser = new Browser(app)
    expect((await browser.signIn(name)).status).toBe(200)
    return browser
  }
  return { server, app, records, signedIn, browser: new Browser(app) }
}

const problemOf = (response: Response) => bodyOf<Problem>(response)

test('a step out of order is told what can follow', async () => {
  const { server, signedIn } = await started()
  const no = await aCase(server, { events: 2 })
  const assessor = await signedIn('assessor')
  const early = await assessor.post(`/v1/cases/${no}/acceptance`, { acceptanceNo: 'A-1' }, { ifMatch: 2 })
  expect(early.status).toBe(409)
  const problem = await problemOf(early)
  expect(problem.code).toBe('case.not-now')
  expect(problem.possible?.map(({ command, mine }) => [command, mine])).toEqual([
    ['receiveAtNational', true],
    ['refuseCustody', true],
    ['withdraw', false],
  ])
})

test('what is empty is refused by casework, with its own code', async () => {
  const { server, signedIn } = await started()
  const no = await aCase(server, { events: 3 })
  const assessor = await signedIn('assessor')
  const empty = await assessor.post(`/v1/cases/${no}/acceptance`, { acceptanceNo: ' ' }, { ifMatch: 3 })
  expect([empty.status, (await problemOf(empty)).code]).toEqual([409, 'case.nothing-said'])
})

test('cookies are for the browser only, and a password is never kept', async () => {
  const { browser, records } = await started()
  const answer = await browser.signIn('deskOfficer')
  expect(answer.headers.getSetCookie()).toHaveLength(1)
  expect(answer.headers.get('set-cookie')).toMatch(/^tongguan-7420\.session_token=.*HttpOnly; SameSite=Strict$/)
  const me = await bodyOf<Me>(answer)
  expect(me).toMatchObject({ role: 'deskOfficer', organisation: { kind: 'province', province: own.province } })
  const [, token = ''] = /session_token=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? []
  const { rows } = await sql<{ text: string }>`select auth_user::text as text from auth_user
    union all select auth_session::text from auth_session`.execute(records.db)
  expect(rows.some(({ text }) => text.includes(password) || text.includes(token))).toBe(false)
  expect(token).toHaveLength(43)
})

test('a handler declares for itself only; the answer says where the case is', async () => {
  const { server, signedIn } = await started()
  const no = await aCase(server)
  const handler = await signedIn('handlerOfficer')
  const { declaration } = await bodyOf<CasePage>(await handler.get(`/v1/cases/${no}`))
  const made = await handler.post('/v1/cases', { declaration })
  expect(made.status).toBe(201)
  const page = await bodyOf<CasePage>(made)
  expect(made.headers.get('location')).toBe(`/v1/cases/${page.caseNo}`)
  // Declared by name and hash; its bytes are not here.
  expect(page.documents.map(({ href }) => href)).toEqual([null])
  if (declaration === null) throw new Error('a declaration opens it')
  const foreign = { ...declaration, handler: { ...declaration.handler, creditCode: other.creditCode } }
  const refused = await handler.post('/v1/cases', { declaration: foreign })
  expect([refused.status, (await problemOf(refused)).code]).toEqual([403, 'declaration.not-yours'])
  const { cases } = await bodyOf<CaseList>(await handler.get('/v1/cases?limit=2'))
  expect(cases.map(({ caseNo }) => caseNo)).toEqual([page.caseNo, no])
})

test('a document is downloaded as filed, under its Chinese name, and never opened inside', async () => {
  const { server, signedIn } = await started()
  const no = await aCase(server)
  const desk = await signedIn('deskOfficer')
  const { documents } = await bodyOf<CasePage>(await desk.get(`/v1/cases/${no}`))
  const answer = await desk.get(documents[0]?.href ?? '')
  expect(await answer.text()).toBe(`the form of ${no}`)
  expect(answer.headers.get('content-disposition')).toBe(
    `attachment; filename="1-1"; filename*=UTF-8''${encodeURIComponent('数据出境安全评估申报表.docx')}`,
  )
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('content-security-policy')).toBe('sandbox')
  const none = await desk.get(`/v1/cases/${no}/documents/1-2`)
  expect([none.status, (await problemOf(none)).code]).toEqual([404, 'document.not-found'])
})

test('masked samples are for the handler; an office reads counts and categories', async () => {
  const { server, signedIn } = await started()
  const no = await aCase(server, { events: 2 })
  const read = async (name: string) =>
    bodyOf<EvidencePage>(await (await signedIn(name)).get(`/v1/cases/${no}/evidence`))
  const samples = ({ evidence }: EvidencePage) =>
    evidence.files.flatMap(({ columns }) => columns.flatMap((c) => c.sample))
  const handler = await read('handlerOfficer')
  expect([handler.samples, samples(handler)]).toEqual(['shown', ['138****5678']])
  for (const name of ['deskOfficer', 'assessor']) {
    const page = await read(name)
    expect([page.samples, samples(page)]).toEqual(['withheld', []])
    expect(page.evidence.persons.upper).toBe(2)
  }
  expect(handler.kinds).toEqual({ mobile: { zh: '手机号码', en: 'mobile number' } })
})

test.for([
  ['no key', { ifMatch: 1, key: 'short' }, 400, 'request.idempotency-key'],
  ['no version', {}, 428, 'request.if-match-missing'],
  ['a version of somebody else', { 'if-match': 'W/"1"' }, 400, 'request.if-match-malformed'],
  ['another site', { ifMatch: 1, origin: 'http://evil.example' }, 403, 'request.other-site'],
  ['no origin', { ifMatch: 1, origin: '' }, 403, 'request.other-site'],
  ['a foreign name for this machine', { ifMatch: 1, host: 'evil.example' }, 403, 'request.unknown-host'],
  ['no JSON type', { ifMatch: 1, 'content-type': 'text/plain' }, 415, 'request.wrong-media-type'],
] as const)('%s', async ([, headers, status, code]) => {
  const { server, signedIn } = await started()
  const no = await aCase(server)
  const desk = await signedIn('deskOfficer')
  const answer = await desk.post(`/v1/cases/${no}/completeness-check`, {}, { ...headers })
  expect([answer.status, (await problemOf(answer)).code]).toEqual([status, code])
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect((await bodyOf<CasePage>(await desk.get(`/v1/cases/${no}`))).sequence).toBe(1)
})

test('bodies that are broken, foreign or too large', async () => {
  const { server, signedIn } = await started()
  const no = await aCase(server)
  const desk = await signedIn('deskOfficer')
  const raw = (body: string, path = `/v1/cases/${no}/return-for-completion`) =>
    desk.ask(
      'POST',
      path,
      {
        'content-type': 'application/json',
        'idempotency-key': 'broken-body',
        'if-match': '"1"',
        'accept-language': 'en',
      },
      body,
    )
  const codes = async (answer: Response) => [answer.status, (await problemOf(answer)).code]
  expect(await codes(await raw('{"reasons":'))).toEqual([400, 'request.not-json'])
  expect(await codes(await raw(''))).toEqual([400, 'request.not-json'])
  expect(await codes(await raw('[]'))).toEqual([422, 'request.does-not-fit'])
  expect(await codes(await raw(`"${'x'.repeat(bodyLimitBytes)}"`))).toEqual([413, 'request.too-large'])
  const foreign = await raw('{"missing":["coffee"],"reasons":[],"extra":1}')
  const problem = await problemOf(foreign)
  expect(problem.fields?.map(({ field }) => field)).toEqual(['missing.0', '(body)'])
  expect(problem.detail).toBe(problem.words.en)
  expect(problem.words.zh).not.toBe(problem.words.en)
  expect(await codes(await raw('{}', '/v1/cases/TG-2026-999999/completeness-check'))).toEqual([404, 'case.not-found'])
  expect(await codes(await raw('{}', '/v1/cases/..%2f/completeness-check'))).toEqual([404, 'case.not-found'])
  expect(await codes(await raw('{}', '/v1/nothing'))).toEqual([404, 'request.unknown-route'])
  expect(await codes(await desk.get('/v1/cases?cursor=zzzz'))).toEqual([422, 'request.cursor'])
  expect(await codes(await desk.get('/v1/cases?limit=0'))).toEqual([422, 'request.does-not-fit'])
})

test('an installation of the authority lets no handler in, and the other way round', async () => {
  const { app } = await started({ role: 'authority' })
  const handler = await new Browser(app).signIn('handlerOfficer')
  expect([handler.status, (await problemOf(handler)).code]).toEqual([403, 'sign-in.not-here'])
  expect((await new Browser(app).signIn('deskOfficer')).status).toBe(200)
})

test('in a real installation the day is today in China and no simulation is claimed', async () => {
  const { server, signedIn } = await started({
    clock: { on: () => today, stated: false },
    installation: { kind: 'production', statedDay: null },
  })
  const no = await aCase(server)
  const page = await bodyOf<CasePage>(await (await signedIn('supervisor')).get(`/v1/cases/${no}`))
  expect([page.simulated, page.clock]).toEqual([false, { on: today, stated: false, words: null }])
})
