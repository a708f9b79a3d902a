// The rights table, asked of the running API: every route × every role × own and other's case × every way of not being
// signed in. Made from the table and the contract, so that a new route is in it without a line here.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OpenAPIHono } from '@hono/zod-openapi'
import { assertEveryRouteHasItsRow } from './app.ts'
import type { AppEnv } from './app.ts'
import { routes } from './contract/routes.ts'
import type { Operation } from './contract/routes.ts'
import { roles } from './contract/session.ts'
import { Browser, aCase, aDraft, aServer, bodyOf, other } from './makers.ts'
import type { Problem } from './contract/client.ts'
import { openRecords } from './records.ts'
import type { Records } from './records.ts'
import { isOpen, relationOf, rights } from './rights.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-rights-'))
let records: Records
let made: Awaited<ReturnType<typeof aServer>>
let ownCase = ''
let othersCase = ''
const browsers = new Map<string, Browser>()
/** What the desk officer's own office has, by the name of its number in an address. */
const desk: Record<string, string> = {}

beforeAll(async () => {
  records = await openRecords({ folder: join(folder, 'database') })
  made = await aServer(records)
  // With the national office too, so that every role has a case of its own; the other's is not yet passed on.
  ownCase = await aCase(made.server, { events: 5 })
  othersCase = await aCase(made.server, { of: other })
  for (const role of roles) {
    const browser = new Browser(made.app)
    await browser.signIn(role)
    browsers.set(role, browser)
  }
  const officer = browsers.get('deskOfficer') ?? new Browser(made.app)
  for (const [name, path, body] of [
    ['enquiryNo', '/v1/enquiries', { channel: 'phone', question: 'q' }],
    ['interpretationNo', '/v1/interpretations', aDraft],
    ['institutionNo', '/v1/institutions', { name: 'an institution', keyArea: 'healthcare' }],
    ['briefingNo', '/v1/briefings', { heldOn: '2026-06-01', title: 't', audience: 'a', place: '', slides: [] }],
  ] as const) {
    desk[name] = (await bodyOf<{ no: string }>(await officer.post(path, body))).no
  }
})
afterAll(async () => {
  made.end()
  await records.close()
  rmSync(folder, { recursive: true, force: true })
})

const operations = Object.keys(rights) as Operation[]
const guarded = operations.filter((operation) => !isOpen(operation))
const aboutACase = guarded.filter((operation) => routes[operation].path.includes('{caseNo}'))
const changing = operations.filter((operation) => routes[operation].method !== 'get')

async function ask(browser: Browser, operation: Operation, caseNo: string, headers: Record<string, string> = {}) {
  const { method, path } = routes[operation]
  const answer = await browser.ask(
    method.toUpperCase(),
    path
      .replace('{caseNo}', caseNo)
      .replace('{documentId}', '1-1')
      .replace('{format}', 'csv')
      .replace(/\{(\w+No)\}/, (_, name: string) => desk[name] ?? ''),
    {
      ...(method === 'post'
        ? { 'content-type': 'application/json', 'if-match': '"0"', 'idempotency-key': 'matrix-key' }
        : {}),
      ...headers,
    },
    method === 'post' ? '{}' : undefined,
  )
  const code =
    answer.headers.get('content-type')?.includes('problem') === true ? (await bodyOf<Problem>(answer)).code : ''
  if (code === '') await answer.body?.cancel()
  return { status: answer.status, code }
}

/** Past the guard: whatever is wrong then is about the request, not about who sends it. */
const admitted = ({ status }: { readonly status: number }) => ![401, 403, 404].includes(status)

const cells = roles.flatMap((role) => guarded.map((operation) => [role, operation] as const))

