// Sessions, factors, invitations and tokens as somebody would misuse them: stolen, replayed, too old, twice, at a wrong
// hour. Each is refused, and whoever must know finds it written down.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { accessOf } from './case-access.ts'
import type { Me, Problem } from './contract/client.ts'
import { Browser, aCase, aServer, bodyOf, emailOf, password } from './makers.ts'
import { changeRole } from './members.ts'
import { passwordFits, weakPassword } from './passwords.ts'
import { openRecords } from './records.ts'
import type { Records } from './records.ts'
import { createServiceToken, revokeServiceToken, serviceTokenOf } from './service-tokens.ts'
import { sessionLimits, sessionOver } from './sessions.ts'
import { signInLimits } from './sign-in-limits.ts'
import { memoryFolder } from '../test/memory-folder.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-identities-'))
const minute = 60_000
let records: Records
let made: Awaited<ReturnType<typeof aServer>>
/** How far the server's clock is ahead of the machine's, in ms. */
let ahead = 0
const now = () => new Date(Date.now() + ahead)

beforeAll(async () => {
  records = await openRecords({ folder: join(folder, 'database') })
  made = await aServer(records, {}, { now })
})
beforeEach(async () => {
  ahead = 0
  await records.db.deleteFrom('sign_in_failure').execute()
})
afterAll(async () => {
  made.end()
  await records.close()
  rmSync(folder, { recursive: true, force: true })
})

async function signedIn(name: string): Promise<Browser> {
  const browser = new Browser(made.app)
  expect((await browser.signIn(name)).status).toBe(200)
  return browser
}

const json = { 'content-type': 'application/json' }
const send = (browser: Browser, method: string, path: string, body?: unknown) =>
  browser.ask(method, path, json, body === undefined ? undefined : JSON.stringify(body))
const said = async (answer: Response) => [
  answer.status,
  answer.status < 400 ? '' : (await bodyOf<Problem>(answer)).code,
]

/** What was written down about somebody, oldest first. */
async function written(userId: string): Promise<readonly (readonly [string, unknown])[]> {
  const rows = await records.db
    .selectFrom('security_event')
    .select(['kind', 'detail'])
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute()
  return rows.map(({ kind, detail }) => [kind, detail])
}

// --- sessions -----------------------------------------------------------------------------------------------------

const started = new Date('2026-06-10T01:00:00Z')
const after = (minutes: number) => new Date(started.getTime() + minutes * minute)
test.for([
  ['used a moment ago', 0, 29, undefined],
  ['at the end of the idle time', 0, sessionLimits.idleMinutes, 'idle'],
  ['always in use, a minute before the end', 599, 599.5, undefined],
  ['always in use, too old', 599, sessionLimits.hours * 60, 'too-old'],
  ['a clock that is four minutes behind', 0, -4, undefined],
  ['a clock set back by an hour', 0, -60, 'clock'],
] as const)('a session %s', ([, used, at, over]) => {
  const times = { created: started, used: after(used), verified: started }
  expect(sessionOver(times, after(at))).toBe(over)
})

test('a session ends when nobody uses it, and a stolen cookie is worth nothing in another browser', async () => {
  const officer = await signedIn('handlerOfficer')
  ahead = 31 * minute
  expect(await said(await officer.get('/v1/me'))).toEqual([401, 'session.none'])
  const again = await signedIn('handlerOfficer')
  const thief = again.copy()
  expect(await said(await thief.get('/v1/me', { 'user-agent': 'another' }))).toEqual([401, 'session.none'])
  // Whose cookie was stolen is out as well: nobody can tell the two apart from now on.
  expect(await said(await again.get('/v1/me'))).toEqual([401, 'session.none'])
  expect((await written('handlerOfficer')).filter(([kind]) => kind !== 'sign-in.done')).toEqual([
    ['session.ended', { because: 'idle' }],
    ['session.ended', { because: 'other-browser' }],
    ['session.presented-after-end', { because: 'other-browser' }],
  ])
})

