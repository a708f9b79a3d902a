import type { Evidence, ExportFacts, LegalDate, Permit, SecondReading, Words } from '@tongguan/law'
import type { Intent } from './approval.ts'
import { GateInputError } from './keys.ts'
import type { GateKey, Trust } from './keys.ts'
import type { GateDatabase, PersonMac } from './ledger.ts'
import type { ReleaseLog } from './log.ts'
import type { Confirmation, Envelope, ReleasePredicate, StatedSeal } from './manifest.ts'
import { openPermit, readRevocations } from './permit.ts'
import type { PermitFile, RevocationsAtHand } from './permit.ts'
import { sealingKeyOf } from './receipt.ts'
import type { HoldReason } from './hold-reason.ts'
import type { CheckReport, ConsentsSeen, Persons, Rebuilt } from './release.ts'
import type { TransformedBatch } from './transforms/judge-transforms.ts'
import type { TransformBy } from './transforms/transform-files.ts'
import { unfinishedWords } from './words.ts'
import type { Facts, RefusalCode, UnfinishedCode } from './words.ts'

/* What a release is asked with, and what it answers. */

export interface ReleaseRequest {
  readonly db: GateDatabase
  /** As its file holds it; refused unless a key of `trust` signed it. */
  readonly permit: PermitFile
  readonly trust: Trust
  /** The export facts a permit of the kind `basis` was decided on. */
  readonly facts?: ExportFacts
  /** The authority's signed list; `issued` permits need one. */
  readonly revocations?: Envelope
  /** The list was fetched from the authority's address just now. */
  readonly revocationsFetched?: boolean
  readonly scenarioId: string
  readonly recipient: { readonly name: string; readonly country: string }
  /** The day of the decision, in China; its year is the one persons are counted in. */
  readonly on: LegalDate
  /** The instant of the decision, RFC 3339 in UTC. */
  readonly at: string
  /** The handler's name for the batch, and the folder or file it is in. The name becomes the release's folder name. */
  readonly batch: { readonly name: string; readonly path: string }
  /** The folder releases go into; made if missing. */
  readonly into: string
  /** Where batches lie while they are checked: on the file system of `into`, outside it. Default: beside it, hidden. */
  readonly privateRoot?: string
  /** Looks at the private copy (its `data` folder): what it holds and whom. Names must not be masked in this evidence. */
  readonly inspect: (folder: string) => Promise<Inspection>
  /** Reads the bytes that would leave once more, by means that share nothing with the first; both must agree. */
  readonly readAgain: (folder: string, evidence: Evidence) => Promise<SecondReading>
  /** What the keys of person sets are encrypted under; 32 bytes, kept outside the database. */
  readonly countingRoot: Uint8Array
  readonly key: GateKey
  readonly log: ReleaseLog
  readonly pilot?: boolean
  /** Strict mode: each file is written anew from its parsed values; what cannot be is held. */
  readonly rebuild?: boolean
  /** Each file is written anew with the recipe's treatments; persons are those of the batch as it came. */
  readonly transform?: TransformBy
  /** Left out: `plaintext`. A sealed release needs the recipient's key in the trust file. */
  readonly mode?: ReleasePredicate['mode']
  /** Of a sealed release; left out, the recipient's receipt is waited for. */
  readonly confirmation?: Confirmation
  /** Keys that sign the intent at once: a pilot's two. Otherwise two persons sign it with `approveBatch`. */
  readonly approveWith?: readonly GateKey[]
  readonly softwareVersion: string
  /** Called at each step; for tests that stop there. */
  readonly atStep?: (step: ReleaseStep) => void
}

export interface Inspection {
  readonly evidence: Evidence
  readonly macs: readonly PersonMac[]
  /** Rows that name nobody; each counts as one person. */
  readonly unlinked: Persons
  /** Of a batch in strict mode; the evidence is then of the files written anew. */
  readonly rebuilt?: Rebuilt
  /** Of a batch that was treated; the evidence is then of what came of it, the persons are of what went in. */
  readonly transformed?: TransformedBatch
  /** Of the evidence's own bytes; left out before they were read a second time. */
  readonly secondReading?: SecondReading
  /** Left out where the handler keeps no register of consents. */
  readonly consents?: ConsentsSeen
}

