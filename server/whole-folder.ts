import { existsSync } from 'node:fs'
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { InputError } from './errors.ts'

export const bundleName = 'bundle.zip'
export const uploadListName = 'portal-upload.json'

/**
 * Writes a folder whole, or not at all, by three steps:
 *
 *   OUT.PID.tmp written ─▶ OUT becomes OUT.PID.old ─▶ OUT.PID.tmp becomes OUT ─▶ OUT.PID.old deleted
 *
 * Killed in between, the next run puts the earlier folder back (`recoverFolder`). It replaces only what it wrote before
 * (a folder with a bundle) or an empty folder.
 *
 * @throws InputError `output.not-ours` where something else lies there; nothing is touched.
 */
export async function writeFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const path = resolve(folder)
  await recoverFolder(path)
  await refuseForeign(path)
  const half = `${path}.${process.pid}.tmp`
  const old = `${path}.${process.pid}.old`
  try {
    await mkdir(half, { recursive: true })
    for (const [name, bytes] of files) {
      await mkdir(dirname(join(half, name)), { recursive: true })
      await writeDurably(join(half, name), bytes)
    }
    if (existsSync(path)) await rename(path, old)
    await rename(half, path)
  } finally {
    await settle(path, { half, old })
  }
}

/** Undoes what runs that were killed left beside `folder`: an earlier folder goes back to its place, halves are deleted. */
export async function recoverFolder(folder: string): Promise<void> {
  const path = resolve(folder)
  for (const pid of await deadRunsBeside(path)) {
    await settle(path, { half: `${path}.${pid}.tmp`, old: `${path}.${pid}.old` })
  }
}

async function settle(path: string, { half, old }: { readonly half: string; readonly old: string }): Promise<void> {
  if (existsSync(path)) await rm(old, { recursive: true, force: true })
  else if (existsSync(old)) await rename(old, path)
  await rm(half, { recursive: true, force: true })
}

/** Processes that began to write this folder and no longer run. */
async function deadRunsBeside(path: string): Promise<readonly number[]> {
  const holder = dirname(path)
  if (!existsSync(holder)) return []
  const start = `${basename(path)}.`
  const runs = (await readdir(holder))
    .filter((name) => name.startsWith(start))
    .flatMap((name) => /^(\d+)\.(tmp|old)$/.exec(name.slice(start.length))?.[1] ?? [])
  return [...new Set(runs.map(Number))].filter((pid) => !isRunning(pid))
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs as somebody else.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** A home folder or a system file named by mistake is never taken away for a dossier. */
async function refuseForeign(path: string): Promise<void> {
  const there = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (there === null) return
  const names = there.isDirectory() ? await readdir(path) : null
  if (names !== null && (names.length === 0 || (names.includes(bundleName) && names.includes(uploadListName)))) return
  throw new InputError('output.not-ours', {
    zh: `${path} 已存在，且不是 dossier build 写出的文件夹，不会覆盖。请用 --out 指定新的文件夹。`,
    en: `${path} exists and is no folder that dossier build wrote; it is not overwritten. Name a new folder with --out.`,
  })
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}
