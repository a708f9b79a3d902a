import { createHash, createPublicKey, sign, verify } from 'node:crypto'
import type { LegalDate, Permit } from '@tongguan/law'
import type { GateKey, TrustedKey } from './keys.ts'
import type { LoggedLeaf } from './log.ts'
import type { BareReason } from './hold-reason.ts'
import type { BatchFile, CheckReport, LedgerCount, Persons } from './release.ts'
import { canonicalJson } from './canonical-json.ts'
import { personsAfter } from './release.ts'
import { capsuleFile, sealedName } from './release-folder.ts'
import { signSm2, sm2Fits, sm2Scalar } from './sm2.ts'
import { readStrictJson } from './strict-json.ts'
import type { ColumnDone } from './transforms/transform-rows.ts'
import { pilotWords } from './words.ts'

/*
 * What travels with a release: an in-toto Statement v1 (in-toto/attestation, spec/v1) in a DSSE v1 envelope
 * (secure-systems-lab/dsse): the exact bytes are signed together with their type, so nothing is canonicalised.
 */

export const payloadType = 'application/vnd.in-toto+json'
export const statementType = 'https://in-toto.io/Statement/v1'
export const releaseType = 'https://tongguan.dev/outbound-release/v1'
export const refusalType = 'https://tongguan.dev/outbound-refusal/v1'
export const keyReleaseType = 'https://tongguan.dev/key-release/v1'

export interface Statement<Predicate> {
  readonly _type: typeof statementType
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[]
  readonly predicateType: string
  readonly predicate: Predicate
}

/** What every decision of the gate states, released or not. No value of a person stands in it. */
interface StatedDecision {
  /** `signed` is the permit's own envelope, so that the recipient checks what was approved and by whom. */
  readonly permit: Pick<Permit, 'id' | 'kind' | 'firstDay' | 'lastDay' | 'caseNo' | 'resultNo' | 'revocationLimit'> & {
    readonly signed?: Envelope
  }
  readonly batch: { readonly id: string; readonly name: string; readonly digest: string }
  readonly handler: Permit['handler']
  readonly recipient: { readonly name: string; readonly country: string }
  readonly scenario: string
  readonly files: readonly StatedFile[]
  readonly checks: readonly StatedCheck[]
  readonly decidedOn: LegalDate
  readonly pilot: boolean
  /** Present in a pilot: without legal effect, in Chinese and English. */
  readonly notice?: string
  readonly software: { readonly name: 'tongguan'; readonly version: string }
}

export interface ReleasePredicate extends StatedDecision {
  readonly purpose: string
  readonly manner: string
  readonly retention: string
  /** The approved items the files carry, by name. */
  readonly items: readonly string[]
  /** What was done to the data on their way, column by column; what stayed as it was is left out. */
  readonly transforms: readonly ColumnDone[]
  /** Of a batch that was treated. */
  readonly recipe?: StatedRecipe
  readonly persons: StatedPersons & { readonly sensitive: StatedCount }
  /** `plaintext`: the files lie readable in the release folder. `sealed`: encrypted, and their key follows (container.ts). */
  readonly mode: 'plaintext' | 'sealed'
  /** Of a sealed release: to which of the recipient's keys, and what must be there before the key is let out. */
  readonly seal?: StatedSeal
  /** Each a signature of one person over the intent (approval.ts). */
  readonly approvals?: readonly Envelope[]
  /** Position in the log, and the proof; null in the statement that was decided, before it was published. */
  readonly log: LoggedLeaf | null
}

export interface StatedRecipe {
  readonly id: string
  /** Of the recipe's canonical JSON. */
  readonly sha256: string
  readonly keyId: string
  /** The upper counts of the batch as it came, by which persons are counted, and of what came of it. */
  readonly persons: { readonly before: number; readonly after: number }
}

export interface StatedSeal {
  readonly format: 'age-encryption.org/v1'
  readonly to: { readonly keyId: string; readonly age: string }
  readonly confirmation: Confirmation
}

/** `receipt`: the recipient signs that the container came. `read-back`: the gate reads what stands in the target. */
export type Confirmation = 'receipt' | 'read-back'