test('looking whether a session still lasts does not prolong it; using it does', async () => {
  const desk = await signedIn('deskOfficer')
  const left = async (path: string, headers = {}) =>
    Number((await desk.get(path, headers)).headers.get('session-ends-in'))
  ahead = 20 * minute
  expect(await left('/v1/cases', { 'session-use': 'background' })).toBeLessThanOrEqual(10 * 60)
  expect(await left('/v1/me')).toBeGreaterThan(29 * 60)
})

test('a role changed in the middle of a session counts at the next request', async () => {
  const second = await signedIn('handlerOfficer.second')
  const administrator = await signedIn('administrator')
  expect((await second.get('/v1/cases')).status).toBe(200)
  const change = { role: 'administrator' }
  const path = '/v1/organisation/members/handlerOfficer.second/role'
  expect((await send(administrator, 'PUT', path, change)).status).toBe(204)
  expect(await said(await second.get('/v1/cases'))).toEqual([403, 'rights.not-yours'])
  expect((await bodyOf<Me>(await second.get('/v1/me'))).role).toBe('administrator')
  expect(await said(await send(administrator, 'PUT', path, { role: 'assessor' }))).toEqual([422, 'member.no-such-role'])
  expect((await send(administrator, 'PUT', path, { role: 'handlerOfficer' })).status).toBe(204)
  expect(await written('handlerOfficer.second')).toContainEqual(['account.role-changed', change])
})

test('whoever leaves is out at once, for good, and the database itself opens them no session', async () => {
  const leaver = await signedIn('administrator.second')
  const administrator = await signedIn('administrator')
  const path = '/v1/organisation/members/administrator.second'
  expect((await send(administrator, 'DELETE', path)).status).toBe(204)
  expect(await said(await leaver.get('/v1/me'))).toEqual([401, 'session.none'])
  expect(await said(await new Browser(made.app).signIn('administrator.second'))).toEqual([401, 'sign-in.failed'])
  expect(await said(await send(administrator, 'DELETE', path))).toEqual([404, 'member.not-found'])
  const vouched = { userId: 'administrator.second', provenAt: new Date() }
  await expect(made.server.accounts.signInFederated(vouched, new Headers())).resolves.toEqual({ kind: 'failed' })
  await expect(
    records.db
      .updateTable('auth_user')
      .set({ off_boarded_at: null })
      .where('id', '=', 'administrator.second')
      .execute(),
  ).rejects.toThrow('off-boarded')
  expect(await written('administrator.second')).toContainEqual([
    'session.presented-after-end',
    { because: 'off-boarded' },
  ])
})

test('of two administrators who send each other away at once, one stays', async () => {
  const [one, two] = ['administrator', 'administrator.national'] as const
  const { db } = records
  // Of one organisation for as long as this takes.
  const home = (id: string, kind: 'handler' | 'national') =>
    db
      .updateTable('auth_member')
      .set({ organization_id: id, organization_kind: kind })
      .where('user_id', '=', two)
      .execute()
  await home('handler', 'handler')
  const change = (id: string, by: string) => changeRole(db, { id, by, role: 'supervisor', now: new Date() })
  const done = await Promise.all([change(one, two), change(two, one)])
  expect(done.filter((each) => each)).toHaveLength(1)
  await db.updateTable('auth_member').set({ role: 'administrator' }).where('user_id', 'in', [one, two]).execute()
  await home('national', 'national')
})

test('an administrator reaches nobody else’s people, and not themselves', async () => {
  const administrator = await signedIn('administrator')
  for (const id of ['assessor', 'handlerOfficer.elsewhere', 'nobody']) {
    const path = `/v1/organisation/members/${id}`
    expect(await said(await send(administrator, 'DELETE', path))).toEqual([404, 'member.not-found'])
    expect(await said(await send(administrator, 'PUT', `${path}/role`, { role: 'supervisor' }))).toEqual([
      404,
      'member.not-found',
    ])
  }
  expect(await said(await send(administrator, 'DELETE', '/v1/organisation/members/administrator'))).toEqual([
    409,
    'member.yourself',
  ])
})

