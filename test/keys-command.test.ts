// A key in daily use: replaced when it is old or lost, revoked when somebody else may have it.
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readTrust } from '@tongguan/gate'
import { afterAll, expect, test } from 'vitest'
import { tongguan, tongguanProcess } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-keys-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const trusted = () => readTrust(readFileSync(join(folder, 'trust.json'), 'utf8')).keys
const answered = async (words: readonly string[]) => {
  const ran = await tongguan([...words, '--data', folder, '--json'])
  expect([ran.code, ran.err]).toEqual([0, ''])
  return JSON.parse(ran.out) as { readonly keyId: string; readonly before: string; readonly kept: string }
}

test('a rotated key signs until that day, the new one from then on, and a killed rotation is finished', async () => {
  const first = await answered(['keys', 'create'])
  const { keyId, before, kept } = await answered(['keys', 'rotate', '--on', '2026-11-23'])
  expect(before).toBe(first.keyId)
  expect(existsSync(kept)).toBe(true)
  expect((await answered(['keys', 'show'])).keyId).toBe(keyId)
  expect(trusted().map((key) => [key.keyId, key.validFrom, key.validUntil])).toEqual([
    [first.keyId, undefined, '2026-11-23'],
    [keyId, '2026-11-23', undefined],
  ])
  // As if it was killed between its two renames.
  renameSync(join(folder, 'keys', 'gate.pem'), join(folder, 'keys', 'gate.next.pem'))
  expect((await answered(['keys', 'rotate', '--on', '2026-11-24'])).keyId).toBe(keyId)
  expect(trusted()).toHaveLength(2)
})

test('a revoked key stays named with its day; one that is not named, or not clearly, is refused', async () => {
  const [first] = trusted()
  const ran = await tongguan([
    'keys',
    'revoke',
    first?.keyId.slice(0, 12) ?? '',
    '--on',
    '2026-11-25',
    '--data',
    folder,
  ])
  expect([ran.code, ran.err]).toEqual([0, ''])
  expect(trusted().map(({ revokedOn }) => revokedOn)).toEqual(['2026-11-25', undefined])
  for (const wrong of ['abcdef0123456789', first?.keyId.slice(0, 4) ?? '']) {
    const refused = await tongguan(['keys', 'revoke', wrong, '--data', folder])
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('no (single) key')])
  }
  expect(tongguanProcess(['keys', 'revoke', '--data', folder]).err).toContain('Say which key')
})
