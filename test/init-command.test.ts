// The first real set-up as an operator runs it: a preview, each role, again after a half-finished run, and never beside
// a pilot.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { readTrust } from '@tongguan/gate'
import { createKeyFile, dataFolder } from '../server/data-folder.ts'
import { authorityKeyOf } from '../server/flows/set-up.ts'
import { readMailSettings } from '../server/mail-settings.ts'
import { openRecords } from '../server/records.ts'
import { readInstallation } from '../server/installation.ts'
import { tongguan } from './command-line.ts'
import { memoryFolder } from './memory-folder.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-init-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// Commands are processes of their own, several in a row; a machine that is busy takes its time, which is not what is tried.
vi.setConfig({ testTimeout: 240_000 })

const handler = [
  'init',
  '--role',
  'handler',
  '--name',
  '某医院',
  '--credit-code',
  '12110000EXAMP1E097',
  '--administrator',
  '张三',
  '--email',
  'zhang@hospital.example',
]
const parts = (out: string) =>
  (JSON.parse(out) as { parts: readonly { part: string; state: string }[] }).parts.map(({ part, state }) => [
    part,
    state,
  ])

test('a handler: a preview changes nothing, the set-up makes everything once, and a second run leaves it as it is', async () => {
  const data = join(folder, 'handler')
  const mail = ['--smtp', 'smtp://127.0.0.1:2525', '--mail-from', 'tongguan@hospital.example']
  const words = [...handler, ...mail, '--data', data, '--json']
  const preview = await tongguan([...words, '--preview'])
  expect([preview.code, preview.err]).toEqual([0, ''])
  const all = ['folder', 'database', 'gate-key', 'log-key', 'mail']
  expect(parts(preview.out)).toEqual(all.map((part) => [part, 'to-make']))
  expect(existsSync(data)).toBe(false)

  const first = await tongguan(words)
  expect([first.code, first.err]).toEqual([0, ''])
  const { invitation } = JSON.parse(first.out) as { invitation: string }
  expect(invitation).toMatch(/^http:\/\/127\.0\.0\.1:7420\/join#[\w-]{43}$/)
  const trust = readFileSync(join(data, 'trust.json'), 'utf8')
  expect(readTrust(trust).keys.map(({ roles, simulated }) => [roles, simulated])).toEqual([
    [['gate'], false],
    [['log'], false],
  ])
  expect([statSync(join(data, 'mail.json')).mode & 0o077, readMailSettings(data)?.from]).toEqual([
    0,
    'tongguan@hospital.example',
  ])
  for (const key of readdirSync(join(data, 'keys'))) {
    expect([key, statSync(join(data, 'keys', key)).mode & 0o077]).toEqual([key, 0])
  }

  const second = await tongguan(words)
  expect(parts(second.out)).toEqual(all.map((part) => [part, 'there']))
  expect(readFileSync(join(data, 'trust.json'), 'utf8')).toBe(trust)
  // Nobody has joined yet: the earlier link may be lost, the newest counts.
  expect((JSON.parse(second.out) as { invitation: string }).invitation).not.toBe(invitation)
  const records = await openRecords({ folder: join(data, 'database') })
  expect(await readInstallation(records.db)).toEqual({ kind: 'production', statedDay: null })
  const invitations = await records.db
    .selectFrom('auth_invitation')
    .select(['email', 'role', 'withdrawn_at'])
    .orderBy('created_at')
    .execute()
  expect(invitations.map(({ withdrawn_at, ...one }) => [one, withdrawn_at === null])).toEqual([
    [{ email: 'zhang@hospital.example', role: 'administrator' }, false],
    [{ email: 'zhang@hospital.example', role: 'administrator' }, true],
  ])
  await records.close()

  // What is real takes in nothing of a pilot.
  for (const pilot of [
    ['keys', 'create', '--pilot', '--data', data],
    ['keys', 'create', '--role', 'approver', '--name', 'x', '--out', join(folder, 'x.pem'), '--pilot', '--data', data],
    ['serve', '--on', '2026-11-23', '--data', data],
  ]) {
    const refused = await tongguan(pilot)
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('is in production')])
  }
  expect(existsSync(join(folder, 'x.pem'))).toBe(false)
  const other = await tongguan(['init', '--role', 'witness', '--name', '某医院', '--data', data])
  expect([other.code, other.err]).toEqual([2, expect.stringContaining('was set up as handler')])
})

test.for([
  ['authority', ['--province', '北京市'], [['authority']]],
  ['exchange', [], []],
  ['witness', [], [['witness']]],
] as const)('%s: its own key and no other', async ([role, more, keys]) => {
  const data = join(folder, role)
  const first = ['init', '--role', role, '--name', `组织 ${role}`, '--data', data, ...more]
  const made = await tongguan(
    role === 'witness' ? first : [...first, '--administrator', '李四', '--email', 'li@office.example'],
  )
  expect([made.code, made.err]).toEqual([0, ''])
  const trust = join(data, 'trust.json')
  expect(existsSync(trust) ? readTrust(readFileSync(trust, 'utf8')).keys.map(({ roles }) => roles) : []).toEqual(keys)
  expect(made.out.includes('/join#')).toBe(role !== 'witness')
  // The portal of an authority signs with the key it was set up with, and with none that its trust file does not name.
  const own = await authorityKeyOf(dataFolder(data), undefined)
  expect(own?.keyId).toBe(role === 'authority' ? readTrust(readFileSync(trust, 'utf8')).keys[0]?.keyId : undefined)
  const stranger = join(folder, `${role}.stranger.pem`)
  const pilots = { name: 'a pilot’s authority', roles: ['authority'], simulated: true } as const
  await createKeyFile(stranger, join(folder, `${role}.elsewhere.json`), pilots)
  // Where there is no trust file at all, that is what is said.
  const code = role === 'exchange' ? 'trust.none' : 'serve.not-an-authority-key'
  await expect(authorityKeyOf(dataFolder(data), stranger)).rejects.toMatchObject({ code })
})

test.for([
  ['no role', ['init', '--name', 'x'], 'Needs --role'],
  [
    'a code whose last character is wrong',
    handler.map((one) => one.replace('E097', 'E098')),
    'credit code, 18 characters',
  ],
  ['no administrator', handler.slice(0, 7), 'Name the first administrator'],
  ['half of the mail settings', [...handler, '--smtp', 'smtp://127.0.0.1'], 'both --smtp'],
  ['a province of a handler', [...handler, '--province', '北京市'], '--province for an authority only'],
] as const)('%s is said, and nothing is made', async ([, words, because]) => {
  const data = join(folder, 'wrong')
  const refused = await tongguan([...words, '--data', data])
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(because)])
  expect(existsSync(data)).toBe(false)
})

test('a pilot’s folder does not become real', async () => {
  const data = join(folder, 'pilot')
  expect((await tongguan(['keys', 'create', '--pilot', '--data', data])).code).toBe(0)
  const refused = await tongguan([...handler, '--data', data])
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('Start production in a new data folder')])
  expect(existsSync(join(data, 'database'))).toBe(false)
})