// --- signing in ---------------------------------------------------------------------------------------------------

test('a wrong address and a wrong password are answered alike, in words and in work', async () => {
  const tried = async (name: string) => {
    const begun = performance.now()
    const answer = await new Browser(made.app).signIn(name, 'not this one at all')
    const { words } = await bodyOf<Problem>(answer)
    return { status: answer.status, words, ms: performance.now() - begun }
  }
  const known = await tried('assessor')
  const unknown = await tried('nobody')
  expect([unknown.status, unknown.words]).toEqual([known.status, known.words])
  // Both made one slow hash; without it an answer comes in a few milliseconds.
  const begun = performance.now()
  expect(await passwordFits('anything', null)).toBe(false)
  const oneHash = performance.now() - begun
  expect(unknown.ms).toBeGreaterThan(oneHash / 4)
})

test('guessing is slow: for one account, whether there is one or not, and many guesses at once count each', async () => {
  for (const name of ['supervisor.national', 'nobody.at.all']) {
    const guesses = await Promise.all(
      Array.from({ length: signInLimits.perAccount + 3 }, () =>
        new Browser(made.app).signIn(name, 'wrong wrong wrong'),
      ),
    )
    const statuses = guesses.map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(signInLimits.perAccount)
    expect(statuses.filter((status) => status === 429)).toHaveLength(3)
  }
  // The right password waits as well; after the time it opens.
  expect((await new Browser(made.app).signIn('supervisor.national')).status).toBe(429)
  ahead = 16 * minute
  expect((await new Browser(made.app).signIn('supervisor.national')).status).toBe(200)
})

test('guessing from one network address is slow whatever the accounts', async () => {
  const at = now()
  const { db } = records
  const { beginTry } = await import('./sign-in-limits.ts')
  for (let n = 0; n < signInLimits.perAddress; n += 1) {
    expect((await beginTry(db, { email: `a${n}@test.example`, address: '192.0.2.1', now: at })).kind).toBe('try')
  }
  expect((await beginTry(db, { email: 'one.more@test.example', address: '192.0.2.1', now: at })).kind).toBe('wait')
  expect((await beginTry(db, { email: 'one.more@test.example', address: '192.0.2.2', now: at })).kind).toBe('try')
})

test.for([
  ['short', 'qwertz'],
  ['leaked', 'password1234'],
  ['of the person', 'handlerofficer2026'],
] as const)('a password that is %s is refused', ([, secret]) => {
  expect(weakPassword(secret, ['handlerOfficer', 'handlerofficer@test.example'])).toBeDefined()
})
test('a password of unrelated words is taken', () => {
  expect(weakPassword('lantern otter velocity 柿子', ['handlerOfficer'])).toBeUndefined()
})

// --- the second factor --------------------------------------------------------------------------------------------

/** Turns an authenticator on; gives what shows its codes, and the recovery codes. */
async function withAuthenticator(name: string) {
  const browser = await signedIn(name)
  const begun = await bodyOf<{ secret: string }>(await send(browser, 'POST', '/v1/me/totp'))
  const code = (minutes = 0) =>
    new TOTP({ secret: begun.secret }).generate({ timestamp: now().getTime() + minutes * minute })
  const confirmed = await send(browser, 'POST', '/v1/me/totp/confirmation', { code: code() })
  expect(confirmed.status).toBe(200)
  return { browser, code, secret: begun.secret, recovery: (await bodyOf<{ codes: string[] }>(confirmed)).codes }
}

