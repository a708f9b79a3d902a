import { keyInForce } from './keys.ts'
import type { GateKey, Trust, TrustedKey } from './keys.ts'
import { signBytes, signatureFits, statementDigest } from './manifest.ts'
import type { Envelope, ReleasePredicate, Statement } from './manifest.ts'
import { canonicalJson } from './canonical-json.ts'
import { readStrictJson } from './strict-json.ts'

/*
 * What the recipient signs: that the container came, before its key is let out (`container`); and that the content came
 * and is what the manifest states (`content`).
 */

export const receiptPayloadType = 'application/vnd.tongguan.receipt+json'

export interface Receipt {
  readonly schema: 'tongguan/receipt/1'
  readonly kind: 'container' | 'content'
  readonly batch: { readonly id: string; readonly name: string }
  /** Digest of the release's statement, as the log's leaf has it. */
  readonly statement: string
  /** What was received, by its digest: the encrypted files of a container, or the files themselves. */
  readonly files: readonly { readonly name: string; readonly sha256: string }[]
  /** The instant of the signature, RFC 3339 in UTC. */
  readonly at: string
}

/** The receipt a release asks for; signed by the recipient's key. */
export function signReceipt(
  release: ReleasePredicate,
  of: { readonly kind: Receipt['kind']; readonly statementSha256: string; readonly key: GateKey; readonly at: string },
): Envelope {
  const { kind, statementSha256, key, at } = of
  const receipt: Receipt = { ...received(release, kind, statementSha256), at }
  return signBytes(receiptPayloadType, Buffer.from(canonicalJson(receipt)), [key])
}

/** Whether an envelope is the recipient's receipt of exactly this release. Pure. */
export function judgeReceipt(envelope: Envelope, statement: Statement<ReleasePredicate>, trust: Trust): JudgedReceipt {
  const wrong = (because: string): JudgedReceipt => ({ kind: 'wrong', because })
  const [signature, ...more] = envelope.signatures
  if (envelope.payloadType !== receiptPayloadType) return wrong('not-a-receipt')
  if (signature === undefined || more.length > 0) return wrong('signatures')
  const { recipient, pilot } = statement.predicate
  const key = recipientsOf(trust, recipient.name).find(({ keyId }) => keyId === signature.keyid)
  if (key === undefined || (key.simulated && !pilot)) return wrong('not-the-recipients-key')
  if (!signatureFits(envelope, signature.sig, key)) return wrong('signature')
  const json = readStrictJson(Buffer.from(envelope.payload, 'base64').toString('utf8'))
  const receipt = (json.kind === 'json' ? json.value : {}) as Partial<Receipt>
  const { kind, at } = receipt
  if (kind !== 'container' && kind !== 'content') return wrong('kind')
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return wrong('at')
  if (
    canonicalJson(receipt) !== canonicalJson({ ...received(statement.predicate, kind, statementDigest(statement)), at })
  )
    return wrong('other-release')
  return { kind: 'receipt', of: kind, by: key }
}

export type JudgedReceipt =
  | { readonly kind: 'receipt'; readonly of: Receipt['kind']; readonly by: TrustedKey }
  | { readonly kind: 'wrong'; readonly because: string }

/** The keys a trust file names for a recipient: they sign receipts and, where they say so, open containers. */
export function recipientsOf({ keys }: Trust, name: string): readonly TrustedKey[] {
  return keys.filter((key) => key.roles.includes('recipient') && key.name.normalize('NFC') === name.normalize('NFC'))
}

/** The key containers for a recipient are sealed to on a day; undefined where the trust file names none, or several. */
export function sealingKeyOf(
  trust: Trust,
  {
    name,
    on,
    pilot,
  }: { readonly name: string; readonly on: Parameters<typeof keyInForce>[1]; readonly pilot: boolean },
): (TrustedKey & { readonly age: string }) | undefined {
  const usable = recipientsOf(trust, name).flatMap((key) =>
    key.age === undefined || keyInForce(key, on) !== undefined || (key.simulated && !pilot)
      ? []
      : [{ ...key, age: key.age }],
  )
  return usable.length === 1 ? usable[0] : undefined
}

function received(
  { batch, files }: ReleasePredicate,
  kind: Receipt['kind'],
  statementSha256: string,
): Omit<Receipt, 'at'> {
  return {
    schema: 'tongguan/receipt/1',
    kind,
    batch: { id: batch.id, name: batch.name },
    statement: statementSha256,
    files: files.map(({ name, sha256, sealed }) => ({
      name,
      sha256: kind === 'container' ? (sealed?.sha256 ?? '') : sha256,
    })),
  }
}