/** The second decision of a sealed release: that its key may leave, too. */
export interface KeyReleasePredicate {
  readonly batch: { readonly id: string; readonly name: string }
  /** Digest of the release's statement, as the log's leaf has it. */
  readonly release: string
  readonly confirmation: Confirmation
  /** The recipient's receipt of the container, where one was asked for. */
  readonly receipt?: Envelope
  readonly decidedOn: LegalDate
  readonly pilot: boolean
  readonly notice?: string
  readonly log: LoggedLeaf | null
}

export interface RefusalPredicate extends StatedDecision {
  readonly reasons: readonly BareReason[]
}

export interface StatedFile extends BatchFile {
  readonly rows: number
  readonly columns: readonly string[]
  /** Of a file rebuilt from its parsed values: as it came. */
  readonly input?: { readonly bytes: number; readonly sha256: string }
  /** Of a sealed release: the encrypted file, `sealed/NAME.age`. */
  readonly sealed?: { readonly bytes: number; readonly sha256: string }
}

export type StatedCheck = Omit<CheckReport, 'words'>

/** Distinct natural persons of the permit set; `batch` are all of this batch, `new` those it adds. */
export interface StatedCount {
  readonly batch: number
  readonly new: number
  readonly before: number
  readonly after: number
  readonly ceiling: number
}

/** The general part (persons without sensitive items), with how all were counted; the sensitive part stands apart. */
export interface StatedPersons extends StatedCount {
  readonly method: string
  readonly keyEpoch: string
}

export function stateRelease(predicate: ReleasePredicate): Statement<ReleasePredicate> {
  return { _type: statementType, subject: subjectsOf(predicate.files), predicateType: releaseType, predicate }
}

export function stateRefusal(predicate: RefusalPredicate): Statement<RefusalPredicate> {
  return { _type: statementType, subject: subjectsOf(predicate.files), predicateType: refusalType, predicate }
}

export function stateKeyRelease(predicate: KeyReleasePredicate, capsuleSha256: string): Statement<KeyReleasePredicate> {
  return { _type: statementType, subject: capsuleSubject(capsuleSha256), predicateType: keyReleaseType, predicate }
}

export function capsuleSubject(sha256: string): Statement<unknown>['subject'] {
  return [{ name: capsuleFile, digest: { sha256 } }]
}

/** The persons of a manifest, from what the ledger counted. */
export function statePersons(of: {
  readonly method: string
  readonly keyEpoch: string
  readonly batch: Persons
  readonly count: LedgerCount
  readonly ceiling: Persons
}): ReleasePredicate['persons'] {
  const after = personsAfter(of.count)
  const counted = (part: keyof Persons, before: number): StatedCount => ({
    batch: of.batch[part],
    new: after[part] - before,
    before,
    after: after[part],
    ceiling: of.ceiling[part],
  })
  return {
    method: of.method,
    keyEpoch: of.keyEpoch,
    ...counted('general', of.count.alreadyGeneral),
    sensitive: counted('sensitive', of.count.alreadySensitive),
  }
}

/** The field that says a pilot is one, in every statement of one. */
export function noticeOf(pilot: boolean): { readonly notice?: string } {
  return pilot ? { notice: `${pilotWords.zh} / ${pilotWords.en}` } : {}
}

/** What a leaf of the log says of a statement: SHA-256 (hex) of its canonical JSON, as it was before it had a place there. */
export function statementDigest(statement: Statement<unknown>): string {
  const predicate = { ...(statement.predicate as object), log: null }
  return createHash('sha256')
    .update(canonicalJson({ ...statement, predicate }))
    .digest('hex')
}

/** A batch by its content: SHA-256 over its file names and digests in the order of their names. */
export function digestOf(files: readonly BatchFile[]): string {
  const lines = files.map((file) => JSON.stringify([file.name, file.sha256])).sort()
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}

