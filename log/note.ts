import { createPublicKey, hash, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/*
 * Signed notes (c2sp.org/signed-note): a text, an empty line, one line per signature. Signature types used here:
 * 0x01 Ed25519, by the log itself; 0x04 timestamped Ed25519, a witness's cosignature (c2sp.org/tlog-cosignature).
 */

/** A text and the signature lines under it. The text ends in a newline. */
export interface Note {
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

export interface NoteSignature {
  /** The key's name; with the id it names one key and its algorithm. */
  readonly name: string
  /** The first four bytes of the key's hash, big-endian. */
  readonly keyId: number
  readonly signature: Uint8Array
}

/** `log` signs checkpoints, `witness` cosigns them with a time. */
export type NoteKeyKind = 'log' | 'witness'

/** A key that may verify a note: who, of which kind, and the key itself. */
export interface NoteVerifier {
  readonly name: string
  readonly kind: NoteKeyKind
  readonly keyId: number
  readonly publicKey: KeyObject
}

export interface NoteSigner {
  readonly verifier: NoteVerifier
  readonly privateKey: KeyObject
}

const typeBytes = { log: 0x01, witness: 0x04 } as const satisfies Record<NoteKeyKind, number>

/** At most this many signature lines are read; more is no note of ours. The specification asks for at least 16. */
const signaturesMax = 64

/**
 * A signer for an Ed25519 private key.
 *
 * @throws RangeError for another kind of key or a name with a space or a plus sign.
 */
export function noteSigner(name: string, kind: NoteKeyKind, privateKey: KeyObject): NoteSigner {
  return { verifier: noteVerifier(name, kind, createPublicKey(privateKey)), privateKey }
}

/** @throws RangeError for another kind of key or a name with a space or a plus sign. */
export function noteVerifier(name: string, kind: NoteKeyKind, publicKey: KeyObject): NoteVerifier {
  if (!isKeyName(name)) throw new RangeError(`"${name}" cannot name a key: no spaces and no plus sign`)
  if (publicKey.asymmetricKeyType !== 'ed25519') throw new RangeError(`the key of ${name} is not an Ed25519 key`)
  return { name, kind, keyId: keyIdOf(name, kind, rawKey(publicKey)), publicKey }
}

/** The key as one line: `name+id+base64` (signed-note, "verifier keys"). */
export function writeVerifierKey({ name, kind, keyId, publicKey }: NoteVerifier): string {
  const material = Buffer.concat([Uint8Array.of(typeBytes[kind]), rawKey(publicKey)])
  return `${name}+${keyId.toString(16).padStart(8, '0')}+${material.toString('base64')}`
}

/** Reads a verifier key; undefined where it is not one, its id is not its own, or its type is not known here. */
export function readVerifierKey(text: string): NoteVerifier | undefined {
  const [name, id, base64, ...more] = text.split('+')
  // Base64 has a plus sign of its own: what follows the second one belongs to the key.
  const material = decodeBase64([base64, ...more].join('+'))
  if (name === undefined || id === undefined || material === undefined || !isKeyName(name)) return undefined
  const kind = (['log', 'witness'] as const).find((one) => typeBytes[one] === material[0])
  const raw = material.subarray(1)
  if (kind === undefined || raw.byteLength !== 32) return undefined
  const keyId = keyIdOf(name, kind, raw)
  if (id !== keyId.toString(16).padStart(8, '0')) return undefined
  return { name, kind, keyId, publicKey: publicKeyFrom(raw) }
}

/** Signs a text as the log does. The text ends in a newline. */
export function signNote(text: string, { verifier, privateKey }: NoteSigner): NoteSignature {
  return { name: verifier.name, keyId: verifier.keyId, signature: sign(null, Buffer.from(text), privateKey) }
}

/** Cosigns a checkpoint's text as a witness does, at a POSIX time in seconds. */
export function cosignNote(text: string, { verifier, privateKey }: NoteSigner, seconds: number): NoteSignature {
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(seconds))
  const signed = sign(null, cosignedText(text, BigInt(seconds)), privateKey)
  return { name: verifier.name, keyId: verifier.keyId, signature: Buffer.concat([time, signed]) }
}

export function writeNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(signatureLine).join('')}`
}

export function signatureLine({ name, keyId, signature }: NoteSignature): string {
  const id = Buffer.alloc(4)
  id.writeUInt32BE(keyId)
  return `— ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`
}

/** Reads a note strictly: UTF-8, no control characters, one spelling of each signature. Undefined where it is none. */
export function readNote(bytes: Uint8Array): Note | undefined {
  const whole = strictText(bytes)
  if (whole === undefined || /[^\P{Cc}\n]/u.test(whole)) return undefined
  const cut = whole.lastIndexOf('\n\n')
  if (cut < 1 || !whole.endsWith('\n')) return undefined
  const signatures = readSignatureLines(whole.slice(cut + 2))
  if (signatures === undefined || signatures.length === 0) return undefined
  return { text: whole.slice(0, cut + 1), signatures }
}

/** Reads signature lines alone, as a witness answers them; undefined where one is not of the form. */
export function readSignatureLines(text: string): readonly NoteSignature[] | undefined {
  if (!text.endsWith('\n')) return undefined
  const lines = text.slice(0, -1).split('\n')
  if (lines.length > signaturesMax) return undefined
  const read = lines.map(readSignatureLine)
  return read.every((one) => one !== undefined) ? read : undefined
}

/**
 * The keys whose signatures under the note hold, or `forged` where a known key's signature does not: then the whole note
 * is worth nothing. Signatures of unknown keys are let be (signed-note, "Signatures").
 */
export function verifyNote(note: Note, known: readonly NoteVerifier[]): VerifiedNote {
  const signers: Cosigned[] = []
  for (const line of note.signatures) {
    const verifier = known.find(({ name, keyId }) => name === line.name && keyId === line.keyId)
    if (verifier === undefined) continue
    const held = holds(note.text, line.signature, verifier)
    if (held === undefined) return { kind: 'forged', name: verifier.name }
    if (!signers.some((one) => one.verifier === verifier)) signers.push(held)
  }
  return { kind: 'verified', signers }
}

export type VerifiedNote =
  | { readonly kind: 'verified'; readonly signers: readonly Cosigned[] }
  | { readonly kind: 'forged'; readonly name: string }

export interface Cosigned {
  readonly verifier: NoteVerifier
  /** When a witness cosigned, POSIX seconds; a log's own signature has no time. */
  readonly seconds: number | null
}

function holds(text: string, signature: Uint8Array, verifier: NoteVerifier): Cosigned | undefined {
  switch (verifier.kind) {
    case 'log':
      return verify(null, Buffer.from(text), verifier.publicKey, signature) ? { verifier, seconds: null } : undefined
    case 'witness': {
      if (signature.byteLength !== 72) return undefined
      const seconds = Buffer.from(signature).readBigUInt64BE()
      if (seconds > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
      const fits = verify(null, cosignedText(text, seconds), verifier.publicKey, signature.subarray(8))
      return fits ? { verifier, seconds: Number(seconds) } : undefined
    }
    default:
      return unreachable(verifier.kind)
  }
}

function cosignedText(text: string, seconds: bigint): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`)
}

function readSignatureLine(line: string): NoteSignature | undefined {
  const [, name, base64] = /^— (\S+) (\S+)$/u.exec(line) ?? []
  if (name === undefined || base64 === undefined || !isKeyName(name)) return undefined
  const bytes = decodeBase64(base64)
  if (bytes === undefined || bytes.byteLength <= 4) return undefined
  return { name, keyId: bytes.readUInt32BE(), signature: bytes.subarray(4) }
}

function keyIdOf(name: string, kind: NoteKeyKind, raw: Uint8Array): number {
  const hashed = Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(typeBytes[kind]), raw])
  return hash('sha256', hashed, 'buffer').readUInt32BE()
}

// SubjectPublicKeyInfo of Ed25519 is this prefix and the key's 32 bytes (RFC 8410).
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

function rawKey(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(spkiPrefix.byteLength)
}

function publicKeyFrom(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' })
}

function isKeyName(name: string): boolean {
  return name !== '' && !/[\s+]/u.test(name)
}

/** Bytes of base64 in its one exact spelling; undefined for any other. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

function strictText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function unreachable(value: never): never {
  throw new Error(`no case for ${JSON.stringify(value)}`)
}
