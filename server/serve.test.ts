// The server as a user starts it: a process of its own, asked over HTTP, stopped by Ctrl-C, killed, started beside another.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { killRunningPortals, signInAt, startPortal } from '../test/running-portal.ts'
import type { CasePage, Session } from './contract/client.ts'
import { dataFolder } from './data-folder.ts'
import { markAsPilot } from './installation.ts'
import { KeptFiles } from './kept-files.ts'
import { aCase, emailOf, openAccounts, password, today } from './makers.ts'
import { openRecords } from './records.ts'
import { memoryFolder } from '../test/memory-folder.ts'

const root = mkdtempSync(join(memoryFolder(), 'tongguan-serve-'))
afterEach(killRunningPortals)
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A data folder with accounts and one case that waits for the province. */
async function aDataFolder(): Promise<{ readonly folder: string; readonly no: string }> {
  const folder = mkdtempSync(join(root, 'data-'))
  const data = dataFolder(folder)
  const records = await openRecords({ folder: data.database })
  await openAccounts(records)
  await markAsPilot(records.db, today)
  const no = await aCase({ records, files: new KeptFiles(data.files) })
  await records.close()
  return { folder, no }
}

const started = (...words: readonly string[]) => startPortal(['serve', ...words])
const signedIn = (address: string, name: string) => signInAt(address, { email: emailOf(name), password })

async function sequenceOf(address: string, no: string, headers: Record<string, string>): Promise<number> {
  return ((await (await fetch(`${address}/v1/cases/${no}`, { headers })).json()) as CasePage).sequence
}

// Processes of their own, several in a row; a machine that is busy takes its time, which is not what is tried here.
const patiently = { timeout: 240_000 }

test('sign in, take a step, Ctrl-C; start again, kill; start again: nothing is lost', patiently, async () => {
  const { folder, no } = await aDataFolder()
  const first = await started('--data', folder, '--port', '0')
  expect(first.said()).toContain('today counts as 2026-06-10')
  const desk = await signedIn(first.address, 'deskOfficer')
  // A page that listens must not keep the server from stopping.
  const stream = await fetch(`${first.address}/v1/cases/${no}/events/stream`, { headers: desk })
  const listened = stream.text()
  const step = { ...desk, 'content-type': 'application/json', 'if-match': '"1"', 'idempotency-key': 'over-the-wire' }
  const url = `${first.address}/v1/cases/${no}/completeness-check`
  expect((await fetch(url, { method: 'POST', headers: step, body: '{}' })).status).toBe(200)
  first.process.kill('SIGINT')
  // The launcher hands on what the terminal already sent.
  first.process.kill('SIGINT')
  expect(await first.ended).toEqual({ code: 0, signal: null })
  expect(first.said()).toContain('everything is saved')
  expect(await listened).toContain('"completenessConfirmed"')

  const second = await started('--data', folder, '--port', new URL(first.address).port)
  // The session outlives the restart: it is the same installation.
  expect(await sequenceOf(second.address, no, desk)).toBe(2)
  second.process.kill('SIGKILL')
  expect(await second.ended).toEqual({ code: null, signal: 'SIGKILL' })

  const third = await started('--data', folder, '--port', '0')
  expect(await sequenceOf(third.address, no, await signedIn(third.address, 'deskOfficer'))).toBe(2)
})

test(
  'a port or a folder in use: a clear sentence, exit code 2, and the first is not disturbed',
  patiently,
  async () => {
    const one = await aDataFolder()
    const two = await aDataFolder()
    const first = await started('--data', one.folder, '--port', '0')
    const samePort = await started('--data', two.folder, '--port', new URL(first.address).port)
    expect((await samePort.ended).code).toBe(2)
    expect(samePort.said()).toContain('[serve.port-in-use]')
    const sameFolder = await started('--data', one.folder, '--port', '0')
    expect((await sameFolder.ended).code).toBe(2)
    expect(sameFolder.said()).toContain('[database.in-use]')
    expect((await fetch(`${first.address}/v1/health`)).status).toBe(200)

    // Without --port they find places side by side, and one browser can be signed in to both.
    const beside = await started('--data', two.folder)
    expect(beside.address).not.toBe(first.address)
    const both = [
      (await signedIn(first.address, 'deskOfficer'))['cookie'],
      (await signedIn(beside.address, 'assessor'))['cookie'],
    ].join('; ')
    const roleAt = async (address: string) =>
      ((await (await fetch(`${address}/v1/session`, { headers: { cookie: both } })).json()) as Session).me?.role
    expect([await roleAt(first.address), await roleAt(beside.address)]).toEqual(['deskOfficer', 'assessor'])
  },
)

test('a database that nobody marked as a pilot goes by the real day', patiently, async () => {
  const folder = mkdtempSync(join(root, 'real-'))
  const server = await started('--data', folder, '--port', '0', '--role', 'authority')
  expect(server.said()).not.toContain('today counts as')
  const session = (await (await fetch(`${server.address}/v1/session`)).json()) as Session
  expect(session).toMatchObject({ signedIn: false, simulated: false, clock: { stated: false } })
  expect(await (await fetch(`${server.address}/v1/health`)).json()).toMatchObject({
    role: 'authority',
    database: 'embedded',
  })
})