export type ReleaseStep =
  | 'started'
  | 'copied'
  | 'inspected'
  | 'locked'
  | 'counted'
  | 'recorded'
  | 'encrypted'
  | 'decided'
  | 'published'
  | 'proven'
  | 'sealed'
  | 'synced'
  | 'renamed'
  | 'sent'
  | 'key-authorised'
  | 'key-proven'
  | 'key-stated'
  | 'delivered'

export type ReleaseResult =
  | {
      readonly kind: 'released'
      readonly batchId: string
      /** Where the release stands. */
      readonly folder: string
      /** The signed manifest, as it stands in the folder. */
      readonly envelope: string
      readonly release: ReleasePredicate
      readonly checks: readonly CheckReport[]
      /** Whether this was decided by an earlier call. */
      readonly again: boolean
    }
  | {
      readonly kind: 'held'
      readonly batchId: string
      readonly reasons: readonly HoldReason[]
      readonly checks: readonly CheckReport[]
      /** The day of the decision; final, so a batch asked again has the day it was first held. */
      readonly decidedOn: LegalDate
      /** The signed statement of refusal, as the database keeps it. */
      readonly envelope: string
      readonly again: boolean
    }
  | {
      readonly kind: 'pending'
      readonly intent: Intent
      /** SHA-256 (hex) of the intent: what two persons compare and sign. */
      readonly intentDigest: string
      /** The names of those who signed it so far. */
      readonly approvedBy: readonly string[]
    }
  | { readonly kind: 'unfinished'; readonly batchId: string; readonly because: Unfinished }
  | {
      readonly kind: 'refused'
      readonly code: RefusalCode
      readonly words: Words
      readonly facts: Facts
    }

/** Authorised and counted, but not yet in the target; the next call tries again. */
export interface Unfinished {
  readonly code: UnfinishedCode
  readonly words: Words
  readonly facts: Facts
}

export function unfinished(code: UnfinishedCode, facts: Unfinished['facts']): Unfinished {
  return { code, words: unfinishedWords[code](facts), facts }
}

/** A request whose permit's signatures hold. */
export interface Asking extends Omit<
  ReleaseRequest,
  'permit' | 'revocations' | 'revocationsFetched' | 'mode' | 'confirmation'
> {
  /** Present where the release is to be sealed. */
  readonly seal: StatedSeal | null
  readonly permit: Permit
  readonly permitEnvelope: Envelope
  readonly revocations: RevocationsAtHand | null
}

export function ask({
  permit: file,
  revocations,
  revocationsFetched,
  mode,
  confirmation,
  ...request
}: ReleaseRequest): Asking {
  const { permit, signed } = openPermit(file, request.trust, { pilot: request.pilot === true })
  const fetched = revocationsFetched === true
  const list = revocations === undefined ? null : { ...readRevocations(revocations, request.trust), fetched }
  const seal = mode === 'sealed' ? sealOf(request, confirmation ?? 'receipt') : null
  return { ...request, permit, permitEnvelope: signed, revocations: list, seal }
}

function sealOf(
  { trust, recipient, on, pilot }: Pick<ReleaseRequest, 'trust' | 'recipient' | 'on' | 'pilot'>,
  confirmation: Confirmation,
): StatedSeal {
  const { name } = recipient
  const key = sealingKeyOf(trust, { name, on, pilot: pilot === true })
  if (key === undefined) throw new GateInputError('gate.recipient-key-unknown', { recipient: name })
  return { format: 'age-encryption.org/v1', to: { keyId: key.keyId, age: key.age }, confirmation }
}

/** What finishing a batch needs of a request, whoever finishes it. */
export function handsOf({ key, log, on, at, revocations }: Asking) {
  return { key, log, on, at, revocations }
}

export function stepOf({ atStep }: Asking): (step: ReleaseStep) => void {
  return atStep ?? (() => undefined)
}
