import { hash } from 'node:crypto'
import { kinds, usualRevocationLimit } from '@tongguan/law'
import type {
  Citation,
  ColumnEvidence,
  DataItem,
  Disguise,
  Evidence,
  ExportFacts,
  Kind,
  LegalDate,
  Permit,
  PermittedScenario,
  SecondReading,
  Words,
} from '@tongguan/law'
import { judgeBasis } from './basis.ts'
import { canonicalJson } from './canonical-json.ts'
import { beyondWhatPassed, reason } from './hold-reason.ts'
import type { HoldReason } from './hold-reason.ts'
import type { LogClock } from './log.ts'
import type { Revocations, RevocationsAtHand } from './permit.ts'
import { namesSomebody } from './names.ts'
import { judgeReaders, readersOf } from './second-reading.ts'
import { judgeAnonymity, judgeTransforms, treatedOf } from './transforms/judge-transforms.ts'
import type { TransformedBatch } from './transforms/judge-transforms.ts'
import { checkWords } from './words.ts'
import type { CheckId } from './words.ts'

/**
 * Whether a batch may leave under a permit. Pure: the same question has the same answer.
 *
 * Network Data Security Management Regulations (State Council Order 790) art. 38: after the assessment nothing may go
 * beyond the purpose, manner, scope, types and scale that passed. Every check runs and is reported with its version
 * and the digest of what it looked at; one that fails or cannot run holds the batch, and all reasons are given.
 * `released` here is the decision only; `releaseBatch` makes it true.
 */
export function decideRelease(question: ReleaseQuestion): Released | Held {
  const scenario = question.permit.scenarios.find((one) => one.id === question.scenarioId)
  const asked = checkIds.filter((id) =>
    isDue(id, { rebuilt: question.rebuilt !== null, basis: question.permit.kind === 'basis' }),
  )
  const results = asked.map((id) => ({ id, ...checks[id].run(question, scenario) }))
  const report = results.map(({ id, version, inputSha256, outcome }): CheckReport => {
    return { id, version, inputSha256, outcome, words: checkWords[id] }
  })
  const reasons = results.flatMap((result) => result.reasons)
  const allPassed = report.every((check) => check.outcome === 'passed')
  if (allPassed && reasons.length === 0 && scenario !== undefined) return { kind: 'released', scenario, checks: report }
  return { kind: 'held', reasons, checks: report }
}

export interface ReleaseQuestion {
  readonly permit: Permit
  readonly scenarioId: string
  readonly recipient: { readonly name: string; readonly country: string }
  /** The day of the decision, in China. */
  readonly on: LegalDate
  /** The digest this permit's set was opened under, by the ledger; null where it is the first batch. */
  readonly permitKnownAs: string | null
  /** The export facts a basis was decided on; decides nothing under any other permit. */
  readonly facts: ExportFacts | null
  /** A pilot may release under a `simulated` permit; its manifest says so. */
  readonly pilot: boolean
  /** The authority's list, its signature verified; null where there is none. */
  readonly revocations: RevocationsAtHand | null
  /** The instant of the decision, RFC 3339 in UTC; decides how fresh the list is. */
  readonly at: string
  /** The system's clock, and the newest instant the log knows of: what was decided cannot lie after now. */
  readonly clock: LogClock
  /** The bytes that would leave, as hashed while copying. */
  readonly files: readonly BatchFile[]
  /** Of the private copy, not of the source folder. */
  readonly evidence: Evidence
  /** What a second reader found in the same bytes, by means of its own; null where none read them. */
  readonly secondReading: SecondReading | null
  /** Of a batch in strict mode: how each file was written anew; `evidence` is then of the new files. */
  readonly rebuilt: Rebuilt | null
  /** Of a batch treated by a recipe; `evidence` is then of what came of it. */
  readonly transformed: TransformedBatch | null
  /** The method the batch's persons were counted by. */
  readonly countedBy: string
  /** Distinct persons of this batch, the upper count: with an identifier, plus each row without one. */
  readonly batchPersons: Persons
  /** What the ledger's permit set says, after it looked for each of them. */
  readonly persons: LedgerCount
  /** What the register of consents and requests says of the batch's persons; null where the handler keeps none. */
  readonly consents: ConsentsSeen | null
  /** Bytes already released in this scenario; decides only where the permit has a ceiling for important data. */
  readonly bytesBefore: number
}

