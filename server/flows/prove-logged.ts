import type { ProvenLeaf, Trust } from '@tongguan/gate'
import { witnessesNeeded } from '@tongguan/log/policy'
import { verifyProof } from '@tongguan/log/proof'
import { readLogPolicy } from './log-policy.ts'

/** Holds a proof against the logs of a trust file and the quorum of witnesses it asks for. A browser runs the same. */
export function proveLogged(proof: string, entry: Uint8Array, trust: Trust): ProvenLeaf {
  const read = readLogPolicy(trust)
  if (read.kind === 'wrong') return { kind: 'wrong', code: 'log.policy-unreadable' }
  const proven = verifyProof(proof, entry, read.policy)
  if (proven.kind === 'wrong') return proven
  const { index, checkpoint, cosigners } = proven
  const { origin, size } = checkpoint
  return {
    kind: 'included',
    origin,
    index,
    size,
    cosigners: cosigners.length,
    quorum: witnessesNeeded(read.policy),
  }
}
