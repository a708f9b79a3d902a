import * as node from 'node:crypto'
import { expect, test } from 'vitest'
import { createHash, createPublicKey, hash, verify } from './node-crypto.ts'

const { publicKey, privateKey } = node.generateKeyPairSync('ed25519')
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const data = Buffer.from('DSSEv1 …')
const signature = node.sign(null, data, privateKey)

test('it says of signatures what Node says', () => {
  const key = createPublicKey(pem)
  const changed = Buffer.from(signature)
  changed[5] = (changed[5] ?? 0) ^ 1
  for (const [text, sig] of [
    [data, signature],
    [Buffer.from('another'), signature],
    [data, changed],
    [data, signature.subarray(1)],
    [data, Buffer.alloc(64)],
  ] as const) {
    expect(verify(null, text, key, sig)).toBe(node.verify(null, text, publicKey, sig))
  }
  expect(verify(null, data, key, signature)).toBe(true)
})

test('a key of small order vouches for nothing, though ZIP 215 would let it', () => {
  // The neutral element: under it the signature (R = neutral, S = 0) holds for every message where verifying is lax.
  const neutral = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from([1]), Buffer.alloc(31)])
  const forged = Buffer.concat([Buffer.from([1]), Buffer.alloc(63)])
  const nodeKey = node.createPublicKey({ key: neutral, format: 'der', type: 'spki' })
  expect(verify(null, data, createPublicKey({ key: neutral }), forged)).toBe(node.verify(null, data, nodeKey, forged))
})

test('it hashes as Node does, in pieces and at once', () => {
  const expected = node.createHash('sha256').update('ab').digest('hex')
  expect(createHash('sha256').update('a').update(Buffer.from('b')).digest('hex')).toBe(expected)
  expect(hash('sha256', 'ab', 'hex')).toBe(expected)
  expect(hash('sha256', 'ab', 'buffer')).toEqual(node.createHash('sha256').update('ab').digest())
})

test('it reads public keys as Node writes them, and nothing else', () => {
  const der = publicKey.export({ type: 'spki', format: 'der' })
  expect(createPublicKey(pem).export({ type: 'spki', format: 'der' })).toEqual(der)
  const rsa = node.generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey
  for (const wrong of [
    'no key',
    privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    rsa.export({ type: 'spki', format: 'pem' }).toString(),
  ]) {
    expect(() => createPublicKey(wrong)).toThrow(/^not an? (Ed25519 )?public key/)
  }
})
