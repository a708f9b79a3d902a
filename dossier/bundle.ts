import type { LegalDate, Words } from '@tongguan/law'
import { DossierInputError } from './errors.ts'
import { signPayload, whoSigned } from './signature.ts'
import type { Envelope, FilerTrust, FilingKey, Suite } from './signature.ts'
import { sha256 } from './write.ts'
import { bundleLimits, readZip, writeStored } from './zip.ts'
import type { Files } from './zip.ts'

/** What a bundle says of itself, and of every file in it (schema `tongguan/bundle/1`). */
export interface BundleManifest {
  readonly schema: 'tongguan/bundle/1'
  readonly reference: string
  readonly handler: { readonly name: string; readonly creditCode: string }
  readonly round: number
  readonly filedOn: LegalDate
  readonly simulated: boolean
  /** What checked the declaration before it left; the desk runs the same checks and compares the version. */
  readonly validator: { readonly name: 'tongguan'; readonly version: string; readonly rules: LegalDate }
  /** The evidence the declaration rests on, by digest; null where none is inside. */
  readonly evidence: { readonly path: string; readonly sha256: string } | null
  /** Official files that were filled, each by the digest of the file as the office gave it. */
  readonly templates?: readonly { readonly document: string; readonly template: string; readonly sha256: string }[]
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[]
}

export const manifestFile = 'manifest.json'
export const signatureFile = 'manifest.dsse.json'
const payloadType = 'application/vnd.tongguan.bundle+json'

/** One file: a stored zip of the documents, the case as data and the manifest. The same input gives the same bytes. */
export function writeBundle(about: Omit<BundleManifest, 'schema' | 'files' | 'evidence'>, files: Files): Uint8Array {
  const evidence = files.get(evidenceFile)
  const manifest: BundleManifest = {
    schema: 'tongguan/bundle/1',
    ...about,
    evidence: evidence ? { path: evidenceFile, sha256: sha256(evidence) } : null,
    files: [...files.keys()].sort().map((path) => {
      const bytes = files.get(path) ?? new Uint8Array()
      return { path, bytes: bytes.length, sha256: sha256(bytes) }
    }),
  }
  return writeStored(new Map([...files, [manifestFile, jsonBytes(manifest)]]))
}

export const evidenceFile = 'case/evidence.json'
export const jsonBytes = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)

export interface OpenBundle {
  readonly manifest: BundleManifest
  /** Everything but the manifest and its signature. */
  readonly files: Files
  readonly envelope: Envelope | null
}

/**
 * Opens a bundle and holds every byte of it against its manifest.
 *
 * @throws DossierInputError naming the place: a changed byte, an extra or missing file, a path out of the folder.
 */
export async function openBundle(bytes: Uint8Array, what: string): Promise<OpenBundle> {
  const all = await readZip(bytes, what, bundleLimits)
  const text = all.get(manifestFile)
  if (!text) throw wrong('bundle.no-manifest', what, manifestFile)
  const manifest = manifestOf(text, what)
  const files = new Map([...all].filter(([path]) => path !== manifestFile && path !== signatureFile))
  const listed = new Map(manifest.files.map((file) => [file.path, file]))
  for (const path of files.keys()) if (!listed.has(path)) throw wrong('bundle.extra-file', what, path)
  for (const { path, bytes: length, sha256: digest } of manifest.files) {
    const file = files.get(path)
    if (!file) throw wrong('bundle.file-missing', what, path)
    if (file.length !== length || sha256(file) !== digest) throw wrong('bundle.file-changed', what, path)
  }
  const evidence = manifest.evidence
  if (evidence !== null && listed.get(evidence.path)?.sha256 !== evidence.sha256) {
    throw wrong('bundle.other-evidence', what, evidence.path)
  }
  const signature = all.get(signatureFile)
  const envelope = signature ? envelopeOf(signature, what) : null
  // What no digest covers, such as the archive's own headers, must be as we write it.
  if (!Buffer.from(writeStored(all)).equals(Buffer.from(bytes))) throw wrong('bundle.not-as-written', what, '—')
  return { manifest, files, envelope }
}

/** The bundle with one signature more. */
export async function signBundle(bytes: Uint8Array, what: string, key: FilingKey): Promise<Uint8Array> {
  const { manifest, files, envelope } = await openBundle(bytes, what)
  if (key.simulated && !manifest.simulated) {
    throw new DossierInputError('sign.simulated-key', {
      zh: '模拟密钥不能签署真实申报。请用正式密钥。',
      en: 'A simulated key may not sign a real declaration. Use a real one.',
    })
  }
  const payload = jsonBytes(manifest)
  const signed = signPayload(payloadType, payload, key, envelope ?? undefined)
  return writeStored(new Map([...files, [manifestFile, payload], [signatureFile, jsonBytes(signed)]]))
}

export interface BundleVerdict {
  readonly schema: 'tongguan/bundle-verdict/1'
  readonly outcome: 'valid' | 'refused'
  readonly code: keyof typeof verdictWords
  readonly words: Words
  readonly signedBy: readonly { readonly name: string; readonly suite: Suite; readonly keyId: string }[]
}

