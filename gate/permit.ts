import type { LegalDate, Permit } from '@tongguan/law'
import { keyInForce } from './keys.ts'
import { GateInputError } from './keys.ts'
import type { GateKey, Trust, TrustedKey } from './keys.ts'
import { signBytes, signatureFits } from './manifest.ts'
import type { Envelope } from './manifest.ts'
import { canonicalJson } from './canonical-json.ts'
import { readStrictJson } from './strict-json.ts'
import type { RefusalCode } from './words.ts'

/*
 * A permit file is the permit's fields, for people and programs to read, and beside them `signed`: the DSSE envelope of
 * exactly these fields. The gate believes the signed bytes and refuses a file whose fields say anything else.
 */

export const permitPayloadType = 'application/vnd.tongguan.permit+json'

/** A permit as a file holds it; without `signed` it is only a draft, which no gate accepts. */
export interface PermitFile extends Permit {
  readonly signed?: Envelope
}

/** A permit and the envelope that vouches for it. */
export interface SignedPermit extends Permit {
  readonly signed: Envelope
}

/** Signs a permit: `issued` and `simulated` by the authority's key alone, `transcribed` by the two persons who typed it. */
export function signPermit(permit: Permit, keys: readonly GateKey[]): SignedPermit {
  return { ...permit, signed: signBytes(permitPayloadType, Buffer.from(canonicalJson(permit)), keys) }
}

/** Adds one more person's signature to a transcribed permit. */
export function addPermitSignature({ signed, ...permit }: SignedPermit, key: GateKey): SignedPermit {
  const more = signPermit(permit, [key]).signed
  return { ...permit, signed: { ...signed, signatures: [...signed.signatures, ...more.signatures] } }
}

/**
 * The permit of a file, once its signatures hold: by a key the trust file gives the role its kind asks for, which was in
 * force on the permit's first day and is not revoked.
 *
 * @throws GateInputError `gate.permit-…`, before anything is decided or counted
 */
export function openPermit(file: PermitFile, trust: Trust, { pilot }: { readonly pilot: boolean }): OpenedPermit {
  const { signed, ...permit } = file
  if (signed === undefined) throw refused('gate.permit-unsigned', permit)
  const problem = judgePermit(permit, signed, trust)
  if (problem !== undefined) throw new GateInputError(problem.code, problem.facts)
  if (permit.kind === 'simulated' && !pilot) throw refused('gate.permit-simulated-only', permit)
  return { permit, signed, signedBy: signersOf(signed, trust) }
}

export interface OpenedPermit {
  readonly permit: Permit
  readonly signed: Envelope
  readonly signedBy: readonly TrustedKey[]
}

export interface PermitProblem {
  readonly code: RefusalCode
  readonly facts: Readonly<Record<string, string>>
}

/** What is wrong with a permit's signatures; undefined where they hold. Pure; the recipient's verifier asks the same. */
export function judgePermit(permit: Permit, signed: Envelope, trust: Trust): PermitProblem | undefined {
  if (signed.payloadType !== permitPayloadType) return { code: 'gate.permit-unsigned', facts: { permit: permit.id } }
  for (const { keyid, sig } of signed.signatures) {
    const key = trust.keys.find((one) => one.keyId === keyid)
    if (key === undefined) return { code: 'gate.permit-key-unknown', facts: { keyId: keyid } }
    const { name } = key
    if (!signatureFits(signed, sig, key)) {
      return { code: 'gate.permit-signature-wrong', facts: { permit: permit.id, name } }
    }
    if (!key.roles.includes(roleFor[permit.kind])) {
      return { code: 'gate.permit-key-other-role', facts: { name, role: roleFor[permit.kind], kind: permit.kind } }
    }
    if (key.simulated !== (permit.kind === 'simulated')) {
      return { code: 'gate.permit-key-other-kind', facts: { name, kind: permit.kind } }
    }
    const because = keyInForce(key, permit.firstDay)
    if (because !== undefined) return { code: 'gate.permit-key-not-in-force', facts: { name, ...because } }
  }
  if (permit.kind === 'transcribed' && permit.notice === undefined) {
    return { code: 'gate.permit-without-notice', facts: { permit: permit.id } }
  }
  if (new Set(signed.signatures.map(({ keyid }) => keyid)).size < signaturesFor[permit.kind]) {
    return { code: 'gate.permit-needs-two-persons', facts: { permit: permit.id } }
  }
  if ((permit.kind === 'basis') !== (permit.basis !== undefined)) {
    return { code: 'gate.permit-differs-from-signed', facts: { permit: permit.id } }
  }
  // What the handler's own persons sign names no authority's key; the others name the one that signed.
  if (
    permit.kind !== 'transcribed' &&
    permit.kind !== 'basis' &&
    !signed.signatures.some(({ keyid }) => keyid === permit.keyId)
  ) {
    return { code: 'gate.permit-differs-from-signed', facts: { permit: permit.id } }
  }
  const json = readStrictJson(Buffer.from(signed.payload, 'base64').toString('utf8'))
  if (json.kind !== 'json' || canonicalJson(json.value) !== canonicalJson(permit)) {
    return { code: 'gate.permit-differs-from-signed', facts: { permit: permit.id } }
  }
  return undefined
}

