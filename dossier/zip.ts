import { crc32, deflateRawSync } from 'node:zlib'
import type { LegalDate } from '@tongguan/law'
import { zipSync } from 'fflate'
import type { Zippable } from 'fflate'
import { fromBuffer } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { DossierInputError } from './errors.ts'

/** Files by their path inside an archive. */
export type Files = ReadonlyMap<string, Uint8Array>

/** What an archive from outside may hold at most; beyond it nothing is unpacked. */
export interface ZipLimits {
  readonly entries: number
  /** Unpacked, all together. */
  readonly bytes: number
}

export const bundleLimits: ZipLimits = { entries: 5000, bytes: 1 << 30 }
export const officeLimits: ZipLimits = { entries: 2000, bytes: 256 << 20 }

/** Stored, not deflated, in the order of the paths and without a clock: the same files give the same bytes in any version. */
export function writeStored(files: Files): Uint8Array {
  const entries: Zippable = {}
  for (const path of [...files.keys()].sort()) {
    const bytes = files.get(path)
    if (bytes) entries[path] = [bytes, { level: 0, mtime: new Date(1980, 0, 1) }]
  }
  return zipSync(entries)
}

/**
 * Deflated by node's own zlib, in the order given, dated by the day alone, as office programs expect their files: a
 * report of ten thousand rows is fifty megabytes of XML. Such a part comes in pieces that are bytes already: as one string
 * it would take four times that.
 */
export function writeDeflated(
  parts: Readonly<Record<string, string | readonly Uint8Array[]>>,
  day: LegalDate,
): Uint8Array {
  const [year = 1980, month = 1, date = 1] = day.split('-').map(Number)
  const dosDate = ((year - 1980) << 9) | (month << 5) | date
  const chunks: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, part] of Object.entries(parts)) {
    const content = typeof part === 'string' ? Buffer.from(part) : Buffer.concat(part)
    const packed = deflateRawSync(content, { level: 6 })
    const path = Buffer.from(name)
    // Version, UTF-8 names, deflate, no time, the day, checksum, sizes, length of the name, no extra field.
    const head = Buffer.alloc(26)
    for (const [at, value] of [
      [0, 20],
      [2, 0x800],
      [4, 8],
      [8, dosDate],
      [22, path.length],
    ] as const)
      head.writeUInt16LE(value, at)
    for (const [at, value] of [
      [10, crc32(content)],
      [14, packed.length],
      [18, content.length],
    ] as const)
      head.writeUInt32LE(value, at)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    chunks.push(Buffer.from('PK\u0003\u0004'), head, path, packed)
    central.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), head, tail, path)
    offset += 30 + path.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006')
  end.writeUInt16LE(Object.keys(parts).length, 8)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...chunks, directory, end])
}

/**
 * Reads an archive that may be hostile: names that leave the folder, links, encrypted or doubled entries, entries that
 * lie over each other, sizes that lie, and bombs are refused with the entry's name.
 *
 * @throws DossierInputError `zip.*`
 */
export async function readZip(bytes: Uint8Array, what: string, limits: ZipLimits): Promise<Files> {
  const zip = await open(bytes, what)
  const entries: Entry[] = []
  try {
    for await (const entry of entriesOf(zip, what)) {
      entries.push(entry)
      if (limits.entries < entries.length) throw refused('zip.too-many', what, entry.fileName, `${limits.entries}`)
    }
  } finally {
    zip.close()
  }
  const names = new Set<string>()
  let total = 0
  for (const entry of entries) {
    const name = entry.fileName
    if (names.has(name)) throw refused('zip.twice', what, name)
    names.add(name)
    if (/(^|\/)\.\.?(\/|$)|^\/|\\|^[A-Za-z]:|\0/.test(name)) throw refused('zip.leaves-the-folder', what, name)
    if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) throw refused('zip.link', what, name)
    if (entry.isEncrypted()) throw refused('zip.encrypted', what, name)
    total += entry.uncompressedSize
    if (limits.bytes < total) throw refused('zip.too-big', what, name, `${limits.bytes}`)
  }
  const placed = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  for (const [index, entry] of placed.entries()) {
    const next = placed[index + 1]
    if (next && next.relativeOffsetOfLocalHeader < entry.relativeOffsetOfLocalHeader + 30 + entry.compressedSize) {
      throw refused('zip.overlap', what, next.fileName)
    }
  }
  const files = new Map<string, Uint8Array>()
  const again = await open(bytes, what)
  for (const entry of entries) {
    if (!entry.fileName.endsWith('/')) files.set(entry.fileName, await contentOf(again, entry, what))
  }
  again.close()
  return files
}

function open(bytes: Uint8Array, what: string): Promise<ZipFile> {
  const options = { lazyEntries: true, strictFileNames: true, validateEntrySizes: true, autoClose: false } as const
  return new Promise((resolve, reject) => {
    fromBuffer(Buffer.from(bytes), options, (error, zip) =>
      error ? reject(refused('zip.unreadable', what, '—', error.message)) : resolve(zip),
    )
  })
}

async function* entriesOf(zip: ZipFile, what: string): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      zip.removeAllListeners()
      zip.once('entry', resolve)
      zip.once('end', () => resolve(null))
      zip.once('error', (error: Error) => {
        const leaves = /invalid relative path|absolute path|invalid characters in fileName/.test(error.message)
        reject(
          leaves
            ? refused('zip.leaves-the-folder', what, error.message.replace(/^[a-z A-Z]+: /, ''))
            : refused('zip.unreadable', what, '—', error.message),
        )
      })
      zip.readEntry()
    })
    if (entry === null) return
    yield entry
  }
}

function contentOf(zip: ZipFile, entry: Entry, what: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const broken = (error: Error) => reject(refused('zip.entry-broken', what, entry.fileName, error.message))
    zip.openReadStream(entry, (error, stream) => {
      if (error) return broken(error)
      const chunks: Uint8Array[] = []
      stream.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      stream.on('end', () => resolve(Buffer.concat(chunks)))
      stream.on('error', broken)
    })
  })
}

const zipWords = {
  'zip.unreadable': { zh: '不是完好的压缩包', en: 'is not a whole zip archive' },
  'zip.entry-broken': { zh: '内容损坏', en: 'is damaged' },
  'zip.too-many': { zh: '文件过多', en: 'is one file too many' },
  'zip.too-big': { zh: '解压后过大', en: 'makes it too big when unpacked' },
  'zip.twice': { zh: '出现两次', en: 'stands in it twice' },
  'zip.leaves-the-folder': { zh: '路径越出文件夹', en: 'is a path out of the folder' },
  'zip.link': { zh: '是链接而不是文件', en: 'is a link, not a file' },
  'zip.encrypted': { zh: '已加密', en: 'is encrypted' },
  'zip.overlap': { zh: '与另一文件重叠', en: 'lies over another file' },
} as const

function refused(code: keyof typeof zipWords, what: string, name: string, because = ''): DossierInputError {
  const { zh, en } = zipWords[code]
  const more = because === '' || because === name ? '' : ` (${because})`
  return new DossierInputError(code, {
    zh: `${what}：“${name}”${zh}${more}。没有解压任何内容；请向提供方重新索取。`,
    en: `${what}: "${name}" ${en}${more}. Nothing was unpacked; ask for it again where it came from.`,
  })
}
