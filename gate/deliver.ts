import { randomUUID } from 'node:crypto'
import { mkdir, readFile, realpath, rename } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { countingMethod } from '@tongguan/law'
import type { Evidence, LegalDate, Permit, PermittedScenario, Words } from '@tongguan/law'
import { sql } from 'kysely'
import { approvalsNeeded, approveIntent, intentDigest, intentOf, judgeApprovals } from './approval.ts'
import type { Intent } from './approval.ts'
import { GateInputError, isCode } from './keys.ts'
import type { GateKey, Trust } from './keys.ts'
import { addPersons, batchPersons, lockSets, markPersons, setKeys, upperCount } from './ledger.ts'
import type { GateDatabase, GateTransaction, PersonMac } from './ledger.ts'
import { mustHoldTheLog, sizesOf } from './log.ts'
import type { Leaf, ReleaseLog } from './log.ts'
import {
  digestOf,
  noticeOf,
  readEnvelope,
  seal,
  statementDigest,
  statePersons,
  stateRefusal,
  stateRelease,
} from './manifest.ts'
import type { Envelope, RefusalPredicate, ReleasePredicate, Statement } from './manifest.ts'
import type { BatchTable } from './migrations.ts'
import { openPermit, readRevocations } from './permit.ts'
import type { PermitFile, Revocations } from './permit.ts'
import {
  copyBatch,
  dataFolder,
  deadPrivateFolders,
  envelopeFile,
  exists,
  isSystemError,
  leavePrivateFolder,
  makePrivateFolder,
  mustTakeMore,
  onOneFilesystem,
  ownerOf,
  removeAllBut,
  removeFolder,
  syncFolder,
  syncFolders,
  writeDurably,
} from './private-copy.ts'
import { bareReason, canonicalJson, decideRelease, permitDigest, personsAfter } from './release.ts'
import type {
  BareReason,
  BatchFile,
  CheckReport,
  ConsentsSeen,
  Held,
  HoldReason,
  LedgerCount,
  Persons,
  Released,
} from './release.ts'
import { stopOf } from './stop.ts'
import { compareFolder } from './verify.ts'
import { checkWords, reasonWords, unfinishedWords } from './words.ts'
import type { Facts, RefusalCode, UnfinishedCode } from './words.ts'

/*
 *   copy ─▶ inspect ─▶ ┌ one transaction ──────────────┐
 *                      │ lock, count, decide, sign, row │─▶ held        (final; nothing in the target)
 *                      └───────────────────────────────┘
 *                                      │
 *                                      ▼
 *   (with its leaf of the log)    authorised ─ publish the log, prove, sign ─▶ published
 *                                      │
 *                                      ▼
 *                                 published ─ manifest, sync, ONE rename ─▶ delivered   (final)
 *
 * Killed before the commit: no row, no count, no leaf, nothing in the target; the dead process's folder is removed later.
 * Killed after it: the row says what is to stand in the target; `recover` or the next call publishes and finishes it.
 */

/**
 * Checks a batch against a permit and releases it into `into/<batch name>`, or holds it (mode `plaintext`).
 *
 * The same batch name with the same bytes, permit, scenario and recipient has the same answer however often it is asked;
 * with others it is refused. Counting, decision and signed manifest become durable in one transaction before anything
 * stands in the target; then the prepared folder is moved there by one rename.
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

/**
 * What the gate would decide on a batch, with every check run and every person looked for, and then all of it undone:
 * nothing is recorded, counted, logged or put anywhere. `into` names where the private copy lies meanwhile.
 */
export async function tryBatch(request: ReleaseRequest): Promise<Tried | Extract<ReleaseResult, { kind: 'refused' }>> {
  try {
    const asking = ask(request)
    checkName(asking.batch.name)
    const { into, privateRoot } = await openPlace(asking)
    const folder = await makePrivateFolder(privateRoot)
    try {
      const files = await namingTarget(asking.into, () => copyBatch(resolve(asking.batch.path), folder))
      const inspection = await asking.inspect(join(folder, dataFolder))
      const batch = { files, digest: digestOf(files), source: resolve(asking.batch.path), into, folder }
      return await undone(asking.db, async (tx): Promise<Tried> => {
        const question = await count(tx, asking, batch, inspection)
        const { batchPersons: persons, persons: counted } = question
        return { kind: 'tried', decision: decideRelease(question), persons, after: personsAfter(counted) }
      })
    } finally {
      await removeFolder(folder)
      leavePrivateFolder(folder)
    }
  } catch (error) {
    if (!(error instanceof GateInputError)) throw error
    return { kind: 'refused', code: error.code, words: error.words, facts: error.facts }
  }
}