test('with a second factor the password alone opens nothing, and every code counts once', async () => {
  const before = await signedIn('assessor.second')
  const { browser, code, secret, recovery } = await withAuthenticator('assessor.second')
  // A session from before, opened by the password alone, is not enough any more.
  expect(await said(await before.get('/v1/me'))).toEqual([401, 'session.none'])
  expect((await browser.get('/v1/me')).status).toBe(200)

  ahead = 2 * minute
  const next = new Browser(made.app)
  const pending = await next.signIn('assessor.second')
  expect([pending.status, await bodyOf(pending)]).toEqual([202, { secondFactors: ['totp', 'recoveryCode'] }])
  expect((await next.get('/v1/me')).status).toBe(401)
  const byCode = (one: Browser, typed: string) => send(one, 'POST', '/v1/session/code', { code: typed })
  // A phone an hour off is refused like any wrong code.
  expect(await said(await byCode(next, code(60)))).toEqual([401, 'sign-in.code-failed'])
  const good = code()
  expect((await byCode(next, good)).status).toBe(200)
  const replay = new Browser(made.app)
  await replay.signIn('assessor.second')
  expect(await said(await byCode(replay, good))).toEqual([401, 'sign-in.code-failed'])
  // The phone is lost: a recovery code opens, once.
  const [lost = ''] = recovery
  expect((await byCode(replay, lost.toUpperCase())).status).toBe(200)
  const twice = new Browser(made.app)
  await twice.signIn('assessor.second')
  expect(await said(await byCode(twice, lost))).toEqual([401, 'sign-in.code-failed'])
  // Without the password's step there is nothing a code belongs to.
  expect(await said(await byCode(new Browser(made.app), code(1)))).toEqual([401, 'sign-in.code-failed'])
  const kinds = (await written('assessor.second')).map(([kind]) => kind)
  expect(kinds).toEqual(
    expect.arrayContaining([
      'factor.added',
      'sign-in.code-wrong',
      'sign-in.code-replayed',
      'factor.recovery-code-used',
    ]),
  )
  const sealed = await records.db.selectFrom('auth_totp').select('sealed').execute()
  expect(JSON.stringify(sealed)).not.toContain(secret)
})

test('in production the second factor comes first: enrolling opens the rest in the same session, removing it closes it', async () => {
  const installation = { kind: 'production', statedDay: null } as const
  const { app, end } = await aServer(records, { installation }, { accounts: 'there', now })
  const officer = (await signedIn('deskOfficer.elsewhere')).copy(app)
  expect(await said(await officer.get('/v1/cases'))).toEqual([403, 'session.second-factor-needed'])
  const me = async () => bodyOf<Me>(await officer.get('/v1/me'))
  expect(await me()).toMatchObject({ secondFactorMissing: true })
  expect((await me()).operations).not.toContain('listCases')
  const { secret } = await bodyOf<{ secret: string }>(await send(officer, 'POST', '/v1/me/totp'))
  // Begun is not done.
  expect(await said(await officer.get('/v1/cases'))).toEqual([403, 'session.second-factor-needed'])
  const code = new TOTP({ secret }).generate({ timestamp: now().getTime() })
  expect((await send(officer, 'POST', '/v1/me/totp/confirmation', { code })).status).toBe(200)
  expect((await officer.get('/v1/cases')).status).toBe(200)
  expect(await me()).toMatchObject({ secondFactorMissing: false })
  expect((await send(officer, 'DELETE', '/v1/me/totp')).status).toBe(204)
  expect(await said(await officer.get('/v1/cases'))).toEqual([403, 'session.second-factor-needed'])
  end()
})

test('an organisation may ask a second factor of every member, in sessions that are open as well; another’s is not touched', async () => {
  const held = async (name: string) => {
    const browser = new Browser(made.app)
    await browser.holdSession(made.server, name)
    return browser
  }
  const administrator = await held('administrator.national')
  const [officer, elsewhere] = [await held('assessor'), await held('handlerOfficer.elsewhere')]
  const ask = (required: boolean) => send(administrator, 'PUT', '/v1/organisation/second-factor', { required })
  expect((await ask(true)).status).toBe(204)
  expect(await said(await officer.get('/v1/cases'))).toEqual([403, 'session.second-factor-needed'])
  expect((await elsewhere.get('/v1/cases')).status).toBe(200)
  // Whoever asked for it is bound by it too: it is not taken back without one.
  expect(await said(await ask(false))).toEqual([403, 'session.second-factor-needed'])
  const { code } = await withAuthenticator('administrator.national')
  ahead = minute
  const again = new Browser(made.app)
  await again.signIn('administrator.national')
  expect((await send(again, 'POST', '/v1/session/code', { code: code() })).status).toBe(200)
  expect((await send(again, 'PUT', '/v1/organisation/second-factor', { required: false })).status).toBe(204)
  expect((await officer.get('/v1/cases')).status).toBe(200)
  const kinds = (
    await records.db.selectFrom('security_event').select('kind').where('organization_id', '=', 'national').execute()
  ).map(({ kind }) => kind)
  expect(kinds).toEqual(expect.arrayContaining(['factor.required-of-all', 'factor.left-to-roles']))
})

