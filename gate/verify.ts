import type { LegalDate, Words } from '@tongguan/law'
import { compareFolder } from './compare-folder.ts'
import type { AgeKey } from './container.ts'
import { passed } from './finding.ts'
import type { Finding, VerifyProblem } from './finding.ts'
import {
  judgeApproval,
  judgeChecks,
  judgeDays,
  judgeLogged,
  judgePersons,
  judgePilot,
  judgeTwoPersons,
} from './judge-release.ts'
import type { Trust } from './keys.ts'
import type { ProveLogged } from './logged-leaf.ts'
import { statementDigest } from './manifest.ts'
import type { ReleasePredicate } from './manifest.ts'
import { openingOf } from './open-release.ts'
import { openEnvelope, readEnvelopeFile } from './read-release.ts'
import { pilotAcceptedWords, verifyCheckWords } from './words.ts'
import type { VerifyCheckId, VerifyCode } from './words.ts'

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
    judgeLogged(statement, trust, options.proveLogged),
    { id: 'persons', problems: judgePersons(release) },
    { id: 'gate-checks', problems: judgeChecks(release) },
    judgePilot(release, keys, options),
  ]
  const opening = await openingOf(folder, {
    statement,
    trust,
    options,
    isSound: findings.every(({ problems }) => problems.length === 0),
  })
  return {
    ...report([...findings, ...opening.findings]),
    release,
    statementSha256: statementDigest(statement),
    ...(opening.sealed === undefined ? {} : { sealed: opening.sealed }),
    signedBy: keys.map(({ keyId, name }) => ({ keyId, name })),
  }
}

export interface VerifyOptions {
  /** Accepts releases of a pilot, under simulated permits or by simulated keys. They have no legal effect. */
  readonly allowPilot: boolean
  /** The day of the check; given, a release dated later is refused. */
  readonly on?: LegalDate
  /** The recipient's age identity, to open a sealed release with. */
  readonly identity?: AgeKey
  /** A folder that does not exist yet; what was opened is put there once every check has passed. */
  readonly openInto?: string
  /** Without it a logged release is refused: not checked is not valid. */
  readonly proveLogged?: ProveLogged
}

export interface VerifyReport {
  readonly outcome: 'valid' | 'refused'
  /** The first failure's code; null for a valid release. */
  readonly code: VerifyCode | null
  /** A pilot or simulated release that `allowPilot` let pass: without legal effect, and whoever shows this says so. */
  readonly simulated: boolean
  readonly checks: readonly VerifyCheck[]
  /** What the manifest states, once its signature holds; also where a later check failed. */
  readonly release?: ReleasePredicate
  /** The statement's digest, as the log's leaf and receipts have it. */
  readonly statementSha256?: string
  /** Of a sealed release: whether its key has come, and whether it was opened. */
  readonly sealed?: 'closed' | 'openable' | 'opened'
  readonly signedBy?: readonly { readonly keyId: string; readonly name: string }[]
}

export interface VerifyCheck {
  readonly id: VerifyCheckId
  readonly outcome: 'passed' | 'failed' | 'not-run'
  readonly words: Words
  readonly problems: readonly VerifyProblem[]
}

function report(findings: readonly Finding[]): VerifyReport {
  // What only a sealed release has is listed for one only.
  const asked = Object.entries(verifyCheckWords).filter(
    ([id]) => !isOfSealed(id) || findings.some((one) => one.id === id),
  )
  const checks = asked.map(([id, words]): VerifyCheck => {
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

function isOfSealed(id: string): boolean {
  return id === 'key' || id === 'opened'
}
