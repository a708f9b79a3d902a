import dicomParser from 'dicom-parser'
import type { ByteArrayParser, DataSet, Element } from 'dicom-parser'
import { openSync, closeSync, readSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import type { Limits } from '../bytes.ts'
import type { Claim } from '../header.ts'
import type { SourceFile } from '../sources.ts'
import { FileError } from '../words.ts'
import { attributes } from './dicom-dictionary.ts'
import type { Parts } from './parts.ts'

/*
 * The header of a DICOM file (PS3.10) as one row, an attribute a column by its keyword, a private one by its tag; a
 * directory of files gives a row for each record. Pictures are not read: whether names are burned into them the header
 * says at best (BurnedInAnnotation).
 */

/** Pixel data and what comes behind them are not read. */
const pixelData = 'x7fe00010'
const mostHeaderBytes = 64 << 20

/** By its mark behind the preamble, or without one by a first attribute of group 0002 or 0008. */
export function isDicom(head: Buffer): boolean {
  if (head.length >= 132 && head.subarray(128, 132).toString('latin1') === 'DICM') return true
  return withoutPreamble(head) !== undefined
}

type Syntax = 'implicit' | 'explicit-little' | 'explicit-big'

// A first element of group 0002 or 0008 whose length is believable.
function withoutPreamble(head: Buffer): Syntax | undefined {
  if (head.length < 16) return undefined
  const little = head.readUInt16LE(0)
  const big = head.readUInt16BE(0)
  const vr = head.subarray(4, 6).toString('latin1')
  const known = /^(AE|AS|CS|DA|DS|DT|IS|LO|LT|OB|OW|PN|SH|SQ|ST|TM|UI|UL|UN|US|UT)$/.test(vr)
  if ((little === 2 || little === 8) && known) return 'explicit-little'
  if ((big === 2 || big === 8) && known) return 'explicit-big'
  if (little === 8 && head.readUInt16LE(2) <= 0x0100 && head.readUInt32LE(4) <= 256 && head[3] === 0) return 'implicit'
  return undefined
}

/** Takes the header of one DICOM file. Throws FileError. */
export async function takeDicom(file: SourceFile, parts: Parts, _limits: Limits): Promise<void> {
  const { dataSet, bigEndian, cutOff } = read(file)
  const rows: Map<string, Cell>[] = []
  const top = new Map<string, Cell>()
  rows.push(top)
  collect(dataSet, '', { charset: charsetOf(dataSet, ['']), bigEndian, row: top, rows })
  const columns = new Map<string, Claim | null>()
  for (const row of rows) for (const [name, { claim }] of row) if (!columns.has(name)) columns.set(name, claim)
  if (columns.size === 0) throw new FileError('scan.dicom-damaged')
  const names = [...columns.keys()]
  const table = parts.table(null, 'dicom', names, [...columns.values()])
  try {
    for (const row of rows) table.row(names.map((name) => row.get(name)?.text ?? ''))
    if (cutOff) table.part.error = 'scan.file-truncated'
  } finally {
    table.close()
  }
  return Promise.resolve()
}

interface Cell {
  readonly text: string
  readonly claim: Claim | null
}

interface ReadFile {
  readonly dataSet: DataSet
  readonly bigEndian: boolean
  /** The last attribute says it is longer than the file. */
  readonly cutOff: boolean
}

function read(file: SourceFile): ReadFile {
  const bytes = firstBytes(file.location, Math.min(file.bytes, mostHeaderBytes))
  try {
    if (bytes.subarray(128, 132).toString('latin1') === 'DICM') {
      const dataSet = dicomParser.parseDicom(bytes, { untilTag: pixelData, inflater: inflate })
      const syntax = dataSet.string('x00020010')
      return { dataSet, bigEndian: syntax === '1.2.840.10008.1.2.2', cutOff: cutOff(dataSet, file) }
    }
    const syntax = withoutPreamble(bytes)
    const parser =
      syntax === 'explicit-big' ? dicomParser.bigEndianByteArrayParser : dicomParser.littleEndianByteArrayParser
    const stream = new dicomParser.ByteStream(parser, bytes, 0)
    const dataSet = emptyDataSet(parser, bytes)
    const until = { untilTag: pixelData }
    if (syntax === 'implicit') dicomParser.parseDicomDataSetImplicit(dataSet, stream, bytes.length, until)
    else dicomParser.parseDicomDataSetExplicit(dataSet, stream, bytes.length, until)
    return { dataSet, bigEndian: syntax === 'explicit-big', cutOff: cutOff(dataSet, file) }
  } catch (error) {
    // The parser throws its warnings with the data set as far as it came.
    const known = (error as { dataSet?: DataSet }).dataSet
    if (known !== undefined && Object.keys(known.elements).length > 0)
      return { dataSet: known, bigEndian: false, cutOff: true }
    throw new FileError('scan.dicom-damaged')
  }
}

// The library's types name the class as an interface only.
function emptyDataSet(parser: ByteArrayParser, bytes: Buffer): DataSet {
  const { DataSet } = dicomParser as unknown as {
    readonly DataSet: new (parser: ByteArrayParser, bytes: Buffer, elements: object) => DataSet
  }
  return new DataSet(parser, bytes, {})
}

function cutOff(dataSet: DataSet, file: SourceFile): boolean {
  return Object.values(dataSet.elements).some(
    ({ tag, dataOffset, length, hadUndefinedLength }) =>
      tag !== pixelData &&
      hadUndefinedLength !== true &&
      dataOffset + length > Math.max(file.bytes, dataSet.byteArray.length),
  )
}

function firstBytes(path: string, length: number): Buffer {
  const descriptor = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(length)
    let at = 0
    while (at < length) {
      const read = readSync(descriptor, bytes, at, length - at, at)
      if (read === 0) break
      at += read
    }
    return bytes.subarray(0, at)
  } finally {
    closeSync(descriptor)
  }
}

