// From the answers to a filed declaration over the API: uploads in parts, files beside the answers, the bundle, its
// signature, the case at the province's desk with what was filed, and the next round.
import { generateFilingKey, signBundle, trustedFiler } from '@tongguan/dossier'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryFolder } from '../test/memory-folder.ts'
import type { Answer, CasePage, Problem } from './contract/client.ts'
import { filingKeyFiles } from './filing-keys.ts'
import { Browser, aServer, bodyOf } from './makers.ts'
import { exampleEvidence } from './preparation.makers.ts'
import { openRecords } from './records.ts'
import type { Records } from './records.ts'
import { largestUpload } from './uploads.ts'

type Upload = Answer<'GET /v1/uploads/{upload}'>
type Files = Answer<'GET /v1/preparations/{preparation}/files'>
type Check = Answer<'GET /v1/preparations/{preparation}/check'>
type Submission = Answer<'GET /v1/preparations/{preparation}/submission'>

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-filings-'))
const key = generateFilingKey('EdDSA', { name: '申报签名人', simulated: true })
let records: Records
let made: Awaited<ReturnType<typeof aServer>>
let officer: Browser

beforeAll(async () => {
  records = await openRecords({ folder })
  made = await aServer(records)
  // The handler of the worked example.
  const example = { credit_code: '12110000EXAMP1E097' }
  await records.db.updateTable('auth_organization').set(example).where('id', '=', 'handler').execute()
  officer = new Browser(made.app)
  await officer.signIn('handlerOfficer')
})

afterAll(async () => {
  made.end()
  await records.close()
  rmSync(folder, { recursive: true, force: true })
})

const set = (path: string, value: unknown) => ({ kind: 'set', path, value })
const codeOf = async (answer: Response) => [answer.status, (await bodyOf<Problem>(answer)).code]
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function begin(fileName: string, bytes: number): Promise<Upload> {
  return bodyOf<Upload>(await officer.post('/v1/uploads', { fileName, bytes }))
}

/** One part, as a browser sends it. */
function part(upload: string, offset: number, bytes: Uint8Array, by: Browser = officer): Promise<Response> {
  return by.askBytes('PATCH', `/v1/uploads/${upload}`, { 'upload-offset': String(offset) }, bytes)
}

async function uploaded(fileName: string, bytes: Uint8Array): Promise<string> {
  const { upload, part: size } = await begin(fileName, bytes.length)
  for (let at = 0; at < bytes.length; at += size) {
    expect((await part(upload, at, bytes.subarray(at, at + size))).status).toBe(200)
  }
  return upload
}

async function attach(no: string, purpose: 'evidence' | 'document', fileName: string, bytes: Uint8Array) {
  return officer.post(`/v1/preparations/${no}/files`, { purpose, upload: await uploaded(fileName, bytes) })
}

/** Everything answered as in the worked example, its days moved to the server's. */
async function anExample(): Promise<string> {
  const begun = await officer.post('/v1/preparations', { example: 'hospital-amsterdam' })
  const { preparation: no } = await bodyOf<{ preparation: string }>(begun)
  const changes = [
    set('compliance.to', '2026-06-01'),
    set('selfAssessment.from', '2026-04-01'),
    set('selfAssessment.to', '2026-06-01'),
  ]
  expect((await officer.post(`/v1/preparations/${no}/revisions`, { changes }, { ifMatch: 1 })).status).toBe(200)
  return no
}

async function checkOf(no: string): Promise<Check> {
  return bodyOf<Check>(await officer.get(`/v1/preparations/${no}/check`))
}

test('an upload goes on where it stopped; a part that does not fit is refused and says where to go on', async () => {
  const bytes = Buffer.from('0123456789')
  const { upload, received } = await begin('scan.pdf', bytes.length)
  expect(received).toBe(0)
  expect((await part(upload, 0, bytes.subarray(0, 4))).status).toBe(200)
  const again = await part(upload, 0, bytes.subarray(0, 4))
  expect([again.status, await bodyOf<Problem>(again)]).toMatchObject([409, { code: 'upload.offset', sequence: 4 }])
  expect(await codeOf(await part(upload, 4, Buffer.alloc(7)))).toEqual([422, 'upload.too-much'])
  const other = new Browser(made.app)
  await other.signIn('handlerOfficer.second')
  expect(await codeOf(await part(upload, 4, bytes.subarray(4), other))).toEqual([404, 'upload.not-found'])
  expect((await bodyOf<Upload>(await officer.get(`/v1/uploads/${upload}`))).received).toBe(4)
  const done = await bodyOf<Upload>(await part(upload, 4, bytes.subarray(4)))
  expect(done).toMatchObject({ received: 10, sha256: sha256(bytes) })
  expect(made.server.files.has(sha256(bytes))).toBe(true)
})

test('what is too large, or no name of a file, is refused before a byte is sent', async () => {
  const begun = (body: object) => officer.post('/v1/uploads', body)
  expect(await codeOf(await begun({ fileName: 'a.pdf', bytes: largestUpload + 1 }))).toEqual([413, 'upload.too-large'])
  expect(await codeOf(await begun({ fileName: '../a.pdf', bytes: 1 }))).toEqual([422, 'request.does-not-fit'])
})