/** Whether somebody we trust signed exactly these bytes. The bundle has been opened, so its files fit its manifest. */
export function judgeBundle(
  { manifest, envelope }: OpenBundle,
  trust: FilerTrust,
  { allowPilot }: { readonly allowPilot: boolean },
): BundleVerdict {
  const verdict = (
    code: keyof typeof verdictWords,
    by: readonly { name: string; suite: Suite; keyId: string }[] = [],
  ) => {
    const signedBy = by.map(({ name, suite, keyId }) => ({ name, suite, keyId }))
    const outcome = code === 'bundle.valid' ? 'valid' : 'refused'
    return { schema: 'tongguan/bundle-verdict/1', outcome, code, words: verdictWords[code], signedBy } as const
  }
  if (envelope === null) return verdict('bundle.unsigned')
  const payload = Buffer.from(envelope.payload, 'base64')
  if (envelope.payloadType !== payloadType || !payload.equals(jsonBytes(manifest)))
    return verdict('bundle.signed-other')
  const { by, wrong, unknown } = whoSigned(envelope, trust)
  if (0 < wrong.length) return verdict('bundle.signature-wrong', by)
  if (by.length === 0) return verdict('bundle.signer-unknown')
  if (0 < unknown.length) return verdict('bundle.signer-unknown', by)
  if ((manifest.simulated || by.some((key) => key.simulated)) && !allowPilot) return verdict('bundle.simulated', by)
  return verdict('bundle.valid', by)
}

export const verdictWords = {
  'bundle.valid': { zh: '签名有效，各文件与清单一致', en: 'the signature holds and every file fits the manifest' },
  'bundle.unsigned': { zh: '尚未签名', en: 'it is not signed' },
  'bundle.signed-other': { zh: '签名针对另一份清单', en: 'the signature is of another manifest' },
  'bundle.signature-wrong': { zh: '签名不成立', en: 'the signature does not hold' },
  'bundle.signer-unknown': { zh: '签名人不在信任文件中', en: 'the signer is not in the trust file' },
  'bundle.simulated': {
    zh: '模拟申报，无法律效力；只有加 --allow-pilot 才接受',
    en: 'a simulation without legal effect; accepted only with --allow-pilot',
  },
} as const satisfies Record<string, Words>

function manifestOf(text: Uint8Array, what: string): BundleManifest {
  const value = jsonOf(text, what, manifestFile) as BundleManifest
  const listed = Array.isArray(value?.files) && value.files.every((file) => typeof file?.path === 'string')
  if (value?.schema !== 'tongguan/bundle/1' || !listed) throw wrong('bundle.not-a-manifest', what, manifestFile)
  if (!Buffer.from(jsonBytes(value)).equals(Buffer.from(text))) throw wrong('bundle.not-as-written', what, manifestFile)
  return value
}

function envelopeOf(text: Uint8Array, what: string): Envelope {
  const value = jsonOf(text, what, signatureFile) as Envelope
  const signatures = Array.isArray(value?.signatures) ? value.signatures : []
  const whole = signatures.every((one) => typeof one?.keyid === 'string' && typeof one.sig === 'string')
  if (typeof value?.payload !== 'string' || signatures.length === 0 || !whole) {
    throw wrong('bundle.not-an-envelope', what, signatureFile)
  }
  if (!Buffer.from(jsonBytes(value)).equals(Buffer.from(text)))
    throw wrong('bundle.not-as-written', what, signatureFile)
  return value
}

function jsonOf(text: Uint8Array, what: string, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text))
  } catch {
    throw wrong('bundle.not-json', what, path)
  }
}

const bundleWords = {
  'bundle.no-manifest': { zh: '没有清单', en: 'is missing: not a bundle' },
  'bundle.not-json': { zh: '不是 JSON', en: 'is not JSON' },
  'bundle.not-a-manifest': { zh: '不是清单', en: 'is not a manifest of tongguan/bundle/1' },
  'bundle.not-an-envelope': { zh: '不是签名封套', en: 'is not a DSSE envelope' },
  'bundle.extra-file': { zh: '不在清单中', en: 'is not in the manifest' },
  'bundle.file-missing': { zh: '在清单中却不在包内', en: 'is in the manifest but not in the bundle' },
  'bundle.file-changed': { zh: '与清单不符（内容被改动）', en: 'is not what the manifest says: it was changed' },
  'bundle.other-evidence': { zh: '不是申报所依据的证据', en: 'is not the evidence the declaration rests on' },
  'bundle.not-as-written': { zh: '有字节不是通关所写', en: 'holds bytes that Tongguan did not write' },
} as const satisfies Record<string, Words>

function wrong(code: keyof typeof bundleWords, what: string, path: string): DossierInputError {
  const { zh, en } = bundleWords[code]
  return new DossierInputError(code, {
    zh: `${what}：“${path}”${zh}。请向申报单位重新索取整个申报包。`,
    en: `${what}: "${path}" ${en}. Ask the declarant for the whole bundle again.`,
  })
}
