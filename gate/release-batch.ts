import { join, resolve } from 'node:path'
import { decideOnce } from './authorise.ts'
import { batches, differenceOf, asked, earlierBatch, isUnderWay, reasonsOf, refusalIn, releaseIn } from './batches.ts'
import type { BatchRow } from './batches.ts'
import { batchKey, makeCapsule, sealFiles } from './container.ts'
import { finish } from './finish.ts'
import { GateInputError } from './keys.ts'
import { mustBeWitnessed, mustHoldTheLog } from './log.ts'
import { digestOf } from './manifest.ts'
import type { ReleasePredicate } from './manifest.ts'
import { copyBatch, exists, leavePrivateFolder, makePrivateFolder, mustTakeMore, removeFolder } from './private-copy.ts'
import { dataFolder } from './release-folder.ts'
import { checkName, namingTarget, openPlace } from './receive.ts'
import type { Place, PrivateBatch } from './receive.ts'
import { inspectBatch } from './inspect-batch.ts'
import { recover } from './recover.ts'
import type { CheckReport } from './release.ts'
import { ask, handsOf, stepOf, unfinished } from './request.ts'
import type { Asking, Inspection, ReleaseRequest, ReleaseResult } from './request.ts'
import { mustKeepPseudonyms } from './transforms/transform-files.ts'
import { checkWords } from './words.ts'

/*
 * The states a batch goes through, each in the file that brings it about. Every move is durable before the next begins.
 *
 *   receive.ts           a private copy, hashed as it is written; then the inspection
 *   authorise.ts         ONE transaction: lock, count, decide, the two signatures, row, leaf of the log
 *     ├─▶ held           final; nothing in the target
 *     ├─▶ pending        no row: two persons are asked (approve-batch.ts), the next call asks again
 *     └─▶ authorised
 *   publish-decision.ts  the log published, the leaf's proof in the manifest, signed ─▶ published
 *   deliver.ts           manifest and files synced, ONE rename into the target
 *     ├─▶ delivered      mode plaintext; final
 *     └─▶ sent           mode sealed: the container is there, nobody can read it
 *   release-key.ts       the recipient's receipt, ONE transaction that looks for stop, revocation and the permit's end
 *                        once more, and a leaf ─▶ key-authorised; published and signed; the key put beside the container
 *                        ─▶ delivered (final)
 *   recover.ts           what a killed process left authorised or published is brought to its end
 *
 * Killed before the commit: no row, no count, no leaf, nothing in the target; the dead process's folder is removed later.
 * Killed after it: the row says what is to stand in the target; `recover` or the next call publishes and finishes it.
 */

/**
 * Checks a batch against a permit and releases it into `into/<batch name>`, or holds it.
 *
 * The same batch name with the same bytes, permit, scenario and recipient has the same answer however often it is asked;
 * with others it is refused. Counting, decision and signed manifest become durable in one transaction before anything
 * stands in the target; then the prepared folder is moved there by one rename. A sealed release is asked for again, or
 * gets its receipt (`acceptReceipt`), for the key to follow.
 *
 * @throws where something broke (disk, database, inspector): nothing new is released, what was safe before still is
 */
export async function releaseBatch(request: ReleaseRequest): Promise<ReleaseResult> {
  try {
    return await release(ask(request))
  } catch (error) {
    if (!(error instanceof GateInputError)) throw error
    return { kind: 'refused', code: error.code, words: error.words, facts: error.facts }
  }
}

async function release(request: Asking): Promise<ReleaseResult> {
  checkName(request.batch.name)
  const place = await placeOrWhyNot(request)
  if ('kind' in place) return place
  mustBeWitnessed(request.log)
  await mustHoldTheLog(request.log)
  stepOf(request)('started')
  await recover(request.db, { ...handsOf(request), privateRoot: place.privateRoot })
  const folder = await makePrivateFolder(place.privateRoot)
  try {
    return await releaseFrom(request, place, folder)
  } finally {
    leavePrivateFolder(folder)
  }
}

async function releaseFrom(request: Asking, place: Place, folder: string): Promise<ReleaseResult> {
  const looked = await removingOnError(folder, () => look(request, place, folder))
  if (looked.kind === 'earlier') return answerAgain(request, looked.row, looked.batch)
  const decided = await decideOnce(request, looked.batch, looked.inspection)
  stepOf(request)('decided')
  if (decided.kind === 'pending') {
    await removeFolder(folder)
    return decided
  }
  if (decided.kind === 'earlier') return answerAgain(request, decided.row, looked.batch)
  return answer(request, decided.row, { again: false })
}

