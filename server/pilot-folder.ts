import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { tryLock } from './database-lock.ts'
import { InputError } from './errors.ts'

/** How many runs of a pilot stay on disk; older ones are removed when a new one begins. */
const keptRuns = 3

export interface PilotFolder {
  readonly folder: string
  /** Lets the next pilot begin; the operating system does it too when this process is killed. */
  release(): void
}

/** A new folder for one run under `root`, which one pilot at a time may use. Throws InputError while another runs. */
export async function newPilotFolder(root: string): Promise<PilotFolder> {
  await mkdir(root, { recursive: true })
  const release = tryLock(join(root, '.lock'))
  if (!release) {
    throw new InputError('pilot.already-running', {
      zh: `另一个示例正在 ${root} 里运行，没有受到影响。等它结束后再运行。`,
      en: `Another pilot is running in ${root}; it was not disturbed. Start again when it has ended.`,
    })
  }
  const runs = (await readdir(root, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  for (const name of runs.sort().slice(0, Math.max(0, runs.length - keptRuns + 1))) {
    await rm(join(root, name), { recursive: true, force: true })
  }
  const folder = await make(root)
  return { folder, release }
}

// Named by number so that the newest sorts last and no clock is needed.
async function make(root: string): Promise<string> {
  const numbers = (await readdir(root)).map((name) => Number(/^run-(\d+)$/.exec(name)?.[1] ?? 0))
  const folder = join(root, `run-${String(Math.max(0, ...numbers) + 1).padStart(4, '0')}`)
  await mkdir(folder)
  return folder
}