// The deflated transfer syntax: everything behind the file's own header is packed.
function inflate(bytes: Uint8Array, position: number): Uint8Array {
  const packed = bytes.subarray(position)
  const rest = inflateRawSync(packed, { maxOutputLength: mostHeaderBytes * 4 })
  return Buffer.concat([bytes.subarray(0, position), rest])
}

interface Collecting {
  readonly charset: readonly string[]
  readonly bigEndian: boolean
  readonly row: Map<string, Cell>
  readonly rows: Map<string, Cell>[]
}

function collect(dataSet: DataSet, path: string, into: Collecting): void {
  for (const element of Object.values(dataSet.elements)) {
    const { tag } = element
    if (tag === pixelData || tag.endsWith('0000') || tag.startsWith('x0002')) continue
    const known = attributes.get(tag)
    const name = path + (known?.keyword ?? shownTag(tag))
    if (element.items !== undefined && element.items.length > 0) {
      for (const { dataSet: item } of element.items) {
        if (item === undefined) continue
        const charset = charsetOf(item, into.charset)
        // A directory holds records of many patients: each is a row of its own.
        const ofDirectory = tag === 'x00041220'
        const row = ofDirectory ? new Map<string, Cell>() : into.row
        if (ofDirectory) into.rows.push(row)
        collect(item, `${name}.`, { ...into, charset, row })
      }
      continue
    }
    const text = valueOf(dataSet, element, known?.vr, into)
    if (text === '') continue
    const before = into.row.get(name)?.text
    into.row.set(name, {
      text: before === undefined || before === text ? text : `${before} | ${text}`,
      claim: claimFor(tag, known?.kind, element.vr ?? known?.vr),
    })
  }
}

// `x00091010` as the standard writes it.
const shownTag = (tag: string): string => `(${tag.slice(1, 5)},${tag.slice(5)})`.toUpperCase()

/** Names of persons are names whatever the attribute; who is not the patient is staff. */
function claimFor(tag: string, kind: Claim['kind'] | undefined, vr: string | undefined): Claim | null {
  const relative = tag === 'x00101060' || tag === 'x00102297'
  if (kind !== undefined)
    return {
      kind,
      weight: 'full',
      of: kind === 'staff_name' ? 'staff' : relative ? 'relative' : 'subject',
      needsPersons: false,
    }
  if (vr === 'PN') return { kind: 'staff_name', weight: 'full', of: 'staff', needsPersons: false }
  if (vr === 'DA' || vr === 'DT') return { kind: 'event_date', weight: 'full', of: 'subject', needsPersons: false }
  return null
}

const texts = new Set([
  'AE',
  'AS',
  'CS',
  'DA',
  'DS',
  'DT',
  'IS',
  'LO',
  'LT',
  'PN',
  'SH',
  'ST',
  'TM',
  'UC',
  'UI',
  'UR',
  'UT',
])
const inCharset = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT'])