/** A batch decided earlier, whose target cannot be written now, is still on its way: "not yet", not "wrong call". */
async function placeOrWhyNot(request: Asking): Promise<Place | ReleaseResult> {
  try {
    return await openPlace(request)
  } catch (error) {
    if (!(error instanceof GateInputError) || error.code !== 'gate.target-not-writable') throw error
    const row = await earlierBatch(request.db, request)
    if (row === undefined || !isUnderWay(row)) throw error
    return { kind: 'unfinished', batchId: row.id, because: unfinished('gate.not-delivered', error.facts) }
  }
}

type Looked =
  | { readonly kind: 'earlier'; readonly row: BatchRow; readonly batch: PrivateBatch }
  | { readonly kind: 'inspected'; readonly inspection: Inspection; readonly batch: PrivateBatch }

async function look(request: Asking, { into }: Place, folder: string): Promise<Looked> {
  const source = resolve(request.batch.path)
  const files = await namingTarget(request.into, () => copyBatch(source, folder))
  const batch = { files, digest: digestOf(files), source, into, folder, capsule: null }
  stepOf(request)('copied')
  const row = await earlierBatch(request.db, request)
  if (row !== undefined) return { kind: 'earlier', row, batch }
  const target = join(into, request.batch.name)
  if (await exists(target)) throw new GateInputError('gate.target-exists', { path: target })
  if (request.transform !== undefined) mustKeepPseudonyms(request.transform)
  const inspected = await inspectBatch(request, batch)
  stepOf(request)('inspected')
  // Once more right before the decision, which cannot be taken back.
  await namingTarget(request.into, () => mustTakeMore(into))
  const { inspection } = inspected
  return { kind: 'inspected', inspection, batch: await seal(request, inspected.batch) }
}

/** Encrypts the inspected bytes to a one-time key, encrypts that to the recipient, and lets the readable copy go. */
async function seal({ seal, ...request }: Asking, batch: PrivateBatch): Promise<PrivateBatch> {
  if (seal === null) return batch
  const { folder } = batch
  const { identity, recipient } = await batchKey()
  const files = await namingTarget(request.into, () => sealFiles(folder, batch.files, recipient))
  const capsule = Buffer.from(await makeCapsule(identity, seal.to.age)).toString('base64')
  await removeFolder(join(folder, dataFolder))
  request.atStep?.('encrypted')
  return { ...batch, files, capsule }
}

async function removingOnError<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    await removeFolder(folder)
    throw error
  }
}

async function answerAgain(request: Asking, row: BatchRow, batch: PrivateBatch): Promise<ReleaseResult> {
  try {
    const differs = differenceOf(row, { ...asked(request), digest: batch.digest })
    if (differs !== undefined) {
      const leaf = { type: 'batch-name-reused', batch: row.id, differs } as const
      await request.db.transaction().execute((tx) => request.log.append(tx, leaf))
      throw new GateInputError('gate.batch-id-reused', { batch: request.batch.name, differs })
    }
    return await answer(request, row, { again: true, spare: batch.folder })
  } finally {
    await removeFolder(batch.folder)
  }
}

async function answer(
  request: Asking,
  row: BatchRow,
  { again, spare }: { readonly again: boolean; readonly spare?: string },
): Promise<ReleaseResult> {
  const { id: batchId, envelope } = row
  if (row.state === 'held') {
    await removeFolder(row.private_folder)
    const { checks, decidedOn } = refusalIn(envelope)
    return { kind: 'held', batchId, reasons: reasonsOf(row), checks: withWords(checks), decidedOn, envelope, again }
  }
  const of = { ...handsOf(request), step: stepOf(request), ...(spare === undefined ? {} : { spare }) }
  const because = await finish(request.db, batchId, of)
  if (because !== undefined) return { kind: 'unfinished', batchId, because }
  // Publishing added the proof to the manifest.
  const [{ envelope: manifest } = row] = await batches(request.db).where('id', '=', batchId).execute()
  const release = releaseIn(manifest)
  const folder = join(row.into_folder, row.name)
  return { kind: 'released', batchId, folder, envelope: manifest, release, checks: withWords(release.checks), again }
}

function withWords(checks: ReleasePredicate['checks']): readonly CheckReport[] {
  return checks.map((check) => ({ ...check, words: checkWords[check.id] }))
}
