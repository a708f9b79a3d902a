// What Tongguan signs, the OpenSSL command line verifies, and the other way round.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  canonicalJson,
  generateKey,
  loadKey,
  openPermit,
  permitPayloadType,
  saveKey,
  signPermit,
  trustedKey,
} from '@tongguan/gate'
import type { GateKey } from '@tongguan/gate'
import { noteSigner, openCheckpoint, signCheckpoint } from '@tongguan/log'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { aPermit } from '../gate/makers.ts'
import { preAuthEncoding } from '../gate/manifest.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-openssl-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const version = spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout?.trim() ?? ''
const isThere = version.startsWith('OpenSSL 3')

beforeEach(({ skip }) => {
  if (isThere) return
  console.log(`skipped: no OpenSSL 3 on this machine (${version || 'no openssl command'})`)
  skip()
})

const file = (name: string, bytes: Uint8Array | string) => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

/** Whether OpenSSL finds that `signature` is this key's over `bytes`. */
function opensslVerifies(key: GateKey, bytes: Uint8Array, signature: Uint8Array): boolean {
  const pem = file('public.pem', key.publicKey.export({ type: 'spki', format: 'pem' }).toString())
  const words = [
    'pkeyutl',
    '-verify',
    '-pubin',
    '-inkey',
    pem,
    '-rawin',
    '-in',
    file('bytes', bytes),
    '-sigfile',
    file('signature', signature),
  ]
  return spawnSync('openssl', words).status === 0
}

test('a permit and a checkpoint signed here verify there, and with one bit changed they do not', () => {
  const key = generateKey()
  const { signed } = signPermit(aPermit({ keyId: key.keyId }), [key])
  const encoded = preAuthEncoding(signed.payloadType, Buffer.from(signed.payload, 'base64'))
  const signature = Buffer.from(signed.signatures[0]?.sig ?? '', 'base64')
  expect(opensslVerifies(key, encoded, signature)).toBe(true)
  encoded[40] = (encoded[40] ?? 0) ^ 1
  expect(opensslVerifies(key, encoded, signature)).toBe(false)

  const note = signCheckpoint({ size: 1, root: Buffer.alloc(32, 7) }, noteSigner('log.example', 'log', key.privateKey))
  const cut = note.indexOf('\n\n') + 1
  const line = Buffer.from(
    note
      .slice(cut + 1)
      .trim()
      .split(' ')[2] ?? '',
    'base64',
  )
  expect(opensslVerifies(key, Buffer.from(note.slice(0, cut)), line.subarray(4))).toBe(true)
})

test('a permit signed there is taken here', () => {
  const pem = join(folder, 'made-there.pem')
  execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', pem])
  execFileSync('chmod', ['600', pem])
  const key = loadKey(pem)
  const permit = aPermit({ keyId: key.keyId })
  const payload = Buffer.from(canonicalJson(permit))
  const encoded = file('to-sign', preAuthEncoding(permitPayloadType, payload))
  execFileSync('openssl', [
    'pkeyutl',
    '-sign',
    '-inkey',
    pem,
    '-rawin',
    '-in',
    encoded,
    '-out',
    join(folder, 'made-there.sig'),
  ])
  const sig = readFileSync(join(folder, 'made-there.sig')).toString('base64')
  const signed = {
    payloadType: permitPayloadType,
    payload: payload.toString('base64'),
    signatures: [{ keyid: key.keyId, sig }],
  }
  const trusted = trustedKey(key, { name: 'authority', roles: ['authority'], simulated: false })
  const opened = openPermit({ ...permit, signed }, { schema: 'tongguan/trust/1', keys: [trusted] }, { pilot: false })
  expect(opened.permit).toEqual(permit)
})

const sm2 = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678']

test('SM2 with SM3: what is signed here verifies there under the signer id, and the other way round', () => {
  const key = generateKey('sm2')
  const pem = join(folder, 'sm2.pem')
  saveKey(pem, key)
  const publicPem = join(folder, 'sm2-public.pem')
  execFileSync('openssl', ['pkey', '-in', pem, '-pubout', '-out', publicPem])
  const { signed } = signPermit(aPermit({ keyId: key.keyId, suite: 'SM2' }), [key])
  const encoded = preAuthEncoding(signed.payloadType, Buffer.from(signed.payload, 'base64'))
  const signature = file('sm2-signature', Buffer.from(signed.signatures[0]?.sig ?? '', 'base64'))
  const verify = ['pkeyutl', '-verify', '-pubin', '-inkey', publicPem, '-in', file('sm2-bytes', encoded)]
  const verifies = (words: readonly string[]) =>
    spawnSync('openssl', [...verify, '-sigfile', signature, ...words]).status === 0
  expect(verifies(sm2)).toBe(true)
  expect(verifies([...sm2.slice(0, -1), 'distid:someone else'])).toBe(false)

  const made = join(folder, 'sm2-there.pem')
  execFileSync('openssl', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:SM2', '-out', made])
  execFileSync('chmod', ['600', made])
  const theirs = loadKey(made)
  const permit = aPermit({ keyId: theirs.keyId, suite: 'SM2' })
  const payload = Buffer.from(canonicalJson(permit))
  const toSign = file('sm2-to-sign', preAuthEncoding(permitPayloadType, payload))
  const sig = execFileSync('openssl', ['pkeyutl', '-sign', '-inkey', made, '-in', toSign, ...sm2]).toString('base64')
  const trusted = trustedKey(theirs, { name: 'authority', roles: ['authority'], simulated: false })
  const envelope = {
    payloadType: permitPayloadType,
    payload: payload.toString('base64'),
    signatures: [{ keyid: theirs.keyId, sig }],
  }
  const trust = { schema: 'tongguan/trust/1', keys: [trusted] } as const
  expect(openPermit({ ...permit, signed: envelope }, trust, { pilot: false }).permit).toEqual(permit)
})

test('a key written here is read there as the same key, and its id is the digest OpenSSL makes of it', () => {
  const key = generateKey()
  const pem = join(folder, 'made-here.pem')
  saveKey(pem, key)
  const der = execFileSync('openssl', ['pkey', '-in', pem, '-pubout', '-outform', 'DER'])
  const digest = execFileSync('openssl', ['dgst', '-sha256', '-r', file('public.der', der)], { encoding: 'utf8' })
  expect(digest.split(' ')[0]).toBe(key.keyId)
})

test('a checkpoint with a signature made there opens here', () => {
  const pem = join(folder, 'log-there.pem')
  execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', pem])
  execFileSync('chmod', ['600', pem])
  const signer = noteSigner('log.example', 'log', loadKey(pem).privateKey)
  const text = `log.example\n5\n${Buffer.alloc(32, 1).toString('base64')}\n`
  execFileSync('openssl', [
    'pkeyutl',
    '-sign',
    '-inkey',
    pem,
    '-rawin',
    '-in',
    file('note', text),
    '-out',
    join(folder, 'note.sig'),
  ])
  const id = Buffer.alloc(4)
  id.writeUInt32BE(signer.verifier.keyId)
  const line = Buffer.concat([id, readFileSync(join(folder, 'note.sig'))]).toString('base64')
  const opened = openCheckpoint(Buffer.from(`${text}\n— log.example ${line}\n`), [signer.verifier])
  expect(opened).toMatchObject({ kind: 'opened', checkpoint: { size: 5 } })
})
