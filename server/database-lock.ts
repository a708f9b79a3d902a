import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { InputError } from './errors.ts'

/**
 * Takes the file as an exclusive lock of this process, or returns undefined when someone holds it. The operating system
 * lets go of it when the process ends, also by SIGKILL, so it is never stolen by age and never left behind. The file
 * itself stays: deleting it would let a third process lock a new file of the same name.
 */
export function tryLock(file: string): (() => void) | undefined {
  // A file lock of SQLite's, because Node has none of its own and two processes on one PGlite folder lose rows silently.
  const lock = open(file)
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if (hasErrcode(error, sqliteBusy)) return undefined
    throw error
  }
  return () => lock.close()
}

function open(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file)
  } catch (error) {
    if (!hasErrcode(error, sqliteCannotOpen)) throw error
    throw new InputError('input.cannot-write', {
      zh: `无法写入文件夹 ${dirname(file)}。请检查权限或换一个文件夹；没有任何改动。`,
      en: `Cannot write to the folder ${dirname(file)}. Check the permissions or choose another one; nothing was changed.`,
    })
  }
}

const sqliteBusy = 5
const sqliteCannotOpen = 14

function hasErrcode(error: unknown, code: number): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === code
}
