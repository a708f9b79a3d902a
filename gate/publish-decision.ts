import { batches, statementIn } from './batches.ts'
import type { GateDatabase } from './ledger.ts'
import { whyNotPublished } from './log.ts'
import type { Leaf } from './log.ts'
import { seal, statementDigest } from './manifest.ts'
import type { ReleasePredicate, Statement } from './manifest.ts'
import type { Finishing } from './finish.ts'
import type { Unfinished } from './request.ts'

/**
 * Publishes the log and puts the leaf's proof into the manifest. Whoever comes second finds the row published and leaves
 * it so: two proofs of one leaf are both true, but a manifest is signed once.
 */
export async function publishDecision(db: GateDatabase, id: string, of: Finishing): Promise<Unfinished | undefined> {
  const [row] = await batches(db).where('id', '=', id).execute()
  if (row?.state !== 'authorised' || row.log_index === null) return undefined
  const because = whyNotPublished(await of.log.publish(Number(row.log_index)))
  if (because !== undefined) return because
  of.step('published')
  const statement = statementIn(row.envelope) as Statement<ReleasePredicate>
  const log = await of.log.prove(Number(row.log_index))
  if ((JSON.parse(log.entry) as Leaf)['statement'] !== statementDigest(statement)) {
    throw new Error(`batch ${id} is not the one that leaf ${log.index} of the log records; it does not leave`)
  }
  const predicate = { ...statement.predicate, log }
  await db
    .updateTable('batch')
    .set({ state: 'published', envelope: seal({ ...statement, predicate }, of.key) })
    .where('id', '=', id)
    .where('state', '=', 'authorised')
    .execute()
  of.step('proven')
  return undefined
}
