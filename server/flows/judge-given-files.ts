import { compareContents } from '@tongguan/gate/compare-contents'
import { GateInputError, readTrust } from '@tongguan/gate/keys'
import type { Trust } from '@tongguan/gate'
import { verifyContents } from '@tongguan/gate/verify-contents'
import type { VerifyReport } from '@tongguan/gate'
import type { LegalDate, Words } from '@tongguan/law'
import { createHash } from 'node:crypto'
import { proveLogged } from './prove-logged.ts'

/*
 * What the verifier says of the files it was given. It is bundled for a browser (web/verifier), so nothing here may reach
 * a file system:
 *
 *   fingerprint of the trust file is the one typed in? ──no──▶ cannot tell (nothing else is believed)
 *      └─yes─▶ every check of the gate's own verifier ──▶ valid │ refused
 *                                                  └── signed by a key the trust file does not know ──▶ cannot tell
 */

export interface GivenFile {
  /** As in the release folder: `release.dsse.json`, `data/visits.csv`. */
  readonly name: string
  readonly size: number
  stream(): ReadableStream<Uint8Array>
}

export interface Asked {
  readonly files: readonly GivenFile[]
  readonly trust: Uint8Array | undefined
  /** SHA-256 of the trust file as somebody typed it from the contract's annex. */
  readonly fingerprint: string
  readonly allowPilot: boolean
  readonly on: LegalDate
}

export type Verdict =
  | { readonly kind: 'valid'; readonly report: VerifyReport }
  | { readonly kind: 'refused'; readonly report: VerifyReport }
  | {
      readonly kind: 'cannot-tell'
      readonly because: CannotTell
      readonly words?: Words
      readonly report?: VerifyReport
    }

export type CannotTell =
  | 'nothing-given'
  | 'no-trust'
  | 'no-fingerprint'
  | 'fingerprint-malformed'
  | 'other-fingerprint'
  | 'trust-unreadable'
  | 'key-unknown'

const envelopeName = 'release.dsse.json'

export async function judge(asked: Asked): Promise<Verdict> {
  const anchored = anchorOf(asked)
  if (anchored.kind !== 'trust') return anchored
  const files = withoutTop(asked.files)
  const envelope = files.find(({ name }) => name === envelopeName)
  if (envelope === undefined) return { kind: 'cannot-tell', because: 'nothing-given' }
  const byName = new Map(files.map((file) => [file.name, file]))
  const report = await verifyContents(
    await bytesOf(envelope),
    anchored.trust,
    { allowPilot: asked.allowPilot, on: asked.on, proveLogged },
    {
      compare: (stated) =>
        compareContents(
          {
            entries: files.map(({ name }) => ({ name, kind: 'file' })),
            hash: async (name) => digestOf(byName.get(name)),
          },
          stated,
        ),
      // A sealed release stays closed here: its private key does not belong in a browser.
      open: async ({ statement }) =>
        statement.predicate.mode === 'sealed' ? { findings: [], sealed: 'closed' } : { findings: [] },
    },
  )
  if (report.code === 'verify.key-unknown') return { kind: 'cannot-tell', because: 'key-unknown', report }
  return { kind: report.outcome, report }
}

type Anchored = { readonly kind: 'trust'; readonly trust: Trust } | Extract<Verdict, { readonly kind: 'cannot-tell' }>

/** The trust file, once it is the very one whose fingerprint came another way. */
function anchorOf({ trust, fingerprint }: Asked): Anchored {
  const typed = fingerprint.replaceAll(/[\s:-]/g, '').toLowerCase()
  if (trust === undefined) return { kind: 'cannot-tell', because: 'no-trust' }
  if (typed === '') return { kind: 'cannot-tell', because: 'no-fingerprint' }
  if (!/^[0-9a-f]{64}$/.test(typed)) return { kind: 'cannot-tell', because: 'fingerprint-malformed' }
  if (fingerprintOf(trust) !== typed) return { kind: 'cannot-tell', because: 'other-fingerprint' }
  try {
    return { kind: 'trust', trust: readTrust(new TextDecoder().decode(trust)) }
  } catch (error) {
    if (!(error instanceof GateInputError)) throw error
    return { kind: 'cannot-tell', because: 'trust-unreadable', words: error.words }
  }
}

export function fingerprintOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A browser names the files of a folder with the folder's own name in front. */
function withoutTop(files: readonly GivenFile[]): readonly GivenFile[] {
  const envelope = files.find(({ name }) => name === envelopeName || /^[^/]+\/release\.dsse\.json$/.test(name))
  const top =
    envelope === undefined || envelope.name === envelopeName ? '' : envelope.name.slice(0, -envelopeName.length)
  return files.map((file) => ({
    name: file.name.startsWith(top) ? file.name.slice(top.length) : file.name,
    size: file.size,
    stream: () => file.stream(),
  }))
}

async function bytesOf(file: GivenFile): Promise<Uint8Array> {
  return new Uint8Array(await new Response(file.stream()).arrayBuffer())
}

/** Piece by piece: a release may be larger than a browser's memory. */
async function digestOf(file: GivenFile | undefined): Promise<{ readonly bytes: number; readonly sha256: string }> {
  if (file === undefined) throw new Error('a file that is not there is not read')
  const running = createHash('sha256')
  let bytes = 0
  const reader = file.stream().getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return { bytes, sha256: running.digest('hex') }
    running.update(value)
    bytes += value.byteLength
  }
}