/** Persons of a batch against the register of separate consents and requests, on the day of the decision. */
export interface ConsentsSeen {
  readonly inForce: number
  /** Never registered, or only for a later day. */
  readonly missing: number
  readonly withdrawn: number
  /** Rows that name nobody: neither a consent nor a request can be found for them. */
  readonly unlinked: number
  /** Requests of individuals that keep somebody out on the day. */
  readonly requests: {
    readonly open: number
    /** Whose person is in the batch. */
    readonly found: number
    /** Whose person may be: some persons of the batch are known by other identifiers only. */
    readonly unmatchable: number
  }
}

export interface Rebuilt {
  readonly files: readonly RebuiltFile[]
  /** Of the files as they came. */
  readonly before: Evidence
}

/** A file written anew from its parsed values, or why it was not. `rows` as the rebuilder counted them. */
export interface RebuiltFile {
  readonly name: string
  readonly input: { readonly bytes: number; readonly sha256: string }
  readonly rows: number
  readonly columns: number | null
  readonly failed?: { readonly because: string; readonly row: number; readonly column?: string }
}

export interface BatchFile {
  /** Relative to the batch, with `/`. */
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** Distinct natural persons; `general` have no sensitive item. */
export interface Persons {
  readonly general: number
  readonly sensitive: number
}

/** Persons of one set (year or permit) before a batch, and what the batch would add. */
export interface LedgerCount {
  readonly alreadyGeneral: number
  readonly alreadySensitive: number
  readonly newGeneral: number
  /** Persons never seen before; those who move over stand apart. */
  readonly newSensitive: number
  /** Persons so far general whose sensitive items leave now: one fewer there, one more here, never counted twice. */
  readonly movedToSensitive: number
}

/** The set's persons after the batch. */
export function personsAfter(count: LedgerCount): Persons {
  return {
    general: count.alreadyGeneral + count.newGeneral - count.movedToSensitive,
    sensitive: count.alreadySensitive + count.newSensitive + count.movedToSensitive,
  }
}

export interface Released {
  readonly kind: 'released'
  readonly scenario: PermittedScenario
  readonly checks: readonly CheckReport[]
}

export interface Held {
  readonly kind: 'held'
  readonly reasons: readonly HoldReason[]
  readonly checks: readonly CheckReport[]
}

/** That a check ran: on what (digest of its input), by which version, with which outcome. */
export interface CheckReport {
  readonly id: CheckId
  readonly version: number
  /** SHA-256 (hex) over the canonical JSON of exactly what the check judged; null where it could not run. */
  readonly inputSha256: string | null
  readonly outcome: 'passed' | 'failed' | 'not-run'
  readonly words: Words
}

/** Whether a check is made of a batch: two are of some batches only. */
export function isDue(id: CheckId, of: { readonly rebuilt: boolean; readonly basis: boolean }): boolean {
  return id === 'rebuilt' ? of.rebuilt : id === 'basis' ? of.basis : true
}

/** The ids of all checks; a manifest that lacks one that is due is refused by the verifier. */
export const checkIds: readonly CheckId[] = Object.keys(checkWords) as CheckId[]

// --- the checks -------------------------------------------------------------------------------------------------

/** Where consent is the basis, it is separate for the export, and ends when it is withdrawn. */
const separateConsent: Citation = { instrument: 'pipl-2021', article: 39 }
const withdrawal: Citation = { instrument: 'pipl-2021', article: 15 }
/** The person may restrict or refuse the processing; each kind of request has its own article (law/individual-requests.ts). */
const objection: Citation = { instrument: 'pipl-2021', article: 44 }
/** Validity of a result; three years from issue. */
const validity: Citation = { instrument: 'provisions-2024', article: 9 }
/** Who must pass the assessment: a simulated result is none. */
const duty: Citation = { instrument: 'provisions-2024', article: 7 }

const checks = {
  clock: check({
    version: 1,
    input: ({ clock: { now, newest } }) => ({ now, newest }),
    judge: (clock) => whyClockBehind(clock),
  }),
  'permit-in-force': check({
    version: 1,
    input: ({ permit, on }) => ({ firstDay: permit.firstDay, lastDay: permit.lastDay, on }),
    judge: ({ firstDay, lastDay, on }) => [
      ...(on < firstDay ? [reason('gate.permit-not-yet-in-force', validity, { firstDay, on })] : []),
      ...(lastDay < on ? [reason('gate.permit-expired', validity, { lastDay, on })] : []),
    ],
  }),
  'permit-kind': check({
    version: 1,
    input: ({ permit, pilot }) => ({ kind: permit.kind, pilot }),
    judge: ({ kind, pilot }) =>
      kind !== 'simulated' || pilot ? [] : [reason('gate.permit-simulated', duty, { kind })],
  }),
  basis: check({
    version: 1,
    input: ({ permit, facts, on }) => ({ permit, facts, on }),
    judge: ({ permit, facts, on }) => {
      const { basis } = permit
      if (basis === undefined || facts === null) {
        return [reason('gate.basis-fails', beyondWhatPassed, { because: 'facts-missing', what: '' })]
      }
      return judgeBasis({ ...permit, basis }, facts, on)
    },
  }),
  'permit-unchanged': check({
    version: 1,
    input: ({ permit, permitKnownAs }) => ({ permit: permit.id, digest: permitDigest(permit), permitKnownAs }),
    judge: ({ permit, digest, permitKnownAs }) =>
      permitKnownAs === null || permitKnownAs === digest
        ? []
        : [reason('gate.permit-changed', beyondWhatPassed, { permit })],
  }),
  'permit-not-revoked': check({
    version: 2,
    input: ({ permit, revocations, at, on }) => revocationOf(permit, revocations, { at, on }),
    judge: judgeRevocation,
  }),
  scenario: check({
    version: 1,
    input: ({ permit, scenarioId }) => ({ approved: permit.scenarios.map((one) => one.id), scenario: scenarioId }),
    judge: ({ approved, scenario }) =>
      approved.includes(scenario) ? [] : [reason('gate.scenario-not-approved', beyondWhatPassed, { scenario })],
  }),
  recipient: checkInScenario({
    version: 1,
    input: ({ recipient }, scenario) => ({ recipient, approved: scenario.recipients }),
    judge: ({ recipient, approved }) => judgeRecipient(recipient, approved),
  }),
  'names-say-nothing': check({
    version: 1,
    input: ({ files }) => ({ files: files.map(({ name }) => name) }),
    judge: ({ files }) =>
      files.filter(namesSomebody).map((file) => reason('gate.name-identifies', beyondWhatPassed, {}, file)),
  }),
  'batch-not-empty': check({
    version: 1,
    input: ({ files, evidence }) => ({ files: files.length, rows: sum(evidence.files.map((file) => file.rows)) }),
    judge: ({ files, rows }) =>
      files > 0 && rows > 0 ? [] : [reason('gate.batch-empty', beyondWhatPassed, { files, rows })],
  }),
  'fully-inspected': check({
    version: 1,
    input: ({ files, evidence }) => ({
      files,
      complete: evidence.scanned.complete,
      scanned: evidence.files.map(({ path, format, skipped, sha256, error, columns }) => ({
        path,
        format,
        skipped,
        sha256,
        error: error?.code ?? null,
        columns: columns.length,
      })),
    }),
    judge: judgeInspection,
  }),
  rebuilt: check({
    version: 1,
    input: ({ rebuilt, evidence }) => ({
      files: rebuilt?.files ?? [],
      before: foundOf(rebuilt?.before),
      after: foundOf(evidence),
    }),
    judge: judgeRebuilt,
  }),
  'read-twice': check({
    version: 1,
    input: ({ files, evidence, secondReading }) => readersOf(files, evidence, secondReading),
    judge: judgeReaders,
  }),
  transforms: checkInScenario({
    version: 1,
    input: ({ transformed, evidence, recipient }, scenario) => ({
      items: scenario.items.flatMap(({ name, treatment }) => (treatment === undefined ? [] : [{ name, treatment }])),
      recipient: recipient.name,
      ...treatedOf(transformed, evidence),
    }),
    judge: judgeTransforms,
  }),
  anonymity: checkInScenario({
    version: 1,
    input: ({ evidence }, scenario) => ({
      asked: scenario.anonymity ?? null,
      files: evidence.files.map(({ path, columns }) => ({ path, columns: columns.map(({ name }) => name) })),
      measured: evidence.risk.map(({ file, files, quasiIdentifiers, k }) => ({ file, files, quasiIdentifiers, k })),
    }),
    judge: judgeAnonymity,
  }),
  'items-approved': checkInScenario({
    version: 1,
    input: ({ evidence }, scenario) => ({
      approved: scenario.items.map((item) => item.name.normalize('NFC')),
      columns: columnsOf(evidence).map(({ file, column, rows }) => ({ file, column: column.name, rows })),
    }),
    judge: ({ approved, columns }) =>
      columns
        .filter(({ column }) => !approved.includes(column.normalize('NFC')))
        .map(({ file, column, rows }) =>
          reason('gate.item-not-approved', beyondWhatPassed, { column, rows }, file, column),
        ),
  }),
  'items-hold-what-they-say': checkInScenario({
    version: 1,
    input: ({ evidence }, scenario) => ({
      items: scenario.items,
      columns: columnsOf(evidence).map(({ file, column: { name, category, kind, level, counts, findings } }) => ({
        file,
        name,
        category,
        kind,
        level,
        matched: counts.matched,
        findings,
      })),
    }),
    judge: ({ items, columns }) => columns.flatMap((column) => judgeContent(column, items)),
  }),
  'nothing-disguised': checkInScenario({
    version: 1,
    input: ({ evidence }, scenario) => ({
      items: scenario.items.map(({ name, kind }) => ({ name, kind })),
      files: evidence.files.map(({ path, disguises }) => ({ file: path, disguises: disguises ?? null })),
    }),
    judge: ({ items, files }) => files.flatMap((file) => judgeDisguises(file, items)),
  }),
  'counting-method': check({
    version: 1,
    input: ({ permit, countedBy }) => ({ permit: permit.countingMethod, batch: countedBy }),
    judge: ({ permit, batch }) =>
      permit === batch ? [] : [reason('gate.counting-method-differs', beyondWhatPassed, { permit, batch })],
  }),
  'persons-counted': check({
    version: 1,
    input: ({ evidence, transformed, batchPersons }) => {
      const { persons } = transformed?.before ?? evidence
      return {
        all: { found: persons.upper, counted: batchPersons.general + batchPersons.sensitive },
        sensitive: { found: persons.sensitive.upper, counted: batchPersons.sensitive },
      }
    },
    judge: ({ all, sensitive }) => [
      ...(all.found <= all.counted
        ? []
        : [reason('gate.persons-not-counted', beyondWhatPassed, { part: 'all', ...all })]),
      ...(sensitive.found <= sensitive.counted
        ? []
        : [reason('gate.persons-not-counted', beyondWhatPassed, { part: 'sensitive', ...sensitive })]),
    ],
  }),
  'persons-ceiling': checkInScenario({
    version: 1,
    input: ({ persons }, scenario) => ({ persons, ceiling: scenario.ceiling }),
    judge: ({ persons, ceiling }) => judgeCeiling(persons, ceiling),
  }),
  consents: check({
    version: 2,
    input: ({ consents }) => ({ consents }),
    judge: ({ consents }) => (consents === null ? [] : judgeConsents(consents)),
  }),
  'important-data': checkInScenario({
    version: 1,
    input: ({ evidence, files, bytesBefore }, scenario) => ({
      ceiling: scenario.importantDataBytes,
      before: bytesBefore,
      batch: sum(files.map((file) => file.bytes)),
      hints: evidence.hints.filter((hint) => hint.kind === 'important-data').map((hint) => hint.where),
    }),
    judge: ({ ceiling, before, batch, hints }) => {
      if (ceiling === null)
        return hints.map((where) => reason('gate.important-data-not-approved', beyondWhatPassed, { where }))
      const after = before + batch
      return after <= ceiling
        ? []
        : [reason('gate.important-data-over-ceiling', beyondWhatPassed, { before, new: batch, after, ceiling })]
    },
  }),
} as const satisfies Record<CheckId, Check>

/** Two machines of one gate, or a witness, may be this far apart; a clock further behind was set back. */
const secondsApartMax = 10

/**
 * A clock earlier than the newest entry or cosignature of the log was set back: no day it says is believed, neither the
 * permit's last nor the list's freshness.
 */
export function whyClockBehind({ now, newest }: LogClock): readonly HoldReason[] {
  const isBehind = newest !== null && Date.parse(now) + secondsApartMax * 1_000 < Date.parse(newest)
  return isBehind ? [reason('gate.clock-behind', validity, { now, newest })] : []
}

/** Whether a permit still holds by the authority's list at an instant; asked again before anything leaves. */
export function whyNotHolding(
  permit: Pick<Permit, 'id' | 'kind' | 'revocationLimit'>,
  revocations: RevocationsAtHand | null,
  when: { readonly at: string; readonly on: LegalDate },
): readonly HoldReason[] {
  return judgeRevocation(revocationOf(permit, revocations, when))
}

function revocationOf(
  permit: Pick<Permit, 'id' | 'kind' | 'revocationLimit'>,
  revocations: RevocationsAtHand | null,
  { at, on }: { readonly at: string; readonly on: LegalDate },
): Revocation {
  const { onlineSeconds, fileSeconds } = permit.revocationLimit ?? usualRevocationLimit
  return {
    kind: permit.kind,
    list: revocations && {
      issuedAt: revocations.issuedAt,
      nextUpdate: revocations.nextUpdate,
      secondsMax: revocations.fetched === true ? onlineSeconds : fileSeconds,
    },
    revoked: revocations?.permits.filter((one) => one.id === permit.id && one.on <= on) ?? [],
    at,
  }
}

interface Revocation {
  readonly kind: Permit['kind']
  readonly list: (Pick<Revocations, 'issuedAt' | 'nextUpdate'> & { readonly secondsMax: number }) | null
  readonly revoked: Revocations['permits']
  readonly at: string
}

// Only an authority that issues permits by Tongguan keeps such a list; a transcribed permit's authority has none.
function judgeRevocation({ kind, list, revoked, at }: Revocation): readonly HoldReason[] {
  if (list === null) return kind === 'issued' ? [reason('gate.revocations-missing', beyondWhatPassed, {})] : []
  const oldest = new Date(Date.parse(list.issuedAt) + list.secondsMax * 1_000).toISOString()
  const usableUntil = Date.parse(list.nextUpdate) < Date.parse(oldest) ? list.nextUpdate : oldest
  return [
    ...(Date.parse(at) <= Date.parse(usableUntil)
      ? []
      : [reason('gate.revocations-stale', beyondWhatPassed, { ...list, usableUntil, at })]),
    ...revoked.map(({ on, because }) => reason('gate.permit-revoked', beyondWhatPassed, { revokedOn: on, because })),
  ]
}

function judgeConsents({ missing, withdrawn, unlinked, requests }: ConsentsSeen): readonly HoldReason[] {
  const { found, unmatchable } = requests
  return [
    ...(missing === 0 ? [] : [reason('gate.consent-missing', separateConsent, { persons: missing })]),
    ...(withdrawn === 0 ? [] : [reason('gate.consent-withdrawn', withdrawal, { persons: withdrawn })]),
    ...(unlinked === 0 ? [] : [reason('gate.consent-unlinked', separateConsent, { rows: unlinked })]),
    ...(found === 0 ? [] : [reason('gate.individual-listed', objection, { requests: found })]),
    ...(unmatchable === 0 ? [] : [reason('gate.individual-unmatchable', objection, { requests: unmatchable })]),
  ]
}

function judgeRecipient(
  recipient: ReleaseQuestion['recipient'],
  approved: PermittedScenario['recipients'],
): readonly HoldReason[] {
  const sameName = approved.filter((one) => one.name.normalize('NFC') === recipient.name.normalize('NFC'))
  const facts = { recipient: recipient.name, country: recipient.country }
  if (sameName.length === 0) return [reason('gate.recipient-not-approved', beyondWhatPassed, facts)]
  if (sameName.some((one) => one.country === recipient.country)) return []
  const countries = sameName.map((one) => one.country).join(', ')
  return [reason('gate.recipient-country-differs', beyondWhatPassed, { ...facts, approved: countries })]
}

interface Inspected {
  readonly files: readonly BatchFile[]
  readonly complete: boolean
  readonly scanned: readonly {
    readonly path: string
    readonly format: string
    readonly skipped: number
    readonly sha256: string
    readonly error: string | null
    readonly columns: number
  }[]
}

// "The check is on" is not "the check ran": each file of the copy must stand in the evidence with its own digest.
function judgeInspection({ files, complete, scanned }: Inspected): readonly HoldReason[] {
  const names = new Set(files.map((file) => file.name))
  const gaps: readonly { readonly because: string; readonly file?: string }[] = [
    ...(complete ? [] : [{ because: 'scan-incomplete' }]),
    ...scanned.filter(({ path }) => !names.has(path)).map(() => ({ because: 'file-not-in-batch' })),
    ...files.flatMap((file) => gapsOf(file, scanned).map((because) => ({ because, file: file.name }))),
  ]
  return gaps.map(({ because, file }) => reason('gate.not-fully-inspected', beyondWhatPassed, { because }, file))
}

function gapsOf(file: BatchFile, scanned: Inspected['scanned']): readonly string[] {
  const found = scanned.filter(({ path }) => path === file.name)
  const [seen] = found
  if (seen === undefined) return ['file-not-scanned']
  return [
    ...(found.length > 1 ? ['file-scanned-twice'] : []),
    ...(seen.error === null ? [] : [seen.error]),
    ...(seen.error === null && seen.format === 'unknown' ? ['format-unknown'] : []),
    ...(seen.error === null && seen.columns === 0 ? ['no-columns'] : []),
    ...(seen.skipped === 0 ? [] : ['rows-skipped']),
    ...(seen.sha256 === file.sha256 ? [] : ['other-bytes-scanned']),
  ]
}

/** What two readings of a batch must agree on: columns with all their counts, and persons. */
function foundOf(evidence: Evidence | undefined) {
  return {
    files: (evidence?.files ?? []).map(({ path, rows, skipped, columns }) => ({ path, rows, skipped, columns })),
    persons: evidence?.persons ?? null,
  }
}

interface TwoReadings {
  readonly files: readonly RebuiltFile[]
  readonly before: ReturnType<typeof foundOf>
  readonly after: ReturnType<typeof foundOf>
}

// Three readers must agree: the rebuilder, the engine on the files as they came, the engine on the files that would leave.
function judgeRebuilt({ files, before, after }: TwoReadings): readonly HoldReason[] {
  const not = (because: string, file?: string, row = 0) =>
    reason('gate.not-rebuilt', beyondWhatPassed, { because, row }, file)
  const failed = files.flatMap(({ name, failed }) =>
    failed === undefined ? [] : [not(failed.because, name, failed.row)],
  )
  if (failed.length > 0) return failed
  const differing = files.flatMap(({ name, rows, columns }) => {
    const [old, fresh] = [before, after].map((one) => one.files.find(({ path }) => path === name))
    if (fresh === undefined || fresh.rows !== rows) return [not('rows-differ', name)]
    if (columns !== null && fresh.columns.length !== columns) return [not('columns-differ', name)]
    return canonicalJson(old) === canonicalJson(fresh) ? [] : [not('values-differ', name)]
  })
  const persons = canonicalJson(before.persons) === canonicalJson(after.persons) ? [] : [not('persons-differ')]
  return [...differing, ...persons]
}

interface FoundContent extends Pick<ColumnEvidence, 'name' | 'category' | 'kind' | 'level' | 'findings'> {
  readonly file: string
  readonly matched: number
}

/**
 * What stands in an approved column against what was approved for it:
 * its own kind must be the item's or a narrower one (only a `review` of a kind that identifies nobody directly is let
 * pass); no direct identifier of another kind may stand among its values, were it one; and it may not be of a higher
 * category. A column without an item is the other check's business.
 */
function judgeContent(column: FoundContent, items: readonly DataItem[]): readonly HoldReason[] {
  const approved = items.filter((item) => item.name.normalize('NFC') === column.name.normalize('NFC'))
  const [item] = approved
  if (item === undefined) return []
  const foreign = new Map<Kind, number>()
  const isApproved = (kind: Kind) => approved.some((one) => isWithin(kind, one.kind))
  if (column.level !== 'none' && !isApproved(column.kind) && (column.level !== 'review' || isDirect(column.kind))) {
    foreign.set(column.kind, column.matched)
  }
  for (const finding of column.findings) {
    if (finding.valid > 0 && isDirect(finding.kind) && !isApproved(finding.kind))
      foreign.set(finding.kind, finding.valid)
  }
  const facts = { column: column.name, approved: item.kind }
  return [
    ...[...foreign].map(([found, values]) =>
      reason('gate.item-holds-other-data', beyondWhatPassed, { ...facts, found, values }, column.file, column.name),
    ),
    ...(column.level === 'none' || approved.some((one) => rank[column.category] <= rank[one.category])
      ? []
      : [
          reason(
            'gate.item-more-sensitive',
            beyondWhatPassed,
            { ...facts, approved: item.category, found: column.category },
            column.file,
            column.name,
          ),
        ]),
  ]
}

/**
 * What shows only under another reading must be what one of its columns was approved for. What nobody can read may stand
 * only where a code was approved: unknown is never releasable. Where nobody looked, nothing is known.
 */
function judgeDisguises(
  { file, disguises }: { readonly file: string; readonly disguises: readonly Disguise[] | null },
  items: readonly Pick<DataItem, 'name' | 'kind'>[],
): readonly HoldReason[] {
  if (disguises === null) return [reason('gate.not-fully-inspected', beyondWhatPassed, { because: 'disguises' }, file)]
  return disguises.flatMap(({ columns, readings, kind, values, row, sample }) => {
    const names = columns.map((column) => column.normalize('NFC'))
    const approved = items.filter(({ name }) => names.includes(name.normalize('NFC')))
    const column = columns.join(' + ')
    if (kind === null) {
      const mayBeCode = approved.some((item) => item.kind !== 'none' && !texts.includes(item.kind))
      return mayBeCode ? [] : [reason('gate.item-unreadable', beyondWhatPassed, { column, values }, file, column)]
    }
    if (approved.some((item) => isWithin(kind, item.kind))) return []
    const facts = { column, found: kind, values, row, readings: readings.join(' '), sample }
    return [reason('gate.item-disguised', beyondWhatPassed, facts, file, column)]
  })
}

const rank = { none: 0, personal: 1, sensitive: 2 } as const

/** What an approved kind covers besides itself. A text covers whatever identifies nobody directly, but for these. */
const narrower: Partial<Record<Kind, readonly Kind[]>> = {
  name: ['first_name', 'last_name'],
  phone: ['mobile'],
  address: ['city', 'region', 'country', 'postal_code'],
  birth_date: ['age'],
}
const texts: readonly Kind[] = ['clinical_note', 'free_text']
const neverImplied: readonly Kind[] = [
  'genotype',
  'income',
  'finance',
  'balance',
  'transaction',
  'credit_info',
  'criminal_suspicion',
  'political_status',
  'sexual_orientation',
  'credential',
  'password',
  'password_hash',
  'precise_location',
  'ip_address',
]

function isWithin(found: Kind, approved: Kind): boolean {
  if (found === approved || found === 'none') return true
  if (texts.includes(approved)) return !isDirect(found) && !neverImplied.includes(found)
  return narrower[approved]?.includes(found) ?? false
}

function isDirect(kind: Kind): boolean {
  return kinds[kind].identifies === 'direct'
}

function judgeCeiling(persons: LedgerCount, ceiling: PermittedScenario['ceiling']): readonly HoldReason[] {
  const after = personsAfter(persons)
  const parts = [
    { part: 'general', before: persons.alreadyGeneral, after: after.general, ceiling: ceiling.general },
    { part: 'sensitive', before: persons.alreadySensitive, after: after.sensitive, ceiling: ceiling.sensitive },
  ]
  // Written so that a figure that is not a number is over the ceiling, not within it.
  return parts
    .filter((one) => !(one.after <= one.ceiling))
    .map((one) => reason('gate.persons-over-ceiling', beyondWhatPassed, { ...one, new: one.after - one.before }))
}

// --- how a check is made ----------------------------------------------------------------------------------------

interface Check {
  readonly run: (question: ReleaseQuestion, scenario: PermittedScenario | undefined) => Outcome
}

interface Outcome extends Omit<CheckReport, 'id' | 'words'> {
  readonly reasons: readonly HoldReason[]
}

interface CheckPlan<Input, Scenario> {
  readonly version: number
  /** Everything the judgement rests on; its digest goes into the manifest, so the judge sees nothing else. */
  readonly input: (question: ReleaseQuestion, scenario: Scenario) => Input
  readonly judge: (input: Input) => readonly HoldReason[]
}

function check<Input>(plan: CheckPlan<Input, undefined>): Check {
  return { run: (question) => judged(plan.version, plan.input(question, undefined), plan.judge) }
}

/** A check that needs the scenario; without one it does not run, and what did not run holds the batch. */
function checkInScenario<Input>(plan: CheckPlan<Input, PermittedScenario>): Check {
  return {
    run: (question, scenario) =>
      scenario === undefined
        ? { version: plan.version, inputSha256: null, outcome: 'not-run', reasons: [] }
        : judged(plan.version, plan.input(question, scenario), plan.judge),
  }
}

function judged<Input>(version: number, input: Input, judge: (input: Input) => readonly HoldReason[]): Outcome {
  const reasons = judge(input)
  const inputSha256 = sha256(canonicalJson(input))
  return { version, inputSha256, outcome: reasons.length === 0 ? 'passed' : 'failed', reasons }
}

/** A permit by its content: SHA-256 (hex) of its canonical JSON. */
export function permitDigest(permit: Permit): string {
  return sha256(canonicalJson(permit))
}

function sha256(text: string): string {
  return hash('sha256', text)
}

function columnsOf(evidence: Evidence) {
  return evidence.files.flatMap((file) => file.columns.map((column) => ({ file: file.path, column, rows: file.rows })))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
