import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { Buffer } from 'buffer'

/*
 * Of Node's `crypto` what verifying needs, so that gate and log run in a browser as they are. Ed25519 and SHA-256 are
 * noble's: synchronous, and there where a browser has none (a page opened from a disk has no `crypto.subtle`).
 */

// SubjectPublicKeyInfo of Ed25519 is this prefix and the key's 32 bytes (RFC 8410).
const prefix = '302a300506032b6570032100'

interface PublicKey {
  readonly asymmetricKeyType: 'ed25519'
  readonly raw: Uint8Array
  export(form: unknown): Buffer
  equals(other: PublicKey): boolean
}

/** Reads a public key in PEM or DER. Throws for anything but an Ed25519 key. */
export function createPublicKey(from: string | { readonly key: Uint8Array }): PublicKey {
  const der = typeof from === 'string' ? Buffer.from(bodyOf(from), 'base64') : Buffer.from(from.key)
  if (der.length !== 44 || der.subarray(0, 12).toString('hex') !== prefix) throw new Error('not an Ed25519 public key')
  const equals = (other: PublicKey) => der.equals(other.export({}))
  return { asymmetricKeyType: 'ed25519', raw: der.subarray(12), export: () => der, equals }
}

function bodyOf(pem: string): string {
  const body = /^-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/.exec(pem)?.[1]
  if (body === undefined) throw new Error('not a public key in PEM')
  return body
}

/** Whether the signature is this key's; as strict as OpenSSL (RFC 8032, not ZIP 215). */
export function verify(algorithm: null, data: Uint8Array, key: PublicKey, signature: Uint8Array): boolean {
  onlyKnown(algorithm, null)
  return signature.length === 64 && ed25519.verify(bytes(signature), bytes(data), bytes(key.raw), { zip215: false })
}

export function createHash(algorithm: 'sha256') {
  onlyKnown(algorithm, 'sha256')
  const running = sha256.create()
  const hashing = {
    update(data: string | Uint8Array) {
      running.update(bytes(data))
      return hashing
    },
    digest: (form?: 'hex') => written(running.digest(), form),
  }
  return hashing
}

export function hash(algorithm: 'sha256', data: string | Uint8Array, form?: 'hex' | 'buffer') {
  onlyKnown(algorithm, 'sha256')
  return written(sha256(bytes(data)), form === 'hex' ? 'hex' : undefined)
}

function onlyKnown(algorithm: string | null, known: string | null): void {
  if (algorithm !== known) throw new Error(`this verifier knows no ${String(algorithm)}`)
}

function written(digest: Uint8Array, form: 'hex' | undefined): string | Buffer {
  return form === 'hex' ? Buffer.from(digest).toString('hex') : Buffer.from(digest)
}

// noble asks for plain byte arrays; a Buffer is one by another name.
function bytes(data: string | Uint8Array): Uint8Array {
  const from = typeof data === 'string' ? Buffer.from(data) : data
  return new Uint8Array(from.buffer, from.byteOffset, from.byteLength)
}

/** Nothing is signed here and no key is made: whoever calls these is not a verifier. */
function notHere(): never {
  throw new Error('a verifier signs nothing')
}
export { notHere as createPrivateKey, notHere as generateKeyPairSync, notHere as sign }
