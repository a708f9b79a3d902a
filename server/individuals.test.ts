// What individuals ask, over the API: registered by a keyed hash, proven from the log, the handler's alone.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test, vi } from 'vitest'
import { memoryFolder } from '../test/memory-folder.ts'
import { generateKey, trustedKey, writeTrust } from '@tongguan/gate'
import type { Answer, Problem } from './contract/client.ts'
import { createGateKey, dataFolder, readTrustFile } from './data-folder.ts'
import { confirmNotice } from './flows/keep-individuals.ts'
import { Browser, aServer, bodyOf, other, own, today } from './makers.ts'
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

// The scanner starts several times; a machine that is busy takes its time, which is not what is tried here.
vi.setConfig({ testTimeout: 240_000 })

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
  expect(refused.words.en).toMatch(/^what was given: 0 persons found/)

  const registered = await officer.post(at, ask)
  expect(registered.status).toBe(201)
  const request = await bodyOf<List['requests'][number]>(registered)
  expect(request).toMatchObject({ kind: 'deletion', identifiedBy: ['mobile'], keptOut: true, answer: null })
  expect(JSON.stringify(request)).not.toMatch(/[0-9a-f]{32}/)
  expect(readFileSync(data.consents, 'utf8')).not.toContain(mobile)
  expect(JSON.stringify(await records.db.selectFrom('idempotent_request').selectAll().execute())).toBe('[]')
  expect(personFolders()).toEqual([])

  // Out of the next batch: of two files, the one with the person loses a row, and nothing of it stays here.
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const files = [
    { name: '随访.csv', base64: base64(`手机号,结果\n${mobile},好\n13800131003,好\n`) },
    { name: '站点.csv', base64: base64('城市,床位\n北京,3\n') },
  ]
  const thinned = await bodyOf<Answer<'POST /v1/individual-requests/thinned-batch'>>(
    await officer.post(`${at}/thinned-batch`, { files }),
  )
  const texts = thinned.files.map(({ name, dropped, base64: of }) => [
    name,
    dropped,
    Buffer.from(of, 'base64').toString(),
  ])
  expect(new Set(texts)).toEqual(
    new Set([
      ['站点.csv', 0, '城市,床位\n北京,3\n'],
      ['随访.csv', 1, '手机号,结果\n13800131003,好\n'],
    ]),
  )
  const outside = await officer.post(`${at}/thinned-batch`, { files: [{ name: '../x.csv', base64: '' }] })
  expect(await codeOf(outside)).toEqual([422, 'request.does-not-fit'])

  // Handed to the recipient, and confirmed by the recipient's own key only.
  const sent = await bodyOf<Answer<'POST /v1/individual-requests/{requestId}/notice'>>(
    await officer.post(`${at}/${request.id}/notice`, { recipient: 'AMC', identifiers: ask.identifiers }),
  )
  expect(sent.request.handedOver).toMatchObject([{ recipient: 'AMC', confirmed: null }])
  expect(Buffer.from(sent.key, 'base64')).toHaveLength(32)
  expect(Buffer.from(sent.notice.payload, 'base64').toString()).not.toContain(mobile)
  const [recipient, stranger] = [generateKey(), generateKey()]
  const trust = await readTrustFile(data.trust)
  const named = trustedKey(recipient, { name: 'AMC', roles: ['recipient'], simulated: true })
  writeFileSync(data.trust, writeTrust([...trust.keys, named]))
  const confirm = (key: typeof recipient) =>
    officer.post(`${at}/confirmations`, {
      confirmation: confirmNotice(sent.notice, { trust, outcome: 'done', on: today, key }),
    })
  expect(await codeOf(await confirm(stranger))).toEqual([409, 'gate.confirmation-wrong'])
  expect(await bodyOf(await confirm(recipient))).toMatchObject({ handedOver: [{ confirmed: { outcome: 'done' } }] })
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
    ['notified', 1],
    ['confirmed', 2],
    ['answered', 3],
  ])
  end()
  await records.close()
})
