// A portal behind a reverse proxy on the same machine: people see https, the portal answers on the loopback address.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryFolder } from '../test/memory-folder.ts'
import { generateKey, trustedKey } from '@tongguan/gate'
import { dataFolder } from './data-folder.ts'
import { fetchPermit } from './flows/fetch-permit.ts'
import { markAsPilot } from './installation.ts'
import { KeptFiles } from './kept-files.ts'
import { aCase, emailOf, openAccounts, other, password, today } from './makers.ts'
import { publicOrigin } from './public-origin.ts'
import { openRecords } from './records.ts'
import type { Records } from './records.ts'
import { hashOf } from './secrets.ts'
import { createServiceToken, revokeServiceToken } from './service-tokens.ts'
import { serve } from './serve.ts'
import type { Serving } from './serve.ts'
import { signInLimits } from './sign-in-limits.ts'

const origin = publicOrigin('https://Export.Hospital.example:443/')
const folder = mkdtempSync(join(memoryFolder(), 'tongguan-proxied-'))
let records: Records
let serving: Serving
const [authority, stranger] = [generateKey(), generateKey()]

beforeAll(async () => {
  const data = dataFolder(folder)
  records = await openRecords({ folder: data.database })
  await openAccounts(records)
  await markAsPilot(records.db, today)
  serving = await serve({ records, data, origin, authority, port: 0 })
})
afterAll(async () => {
  await serving.close()
  await records.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** As the proxy hands it on; `fetch` would not let us name the host. */
function handOn(path: string, { headers, body }: { headers: Record<string, string>; body?: string }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const url = new URL(path, serving.address)
    const sent = request(url, { method: body === undefined ? 'GET' : 'POST', headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const signIn = (name: string, { from, as = origin, word = password }: { from: string; as?: string; word?: string }) =>
  handOn('/v1/session', {
    headers: {
      host: 'export.hospital.example',
      origin: as,
      'content-type': 'application/json',
      'x-forwarded-for': from,
    },
    body: JSON.stringify({ email: emailOf(name), password: word }),
  })

test('its cookies are for https and this host only, and the browser is told to ask by https', async () => {
  const { status, headers } = await signIn('deskOfficer', { from: '192.0.2.1' })
  expect(status).toBe(200)
  expect(headers['set-cookie']).toEqual([expect.stringMatching(/^__Host-tongguan\.session_token=.*; Secure; HttpOnly/)])
  expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
})

test('whoever is invited is sent to where people are, by https', async () => {
  const { headers } = await signIn('administrator', { from: '192.0.2.1' })
  const [cookie = ''] = headers['set-cookie'] ?? []
  const { text } = await handOn('/v1/organisation/invitations', {
    headers: {
      host: 'export.hospital.example',
      origin,
      cookie: cookie.split(';')[0] ?? '',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ name: '新人', email: 'new@hospital.example', role: 'supervisor' }),
  })
  expect(text).toContain('"link":"https://export.hospital.example/join#')
})

test('a page of another site, plain http and a name that is not its own are refused; a probe on the machine is answered', async () => {
  for (const as of ['https://evil.example', 'http://export.hospital.example']) {
    expect((await signIn('deskOfficer', { from: '192.0.2.1', as })).status).toBe(403)
  }
  expect((await handOn('/v1/health', { headers: { host: 'evil.example' } })).status).toBe(403)
  expect((await fetch(`${serving.address}/v1/health`)).status).toBe(200)
})

test('a gate on the machine fetches its own permit by its token, and nothing with another, or from a key nobody trusts', async () => {
  const files = new KeptFiles(join(folder, 'files'))
  const caseNo = await aCase({ records, files }, { events: 8 })
  const othersCase = await aCase({ records, files }, { events: 8, of: other })
  const now = new Date()
  const token = async (scopes: readonly ('getPermit' | 'getMe')[]) =>
    createServiceToken(records.db, {
      name: 'gate',
      organisationId: 'handler',
      by: 'administrator',
      scopes,
      now,
      expiresAt: new Date(now.getTime() + 6e4),
    })
  const { id, token: good } = await token(['getPermit'])
  const trusting = (key: typeof authority) => ({
    schema: 'tongguan/trust/1' as const,
    keys: [trustedKey(key, { name: 'CAC', roles: ['authority'], simulated: true })],
  })
  const fetched = (of: { token?: string; caseNo?: string; trust?: ReturnType<typeof trusting>; portal?: string }) =>
    fetchPermit({ portal: serving.address, caseNo, token: good, trust: trusting(authority), ...of })
  expect(await fetched({})).toMatchObject({ caseNo, keyId: authority.keyId })
  const refused = async (of: Parameters<typeof fetched>[0]) =>
    fetched(of).then(
      () => '',
      (error: unknown) => `${(error as { code: string }).code}: ${(error as Error).message}`,
    )
  expect(await refused({ caseNo: othersCase })).toContain('HTTP 404 case.not-found')
  expect(await refused({ token: (await token(['getMe'])).token })).toContain('HTTP 403 rights.not-in-scope')
  expect(await refused({ trust: trusting(stranger) })).toContain('gate.permit-key-unknown')
  expect(await refused({ portal: 'http://authority.example' })).toContain('(https)')
  await revokeServiceToken(records.db, { id, organisationId: 'handler', by: 'administrator', now })
  expect(await refused({})).toContain('HTTP 401 session.none')
})

test('who guesses passwords is slowed down by the address the proxy saw, whatever they write before it', async () => {
  const who = hashOf('address 198.51.100.7')
  const tries = Array.from({ length: signInLimits.perAddress }, () => ({ who, at: new Date() }))
  await records.db.insertInto('sign_in_failure').values(tries).execute()
  expect((await signIn('deskOfficer', { from: '10.0.0.1, 198.51.100.7' })).status).toBe(429)
  expect((await signIn('deskOfficer', { from: '198.51.100.8' })).status).toBe(200)
})

test.for(['http://a.example', 'https://a.example/x', 'https://u@a.example', 'a.example', 'https://a.example/?q'])(
  'no public address: %s',
  (text) => expect(() => publicOrigin(text)).toThrow(expect.objectContaining({ code: 'serve.no-such-origin' })),
)
