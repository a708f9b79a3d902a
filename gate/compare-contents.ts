import { problem } from './finding.ts'
import type { VerifyProblem } from './finding.ts'
import type { StatedFile } from './manifest.ts'
import { capsuleFile, dataFolder, envelopeFile, keyEnvelopeFile, sealedName } from './release-folder.ts'

/** Where a release lies: a folder on a disk, or the files a browser was given. Names are as in the release folder. */
export interface ReleasePlace {
  readonly entries: readonly { readonly name: string; readonly kind: string }[]
  hash(name: string): Promise<{ readonly bytes: number; readonly sha256: string }>
}

/** Compares what lies there with the files a manifest states: nothing missing, nothing extra, every size and digest. */
export async function compareContents(place: ReleasePlace, stated: readonly StatedFile[]): Promise<FolderComparison> {
  const isSealed = stated.some(({ sealed }) => sealed !== undefined)
  const standing = stated.map((file) => ({ ...file, ...file.sealed, path: pathOf(file) }))
  const keyFiles = isSealed ? [keyEnvelopeFile, capsuleFile] : []
  const expected = new Set([envelopeFile, ...keyFiles, ...standing.map(({ path }) => path)])
  const found = new Map(place.entries.map((entry) => [entry.name, entry]))
  const entries: VerifyProblem[] = []
  const bytes: VerifyProblem[] = []
  for (const { name, kind } of found.values()) {
    if (!expected.has(name)) entries.push(problem('verify.file-extra', { file: name }))
    else if (kind !== 'file') entries.push(problem('verify.file-not-regular', { file: name }))
  }
  for (const file of standing) {
    const entry = found.get(file.path)
    if (entry === undefined) entries.push(problem('verify.file-missing', { file: file.name }))
    else if (entry.kind === 'file') bytes.push(...compareFile(await place.hash(file.path), file))
  }
  return { entries, bytes }
}

export interface FolderComparison {
  readonly entries: readonly VerifyProblem[]
  readonly bytes: readonly VerifyProblem[]
}

function pathOf({ name, sealed }: StatedFile): string {
  return sealed === undefined ? `${dataFolder}/${name}` : sealedName(name)
}

function compareFile(
  { bytes, sha256 }: { readonly bytes: number; readonly sha256: string },
  stated: StatedFile,
): readonly VerifyProblem[] {
  if (bytes !== stated.bytes) {
    return [problem('verify.file-size-differs', { file: stated.name, expected: stated.bytes, actual: bytes })]
  }
  return sha256 === stated.sha256 ? [] : [problem('verify.file-content-differs', { file: stated.name })]
}