test.for(cells)('%s: %s', async ([role, operation]) => {
  const browser = browsers.get(role) ?? new Browser(made.app)
  const onOwn = await ask(browser, operation, ownCase)
  const relation = relationOf(operation, role)
  if (relation === undefined) {
    // The same answer for one's own case, another's, and one that is not there: nothing is learnt from it.
    const expected = { status: 403, code: 'rights.not-yours' }
    expect(onOwn).toEqual(expected)
    expect(await ask(browser, operation, othersCase)).toEqual(expected)
    expect(await ask(browser, operation, 'TG-2026-999999')).toEqual(expected)
    return
  }
  expect(onOwn).toSatisfy(admitted)
  if (relation === 'none') return
  if (!aboutACase.includes(operation)) return
  const notThere = { status: 404, code: 'case.not-found' }
  expect(await ask(browser, operation, othersCase)).toEqual(notThere)
  expect(await ask(browser, operation, 'TG-2026-999999')).toEqual(notThere)
})

test.for(guarded)('without a session, with an ended, a revoked or a forged one: %s', async (operation) => {
  const signedOut = { status: 401, code: 'session.none' }
  expect(await ask(new Browser(made.app), operation, ownCase)).toEqual(signedOut)
  expect(await ask(ended, operation, ownCase)).toEqual(signedOut)
  expect(await ask(revoked, operation, ownCase)).toEqual(signedOut)
  const forged = { cookie: 'tongguan-7420.session_token=abcdefgh.c2lnbmF0dXJl' }
  expect(await ask(new Browser(made.app), operation, ownCase, forged)).toEqual(signedOut)
})

let ended: Browser
let revoked: Browser
beforeAll(async () => {
  ended = new Browser(made.app)
  revoked = new Browser(made.app)
  await ended.signIn('assessor.second')
  await records.db
    .updateTable('auth_session')
    .set({ expires_at: new Date(Date.now() - 1000) })
    .where('user_id', '=', 'assessor.second')
    .execute()
  await revoked.signIn('deskOfficer.elsewhere')
  await records.db.deleteFrom('auth_session').where('user_id', '=', 'deskOfficer.elsewhere').execute()
})

test.for(changing)('from another site, or without saying from where: %s', async (operation) => {
  const refused = { status: 403, code: 'request.other-site' }
  const browser = browsers.get('deskOfficer') ?? new Browser(made.app)
  for (const origin of ['http://evil.example', 'http://127.0.0.1:7421', 'null', '']) {
    expect(await ask(browser, operation, ownCase, { origin })).toEqual(refused)
  }
})

test('what an office’s desk holds is not there for another office', async () => {
  const elsewhere = new Browser(made.app)
  await elsewhere.signIn('deskOfficer.elsewhere')
  for (const path of [`/v1/enquiries/${desk['enquiryNo']}`, `/v1/interpretations/${desk['interpretationNo']}`]) {
    const answer = await elsewhere.get(path)
    expect([answer.status, (await bodyOf<Problem>(answer)).code]).toEqual([404, 'desk.not-found'])
  }
  for (const path of [
    `/v1/institutions/${desk['institutionNo']}/stage`,
    `/v1/briefings/${desk['briefingNo']}/question`,
  ]) {
    const body = path.endsWith('stage') ? { stage: 'invited', on: '2026-06-01' } : { question: 'q', answer: 'a' }
    expect((await elsewhere.post(path, body, { ifMatch: 1 })).status).toBe(404)
  }
})

test('an account without an organisation has no rights', async () => {
  const stray = new Browser(made.app)
  await stray.signIn('handlerOfficer.elsewhere')
  await records.db.deleteFrom('auth_member').where('user_id', '=', 'handlerOfficer.elsewhere').execute()
  expect(await ask(stray, 'getMe', ownCase)).toEqual({ status: 401, code: 'session.none' })
})

test('a route without a row in the table does not start, nor a row without a route', () => {
  const app = new OpenAPIHono<AppEnv>()
  expect(() => assertEveryRouteHasItsRow(app)).toThrow('in the contract but not served: GET /v1/health')
  app.get('/v1/secret', (c) => c.text('seen'))
  expect(() => assertEveryRouteHasItsRow(app)).toThrow(
    'no row in the rights table (server/rights.ts) for GET /v1/secret',
  )
})

test('every operation of the contract has its row and its id', () => {
  expect(Object.keys(rights).sort()).toEqual(Object.keys(routes).sort())
  expect(Object.entries(routes).filter(([id, { operationId }]) => id !== operationId)).toEqual([])
})
