import { createPublicKey } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { legalDate } from '@tongguan/law'
import type { LegalDate, Permit, Words } from '@tongguan/law'
import { approvalsNeeded, intentOf, judgeApprovals } from './approval.ts'
import { isCode } from './keys.ts'
import type { Trust, TrustedKey } from './keys.ts'
import {
  digestOf,
  payloadType,
  readEnvelope,
  refusalType,
  releaseType,
  shapeOfEnvelope,
  signatureFits,
  statementDigest,
  statementType,
} from './manifest.ts'
import type { Envelope, ReleasePredicate, StatedFile, Statement } from './manifest.ts'
import { dataFolder, envelopeFile, hashFile, walk } from './private-copy.ts'
import { judgePermit, roleFor } from './permit.ts'
import { checkIds } from './release.ts'
import { readStrictJson } from './strict-json.ts'
import {
  approvalWords,
  loggedWords,
  notApprovedWords,
  pilotAcceptedWords,
  verifyCheckWords,
  verifyWords,
} from './words.ts'
import type { Facts, VerifyCheckId, VerifyCode } from './words.ts'

/**
 * The overseas recipient's check of a release folder: offline, from the bytes and the trust file alone. Checks that rest
 * on one that failed are reported as not run; only when every check passed is the release valid.
 *
 * The trust file travels out of band; no key is ever taken from the folder.
 */
export async function verifyRelease(folder: string, trust: Trust, options: VerifyOptions): Promise<VerifyReport> {
  const file = await readEnvelopeFile(folder)
  if (file.kind === 'wrong') return report([{ id: 'envelope', problems: [file.problem] }])
  const opened = openEnvelope(file.bytes, trust)
  if (opened.kind === 'wrong')
    return report([...opened.passed.map(passed), { id: opened.id, problems: opened.problems }])
  const { release, keys, statement } = opened
  const contents = await compareFolder(folder, release.files)
  const findings: readonly Finding[] = [
    ...(['envelope', 'signature', 'statement'] as const).map(passed),
    { id: 'files', problems: contents.entries },
    { id: 'content', problems: contents.bytes },
    judgeApproval(release, trust),
    { id: 'permit-day', problems: judgeDays(release, options.on) },
    judgeTwoPersons(release, trust),
    judgeLogged(release, statement, trust, options),
    { id: 'persons', problems: judgePersons(release) },
    { id: 'gate-checks', problems: judgeChecks(release) },
    judgePilot(release, keys, options),
  ]
  return { ...report(findings), release, signedBy: keys.map(({ keyId, name }) => ({ keyId, name })) }
}

export interface VerifyOptions {
  /** Accepts releases of a pilot, under simulated permits or by simulated keys. They have no legal effect. */
  readonly allowPilot: boolean
  /** The day of the check; given, a release dated later is refused. */
  readonly on?: LegalDate
  /** Checks a proof of the log; the log's own trade does. Without it a logged release is refused: not checked is not valid. */
  readonly proveLogged?: (proof: string, entry: Uint8Array, trust: Trust) => ProvenLeaf
}

export type ProvenLeaf =
  | {
      readonly kind: 'included'
      readonly origin: string
      readonly index: number
      readonly size: number
      /** Witnesses whose cosignatures hold, and how many the policy asks for. */
      readonly cosigners: number
      readonly quorum: number
    }
  | { readonly kind: 'wrong'; readonly code: string }

export interface VerifyReport {
  readonly outcome: 'valid' | 'refused'
  /** The first failure's code; null for a valid release. */
  readonly code: VerifyCode | null
  /** A pilot or simulated release that `allowPilot` let pass: without legal effect, and whoever shows this says so. */
  readonly simulated: boolean
  readonly checks: readonly VerifyCheck[]
  /** What the manifest states, once its signature holds; also where a later check failed. */
  readonly release?: ReleasePredicate
  readonly signedBy?: readonly { readonly keyId: string; readonly name: string }[]
}

