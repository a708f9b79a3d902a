import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ExportFactsSchema } from './contract/export-facts.ts'
import type { Problem } from './contract/client.ts'
import { Browser, aDraft, aServer, bodyOf, origin, today } from './makers.ts'
import { openRecords } from './records.ts'
import type { Records } from './records.ts'
import { memoryFolder } from '../test/memory-folder.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-public-'))
let records: Records
let made: Awaited<ReturnType<typeof aServer>>
beforeAll(async () => {
  records = await openRecords({ folder: join(folder, 'database') })
  made = await aServer(records)
})
afterAll(async () => {
  made.end()
  await records.close()
  rmSync(folder, { recursive: true, force: true })
})

const asPage = { accept: 'text/html' }
const anyone = () => new Browser(made.app)
const open = (path: string) => anyone().ask('GET', path, asPage)
const assessment =
  'leaves=transfer&personal=yes&secret=none&important=none&operator=no&body=none&claim=none&foreign=no&restricted=no&voluntary=no&persons=told&general=0&sensitive=12000'

function send(fields: Readonly<Record<string, string>>, path = '/public/enquiry') {
  const headers = { ...asPage, 'content-type': 'application/x-www-form-urlencoded', origin }
  return anyone().ask('POST', path, headers, new URLSearchParams(fields).toString())
}

async function aForm(): Promise<string> {
  return /name="once" value="([0-9a-f]{32})"/.exec(await (await open('/public/enquiry')).text())?.[1] ?? ''
}

