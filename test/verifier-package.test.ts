// The recipient's package as a recipient has it: the tarball unpacked into an empty folder, plain Node, nothing else.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  acceptReceipt,
  generateKey,
  readEnvelope,
  recipientKey,
  releaseBatch,
  saveKey,
  trustedKey,
  writeTrust,
} from '@tongguan/gate'
import type { GateTables } from '@tongguan/gate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { amsterdam, approverTrust, aRevocationList, authorityTrust } from '../gate/makers.ts'
import { packVerifier } from '../scripts/verifier-package.ts'
import { migrate, openDatabase } from '../server/database.ts'
import type { Database } from '../server/database.ts'
import { aLoggedRequest, keepLogIn, loggedMigrations, logTrust } from './gate-log.ts'

const root = mkdtempSync(join(tmpdir(), 'tongguan-verifier-package-'))
const place = join(root, 'recipient')
const trust = join(place, 'trust.json')
const program = join(place, 'package', 'tongguan-verify.mjs')
const key = generateKey()
const gate = trustedKey(key, { name: 'gate', roles: ['gate'], simulated: false })
const trusted = [gate, authorityTrust, logTrust, ...approverTrust]
let database: Database<GateTables>
let release: string

beforeAll(async () => {
  const { path } = await packVerifier(join(root, 'made'))
  mkdirSync(place)
  execFileSync('tar', ['xzf', path, '-C', place])
  writeFileSync(trust, writeTrust(trusted))
  database = await openDatabase({ folder: join(root, 'database') })
  await migrate(database.db, loggedMigrations)
  keepLogIn(database.db, root)
  const released = await releaseBatch(aLoggedRequest(root, database.db, key))
  if (released.kind !== 'released') throw new Error(released.kind)
  release = released.folder
}, 60_000)
afterAll(async () => {
  await database.close()
  rmSync(root, { recursive: true, force: true })
})

function verify(...args: readonly string[]) {
  const env = { PATH: '', LANG: 'C.UTF-8' }
  const run = spawnSync(process.execPath, [program, ...args], { cwd: place, encoding: 'utf8', env })
  return { status: run.status, out: run.stdout, err: run.stderr }
}

test('the package is one program without dependencies, its words and its licence', () => {
  expect(readdirSync(join(place, 'package')).sort()).toEqual([
    'LICENSE',
    'README.md',
    'package.json',
    'tongguan-verify.mjs',
  ])
  expect(existsSync(join(place, 'node_modules'))).toBe(false)
  const manifest = JSON.parse(readFileSync(join(place, 'package', 'package.json'), 'utf8')) as object
  expect(manifest).not.toHaveProperty('dependencies')
  expect(manifest).not.toHaveProperty('scripts')
})

test('a released batch is valid, in both languages and as JSON', () => {
  expect(verify(release, '--trust', trust, '--lang', 'en')).toMatchObject({
    status: 0,
    out: expect.stringContaining('The release is valid'),
  })
  expect(verify(release, '--trust', trust, '--lang=zh').out).toContain('核验结论：有效')
  expect(JSON.parse(verify(release, '--trust', trust, '--json').out)).toMatchObject({ outcome: 'valid', code: null })
})

test.for([
  ['data/visits.csv', 'verify.file-content-differs'],
  ['release.dsse.json', undefined],
] as const)('one byte of %s changed is refused with exit code 1', ([file, code]) => {
  const path = join(release, file)
  const before = readFileSync(path)
  const changed = Buffer.from(before)
  const at = changed.length >> 1
  changed[at] = (changed[at] ?? 0) ^ 1
  writeFileSync(path, changed)
  try {
    const { status, out } = verify(release, '--trust', trust, '--json')
    expect(status).toBe(1)
    const report = JSON.parse(out) as { readonly outcome: string; readonly code: string }
    expect(report).toMatchObject({ outcome: 'refused', code: code ?? expect.stringMatching(/^verify\./) })
  } finally {
    writeFileSync(path, before)
  }
})

test('a wrong call or an input that is not there is exit code 2, with its code', () => {
  expect(verify()).toMatchObject({ status: 2, out: expect.stringContaining('--trust') })
  expect(verify(release)).toMatchObject({ status: 2, err: expect.stringContaining('[call.') })
  expect(verify(release, '--trust', join(place, 'none.json'))).toMatchObject({
    status: 2,
    err: expect.stringContaining('[trust.none]'),
  })
  expect(verify(join(place, 'nowhere'), '--trust', trust)).toMatchObject({
    status: 2,
    err: expect.stringContaining('[verify.no-such-folder]'),
  })
  expect(verify('--help')).toMatchObject({ status: 0, out: expect.stringContaining('Usage: tongguan-verify') })
})

test('a recipient with the package alone signs for a sealed release and opens it', async () => {
  const recipient = generateKey()
  const identity = join(place, 'recipient.pem')
  saveKey(identity, recipient)
  const named = trustedKey(recipient, { name: amsterdam.name, roles: ['recipient'], simulated: false })
  const keys = [...trusted, { ...named, age: (await recipientKey(recipient)).recipient }]
  const trust = join(place, 'trust-with-recipient.json')
  writeFileSync(trust, writeTrust(keys))
  const request = aLoggedRequest(root, database.db, key, {
    mode: 'sealed',
    trust: { schema: 'tongguan/trust/1', keys },
    files: { 'visits.csv': 'subject,note\n7,x\n' },
  })
  const sealed = { ...request, batch: { ...request.batch, name: 'sealed' } }
  expect(await releaseBatch(sealed)).toMatchObject({ kind: 'unfinished', because: { code: 'gate.receipt-awaited' } })

  const folder = join(sealed.into, 'sealed')
  const receipt = join(place, 'receipt.json')
  const withKey = [folder, '--trust', trust, '--identity', identity]
  expect(verify(...withKey, '--receipt', receipt)).toMatchObject({ status: 0 })
  const read = readEnvelope(readFileSync(receipt, 'utf8'))
  if (read.kind !== 'envelope') throw new Error(read.kind)
  const given = { ...sealed, revocations: aRevocationList(), name: 'sealed', receipt: read.envelope }
  expect(await acceptReceipt(database.db, given)).toMatchObject({ kind: 'key-released' })

  const opened = join(place, 'opened')
  expect(verify(...withKey, '--open', opened)).toMatchObject({ status: 0 })
  expect(readFileSync(join(opened, 'visits.csv'), 'utf8')).toBe('subject,note\n7,x\n')
})