export interface Tried {
  readonly kind: 'tried'
  readonly decision: Released | Held
  /** Of this batch. */
  readonly persons: Persons
  /** Of the permit's set, were the batch released. */
  readonly after: Persons
}

/** Runs in a transaction that is rolled back, whatever comes of it. */
async function undone<T>(db: GateDatabase, work: (tx: GateTransaction) => Promise<T>): Promise<T> {
  const tx = await db.startTransaction().execute()
  try {
    return await work(tx)
  } finally {
    await tx.rollback().execute()
  }
}

export interface ReleaseRequest {
  readonly db: GateDatabase
  /** As its file holds it; refused unless a key of `trust` signed it. */
  readonly permit: PermitFile
  readonly trust: Trust
  /** The authority's signed list; `issued` permits need one. */
  readonly revocations?: Envelope
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
  readonly key: GateKey
  readonly log: ReleaseLog
  readonly pilot?: boolean
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
  | 'decided'
  | 'published'
  | 'proven'
  | 'sealed'
  | 'synced'
  | 'renamed'
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
  for (const row of rows.filter(isLeft)) {
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

/** Decided to leave, not there yet. */
const underWay = ['authorised', 'published'] as const

export interface Recovering {
  readonly privateRoot: string
  readonly key: GateKey
  readonly log: ReleaseLog
  /** The day, and the authority's list: what was decided earlier leaves only under a permit that still holds. */
  readonly on: LegalDate
  readonly revocations: Revocations | null
}

export interface Recovered {
  readonly batchId: string
  readonly name: string
  /** Null where the release now stands in its target. */
  readonly unfinished: Unfinished | null
}

/** Where batches for `into` lie while they are checked, unless told otherwise. */
export function privateRootOf(into: string): string {
  const folder = resolve(into)
  return join(dirname(folder), `.${basename(folder)}.tongguan`)
}

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

/** A batch as `gate status` lists it. */
export interface ListedBatch {
  readonly id: string
  readonly name: string
  readonly state: BatchTable['state']
  readonly decidedOn: LegalDate
  readonly permit: string
  readonly scenario: string
  readonly recipient: string
  readonly pilot: boolean
  /** Why it was held; none for any other state. */
  readonly reasons: readonly HoldReason[]
}

/** Every decided batch, the newest first. */
export async function listBatches(db: GateDatabase): Promise<readonly ListedBatch[]> {
  const rows = await batches(db).select(['permit_id', 'decided_on']).orderBy('decided_at', 'desc').execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    state: row.state,
    decidedOn: row.decided_on as LegalDate,
    permit: row.permit_id,
    scenario: row.scenario,
    recipient: row.recipient_name,
    pilot: row.pilot,
    reasons: reasonsOf(row),
  }))
}

// --- one release ------------------------------------------------------------------------------------------------

/** A request whose permit's signatures hold. */
interface Asking extends Omit<ReleaseRequest, 'permit' | 'revocations'> {
  readonly permit: Permit
  readonly permitEnvelope: Envelope
  readonly revocations: Revocations | null
}

function ask({ permit: file, revocations, ...request }: ReleaseRequest): Asking {
  const { permit, signed } = openPermit(file, request.trust, { pilot: request.pilot === true })
  const list = revocations === undefined ? null : readRevocations(revocations, request.trust)
  return { ...request, permit, permitEnvelope: signed, revocations: list }
}

async function release(request: Asking): Promise<ReleaseResult> {
  checkName(request.batch.name)
  const place = await placeOrWhyNot(request)
  if ('kind' in place) return place
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

/** A batch in its private folder. */
interface PrivateBatch {
  readonly digest: string
  readonly files: readonly BatchFile[]
  readonly source: string
  readonly into: string
  readonly folder: string
}

interface Place {
  readonly into: string
  readonly privateRoot: string
}

// The name becomes a folder's: no separators, nothing hidden, nothing a terminal or another system would read otherwise.
function checkName(name: string): void {
  if (/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,99}$/u.test(name) && !name.endsWith('.')) return
  const batch = name.replaceAll(/[^\p{L}\p{N}._ -]/gu, '?').slice(0, 100)
  throw new GateInputError('gate.batch-name-unusable', { batch })
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

async function openPlace(request: Asking): Promise<Place> {
  return namingTarget(request.into, async () => {
    await mkdir(request.into, { recursive: true })
    const into = await realpath(request.into)
    await mustTakeMore(into)
    const wanted = resolve(request.privateRoot ?? privateRootOf(into))
    await mkdir(wanted, { recursive: true, mode: 0o700 })
    const privateRoot = await realpath(wanted)
    await mustTakeMore(privateRoot)
    if (await onOneFilesystem(into, privateRoot)) return { into, privateRoot }
    throw new GateInputError('gate.target-on-other-filesystem', {
      path: request.into,
      inside: join(request.into, 'releases'),
    })
  })
}

/**
 * What the file system says against the target or its private folder becomes a refusal that names the target as the
 * caller wrote it: nobody chose the private folder. For what happens before the decision only.
 */
async function namingTarget<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const because = systemCode(error)
    if (because === undefined) throw error
    throw new GateInputError('gate.target-not-writable', { path, because })
  }
}

