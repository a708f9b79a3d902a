// The recipient's check needs neither database nor engine; it stands among the flows because the command line reaches
// the trades through here, and because the gate does not know how a log is proved.
import { verifyRelease as verify } from '@tongguan/gate'
import type { ProvenLeaf, Trust, VerifyOptions, VerifyReport } from '@tongguan/gate'
import { verifyProof } from '@tongguan/log'
import { policyOfTrust } from './log-policy.ts'

export type { VerifyReport } from '@tongguan/gate'

/** The recipient's check of a release, with the proof that its decision was logged by a log of the trust file. */
export function verifyRelease(
  folder: string,
  trust: Trust,
  options: Omit<VerifyOptions, 'proveLogged'>,
): Promise<VerifyReport> {
  return verify(folder, trust, { ...options, proveLogged })
}

/** Holds a proof against the logs of a trust file; no witness is required there (quorum 0). */
export function proveLogged(proof: string, entry: Uint8Array, trust: Trust): ProvenLeaf {
  const proven = verifyProof(proof, entry, policyOfTrust(trust))
  if (proven.kind === 'wrong') return proven
  const { index, checkpoint, cosigners } = proven
  const { origin, size } = checkpoint
  return { kind: 'included', origin, index, size, cosigners: cosigners.length, quorum: 0 }
}
