import { randomUUID } from 'node:crypto'
import { countingMethod } from '@tongguan/law'
import type { PermittedScenario } from '@tongguan/law'
import { sql } from 'kysely'
import { withApprovals } from './approve-batch.ts'
import type { Pending } from './approve-batch.ts'
import { asked, earlierBatch, lockBatchName, releasedBytes } from './batches.ts'
import type { BatchRow } from './batches.ts'
import { GateInputError } from './keys.ts'
import { proposeKey, settleKey } from './counting-keys.ts'
import { addPersons, batchPersons, lockSets, markPersons, setKeys, upperCount } from './ledger.ts'
import type { BatchPersons, GateTransaction, MarkedPersons, PersonSet } from './ledger.ts'
import type { Leaf } from './log.ts'
import { seal, statementDigest } from './manifest.ts'
import type { RefusalPredicate, ReleasePredicate, Statement } from './manifest.ts'
import { removeFolder } from './private-copy.ts'
import type { PrivateBatch } from './receive.ts'
import { bareReason } from './hold-reason.ts'
import { decideRelease, permitDigest } from './release.ts'
import type { LedgerCount, ReleaseQuestion } from './release.ts'
import type { Asking, Inspection } from './request.ts'
import { stepOf } from './request.ts'
import { refusalOf, releaseOf } from './state-decision.ts'
import type { Decision } from './state-decision.ts'
import { stopOf } from './stop.ts'

/* Authorising: one transaction locks the counters, counts, decides, writes row and leaf. */

export type Decided = { readonly kind: 'earlier' | 'now'; readonly row: BatchRow } | Pending

export async function decideOnce(request: Asking, batch: PrivateBatch, inspection: Inspection): Promise<Decided> {
  try {
    return await request.db.transaction().execute((tx) => decideIn(tx, request, batch, inspection))
  } catch (error) {
    // Whether a commit whose answer was lost took place, only the database knows; the row then needs this folder.
    if ((await earlierBatch(request.db, request)) === undefined) await removeFolder(batch.folder)
    throw error
  }
}

async function decideIn(
  tx: GateTransaction,
  request: Asking,
  batch: PrivateBatch,
  inspection: Inspection,
): Promise<Decided> {
  await lockBatchName(tx, request)
  const stop = await stopOf(tx, request.batch.name)
  if (stop !== undefined) throw new GateInputError('gate.stopped', { ...stop })
  const earlier = await earlierBatch(tx, request)
  if (earlier !== undefined) return { kind: 'earlier', row: earlier }
  const question = await count(tx, request, batch, inspection)
  stepOf(request)('counted')
  const decision = decideRelease(question)
  // What a held batch added is taken back; its locks and the row that says why it was held stay.
  if (decision.kind === 'held') await sql`rollback to savepoint uncounted`.execute(tx)
  const id = randomUUID()
  const decided = { batch, inspection, question, decision }
  if (decision.kind === 'held') {
    await insertBatch(tx, request, decided, refusalOf(id, request, decided))
  } else {
    const statement = releaseOf(id, request, { ...decided, scenario: decision.scenario })
    const approved = await withApprovals(tx, request, statement)
    if (approved.kind === 'pending') return approved
    await insertBatch(tx, request, decided, approved.statement)
  }
  stepOf(request)('recorded')
  const row = await earlierBatch(tx, request)
  if (row === undefined) throw new Error('a batch row vanished between two statements of one transaction')
  return { kind: 'now', row }
}

