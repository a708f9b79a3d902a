import { createHash } from 'node:crypto'
import type { LegalDate } from '@tongguan/law'
import { canonicalJson } from './canonical-json.ts'
import { GateInputError, keyInForce } from './keys.ts'
import type { GateKey, Trust, TrustedKey } from './keys.ts'
import { signBytes, signatureFits } from './manifest.ts'
import type { Envelope } from './manifest.ts'
import { recipientsOf } from './receipt.ts'
import { readStrictJson } from './strict-json.ts'

/*
 * What an individual asked, handed to a recipient without saying who: their identifiers under a key made for this one
 * notice, which travels apart from it. Whoever holds the data and the key finds the person; the notice alone says nothing.
 */

export const noticePayloadType = 'application/vnd.tongguan.individual-notice+json'
export const confirmationPayloadType = 'application/vnd.tongguan.individual-confirmation+json'

export interface IndividualNotice {
  readonly schema: 'tongguan/individual-notice/1'
  readonly request: string
  readonly kind: string
  readonly recipient: string
  readonly on: LegalDate
  /** SHA-256 (hex) of the key, so that a wrong one is noticed before nobody is found with it. */
  readonly keySha256: string
  /** By kind of identifier: HMAC-SHA-256(key, kind ‖ 0x1F ‖ identifier), 128 bits, hex. */
  readonly codes: Readonly<Record<string, readonly string[]>>
}

export interface IndividualConfirmation {
  readonly schema: 'tongguan/individual-confirmation/1'
  readonly request: string
  /** `noticeDigest` of what is confirmed. */
  readonly notice: string
  /** `done`: nothing of the person is there any more. `not-held`: there was nothing. */
  readonly outcome: 'done' | 'not-held'
  readonly on: LegalDate
}

export function signNotice(notice: IndividualNotice, key: GateKey): Envelope {
  return signBytes(noticePayloadType, Buffer.from(canonicalJson(notice)), [key])
}

/** Names a notice: SHA-256 (hex) of the signed bytes. */
export function noticeDigest({ payload }: Envelope): string {
  return createHash('sha256').update(Buffer.from(payload, 'base64')).digest('hex')
}

/**
 * The notice in an envelope, signed by a gate the trust file names and in force that day.
 *
 * @throws GateInputError `gate.notice-wrong`
 */
export function openNotice(envelope: Envelope, trust: Trust): IndividualNotice {
  const notice = payloadOf(envelope, noticePayloadType) as Partial<IndividualNotice> | undefined
  if (notice?.schema !== 'tongguan/individual-notice/1' || notice.on === undefined)
    throw wrong('gate.notice-wrong', 'form')
  const { on } = notice
  const gates = trust.keys.filter((key) => key.roles.includes('gate') && keyInForce(key, on) === undefined)
  if (signerOf(envelope, gates) === undefined) throw wrong('gate.notice-wrong', 'signature')
  return notice as IndividualNotice
}

export function signConfirmation(confirmation: IndividualConfirmation, key: GateKey): Envelope {
  return signBytes(confirmationPayloadType, Buffer.from(canonicalJson(confirmation)), [key])
}

/**
 * The confirmation in an envelope, signed by a key of this recipient in force that day.
 *
 * @throws GateInputError `gate.confirmation-wrong`
 */
export function openConfirmation(
  envelope: Envelope,
  trust: Trust,
  recipientOf: (notice: string) => string | undefined,
): IndividualConfirmation & { readonly recipient: string } {
  const read = payloadOf(envelope, confirmationPayloadType) as Partial<IndividualConfirmation> | undefined
  const isOne =
    read?.schema === 'tongguan/individual-confirmation/1' &&
    (read.outcome === 'done' || read.outcome === 'not-held') &&
    typeof read.request === 'string' &&
    typeof read.notice === 'string' &&
    typeof read.on === 'string'
  if (!isOne) throw wrong('gate.confirmation-wrong', 'form')
  const confirmation = read as IndividualConfirmation
  const recipient = recipientOf(confirmation.notice)
  if (recipient === undefined) throw wrong('gate.confirmation-wrong', 'unknown-notice')
  const keys = recipientsOf(trust, recipient).filter((key) => keyInForce(key, confirmation.on) === undefined)
  if (signerOf(envelope, keys) === undefined) throw wrong('gate.confirmation-wrong', 'signature')
  return { ...confirmation, recipient }
}

function payloadOf({ payloadType, payload }: Envelope, type: string): unknown {
  if (payloadType !== type) return undefined
  const json = readStrictJson(Buffer.from(payload, 'base64').toString('utf8'))
  return json.kind === 'json' ? json.value : undefined
}

function signerOf(envelope: Envelope, keys: readonly TrustedKey[]): TrustedKey | undefined {
  const [signature, ...more] = envelope.signatures
  if (signature === undefined || more.length > 0) return undefined
  const key = keys.find(({ keyId }) => keyId === signature.keyid)
  return key !== undefined && signatureFits(envelope, signature.sig, key) ? key : undefined
}

const wrong = (code: 'gate.notice-wrong' | 'gate.confirmation-wrong', because: string) =>
  new GateInputError(code, { because })
