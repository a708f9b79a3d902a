import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Evidence, FileEvidence } from '@tongguan/law'
import { removeFolder, syncFolders } from './private-copy.ts'
import { NotRebuilt, rebuildCsv } from './rebuild-csv.ts'
import type { Rebuilder } from './rebuild-csv.ts'
import { rebuildDocument, rebuildNdjson } from './rebuild-json.ts'
import type { BatchFile, RebuiltFile } from './release.ts'
import { dataFolder } from './release-folder.ts'

/*
 * Strict mode: what leaves is not the handler's bytes but what was read in them, written anew (NIST SP 800-53 AC-4:
 * normalised format, unsanctioned information stays behind). What hid between the values does not travel: other encodings,
 * comments, bytes after the end. The engine then reads the new files, and must find in them what it found in the old.
 */

const rebuiltFolder = 'rebuilt'

/** Replaces the private copy by its files rebuilt; where one cannot be, it says why and the copy stays as it is. */
export async function rebuildFiles(
  folder: string,
  files: readonly BatchFile[],
  evidence: Evidence,
  transform?: RowsTransform,
): Promise<{ readonly files: readonly BatchFile[]; readonly rebuilt: readonly RebuiltFile[] }> {
  const rebuilt: RebuiltFile[] = []
  const made: BatchFile[] = []
  for (const input of files) {
    const one = await rebuildFile(
      folder,
      input,
      evidence.files.find(({ path }) => path === input.name),
      transform,
    )
    rebuilt.push(one.rebuilt)
    made.push(one.file)
  }
  if (rebuilt.some(({ failed }) => failed !== undefined)) {
    await removeFolder(join(folder, rebuiltFolder))
    return { files, rebuilt }
  }
  await transform?.beforeReplacing()
  await removeFolder(join(folder, dataFolder))
  await rename(join(folder, rebuiltFolder), join(folder, dataFolder))
  await syncFolders(folder)
  return { files: made, rebuilt }
}

async function rebuildFile(
  folder: string,
  input: BatchFile,
  seen: FileEvidence | undefined,
  transform: RowsTransform | undefined,
): Promise<{ readonly file: BatchFile; readonly rebuilt: RebuiltFile }> {
  const { name, bytes, sha256 } = input
  const rebuilt = { name, input: { bytes, sha256 }, rows: 0, columns: null }
  try {
    const rows = seen && transform?.rowsOf(seen)
    const rebuilder = seen && rebuilderFor(seen, rows)
    if (seen === undefined || rebuilder === undefined) throw new NotRebuilt('no-rebuilder', 0)
    const written = await rewrite(join(folder, dataFolder, name), join(folder, rebuiltFolder, name), {
      rebuilder,
      encoding: seen.encoding ?? 'utf-8',
      ...(transform === undefined ? {} : { settle: transform.settle }),
    })
    rows?.end()
    return { file: { name, ...written }, rebuilt: { ...rebuilt, ...rebuilder.counted() } }
  } catch (error) {
    if (!(error instanceof NotRebuilt)) throw error
    return { file: input, rebuilt: { ...rebuilt, failed: failureOf(error) } }
  }
}

function failureOf({ because, row, column }: NotRebuilt): NonNullable<RebuiltFile['failed']> {
  return { because, row, ...(column === undefined ? {} : { column }) }
}

/** Undefined for every other format, and for packed files: they are held. */
function rebuilderFor(
  { path, format, delimiter, header, error }: FileEvidence,
  rows: FileRows | undefined,
): Rebuilder | undefined {
  if (error !== null || path.toLowerCase().endsWith('.gz')) return undefined
  if (format === 'ndjson') return rebuildNdjson(rows?.object)
  // A document is written anew, but not yet changed on the way.
  if (format === 'json') return rows === undefined ? rebuildDocument() : undefined
  if ((format === 'csv' || format === 'tsv') && delimiter?.length === 1) {
    if (rows !== undefined && header !== true) return undefined
    return rebuildCsv({ delimiter, header: header === true, ...(rows === undefined ? {} : { each: rows.fields }) })
  }
  return undefined
}

/** What is done to the rows of a batch while they are written anew (transforms/transform-rows.ts). */
export interface RowsTransform {
  readonly rowsOf: (file: FileEvidence) => FileRows
  /** Awaited between two pieces of a file. */
  readonly settle: () => Promise<void>
  /** Awaited once every file is written, before the first takes the place of the one it was read from. */
  readonly beforeReplacing: () => Promise<void>
}

/** Each throws NotRebuilt. */
export interface FileRows {
  /** The header is the first. */
  readonly fields: (fields: readonly string[], row: number) => readonly string[]
  /** One JSON value, as text. */
  readonly object: (line: string, row: number) => string
  /** After the last row. */
  readonly end: () => void
}

/** Reads a file in its encoding and writes it anew, durably. @throws NotRebuilt */
export async function rewrite(
  from: string,
  to: string,
  {
    rebuilder,
    encoding,
    settle,
  }: { readonly rebuilder: Rebuilder; readonly encoding: string; readonly settle?: () => Promise<void> },
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const source = await open(from, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const target = await open(to, 'wx', 0o600)
    try {
      const digest = createHash('sha256')
      let bytes = 0
      const put = async (text: string) => {
        const chunk = Buffer.from(text)
        digest.update(chunk)
        bytes += chunk.length
        await target.writeFile(chunk)
        await settle?.()
      }
      const decoder = decoderOf(encoding)
      const buffer = Buffer.allocUnsafe(1 << 20)
      for (;;) {
        const { bytesRead } = await source.read(buffer, 0, buffer.length)
        if (bytesRead === 0) break
        await put(rebuilder.take(decode(decoder, buffer.subarray(0, bytesRead), true)))
      }
      await put(rebuilder.take(decode(decoder, undefined, false)) + rebuilder.end())
      await target.sync()
      return { bytes, sha256: digest.digest('hex') }
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

type Decoder = InstanceType<typeof TextDecoder>

function decoderOf(encoding: string): Decoder {
  try {
    return new TextDecoder(encoding, { fatal: true })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new NotRebuilt('encoding', 1)
  }
}

function decode(decoder: Decoder, bytes: Uint8Array | undefined, stream: boolean): string {
  try {
    return decoder.decode(bytes, { stream })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new NotRebuilt('encoding', 0)
  }
}
