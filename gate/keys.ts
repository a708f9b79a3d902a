import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { legalDate } from '@tongguan/law'
import type { LegalDate, Words } from '@tongguan/law'
import { readStrictJson } from './strict-json.ts'
import { refusalWords } from './words.ts'
import type { Facts, RefusalCode } from './words.ts'

/** An Ed25519 key that signs releases and refusals. */
export interface GateKey {
  /** SHA-256 (hex) of the public key's SubjectPublicKeyInfo. */
  readonly keyId: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** The keys a verifier trusts. It travels out of band and is never taken from the thing verified. */
export interface Trust {
  readonly schema: 'tongguan/trust/1'
  readonly keys: readonly TrustedKey[]
  /** Which logs and witnesses count, and how many must have cosigned, as c2sp.org/tlog-policy writes it; left out, none must. */
  readonly logPolicy?: string
}

export interface TrustedKey {
  readonly keyId: string
  readonly algorithm: 'ed25519'
  /** SubjectPublicKeyInfo in PEM. */
  readonly publicKey: string
  readonly name: string
  /** What the key may sign: `gate` releases, `authority` permits, `transcriber` typed permits, `approver` intents, `recipient` receipts, `log` and `witness` checkpoints. */
  readonly roles: readonly string[]
  /** A generated pilot key: its signatures have no legal effect. */
  readonly simulated: boolean
  /** Of a recipient: the age key (`age1…`) containers for it are sealed to. */
  readonly age?: string
  /** First and last day on which the key may sign; left out, it has none. */
  readonly validFrom?: LegalDate
  readonly validUntil?: LegalDate
  /** From then on nothing it ever signed is believed. */
  readonly revokedOn?: LegalDate
}

/** Why a key could not sign on a day; undefined where it could. A revoked key vouches for nothing, whenever it signed. */
export function keyInForce(
  { validFrom, validUntil, revokedOn }: TrustedKey,
  on: LegalDate,
): { readonly because: string; readonly day: string } | undefined {
  if (revokedOn !== undefined) return { because: 'revoked', day: revokedOn }
  if (validFrom !== undefined && on < validFrom) return { because: 'not-yet-valid', day: validFrom }
  if (validUntil !== undefined && validUntil < on) return { because: 'expired', day: validUntil }
  return undefined
}

/** A call or an input that cannot be used: what and why, in both languages. Nothing was changed. */
export class GateInputError extends Error {
  readonly code: RefusalCode
  readonly words: Words
  readonly facts: Facts

  constructor(code: RefusalCode, facts: Facts) {
    const words = refusalWords[code](facts)
    super(words.en)
    this.name = 'GateInputError'
    this.code = code
    this.words = words
    this.facts = facts
  }
}

export function generateKey(): GateKey {
  return gateKey(generateKeyPairSync('ed25519').privateKey)
}

/** What a trust file says of a key. */
export function trustedKey(
  key: GateKey,
  { name, roles, simulated }: Pick<TrustedKey, 'name' | 'roles' | 'simulated'>,
): TrustedKey {
  const publicKey = key.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  return { keyId: key.keyId, algorithm: 'ed25519', publicKey, name, roles, simulated }
}

/**
 * Reads a trust file. Each key's id must be the digest of the key it stands with, and each algorithm the key's own.
 *
 * @throws GateInputError `gate.trust-file-unreadable`
 */
export function readTrust(text: string): Trust {
  const json = readStrictJson(text)
  if (json.kind === 'not-json') throw unusable('it is not JSON')
  if (json.kind === 'duplicate-key') throw unusable(`the key "${json.key}" stands twice`)
  const { schema, keys, logPolicy } = (json.value ?? {}) as Fields
  if (schema !== 'tongguan/trust/1') throw unusable('its schema is not tongguan/trust/1')
  if (!Array.isArray(keys) || keys.length === 0) throw unusable('it names no keys')
  const trusted = keys.map(readTrustedKey)
  if (new Set(trusted.map((key) => key.keyId)).size !== trusted.length) throw unusable('a key stands in it twice')
  if (logPolicy !== undefined && typeof logPolicy !== 'string') throw unusable('its logPolicy is not a text')
  return { schema, keys: trusted, ...(logPolicy === undefined ? {} : { logPolicy }) }
}

export function writeTrust(keys: readonly TrustedKey[], logPolicy?: string): string {
  const trust: Trust = { schema: 'tongguan/trust/1', keys, ...(logPolicy === undefined ? {} : { logPolicy }) }
  return `${JSON.stringify(trust, null, 2)}\n`
}

export function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
}

/** A private key with its public one and the id both go by. */
export function gateKey(privateKey: KeyObject): GateKey {
  const publicKey = createPublicKey(privateKey)
  return { keyId: keyIdOf(publicKey), privateKey, publicKey }
}

function readTrustedKey(value: unknown): TrustedKey {
  const { keyId, algorithm, publicKey, name, roles, simulated } = (value ?? {}) as Readonly<Record<string, unknown>>
  if (typeof name !== 'string' || typeof keyId !== 'string') throw unusable('a key lacks its name or keyId')
  if (typeof publicKey !== 'string') throw unusable(`key "${name}" has no publicKey`)
  if (algorithm !== 'ed25519') throw unusable(`key "${name}" is not for ed25519`)
  if (!Array.isArray(roles) || !roles.every((role) => typeof role === 'string'))
    throw unusable(`key "${name}" has no roles`)
  if (typeof simulated !== 'boolean') throw unusable(`key "${name}" does not say whether it is simulated`)
  const key = readPublicKey(publicKey, name)
  if (keyIdOf(key) !== keyId) throw unusable(`the keyId of "${name}" is not the digest of its publicKey`)
  const { age } = value as Fields
  if (age !== undefined && (typeof age !== 'string' || !/^age1[a-z0-9]{58}$/.test(age)))
    throw unusable(`key "${name}": age is not an age key`)
  const sealing = age === undefined ? {} : { age }
  return { keyId, algorithm, publicKey, name, roles, simulated, ...sealing, ...readDays(value as Fields, name) }
}

type Fields = Readonly<Record<string, unknown>>
type KeyDays = Pick<TrustedKey, 'validFrom' | 'validUntil' | 'revokedOn'>

function readDays(key: Fields, name: string): KeyDays {
  const days: { -readonly [Day in keyof KeyDays]: KeyDays[Day] } = {}
  for (const field of ['validFrom', 'validUntil', 'revokedOn'] as const) {
    const day = key[field]
    if (day === undefined) continue
    try {
      days[field] = legalDate(typeof day === 'string' ? day : '')
    } catch {
      throw unusable(`key "${name}": ${field} is not a day`)
    }
  }
  return days
}

function readPublicKey(pem: string, name: string): KeyObject {
  let key: KeyObject
  try {
    key = createPublicKey(pem)
  } catch {
    throw unusable(`the publicKey of "${name}" is not PEM`)
  }
  if (key.asymmetricKeyType !== 'ed25519') throw unusable(`key "${name}" is not an Ed25519 key`)
  // createPublicKey also takes a private key; one of those in a trust file would be a leak, not an anchor.
  if (pem.includes('PRIVATE')) throw unusable(`key "${name}" is a private key; put the public one here`)
  return key
}

function unusable(because: string): GateInputError {
  return new GateInputError('gate.trust-file-unreadable', { because })
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
