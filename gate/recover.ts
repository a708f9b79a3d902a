import { dirname } from 'node:path'
import { batches, underWay } from './batches.ts'
import type { BatchRow } from './batches.ts'
import { finish } from './finish.ts'
import type { Finishing } from './finish.ts'
import type { GateDatabase } from './ledger.ts'
import { deadPrivateFolders, ownerOf, removeFolder } from './private-copy.ts'
import type { Unfinished } from './request.ts'

/**
 * Finishes what killed processes left: authorised batches are moved into their targets (from the private copy, or
 * copied again from the same bytes), private folders of dead processes are removed. Safe beside running releases.
 */
export async function recover(db: GateDatabase, of: Recovering): Promise<readonly Recovered[]> {
  // Listed before the rows are read: a folder made later belongs to a living process.
  const dead = await deadPrivateFolders(of.privateRoot)
  const rows = await batches(db).where('state', 'in', underWay).execute()
  const recovered: Recovered[] = []
  const isLeft = (row: BatchRow) =>
    dirname(row.private_folder) === of.privateRoot && ownerOf(row.private_folder) !== 'at-work'
  // A sent container waits for its receipt, not for us.
  for (const row of rows.filter((row) => row.state !== 'sent' && isLeft(row))) {
    await db.transaction().execute((tx) => of.log.append(tx, { type: 'batch-recovered', batch: row.id }))
    const because = await finish(db, row.id, { ...of, step: () => undefined })
    recovered.push({ batchId: row.id, name: row.name, unfinished: because ?? null })
  }
  const waiting = await batches(db).where('state', 'in', underWay).execute()
  for (const folder of dead) {
    if (!waiting.some((row) => row.private_folder === folder)) await removeFolder(folder)
  }
  return recovered
}

export interface Recovering extends Omit<Finishing, 'step' | 'spare' | 'receipt'> {
  readonly privateRoot: string
}

export interface Recovered {
  readonly batchId: string
  readonly name: string
  /** Null where the release now stands in its target. */
  readonly unfinished: Unfinished | null
}
