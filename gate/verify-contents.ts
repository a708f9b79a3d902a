import type { LegalDate, Words } from '@tongguan/law'
import type { FolderComparison } from './compare-contents.ts'
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
import type { ReleasePredicate, StatedFile, Statement } from './manifest.ts'
import { openEnvelope } from './read-release.ts'
import { pilotAcceptedWords, verifyCheckWords } from './words.ts'
import type { VerifyCheckId, VerifyCode } from './words.ts'

/* What a recipient checks of a release, wherever its bytes lie. No file system: a browser runs the same. */

/** What is done with a release beside its manifest: its files compared, and where it is sealed, its key looked at. */
export interface Contents {
  compare(stated: readonly StatedFile[]): Promise<FolderComparison>
  open(of: {
    readonly statement: Statement<ReleasePredicate>
    readonly isSound: boolean
  }): Promise<{ readonly findings: readonly Finding[]; readonly sealed?: NonNullable<VerifyReport['sealed']> }>
}

/** Every check of a release from its envelope's bytes on; a check that rests on one that failed is not run. */
export async function verifyContents(
  envelope: Uint8Array,
  trust: Trust,
  options: VerifyOptions,
  contents: Contents,
): Promise<VerifyReport> {
  const opened = openEnvelope(envelope, trust)
  if (opened.kind === 'wrong')
    return report([...opened.passed.map(passed), { id: opened.id, problems: opened.problems }])
  const { release, keys, statement } = opened
  const compared = await contents.compare(release.files)
  const findings: readonly Finding[] = [
    ...(['envelope', 'signature', 'statement'] as const).map(passed),
    { id: 'files', problems: compared.entries },
    { id: 'content', problems: compared.bytes },
    judgeApproval(release, trust),
    { id: 'permit-day', problems: judgeDays(release, options.on) },
    judgeTwoPersons(release, trust),
    judgeLogged(statement, trust, options.proveLogged),
    { id: 'persons', problems: judgePersons(release) },
    { id: 'gate-checks', problems: judgeChecks(release) },
    judgePilot(release, keys, options),
  ]
  const isSound = findings.every(({ problems }) => problems.length === 0)
  const opening = await contents.open({ statement, isSound })
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

/** The findings as a report; the checks that have none were not run. */
export function report(findings: readonly Finding[]): VerifyReport {
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
