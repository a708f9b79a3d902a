import type { LegalDate, Permit } from '@tongguan/law'
import { approvalsNeeded, intentOf, judgeApprovals } from './approval.ts'
import { canonicalJson } from './canonical-json.ts'
import { passed, problem } from './finding.ts'
import type { Finding, VerifyProblem } from './finding.ts'
import type { Trust, TrustedKey } from './keys.ts'
import { proveLeaf } from './logged-leaf.ts'
import type { ProveLogged } from './logged-leaf.ts'
import type { ReleasePredicate, Statement } from './manifest.ts'
import { judgePermit, roleFor } from './permit.ts'
import { checkIds, isDue } from './release.ts'
import { readStrictJson } from './strict-json.ts'
import { approvalWords, loggedWords, notApprovedWords, pilotAcceptedWords } from './words.ts'

/* What a manifest states, held against the permit, the trust file and the log. Pure. */

export function judgeDays(
  { permit, decidedOn }: ReleasePredicate,
  on: LegalDate | undefined,
): readonly VerifyProblem[] {
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
export function judgeApproval(release: ReleasePredicate, trust: Trust): Finding {
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
  const { kind } = release.permit
  return kind === 'transcribed' || kind === 'basis'
    ? { id: 'approval', problems: [], words: approvalWords[kind] }
    : passed('approval')
}

/** The first part of a release its signed permit does not cover; undefined where it covers all. */
function whatWasNotApproved(release: ReleasePredicate, permit: Permit): string | undefined {
  const { id, kind, firstDay, lastDay, caseNo, resultNo } = permit
  const stated = release.permit
  const same = { id, kind, firstDay, lastDay, caseNo, resultNo }
  const other = Object.entries(same).find(([field, value]) => stated[field as keyof typeof same] !== value)
  if (other !== undefined) return `permit.${other[0]}`
  if (canonicalJson(stated.revocationLimit ?? null) !== canonicalJson(permit.revocationLimit ?? null)) {
    return 'permit.revocationLimit'
  }
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
export function judgeTwoPersons(release: ReleasePredicate, trust: Trust): Finding {
  const id = 'approvals'
  if (!trust.keys.some(({ roles }) => roles.includes('approver'))) return { id, problems: [], words: notApprovedWords }
  const { by, wrong } = judgeApprovals(intentOf(release), release.approvals ?? [], trust)
  if (wrong > 0) return { id, problems: [problem('verify.approval-wrong', { wrong })] }
  if (by.length < approvalsNeeded) return { id, problems: [problem('verify.approvals-missing', { valid: by.length })] }
  return passed(id)
}

/** Whether this very decision stands in a log the trust file names. */
export function judgeLogged(
  statement: Statement<ReleasePredicate>,
  trust: Trust,
  proveLogged: ProveLogged | undefined,
): Finding {
  const id = 'logged'
  if (statement.predicate.log === null) {
    return trust.keys.some(({ roles }) => roles.includes('log'))
      ? { id, problems: [problem('verify.not-logged', {})] }
      : { id, problems: [], words: loggedWords.notLogged }
  }
  const proven = proveLeaf('batch-authorised', statement, trust, proveLogged)
  if (proven.kind === 'other-decision') return { id, problems: [problem('verify.log-other-decision', {})] }
  if (proven.kind === 'wrong' && proven.code === 'log.quorum-not-met') {
    return { id, problems: [problem('verify.witnesses-too-few', {})] }
  }
  if (proven.kind === 'wrong') return { id, problems: [problem('verify.log-proof-wrong', { because: proven.code })] }
  const { origin, index, size, cosigners, quorum } = proven
  return { id, problems: [], words: loggedWords.at({ origin, index, size, cosigners, quorum }) }
}

export function judgePersons({ persons }: ReleasePredicate): readonly VerifyProblem[] {
  const parts = [
    { part: 'general', ...persons },
    { part: 'sensitive', ...persons.sensitive },
  ]
  return parts
    .filter(({ before, new: added, after, ceiling }) => ceiling < after || before + added !== after)
    .map(({ part, after, ceiling }) => problem('verify.persons-over-ceiling', { part, after, ceiling }))
}

export function judgeChecks({ checks, files, permit, recipe }: ReleasePredicate): readonly VerifyProblem[] {
  const ran = checks.filter((check) => check.outcome === 'passed').map((check) => check.id)
  const failed = checks.filter((check) => check.outcome !== 'passed').map((check) => check.id)
  const of = {
    rebuilt: recipe === undefined && files.some(({ input }) => input !== undefined),
    basis: permit.kind === 'basis',
  }
  const due = checkIds.filter((id) => isDue(id, of))
  const wanting = new Set([...due.filter((id) => !ran.includes(id)), ...failed])
  return [...wanting].map((check) => problem('verify.gate-check-missing', { check }))
}

export function judgePilot(
  { pilot, permit }: ReleasePredicate,
  keys: readonly TrustedKey[],
  { allowPilot }: { readonly allowPilot: boolean },
): Finding {
  const isPilot = pilot || permit.kind === 'simulated' || keys.some((key) => key.simulated)
  if (!isPilot) return passed('pilot')
  if (!allowPilot) return { id: 'pilot', problems: [problem('verify.pilot-release', {})] }
  return { id: 'pilot', problems: [], words: pilotAcceptedWords }
}
