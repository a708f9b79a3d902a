import { createHash } from 'node:crypto'
import { keyInForce } from './keys.ts'
import type { GateKey, Trust, TrustedKey } from './keys.ts'
import { signBytes, signatureFits } from './manifest.ts'
import type { Envelope, ReleasePredicate, StatedFile, StatedSeal } from './manifest.ts'
import { canonicalJson } from './canonical-json.ts'

/*
 * Two persons sign one intent: what would leave, to whom, under which permit, with which counts. It is made from the
 * manifest itself, so what they signed is what travels; whatever changes in between (another file, another person counted,
 * another day) is another intent, and the signatures no longer fit.
 */

export const intentPayloadType = 'application/vnd.tongguan.intent+json'

/** How many persons must sign. */
export const approvalsNeeded = 2

/** What the two sign. It expires with the day of decision, which stands in it. */
export type Intent = Pick<
  ReleasePredicate,
  | 'handler'
  | 'recipient'
  | 'scenario'
  | 'purpose'
  | 'manner'
  | 'retention'
  | 'items'
  | 'transforms'
  | 'recipe'
  | 'persons'
  | 'mode'
  | 'decidedOn'
  | 'pilot'
> & {
  readonly schema: 'tongguan/intent/1'
  readonly permit: { readonly id: string; readonly signed: string }
  readonly batch: { readonly name: string; readonly digest: string }
  /** Without their encrypted form, which is another each time. */
  readonly files: readonly Omit<StatedFile, 'sealed'>[]
  readonly seal?: StatedSeal
}

export function intentOf(release: ReleasePredicate): Intent {
  const { permit, batch } = release
  return {
    schema: 'tongguan/intent/1',
    permit: { id: permit.id, signed: sha256(permit.signed?.payload ?? '') },
    batch: { name: batch.name, digest: batch.digest },
    handler: release.handler,
    recipient: release.recipient,
    scenario: release.scenario,
    purpose: release.purpose,
    manner: release.manner,
    retention: release.retention,
    items: release.items,
    transforms: release.transforms,
    ...(release.recipe === undefined ? {} : { recipe: release.recipe }),
    persons: release.persons,
    files: release.files.map(({ name, bytes, sha256, input, rows, columns }) => ({
      name,
      bytes,
      sha256,
      rows,
      columns,
      ...(input === undefined ? {} : { input }),
    })),
    mode: release.mode,
    ...(release.seal === undefined ? {} : { seal: release.seal }),
    decidedOn: release.decidedOn,
    pilot: release.pilot,
  }
}

/** The number two persons compare before they sign: SHA-256 (hex) of the intent. */
export function intentDigest(intent: Intent): string {
  return sha256(canonicalJson(intent))
}

export function approveIntent(intent: Intent, key: GateKey): Envelope {
  return signBytes(intentPayloadType, Buffer.from(canonicalJson(intent)), [key])
}

/**
 * The persons who validly signed this intent, each once; `wrong` are envelopes that are no such signature: of another
 * intent, by a key that is not a trusted approver's or was not in force on the day, or not fitting.
 */
export function judgeApprovals(intent: Intent, approvals: readonly Envelope[], trust: Trust): Approvals {
  const payload = Buffer.from(canonicalJson(intent)).toString('base64')
  const judged = approvals.map((envelope) =>
    envelope.payloadType === intentPayloadType && envelope.payload === payload
      ? approverOf(envelope, trust, intent)
      : undefined,
  )
  const by = trust.keys.filter((key) => judged.includes(key))
  return { by, wrong: judged.filter((key) => key === undefined).length }
}

export interface Approvals {
  readonly by: readonly TrustedKey[]
  readonly wrong: number
}

function approverOf(envelope: Envelope, trust: Trust, { decidedOn, pilot }: Intent): TrustedKey | undefined {
  const [signature, ...more] = envelope.signatures
  const key = trust.keys.find(({ keyId }) => keyId === signature?.keyid)
  if (signature === undefined || more.length > 0 || !key?.roles.includes('approver')) return undefined
  // A generated key is nobody's signature; only a pilot, which says so everywhere, takes it for one.
  if ((key.simulated && !pilot) || keyInForce(key, decidedOn) !== undefined) return undefined
  return signatureFits(envelope, signature.sig, key) ? key : undefined
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