/** Which role a key needs in the trust file to vouch for a permit of each kind. */
export const roleFor = {
  issued: 'authority',
  transcribed: 'transcriber',
  simulated: 'authority',
  basis: 'basis',
} as const satisfies Record<Permit['kind'], string>

const signaturesFor = { issued: 1, transcribed: 2, simulated: 1, basis: 2 } as const satisfies Record<
  Permit['kind'],
  number
>

function signersOf({ signatures }: Envelope, trust: Trust): readonly TrustedKey[] {
  return trust.keys.filter(({ keyId }) => signatures.some(({ keyid }) => keyid === keyId))
}

function refused(code: RefusalCode, permit: Permit): GateInputError {
  return new GateInputError(code, { permit: permit.id })
}

// --- revocation -------------------------------------------------------------------------------------------------

export const revocationsPayloadType = 'application/vnd.tongguan.revocations+json'

/** The authority's list of what no longer holds. Instants are RFC 3339 in UTC. */
export interface Revocations {
  readonly schema: 'tongguan/revocations/1'
  readonly issuedAt: string
  /** After this the list is too old to rely on. */
  readonly nextUpdate: string
  readonly permits: readonly { readonly id: string; readonly on: LegalDate; readonly because: string }[]
}

/** A list as the gate has it: one fetched from the authority's address is held to a minute, one that came by file to a day. */
export interface RevocationsAtHand extends Revocations {
  readonly fetched?: boolean
}

/** The list's file: its envelope, byte for byte. */
export function signRevocations(list: Revocations, key: GateKey): string {
  return `${JSON.stringify(signBytes(revocationsPayloadType, Buffer.from(canonicalJson(list)), [key]))}\n`
}

/**
 * Reads a revocation list signed by a trusted authority.
 *
 * @throws GateInputError `gate.revocations-unusable`
 */
export function readRevocations(envelope: Envelope, trust: Trust): Revocations {
  const key = trust.keys.find(({ keyId }) => keyId === envelope.signatures[0]?.keyid)
  const [signature, ...more] = envelope.signatures
  if (envelope.payloadType !== revocationsPayloadType) throw unusable('it is not a revocation list')
  if (key === undefined || signature === undefined || more.length > 0) throw unusable('no trusted authority signed it')
  if (!key.roles.includes('authority')) throw unusable(`the key "${key.name}" is not an authority's`)
  if (!signatureFits(envelope, signature.sig, key)) throw unusable('its signature is wrong')
  const json = readStrictJson(Buffer.from(envelope.payload, 'base64').toString('utf8'))
  const list = (json.kind === 'json' ? json.value : null) as Partial<Revocations> | null
  if (list?.schema !== 'tongguan/revocations/1' || !isInstant(list.issuedAt) || !isInstant(list.nextUpdate)) {
    throw unusable('it lacks its schema or its times')
  }
  const because = keyInForce(key, list.issuedAt.slice(0, 10) as LegalDate)
  if (because !== undefined) throw unusable(`the key "${key.name}" is ${because.because}`)
  if (!Array.isArray(list.permits) || !list.permits.every(isRevokedPermit)) throw unusable('its permits are not listed')
  return { schema: list.schema, issuedAt: list.issuedAt, nextUpdate: list.nextUpdate, permits: list.permits }
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value)
}

function isRevokedPermit(value: unknown): value is Revocations['permits'][number] {
  const { id, on, because } = (value ?? {}) as Readonly<Record<string, unknown>>
  return [id, on, because].every((one) => typeof one === 'string')
}

function unusable(because: string): GateInputError {
  return new GateInputError('gate.revocations-unusable', { because })
}