type Looked =
  | { readonly kind: 'earlier'; readonly row: BatchRow; readonly batch: PrivateBatch }
  | { readonly kind: 'inspected'; readonly inspection: Inspection; readonly batch: PrivateBatch }

async function look(request: Asking, { into }: Place, folder: string): Promise<Looked> {
  const source = resolve(request.batch.path)
  const files = await namingTarget(request.into, () => copyBatch(source, folder))
  const batch = { files, digest: digestOf(files), source, into, folder }
  stepOf(request)('copied')
  const row = await earlierBatch(request.db, request)
  if (row !== undefined) return { kind: 'earlier', row, batch }
  const target = join(into, request.batch.name)
  if (await exists(target)) throw new GateInputError('gate.target-exists', { path: target })
  const inspection = await request.inspect(join(folder, dataFolder))
  stepOf(request)('inspected')
  // Once more right before the decision, which cannot be taken back.
  await namingTarget(request.into, () => mustTakeMore(into))
  return { kind: 'inspected', inspection, batch }
}

async function removingOnError<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    await removeFolder(folder)
    throw error
  }
}

// --- deciding: one transaction ----------------------------------------------------------------------------------

type Decided =
  | { readonly kind: 'earlier' | 'now'; readonly row: BatchRow }
  | Extract<ReleaseResult, { readonly kind: 'pending' }>

async function decideOnce(request: Asking, batch: PrivateBatch, inspection: Inspection): Promise<Decided> {
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
    const approved = await approve(tx, request, statement)
    if (approved.kind === 'pending') return approved
    await insertBatch(tx, request, decided, approved.statement)
  }
  stepOf(request)('recorded')
  const row = await earlierBatch(tx, request)
  if (row === undefined) throw new Error('a batch row vanished between two statements of one transaction')
  return { kind: 'now', row }
}

type Question = Parameters<typeof decideRelease>[0]

