import type { ProvenLeaf, Trust } from '@tongguan/gate'
import { verifyProof } from '@tongguan/log/proof'
import { policyOfTrust } from './log-policy.ts'

/** Holds a proof against the logs of a trust file; no witness is required there (quorum 0). A browser runs the same. */
export function proveLogged(proof: string, entry: Uint8Array, trust: Trust): ProvenLeaf {
  const proven = verifyProof(proof, entry, policyOfTrust(trust))
  if (proven.kind === 'wrong') return proven
  const { index, checkpoint, cosigners } = proven
  const { origin, size } = checkpoint
  return { kind: 'included', origin, index, size, cosigners: cosigners.length, quorum: 0 }
}