test('five wrong codes ask for the password again', async () => {
  const { code } = await withAuthenticator('supervisor.province')
  ahead = 2 * minute
  const browser = new Browser(made.app)
  await browser.signIn('supervisor.province')
  for (let n = 0; n < 5; n += 1) await send(browser, 'POST', '/v1/session/code', { code: '000000' })
  expect((await send(browser, 'POST', '/v1/session/code', { code: code() })).status).toBe(401)
})

test('a step-up takes the second factor where there is one, and lasts some minutes', async () => {
  const no = await aCase(made.server, { events: 3 })
  const { browser, code } = await withAuthenticator('assessor')
  const decline = () => browser.post(`/v1/cases/${no}/non-acceptance`, { reasons: [] }, { ifMatch: 3 })
  ahead = 6 * minute
  expect(await said(await decline())).toEqual([401, 'session.step-up'])
  const prove = (body: unknown) => send(browser, 'POST', '/v1/session/step-up', body)
  expect(await said(await prove({ password }))).toEqual([403, 'session.step-up-failed'])
  expect(await said(await prove({ passkey: { id: 'made-up' } }))).toEqual([403, 'session.step-up-failed'])
  expect((await prove({ code: code() })).status).toBe(204)
  expect((await decline()).status).not.toBe(401)
  ahead = 12 * minute
  expect(await said(await decline())).toEqual([401, 'session.step-up'])
})

// --- invitations and tokens ---------------------------------------------------------------------------------------

test('an invitation makes one account, once; used, withdrawn and late ones are answered alike and written down', async () => {
  const administrator = await signedIn('administrator')
  const asked = { name: '新人', email: 'New.Person@test.example', role: 'handlerOfficer' }
  const inviteOne = async () => {
    const { link } = await bodyOf<{ link: string }>(
      await send(administrator, 'POST', '/v1/organisation/invitations', asked),
    )
    return link.split('#')[1] ?? ''
  }
  const first = await inviteOne()
  const token = await inviteOne()
  const visitor = new Browser(made.app)
  const join = (one: string, secret = 'lantern otter velocity 柿子') =>
    send(visitor, 'POST', '/v1/invitations/acceptance', { token: one, password: secret })
  const refused = [404, 'invitation.not-valid']
  expect(await said(await join(first))).toEqual(refused)
  expect(await said(await join('made-up'))).toEqual(refused)
  expect(await said(await join(token, 'password1234'))).toEqual([422, 'password.weak'])
  const both = await Promise.all([join(token), join(token)])
  expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([204, 404])
  expect(await said(await join(token))).toEqual(refused)
  const newcomer = new Browser(made.app)
  const answer = await send(newcomer, 'POST', '/v1/session', {
    email: asked.email,
    password: 'lantern otter velocity 柿子',
  })
  expect((await bodyOf<Me>(answer)).organisation.id).toBe('handler')
  expect(await said(await send(administrator, 'POST', '/v1/organisation/invitations', asked))).toEqual([
    409,
    'invitation.address-taken',
  ])
  const late = await bodyOf<{ link: string }>(
    await send(administrator, 'POST', '/v1/organisation/invitations', { ...asked, email: 'late@test.example' }),
  )
  // Nor by a clock that says it has not been made yet.
  ahead = -60 * minute
  expect(await said(await join(late.link.split('#')[1] ?? ''))).toEqual(refused)
  ahead = 8 * 24 * 60 * minute
  expect(await said(await join(late.link.split('#')[1] ?? ''))).toEqual(refused)
  const events = await records.db
    .selectFrom('security_event')
    .select('detail')
    .where('kind', '=', 'account.invitation-refused')
    .where('organization_id', '=', 'handler')
    .execute()
  const reasons = events.map(({ detail }) => (detail as { because: string }).because)
  expect([...new Set(reasons)].sort()).toEqual(['clock', 'expired', 'used', 'withdrawn'])
})

