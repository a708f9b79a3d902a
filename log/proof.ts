import { openCheckpoint, readCount } from './checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import { leafHash, verifyInclusion } from './merkle.ts'
import type { Hash } from './merkle.ts'
import { decodeBase64 } from './note.ts'
import type { Cosigned, NoteVerifier } from './note.ts'
import { meetsQuorum } from './policy.ts'
import type { Policy } from './policy.ts'

/*
 * A proof that an entry stands in a log, checked offline (c2sp.org/tlog-proof): where it stands, the way up to the root,
 * and the checkpoint with the witnesses' cosignatures.
 */

const header = 'c2sp.org/tlog-proof@v1'

export interface InclusionProof {
  readonly index: number
  readonly path: readonly Hash[]
  /** The checkpoint as it was published, byte for byte. */
  readonly checkpoint: string
}

export function writeProof({ index, path, checkpoint }: InclusionProof): string {
  const hashes = path.map((one) => `${Buffer.from(one).toString('base64')}\n`).join('')
  return `${header}\nindex ${index}\n${hashes}\n${checkpoint}`
}

/** Reads a proof; undefined where it is none. Extra data, which nothing vouches for, is passed over. */
export function readProof(text: string): InclusionProof | undefined {
  const cut = text.indexOf('\n\n')
  if (cut < 0) return undefined
  const [first, ...lines] = text.slice(0, cut).split('\n')
  const [index, ...path] = lines[0]?.startsWith('extra ') ? lines.slice(1) : lines
  const at = index?.startsWith('index ') ? readCount(index.slice('index '.length)) : undefined
  const hashes = path.map((line) => decodeBase64(line))
  if (first !== header || at === undefined || !hashes.every((one) => one?.byteLength === 32)) return undefined
  return { index: at, path: hashes.filter((one) => one !== undefined), checkpoint: text.slice(cut + 2) }
}

/**
 * Whether this entry was logged: the checkpoint holds under the policy's log keys, its quorum of witnesses cosigned it,
 * and the entry is the proof's leaf. Never throws for text.
 */
export function verifyProof(text: string, entry: Uint8Array, policy: Policy): VerifiedProof {
  const proof = readProof(text)
  if (proof === undefined) return { kind: 'wrong', code: 'log.proof-unreadable' }
  const known: readonly NoteVerifier[] = [...policy.logs, ...policy.witnesses.map(({ verifier }) => verifier)]
  const opened = openCheckpoint(Buffer.from(proof.checkpoint), known)
  if (opened.kind === 'wrong') return opened
  const { checkpoint, cosigners } = opened
  if (!meetsQuorum(policy, cosigners)) return { kind: 'wrong', code: 'log.quorum-not-met' }
  const claim = { index: proof.index, size: checkpoint.size, root: checkpoint.root, leaf: leafHash(entry) }
  if (!verifyInclusion(proof.path, claim)) return { kind: 'wrong', code: 'log.entry-not-included' }
  return { kind: 'included', index: proof.index, checkpoint, cosigners }
}

export type VerifiedProof =
  | {
      readonly kind: 'included'
      readonly index: number
      readonly checkpoint: Checkpoint
      readonly cosigners: readonly Cosigned[]
    }
  | { readonly kind: 'wrong'; readonly code: ProofCode }

export type ProofCode =
  | 'log.proof-unreadable'
  | 'log.checkpoint-unreadable'
  | 'log.checkpoint-signature-wrong'
  | 'log.checkpoint-key-unknown'
  | 'log.quorum-not-met'
  | 'log.entry-not-included'
