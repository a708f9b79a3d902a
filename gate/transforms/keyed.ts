import { createHmac } from 'node:crypto'
import { plainText } from '../plain-text.ts'

/*
 * Codes and offsets under a key. A key is drawn for each recipient, purpose and code space, so that what is equal in one
 * place says nothing of another. A bare hash of an identity number is undone in hours: there are too few of them.
 */

export type Algorithm = 'sha256' | 'sm3'

/** HMAC of a text under the key of one space. */
export type Keyed = (text: string) => Buffer

/** The key of a space: HMAC-SHA-256 of its name under the transform key. */
export function keyed(key: Uint8Array, space: readonly string[], algorithm: Algorithm = 'sha256'): Keyed {
  const own = spaceKey(key, space)
  return (text) => createHmac(algorithm, own).update(text).digest()
}

export function spaceKey(key: Uint8Array, space: readonly string[]): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify(['tongguan/transform/1', ...space]))
    .digest()
}

/** A value as it is compared: one person written in full-width digits, or with a lower-case x, has one code. */
export function comparable(value: string): string {
  return plainText(value).trim().toLowerCase()
}

const hashBytes = 16

/** 32 hexadecimal digits. */
export function hashCode(of: Keyed): (value: string) => string {
  return (value) => of(comparable(value)).toString('hex', 0, hashBytes)
}

// Crockford's base 32, without letters that are misread. Sixteen of them, 80 bits: two of a billion persons meet with p < 1e-6.
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLetters = 16

export function pseudonym(of: Keyed, prefix: string): (value: string) => string {
  return (value) => {
    const mac = of(comparable(value))
    let code = prefix
    for (let at = 0; at < codeLetters; at++) code += letters.charAt((mac[at] ?? 0) & 31)
    return code
  }
}

/** From -1 up to, without reaching it, 1; 48 bits. */
export function unit(mac: Buffer, at = 0): number {
  return mac.readUIntBE(at, 6) / 2 ** 47 - 1
}
