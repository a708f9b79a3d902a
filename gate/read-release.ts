import { legalDate } from '@tongguan/law'
import { problem } from './finding.ts'
import type { VerifyProblem } from './finding.ts'
import type { Trust, TrustedKey } from './keys.ts'
import {
  digestOf,
  payloadType,
  readEnvelope,
  refusalType,
  releaseType,
  shapeOfEnvelope,
  signatureFits,
  statementType,
  subjectsOf,
} from './manifest.ts'
import type { Envelope, ReleasePredicate, StatedFile, Statement } from './manifest.ts'
import { envelopeFile } from './release-folder.ts'
import { readStrictJson } from './strict-json.ts'
import type { Facts, VerifyCheckId, VerifyCode } from './words.ts'

/* Reads a release’s manifest as strictly as it is written: envelope, signatures, form of the statement. */

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
  return { kind: 'opened', release: stated.statement.predicate, statement: stated.statement, keys: signed.keys }
}

export type Opened =
  | {
      readonly kind: 'opened'
      readonly release: ReleasePredicate
      readonly statement: Statement<ReleasePredicate>
      readonly keys: readonly TrustedKey[]
    }
  | {
      readonly kind: 'wrong'
      readonly passed: readonly VerifyCheckId[]
      readonly id: VerifyCheckId
      readonly problems: readonly VerifyProblem[]
    }

export interface Wrong {
  readonly kind: 'wrong'
  readonly problem: VerifyProblem
}

export function wrong(code: VerifyCode, facts: Facts): Wrong {
  return { kind: 'wrong', problem: problem(code, facts) }
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

export type Signed =
  | { readonly kind: 'signed'; readonly keys: readonly TrustedKey[] }
  | { readonly kind: 'wrong'; readonly problems: readonly VerifyProblem[] }

/** Every signature must be by a key trusted for releases, and fit. One foreign signature spoils the rest. */
export function judgeSignatures(envelope: Envelope, trust: Trust): Signed {
  const judged = envelope.signatures.map(({ keyid, sig }) => {
    const key = trust.keys.find((one) => one.keyId === keyid)
    if (key === undefined) return problem('verify.key-unknown', { keyId: keyid })
    if (!key.roles.includes('gate')) return problem('verify.key-not-for-releases', { name: key.name })
    if (key.revokedOn !== undefined) return problem('verify.key-revoked', { name: key.name, day: key.revokedOn })
    return signatureFits(envelope, sig, key) ? key : problem('verify.signature-wrong', { name: key.name })
  })
  const problems = judged.flatMap((one) => ('code' in one ? [one] : []))
  if (problems.length > 0) return { kind: 'wrong', problems }
  return { kind: 'signed', keys: judged.flatMap((one) => ('code' in one ? [] : [one])) }
}

type Stated = { readonly kind: 'stated'; readonly statement: Statement<ReleasePredicate> } | Wrong

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
  const { mode } = predicate
  if (mode !== 'plaintext' && mode !== 'sealed') return wrong('verify.mode-unknown', { mode: String(mode) })
  const amiss = whatIsAmiss(predicate, statement['subject'])
  if (amiss !== undefined) return wrong('verify.statement-shape', { because: amiss })
  // Every field the checks rest on was looked at above; the rest is only shown.
  return { kind: 'stated', statement: json.value as Statement<ReleasePredicate> }
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
  if (!['issued', 'transcribed', 'simulated', 'basis'].includes(String(permit['kind']))) return 'permit.kind'
  if ('signed' in permit && typeof shapeOfEnvelope(permit['signed']) === 'string') return 'permit.signed'
  const days = [permit['firstDay'], permit['lastDay'], predicate['decidedOn']]
  if (!days.every(isDay)) return 'a day'
  if (typeof predicate['pilot'] !== 'boolean') return 'pilot'
  const approvals = predicate['approvals'] ?? []
  if (!Array.isArray(approvals) || approvals.some((one) => typeof shapeOfEnvelope(one) === 'string')) return 'approvals'
  if (predicate['log'] !== null && !isLoggedLeaf(record(predicate['log']))) return 'log'
  if (!isTreated(predicate['transforms'], predicate['recipe'])) return 'transforms'
  if (!isChecks(predicate['checks'])) return 'checks'
  const persons = record(predicate['persons'])
  if (![persons, record(persons['sensitive'])].every(isCount)) return 'persons'
  const isSealed = predicate['mode'] === 'sealed'
  if (isSealed !== 'seal' in predicate || (isSealed && !isSeal(record(predicate['seal'])))) return 'seal'
  return filesAmiss(predicate['files'], subject, { digest: record(predicate['batch'])['digest'], isSealed })
}

function filesAmiss(
  files: unknown,
  subject: unknown,
  { digest, isSealed }: { readonly digest: unknown; readonly isSealed: boolean },
): string | undefined {
  if (!Array.isArray(files) || files.length === 0 || !files.every(isStatedFile)) return 'files'
  if (new Set(files.map((file) => file.name)).size !== files.length) return 'files: one name twice'
  if (files.some(({ input }) => input !== undefined && !isDigested(input))) return 'files.input'
  if (files.some(({ sealed }) => isSealed !== isDigested(sealed))) return 'files.sealed'
  if (JSON.stringify(subjectsOf(files)) !== JSON.stringify(subject)) return 'subject'
  return digestOf(files) === digest ? undefined : 'batch.digest'
}

/** Treatments and the recipe that asked for them stand together, or neither. */
function isTreated(transforms: unknown, recipe: unknown): boolean {
  if (!Array.isArray(transforms)) return false
  if (recipe === undefined) return transforms.length === 0
  const { id, sha256, keyId, persons } = record(recipe)
  const { before, after } = record(persons)
  const isNamed = typeof id === 'string' && typeof keyId === 'string' && /^[0-9a-f]{64}$/.test(String(sha256))
  return isNamed && [before, after].every(Number.isSafeInteger) && transforms.map(record).every(isColumnDone)
}

function isColumnDone({ file, column, treatment, cells, emptied }: Fields): boolean {
  const isNamed = [file, column, treatment].every((one) => typeof one === 'string')
  return isNamed && [cells, emptied].every(Number.isSafeInteger)
}

function isSeal({ format, to, confirmation }: Fields): boolean {
  const { keyId, age } = record(to)
  const isKnown = confirmation === 'receipt' || confirmation === 'read-back'
  return format === 'age-encryption.org/v1' && typeof keyId === 'string' && typeof age === 'string' && isKnown
}

function isDigested(value: unknown): boolean {
  const { bytes, sha256 } = record(value)
  return Number.isSafeInteger(bytes) && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)
}

function isStatedFile(value: unknown): value is StatedFile {
  const { name, bytes, sha256, rows, columns } = record(value)
  const isPath =
    typeof name === 'string' && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  return (
    isPath &&
    isDigested({ bytes, sha256 }) &&
    Number.isSafeInteger(rows) &&
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

export function strictText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

export function record(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function unreachable(value: never): never {
  throw new Error(`no case for ${JSON.stringify(value)}`)
}
