import { endKeys, keysToEnd } from '@tongguan/gate'
import type { EndedKey, GateDatabase, ReleaseLog } from '@tongguan/gate'
import type { LegalDate } from '@tongguan/law'

/**
 * Destroys, by itself, the keys of sets whose records fell due, with their marks; each has its record and its leaf in one
 * transaction. Asked at every start of the gate and every look of a running server, which most often finds nothing.
 */
export async function endDueKeys(db: GateDatabase, log: ReleaseLog, on: LegalDate): Promise<readonly EndedKey[]> {
  const ending = { why: 'due', on } as const
  if ((await keysToEnd(db, ending)).length === 0) return []
  return endKeys(db, log, ending)
}
