import { join } from 'node:path'
import { compareContents } from './compare-contents.ts'
import type { FolderComparison } from './compare-contents.ts'
import type { StatedFile } from './manifest.ts'
import { hashFile, walk } from './private-copy.ts'

/**
 * Compares a prepared or received release folder with the files its manifest states. The gate itself asks this once more
 * right before it moves a release out.
 */
export async function compareFolder(folder: string, stated: readonly StatedFile[]): Promise<FolderComparison> {
  return compareContents({ entries: await walk(folder), hash: (name) => hashFile(join(folder, name)) }, stated)
}
