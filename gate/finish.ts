import type { LegalDate } from '@tongguan/law'
import { deliver } from './deliver.ts'
import type { GateKey } from './keys.ts'
import type { GateDatabase } from './ledger.ts'
import type { ReleaseLog } from './log.ts'
import type { Envelope } from './manifest.ts'
import type { RevocationsAtHand } from './permit.ts'
import { publishDecision } from './publish-decision.ts'
import { releaseKey } from './release-key.ts'
import type { ReleaseStep, Unfinished } from './request.ts'

/** Takes an authorised batch to its end: published, in its target, and for a sealed one the key, once it may follow. */
export async function finish(db: GateDatabase, id: string, of: Finishing): Promise<Unfinished | undefined> {
  return (await publishDecision(db, id, of)) ?? (await deliver(db, id, of)) ?? (await releaseKey(db, id, of))
}

export interface Finishing {
  readonly key: GateKey
  readonly log: ReleaseLog
  /** The day, and the authority's list: what was decided earlier leaves only under a permit that still holds. */
  readonly on: LegalDate
  readonly revocations: RevocationsAtHand | null
  /** The instant, RFC 3339 in UTC; decides how fresh the list is. */
  readonly at: string
  readonly step: (step: ReleaseStep) => void
  /** The recipient's receipt of the container, its signature verified; lets the key of a sealed release follow. */
  readonly receipt?: Envelope
  /** A fresh copy of the same bytes, should the first be gone. */
  readonly spare?: string
}
