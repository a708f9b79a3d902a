import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, randomInt } from 'node:crypto'

/** 256 random bits for somebody to hold; the database keeps `hashOf` them only. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** SHA-256 (hex) of a token. A token has 256 bits of its own, so that no slow hash is needed. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Letters and digits that are not mistaken for each other, in groups of four. */
export function readableSecret(groups: number): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const four = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return Array.from({ length: groups }, four).join('-')
}

/** Encrypts what the database keeps for us but must not be able to use (AES-256-GCM, a key of its own per purpose). */
export function seal(text: string, secret: string, purpose: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, purpose), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** @throws Error where it was sealed with another secret or changed since. */
export function unseal(sealed: string, secret: string, purpose: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, purpose), bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}

function keyFor(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `tongguan ${purpose}`, 32))
}
