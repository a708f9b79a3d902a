import { hash } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'kysely'
import { batches, statementIn } from './batches.ts'
import type { BatchRow } from './batches.ts'
import { finish } from './finish.ts'
import type { Finishing } from './finish.ts'
import { GateInputError } from './keys.ts'
import type { Trust } from './keys.ts'
import type { GateDatabase } from './ledger.ts'
import { mustHoldTheLog } from './log.ts'
import type { Envelope, ReleasePredicate, Statement } from './manifest.ts'
import { judgeReceipt } from './receipt.ts'
import type { Unfinished } from './request.ts'

/**
 * Takes in what the recipient signed: the receipt of a container lets its key follow, the receipt of the content closes
 * the release. The same receipt has the same answer however often it comes.
 *
 * @throws GateInputError `gate.nothing-to-receive`, `gate.receipt-wrong`
 */
export async function acceptReceipt(
  db: GateDatabase,
  of: Omit<Finishing, 'step' | 'spare'> & {
    readonly name: string
    readonly receipt: Envelope
    readonly trust: Trust
    readonly step?: Finishing['step']
  },
): Promise<Accepted> {
  const { name, receipt, trust, log } = of
  await mustHoldTheLog(log)
  const [row] = await batches(db).where('name', '=', name).where('state', '<>', 'held').execute()
  if (row === undefined) throw new GateInputError('gate.nothing-to-receive', { batch: name })
  const judged = judgeReceipt(receipt, statementIn(row.envelope) as Statement<ReleasePredicate>, trust)
  if (judged.kind === 'wrong') throw new GateInputError('gate.receipt-wrong', { batch: name, because: judged.because })
  if (judged.of === 'content') {
    if (row.state !== 'delivered') throw new GateInputError('gate.nothing-to-receive', { batch: name })
    await keepContentReceipt(db, row, of)
    return { kind: 'closed', batchId: row.id }
  }
  if (row.mode !== 'sealed') throw new GateInputError('gate.nothing-to-receive', { batch: name })
  const because = await finish(db, row.id, { ...of, step: of.step ?? (() => undefined), receipt })
  return because === undefined
    ? { kind: 'key-released', batchId: row.id, folder: join(row.into_folder, row.name) }
    : { kind: 'unfinished', batchId: row.id, because }
}

export type Accepted =
  | { readonly kind: 'key-released'; readonly batchId: string; readonly folder: string }
  | { readonly kind: 'closed'; readonly batchId: string }
  | { readonly kind: 'unfinished'; readonly batchId: string; readonly because: Unfinished }

async function keepContentReceipt(
  db: GateDatabase,
  row: BatchRow,
  { receipt, log }: Pick<Finishing, 'log'> & { readonly receipt: Envelope },
): Promise<void> {
  const envelope = JSON.stringify(receipt)
  await db.transaction().execute(async (tx) => {
    const { numAffectedRows } = await sql`insert into batch_content_receipt (batch_id, envelope)
      values (${row.id}::uuid, ${envelope}) on conflict do nothing`.execute(tx)
    if (numAffectedRows === 1n) {
      await log.append(tx, { type: 'content-received', batch: row.id, receipt: hash('sha256', envelope) })
    }
  })
}
