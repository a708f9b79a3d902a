import { createHash, randomUUID } from 'node:crypto'
import { constants, readFileSync } from 'node:fs'
import { access, lstat, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { GateInputError, isCode } from './keys.ts'
import type { BatchFile } from './release.ts'
import { dataFolder } from './release-folder.ts'

/*
 * The private folder of one batch, beside the target on the same file system:
 *
 *   PRIVATE_ROOT/host~boot~pid~start~random/      0700; named after the process that works in it
 *     data/…                                     the copy that is hashed and inspected; the release, in mode plaintext
 *     sealed/…                                   the same files encrypted; the release, in mode sealed
 *     release.dsse.json                          the signed manifest, written last
 *
 * It becomes the release (release-folder.ts) by one rename.
 */

/** The private folders this process works in. Those it left, after an error, are as good as dead. */
const atWork = new Set<string>()

/** Makes a private folder named after this process, so that a later one can tell whether it is still at work. */
export async function makePrivateFolder(root: string): Promise<string> {
  const folder = join(root, [...ownName(), randomUUID()].join('~'))
  atWork.add(folder)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return folder
}

/** Says that this process works in a folder no longer, whatever is left of it. */
export function leavePrivateFolder(folder: string): void {
  atWork.delete(folder)
}

/** Private folders nobody works in any more. Those of other hosts cannot be told dead from here and stay. */
export async function deadPrivateFolders(root: string): Promise<readonly string[]> {
  const names = await entriesOf(root)
  return names.map((name) => join(root, name)).filter((folder) => ownerOf(folder) === 'dead')
}

/** Whether somebody still works in a private folder, as far as its name and this host can tell. */
export function ownerOf(folder: string): 'at-work' | 'dead' | 'elsewhere' {
  const [onHost, inBoot, pid, start] = basename(folder).split('~')
  if (pid === undefined || start === undefined || onHost !== host()) return 'elsewhere'
  if (inBoot !== bootId() || startOf(Number(pid)) !== start) return 'dead'
  return Number(pid) !== process.pid || atWork.has(folder) ? 'at-work' : 'dead'
}

/**
 * Copies a batch (a folder with its subfolders, or one file) and hashes what it wrote; each file is synced.
 *
 * @throws GateInputError for links, special files, unusable names, a missing or empty batch
 */
export async function copyBatch(source: string, folder: string): Promise<readonly BatchFile[]> {
  const names = await readingBatch(source, () => filesOfBatch(source))
  const target = join(folder, dataFolder)
  await mkdir(target, { mode: 0o700 })
  const files: BatchFile[] = []
  for (const { name, path } of names) {
    await makeParents(target, name)
    files.push({ name, ...(await copyFile(path, join(target, name), name)) })
  }
  return files
}

/** Writes a small file whole or not at all, and synced. */
export async function writeDurably(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  const draft = join(folder, `.${name}.${randomUUID()}`)
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, join(folder, name))
}

/** Syncs a folder and all folders in it, so that their entries outlive a power cut. */
export async function syncFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await syncFolders(join(folder, entry.name))
  }
  await syncFolder(folder)
}

export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}

/** Clears what an interrupted writing left beside the named entry. */
export async function removeAllBut(folder: string, kept: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name !== kept) await removeFolder(join(folder, name))
  }
}

export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false
    throw error
  }
}

/** What a folder holds: files and what is neither file nor folder, by path with `/`; and folders without any entry. */
export async function walk(folder: string, prefix = ''): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const name = `${prefix}${entry.name}`
    if (!entry.isDirectory()) {
      entries.push({ name, kind: entry.isFile() ? 'file' : entry.isSymbolicLink() ? 'link' : 'special' })
      continue
    }
    const inner = await walk(join(folder, entry.name), `${name}/`)
    entries.push(...(inner.length === 0 ? [{ name, kind: 'empty-folder' } as const] : inner))
  }
  return entries.sort((left, right) => (left.name < right.name ? -1 : 1))
}

export interface Entry {
  readonly name: string
  readonly kind: 'file' | 'link' | 'special' | 'empty-folder'
}

/** SHA-256 and size of a regular file; a link put in its place meanwhile is not followed. */
export async function hashFile(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    return await readThrough(file, () => Promise.resolve())
  } finally {
    await file.close()
  }
}

