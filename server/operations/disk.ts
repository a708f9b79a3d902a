import { statfs } from 'node:fs/promises'

/** Free for us on the disk of this path, in bytes. */
export async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path)
  return bavail * bsize
}
