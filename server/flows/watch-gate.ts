import { readRevocations, watch, watchedScenarios } from '@tongguan/gate'
import type { Envelope, GateDatabase, Trust, WatchTask } from '@tongguan/gate'
import type { LegalDate } from '@tongguan/law'

/** What is to be seen to about every permit this gate has decided under. */
export async function watchGate(
  db: GateDatabase,
  given: {
    readonly trust: Trust
    readonly revocations: { readonly list: Envelope; readonly fetched: boolean } | undefined
    readonly on: LegalDate
    readonly at: string
  },
): Promise<readonly WatchTask[]> {
  const { revocations: found, trust, ...now } = given
  const revocations = found === undefined ? null : { ...readRevocations(found.list, trust), fetched: found.fetched }
  return watch({ scenarios: await watchedScenarios(db), revocations }, now)
}

export type { WatchTask } from '@tongguan/gate'
