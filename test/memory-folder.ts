import { existsSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

/**
 * Where the databases of tests are put: in memory where there is room, since a test waits for what it confirms to be
 * synced and never looks whether it was. What a power cut leaves is another kind of test, on a disk.
 */
export function memoryFolder(): string {
  if (!existsSync(shared)) return tmpdir()
  const { bavail, bsize } = statfsSync(shared)
  return bavail * bsize < roomNeeded ? tmpdir() : shared
}

const shared = '/dev/shm'
const roomNeeded = 4 * 1024 ** 3
