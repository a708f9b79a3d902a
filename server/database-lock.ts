import { DatabaseSync } from 'node:sqlite'

/**
 * Takes the file as an exclusive lock of this process, or returns undefined when someone holds it. The operating system
 * lets go of it when the process ends, also by SIGKILL, so it is never stolen by age and never left behind. The file
 * itself stays: deleting it would let a third process lock a new file of the same name.
 */
export function tryLock(file: string): (() => void) | undefined {
  // A file lock of SQLite's, because Node has none of its own and two processes on one PGlite folder lose rows silently.
  const lock = new DatabaseSync(file)
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if (isBusy(error)) return undefined
    throw error
  }
  return () => lock.close()
}

const sqliteBusy = 5

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy
}
