import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { legalDate } from '@tongguan/law'
import type { LegalDate, Words } from '@tongguan/law'
import { generateSm2Key, readSm2Key, sm2Scalar, usualSignerId } from './sm2.ts'
import { readStrictJson } from './strict-json.ts'
import { refusalWords } from './words.ts'
import type { Facts, RefusalCode } from './words.ts'

/** A key that signs releases and refusals: Ed25519, or SM2 (sm2.ts). */
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
  readonly algorithm: Algorithm
  /** SubjectPublicKeyInfo in PEM. */
  readonly publicKey: string
  /** Of an SM2 key: the signer id its signatures are made under. */
  readonly signerId?: string
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

export type Algorithm = 'ed25519' | 'sm2'

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

export function generateKey(algorithm: Algorithm = 'ed25519'): GateKey {
  return gateKey(algorithm === 'sm2' ? generateSm2Key() : generateKeyPairSync('ed25519').privateKey)
}

export function algorithmOf({ privateKey }: GateKey): Algorithm {
  return sm2Scalar(privateKey) === undefined ? 'ed25519' : 'sm2'
}

/** What a trust file says of a key. */
export function trustedKey(
  key: GateKey,
  { name, roles, simulated }: Pick<TrustedKey, 'name' | 'roles' | 'simulated'>,
): TrustedKey {
  const publicKey = key.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const algorithm = algorithmOf(key)
  const signing = algorithm === 'sm2' ? { signerId: usualSignerId } : {}
  return { keyId: key.keyId, algorithm, publicKey, ...signing, name, roles, simulated }
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
  return digestOfKey(publicKey.export({ type: 'spki', format: 'der' }))
}

function digestOfKey(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex')
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
  if (algorithm !== 'ed25519' && algorithm !== 'sm2') throw unusable(`key "${name}" is not for ed25519 or sm2`)
  if (!Array.isArray(roles) || !roles.every((role) => typeof role === 'string'))
    throw unusable(`key "${name}" has no roles`)
  if (typeof simulated !== 'boolean') throw unusable(`key "${name}" does not say whether it is simulated`)
  if (algorithm === 'sm2' && roles.some((role) => ed25519Only.includes(role))) {
    throw unusable(`key "${name}": ${ed25519Only.join(', ')} take an ed25519 key`)
  }
  const key = readPublicKey(publicKey, name, algorithm)
  if (digestOfKey(key) !== keyId) throw unusable(`the keyId of "${name}" is not the digest of its publicKey`)
  const { age, signerId } = value as Fields
  if ((algorithm === 'sm2') !== (typeof signerId === 'string')) throw unusable(`key "${name}": signerId`)
  const signing = typeof signerId === 'string' ? { signerId } : {}
  if (age !== undefined && (typeof age !== 'string' || !/^age1[a-z0-9]{58}$/.test(age)))
    throw unusable(`key "${name}": age is not an age key`)
  const sealing = age === undefined ? {} : { age }
  return {
    keyId,
    algorithm,
    publicKey,
    ...signing,
    name,
    roles,
    simulated,
    ...sealing,
    ...readDays(value as Fields, name),
  }
}

/** Notes are signed with Ed25519 alone (c2sp.org/signed-note), and a container's key is made of one. */
const ed25519Only = ['log', 'witness', 'recipient']

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

/** A public key's SubjectPublicKeyInfo. */
function readPublicKey(pem: string, name: string, algorithm: Algorithm): Uint8Array {
  if (algorithm === 'sm2') {
    const der = readSm2Key(pem)
    if (der === undefined) throw unusable(`the publicKey of "${name}" is not an SM2 key in PEM`)
    return der
  }
  let key: KeyObject
  try {
    key = createPublicKey(pem)
  } catch {
    throw unusable(`the publicKey of "${name}" is not PEM`)
  }
  if (key.asymmetricKeyType !== 'ed25519') throw unusable(`key "${name}" is not an Ed25519 key`)
  // createPublicKey also takes a private key; one of those in a trust file would be a leak, not an anchor.
  if (pem.includes('PRIVATE')) throw unusable(`key "${name}" is a private key; put the public one here`)
  return key.export({ type: 'spki', format: 'der' })
}

function unusable(because: string): GateInputError {
  return new GateInputError('gate.trust-file-unreadable', { because })
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