/** The files by name and digest, and of a sealed release the encrypted ones beside them. */
export function subjectsOf(
  files: readonly Pick<StatedFile, 'name' | 'sha256' | 'sealed'>[],
): Statement<unknown>['subject'] {
  return files.flatMap(({ name, sha256, sealed }) => [
    { name, digest: { sha256 } },
    ...(sealed === undefined ? [] : [{ name: sealedName(name), digest: { sha256: sealed.sha256 } }]),
  ])
}

// --- the envelope -----------------------------------------------------------------------------------------------

export interface Envelope {
  readonly payloadType: string
  /** Base64 of the statement's bytes. */
  readonly payload: string
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[]
}

/** DSSE v1 pre-authentication encoding: what is signed. Lengths are in bytes. */
export function preAuthEncoding(type: string, payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.byteLength} `), payload])
}

/** Signs a statement; the answer is the envelope file's text, byte for byte. */
export function seal(statement: Statement<unknown>, key: GateKey): string {
  return writeEnvelope(signBytes(payloadType, Buffer.from(JSON.stringify(statement)), [key]))
}

/** Signs bytes of a type with each key. */
export function signBytes(type: string, payload: Buffer, keys: readonly GateKey[]): Envelope {
  const signed = preAuthEncoding(type, payload)
  return {
    payloadType: type,
    payload: payload.toString('base64'),
    signatures: keys.map(({ keyId, privateKey }) => {
      const scalar = sm2Scalar(privateKey)
      const sig = scalar === undefined ? sign(null, signed, privateKey) : signSm2(signed, scalar)
      return { keyid: keyId, sig: sig.toString('base64') }
    }),
  }
}

/** Whether a signature under an envelope is this key's, by the one suite the trust file pins to it. */
export function signatureFits(envelope: Envelope, sig: string, { publicKey, signerId }: TrustedKey): boolean {
  const signed = preAuthEncoding(envelope.payloadType, Buffer.from(envelope.payload, 'base64'))
  const bytes = Buffer.from(sig, 'base64')
  return signerId === undefined
    ? verify(null, signed, createPublicKey(publicKey), bytes)
    : sm2Fits(signed, bytes, { publicKey, signerId })
}

/**
 * Reads an envelope file strictly: no duplicate or unknown key, one spelling only. A byte changed where JSON or base64
 * would not mind (white space, unused bits) is a changed file all the same.
 */
export function readEnvelope(text: string): ReadEnvelope {
  const json = readStrictJson(text)
  if (json.kind !== 'json') return json
  const shape = shapeOfEnvelope(json.value)
  if (typeof shape === 'string') return { kind: 'other-shape', because: shape }
  if (writeEnvelope(shape) !== text) return { kind: 'other-shape', because: 'not written as the gate writes it' }
  return { kind: 'envelope', envelope: shape }
}

export type ReadEnvelope =
  | { readonly kind: 'envelope'; readonly envelope: Envelope }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'duplicate-key'; readonly key: string }
  | { readonly kind: 'other-shape'; readonly because: string }

/** An envelope's file, byte for byte. */
export function writeEnvelope({ payloadType, payload, signatures }: Envelope): string {
  const ordered = { payloadType, payload, signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig })) }
  return `${JSON.stringify(ordered)}\n`
}

/** An envelope by its form; where it is none, the field that is amiss. */
export function shapeOfEnvelope(value: unknown): Envelope | string {
  const { payloadType, payload, signatures } = (value ?? {}) as Readonly<Record<string, unknown>>
  if (typeof payloadType !== 'string') return 'payloadType'
  if (!isBase64(payload)) return 'payload'
  if (!Array.isArray(signatures) || signatures.length === 0) return 'signatures'
  const read = signatures.map((one: unknown) => (one ?? {}) as Readonly<Record<string, unknown>>)
  const whole = read.flatMap(({ keyid, sig }) => (typeof keyid === 'string' && isBase64(sig) ? [{ keyid, sig }] : []))
  if (whole.length !== read.length) return 'signatures'
  if (new Set(whole.map((one) => one.keyid)).size !== whole.length) return 'signatures: one key twice'
  return { payloadType, payload, signatures: whole }
}

function isBase64(value: unknown): value is string {
  return typeof value === 'string' && Buffer.from(value, 'base64').toString('base64') === value
}
