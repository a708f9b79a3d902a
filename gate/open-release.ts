import { hash } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { decryptFile, openCapsule } from './container.ts'
import type { AgeKey } from './container.ts'
import { passed, problem } from './finding.ts'
import type { Finding, VerifyProblem } from './finding.ts'
import type { Trust } from './keys.ts'
import { proveLeaf } from './logged-leaf.ts'
import {
  capsuleSubject,
  keyReleaseType,
  payloadType,
  readEnvelope,
  statementDigest,
  statementType,
} from './manifest.ts'
import type { KeyReleasePredicate, ReleasePredicate, StatedFile, Statement } from './manifest.ts'
import { exists, removeFolder } from './private-copy.ts'
import { judgeSignatures, record, strictText } from './read-release.ts'
import { judgeReceipt, recipientsOf } from './receipt.ts'
import { capsuleFile, keyEnvelopeFile, sealedName } from './release-folder.ts'
import { readStrictJson } from './strict-json.ts'
import type { VerifyOptions, VerifyReport } from './verify-contents.ts'
import { sealedWords } from './words.ts'

/* The recipient's side of a sealed release: whether its key was let out as it must be, and what the container holds. */

export interface Opening {
  readonly findings: readonly Finding[]
  readonly sealed?: NonNullable<VerifyReport['sealed']>
}

/** What is to be said of the key and the content of a release; nothing of one that is not sealed. */
export async function openingOf(
  folder: string,
  of: {
    readonly statement: Statement<ReleasePredicate>
    readonly trust: Trust
    readonly options: VerifyOptions
    /** Every other check passed. */
    readonly isSound: boolean
  },
): Promise<Opening> {
  const { statement, trust, options, isSound } = of
  if (statement.predicate.mode !== 'sealed') return { findings: [] }
  const notOpened: Finding = { id: 'opened', problems: [], words: sealedWords.notOpened }
  const stated = await readIfThere(join(folder, keyEnvelopeFile))
  const capsule = await readIfThere(join(folder, capsuleFile))
  if (stated === undefined && capsule === undefined) {
    return { findings: [{ id: 'key', problems: [], words: sealedWords.closed }, notOpened], sealed: 'closed' }
  }
  const because = stated === undefined ? 'not-stated' : whyKeyWrong(stated, capsule, statement, trust, options)
  if (because !== undefined) {
    return { findings: [{ id: 'key', problems: [problem('verify.key-wrong', { because })] }], sealed: 'closed' }
  }
  if (capsule === undefined) {
    return { findings: [{ id: 'key', problems: [], words: sealedWords.closed }, notOpened], sealed: 'closed' }
  }
  const { identity, openInto } = options
  if (identity === undefined) return { findings: [passed('key'), notOpened], sealed: 'openable' }
  if (!isSound) return { findings: [passed('key')], sealed: 'openable' }
  const problems = await openAll(folder, statement.predicate, { capsule, identity, openInto })
  const sealed = problems.length === 0 ? 'opened' : 'openable'
  return { findings: [passed('key'), { id: 'opened', problems }], sealed }
}

/** Why a key's statement does not let it out; undefined where it does. Pure. */
function whyKeyWrong(
  bytes: Uint8Array,
  capsule: Uint8Array | undefined,
  release: Statement<ReleasePredicate>,
  trust: Trust,
  { proveLogged }: VerifyOptions,
): string | undefined {
  const read = readEnvelope(strictText(bytes) ?? '')
  if (read.kind !== 'envelope' || read.envelope.payloadType !== payloadType) return 'envelope'
  const signed = judgeSignatures(read.envelope, trust)
  if (signed.kind === 'wrong') return signed.problems[0]?.code ?? 'signature'
  const json = readStrictJson(strictText(Buffer.from(read.envelope.payload, 'base64')) ?? '')
  const value = record(json.kind === 'json' ? json.value : undefined)
  if (value['_type'] !== statementType || value['predicateType'] !== keyReleaseType) return 'statement'
  const statement = value as unknown as Statement<KeyReleasePredicate>
  const predicate: Partial<KeyReleasePredicate> = record(statement.predicate)
  const { batch, seal } = release.predicate
  if (predicate.batch?.id !== batch.id || predicate.release !== statementDigest(release)) return 'other-release'
  if (predicate.confirmation !== seal?.confirmation) return 'confirmation'
  if (predicate.pilot !== release.predicate.pilot) return 'pilot'
  if (
    capsule !== undefined &&
    JSON.stringify(statement.subject) !== JSON.stringify(capsuleSubject(hash('sha256', capsule)))
  ) {
    return 'capsule'
  }
  const proven = proveLeaf('key-authorised', statement, trust, proveLogged)
  if (proven.kind !== 'included') return proven.kind === 'wrong' ? proven.code : proven.kind
  if (predicate.confirmation !== 'receipt' || recipientsOf(trust, release.predicate.recipient.name).length === 0) {
    return undefined
  }
  const { receipt } = predicate
  const judged = receipt && judgeReceipt(receipt, release, trust)
  return judged?.kind === 'receipt' && judged.of === 'container' ? undefined : 'receipt'
}

/** Opens every file, checks it against the manifest, and where asked puts all of them into a new folder or none. */
async function openAll(
  folder: string,
  { seal, files }: ReleasePredicate,
  with_: { readonly capsule: Uint8Array; readonly identity: AgeKey; readonly openInto: string | undefined },
): Promise<readonly VerifyProblem[]> {
  const { capsule, identity, openInto } = with_
  if (identity.recipient !== seal?.to.age) return [problem('verify.other-recipient', {})]
  const batchIdentity = await openCapsule(capsule, identity.identity)
  if (batchIdentity === undefined) return [problem('verify.capsule-damaged', {})]
  const draft = openInto === undefined ? undefined : `${openInto}.${process.pid}.part`
  try {
    const problems: VerifyProblem[] = []
    for (const file of files) problems.push(...(await openOne(folder, file, { batchIdentity, draft })))
    if (problems.length === 0 && draft !== undefined && openInto !== undefined) await rename(draft, openInto)
    return problems
  } finally {
    if (draft !== undefined) await removeFolder(draft)
  }
}

async function openOne(
  folder: string,
  file: StatedFile,
  { batchIdentity, draft }: { readonly batchIdentity: string; readonly draft: string | undefined },
): Promise<readonly VerifyProblem[]> {
  const target = draft === undefined ? undefined : await openNew(join(draft, file.name))
  try {
    const opened = await decryptFile(join(folder, sealedName(file.name)), batchIdentity, async (chunk) => {
      await target?.writeFile(chunk)
    })
    await target?.sync()
    if (opened === undefined) return [problem('verify.container-damaged', { file: file.name })]
    const isSame = opened.sha256 === file.sha256 && opened.bytes === file.bytes
    return isSame ? [] : [problem('verify.file-content-differs', { file: file.name })]
  } finally {
    await target?.close()
  }
}

async function openNew(path: string) {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  return open(path, 'wx', 0o600)
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  return (await exists(path)) ? readFile(path) : undefined
}
