import { openCheckpoint, readCount, signCheckpoint } from './checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import { proveConsistency } from './merkle.ts'
import { readNote, readSignatureLines, signatureLine, verifyNote } from './note.ts'
import type { Cosigned, NoteSignature, NoteSigner } from './note.ts'
import type { Policy } from './policy.ts'
import { subtreesOf } from './tiles.ts'
import type { ReadFile } from './tiles.ts'
import { writeWitnessRequest } from './witness.ts'

/*
 * The log's side of witnessing. A signed checkpoint waits beside the published one until the policy's quorum cosigned it:
 *
 *   tiles ─▶ signer's memory ─▶ checkpoint.pending ─ cosignatures, by address or by file ─▶ quorum met ─▶ checkpoint
 *
 * One checkpoint waits at a time, however the log grows meanwhile: otherwise a witness asked by file would always come
 * too late. It gives way only while nobody has cosigned it, to one with a leaf that is waited for.
 */

/** Where the checkpoint that waits for cosignatures stands in the log's folder. */
export const pendingFile = 'checkpoint.pending'

/** Sends a request to a witness (c2sp.org/tlog-witness); undefined where it did not answer. */
export type PostToWitness = (
  address: string,
  body: string,
) => Promise<{ readonly status: number; readonly body: string } | undefined>

/** Whose cosignatures a log's checkpoints need, and the way to those witnesses that have an address. */
export interface Witnesses {
  readonly policy: Policy
  readonly post: PostToWitness
}

/** A checkpoint of this log's own, with the policy's witnesses that cosigned it. */
export interface OwnCheckpoint {
  readonly text: string
  readonly checkpoint: Checkpoint
  readonly cosigners: readonly Cosigned[]
}

/** Opens a checkpoint this log signed. Throws where it is none: nobody else writes into the log's folder. */
export function openOwn(bytes: Uint8Array, { verifier }: NoteSigner, policy: Policy | undefined): OwnCheckpoint {
  const witnesses = (policy?.witnesses ?? []).map((one) => one.verifier)
  const opened = openCheckpoint(bytes, [verifier, ...witnesses])
  if (opened.kind === 'wrong') throw new Error(`the log's own checkpoint cannot be used (${opened.code})`)
  return { text: Buffer.from(bytes).toString('utf8'), checkpoint: opened.checkpoint, cosigners: opened.cosigners }
}

/** The witnesses of the policy whose cosignatures stand under the checkpoint shown; none where none is shown. */
export async function publishedCosigners(
  read: ReadFile,
  signer: NoteSigner,
  policy: Policy | undefined,
): Promise<readonly Cosigned[]> {
  const bytes = await read('checkpoint')
  return bytes === undefined ? [] : openOwn(bytes, signer, policy).cosigners
}

/** The checkpoint with those of the signatures added that are a witness's of the policy, hold, and were not there yet. */
export function withCosignatures(own: OwnCheckpoint, offered: readonly NoteSignature[], policy: Policy): string {
  const text = own.text.slice(0, own.text.lastIndexOf('\n\n') + 1)
  const added = policy.witnesses
    .filter(({ verifier }) => !own.cosigners.some((one) => one.verifier === verifier))
    .flatMap(({ verifier }) =>
      offered
        .filter((one) => {
          const verified = verifyNote({ text, signatures: [one] }, [verifier])
          return verified.kind === 'verified' && verified.signers.length === 1
        })
        .slice(0, 1),
    )
  return own.text + added.map(signatureLine).join('')
}

/** The signatures under a checkpoint a witness gave back; undefined where it is of another head. */
export function signaturesUnder(bytes: Uint8Array, own: OwnCheckpoint): readonly NoteSignature[] | undefined {
  const note = readNote(bytes)
  return note !== undefined && own.text.startsWith(`${note.text}\n`) ? note.signatures : undefined
}

/**
 * Asks every witness that has an address and has not cosigned yet, all at once. Who does not answer, or refuses, has not
 * cosigned; what comes back is looked at by `withCosignatures`.
 *
 * @param from a size the witnesses may have cosigned last; one that says another is asked again from there
 */
export async function askWitnesses(
  own: OwnCheckpoint,
  { policy, post }: Witnesses,
  { from, read, signer }: { readonly from: number; readonly read: ReadFile; readonly signer: NoteSigner },
): Promise<readonly NoteSignature[]> {
  const { checkpoint } = own
  const bare = signCheckpoint(checkpoint, signer)
  const body = async (old: number) =>
    writeWitnessRequest(old, await proveConsistency(subtreesOf(read, checkpoint.size), old, checkpoint.size), bare)
  const ask = async (address: string): Promise<readonly NoteSignature[]> => {
    const to = `${address.replace(/\/$/, '')}/add-checkpoint`
    let answer = await post(to, await body(from))
    const last = answer?.status === 409 ? readCount(answer.body.trim()) : undefined
    if (last !== undefined && last <= checkpoint.size) answer = await post(to, await body(last))
    return answer?.status === 200 ? (readSignatureLines(answer.body) ?? []) : []
  }
  const addresses = policy.witnesses
    .filter(({ verifier }) => !own.cosigners.some((one) => one.verifier === verifier))
    .flatMap(({ address }) => address ?? [])
  return (await Promise.all(addresses.map(ask))).flat()
}
