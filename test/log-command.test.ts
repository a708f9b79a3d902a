// `tongguan log verify` as an auditor runs it: on a folder, with a trust file that came another way.
import { generateKeyPairSync } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyFrontier, noteSigner, publish } from '@tongguan/log'
import { keyIdOf, writeTrust } from '@tongguan/gate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tongguan } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-log-command-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const entries = Array.from({ length: 300 }, (_, i) => Buffer.from(JSON.stringify({ kind: 'test', i })))

beforeAll(async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
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

test('a log that was only appended to is valid, also against an earlier checkpoint', () => {
  const ran = verify('log', '--against', join(folder, 'earlier'), '--json')
  expect(JSON.parse(ran.out)).toMatchObject({
    outcome: 'valid',
    problems: [],
    checkpoint: { origin: 'log.example/hospital', size: 300 },
    against: { size: 100 },
  })
  expect(ran.code).toBe(0)
})

test('a changed entry is refused with exit code 1, and the file is named', () => {
  cpSync(join(folder, 'log'), join(folder, 'changed'), { recursive: true })
  const bundle = join(folder, 'changed/tile/entries/000')
  writeFileSync(bundle, readFileSync(bundle, 'latin1').replace('"i":7', '"i":8'), 'latin1')
  const ran = verify('changed')
  expect(ran.out).toContain('[log.tile-differs]')
  expect(ran.out).toContain('tile/0/000')
  expect(ran.code).toBe(1)
})

test('what is no log, and a call without a trust file, are refused with exit code 2', () => {
  expect(verify('nowhere')).toMatchObject({ code: 2 })
  const bare = tongguan(['log', 'verify', join(folder, 'log'), '--trust', join(folder, 'none.json')])
  expect([bare.code, bare.err]).toEqual([2, expect.stringContaining('[trust.none]')])
})