export interface VerifyCheck {
  readonly id: VerifyCheckId
  readonly outcome: 'passed' | 'failed' | 'not-run'
  readonly words: Words
  readonly problems: readonly VerifyProblem[]
}

export interface VerifyProblem {
  readonly code: VerifyCode
  readonly words: Words
  readonly facts: Facts
  readonly file?: string
}

/** Opens a release's envelope: its form, its signatures by trusted keys, and the form of what they sign. Pure. */
export function openEnvelope(bytes: Uint8Array, trust: Trust): Opened {
  const read = readEnvelopeBytes(bytes)
  if (read.kind === 'wrong') return { kind: 'wrong', passed: [], id: 'envelope', problems: [read.problem] }
  const signed = judgeSignatures(read.envelope, trust)
  if (signed.kind === 'wrong') {
    return { kind: 'wrong', passed: ['envelope'], id: 'signature', problems: signed.problems }
  }
  const stated = readStatement(read.envelope)
  if (stated.kind === 'wrong') {
    return { kind: 'wrong', passed: ['envelope', 'signature'], id: 'statement', problems: [stated.problem] }
  }
  return { kind: 'opened', release: stated.release, statement: stated.statement, keys: signed.keys }
}

export type Opened =
  | {
      readonly kind: 'opened'
      readonly release: ReleasePredicate
      readonly statement: Statement<unknown>
      readonly keys: readonly TrustedKey[]
    }
  | {
      readonly kind: 'wrong'
      readonly passed: readonly VerifyCheckId[]
      readonly id: VerifyCheckId
      readonly problems: readonly VerifyProblem[]
    }

/**
 * Compares a prepared or received release folder with the files its manifest states: nothing missing, nothing extra,
 * every size and digest. The gate itself asks this once more right before it moves a release out.
 */
export async function compareFolder(folder: string, stated: readonly StatedFile[]): Promise<FolderComparison> {
  const expected = new Set([envelopeFile, ...stated.map((file) => `${dataFolder}/${file.name}`)])
  const found = new Map((await walk(folder)).map((entry) => [entry.name, entry]))
  const entries: VerifyProblem[] = []
  const bytes: VerifyProblem[] = []
  for (const { name, kind } of found.values()) {
    if (!expected.has(name)) entries.push(problem('verify.file-extra', { file: name }))
    else if (kind !== 'file') entries.push(problem('verify.file-not-regular', { file: name }))
  }
  for (const file of stated) {
    const entry = found.get(`${dataFolder}/${file.name}`)
    if (entry === undefined) entries.push(problem('verify.file-missing', { file: file.name }))
    else if (entry.kind === 'file') bytes.push(...(await compareFile(join(folder, dataFolder, file.name), file)))
  }
  return { entries, bytes }
}

export interface FolderComparison {
  readonly entries: readonly VerifyProblem[]
  readonly bytes: readonly VerifyProblem[]
}

// --- envelope and signature -------------------------------------------------------------------------------------

/** Larger than any manifest of ours; a reader need not swallow more. */
const envelopeBytesMax = 64 * 1024 * 1024

interface Wrong {
  readonly kind: 'wrong'
  readonly problem: VerifyProblem
}

function wrong(code: VerifyCode, facts: Facts): Wrong {
  return { kind: 'wrong', problem: problem(code, facts) }
}

type ReadFile = { readonly kind: 'read'; readonly bytes: Uint8Array } | Wrong

async function readEnvelopeFile(folder: string): Promise<ReadFile> {
  if (!(await isFolder(folder))) return wrong('verify.folder-missing', { path: folder })
  const file = envelopeFile
  const entry = (await walk(folder)).find(({ name }) => name === file)
  if (entry === undefined) return wrong('verify.envelope-missing', { file })
  if (entry.kind !== 'file') return wrong('verify.envelope-unreadable', { file, because: 'not a regular file' })
  const path = join(folder, file)
  if (envelopeBytesMax < (await stat(path)).size)
    return wrong('verify.envelope-unreadable', { file, because: 'too large' })
  return { kind: 'read', bytes: await readFile(path) }
}