/** Locks and fills both sets; the caller keeps that or rolls back to the savepoint `uncounted`. */
async function count(
  tx: GateTransaction,
  request: Asking,
  { files }: PrivateBatch,
  inspection: Inspection,
): Promise<Question> {
  const { permit, scenarioId, recipient, on } = request
  const persons = batchPersons(inspection.macs, inspection.unlinked)
  const scenario = permit.scenarios.find((one) => one.id === scenarioId)
  const of = scenario && setsOf(request, scenario)
  const keys = of && setKeys(of)
  // Hashing a million persons takes seconds: before other batches have to wait for the counters.
  const marked = keys && { permit: markPersons(persons, keys.permit), year: markPersons(persons, keys.year) }
  const sets = of && { ...(await lockSets(tx, of)), marked }
  stepOf(request)('locked')
  await sql`savepoint uncounted`.execute(tx)
  if (sets?.marked !== undefined) await addPersons(tx, sets.year, sets.marked.year)
  return {
    permit,
    scenarioId,
    recipient,
    on,
    files,
    pilot: request.pilot === true,
    revocations: request.revocations,
    at: request.at,
    evidence: inspection.evidence,
    countedBy: countingMethod,
    batchPersons: upperCount(persons),
    consents: inspection.consents ?? null,
    permitKnownAs: sets?.permit.permitDigest ?? null,
    persons: sets?.marked === undefined ? nobody : await addPersons(tx, sets.permit, sets.marked.permit),
    bytesBefore: await releasedBytes(tx, request),
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
  return { handler: permit.handler.creditCode, permit, scenario, permitDigest: permitDigest(permit), year }
}

interface Decision {
  readonly batch: PrivateBatch
  readonly inspection: Inspection
  readonly question: Question
  readonly decision: Released | Held
}

/** With the signatures of two persons over its intent, or as the question that is put to them; then nobody is counted. */
async function approve(
  tx: GateTransaction,
  request: Asking,
  statement: Statement<ReleasePredicate>,
): Promise<
  { readonly kind: 'approved'; readonly statement: Statement<ReleasePredicate> } | Extract<Decided, { kind: 'pending' }>
> {
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

/** What every decision states. */
function statedOf(id: string, request: Asking, { batch, inspection, question, decision }: Decision) {
  const { permit, recipient, scenarioId, on, softwareVersion } = request
  const { evidence } = inspection
  const files = batch.files.map((file) => {
    const seen = evidence.files.find((one) => one.path === file.name)
    return { ...file, rows: seen?.rows ?? 0, columns: seen?.columns.map((column) => column.name) ?? [] }
  })
  return {
    permit: {
      id: permit.id,
      kind: permit.kind,
      firstDay: permit.firstDay,
      lastDay: permit.lastDay,
      caseNo: permit.caseNo,
      resultNo: permit.resultNo,
      signed: request.permitEnvelope,
    },
    batch: { id, name: request.batch.name, digest: batch.digest },
    handler: permit.handler,
    recipient,
    scenario: scenarioId,
    files,
    checks: decision.checks.map(({ id, version, inputSha256, outcome }) => ({ id, version, inputSha256, outcome })),
    decidedOn: on,
    pilot: question.pilot,
    ...noticeOf(question.pilot),
    software: { name: 'tongguan', version: softwareVersion },
  } as const
}

function refusalOf(id: string, request: Asking, decided: Decision): Statement<RefusalPredicate> {
  const { decision } = decided
  const reasons = decision.kind === 'held' ? decision.reasons.map(bareReason) : []
  return stateRefusal({ ...statedOf(id, request, decided), reasons })
}

function releaseOf(
  id: string,
  request: Asking,
  { scenario, ...decided }: Decision & { readonly scenario: PermittedScenario },
): Statement<ReleasePredicate> {
  const { question, inspection } = decided
  const stated = statedOf(id, request, decided)
  const persons = statePersons({
    method: question.countedBy,
    keyEpoch: inspection.evidence.persons.keyEpoch,
    batch: question.batchPersons,
    count: question.persons,
    ceiling: scenario.ceiling,
  })
  return stateRelease({
    ...stated,
    purpose: scenario.purpose,
    manner: scenario.manner,
    retention: scenario.retention,
    items: [...new Set(stated.files.flatMap((file) => file.columns))].sort(),
    transforms: [],
    persons,
    mode: 'plaintext',
    log: null,
  })
}

// --- delivering: one rename -------------------------------------------------------------------------------------

/** Publishes an authorised batch's leaf, then moves the batch into its target and marks it. */
async function finish(db: GateDatabase, id: string, of: Finishing): Promise<Unfinished | undefined> {
  return (await publishDecision(db, id, of)) ?? (await deliver(db, id, of))
}

/**
 * Publishes the log and puts the leaf's proof into the manifest. Whoever comes second finds the row published and leaves
 * it so: two proofs of one leaf are both true, but a manifest is signed once.
 */
async function publishDecision(db: GateDatabase, id: string, of: Finishing): Promise<Unfinished | undefined> {
  const [row] = await batches(db).where('id', '=', id).execute()
  if (row?.state !== 'authorised' || row.log_index === null) return undefined
  const published = await of.log.publish()
  if (published.kind === 'stopped') return unfinished('gate.log-stopped', sizesOf(published))
  if (published.kind === 'not-cosigned') return unfinished('gate.log-not-cosigned', {})
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

/** The row's lock keeps a second process from moving it too. */
async function deliver(db: GateDatabase, id: string, of: Finishing): Promise<Unfinished | undefined> {
  const unfinished = await db.transaction().execute(async (tx) => {
    await sql`select 1 from batch where id = ${id}::uuid for update`.execute(tx)
    const [row] = await batches(tx).where('id', '=', id).execute()
    if (row === undefined || !isUnderWay(row)) return undefined
    const mayNot = await whyNotAnyMore(tx, row, of)
    if (mayNot !== undefined) return mayNot
    const because = await place(row, of)
    if (because !== undefined) return because
    await tx
      .updateTable('batch')
      .set({ state: 'delivered', delivered_at: sql`clock_timestamp()` })
      .where('id', '=', id)
      .execute()
    return undefined
  })
  if (unfinished === undefined) of.step('delivered')
  return unfinished
}

function handsOf({ key, log, on, revocations }: Asking) {
  return { key, log, on, revocations }
}

interface Finishing extends Omit<Recovering, 'privateRoot'> {
  readonly step: (step: ReleaseStep) => void
  /** A fresh copy of the same bytes, should the first be gone. */
  readonly spare?: string
}

/** The second look, right before the first byte leaves: what happened since the decision. */
async function whyNotAnyMore(tx: GateTransaction, row: BatchRow, of: Finishing): Promise<Unfinished | undefined> {
  const stop = await stopOf(tx, row.name)
  if (stop !== undefined) return unfinished('gate.stopped-since', { by: stop.by, because: stop.because })
  const { permit } = releaseIn(row.envelope)
  if (permit.lastDay < of.on) return unfinished('gate.permit-ended-since', { ended: permit.lastDay })
  const revoked = of.revocations?.permits.find(({ id, on }) => id === permit.id && on <= of.on)
  return revoked && unfinished('gate.permit-ended-since', { ended: revoked.on })
}

async function place(row: BatchRow, of: Finishing): Promise<Unfinished | undefined> {
  const target = join(row.into_folder, row.name)
  const { files } = releaseIn(row.envelope)
  try {
    if (await exists(target)) {
      return (await isWhole(target, row.envelope, files))
        ? undefined
        : unfinished('gate.target-occupied', { path: target })
    }
    return await moveOut(row, target, files, of)
  } catch (error) {
    // Decided and counted already: whatever the file system says now, the answer is "not yet", never "nothing happened".
    const because = systemCode(error)
    if (because === undefined) throw error
    return unfinished('gate.not-delivered', { path: row.into_folder, because })
  }
}

async function moveOut(
  row: BatchRow,
  target: string,
  files: ReleasePredicate['files'],
  { step, spare }: Finishing,
): Promise<Unfinished | undefined> {
  const folder = await preparedFolder(row, files, spare)
  if (typeof folder !== 'string') return folder
  try {
    await writeDurably(folder, envelopeFile, row.envelope)
    step('sealed')
    await syncFolders(folder)
    step('synced')
    await mkdir(row.into_folder, { recursive: true })
    await rename(folder, target)
    step('renamed')
    await syncFolder(row.into_folder)
    await syncFolder(dirname(folder))
    return undefined
  } catch (error) {
    // Somebody put something there since the look above; rename does not replace a folder that holds anything.
    if (!isCode(error, 'ENOTEMPTY') && !isCode(error, 'EEXIST') && !isCode(error, 'ENOTDIR')) throw error
    return unfinished('gate.target-occupied', { path: target })
  } finally {
    leavePrivateFolder(folder)
  }
}

/** A private folder with exactly the stated files: the batch's own, a fresh copy, or the source copied once more. */
async function preparedFolder(
  row: BatchRow,
  files: ReleasePredicate['files'],
  spare: string | undefined,
): Promise<string | Unfinished> {
  for (const folder of [row.private_folder, ...(spare === undefined ? [] : [spare])]) {
    if (await holdsExactly(folder, files)) return folder
  }
  const folder = await makePrivateFolder(dirname(row.private_folder))
  const because = await whyNotCopiedAgain(row, folder)
  if (because === undefined) return folder
  await removeFolder(folder)
  leavePrivateFolder(folder)
  return unfinished('gate.prepared-files-lost', { batch: row.name, because })
}

async function whyNotCopiedAgain(row: BatchRow, folder: string): Promise<string | undefined> {
  try {
    const files = await copyBatch(row.source, folder)
    return digestOf(files) === row.digest ? undefined : 'source-changed'
  } catch (error) {
    if (error instanceof GateInputError) return error.code
    throw error
  }
}

/** The last look before bytes leave: the mover does not rely on what was true when they were copied. */
async function holdsExactly(folder: string, files: ReleasePredicate['files']): Promise<boolean> {
  if (!(await exists(folder))) return false
  await removeAllBut(folder, dataFolder)
  const { entries, bytes } = await compareFolder(folder, files)
  return entries.length === 0 && bytes.length === 0
}

async function isWhole(target: string, envelope: string, files: ReleasePredicate['files']): Promise<boolean> {
  const standing = join(target, envelopeFile)
  if (!(await exists(standing)) || (await readFile(standing, 'utf8')) !== envelope) return false
  const { entries, bytes } = await compareFolder(target, files)
  return entries.length === 0 && bytes.length === 0
}

/** The system's own code of an error that came from a file (`EROFS`, `ENOSPC`, …); undefined for any other. */
function systemCode(error: unknown): string | undefined {
  return isSystemError(error) ? error.code : undefined
}

function unfinished(code: UnfinishedCode, facts: Unfinished['facts']): Unfinished {
  return { code, words: unfinishedWords[code](facts), facts }
}

// --- answering --------------------------------------------------------------------------------------------------

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

function reasonsOf(row: BatchRow): readonly HoldReason[] {
  const stored = JSON.parse(row.reasons) as readonly BareReason[]
  return stored.map((reason) => ({ ...reason, words: reasonWords[reason.code](reason.facts) }))
}

function withWords(checks: ReleasePredicate['checks']): readonly CheckReport[] {
  return checks.map((check) => ({ ...check, words: checkWords[check.id] }))
}

// What stands in an envelope this gate signed and its own database kept; which of the two, the row's state says.
function releaseIn(envelope: string): ReleasePredicate {
  return (statementIn(envelope) as Statement<ReleasePredicate>).predicate
}

function refusalIn(envelope: string): RefusalPredicate {
  return (statementIn(envelope) as Statement<RefusalPredicate>).predicate
}

function statementIn(envelope: string): unknown {
  const read = readEnvelope(envelope)
  if (read.kind !== 'envelope') throw new Error('the database holds an envelope this gate did not write')
  return JSON.parse(Buffer.from(read.envelope.payload, 'base64').toString('utf8'))
}

// --- batch rows -------------------------------------------------------------------------------------------------

type BatchRow = Pick<
  BatchTable,
  'id' | 'name' | 'state' | 'log_index' | 'reasons' | 'envelope' | 'source' | 'into_folder' | 'private_folder'
> &
  Asked & { readonly digest: string }

/** What the same batch name must always be asked with. */
type Asked = Pick<BatchTable, 'permit_digest' | 'scenario' | 'recipient_name' | 'recipient_country' | 'pilot'>

function asked({ permit, scenarioId, recipient, pilot }: Asking): Asked {
  return {
    permit_digest: permitDigest(permit),
    scenario: scenarioId,
    recipient_name: recipient.name,
    recipient_country: recipient.country,
    pilot: pilot === true,
  }
}

function differenceOf(row: BatchRow, now: Asked & { readonly digest: string }): string | undefined {
  if (row.digest !== now.digest) return 'content'
  if (row.permit_digest !== now.permit_digest) return 'permit'
  if (row.scenario !== now.scenario) return 'scenario'
  if (row.recipient_name !== now.recipient_name || row.recipient_country !== now.recipient_country) return 'recipient'
  return row.pilot === now.pilot ? undefined : 'pilot'
}

async function earlierBatch(db: GateDatabase, { permit, batch }: Asking): Promise<BatchRow | undefined> {
  const [row] = await batches(db)
    .where('handler', '=', permit.handler.creditCode)
    .where('name', '=', batch.name)
    .execute()
  return row
}

function isUnderWay({ state }: Pick<BatchRow, 'state'>): boolean {
  return state === 'authorised' || state === 'published'
}

function batches(db: GateDatabase) {
  return db
    .selectFrom('batch')
    .select([
      'id',
      'name',
      'digest',
      'permit_digest',
      'scenario',
      'recipient_name',
      'recipient_country',
      'pilot',
      'state',
      'log_index',
      'envelope',
      'source',
      'into_folder',
      'private_folder',
    ])
    .select(sql<string>`reasons::text`.as('reasons'))
}

/** Two calls with one batch name decide one after the other; the second finds the first's row. */
async function lockBatchName(tx: GateTransaction, { permit, batch }: Asking): Promise<void> {
  const name = JSON.stringify([permit.handler.creditCode, batch.name])
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx)
}

/** Bytes released in this scenario so far, under the lock of its set. */
async function releasedBytes(tx: GateTransaction, { permit, scenarioId }: Asking): Promise<number> {
  const { rows } = await sql<{
    readonly bytes: number | string
  }>`select coalesce(sum(bytes), 0)::bigint as bytes from batch
    where permit_id = ${permit.id} and scenario = ${scenarioId} and state <> 'held'`.execute(tx)
  return Number(rows[0]?.bytes)
}

function stepOf({ atStep }: Asking): (step: ReleaseStep) => void {
  return atStep ?? (() => undefined)
}
