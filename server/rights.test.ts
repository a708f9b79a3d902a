// The rights table, asked of the running API: every route × every role × own, other's and no case × a session that is
// valid, expired or revoked × from here, from another site, from nowhere. Made from the table and the contract, so that
// a new route is in it without a line here; what it expects is computed from the table alone.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OpenAPIHono } from '@hono/zod-openapi'
import { assertEveryRouteHasItsRow } from './app.ts'
import type { AppEnv } from './app.ts'
import { routes } from './contract/routes.ts'
import type { Operation } from './contract/routes.ts'
import { roles } from './contract/session.ts'
import type { OrganisationKind, Role } from './contract/session.ts'
import { Browser, aCase, aDraft, aServer, bodyOf, other } from './makers.ts'
import type { Problem } from './contract/client.ts'
import { openRecords } from './records.ts'
import type { Records } from './records.ts'
import { isBeforeSecondFactor, isOpen, needsStepUp, readsByNeed, relationOf, rights } from './rights.ts'
import { createServiceToken, revokeServiceToken, tokenScopes } from './service-tokens.ts'
import { memoryFolder } from '../test/memory-folder.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-rights-'))
let records: Records
let made: Awaited<ReturnType<typeof aServer>>
let ownCase = ''
let othersCase = ''
let colleaguesCase = ''

/** Who comes: one of each role, and a supervisor of an authority besides the handler's. */
const people = [...roles, 'supervisor.national'] as const
type Person = (typeof people)[number]
const roleOf = (person: Person): Role => (person === 'supervisor.national' ? 'supervisor' : person)
const kindOf = {
  handlerOfficer: 'handler',
  deskOfficer: 'province',
  assessor: 'national',
  recipientOfficer: 'recipient',
  supervisor: 'handler',
  administrator: 'handler',
  gate: 'handler',
  'supervisor.national': 'national',
} as const satisfies Record<Person, OrganisationKind>

/** How somebody comes: with what their session has become. */
const states = ['valid', 'expired', 'revoked', 'unproven', 'none'] as const
type State = (typeof states)[number]
interface Comer {
  readonly browser: Browser
  readonly headers: Readonly<Record<string, string>>
}
const comers = new Map<string, Comer>()
/** What the desk officer's own office has, by the name of its number in an address. */
const desk: Record<string, string> = {}