test('somebody who lost everything gets a link; the old password, factors and sessions are gone', async () => {
  const { browser } = await withAuthenticator('supervisor')
  const administrator = await signedIn('administrator')
  const { link } = await bodyOf<{ link: string }>(
    await send(administrator, 'POST', '/v1/organisation/members/supervisor/access-renewal'),
  )
  const secret = 'quartz ribbon 山楂 umbrella'
  const token = link.split('#')[1] ?? ''
  expect(
    (await send(new Browser(made.app), 'POST', '/v1/invitations/acceptance', { token, password: secret })).status,
  ).toBe(204)
  expect((await browser.get('/v1/me')).status).toBe(401)
  expect((await new Browser(made.app).signIn('supervisor')).status).toBe(401)
  const owner = new Browser(made.app)
  expect((await owner.signIn('supervisor', secret)).status).toBe(200)
  // Whoever used the link, whose account it is hears of it: at the next sign-in, and by mail.
  const { notices } = await bodyOf<{ notices: { caseNo: null; words: { en: string } }[] }>(
    await owner.get('/v1/notices'),
  )
  expect(notices.map(({ caseNo }) => caseNo)).toEqual([null, null])
  const told = notices.map(({ words }) => words.en).sort()
  expect(told[0]).toContain('The administrator administrator made a link')
  expect(told[1]).toContain('was set anew by a link')
  const mails = await records.db.selectFrom('mail').select('address').where('sent_at', 'is', null).execute()
  expect(mails).toEqual([{ address: emailOf('supervisor') }, { address: emailOf('supervisor') }])
})

test('links an administrator made for others open nothing once that administrator is none any more', async () => {
  const organisation = { id: 'handler', name: '', kind: 'handler', creditCode: null, province: null } as const
  const email = emailOf('administrator.third')
  const account = { name: 'third', email, password, role: 'administrator', organisation } as const
  const id = await made.server.accounts.createAccount(account)
  const [administrator, third] = [await signedIn('administrator'), await signedIn('administrator.third')]
  const linkOf = async () => {
    const path = '/v1/organisation/members/supervisor.second/access-renewal'
    const { link } = await bodyOf<{ link: string }>(await send(third, 'POST', path))
    return link.split('#')[1] ?? ''
  }
  const use = (token: string) =>
    send(new Browser(made.app), 'POST', '/v1/invitations/acceptance', {
      token,
      password: 'quartz ribbon 山楂 umbrella',
    })
  const becomes = (role: string) => send(administrator, 'PUT', `/v1/organisation/members/${id}/role`, { role })
  const first = await linkOf()
  expect((await becomes('supervisor')).status).toBe(204)
  expect(await said(await use(first))).toEqual([404, 'invitation.not-valid'])
  expect((await becomes('administrator')).status).toBe(204)
  expect(await said(await use(first))).toEqual([404, 'invitation.not-valid'])
  const last = await linkOf()
  expect((await send(administrator, 'DELETE', `/v1/organisation/members/${id}`)).status).toBe(204)
  expect(await said(await use(last))).toEqual([404, 'invitation.not-valid'])
  expect((await new Browser(made.app).signIn('supervisor.second')).status).toBe(200)
})

