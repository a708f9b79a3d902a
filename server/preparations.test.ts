// Declarations in preparation over the API: begun, changed by two people, checked, and seen by nobody else.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryFolder } from '../test/memory-folder.ts'
import type { Problem } from './contract/client.ts'
import { Browser, aServer, bodyOf, someEvidence } from './makers.ts'
import { foldedOf, loadPreparation } from './preparations.ts'
import { openRecords } from './records.ts'
import type { Records } from './records.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-preparations-'))
let records: Records
let made: Awaited<ReturnType<typeof aServer>>
let first: Browser
let second: Browser

beforeAll(async () => {
  records = await openRecords({ folder })
  made = await aServer(records)
  first = new Browser(made.app)
  second = new Browser(made.app)
  await first.signIn('handlerOfficer')
  await second.signIn('handlerOfficer.second')
})

afterAll(async () => {
  made.end()
  await records.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Shown {
  readonly preparation: string
  readonly revision: number
  readonly reference: string | null
  readonly tree: { readonly handler: { readonly name: string; readonly business: string | null } }
}
interface Checked {
  readonly compared: boolean
  readonly sections: readonly { readonly section: string; readonly state: string; readonly missing: number }[]
  readonly findings: readonly { readonly code: string; readonly where: string; readonly section: string }[]
}

const start = async (body: object = {}) => bodyOf<Shown>(await first.post('/v1/preparations', body))
const check = async (no: string) => bodyOf<Checked>(await first.get(`/v1/preparations/${no}/check`))
const set = (path: string, value: unknown) => ({ kind: 'set', path, value })

test('saved by two: whoever did not see the other’s revision is told, reads it and saves again; a repetition saves once', async () => {
  const { preparation: no, tree } = await start()
  expect(tree.handler).toMatchObject({ name: 'office of handler', business: null })
  const at = `/v1/preparations/${no}/revisions`
  const saved = await second.post(at, { changes: [set('handler.business', 'theirs')] }, { ifMatch: 1 })
  expect([saved.status, saved.headers.get('etag')]).toEqual([200, '"2"'])
  const mine = { changes: [set('handler.business', 'mine')] }
  const stale = await first.post(at, mine, { ifMatch: 1 })
  expect([stale.status, (await bodyOf<Problem>(stale)).code]).toEqual([412, 'preparation.stale'])
  const { revisions } = await bodyOf<{ revisions: readonly { by: string; changes: readonly object[] }[] }>(
    await first.get(`${at}?after=1`),
  )
  expect(revisions).toMatchObject([{ n: 2, by: 'handlerOfficer.second', changes: [set('handler.business', 'theirs')] }])
  for (let twice = 0; twice < 2; twice += 1) {
    expect((await first.post(at, mine, { ifMatch: 2, key: 'the-same-key' })).status).toBe(200)
  }
  const now = await bodyOf<Shown>(await second.get(`/v1/preparations/${no}`))
  expect([now.revision, now.tree.handler.business]).toEqual([3, 'mine'])
})

test('a change that leads nowhere is refused and saves nothing', async () => {
  const { preparation: no } = await start()
  for (const change of [set('', {}), set('scenarios.9.name', 'x'), { kind: 'remove', path: 'handler' }]) {
    const answer = await first.post(`/v1/preparations/${no}/revisions`, { changes: [change] }, { ifMatch: 1 })
    expect([answer.status, (await bodyOf<Problem>(answer)).code]).toEqual([422, 'preparation.nowhere'])
  }
  expect((await bodyOf<Shown>(await first.get(`/v1/preparations/${no}`))).revision).toBe(1)
})

test('the check says what is missing where; with all answers and a scan it is the desk’s own check', async () => {
  const { preparation: empty } = await start()
  const begun = await check(empty)
  expect(begun.compared).toBe(false)
  expect(begun.findings).toContainEqual(
    expect.objectContaining({ code: 'answer.missing', where: 'compliance.penalties', section: 'compliance' }),
  )
  expect(begun.sections.some(({ state }) => state === 'complete')).toBe(false)
  const whole = await start({ example: 'hospital-amsterdam', evidence: JSON.stringify(someEvidence()) })
  const compared = await check(whole.preparation)
  expect(compared.compared).toBe(true)
  // The scan of the test knows one column, of another file.
  expect(compared.findings.map(({ code }) => code)).toContain('item.not-in-data')
  expect(compared.sections.find(({ section }) => section === 'items')?.state).toBe('needs-attention')
  await first.post(
    `/v1/preparations/${whole.preparation}/revisions`,
    { changes: [set('handler.creditCode', '12110000EXAMP1E098')] },
    { ifMatch: 1 },
  )
  expect((await check(whole.preparation)).findings).toContainEqual(
    expect.objectContaining({ code: 'handler.credit-code', where: 'handler.creditCode', section: 'handler' }),
  )
})

test('a file that is none is refused in words', async () => {
  const answer = await first.post('/v1/preparations', { facts: 'flows: 7' })
  expect([answer.status, (await bodyOf<Problem>(answer)).code]).toEqual([422, 'preparation.file'])
})

test('another organisation has none of it', async () => {
  const { preparation: no } = await start()
  const elsewhere = new Browser(made.app)
  await elsewhere.signIn('handlerOfficer.elsewhere')
  const { preparations } = await bodyOf<{ preparations: readonly object[] }>(await elsewhere.get('/v1/preparations'))
  expect(preparations).toEqual([])
  expect((await elsewhere.get(`/v1/preparations/${no}`)).status).toBe(404)
  const revise = await elsewhere.post(`/v1/preparations/${no}/revisions`, { changes: [set('a', 1)] }, { ifMatch: 1 })
  expect(revise.status).toBe(404)
})

test('what the revisions add up to stands in one row; made anew from them it is the same', async () => {
  const { preparation: no } = await start({ example: 'hospital-amsterdam' })
  const changes = [set('handler.business', 'x'), { kind: 'remove', path: 'scenarios.0.items.0' }]
  await first.post(`/v1/preparations/${no}/revisions`, { changes }, { ifMatch: 1 })
  const kept = await loadPreparation(records.db, no, 'handler')
  expect(kept).toEqual(await foldedOf(records.db, no))
  expect(kept.touched).toEqual(['handler', 'items'])
  // As one begun before there were such rows.
  await records.db.deleteFrom('preparation_now').where('preparation', '=', no).execute()
  expect(await loadPreparation(records.db, no, 'handler')).toEqual(kept)
})

test('what one says about a field the others read; a colleague elsewhere does not', async () => {
  const { preparation: no } = await start()
  const at = `/v1/preparations/${no}/comments`
  await second.post(at, { place: 'handler.business', words: '请写明门急诊人次' })
  expect((await first.post(at, { place: 'handler.business', words: ' ' })).status).toBe(422)
  const { comments } = await bodyOf<{ comments: readonly object[] }>(await first.get(at))
  expect(comments).toMatchObject([
    { n: 1, place: 'handler.business', words: '请写明门急诊人次', by: 'handlerOfficer.second' },
  ])
  const elsewhere = new Browser(made.app)
  await elsewhere.signIn('handlerOfficer.elsewhere')
  expect((await elsewhere.get(at)).status).toBe(404)
  await expect(records.db.deleteFrom('preparation_comment').execute()).rejects.toThrow('only grows')
})

test('whoever has it open hears at once that somebody has saved', async () => {
  const { preparation: no } = await start()
  const stream = await second.get(`/v1/preparations/${no}/events/stream`)
  const reader = stream.body?.getReader()
  const said = async () => new TextDecoder().decode((await reader?.read())?.value)
  expect(await said()).toContain('"revision":1')
  await first.post(`/v1/preparations/${no}/revisions`, { changes: [set('handler.business', 'x')] }, { ifMatch: 1 })
  expect(await said()).toContain('"revision":2')
  await reader?.cancel()
})

test('what was saved is not changed any more', async () => {
  const { preparation: no } = await start()
  await expect(
    records.db.updateTable('preparation_revision').set({ name: 'x' }).where('preparation', '=', no).execute(),
  ).rejects.toThrow('only grows')
})