beforeAll(async () => {
  records = await openRecords({ folder: join(folder, 'database') })
  made = await aServer(records)
  // With the national office too, so that every role has a case of its own; the other's is not yet passed on.
  ownCase = await aCase(made.server, { events: 5 })
  othersCase = await aCase(made.server, { of: other })
  colleaguesCase = await aCase(made.server, { events: 5 })
  for (const [desk, assignee] of [
    ['province', 'a colleague'],
    ['national', 'another'],
  ] as const) {
    const by = { by_officer: assignee, day: '2026-03-02', reason: null }
    await records.db
      .insertInto('case_assignment')
      .values({ case_no: colleaguesCase, desk, assignee, ...by })
      .execute()
  }
  await records.db.updateTable('case_desk').set({ assignee: 'another' }).where('no', '=', colleaguesCase).execute()
  for (const person of people) {
    for (const state of states) comers.set(`${person} ${state}`, await comer(person, state))
  }
  const officer = comers.get('deskOfficer valid')?.browser ?? new Browser(made.app)
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

async function comer(person: Person, state: State): Promise<Comer> {
  const browser = new Browser(made.app)
  if (state === 'none') return { browser, headers: {} }
  if (person === 'gate') return { browser, headers: { authorization: `Bearer ${await gateToken(state)}` } }
  await browser.holdSession(made.server, person)
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)
  const session = records.db.updateTable('auth_session').where('token_hash', '=', browser.sessionHash())
  if (state === 'expired') await session.set({ used_at: ago(31), created_at: ago(40) }).execute()
  if (state === 'unproven') await session.set({ verified_at: ago(6) }).execute()
  if (state === 'revoked') await session.set({ ended_at: ago(0), ended_because: 'signed-out' }).execute()
  return { browser, headers: {} }
}

async function gateToken(state: State): Promise<string> {
  const now = state === 'expired' ? new Date(Date.now() - 2 * 86_400_000) : new Date()
  const organisation = { organisationId: 'handler', by: 'administrator' }
  const { id, token } = await createServiceToken(records.db, {
    ...organisation,
    name: state,
    scopes: tokenScopes,
    expiresAt: new Date(now.getTime() + 86_400_000),
    now,
  })
  if (state === 'revoked') await revokeServiceToken(records.db, { ...organisation, id, now })
  return token
}

const operations = Object.keys(rights) as Operation[]
const origins = ['here', 'elsewhere', 'nowhere'] as const
const abouts = ['own', 'colleague', 'other', 'none'] as const
type About = (typeof abouts)[number]
interface Cell {
  readonly person: Person
  readonly operation: Operation
  readonly state: State
  readonly origin: (typeof origins)[number]
  readonly about: About
}

/** What the table says must come of it; `admitted` is past the guard, whatever is wrong with the request then. */
function expected({ person, operation, state, origin, about }: Cell): string {
  const role = roleOf(person)
  const changing = routes[operation].method !== 'get'
  const program = role === 'gate' && state !== 'none'
  if (changing && (origin === 'elsewhere' || (origin === 'nowhere' && !program))) return 'request.other-site'
  if (isOpen(operation)) return 'admitted'
  if (state === 'none' || state === 'expired' || state === 'revoked') return 'session.none'
  const relation = relationOf(operation, role, kindOf[person])
  if (relation === undefined) return 'rights.not-yours'
  if (needsStepUp(operation) && state === 'unproven') return 'session.step-up'
  if (!routes[operation].path.includes('{caseNo}')) return 'admitted'
  if (about === 'colleague') return readsByNeed(role) ? 'case.not-found' : 'admitted'
  return relation === 'none' || about === 'own' ? 'admitted' : 'case.not-found'
}

const guardCodes = [
  'request.other-site',
  'session.none',
  'session.step-up',
  'rights.not-yours',
  'rights.not-in-scope',
  'case.not-found',
]

async function came(cell: Cell): Promise<string> {
  const known = cell.operation === 'signOut' ? undefined : comers.get(`${cell.person} ${cell.state}`)
  const { browser, headers } = known ?? (await comer(cell.person, cell.state))
  const about = { own: ownCase, colleague: colleaguesCase, other: othersCase, none: 'TG-2026-999999' }[cell.about]
  const origin = { here: undefined, elsewhere: 'http://evil.example', nowhere: null }[cell.origin]
  const answer = await ask(browser.copy(), cell.operation, about, { headers, origin })
  return guardCodes.includes(answer.code) ? answer.code : 'admitted'
}

async function ask(
  browser: Browser,
  operation: Operation,
  caseNo: string,
  {
    headers = {},
    origin,
  }: { readonly headers?: Readonly<Record<string, string>>; readonly origin?: string | null | undefined } = {},
) {
  const { method, path } = routes[operation]
  const hasBody = method === 'post' || method === 'put'
  const answer = await browser.ask(
    method.toUpperCase(),
    path
      .replace('{caseNo}', caseNo)
      .replace('{documentId}', '1-1')
      .replace('{pilot}', 'small-trader')
      .replace('{file}', 'facts.yaml')
      .replace('{format}', 'csv')
      .replace(/\{(\w+No)\}/, (_, name: string) => desk[name] ?? '')
      .replaceAll(/\{\w+\}/g, 'nobody'),
    {
      ...(hasBody ? { 'content-type': 'application/json', 'if-match': '"0"', 'idempotency-key': 'matrix-key' } : {}),
      ...headers,
      ...(origin === undefined ? {} : { origin }),
    },
    hasBody ? '{}' : undefined,
  )
  const code =
    answer.headers.get('content-type')?.includes('problem') === true ? (await bodyOf<Problem>(answer)).code : ''
  if (code === '') await answer.body?.cancel()
  return { status: answer.status, code }
}

const cells = people.flatMap((person) => operations.map((operation) => [person, operation] as const))

test.for(cells)('%s: %s', async ([person, operation]) => {
  const all = states.flatMap((state) =>
    origins.flatMap((origin) => abouts.map((about) => ({ person, operation, state, origin, about }))),
  )
  // A reading route has no origin to tell apart, one about no case no case, one without a step-up nothing to prove.
  const asked = all.filter(
    ({ origin, about, state }) =>
      (state !== 'unproven' || needsStepUp(operation)) &&
      (routes[operation].method !== 'get' || origin === 'here') &&
      (routes[operation].path.includes('{caseNo}') || about === 'own'),
  )
  const found: string[] = []
  for (const cell of asked) {
    const want = expected(cell)
    const got = await came(cell)
    if (got !== want) found.push(`${cell.state}, ${cell.origin}, ${cell.about}: ${got} instead of ${want}`)
  }
  expect(found).toEqual([])
})

test('in production a role that signs, decides or changes who may is served nothing but its enrolment, until it is done', async () => {
  const { app, end } = await aServer(
    records,
    { installation: { kind: 'production', statedDay: null }, files: made.server.files },
    { accounts: 'there' },
  )
  const unforced: readonly Person[] = ['recipientOfficer', 'supervisor', 'gate']
  const found: string[] = []
  for (const person of people) {
    const { browser, headers } = comers.get(`${person} valid`) ?? (await comer(person, 'valid'))
    for (const operation of operations.filter((one) => one !== 'signOut')) {
      const { code } = await ask(browser.copy(app), operation, ownCase, { headers })
      const closed = !isBeforeSecondFactor(operation) && !unforced.includes(person)
      if (closed !== (code === 'session.second-factor-needed')) found.push(`${person}: ${operation}: ${code}`)
    }
  }
  expect(found).toEqual([])
  // What is open before is one's own account, and nothing that takes a second factor away.
  expect(operations.filter((one) => isBeforeSecondFactor(one) && !isOpen(one)).sort()).toEqual([
    'askStepUpPasskey',
    'confirmTotp',
    'getFactors',
    'getMe',
    'getStepUp',
    'keepPasskey',
    'startPasskey',
    'startTotp',
    'stepUp',
  ])
  end()
})

test('the table lets everybody in somewhere, and keeps apart what must be', () => {
  const has = (person: Person, operation: Operation) =>
    relationOf(operation, roleOf(person), kindOf[person]) !== undefined
  for (const person of people) expect(operations.some((operation) => has(person, operation))).toBe(true)
  const mayBoth = (first: Operation, second: Operation) =>
    people.filter((person) => has(person, first) && has(person, second))
  // Whoever decides who may does not do it, and whoever looks over others does not act.
  expect(mayBoth('invite', 'declare')).toEqual([])
  expect(mayBoth('invite', 'getCase')).toEqual([])
  expect(mayBoth('declare', 'confirmCompleteness')).toEqual([])
  expect(mayBoth('confirmCompleteness', 'issueResult')).toEqual([])
  expect(mayBoth('listCaseAccess', 'issueResult')).toEqual([])
  expect(mayBoth('listCaseAccess', 'pullNext')).toEqual([])
  // A handler has no desk to look over.
  expect(people.filter((person) => has(person, 'assignCase'))).toEqual([
    'deskOfficer',
    'assessor',
    'supervisor.national',
  ])
})

test('what signs or releases asks for a step-up, and no program may do it', () => {
  const steppedUp = operations.filter(needsStepUp)
  expect(steppedUp).toEqual(
    expect.arrayContaining(['declare', 'redeclare', 'issueResult', 'concludeReassessment', 'terminate', 'invite']),
  )
  expect(steppedUp.filter((operation) => relationOf(operation, 'gate', 'handler') !== undefined)).toEqual([])
})

test('a forged token, cookie or bearer, is nobody', async () => {
  const cookie = 'tongguan-7420.session_token=abcdefgh.c2lnbmF0dXJl'
  const signedOut = { status: 401, code: 'session.none' }
  for (const headers of [{ cookie }, { authorization: 'Bearer tongguan_abcdefgh' }, { authorization: 'Basic eDp5' }]) {
    expect(await ask(new Browser(made.app), 'getMe', ownCase, { headers })).toEqual(signedOut)
  }
})

test('a colleague’s case stands in no list, until they or the supervisor show it, for a reason', async () => {
  const [officer, supervisor] = [new Browser(made.app), new Browser(made.app)]
  await officer.signIn('assessor')
  const listed = async () => JSON.stringify(await bodyOf(await officer.get('/v1/cases?limit=100')))
  const queued = async () => JSON.stringify(await bodyOf(await officer.get('/v1/desk/cases?limit=100')))
  expect([await listed(), await queued()].filter((text) => text.includes(colleaguesCase))).toEqual([])
  expect(await listed()).toContain(ownCase)
  const sight = (browser: Browser, caseNo: string, reason: string) =>
    browser.post(`/v1/cases/${caseNo}/sights`, { to: 'assessor', reason })
  // Nobody shows themselves what is a colleague's, nor passes on what waits in the queue.
  expect((await sight(officer, colleaguesCase, 'curious')).status).toBe(404)
  const waiting = await aCase(made.server, { events: 5 })
  const refused = await bodyOf<Problem>(await sight(officer, waiting, 'why'))
  expect(refused.code).toBe('sight.not-yours-to-give')
  await supervisor.signIn('supervisor.national')
  expect((await sight(supervisor, colleaguesCase, ' ')).status).toBe(422)
  expect((await sight(supervisor, colleaguesCase, '复核')).status).toBe(200)
  expect((await officer.get(`/v1/cases/${colleaguesCase}`)).status).toBe(200)
  expect(await listed()).toContain(colleaguesCase)
  const looks = JSON.stringify(await bodyOf(await supervisor.get(`/v1/cases/${colleaguesCase}/access`)))
  expect(looks).toContain('let somebody read it')
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

test('a token asks for nothing but what it names', async () => {
  const now = new Date()
  const { token } = await createServiceToken(records.db, {
    name: 'narrow',
    organisationId: 'handler',
    scopes: ['getMe'],
    by: 'administrator',
    expiresAt: new Date(now.getTime() + 60_000),
    now,
  })
  const headers = { authorization: `Bearer ${token}` }
  const browser = new Browser(made.app)
  expect((await ask(browser, 'getMe', ownCase, { headers })).status).toBe(200)
  expect(await ask(browser, 'getCase', ownCase, { headers })).toEqual({ status: 403, code: 'rights.not-in-scope' })
})

test('an account without an organisation has no rights', async () => {
  const stray = new Browser(made.app)
  await stray.signIn('handlerOfficer.elsewhere')
  await records.db.deleteFrom('auth_member').where('user_id', '=', 'handlerOfficer.elsewhere').execute()
  const letIn: Operation[] = []
  for (const operation of operations.filter((one) => !isOpen(one))) {
    if ((await ask(stray.copy(), operation, ownCase)).code !== 'session.none') letIn.push(operation)
  }
  expect(letIn).toEqual([])
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
