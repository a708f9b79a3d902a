import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isCode } from './keys.ts'
import { walk } from './private-copy.ts'
import { wrong } from './read-release.ts'
import type { Wrong } from './read-release.ts'
import { envelopeFile } from './release-folder.ts'

/* The envelope of a release folder, as bytes. */

/** Larger than any manifest of ours; a reader need not swallow more. */
const envelopeBytesMax = 64 * 1024 * 1024

type ReadFile = { readonly kind: 'read'; readonly bytes: Uint8Array } | Wrong

export async function readEnvelopeFile(folder: string): Promise<ReadFile> {
  if (!(await isFolder(folder))) return wrong('verify.folder-missing', { path: folder })
  const file = envelopeFile
  const entry = (await walk(folder)).find(({ name }) => name === file)
  if (entry === undefined) return wrong('verify.envelope-missing', { file })
  if (entry.kind !== 'file') return wrong('verify.envelope-unreadable', { file, because: 'not a regular file' })
  const path = join(folder, file)
  if (envelopeBytesMax < (await stat(path)).size)
    return wrong('verify.envelope-unreadable', { file, because: 'too large' })
  return { kind: 'read', bytes: await readFile(path) }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return false
    throw error
  }
}
