import { open } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import type { Limits } from '../bytes.ts'
import type { SourceFile } from '../sources.ts'
import { FileError } from '../words.ts'
import type { FileErrorCode } from '../words.ts'
import { partName } from './parts.ts'
import type { Parts } from './parts.ts'

/** The files in a zip archive by name, to be read in any order; nothing is unpacked yet. */
export interface OpenZip {
  readonly entries: ReadonlyMap<string, Entry>
  /** One entry's bytes. Throws FileError: damaged, encrypted, or larger than it says. */
  read(entry: Entry): AsyncGenerator<Buffer>
  close(): void
}

const mostEntries = 100_000

/** Opens a zip archive that may be hostile. Throws FileError. */
export async function openZip(file: SourceFile): Promise<OpenZip> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    open(file.location, { lazyEntries: true, autoClose: false, strictFileNames: false }, (error, opened) =>
      error ? reject(new FileError('scan.archive-damaged')) : resolve(opened),
    )
  })
  const entries = new Map<string, Entry>()
  try {
    for (;;) {
      const entry = await nextEntry(zip)
      if (entry === null) break
      if (entries.size >= mostEntries) throw new FileError('scan.unpacks-to-too-much')
      entries.set(entry.fileName, entry)
    }
  } catch (error) {
    zip.close()
    throw error
  }
  return { entries, read: (entry) => contentOf(zip, entry), close: () => zip.close() }
}

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    zip.removeAllListeners()
    zip.once('entry', resolve)
    zip.once('end', () => resolve(null))
    // yauzl refuses paths out of the folder by an error of its own words.
    zip.once('error', (error: Error) =>
      reject(
        new FileError(/path|fileName/.test(error.message) ? 'scan.archive-leaves-folder' : 'scan.archive-damaged'),
      ),
    )
    zip.readEntry()
  })
}

async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  if (entry.isEncrypted()) throw new FileError('scan.encrypted')
  const stream = await new Promise<AsyncIterable<Buffer> & { destroy(): void }>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) =>
      error ? reject(new FileError('scan.archive-damaged')) : resolve(opened),
    )
  })
  try {
    yield* stream
  } catch {
    // Whatever zlib or yauzl say: the entry is not what the archive promised.
    throw new FileError('scan.archive-damaged')
  } finally {
    stream.destroy()
  }
}

/** Takes every file out of an archive, each on its own: one that cannot be read does not hide the others. */
export async function takeZip(file: SourceFile, parts: Parts, _limits: Limits): Promise<void> {
  const zip = await openZip(file)
  try {
    for (const [name, entry] of zip.entries) {
      if (name.endsWith('/')) continue
      const wrong = whatIsWrong(name, entry)
      if (wrong !== undefined) {
        parts.unread(partName(name), wrong)
        continue
      }
      const out = parts.file(partName(name))
      try {
        for await (const chunk of zip.read(entry)) out.write(chunk)
      } catch (error) {
        if (!(error instanceof FileError) || error.code === 'scan.unpacks-to-too-much') throw error
        out.part.error = error.code
      } finally {
        out.close()
      }
    }
  } finally {
    zip.close()
  }
}

function whatIsWrong(name: string, entry: Entry): FileErrorCode | undefined {
  if (/(^|\/)\.\.(\/|$)|^\/|\\|^[A-Za-z]:|\0/.test(name)) return 'scan.archive-leaves-folder'
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) return 'scan.link-outside'
  return entry.isEncrypted() ? 'scan.encrypted' : undefined
}
