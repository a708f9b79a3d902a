// `tongguan log verify` as an auditor runs it: on a folder, with a trust file that came another way.
import { generateKeyPairSync } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { emptyFrontier, noteSigner, publish } from '@tongguan/log'
import { generateKey, keyIdOf, readTrust, saveKey, trustedKey, writeTrust } from '@tongguan/gate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tongguan } from './command-line.ts'
import { memoryFolder } from './memory-folder.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-log-command-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const entries = Array.from({ length: 300 }, (_, i) => Buffer.from(JSON.stringify({ kind: 'test', i })))

const signerKeys = generateKeyPairSync('ed25519')

beforeAll(async () => {
  const { privateKey, publicKey } = signerKeys
  const signer = noteSigner('log.example/hospital', 'log', privateKey)
  const first = await publish(join(folder, 'log'), emptyFrontier, entries.slice(0, 100), { signer, signed: null })
  if (first.kind !== 'published') throw new Error(first.kind)
  writeFileSync(join(folder, 'earlier'), first.checkpoint)
  await publish(join(folder, 'log'), first.frontier, entries.slice(100), { signer, signed: first.head })
  writeFileSync(
    join(folder, 'trust.json'),
    writeTrust([
      {
        keyId: keyIdOf(publicKey),
        algorithm: 'ed25519',
        publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        name: 'log.example/hospital',
        roles: ['log'],
        simulated: false,
      },
    ]),
  )
})

const verify = (log: string, ...more: readonly string[]) =>
  tongguan(['log', 'verify', join(folder, log), '--trust', join(folder, 'trust.json'), ...more])

test('a log that was only appended to is valid, also against an earlier checkpoint', async () => {
  const ran = await verify('log', '--against', join(folder, 'earlier'), '--json')
  expect(JSON.parse(ran.out)).toMatchObject({
    outcome: 'valid',
    problems: [],
    checkpoint: { origin: 'log.example/hospital', size: 300 },
    against: { size: 100 },
  })
  expect(ran.code).toBe(0)
})

test('a changed entry is refused with exit code 1, and the file is named', async () => {
  cpSync(join(folder, 'log'), join(folder, 'changed'), { recursive: true })
  const bundle = join(folder, 'changed/tile/entries/000')
  writeFileSync(bundle, readFileSync(bundle, 'latin1').replace('"i":7', '"i":8'), 'latin1')
  const ran = await verify('changed')
  expect(ran.out).toContain('[log.tile-differs]')
  expect(ran.out).toContain('tile/0/000')
  expect(ran.code).toBe(1)
})

test('what is no log, and a call without a trust file, are refused with exit code 2', async () => {
  expect(await verify('nowhere')).toMatchObject({ code: 2 })
  const bare = await tongguan(['log', 'verify', join(folder, 'log'), '--trust', join(folder, 'none.json')])
  expect([bare.code, bare.err]).toEqual([2, expect.stringContaining('[trust.none]')])
})

test('a witness cosigns what grew, and refuses an older copy and a rewritten history', async () => {
  const key = generateKey()
  saveKey(join(folder, 'witness.pem'), key)
  const log = readTrust(readFileSync(join(folder, 'trust.json'), 'utf8')).keys
  const trust = join(folder, 'witness-trust.json')
  const witness = trustedKey(key, { name: 'audit.example', roles: ['witness'], simulated: false })
  writeFileSync(trust, writeTrust([...log, witness]))
  const cosign = (from: string, ...more: readonly string[]) =>
    tongguan([
      'log',
      'witness',
      join(folder, from),
      '--as',
      join(folder, 'witness.pem'),
      '--trust',
      trust,
      '--memory',
      join(folder, 'memory'),
      '--out',
      join(folder, 'cosigned'),
      ...more,
    ])
  const { privateKey, publicKey } = signerKeys
  expect(keyIdOf(publicKey)).toBe(log[0]?.keyId)
  const signer = noteSigner('log.example/hospital', 'log', privateKey)
  await publish(join(folder, 'young'), emptyFrontier, entries.slice(0, 200), { signer, signed: null })
  const other = entries.map((_, i) => Buffer.from(`rewritten ${i}`))
  await publish(join(folder, 'rewritten'), emptyFrontier, other, { signer, signed: null })
  const more = [...other, Buffer.from('one more')]
  await publish(join(folder, 'longer'), emptyFrontier, more, { signer, signed: null })

  expect(await cosign('young')).toMatchObject({ code: 0, out: expect.stringContaining('0 → 200') })
  expect(await cosign('log')).toMatchObject({ code: 0, out: expect.stringContaining('200 → 300') })
  const audited = await tongguan([
    'log',
    'verify',
    join(folder, 'log'),
    '--against',
    join(folder, 'cosigned'),
    '--trust',
    trust,
  ])
  expect(audited.code).toBe(0)
  expect(readFileSync(join(folder, 'cosigned'), 'utf8')).toContain('— audit.example ')
  expect(await cosign('young')).toMatchObject({ code: 1, out: expect.stringMatching(/log.rolled-back.*\n.*300.*200/) })
  expect(await cosign('rewritten')).toMatchObject({ code: 1, out: expect.stringContaining('[log.two-histories]') })
  expect(await cosign('longer')).toMatchObject({ code: 1, out: expect.stringContaining('[log.history-rewritten]') })
  // Once the trust file asks for a witness, what none cosigned is refused.
  const quorum = (number: string) => tongguan(['trust', 'quorum', number, '--trust', trust])
  expect(await quorum('1')).toMatchObject({ code: 0, out: expect.stringContaining('quorum quorum-of-witnesses') })
  expect(await quorum('2')).toMatchObject({ code: 2, err: expect.stringContaining('[trust.quorum-not-possible]') })
  const refused = await tongguan(['log', 'verify', join(folder, 'log'), '--trust', trust])
  expect([refused.code, refused.out]).toEqual([1, expect.stringContaining('[log.quorum-not-met]')])
  expect((await cosign('log', '--trust', join(folder, 'trust.json'))).err).toContain('[log.not-a-witness]')
})
