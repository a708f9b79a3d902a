import { decodeBase64, readNote, signNote, verifyNote, writeNote } from './note.ts'
import type { Cosigned, Note, NoteSigner, NoteVerifier } from './note.ts'
import type { TreeHead } from './merkle.ts'

/** A tree's head under the log's name (c2sp.org/tlog-checkpoint). */
export interface Checkpoint extends TreeHead {
  /** The log's name; also the name of the key that signs for it. */
  readonly origin: string
}

/** The checkpoint as a note signed by the log. Refuses nothing: that it only grows is its caller's to see to. */
export function signCheckpoint(head: TreeHead, signer: NoteSigner): string {
  const text = checkpointText({ origin: signer.verifier.name, ...head })
  return writeNote({ text, signatures: [signNote(text, signer)] })
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`
}

/** What a note's text says as a checkpoint; undefined where it is none. Extension lines, which nobody audits, are refused. */
export function readCheckpointText(text: string): Checkpoint | undefined {
  const [origin, size, base64, end, ...more] = text.split('\n')
  if (origin === undefined || origin === '' || end !== '' || more.length > 0) return undefined
  const root = decodeBase64(base64 ?? '')
  const count = readCount(size ?? '')
  if (count === undefined || root?.byteLength !== 32) return undefined
  return { origin, size: count, root }
}

/** A decimal number without leading zeroes, up to 2^53 − 1; undefined for any other spelling. */
export function readCount(text: string): number | undefined {
  if (!/^(0|[1-9]\d{0,15})$/.test(text)) return undefined
  const count = Number(text)
  return Number.isSafeInteger(count) ? count : undefined
}

/**
 * Opens a checkpoint: its form, and a signature by a log key whose name is its origin. A signature that claims a known
 * key and does not hold spoils the note.
 */
export function openCheckpoint(bytes: Uint8Array, known: readonly NoteVerifier[]): OpenedCheckpoint {
  const note = readNote(bytes)
  const checkpoint = note === undefined ? undefined : readCheckpointText(note.text)
  if (note === undefined || checkpoint === undefined) return { kind: 'wrong', code: 'log.checkpoint-unreadable' }
  const verified = verifyNote(note, known)
  if (verified.kind === 'forged') return { kind: 'wrong', code: 'log.checkpoint-signature-wrong' }
  const signer = verified.signers.find(({ verifier }) => verifier.kind === 'log' && verifier.name === checkpoint.origin)
  if (signer === undefined) return { kind: 'wrong', code: 'log.checkpoint-key-unknown' }
  const cosigners = verified.signers.filter(({ verifier }) => verifier.kind === 'witness')
  return { kind: 'opened', checkpoint, note, signer, cosigners }
}

export type OpenedCheckpoint =
  | {
      readonly kind: 'opened'
      readonly checkpoint: Checkpoint
      readonly note: Note
      readonly signer: Cosigned
      readonly cosigners: readonly Cosigned[]
    }
  | {
      readonly kind: 'wrong'
      readonly code: 'log.checkpoint-unreadable' | 'log.checkpoint-signature-wrong' | 'log.checkpoint-key-unknown'
    }
