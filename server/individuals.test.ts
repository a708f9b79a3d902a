// What individuals ask, over the API: registered by a keyed hash, proven from the log, the handler's alone.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test, vi } from 'vitest'
import { memoryFolder } from '../test/memory-folder.ts'
import type { Answer, Problem } from './contract/client.ts'
import { createGateKey, dataFolder } from './data-folder.ts'
import { Browser, aServer, bodyOf, other, own } from './makers.ts'
import { openRecords } from './records.ts'
import type { Records } from './records.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-individuals-api-'))
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})
// The person's file comes and goes here, where nobody else's does.
vi.stubEnv('TMPDIR', folder)

type List = Answer<'GET /v1/individual-requests'>
const at = '/v1/individual-requests'
const mobile = '13800131002'
const personFolders = () => readdirSync(folder).filter((name) => name.startsWith('tongguan-person-'))

/** A year's set with some persons in it, as the gate leaves one. */
async function countSome({ db }: Records, handler: string): Promise<void> {
  const key = JSON.stringify(['year', handler, 2026])
  await sql`insert into person_set (key, kind, handler, year) values (${key}, 'year', ${handler}, 2026)`.execute(db)
  await sql`update person_set set unlinked_general = 7, unlinked_sensitive = 3 where key = ${key}`.execute(db)
}

test('a handler registers a request, answers it and proves it; no identifier stays anywhere', async () => {
  const data = dataFolder(join(folder, 'data'))
  const records = await openRecords({ folder: data.database })
  const { app, server, end } = await aServer(records, { individuals: data })
  const as = async (name: string) => {
    const browser = new Browser(app)
    await browser.holdSession(server, name)
    return browser
  }
  const codeOf = async (answer: Response) => [answer.status, (await bodyOf<Problem>(answer)).code]
  const officer = await as('handlerOfficer')
  const ask = { kind: 'deletion', identifiers: [{ column: '手机号', value: mobile }] }
  // Of two handlers in one installation, the gate works for the one it is bound to.
  expect(await codeOf(await officer.get(at))).toEqual([404, 'individual.not-kept-here'])
  // Nor is anything known of persons: which is not that there are none.
  const meters = async () => bodyOf<Answer<'GET /v1/meters'>>(await officer.get('/v1/meters'))
  expect(await meters()).toMatchObject({ counts: false, year: null, permits: [] })
  await records.db.insertInto('gate_handler').values({ credit_code: own.creditCode }).execute()
  await countSome(records, own.creditCode)
  expect(await meters()).toMatchObject({
    counts: true,
    year: { from: '2026-01-01', counted: { general: 7, sensitive: 3 } },
    permits: [],
  })
  expect(own.creditCode).not.toBe(other.creditCode)
  expect(await codeOf(await (await as('handlerOfficer.elsewhere')).get(at))).toEqual([404, 'individual.not-kept-here'])
  expect(await bodyOf<List>(await officer.get(at))).toMatchObject({ requests: [] })
  // Without the gate's key nothing can be logged, so nothing is registered.
  expect(await codeOf(await officer.post(at, ask))).toEqual([409, 'key.none'])
  await createGateKey(data, { simulated: true })
  const nameless = await officer.post(at, { ...ask, identifiers: [{ column: '备注', value: '无' }] })
  const refused = await bodyOf<Problem>(nameless)
  expect([nameless.status, refused.code]).toEqual([422, 'individual.not-one-person'])
  expect(refused.words.en).toMatch(/^these identifiers: 0 persons found/)

  const registered = await officer.post(at, ask)
  expect(registered.status).toBe(201)
  const request = await bodyOf<List['requests'][number]>(registered)
  expect(request).toMatchObject({ kind: 'deletion', identifiedBy: ['mobile'], keptOut: true, answer: null })
  expect(JSON.stringify(request)).not.toMatch(/[0-9a-f]{32}/)
  expect(readFileSync(data.consents, 'utf8')).not.toContain(mobile)
  expect(JSON.stringify(await records.db.selectFrom('idempotent_request').selectAll().execute())).toBe('[]')
  expect(personFolders()).toEqual([])

  const answer = (body: object, id = request.id) => officer.post(`${at}/${id}/answer`, body)
  expect(await codeOf(await answer({ outcome: 'refused', reason: ' ' }))).toEqual([422, 'request.does-not-fit'])
  expect(await codeOf(await answer({ outcome: 'met' }, 'nobody'))).toEqual([404, 'individual.unknown'])
  const kept = { outcome: 'refused', reason: '法定保存期限未满' }
  expect(await bodyOf(await answer(kept))).toMatchObject({ keptOut: false, answer: kept })
  expect(await codeOf(await answer({ outcome: 'met' }))).toEqual([409, 'individual.answered-already'])
  const { steps } = await bodyOf<Answer<'GET /v1/individual-requests/{requestId}/proof'>>(
    await officer.get(`${at}/${request.id}/proof`),
  )
  expect(steps.map(({ event, logIndex }) => [event, logIndex])).toEqual([
    ['registered', 0],
    ['answered', 1],
  ])
  end()
  await records.close()
})