test('a gate is let in by its token until it is revoked, and the administrator sees the refused try', async () => {
  const administrator = await signedIn('administrator')
  const create = (scopes: readonly string[]) =>
    send(administrator, 'POST', '/v1/organisation/service-tokens', { name: 'gate 1', scopes, days: 30 })
  expect(await said(await create(['issueResult']))).toEqual([422, 'token.no-such-scope'])
  const { id, token } = await bodyOf<{ id: string; token: string }>(await create(['getMe', 'listCases']))
  const gate = () => new Browser(made.app).get('/v1/cases', { authorization: `Bearer ${token}` })
  expect((await gate()).status).toBe(200)
  expect((await send(administrator, 'DELETE', `/v1/organisation/service-tokens/${id}`)).status).toBe(204)
  expect(await said(await gate())).toEqual([401, 'session.none'])
  const { events } = await bodyOf<{ events: { kind: string; detail: unknown }[] }>(
    await administrator.get('/v1/organisation/security-events'),
  )
  expect(events[0]).toMatchObject({ kind: 'token.refused', detail: { name: 'gate 1', because: 'revoked' } })
  const { rows } = { rows: await records.db.selectFrom('service_token').selectAll().execute() }
  expect(JSON.stringify(rows)).not.toContain(token)
})

test('a token holds between its two days only: an hour before it was made or after it ended it is refused, and noted', async () => {
  const { db } = records
  const hour = 3_600_000
  const now = new Date('2026-06-10T04:00:00Z')
  const later = (ms: number) => new Date(now.getTime() + ms)
  const { token, id } = await createServiceToken(db, {
    organisationId: 'handler',
    by: 'administrator',
    name: 'gate by another clock',
    scopes: ['getMe'],
    expiresAt: later(24 * hour),
    now,
  })
  const tries = [-hour, 0, hour, 24 * hour - 1, 24 * hour, 25 * hour]
  const held: boolean[] = []
  for (const ms of tries) held.push((await serviceTokenOf(db, token, later(ms))) !== null)
  expect(held).toEqual([false, true, true, true, false, false])
  await revokeServiceToken(db, { id, organisationId: 'handler', by: 'administrator', now: later(hour) })
  // Revoked is for good, also for a clock that says it has not been made or has ended.
  for (const ms of [-hour, 2 * hour, 25 * hour]) expect(await serviceTokenOf(db, token, later(ms))).toBeNull()
  const noted = await db.selectFrom('security_event').select('detail').where('kind', '=', 'token.refused').execute()
  const because = noted
    .map(({ detail }) => detail as { readonly name: string; readonly because: string })
    .filter(({ name }) => name === 'gate by another clock')
    .map((one) => one.because)
  expect(because).toEqual(['expired', 'expired', 'expired', 'revoked', 'revoked', 'revoked'])
})

// --- who looked ---------------------------------------------------------------------------------------------------

test('who opened a case is shown to the supervisor of the same organisation, and cannot be rewritten', async () => {
  const no = await aCase(made.server, { events: 3 })
  await (await signedIn('handlerOfficer')).get(`/v1/cases/${no}`)
  const desk = await signedIn('deskOfficer')
  await desk.get(`/v1/cases/${no}/documents/1-1`)
  // Asking for no more than the headers is looking, too.
  await desk.ask('HEAD', `/v1/cases/${no}`)
  const seen = await (await signedIn('supervisor.second')).get(`/v1/cases/${no}/access`)
  const { looks } = await bodyOf<{ looks: { person: string; operation: string }[] }>(seen)
  expect(looks.map(({ person, operation }) => [person, operation])).toContainEqual(['handlerOfficer', 'getCase'])
  expect(looks.some(({ person }) => person === 'deskOfficer')).toBe(false)
  const theirs = await accessOf(records.db, no, 'province')
  expect(theirs.map(({ operation }) => operation)).toEqual(['getCase', 'getDocument'])
  await expect(records.db.deleteFrom('case_access').execute()).rejects.toThrow('case_access')
  await expect(records.db.updateTable('security_event').set({ kind: 'nothing' }).execute()).rejects.toThrow(
    'security_event',
  )
})

test('an account’s address is known in one spelling', async () => {
  const browser = new Browser(made.app)
  const answer = await send(browser, 'POST', '/v1/session', {
    email: ` ${emailOf('deskOfficer').toUpperCase()} `,
    password,
  })
  expect(answer.status).toBe(200)
})
