import { sql } from 'kysely'
import { approvalsNeeded, approveIntent, intentDigest, intentOf, judgeApprovals } from './approval.ts'
import type { Intent } from './approval.ts'
import { GateInputError } from './keys.ts'
import type { GateKey, Trust } from './keys.ts'
import type { GateDatabase, GateTransaction } from './ledger.ts'
import type { ReleaseLog } from './log.ts'
import type { Envelope, ReleasePredicate, Statement } from './manifest.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Asking, ReleaseResult } from './request.ts'

/**
 * One person signs what a batch is waiting to be released with: the newest intent of that name.
 *
 * @throws GateInputError `gate.nothing-to-approve`, `gate.not-an-approver`
 */
export async function approveBatch(of: {
  readonly db: GateDatabase
  readonly log: ReleaseLog
  readonly trust: Trust
  readonly name: string
  readonly key: GateKey
}): Promise<{ readonly intent: Intent; readonly intentDigest: string; readonly approvedBy: readonly string[] }> {
  const { db, log, trust, name, key } = of
  const [row] = await db
    .selectFrom('batch_intent')
    .select(['intent', 'digest'])
    .where('name', '=', name)
    .orderBy('made_at', 'desc')
    .limit(1)
    .execute()
  if (row === undefined) throw new GateInputError('gate.nothing-to-approve', { batch: name })
  const intent = JSON.parse(row.intent) as Intent
  const envelope = approveIntent(intent, key)
  if (judgeApprovals(intent, [envelope], trust).by.length === 0) {
    throw new GateInputError('gate.not-an-approver', { keyId: key.keyId })
  }
  await db.transaction().execute(async (tx) => {
    const { numAffectedRows } = await sql`insert into batch_approval (digest, key_id, envelope)
      values (${row.digest}, ${key.keyId}, ${JSON.stringify(envelope)}) on conflict do nothing`.execute(tx)
    if (numAffectedRows === 1n) await log.append(tx, { type: 'batch-approved', intent: row.digest, key: key.keyId })
  })
  const stored = await db.selectFrom('batch_approval').select('envelope').where('digest', '=', row.digest).execute()
  const { by } = judgeApprovals(
    intent,
    stored.map((one) => JSON.parse(one.envelope) as Envelope),
    trust,
  )
  return { intent, intentDigest: row.digest, approvedBy: by.map((one) => one.name) }
}

export type Pending = Extract<ReleaseResult, { readonly kind: 'pending' }>

/** With the signatures of two persons over its intent, or as the question that is put to them; then nobody is counted. */
export async function withApprovals(
  tx: GateTransaction,
  request: Asking,
  statement: Statement<ReleasePredicate>,
): Promise<{ readonly kind: 'approved'; readonly statement: Statement<ReleasePredicate> } | Pending> {
  const intent = intentOf(statement.predicate)
  const digest = intentDigest(intent)
  const stored = await tx.selectFrom('batch_approval').select('envelope').where('digest', '=', digest).execute()
  const approvals = [
    ...stored.map(({ envelope }) => JSON.parse(envelope) as Envelope),
    ...(request.approveWith ?? []).map((key) => approveIntent(intent, key)),
  ]
  const valid = approvals.filter((one) => judgeApprovals(intent, [one], request.trust).by.length > 0)
  const { by } = judgeApprovals(intent, valid, request.trust)
  if (approvalsNeeded <= by.length) {
    return { kind: 'approved', statement: { ...statement, predicate: { ...statement.predicate, approvals: valid } } }
  }
  await sql`rollback to savepoint uncounted`.execute(tx)
  const { handler, name } = batchOf(request)
  await sql`insert into batch_intent (handler, name, digest, intent)
    values (${handler}, ${name}, ${digest}, ${canonicalJson(intent)}) on conflict do nothing`.execute(tx)
  return { kind: 'pending', intent, intentDigest: digest, approvedBy: by.map((key) => key.name) }
}

function batchOf({ permit, batch }: Asking): { readonly handler: string; readonly name: string } {
  return { handler: permit.handler.creditCode, name: batch.name }
}
