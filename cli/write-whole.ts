import { InputError } from '@tongguan/server/errors'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a file wholly or not at all. */
export async function writeWhole(path: string, text: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const half = `${path}.${process.pid}.tmp`
  try {
    await writeFile(half, text)
    await rename(half, path)
  } catch (error) {
    await rm(half, { force: true })
    throw error
  }
}

/**
 * Refuses a place to write that is one of the files read: somebody's data or contract would be gone.
 *
 * @throws InputError `output.is-the-input`
 */
export async function refuseInput(out: string, inputs: readonly string[]): Promise<void> {
  for (const input of inputs) {
    if (!(await isSameFile(input, out))) continue
    throw new InputError('output.is-the-input', {
      zh: `${out} 就是要读取的文件 ${input}，写入会将其覆盖。请换一个文件名。`,
      en: `${out} is the file ${input} that is to be read, and would be overwritten. Name another file.`,
    })
  }
}

/** Whether both paths lead to one file, through links as well. */
async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((path) => stat(path).catch(nothingThere)))
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino
}

/** A path that leads nowhere, or is none (an address of a database, a pattern), is no file that could be lost. */
function nothingThere(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'ENAMETOOLONG') return
  throw error
}
