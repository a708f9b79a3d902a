import { createPrivateKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'

/*
 * SM2 with SM3 (GB/T 32918) as the second suite. Keys are kept as OpenSSL keeps them (PKCS #8, SubjectPublicKeyInfo), but
 * signed and verified by sm-crypto-v2: Node signs plain ECDSA with a fresh SM2 key and an empty signer id with a loaded
 * one. The library is neither constant-time nor a certified product; where commercial cryptography is assessed (密评) the
 * key belongs in a certified module.
 */

/** The signer id GB/T 35276 gives where parties agreed on none; a trust file states it beside each SM2 key. */
export const usualSignerId = '1234567812345678'

const spkiPrefix = '3059301306072a8648ce3d020106082a811ccf5501822d034200'
const pkcs8Prefix = '308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420'
/** The order of the curve's base point (GB/T 32918.5). */
const order = BigInt('0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123')

export function generateSm2Key(): KeyObject {
  const { privateKey, publicKey } = sm2.generateKeyPairHex()
  const der = Buffer.from(`${pkcs8Prefix}${privateKey}a144034200${publicKey}`, 'hex')
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}

/** The private scalar of an SM2 key in hex; undefined for any other key. */
export function sm2Scalar(key: KeyObject): string | undefined {
  if (key.asymmetricKeyType === 'ed25519') return undefined
  const hex = key.export({ format: 'der', type: 'pkcs8' }).toString('hex')
  return hex.startsWith(pkcs8Prefix) ? hex.slice(pkcs8Prefix.length, pkcs8Prefix.length + 64) : undefined
}

/** The SubjectPublicKeyInfo of an SM2 key in PEM, one spelling only, whose point is on the curve; undefined for any other. */
export function readSm2Key(pem: string): Buffer | undefined {
  const body = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=\n]+)-----END PUBLIC KEY-----\n$/.exec(pem)?.[1]
  const der = Buffer.from((body ?? '').replaceAll('\n', ''), 'base64')
  const hex = der.toString('hex')
  const point = hex.slice(spkiPrefix.length)
  return hex.startsWith(`${spkiPrefix}04`) && point.length === 130 && isOnCurve(point) ? der : undefined
}

function isOnCurve(point: string): boolean {
  try {
    return sm2.verifyPublicKey(point)
  } catch {
    // The library throws for coordinates that are none.
    return false
  }
}

/** Signs a message; the signature in DER, different each time. */
export function signSm2(message: Uint8Array, scalar: string): Buffer {
  return Buffer.from(sm2.doSignature(message, scalar, { hash: true, der: true, userId: usualSignerId }), 'hex')
}

/** Whether a signature is this key's, under the signer id the trust file states. */
export function sm2Fits(
  message: Uint8Array,
  signature: Uint8Array,
  { publicKey, signerId }: { readonly publicKey: string; readonly signerId: string },
): boolean {
  const der = readSm2Key(publicKey)
  const pair = readPair(Buffer.from(signature))
  if (der === undefined || pair === undefined) return false
  const hex = pair.map((one) => one.toString(16).padStart(64, '0')).join('')
  return sm2.doVerifySignature(message, hex, der.subarray(26).toString('hex'), { hash: true, userId: signerId })
}

/** Both numbers of a signature in DER, in its one exact spelling and from 1 to the order; the library asks for neither. */
function readPair(der: Buffer): readonly [bigint, bigint] | undefined {
  const r = readInteger(der, 2)
  const s = r && readInteger(der, 4 + r.length)
  if (r === undefined || s === undefined) return undefined
  const numbers = [toNumber(r), toNumber(s)] as const
  if (!numbers.every((one) => 0n < one && one < order)) return undefined
  const body = Buffer.concat(numbers.map(writeInteger))
  return Buffer.concat([Uint8Array.of(0x30, body.length), body]).equals(der) ? numbers : undefined
}

function readInteger(der: Buffer, at: number): Buffer | undefined {
  const length = der[at + 1] ?? 0
  const bytes = der.subarray(at + 2, at + 2 + length)
  return length > 0 && bytes.length === length ? bytes : undefined
}

function toNumber(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`)
}

function writeInteger(number: bigint): Buffer {
  const hex = number.toString(16)
  const even = hex.length % 2 === 0 ? hex : `0${hex}`
  const bytes = Buffer.from(parseInt(even.slice(0, 2), 16) > 0x7f ? `00${even}` : even, 'hex')
  return Buffer.concat([Uint8Array.of(0x02, bytes.length), bytes])
}
