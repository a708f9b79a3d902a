import { extract } from 'tar-stream'
import type { Limits } from '../bytes.ts'
import { seenNothing, unpacked } from '../bytes.ts'
import type { SourceFile } from '../sources.ts'
import { FileError } from '../words.ts'
import { partName } from './parts.ts'
import type { Parts } from './parts.ts'

/** By the mark of POSIX and GNU in the first record. */
export const isTar = (head: Buffer): boolean => head.subarray(257, 262).toString('latin1') === 'ustar'

/** Takes every file out of a tar archive (POSIX ustar and pax, GNU), also a gzipped one. Throws FileError. */
export async function takeTar(file: SourceFile, parts: Parts, limits: Limits, gzip: boolean): Promise<void> {
  const tar = extract()
  const feeding = feed()
  try {
    for await (const entry of tar) {
      const { name, type } = entry.header
      if (type === 'file' || type === 'contiguous-file') {
        const leaves = /(^|\/)\.\.(\/|$)|^\/|\0/.test(name)
        if (leaves) {
          parts.unread(partName(name), 'scan.archive-leaves-folder')
          entry.resume()
          continue
        }
        const out = parts.file(partName(name))
        try {
          for await (const chunk of entry as AsyncIterable<Buffer>) out.write(chunk)
        } finally {
          out.close()
        }
      } else {
        if (type !== 'directory' && type !== null) parts.unread(partName(name), 'scan.not-a-file')
        entry.resume()
      }
    }
  } catch (error) {
    await feeding.catch(() => undefined) // the first cause is the one below
    if (error instanceof FileError || isOfSystem(error)) throw error
    throw new FileError(/Unexpected end/.test(String(error)) ? 'scan.file-truncated' : 'scan.archive-damaged')
  }
  await feeding

  async function feed(): Promise<void> {
    try {
      for await (const chunk of unpacked(file, gzip, limits, seenNothing())) {
        if (tar.destroyed) return
        if (!tar.write(chunk)) await new Promise<void>((resolve) => tar.once('drain', resolve).once('close', resolve))
      }
      tar.end(Buffer.alloc(0))
    } catch (error) {
      tar.destroy(error as Error)
    }
  }
}

const isOfSystem = (error: unknown): boolean => typeof (error as NodeJS.ErrnoException).errno === 'number'