async function filesOfBatch(source: string): Promise<readonly { readonly name: string; readonly path: string }[]> {
  const kind = await kindOf(source)
  if (kind === 'file') return [{ name: usable(basename(source), 1), path: source }]
  const entries = await walk(source)
  const files = entries.filter((entry) => entry.kind !== 'empty-folder')
  if (files.length === 0) throw new GateInputError('gate.batch-has-no-files', { path: source })
  return files.map(({ name, kind }, at) => {
    usable(name, at + 1)
    if (kind === 'link') throw new GateInputError('gate.batch-holds-link', { file: name })
    if (kind === 'special') throw new GateInputError('gate.batch-holds-special-file', { file: name })
    return { name, path: join(source, name) }
  })
}

/** What the file system says against the batch names the batch, so that nobody looks for the fault at the target. */
async function readingBatch<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof GateInputError || !isSystemError(error)) throw error
    throw new GateInputError('gate.batch-unreadable', { file, because: error.code ?? error.message })
  }
}

/** The system's own code of an error that came from a file (`EROFS`, `ENOSPC`, …); undefined for any other. */
export function systemCode(error: unknown): string | undefined {
  return isSystemError(error) ? error.code : undefined
}

/** Whether an error came from a file. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error
}

async function kindOf(source: string): Promise<'file' | 'folder'> {
  const found = await findBatch(source)
  if (found.isSymbolicLink()) throw new GateInputError('gate.batch-holds-link', { file: source })
  if (found.isDirectory()) return 'folder'
  if (found.isFile()) return 'file'
  throw new GateInputError('gate.batch-holds-special-file', { file: source })
}

async function findBatch(source: string) {
  try {
    return await lstat(source)
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR'))
      throw new GateInputError('gate.batch-not-found', { path: source })
    throw error
  }
}

// Control and bidirectional characters could show a reader another name than the one approved; U+FFFD is what Node
// puts for bytes that are not UTF-8. The name itself is not printed.
function usable(name: string, entry: number): string {
  if (/[\p{Cc}\u{FFFD}\u{061C}\u{200E}\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}]/u.test(name)) {
    throw new GateInputError('gate.file-name-unusable', { entry })
  }
  return name
}

async function makeParents(target: string, name: string): Promise<void> {
  const parents = name.split('/').slice(0, -1)
  if (parents.length > 0) await mkdir(join(target, ...parents), { recursive: true, mode: 0o700 })
}

async function copyFile(from: string, to: string, name: string): Promise<Omit<BatchFile, 'name'>> {
  const source = await readingBatch(name, () => openSource(from, name))
  try {
    const copy = await open(to, 'wx', 0o600)
    try {
      const read = await readThrough(source, (chunk) => copy.writeFile(chunk))
      await copy.sync()
      return read
    } finally {
      await copy.close()
    }
  } finally {
    await source.close()
  }
}

async function openSource(path: string, name: string): Promise<FileHandle> {
  try {
    // O_NONBLOCK: a pipe put in the file's place since it was listed would otherwise wait for a writer for ever.
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    if ((await file.stat()).isFile()) return file
    await file.close()
  } catch (error) {
    if (isCode(error, 'ELOOP')) throw new GateInputError('gate.batch-holds-link', { file: name })
    throw error
  }
  throw new GateInputError('gate.batch-holds-special-file', { file: name })
}

async function readThrough(file: FileHandle, eachChunk: (chunk: Uint8Array) => Promise<void>) {
  const digest = createHash('sha256')
  const buffer = Buffer.allocUnsafe(1 << 20)
  let bytes = 0
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length)
    if (bytesRead === 0) return { bytes, sha256: digest.digest('hex') }
    const chunk = buffer.subarray(0, bytesRead)
    digest.update(chunk)
    await eachChunk(chunk)
    bytes += bytesRead
  }
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw error
  }
}

// A process is its host, the boot of that host, its number and its start in clock ticks: a number alone is given out again.
function ownName(): readonly string[] {
  return [host(), bootId(), String(process.pid), String(startOf(process.pid))]
}

function host(): string {
  return hostname().replaceAll(/[^A-Za-z0-9.-]/g, '-')
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}

/** When a process started, in clock ticks since boot; undefined where there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    // The second field, the command, is in parentheses and may hold spaces; the start is the 22nd field.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19]
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ESRCH')) return undefined
    throw error
  }
}

/**
 * Throws the system's own error where nothing can be put into a folder: no permission (also on an immutable folder, also
 * for root), a read-only file system, or less than 1 MiB free.
 */
export async function mustTakeMore(folder: string): Promise<void> {
  await access(folder, constants.W_OK | constants.X_OK)
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < 1 << 20) {
    throw Object.assign(new Error('ENOSPC: less than 1 MiB is free'), { code: 'ENOSPC', syscall: 'statfs' })
  }
}

/** Whether a rename between the two is one step. */
export async function onOneFilesystem(left: string, right: string): Promise<boolean> {
  return (await stat(left)).dev === (await stat(right)).dev
}
