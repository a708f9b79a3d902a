import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { tryLock } from './database-lock.ts'

/** How many runs of a pilot stay on disk; older ones are removed when a new one begins, unless one is in use. */
const keptRuns = 3

export interface PilotFolder {
  readonly folder: string
  /** Runs that other processes are in the middle of or serve right now; they are left alone. */
  readonly others: readonly { readonly folder: string; readonly address: string | null }[]
  /** Says where this run is served, for whoever starts the next one. */
  servedAt(address: string): Promise<void>
  /** Lets the folder be removed later; the operating system does it too when this process is killed. */
  release(): void
}

/** A new folder for one run under `root`, in use until it is released. */
export async function newPilotFolder(root: string): Promise<PilotFolder> {
  await mkdir(root, { recursive: true })
  // Two that begin at once would take the same number.
  const done = await lockWhenFree(join(root, '.lock'))
  try {
    const others = await makeRoom(root)
    const folder = await make(root)
    const release = tryLock(join(folder, lockName))
    if (release === undefined) throw new Error(`${folder} was just made and is locked already`)
    return { folder, others, servedAt: (address) => writeFile(join(folder, addressName), address), release }
  } finally {
    done()
  }
}

const lockName = '.lock'
const addressName = 'portal-address'

/** Removes the oldest runs that nobody uses; answers with those in use. */
async function makeRoom(root: string): Promise<PilotFolder['others']> {
  const runs = (await readdir(root, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(root, name))
    .sort()
  const others = []
  for (const [at, folder] of runs.entries()) {
    const release = tryLock(join(folder, lockName))
    if (release === undefined) others.push({ folder, address: await addressOf(folder) })
    else {
      if (at <= runs.length - keptRuns) await rm(folder, { recursive: true, force: true })
      release()
    }
  }
  return others
}

async function addressOf(folder: string): Promise<string | null> {
  try {
    return await readFile(join(folder, addressName), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

// Named by number so that the newest sorts last and no clock is needed.
async function make(root: string): Promise<string> {
  const numbers = (await readdir(root)).map((name) => Number(/^run-(\d+)$/.exec(name)?.[1] ?? 0))
  const folder = join(root, `run-${String(Math.max(0, ...numbers) + 1).padStart(4, '0')}`)
  await mkdir(folder)
  return folder
}

async function lockWhenFree(file: string): Promise<() => void> {
  for (;;) {
    const release = tryLock(file)
    if (release !== undefined) return release
    await setTimeout(50)
  }
}
