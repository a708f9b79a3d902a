import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'
import { DossierInputError } from './errors.ts'

/*
 * Bundles are signed in a DSSE v1 envelope (secure-systems-lab/dsse) by one of two suites: Ed25519 over node:crypto, or
 * SM2 with SM3 (GB/T 32918) by sm-crypto-v2, whose signatures differ each time. The library is not a certified product
 * and not constant-time: where commercial cryptography is assessed (密评), the key belongs in a certified module.
 */

export type Suite = 'EdDSA' | 'SM2'

/** A key that signs dossiers, as its file holds it. */
export interface FilingKey {
  readonly schema: 'tongguan/filing-key/1'
  readonly suite: Suite
  readonly keyId: string
  /** SubjectPublicKeyInfo in base64, or the uncompressed SM2 point in hex. */
  readonly publicKey: string
  /** PKCS #8 in base64, or the SM2 scalar in hex. */
  readonly privateKey: string
  readonly name: string
  readonly simulated: boolean
}

export type TrustedFiler = Omit<FilingKey, 'privateKey' | 'schema'>

/** Whose dossiers are believed; it travels out of band and is never taken from the bundle. */
export interface FilerTrust {
  readonly schema: 'tongguan/dossier-trust/1'
  readonly keys: readonly TrustedFiler[]
}

export function generateFilingKey(suite: Suite, { name, simulated }: { name: string; simulated: boolean }): FilingKey {
  const head = { schema: 'tongguan/filing-key/1', suite, name, simulated } as const
  if (suite === 'SM2') {
    const { privateKey, publicKey } = sm2.generateKeyPairHex()
    return { ...head, keyId: keyIdOf(publicKey), publicKey, privateKey }
  }
  const pair = generateKeyPairSync('ed25519')
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
  return { ...head, keyId: keyIdOf(publicKey), publicKey, privateKey }
}

/** SHA-256 (hex) over the public key as its file spells it. */
export const keyIdOf = (publicKey: string): string => createHash('sha256').update(publicKey).digest('hex')

export const trustedFiler = ({ suite, keyId, publicKey, name, simulated }: FilingKey): TrustedFiler => {
  return { suite, keyId, publicKey, name, simulated }
}

export interface Envelope {
  readonly payloadType: string
  readonly payload: string
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[]
}

/** Signs a payload; an envelope that is there already gets one signature more, one a key. */
export function signPayload(type: string, payload: Uint8Array, key: FilingKey, envelope?: Envelope): Envelope {
  const message = preAuthEncoding(type, payload)
  const sig =
    key.suite === 'SM2'
      ? Buffer.from(
          sm2.doSignature(message, key.privateKey, { hash: true, der: true, publicKey: key.publicKey }),
          'hex',
        ).toString('base64')
      : sign(
          null,
          message,
          createPrivateKey({ key: Buffer.from(key.privateKey, 'base64'), format: 'der', type: 'pkcs8' }),
        ).toString('base64')
  const others = envelope?.signatures.filter(({ keyid }) => keyid !== key.keyId) ?? []
  return {
    payloadType: type,
    payload: Buffer.from(payload).toString('base64'),
    signatures: [...others, { keyid: key.keyId, sig }],
  }
}

/** The trusted keys that signed an envelope, and the signatures that do not hold or belong to nobody we trust. */
export function whoSigned(envelope: Envelope, trust: FilerTrust) {
  const message = preAuthEncoding(envelope.payloadType, Buffer.from(envelope.payload, 'base64'))
  const by: TrustedFiler[] = []
  const wrong: string[] = []
  const unknown: string[] = []
  for (const { keyid, sig } of envelope.signatures) {
    const key = trust.keys.find(({ keyId }) => keyId === keyid)
    if (!key) unknown.push(keyid)
    else if (holds(message, sig, key)) by.push(key)
    else wrong.push(keyid)
  }
  return { by, wrong, unknown }
}

function holds(message: Uint8Array, sig: string, { suite, publicKey }: TrustedFiler): boolean {
  const bytes = Buffer.from(sig, 'base64')
  if (suite === 'EdDSA') {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return verify(null, message, key, bytes)
  }
  try {
    return sm2.doVerifySignature(message, bytes.toString('hex'), publicKey, { hash: true, der: true })
  } catch {
    // The library throws for bytes that are no signature at all; that is a signature that does not hold.
    return false
  }
}

/** DSSE v1 pre-authentication encoding: what is signed. Lengths are in bytes. */
function preAuthEncoding(type: string, payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.byteLength} `), payload])
}

/**
 * Reads a trust file's text; every key id must be the digest of its key.
 *
 * @throws DossierInputError `trust.unreadable`
 */
export function readFilerTrust(text: string, path: string): FilerTrust {
  const unusable = (because: string) =>
    new DossierInputError('trust.unreadable', {
      zh: `${path} 不是可用的信任文件（${because}）。请向申报单位另行索取。`,
      en: `${path} is not a trust file that can be used (${because}). Ask the declarant for it by another way.`,
    })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw unusable('not JSON')
  }
  const { schema, keys } = (value ?? {}) as Readonly<Record<string, unknown>>
  if (schema !== 'tongguan/dossier-trust/1' || !Array.isArray(keys) || keys.length === 0) throw unusable('schema, keys')
  return {
    schema,
    keys: keys.map((one: unknown) => {
      const key = (one ?? {}) as Readonly<Record<string, unknown>>
      const { suite, keyId, publicKey, name, simulated } = key
      if (suite !== 'EdDSA' && suite !== 'SM2') throw unusable('suite')
      if (typeof publicKey !== 'string' || typeof name !== 'string' || typeof simulated !== 'boolean') {
        throw unusable('publicKey, name, simulated')
      }
      if (keyId !== keyIdOf(publicKey)) throw unusable(`keyId of ${name}`)
      return { suite, keyId: keyIdOf(publicKey), publicKey, name, simulated }
    }),
  }
}