test.for([
  '/public',
  '/public/triage',
  `/public/triage?${assessment}`,
  '/public/enquiry',
  '/public/interpretations',
  '/public/register',
  '/public/nowhere',
])('%s is one small page without a script, in both languages', async (path) => {
  for (const [tongue, lang] of [
    ['zh-CN', ''],
    ['en-US', `${path.includes('?') ? '&' : '?'}lang=en`],
  ]) {
    const answer = await open(`${path}${lang}`)
    expect(answer.status).toBe(path === '/public/nowhere' ? 404 : 200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const text = await answer.text()
    expect(text).toContain(`<html lang="${tongue}">`)
    // The policy allows this very style and no other.
    const style = /<style>([^]*?)<\/style>/.exec(text)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(answer.headers.get('content-security-policy')).toContain(`'sha256-${hash}'`)
    expect(text).not.toMatch(/<script|undefined|\[object/)
    expect(Buffer.byteLength(text)).toBeLessThan(30_000)
    // An English page holds no Chinese but the way to it and the names of offices.
    const body = text.replace(/<style>[^]*?<\/style>/, '').replaceAll(/中文|北京市|上海市/g, '')
    if (tongue === 'en-US') expect(body.match(/\p{Script=Han}+/gu)).toBeNull()
  }
})

test('the answer cites its articles, says what would change it and how long it takes, and carries its facts away', async () => {
  const text = await (await open(`/public/triage?${assessment}`)).text()
  expect(text).toContain('申报数据出境安全评估')
  expect(text).toContain('《促进和规范数据跨境流动规定》第七条')
  expect(text).toContain('45个工作日')
  expect(text).toContain('什么会改变结论')
  expect(text).toContain('不代替主管机关或者律师的意见')
  expect(text).not.toMatch(/flows\.0|handler\.ciio/)
  const file = await anyone().get(`/public/triage/facts?${assessment}`)
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="facts.yaml"')
  expect(ExportFactsSchema.parse(parse(await file.text())).flows[0]?.since1January).toEqual({
    general: 0,
    sensitive: 12_000,
  })
})

test('a question sent without an answer comes again, keeps the others and says what is missing', async () => {
  const text = await (await open('/public/triage?leaves=transfer&from=personal')).text()
  expect(text).toContain('role="alert"')
  expect(text).toContain('<a href="#personal-yes">')
  expect(text).toContain('id="personal-yes"')
  expect(text).toContain('<input type="hidden" name="leaves" value="transfer"')
  const typed = await (
    await open(
      '/public/triage?leaves=transfer&personal=yes&secret=none&important=none&operator=no&body=none&claim=none&persons=told&general=many&sensitive=1&from=persons',
    )
  ).text()
  expect(typed).toContain('value="many"')
  expect(typed).toContain('<a href="#general">')
})

test('an enquiry reaches the desk with its facts, once however often it is sent', async () => {
  const once = await aForm()
  const fields = {
    once,
    office: '北京市',
    question: '我们向荷兰提供患者数据\n<script>alert(1)</script>',
    contact: '010-12345678',
    ...Object.fromEntries(new URLSearchParams(assessment)),
  }
  const [first, second] = await Promise.all([send(fields), send(fields)])
  expect([first.status, second.status]).toEqual([201, 201])
  const no = /ZX-\d{4}-\d{7}/.exec(await first.text())?.[0] ?? ''
  expect(await second.text()).toContain(no)
  const desk = anyone()
  await desk.signIn('deskOfficer')
  const list = await bodyOf<{ enquiries: { no: string; channelWords?: unknown }[] }>(await desk.get('/v1/enquiries'))
  expect(list.enquiries.map((one) => one.no)).toEqual([no])
  expect(await bodyOf(await desk.get(`/v1/enquiries/${no}`))).toMatchObject({
    question: fields.question,
    receivedOn: today,
    told: { path: 'assessment' },
    caller: { phone: '010-12345678' },
  })
})

test('what does not fit comes back with what was typed, and nothing is taken', async () => {
  const before = await records.db.selectFrom('enquiry').select('no').execute()
  const answer = await send({
    once: await aForm(),
    office: '北京市',
    question: '"><b>x',
    contact: '',
    creditCode: '1',
    organisation: 'x',
  })
  expect(answer.status).toBe(422)
  const text = await answer.text()
  expect(text).toContain('&quot;&gt;&lt;b&gt;x')
  expect(text).not.toContain('"><b>')
  expect(text).toContain('<a href="#contact">')
  expect(text).toContain('<a href="#creditCode">')
  expect(await records.db.selectFrom('enquiry').select('no').execute()).toEqual(before)
})

test('another site cannot send an enquiry, and one address not without end', async () => {
  const headers = { ...asPage, 'content-type': 'application/x-www-form-urlencoded', origin: 'http://evil.example' }
  const foreign = await anyone().ask('POST', '/public/enquiry', headers, 'question=x')
  expect(foreign.status).toBe(403)
  expect(await foreign.text()).toContain('没有完成')
  const own = await aServer(records, {}, { accounts: 'there' })
  const fields = new URLSearchParams({ once: 'a'.repeat(32), question: 'x', contact: '1', office: '北京市' }).toString()
  const again = () =>
    new Browser(own.app).ask(
      'POST',
      '/public/enquiry',
      { 'content-type': 'application/x-www-form-urlencoded', origin },
      fields,
    )
  let status = 201
  let sent = 0
  while (status === 201 && sent < 100) {
    status = (await again()).status
    sent += 1
  }
  expect([status, sent]).toEqual([429, 31])
  expect((await bodyOf<Problem>(await again())).code).toBe('enquiry.too-many')
  own.end()
})

test('only what was published is shown, found by its words, with what it superseded', async () => {
  const [drafter, approver] = [anyone(), anyone()]
  await drafter.signIn('deskOfficer')
  const { no } = await bodyOf<{ no: string }>(await drafter.post('/v1/interpretations', aDraft))
  expect((await open(`/public/interpretations/${no}`)).status).toBe(404)
  expect(await (await open('/public/interpretations?office=北京市')).text()).toContain('还没有公开的解答')
  await records.db
    .updateTable('auth_member')
    .set({ organization_id: 'province' })
    .where('id', '=', 'deskOfficer.elsewhere')
    .execute()
  await approver.signIn('deskOfficer.elsewhere')
  expect((await approver.post(`/v1/interpretations/${no}/approval`, {}, { ifMatch: 1 })).status).toBe(200)
  const page = await (await open(`/public/interpretations/${no}`)).text()
  expect(page).toContain(aDraft.answer.zh)
  expect(page).not.toContain('deskOfficer')
  const word = encodeURIComponent(aDraft.question.zh)
  expect(await (await open(`/public/interpretations?office=北京市&q=${word}`)).text()).toContain(no)
  expect(await (await open('/public/interpretations?office=北京市&q=qqqq')).text()).toContain('没有找到')
})

test('on an installation of a handler there is no office to ask', async () => {
  const handler = await aServer(records, { role: 'handler' }, { accounts: 'there' })
  const open = (path: string) => new Browser(handler.app).ask('GET', path, asPage)
  expect(await (await open('/public')).text()).not.toContain('/public/enquiry')
  expect((await open('/public/enquiry')).status).toBe(404)
  expect((await open('/public/triage')).status).toBe(200)
  handler.end()
})
