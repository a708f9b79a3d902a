// The recipient's check needs neither database nor engine; it stands among the flows because the command line reaches
// the trades through here, and because the gate does not know how a log is proved.
import { recipientKey, signReceipt, verifyRelease as verify, writeEnvelope } from '@tongguan/gate'
import type { GateKey, Receipt, Trust, VerifyOptions, VerifyReport } from '@tongguan/gate'
import { proveLogged } from './prove-logged.ts'

export type { VerifyReport } from '@tongguan/gate'

/** The recipient's check of a release, with the proof that its decision was logged by a log of the trust file. */
export async function verifyRelease(
  folder: string,
  trust: Trust,
  { key, ...options }: Omit<VerifyOptions, 'proveLogged' | 'identity'> & { readonly key?: GateKey },
): Promise<VerifyReport> {
  const identity = key === undefined ? {} : { identity: await recipientKey(key) }
  return verify(folder, trust, { ...options, ...identity, proveLogged })
}

/**
 * The recipient's receipt of a release that was verified, as its file: of the container while it is closed or was not
 * opened, of the content once it was read. Undefined where the release did not hold.
 */
export function receiptFor(
  { outcome, release, statementSha256, sealed }: VerifyReport,
  { key, at }: { readonly key: GateKey; readonly at: string },
): { readonly kind: Receipt['kind']; readonly text: string } | undefined {
  if (outcome !== 'valid' || release === undefined || statementSha256 === undefined) return undefined
  const kind = sealed === undefined || sealed === 'opened' ? 'content' : 'container'
  return { kind, text: writeEnvelope(signReceipt(release, { kind, statementSha256, key, at })) }
}