function valueOf(dataSet: DataSet, element: Element, dictionaryVr: string | undefined, into: Collecting): string {
  const vr = element.vr ?? dictionaryVr
  const { dataOffset, length, tag } = element
  const bytes = Buffer.from(
    dataSet.byteArray.buffer,
    dataSet.byteArray.byteOffset + dataOffset,
    Math.max(0, Math.min(length, dataSet.byteArray.length - dataOffset)),
  )
  if (bytes.length === 0 || bytes.length > 1 << 20) return ''
  if (vr !== undefined && texts.has(vr))
    return trimmed(inCharset.has(vr) ? decoded(bytes, into.charset) : bytes.toString('latin1'))
  const numbers = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8 } as const
  if (vr !== undefined && vr in numbers) {
    const width = numbers[vr as keyof typeof numbers]
    const read = { US: 'uint16', SS: 'int16', UL: 'uint32', SL: 'int32', FL: 'float', FD: 'double' } as const
    const count = Math.min(16, Math.floor(bytes.length / width))
    return Array.from({ length: count }, (_, at) => dataSet[read[vr as keyof typeof read]](tag, at)).join('\\')
  }
  // Private and unknown: text where it reads as text, else left alone.
  const text = decoded(bytes, into.charset)
  return isReadable(bytes, text) ? trimmed(text) : ''
}

const trimmed = (text: string): string => text.replaceAll('\0', '').trim()

function isReadable(bytes: Buffer, text: string): boolean {
  if (bytes.some((byte, at) => byte < 9 && !(byte === 0 && at === bytes.length - 1))) return false
  const control = [...text].filter((sign) => sign < ' ' && !'\t\r\n\f\u001b'.includes(sign)).length
  return text.length >= 2 && control === 0 && !text.includes('\ufffd')
}

// --- character sets (PS3.3 C.12.1.1.2) ----------------------------------------------------------------------------------

function charsetOf(dataSet: DataSet, otherwise: readonly string[]): readonly string[] {
  const element = dataSet.elements['x00080005']
  // An attribute that says it is longer than the file names no set.
  if (element === undefined || dataSet.byteArray.length < element.dataOffset + element.length) return otherwise
  const said = dataSet.string('x00080005')
  return said === undefined ? otherwise : said.split('\\').map((term) => term.trim())
}

const decoders: Readonly<Record<string, string>> = {
  '': 'windows-1252',
  'ISO_IR 6': 'windows-1252',
  'ISO_IR 100': 'iso-8859-1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'windows-1254',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gb18030',
}

/** With code extensions each run of bytes behind an escape sequence is in the set the sequence names. */
function decoded(bytes: Buffer, charset: readonly string[]): string {
  const first = charset[0] ?? ''
  const initial = decoders[first.replace('ISO 2022 IR', 'ISO_IR')] ?? 'windows-1252'
  if (!bytes.includes(0x1b)) return decode(bytes, initial)
  let text = ''
  let encoding = initial
  let from = 0
  for (let at = bytes.indexOf(0x1b); at !== -1; at = bytes.indexOf(0x1b, from)) {
    text += decode(bytes.subarray(from, at), encoding)
    const sequence = escapeAt(bytes, at + 1)
    encoding = sequence?.encoding ?? initial
    from = at + 1 + (sequence?.length ?? 0)
  }
  return text + decode(bytes.subarray(from), encoding)
}

function escapeAt(bytes: Buffer, at: number): { encoding: string; length: number } | undefined {
  const after = bytes.subarray(at, at + 3).toString('latin1')
  if (after === '$)A') return { encoding: 'gb18030', length: 3 } // ISO-IR 58, GB 2312
  if (after === '$)C') return { encoding: 'euc-kr', length: 3 } // ISO-IR 149
  if (after.startsWith('$B')) return { encoding: 'jis-x-0208', length: 2 } // ISO-IR 87
  if (after.startsWith('(B')) return { encoding: 'windows-1252', length: 2 }
  if (after.startsWith('(J') || after.startsWith(')I')) return { encoding: 'shift_jis', length: 2 }
  const right: Readonly<Record<string, string>> = {
    '-A': 'iso-8859-1',
    '-B': 'iso-8859-2',
    '-C': 'iso-8859-3',
    '-D': 'iso-8859-4',
    '-L': 'iso-8859-5',
    '-G': 'iso-8859-6',
    '-F': 'iso-8859-7',
    '-H': 'iso-8859-8',
    '-M': 'windows-1254',
    '-T': 'windows-874',
  }
  const encoding = right[after.slice(0, 2)]
  return encoding === undefined ? undefined : { encoding, length: 2 }
}

function decode(bytes: Buffer, encoding: string): string {
  // Seven-bit JIS X 0208 is EUC-JP without the high bits.
  if (encoding === 'jis-x-0208')
    return new TextDecoder('euc-jp').decode(bytes.map((byte) => (byte > 0x20 ? byte | 0x80 : byte)))
  return new TextDecoder(encoding).decode(bytes)
}