function readEnvelopeBytes(bytes: Uint8Array): { readonly kind: 'read'; readonly envelope: Envelope } | Wrong {
  const file = envelopeFile
  const text = strictText(bytes)
  if (text === undefined) return wrong('verify.envelope-unreadable', { file, because: 'not UTF-8' })
  const read = readEnvelope(text)
  switch (read.kind) {
    case 'not-json':
      return wrong('verify.envelope-unreadable', { file, because: 'not JSON' })
    case 'duplicate-key':
      return wrong('verify.duplicate-json-key', { key: read.key })
    case 'other-shape':
      return wrong('verify.envelope-shape', { because: read.because })
    case 'envelope':
      return read.envelope.payloadType === payloadType
        ? { kind: 'read', envelope: read.envelope }
        : wrong('verify.payload-type-unknown', {})
    default:
      return unreachable(read)
  }
}

type Signed =
  | { readonly kind: 'signed'; readonly keys: readonly TrustedKey[] }
  | { readonly kind: 'wrong'; readonly problems: readonly VerifyProblem[] }

/** Every signature must be by a key trusted for releases, and fit. One foreign signature spoils the rest. */
function judgeSignatures(envelope: Envelope, trust: Trust): Signed {
  const judged = envelope.signatures.map(({ keyid, sig }) => {
    const key = trust.keys.find((one) => one.keyId === keyid)
    if (key === undefined) return problem('verify.key-unknown', { keyId: keyid })
    if (!key.roles.includes('gate')) return problem('verify.key-not-for-releases', { name: key.name })
    if (key.revokedOn !== undefined) return problem('verify.key-revoked', { name: key.name, day: key.revokedOn })
    return signatureFits(envelope, sig, createPublicKey(key.publicKey))
      ? key
      : problem('verify.signature-wrong', { name: key.name })
  })
  const problems = judged.flatMap((one) => ('code' in one ? [one] : []))
  if (problems.length > 0) return { kind: 'wrong', problems }
  return { kind: 'signed', keys: judged.flatMap((one) => ('code' in one ? [] : [one])) }
}

// --- the statement ----------------------------------------------------------------------------------------------

type Stated =
  | { readonly kind: 'stated'; readonly release: ReleasePredicate; readonly statement: Statement<unknown> }
  | Wrong

/** Reads the signed statement of an envelope whose signature holds. */
function readStatement(envelope: Envelope): Stated {
  const text = strictText(Buffer.from(envelope.payload, 'base64'))
  if (text === undefined) return wrong('verify.statement-shape', { because: 'not UTF-8' })
  const json = readStrictJson(text)
  if (json.kind === 'duplicate-key') return wrong('verify.duplicate-json-key', { key: json.key })
  if (json.kind === 'not-json') return wrong('verify.statement-shape', { because: 'not JSON' })
  const statement = record(json.value)
  if (statement['_type'] !== statementType) return wrong('verify.statement-shape', { because: '_type' })
  if (statement['predicateType'] === refusalType) return wrong('verify.not-a-release', {})
  if (statement['predicateType'] !== releaseType) return wrong('verify.statement-shape', { because: 'predicateType' })
  const predicate = record(statement['predicate'])
  if (predicate['mode'] !== 'plaintext') return wrong('verify.mode-unknown', { mode: String(predicate['mode']) })
  const amiss = whatIsAmiss(predicate, statement['subject'])
  if (amiss !== undefined) return wrong('verify.statement-shape', { because: amiss })
  // Every field the checks rest on was looked at above; the rest is only shown.
  const release = predicate as unknown as ReleasePredicate
  return { kind: 'stated', release, statement: json.value as Statement<unknown> }
}

type Fields = Readonly<Record<string, unknown>>

