import { join } from 'node:path'
import { problem } from './finding.ts'
import type { VerifyProblem } from './finding.ts'
import type { StatedFile } from './manifest.ts'
import { hashFile, walk } from './private-copy.ts'
import { capsuleFile, dataFolder, envelopeFile, keyEnvelopeFile, sealedName } from './release-folder.ts'

/**
 * Compares a prepared or received release folder with the files its manifest states: nothing missing, nothing extra,
 * every size and digest. The gate itself asks this once more right before it moves a release out.
 */
export async function compareFolder(folder: string, stated: readonly StatedFile[]): Promise<FolderComparison> {
  const isSealed = stated.some(({ sealed }) => sealed !== undefined)
  const standing = stated.map((file) => ({ ...file, ...file.sealed, path: pathOf(file) }))
  const keyFiles = isSealed ? [keyEnvelopeFile, capsuleFile] : []
  const expected = new Set([envelopeFile, ...keyFiles, ...standing.map(({ path }) => path)])
  const found = new Map((await walk(folder)).map((entry) => [entry.name, entry]))
  const entries: VerifyProblem[] = []
  const bytes: VerifyProblem[] = []
  for (const { name, kind } of found.values()) {
    if (!expected.has(name)) entries.push(problem('verify.file-extra', { file: name }))
    else if (kind !== 'file') entries.push(problem('verify.file-not-regular', { file: name }))
  }
  for (const file of standing) {
    const entry = found.get(file.path)
    if (entry === undefined) entries.push(problem('verify.file-missing', { file: file.name }))
    else if (entry.kind === 'file') bytes.push(...(await compareFile(join(folder, file.path), file)))
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

async function compareFile(path: string, stated: StatedFile): Promise<readonly VerifyProblem[]> {
  const { bytes, sha256 } = await hashFile(path)
  if (bytes !== stated.bytes) {
    return [problem('verify.file-size-differs', { file: stated.name, expected: stated.bytes, actual: bytes })]
  }
  return sha256 === stated.sha256 ? [] : [problem('verify.file-content-differs', { file: stated.name })]
}
