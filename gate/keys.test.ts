import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadKey, saveKey } from './key-files.ts'
import { generateKey, readTrust, trustedKey, writeTrust } from './keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-keys-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a saved key is its owner’s alone, and the same when loaded', () => {
  const path = join(folder, 'gate.pem')
  const key = generateKey()
  saveKey(path, key)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(loadKey(path).keyId).toBe(key.keyId)
  expect(() => saveKey(path, generateKey())).toThrow(/never overwritten/)
  expect(loadKey(path).keyId).toBe(key.keyId)
})

test('a key file others may read, one that is none, and one of another kind are refused', () => {
  const open = join(folder, 'open.pem')
  saveKey(open, generateKey())
  chmodSync(open, 0o640)
  expect(() => loadKey(open)).toThrow(/chmod 600/)
  const none = join(folder, 'none.pem')
  writeFileSync(none, 'not a key', { mode: 0o600 })
  expect(() => loadKey(none)).toThrow(/PEM/)
  const rsa = join(folder, 'rsa.pem')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  writeFileSync(rsa, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), { mode: 0o600 })
  expect(() => loadKey(rsa)).toThrow(/Ed25519/)
  expect(() => loadKey(join(folder, 'absent.pem'))).toThrow(/no such file/)
})

const one = trustedKey(generateKey(), { name: 'one', roles: ['gate'], simulated: false })
const two = trustedKey(generateKey(), { name: 'two', roles: ['gate'], simulated: true })

test('an SM2 key is saved and loaded as the same key, and its signer id stands in the trust file', () => {
  const path = join(folder, 'sm2.pem')
  const key = generateKey('sm2')
  saveKey(path, key)
  expect(loadKey(path).keyId).toBe(key.keyId)
  const trusted = trustedKey(loadKey(path), { name: 'sm2', roles: ['gate'], simulated: false })
  expect(trusted).toMatchObject({ algorithm: 'sm2', signerId: '1234567812345678' })
  expect(readTrust(writeTrust([one, trusted])).keys).toEqual([one, trusted])
  const { signerId: _, ...bare } = trusted
  expect(() => readTrust(writeTrust([bare]))).toThrow(/signerId/)
  expect(() => readTrust(writeTrust([{ ...one, signerId: '1' }]))).toThrow(/signerId/)
  expect(() => readTrust(writeTrust([{ ...trusted, roles: ['witness'] }]))).toThrow(/ed25519/)
  expect(() => readTrust(writeTrust([{ ...trusted, publicKey: one.publicKey }]))).toThrow(/SM2/)
  expect(() => readTrust(writeTrust([{ ...trusted, algorithm: 'ed25519' }]))).toThrow(/Ed25519|signerId|PEM/)
})

test('a log policy stays in the trust file as it is', () => {
  const logPolicy = 'quorum none\n'
  expect(readTrust(writeTrust([one], logPolicy)).logPolicy).toBe(logPolicy)
  expect(() => readTrust(writeTrust([one]).replace('"keys"', '"logPolicy": 2, "keys"'))).toThrow(/logPolicy/)
})

test('a trust file reads as it was written', () => {
  expect(readTrust(writeTrust([one, two])).keys).toEqual([one, two])
})

test.for([
  ['another schema', '{"schema":"tongguan/trust/2","keys":[]}', /schema/],
  ['no keys', '{"schema":"tongguan/trust/1","keys":[]}', /no keys/],
  ['not JSON', 'trust me', /JSON/],
  ['a JSON key twice', '{"schema":"x","schema":"tongguan/trust/1","keys":[]}', /twice/],
  ['one key twice', writeTrust([one, one]), /twice/],
  ['an id of another key', writeTrust([{ ...one, keyId: two.keyId }]), /digest/],
  ['another algorithm', writeTrust([{ ...one, algorithm: 'rsa' as 'ed25519' }]), /ed25519/],
  ['no word on simulation', writeTrust([one]).replace(/,\s*"simulated": false/, ''), /simulated/],
  ['no PEM', writeTrust([{ ...one, publicKey: 'x' }]), /PEM/],
] as const)('a trust file with %s is refused', ([, text, message]) => {
  expect(() => readTrust(text)).toThrow(message)
})