/** The first field that is not as a release states it; undefined where all are. Unknown further fields are let be. */
function whatIsAmiss(predicate: Fields, subject: unknown): string | undefined {
  const texts: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['permit', predicate['permit'], ['id', 'kind', 'firstDay', 'lastDay', 'caseNo', 'resultNo']],
    ['batch', predicate['batch'], ['id', 'name', 'digest']],
    ['handler', predicate['handler'], ['name', 'creditCode']],
    ['recipient', predicate['recipient'], ['name', 'country']],
    ['predicate', predicate, ['scenario', 'purpose', 'decidedOn']],
  ]
  for (const [name, holder, fields] of texts) {
    const missing = fields.find((field) => typeof record(holder)[field] !== 'string')
    if (missing !== undefined) return `${name}.${missing}`
  }
  const permit = record(predicate['permit'])
  if (!['issued', 'transcribed', 'simulated'].includes(String(permit['kind']))) return 'permit.kind'
  if ('signed' in permit && typeof shapeOfEnvelope(permit['signed']) === 'string') return 'permit.signed'
  const days = [permit['firstDay'], permit['lastDay'], predicate['decidedOn']]
  if (!days.every(isDay)) return 'a day'
  if (typeof predicate['pilot'] !== 'boolean') return 'pilot'
  const approvals = predicate['approvals'] ?? []
  if (!Array.isArray(approvals) || approvals.some((one) => typeof shapeOfEnvelope(one) === 'string')) return 'approvals'
  if (predicate['log'] !== null && !isLoggedLeaf(record(predicate['log']))) return 'log'
  if (!Array.isArray(predicate['transforms']) || predicate['transforms'].length > 0) return 'transforms'
  if (!isChecks(predicate['checks'])) return 'checks'
  const persons = record(predicate['persons'])
  if (![persons, record(persons['sensitive'])].every(isCount)) return 'persons'
  return filesAmiss(predicate['files'], subject, record(predicate['batch'])['digest'])
}

function filesAmiss(files: unknown, subject: unknown, digest: unknown): string | undefined {
  if (!Array.isArray(files) || files.length === 0 || !files.every(isStatedFile)) return 'files'
  if (new Set(files.map((file) => file.name)).size !== files.length) return 'files: one name twice'
  const subjects: unknown = files.map(({ name, sha256 }) => ({ name, digest: { sha256 } }))
  if (JSON.stringify(subjects) !== JSON.stringify(subject)) return 'subject'
  return digestOf(files) === digest ? undefined : 'batch.digest'
}

function isStatedFile(value: unknown): value is StatedFile {
  const { name, bytes, sha256, rows, columns } = record(value)
  const isPath =
    typeof name === 'string' && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  return (
    isPath &&
    Number.isSafeInteger(bytes) &&
    Number.isSafeInteger(rows) &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    Array.isArray(columns) &&
    columns.every((column) => typeof column === 'string')
  )
}

function isLoggedLeaf({ origin, index, entry, proof }: Fields): boolean {
  return [origin, entry, proof].every((one) => typeof one === 'string') && Number.isSafeInteger(index)
}

function isCount(value: Fields): boolean {
  return ['batch', 'new', 'before', 'after', 'ceiling'].every((field) => Number.isSafeInteger(value[field]))
}

function isChecks(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof record(one)['id'] === 'string')
}

