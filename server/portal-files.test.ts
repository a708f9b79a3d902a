import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, aServer, bodyOf } from './makers.ts'
import type { Problem } from './contract/client.ts'
import { openRecords } from './records.ts'
import type { Records } from './records.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-portal-'))
const portal = join(folder, 'dist')
let records: Records
let made: Awaited<ReturnType<typeof aServer>>
beforeAll(async () => {
  mkdirSync(join(portal, 'assets'), { recursive: true })
  writeFileSync(
    join(portal, 'index.html'),
    '<!doctype html><title>portal</title><meta name="csp-nonce" content="__CSP_NONCE__">',
  )
  writeFileSync(join(portal, 'assets', 'main-abc123.js'), 'export {}')
  writeFileSync(join(portal, '.stamp'), 'inner')
  writeFileSync(join(folder, 'secret.json'), '{"secret":true}')
  records = await openRecords({ folder: join(folder, 'database') })
  made = await aServer(records, { portal })
})
afterAll(async () => {
  made.end()
  await records.close()
  rmSync(folder, { recursive: true, force: true })
})

test.for(['/', '/cases', '/cases/TG-2026-000001/evidence', '/sign-in?next=%2F'])(
  '%s opens the portal',
  async (path) => {
    const answer = await new Browser(made.app).get(path)
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-store',
    ])
    expect(await answer.text()).toContain('<title>portal</title>')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; script-src 'nonce-[^ ]+'; style-src 'self' 'nonce-[^ ]+';/)
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types default")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
  },
)

test('each answer with the page has a nonce of its own, in the page and in its policy', async () => {
  const nonces = await Promise.all(
    ['/', '/cases'].map(async (path) => {
      const answer = await new Browser(made.app).get(path)
      const nonce = /content="([^"]+)"/.exec(await answer.text())?.[1] ?? ''
      expect(answer.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`)
      return nonce
    }),
  )
  expect(new Set(nonces).size).toBe(2)
  for (const nonce of nonces) expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
})

test('its files are served with their types; those with a hash in their name may be kept', async () => {
  const answer = await new Browser(made.app).get('/assets/main-abc123.js')
  expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(answer.headers.get('cache-control')).toContain('immutable')
})

test.for([
  '/assets/none.js',
  '/.stamp',
  '/..%2fsecret.json',
  '/%2e%2e/secret.json',
  '/assets/..%2f..%2fsecret.json',
  '/secret.json%00.js',
  '/%ff.js',
  '/v1/nothing',
  '/v1/cases/TG-2026-000001/nothing',
])('%s is nothing of the portal', async (path) => {
  const answer = await new Browser(made.app).get(path)
  expect([answer.status, (await bodyOf<Problem>(answer)).code]).toEqual([404, 'request.unknown-route'])
})

test('what is not a GET never opens a page', async () => {
  const answer = await new Browser(made.app).ask('POST', '/cases')
  expect([answer.status, (await bodyOf<Problem>(answer)).code]).toEqual([404, 'request.unknown-route'])
})