/** Locks and fills both sets; the caller keeps that or rolls back to the savepoint `uncounted`. */
export async function count(
  tx: GateTransaction,
  request: Asking,
  { files }: PrivateBatch,
  inspection: Inspection,
): Promise<ReleaseQuestion> {
  const { permit, scenarioId, recipient, on } = request
  const persons = batchPersons(inspection.macs, inspection.unlinked)
  const scenario = permit.scenarios.find((one) => one.id === scenarioId)
  const of = scenario && setsOf(request, scenario)
  const keys = of && setKeys(of)
  const settle = keys && {
    permit: await marking(tx, request.countingRoot, keys.permit, persons),
    year: await marking(tx, request.countingRoot, keys.year, persons),
  }
  const locked = of && (await lockSets(tx, of))
  const sets = locked &&
    settle && {
      ...locked,
      marked: { permit: await settle.permit(locked.permit), year: await settle.year(locked.year) },
    }
  stepOf(request)('locked')
  await sql`savepoint uncounted`.execute(tx)
  if (sets !== undefined) await addPersons(tx, sets.year, sets.marked.year)
  return {
    permit,
    scenarioId,
    recipient,
    on,
    files,
    pilot: request.pilot === true,
    revocations: request.revocations,
    at: request.at,
    clock: await request.log.clock(tx),
    evidence: inspection.evidence,
    secondReading: inspection.secondReading ?? null,
    rebuilt: inspection.rebuilt ?? null,
    transformed: inspection.transformed ?? null,
    facts: request.facts ?? null,
    countedBy: countingMethod,
    batchPersons: upperCount(persons),
    consents: inspection.consents ?? null,
    permitKnownAs: sets?.permit.permitDigest ?? null,
    persons: sets === undefined ? nobody : await addPersons(tx, sets.permit, sets.marked.permit),
    bytesBefore: await releasedBytes(tx, request),
  }
}

/**
 * Marks a batch's persons under the key their set has before it is locked, since hashing a million takes seconds that
 * others would wait for. What is returned says the marks of the locked set: anew, should its key be another by then.
 */
async function marking(
  tx: GateTransaction,
  root: Uint8Array,
  name: string,
  persons: BatchPersons,
): Promise<(set: PersonSet) => Promise<MarkedPersons>> {
  const proposed = await proposeKey(tx, root, name)
  const marked = markPersons(persons, name, proposed.key)
  return async (set) => {
    const settled = await settleKey(tx, root, set, proposed)
    return settled === proposed ? marked : markPersons(persons, name, settled.key)
  }
}

// Stands where no scenario is approved: nothing is counted then, and the batch is held for that.
const nobody: LedgerCount = {
  alreadyGeneral: 0,
  alreadySensitive: 0,
  newGeneral: 0,
  newSensitive: 0,
  movedToSensitive: 0,
}

function setsOf({ permit, on }: Asking, scenario: PermittedScenario) {
  const year = Number(on.slice(0, 4))
  const exempt = permit.basis?.route === 'exemption'
  return { handler: permit.handler.creditCode, permit, scenario, permitDigest: permitDigest(permit), year, exempt }
}

async function insertBatch(
  tx: GateTransaction,
  request: Asking,
  decided: Decision,
  statement: Statement<ReleasePredicate> | Statement<RefusalPredicate>,
): Promise<void> {
  const { batch, decision } = decided
  const { permit } = request
  const { id } = statement.predicate.batch
  const logIndex = await request.log.append(tx, leafOf(id, request, decided, statement))
  const reasons = decision.kind === 'held' ? decision.reasons.map(bareReason) : []
  await tx
    .insertInto('batch')
    .values({
      ...asked(request),
      id,
      handler: permit.handler.creditCode,
      name: request.batch.name,
      digest: batch.digest,
      permit_id: permit.id,
      state: decision.kind === 'held' ? 'held' : 'authorised',
      decided_on: request.on,
      bytes: batch.files.reduce((total, file) => total + file.bytes, 0),
      reasons: sql`${JSON.stringify(reasons)}::text::jsonb`,
      envelope: seal(statement, request.key),
      log_index: logIndex,
      capsule: decision.kind === 'held' ? null : batch.capsule,
      source: batch.source,
      into_folder: batch.into,
      private_folder: batch.folder,
    })
    .execute()
}

/** Names stay out of the leaf: a batch's or a file's could say who is in it. Its number and the digests identify it. */
function leafOf(
  id: string,
  request: Asking,
  { batch, decision }: Decision,
  statement: Statement<ReleasePredicate> | Statement<RefusalPredicate>,
): Leaf {
  return {
    type: decision.kind === 'held' ? 'batch-held' : 'batch-authorised',
    batch: id,
    content: batch.digest,
    permit: permitDigest(request.permit),
    statement: statementDigest(statement),
    key: request.key.keyId,
    pilot: request.pilot === true,
  }
}