function isDay(value: unknown): boolean {
  try {
    legalDate(String(value))
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

// --- what the statement states ----------------------------------------------------------------------------------

function judgeDays({ permit, decidedOn }: ReleasePredicate, on: LegalDate | undefined): readonly VerifyProblem[] {
  const { firstDay, lastDay } = permit
  return [
    ...(decidedOn < firstDay ? [problem('verify.permit-not-yet-in-force', { decidedOn, firstDay })] : []),
    ...(lastDay < decidedOn ? [problem('verify.permit-expired', { decidedOn, lastDay })] : []),
    ...(on !== undefined && on < decidedOn ? [problem('verify.released-later-than-today', { decidedOn, on })] : []),
  ]
}

/**
 * What was approved, by the permit's own signature, held against what the manifest states. A trust file without any key
 * that may vouch for a permit leaves that to the reader, and the check says so.
 */
function judgeApproval(release: ReleasePredicate, trust: Trust): Finding {
  const { signed } = release.permit
  if (signed === undefined) return { id: 'approval', problems: [], words: approvalWords.noPermit }
  if (!trust.keys.some(({ roles }) => roles.includes(roleFor[release.permit.kind]))) {
    return { id: 'approval', problems: [], words: approvalWords.noAuthority }
  }
  const json = readStrictJson(Buffer.from(signed.payload, 'base64').toString('utf8'))
  const permit = (json.kind === 'json' ? json.value : {}) as Permit
  const amiss = judgePermit(permit, signed, trust)
  if (amiss !== undefined) {
    return { id: 'approval', problems: [problem('verify.permit-not-signed', { because: amiss.code })] }
  }
  const differs = whatWasNotApproved(release, permit)
  if (differs !== undefined) return { id: 'approval', problems: [problem('verify.permit-differs', { differs })] }
  return release.permit.kind === 'transcribed'
    ? { id: 'approval', problems: [], words: approvalWords.transcribed }
    : passed('approval')
}

/** The first part of a release its signed permit does not cover; undefined where it covers all. */
function whatWasNotApproved(release: ReleasePredicate, permit: Permit): string | undefined {
  const { id, kind, firstDay, lastDay, caseNo, resultNo } = permit
  const stated = release.permit
  const same = { id, kind, firstDay, lastDay, caseNo, resultNo }
  const other = Object.entries(same).find(([field, value]) => stated[field as keyof typeof same] !== value)
  if (other !== undefined) return `permit.${other[0]}`
  if (permit.handler.creditCode !== release.handler.creditCode) return 'handler'
  const scenario = permit.scenarios.find((one) => one.id === release.scenario)
  if (scenario === undefined) return 'scenario'
  const { name, country } = release.recipient
  if (!scenario.recipients.some((one) => one.name === name && one.country === country)) return 'recipient'
  if (scenario.purpose !== release.purpose) return 'purpose'
  const { ceiling } = scenario
  if (release.persons.ceiling !== ceiling.general || release.persons.sensitive.ceiling !== ceiling.sensitive) {
    return 'persons.ceiling'
  }
  const items = new Set(scenario.items.map((item) => item.name.normalize('NFC')))
  const columns = release.files.flatMap((file) => file.columns)
  return columns.find((column) => !items.has(column.normalize('NFC'))) === undefined ? undefined : 'items'
}

/** The two persons' signatures over the intent this manifest makes; a signature that does not hold spoils the rest. */
function judgeTwoPersons(release: ReleasePredicate, trust: Trust): Finding {
  const id = 'approvals'
  if (!trust.keys.some(({ roles }) => roles.includes('approver'))) return { id, problems: [], words: notApprovedWords }
  const { by, wrong } = judgeApprovals(intentOf(release), release.approvals ?? [], trust)
  if (wrong > 0) return { id, problems: [problem('verify.approval-wrong', { wrong })] }
  if (by.length < approvalsNeeded) return { id, problems: [problem('verify.approvals-missing', { valid: by.length })] }
  return passed(id)
}

/** Whether this very decision stands in a log the trust file names. */
function judgeLogged(
  { log }: ReleasePredicate,
  statement: Statement<unknown>,
  trust: Trust,
  { proveLogged }: VerifyOptions,
): Finding {
  const id = 'logged'
  if (log === null) {
    return trust.keys.some(({ roles }) => roles.includes('log'))
      ? { id, problems: [problem('verify.not-logged', {})] }
      : { id, problems: [], words: loggedWords.notLogged }
  }
  const wrong = (because: string): Finding => ({ id, problems: [problem('verify.log-proof-wrong', { because })] })
  if (proveLogged === undefined) return wrong('not-checked')
  const proven = proveLogged(log.proof, Buffer.from(log.entry), trust)
  if (proven.kind === 'wrong') return wrong(proven.code)
  if (proven.origin !== log.origin || proven.index !== log.index) return wrong('other-position')
  const json = readStrictJson(log.entry)
  const leaf = json.kind === 'json' ? record(json.value) : {}
  if (leaf['type'] !== 'batch-authorised' || leaf['statement'] !== statementDigest(statement)) {
    return { id, problems: [problem('verify.log-other-decision', {})] }
  }
  const { origin, index, size, cosigners, quorum } = proven
  return { id, problems: [], words: loggedWords.at({ origin, index, size, cosigners, quorum }) }
}

function judgePersons({ persons }: ReleasePredicate): readonly VerifyProblem[] {
  const parts = [
    { part: 'general', ...persons },
    { part: 'sensitive', ...persons.sensitive },
  ]
  return parts
    .filter(({ before, new: added, after, ceiling }) => ceiling < after || before + added !== after)
    .map(({ part, after, ceiling }) => problem('verify.persons-over-ceiling', { part, after, ceiling }))
}

function judgeChecks({ checks }: ReleasePredicate): readonly VerifyProblem[] {
  const ran = checks.filter((check) => check.outcome === 'passed').map((check) => check.id)
  const failed = checks.filter((check) => check.outcome !== 'passed').map((check) => check.id)
  const wanting = new Set([...checkIds.filter((id) => !ran.includes(id)), ...failed])
  return [...wanting].map((check) => problem('verify.gate-check-missing', { check }))
}

function judgePilot(
  { pilot, permit }: ReleasePredicate,
  keys: readonly TrustedKey[],
  { allowPilot }: VerifyOptions,
): Finding {
  const isPilot = pilot || permit.kind === 'simulated' || keys.some((key) => key.simulated)
  if (!isPilot) return passed('pilot')
  if (!allowPilot) return { id: 'pilot', problems: [problem('verify.pilot-release', {})] }
  return { id: 'pilot', problems: [], words: pilotAcceptedWords }
}

async function compareFile(path: string, stated: StatedFile): Promise<readonly VerifyProblem[]> {
  const { bytes, sha256 } = await hashFile(path)
  if (bytes !== stated.bytes) {
    return [problem('verify.file-size-differs', { file: stated.name, expected: stated.bytes, actual: bytes })]
  }
  return sha256 === stated.sha256 ? [] : [problem('verify.file-content-differs', { file: stated.name })]
}

// --- the report -------------------------------------------------------------------------------------------------

interface Finding {
  readonly id: VerifyCheckId
  readonly problems: readonly VerifyProblem[]
  /** What passed, where the check's own words would say too much. */
  readonly words?: Words
}

function passed(id: VerifyCheckId): Finding {
  return { id, problems: [] }
}

function report(findings: readonly Finding[]): VerifyReport {
  const checks = Object.entries(verifyCheckWords).map(([id, words]): VerifyCheck => {
    const found = findings.find((finding) => finding.id === id)
    const problems = found?.problems ?? []
    const outcome = found === undefined ? 'not-run' : problems.length === 0 ? 'passed' : 'failed'
    return { id: id as VerifyCheckId, outcome, words: found?.words ?? words, problems }
  })
  const isValid = checks.every((check) => check.outcome === 'passed')
  const code = checks.flatMap((check) => check.problems)[0]?.code ?? null
  const simulated = findings.some((finding) => finding.words === pilotAcceptedWords)
  return { outcome: isValid ? 'valid' : 'refused', code, simulated, checks }
}

function problem(code: VerifyCode, facts: Facts): VerifyProblem {
  const { file } = facts
  return { code, words: verifyWords[code](facts), facts, ...(typeof file === 'string' ? { file } : {}) }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return false
    throw error
  }
}

function strictText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function record(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function unreachable(value: never): never {
  throw new Error(`no case for ${JSON.stringify(value)}`)
}
