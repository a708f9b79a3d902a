import fs from 'node:fs'
import { dirname, resolve, sep } from 'node:path'

/**
 * Makes every file operation of this process below `folder` durable before it returns, until the returned function is
 * called: files open for writing with `O_DSYNC`, and the parent directory is synced after a name appears, moves or goes.
 *
 * PGlite never calls fsync, so a power cut loses commits it has acknowledged (pglite #1107). Its file system calls
 * `node:fs` by property at each call, therefore replacing the properties is enough; calls for other folders pass through.
 */
export function makeDurable(folder: string): () => void {
  install()
  const root = resolve(folder)
  durableFolders.add(root)
  return () => durableFolders.delete(root)
}

/** Syncs every file and folder below `folder`, and `folder` itself: what was written there before survives a power cut. */
export function syncTree(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}${sep}${entry.name}`
    if (entry.isDirectory()) syncTree(path)
    else if (entry.isFile()) sync(path)
  }
  sync(folder)
}

export function sync(path: string): void {
  const file = originals.openSync(path, fs.constants.O_RDONLY)
  try {
    fs.fsyncSync(file)
  } finally {
    fs.closeSync(file)
  }
}

const durableFolders = new Set<string>()
const originals = { ...fs }
let installed = false

type Path = Parameters<typeof fs.openSync>[0]

function install(): void {
  if (installed) return
  installed = true
  Object.assign(fs, {
    openSync(path: Path, flags: string | number = 'r', mode?: number): number {
      if (!isDurable(path) || !mayWrite(flags)) return originals.openSync(path, flags, mode)
      const isNew = !fs.existsSync(path)
      const file = originals.openSync(path, numeric(flags) | fs.constants.O_DSYNC, mode)
      if (isNew) syncParent(path)
      return file
    },
    // How the file system of PGlite makes a new file: written whole, so the file itself is synced too.
    writeFileSync(...call: Parameters<typeof fs.writeFileSync>): void {
      originals.writeFileSync(...call)
      const [file] = call
      if (typeof file !== 'number' && isDurable(file)) {
        sync(file)
        syncParent(file)
      }
    },
    mkdirSync: thenSyncParents(originals.mkdirSync, ([path]) => [path]),
    rmdirSync: thenSyncParents(originals.rmdirSync, ([path]) => [path]),
    unlinkSync: thenSyncParents(originals.unlinkSync, ([path]) => [path]),
    symlinkSync: thenSyncParents(originals.symlinkSync, ([, path]) => [path]),
    renameSync: thenSyncParents(originals.renameSync, ([from, to]) => [from, to]),
    truncateSync(path: Path, length?: number): void {
      originals.truncateSync(path, length)
      if (isDurable(path)) sync(path)
    },
    // A file's handle does not tell its folder; a length changes seldom, so the sync is done wherever it is.
    ftruncateSync(file: number, length?: number): void {
      originals.ftruncateSync(file, length)
      if (durableFolders.size > 0) fs.fsyncSync(file)
    },
  })
}

function thenSyncParents<Call extends readonly unknown[], Answer>(
  operation: (...call: Call) => Answer,
  paths: (call: Call) => readonly unknown[],
): (...call: Call) => Answer {
  return (...call) => {
    const answer = operation(...call)
    for (const path of paths(call)) if (isDurable(path)) syncParent(path)
    return answer
  }
}

function isDurable(path: unknown): path is string {
  if (typeof path !== 'string' || durableFolders.size === 0) return false
  const whole = resolve(path)
  return [...durableFolders].some((root) => whole === root || whole.startsWith(root + sep))
}

function syncParent(path: Path): void {
  sync(dirname(String(path)))
}

function mayWrite(flags: string | number): boolean {
  return (numeric(flags) & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) !== 0
}

function numeric(flags: string | number): number {
  if (typeof flags === 'number') return flags
  const { O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_EXCL, O_APPEND, O_SYNC } = fs.constants
  const byName: Readonly<Record<string, number>> = {
    r: O_RDONLY,
    rs: O_RDONLY | O_SYNC,
    'r+': O_RDWR,
    'rs+': O_RDWR | O_SYNC,
    w: O_WRONLY | O_CREAT | O_TRUNC,
    wx: O_WRONLY | O_CREAT | O_TRUNC | O_EXCL,
    'w+': O_RDWR | O_CREAT | O_TRUNC,
    'wx+': O_RDWR | O_CREAT | O_TRUNC | O_EXCL,
    a: O_WRONLY | O_CREAT | O_APPEND,
    ax: O_WRONLY | O_CREAT | O_APPEND | O_EXCL,
    'a+': O_RDWR | O_CREAT | O_APPEND,
    'ax+': O_RDWR | O_CREAT | O_APPEND | O_EXCL,
  }
  const known = byName[flags]
  if (known === undefined) throw new RangeError(`"${flags}" is not a way to open a file`)
  return known
}