test('a file that is not what it says is not attached; one of the same name takes the place of the one before', async () => {
  const no = await anExample()
  expect(await codeOf(await attach(no, 'evidence', 'evidence.json', Buffer.from('{}')))).toEqual([
    422,
    'input.does-not-fit',
  ])
  expect(await codeOf(await attach(no, 'document', 'id.pdf', Buffer.from('MZ')))).toEqual([422, 'intake.disguised'])
  const unfinished = await begin('id.pdf', 5)
  const attached = { purpose: 'document', upload: unfinished.upload }
  expect(await codeOf(await officer.post(`/v1/preparations/${no}/files`, attached))).toEqual([409, 'upload.not-whole'])
  await attach(no, 'document', 'id.pdf', Buffer.from('%PDF-1'))
  const { files } = await bodyOf<Files>(await attach(no, 'document', 'id.pdf', Buffer.from('%PDF-2')))
  expect(files.map(({ inUse }) => inUse)).toEqual([false, true])
  const bytes = await officer.get(`/v1/preparations/${no}/files/2`)
  expect(await bytes.text()).toBe('%PDF-2')
})

test('an example is begun; until a scan is attached its items cannot be compared, and no bundle is written', async () => {
  const no = await anExample()
  const { sections } = await checkOf(no)
  const states = Object.fromEntries(sections.map(({ section, state }) => [section, state]))
  expect(states).toMatchObject({ handler: 'complete', assessment: 'complete', items: 'needs-attention' })
  const refused = await officer.post(`/v1/preparations/${no}/bundles`, {}, { ifMatch: 2 })
  expect(await codeOf(refused)).toEqual([409, 'preparation.not-ready'])
})

test('written, signed elsewhere, filed: a case with what was signed; returned, the next round goes into the same case', async () => {
  const no = await anExample()
  const evidence = Buffer.from(JSON.stringify(await exampleEvidence()))
  expect((await attach(no, 'evidence', 'evidence.json', evidence)).status).toBe(201)
  expect((await checkOf(no)).findings.filter(({ severity }) => severity === 'error')).toEqual([])
  const write = async (revision: number) =>
    bodyOf<Submission>(await officer.post(`/v1/preparations/${no}/bundles`, {}, { ifMatch: revision }))
  const written = await write(2)
  expect(written).toMatchObject({ opensCases: true, signers: [], bundles: [{ bundle: 1, revision: 2, round: 1 }] })
  const file = async (bundle: number, bytes: Uint8Array) =>
    officer.post(`/v1/preparations/${no}/filings`, { bundle, upload: await uploaded('bundle.zip', bytes) })
  const unsigned = Buffer.from(await (await officer.get(written.bundles[0]?.href ?? '')).arrayBuffer())
  expect(await codeOf(await file(1, unsigned))).toEqual([409, 'preparation.no-trust'])
  const trust = { schema: 'tongguan/dossier-trust/1', keys: [trustedFiler(key)] }
  writeFileSync(filingKeyFiles(made.server.dataFolder).trust, JSON.stringify(trust))
  expect(await codeOf(await file(1, unsigned))).toEqual([422, 'intake.bundle-not-verified'])
  const signed = await signBundle(unsigned, 'bundle.zip', key)
  const filed = await bodyOf<Submission>(await file(1, signed))
  expect(filed.filings).toMatchObject([
    { bundle: 1, sha256: sha256(signed), signedBy: ['申报签名人'], case: { status: 'withProvince' } },
  ])
  expect(await codeOf(await file(1, signed))).toEqual([409, 'preparation.filed-already'])
  const caseNo = filed.filings[0]?.case?.caseNo ?? ''
  const page = await bodyOf<CasePage>(await officer.get(`/v1/cases/${caseNo}`))
  expect(page.documents.every(({ href }) => href !== null)).toBe(true)
  expect((await officer.get(`/v1/cases/${caseNo}/evidence`)).status).toBe(200)

  const desk = new Browser(made.app)
  await desk.signIn('deskOfficer')
  const returned = { missing: [], reasons: ['申报表缺少签章'] }
  const path = `/v1/cases/${caseNo}/return-for-completion`
  expect((await desk.post(path, returned, { ifMatch: page.sequence })).status).toBe(200)
  const changes = [set('handler.business', '补正后的业务说明')]
  await officer.post(`/v1/preparations/${no}/revisions`, { changes }, { ifMatch: 2 })
  const second = await write(3)
  expect(second.bundles[0]).toMatchObject({ bundle: 2, revision: 3, round: 2 })
  // The first round's bundle is another one.
  expect(await codeOf(await file(2, signed))).toEqual([422, 'filing.other-bundle'])
  const bytes = Buffer.from(await (await officer.get(second.bundles[0]?.href ?? '')).arrayBuffer())
  const again = await bodyOf<Submission>(await file(2, await signBundle(bytes, 'bundle.zip', key)))
  expect(again.filings.map(({ round, case: one }) => [round, one?.caseNo, one?.status])).toEqual([
    [2, caseNo, 'withProvince'],
    [1, caseNo, 'withProvince'],
  ])
})
