import { openCheckpoint, readCount } from './checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import { emptyRoot, isSame, verifyConsistency } from './merkle.ts'
import type { Hash, TreeHead } from './merkle.ts'
import { cosignNote, decodeBase64, signatureLine } from './note.ts'
import type { NoteSigner, NoteVerifier } from './note.ts'

/*
 * A witness remembers the newest checkpoint it saw of each log and cosigns only what grew out of it, so a log cannot show
 * two histories (c2sp.org/tlog-witness). Here is the decision; whoever calls it keeps the new head durably before the
 * cosignature is given away, and does both under one lock.
 */

/** A log as a witness knows it: its keys, and the head it cosigned last (null: none yet). */
export interface WitnessedLog {
  readonly keys: readonly NoteVerifier[]
  readonly last: TreeHead | null
}

/** The longest consistency proof a request may carry; also the largest height a 64-bit tree can have. */
const proofLinesMax = 63

/** The body of `add-checkpoint`: what the witness has, the proof from there, and the new checkpoint. */
export function writeWitnessRequest(from: number, proof: readonly Hash[], checkpoint: string): string {
  return `old ${from}\n${proof.map((one) => `${Buffer.from(one).toString('base64')}\n`).join('')}\n${checkpoint}`
}

/**
 * Decides on an `add-checkpoint` request. `status` is the HTTP status the protocol gives each answer.
 *
 * @param logOf the log of an origin, or undefined where this witness does not serve it.
 * @param seconds POSIX time that goes into the cosignature.
 */
export function decideCosignature(body: string, { logOf, signer, seconds }: WitnessContext): WitnessAnswer {
  const request = readWitnessRequest(body)
  if (request === undefined) return refuse(400, 'log.request-unreadable')
  const bytes = Buffer.from(request.checkpoint)
  const origin = request.checkpoint.split('\n')[0] ?? ''
  const log = logOf(origin)
  if (log === undefined) return refuse(404, 'log.origin-unknown')
  const opened = openCheckpoint(bytes, log.keys)
  if (opened.kind === 'wrong') {
    return opened.code === 'log.checkpoint-unreadable' ? refuse(400, opened.code) : refuse(403, opened.code)
  }
  const { checkpoint, note } = opened
  if (checkpoint.size < request.from) return refuse(400, 'log.old-size-too-large')
  const last = log.last ?? { size: 0, root: emptyRoot }
  if (request.from !== last.size) return { ...refuse(409, 'log.other-old-size'), size: last.size }
  if (checkpoint.size === last.size && !isSame(checkpoint.root, last.root)) {
    return { ...refuse(409, 'log.two-histories'), size: last.size }
  }
  if (!verifyConsistency(request.proof, last, checkpoint)) return refuse(422, 'log.history-rewritten')
  const cosignature = cosignNote(note.text, signer, seconds)
  return { kind: 'cosigned', status: 200, checkpoint, line: signatureLine(cosignature) }
}

export interface WitnessContext {
  readonly logOf: (origin: string) => WitnessedLog | undefined
  readonly signer: NoteSigner
  readonly seconds: number
}

export type WitnessAnswer =
  | {
      readonly kind: 'cosigned'
      readonly status: 200
      /** The head to remember before the line is given away. */
      readonly checkpoint: Checkpoint
      /** The signature line to add under the checkpoint. */
      readonly line: string
    }
  | WitnessRefusal

export interface WitnessRefusal {
  readonly kind: 'refused'
  readonly status: 400 | 403 | 404 | 409 | 422
  readonly code: WitnessCode
  /** With 409: the size this witness cosigned last. */
  readonly size?: number
}

export type WitnessCode =
  | 'log.request-unreadable'
  | 'log.checkpoint-unreadable'
  | 'log.checkpoint-signature-wrong'
  | 'log.checkpoint-key-unknown'
  | 'log.origin-unknown'
  | 'log.old-size-too-large'
  | 'log.other-old-size'
  | 'log.two-histories'
  | 'log.history-rewritten'

function refuse(status: WitnessRefusal['status'], code: WitnessCode): WitnessRefusal {
  return { kind: 'refused', status, code }
}

interface WitnessRequest {
  readonly from: number
  readonly proof: readonly Hash[]
  readonly checkpoint: string
}

function readWitnessRequest(body: string): WitnessRequest | undefined {
  const cut = body.indexOf('\n\n')
  if (cut < 0) return undefined
  const [old, ...lines] = body.slice(0, cut).split('\n')
  const from = old?.startsWith('old ') ? readCount(old.slice('old '.length)) : undefined
  const proof = lines.map((line) => decodeBase64(line))
  if (from === undefined || proofLinesMax < lines.length) return undefined
  if (!proof.every((one) => one?.byteLength === 32)) return undefined
  return { from, proof: proof.filter((one) => one !== undefined), checkpoint: body.slice(cut + 2) }
}
