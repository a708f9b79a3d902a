// Single sign-on against a real provider process (oidc-provider), by HTTP as a browser does it: who is vouched for is in,
// everybody and everything else is not.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Session } from '../server/contract/client.ts'
import { Browser, aServer, bodyOf, emailOf, localhost } from '../server/makers.ts'
import { openRecords } from '../server/records.ts'
import type { Records } from '../server/records.ts'
import { readSingleSignOn, singleSignOn } from '../server/single-sign-on.ts'
import { memoryFolder } from './memory-folder.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-sso-'))
const callback = `${localhost}/v1/session/single-sign-on/callback`
let provider: ChildProcess
let issuer = ''
let records: Records
let made: Awaited<ReturnType<typeof aServer>>
let ahead = 0

beforeAll(async () => {
  provider = spawn(process.execPath, [join(import.meta.dirname, 'oidc-provider.ts'), callback], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (provider.stdout === null) throw new Error('the provider has no output')
  const [said] = (await once(provider.stdout, 'data')) as [Buffer]
  issuer = said.toString('utf8').trim()
  records = await openRecords({ folder: join(folder, 'database') })
  const now = () => new Date(Date.now() + ahead)
  const settings = {
    name: '医院统一身份',
    issuer,
    clientId: 'tongguan',
    clientSecret: 'of-the-tests-only',
    organisation: 'office of handler',
  }
  made = await aServer(records, { singleSignOn: singleSignOn(records.db, settings, now) }, { now })
})
afterAll(async () => {
  provider.kill()
  made.end()
  await records.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Goes to the provider, signs in there as this address, and gives the address it is sent back to. */
async function vouchedAt(browser: Browser, email: string): Promise<URL> {
  const begun = await browser.get('/v1/session/single-sign-on')
  expect(begun.status).toBe(302)
  return throughProvider(new URL(begun.headers.get('location') ?? ''), email)
}

/** What a browser does at the provider: follows, keeps its cookies, fills the form in. */
async function throughProvider(start: URL, email: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let at = start
  let answer = await fetch(at, { redirect: 'manual' })
  for (let n = 0; n < 20; n += 1) {
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const cut = pair.indexOf('=')
      cookies.set(pair.slice(0, cut), pair.slice(cut + 1))
    }
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const to = answer.headers.get('location')
    if (to !== null) {
      at = new URL(to, at)
      if (at.href.startsWith(callback)) return at
      answer = await fetch(at, { redirect: 'manual', headers: { cookie } })
      continue
    }
    const page = await answer.text()
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? ''
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? ''
    at = new URL(action, at)
    const body = new URLSearchParams({ prompt, login: email, password: 'any' })
    answer = await fetch(at, { method: 'POST', redirect: 'manual', headers: { cookie }, body })
  }
  throw new Error(`the provider does not come back: ${at.href}`)
}

const back = (browser: Browser, url: URL) => browser.get(`${url.pathname}${url.search}`)
const refused = '/sign-in?step=provider-refused'

test('somebody the provider vouches for is signed in as the account that is there', async () => {
  const browser = new Browser(made.app, localhost)
  expect((await bodyOf<Session>(await browser.get('/v1/session'))).singleSignOn).toEqual({ name: '医院统一身份' })
  const url = await vouchedAt(browser, emailOf('handlerOfficer'))
  const answer = await back(browser, url)
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/cases'])
  expect((await bodyOf<Session>(await browser.get('/v1/session'))).me).toMatchObject({ id: 'handlerOfficer' })
  // The same answer again, from the same browser and from another: it was good once.
  expect((await back(browser, url)).headers.get('location')).toBe(refused)
  expect((await back(new Browser(made.app, localhost), url)).headers.get('location')).toBe(refused)
})

test('another site’s page cannot begin a sign-in', async () => {
  const browser = new Browser(made.app, localhost)
  const sent = (site: string) => browser.get('/v1/session/single-sign-on', { 'sec-fetch-site': site })
  expect([(await sent('cross-site')).status, (await sent('same-origin')).status]).toEqual([403, 302])
})

test('a sign-in at the provider of a while ago signs nothing; signing in there again does', async () => {
  const browser = new Browser(made.app, localhost)
  const stepsUp = async () => (await browser.ask('POST', '/v1/me/totp')).status
  // The provider's clock is the real one; ours is ten minutes later, as if the proof were that old.
  ahead = 10 * 60_000
  await back(browser, await vouchedAt(browser, emailOf('handlerOfficer')))
  expect((await browser.get('/v1/me')).status).toBe(200)
  expect(await stepsUp()).toBe(401)
  ahead = 0
  const asked = await browser.get('/v1/session/single-sign-on?again=yes')
  const there = new URL(asked.headers.get('location') ?? '')
  expect([there.searchParams.get('prompt'), there.searchParams.get('max_age')]).toEqual(['login', '0'])
  await back(browser, await throughProvider(there, emailOf('handlerOfficer')))
  expect(await stepsUp()).toBe(200)
})

test.for([
  ['an account of another organisation', emailOf('assessor')],
  ['nobody’s account', 'stranger@test.example'],
  ['an address the provider has not verified', `unverified.${emailOf('handlerOfficer')}`],
] as const)('%s is not let in, and it is not told why', async ([, email]) => {
  const browser = new Browser(made.app, localhost)
  const answer = await back(browser, await vouchedAt(browser, email))
  expect(answer.headers.get('location')).toBe(refused)
  expect((await browser.get('/v1/me')).status).toBe(401)
  // The administrator of the organisation the provider speaks for finds it written down.
  const { kind, organization_id } = await records.db
    .selectFrom('security_event')
    .select(['kind', 'organization_id'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  expect([kind, organization_id]).toEqual(['sign-in.provider-refused', 'handler'])
})

test('an answer with another state, of another browser, or too late is refused', async () => {
  const browser = new Browser(made.app, localhost)
  const url = await vouchedAt(browser, emailOf('supervisor'))
  const other = new URL(url)
  other.searchParams.set('state', 'made-up')
  expect((await back(browser, other)).headers.get('location')).toBe(refused)
  const stolen = await vouchedAt(browser, emailOf('supervisor'))
  expect((await back(new Browser(made.app, localhost), stolen)).headers.get('location')).toBe(refused)
  const late = await vouchedAt(browser, emailOf('supervisor'))
  ahead = 60 * 60_000
  expect((await back(browser, late)).headers.get('location')).toBe(refused)
  ahead = 0
})

test('settings that do not fit are named, and an issuer without https is only believed on this machine', async () => {
  const { writeFileSync } = await import('node:fs')
  const path = join(folder, 'single-sign-on.json')
  const written = (settings: unknown) => {
    writeFileSync(path, typeof settings === 'string' ? settings : JSON.stringify(settings))
    return () => readSingleSignOn(path)
  }
  const good = { name: 'x', issuer, clientId: 'x', clientSecret: 'x', organisation: 'x' }
  expect(readSingleSignOn(join(folder, 'none.json'))).toBeUndefined()
  expect(written(good)()).toEqual(good)
  expect(written({ ...good, issuer: 'http://sso.example' })).toThrow('https')
  expect(written({ ...good, clientId: undefined })).toThrow('clientId')
  expect(written('{')).toThrow('cannot be used as settings')
})
