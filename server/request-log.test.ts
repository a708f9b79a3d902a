// What is written of each request, what a required second factor keeps shut, and what is said while the database is away.
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryFolder } from '../test/memory-folder.ts'
import { dataFolder } from './data-folder.ts'
import { databaseTrouble, isNoText } from './database-away.ts'
import { Browser, aCase, aServer, bodyOf, password } from './makers.ts'
import type { Problem } from './contract/client.ts'
import { openRecords } from './records.ts'
import type { Records } from './records.ts'
import type { RequestLine } from './request-log.ts'
import { serve } from './serve.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-request-log-'))
const lines: RequestLine[] = []
let records: Records
let made: Awaited<ReturnType<typeof aServer>>
beforeAll(async () => {
  records = await openRecords({ folder: join(folder, 'database') })
  made = await aServer(records, { secondFactor: 'required', requestLog: (line) => lines.push(line) })
})
afterAll(async () => {
  made.end()
  await records.close()
  rmSync(folder, { recursive: true, force: true })
})

const lastLine = () => lines.at(-1)

test('a line says who asked for what and what came of it, under the number the answer carries; never an address or a secret', async () => {
  const no = await aCase(made.server)
  const browser = new Browser(made.app)
  await browser.signIn('deskOfficer')
  const answer = await browser.get(`/v1/cases/${no}?secret=geheim`)
  expect(lastLine()).toEqual({
    time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
    event: 'request',
    id: answer.headers.get('request-id'),
    method: 'GET',
    route: '/v1/cases/:caseNo',
    status: 403,
    ms: expect.any(Number),
    code: 'session.second-factor-needed',
    actor: 'deskOfficer',
    organisation: 'province',
    from: 'unknown',
  })
  await browser.get('/v1/calendars/made-up-secret-address')
  expect(lastLine()?.route).toBe('/v1/calendars/:token')
  expect((await new Browser(made.app).get('/v1/cases')).status).toBe(401)
  expect(lastLine()).toMatchObject({ status: 401, code: 'session.none' })
  const written = JSON.stringify(lines)
  for (const secret of ['geheim', 'made-up-secret', password]) expect(written).not.toContain(secret)
})

test('where a second factor is required, the password alone lets one see who one is and add one, and no more', async () => {
  const browser = new Browser(made.app)
  await browser.signIn('assessor')
  for (const path of ['/v1/cases', '/v1/desk', '/v1/notices']) {
    const refused = await browser.get(path)
    expect([refused.status, (await bodyOf<Problem>(refused)).code]).toEqual([403, 'session.second-factor-needed'])
  }
  expect((await browser.get('/v1/me')).status).toBe(200)
  expect((await browser.get('/v1/me/factors')).status).toBe(200)
  // Enrolled and shown in the same session.
  await records.db
    .insertInto('auth_totp')
    .values({ user_id: 'assessor', sealed: 'made up', confirmed_at: new Date(), last_step: 1 })
    .execute()
  await records.db
    .updateTable('auth_session')
    .set({ second_factor: true })
    .where('token_hash', '=', browser.sessionHash())
    .execute()
  expect((await browser.get('/v1/cases')).status).toBe(200)
})

test.for([
  [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 'away'],
  [Object.assign(new Error('terminating connection'), { code: '57P01' }), 'away'],
  [new Error('Connection terminated unexpectedly'), 'away'],
  [new Error('timeout exceeded when trying to connect'), 'away'],
  [Object.assign(new Error('could not extend file'), { code: '53100' }), 'full'],
  [Object.assign(new Error('duplicate key'), { code: '23505' }), undefined],
  [new TypeError('cannot read'), undefined],
] as const)('%s: %s', ([error, trouble]) => expect(databaseTrouble(error)).toBe(trouble))

test('a text the database cannot hold is the request’s fault', () => {
  expect(isNoText(Object.assign(new Error('invalid byte sequence'), { code: '22021' }))).toBe(true)
  expect(isNoText(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))).toBe(false)
})

test('whoever sends a head byte by byte is let go', { timeout: 30_000 }, async () => {
  const data = dataFolder(join(folder, 'served'))
  const serving = await serve({ records, data, port: 0, patience: { headersTimeout: 50, requestTimeout: 50 } })
  try {
    const socket = connect(Number(new URL(serving.address).port), '127.0.0.1')
    socket.write('GET /v1/health HTTP/1.1\r\n')
    let said = ''
    socket.on('data', (bytes) => (said += bytes.toString()))
    await new Promise((resolve) => socket.once('close', resolve))
    expect(said).toContain('408 Request Timeout')
  } finally {
    await serving.close()
  }
})
