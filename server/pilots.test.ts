import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FactsFileSchema } from './contract/export-facts.ts'
import type { PilotList, Problem } from './contract/client.ts'
import { parse } from 'yaml'
import { Browser, aServer, bodyOf } from './makers.ts'
import { firstPilot } from './pilots.ts'
import { openRecords } from './records.ts'
import type { Records } from './records.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-pilots-'))
let records: Records
let made: Awaited<ReturnType<typeof aServer>>
let officer: Browser

beforeAll(async () => {
  records = await openRecords({ folder })
  made = await aServer(records)
  officer = new Browser(made.app)
  await officer.signIn('handlerOfficer')
})
afterAll(async () => {
  made.end()
  await records.close()
  rmSync(folder, { recursive: true, force: true })
})

test('every example is offered with what it teaches, and its facts come as they stand', async () => {
  const { pilots } = await bodyOf<PilotList>(await officer.get('/v1/pilots'))
  expect(pilots.map(({ name }) => name)).toContain('small-trader')
  expect(pilots[0]?.name).toBe(firstPilot)
  for (const { title, teaches, files } of pilots) {
    expect([title.zh, title.en, teaches.zh, teaches.en].every((text) => text.length > 0)).toBe(true)
    const facts = files.find(({ name }) => name === 'facts.yaml')
    const answer = await officer.get(facts?.href ?? '')
    expect(answer.headers.get('content-disposition')).toContain('attachment')
    expect(FactsFileSchema.safeParse(parse(await answer.text())).success).toBe(true)
  }
})

test.for(['generate.ts', 'lesson.yaml', '..%2f..%2fpackage.json', 'nothing.txt'])(
  '%s of an example is not given out',
  async (file) => {
    const answer = await officer.get(`/v1/pilots/${firstPilot}/files/${file}`)
    expect([answer.status, (await bodyOf<Problem>(answer)).code]).toEqual([404, 'pilot.not-found'])
  },
)

test('an installation without examples offers none', async () => {
  const bare = await aServer(records, { pilots: undefined }, { accounts: 'there' })
  const browser = new Browser(bare.app)
  await browser.signIn('handlerOfficer')
  expect(await bodyOf<PilotList>(await browser.get('/v1/pilots'))).toEqual({ pilots: [] })
  bare.end()
})
