import type { Limits } from '../bytes.ts'
import { seenNothing, unpacked } from '../bytes.ts'
import type { SourceFile } from '../sources.ts'
import { FileError } from '../words.ts'
import type { PartTable, Parts } from './parts.ts'

/*
 * SAS transport files, version 5 (SAS technical support note TS-140), as CDISC submissions carry them: records of 80
 * bytes, numbers in the IBM System/360 form, text padded with blanks.
 */

const recordBytes = 80

/** The first bytes of such a file. */
export const xportStart = 'HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!'

interface Variable {
  readonly name: string
  readonly numeric: boolean
  readonly length: number
  readonly position: number
  readonly shown: 'day' | 'instant' | 'number'
}

/** Takes every member (data set) out of a transport file; a file of one member is that table itself. Throws FileError. */
export async function takeXport(file: SourceFile, parts: Parts, limits: Limits, gzip: boolean): Promise<void> {
  let kept: Buffer = Buffer.alloc(0)
  let state: 'library' | 'member' | 'rows' = 'library'
  let member: Member | undefined
  const several = { names: 0 }
  try {
    for await (const chunk of unpacked(file, gzip, limits, seenNothing())) {
      kept = kept.length === 0 ? chunk : Buffer.concat([kept, chunk])
      for (;;) {
        if (state === 'library') {
          if (kept.length < 3 * recordBytes) break
          kept = kept.subarray(3 * recordBytes)
          state = 'member'
        } else if (state === 'member') {
          const header = memberHeader(kept)
          if (header === undefined) {
            if (kept.length > limits.rowBytes) throw new FileError('scan.row-too-long')
            break
          }
          several.names++
          member = new Member(parts, header, several.names)
          kept = kept.subarray(header.bytes)
          state = 'rows'
        } else {
          const next = nextMember(kept)
          const end = next === -1 ? kept.length - (kept.length % recordBytes) : next
          member?.write(kept.subarray(0, end))
          kept = kept.subarray(end)
          if (next === -1) break
          member?.close()
          state = 'member'
        }
      }
    }
    if (state !== 'rows' || kept.length > 0) throw new FileError('scan.file-truncated')
    member?.end()
  } catch (error) {
    // What was read before the break stays, and says that it is not all.
    if (member === undefined || !(error instanceof FileError) || error.code !== 'scan.file-truncated') throw error
    member.table.part.error = error.code
  } finally {
    member?.close()
  }
}

function nextMember(bytes: Buffer): number {
  for (let at = bytes.indexOf(memberStart); at !== -1; at = bytes.indexOf(memberStart, at + 1))
    if (at % recordBytes === 0) return at
  return -1
}

const memberStart = 'HEADER RECORD*******MEMBER  HEADER RECORD!!!!!!!'

interface MemberHeader {
  readonly name: string
  readonly variables: readonly Variable[]
  readonly bytes: number
}

// Member and descriptor headers, two records of names and dates, then one descriptor of 140 bytes for each variable.
function memberHeader(bytes: Buffer): MemberHeader | undefined {
  if (bytes.length < 5 * recordBytes) return undefined
  if (!bytes.subarray(0, recordBytes).toString('latin1').startsWith(memberStart))
    throw new FileError('scan.xport-damaged')
  const record = (number: number) => bytes.subarray(number * recordBytes, (number + 1) * recordBytes)
  const size = Number(record(0).subarray(74, 78).toString('latin1'))
  const name = record(2).subarray(8, 16).toString('latin1').trim()
  const count = Number(record(4).subarray(54, 58).toString('latin1'))
  if (!(size === 140 || size === 136) || !Number.isInteger(count)) throw new FileError('scan.xport-damaged')
  const start = 5 * recordBytes
  const observations = start + Math.ceil((count * size) / recordBytes) * recordBytes
  if (bytes.length < observations + recordBytes) return undefined
  const variables = Array.from({ length: count }, (_, at) =>
    variableOf(bytes.subarray(start + at * size, start + (at + 1) * size)),
  )
  return { name, variables, bytes: observations + recordBytes }
}

function variableOf(bytes: Buffer): Variable {
  const format = bytes.subarray(56, 64).toString('latin1').trim()
  return {
    name: bytes.subarray(8, 16).toString('latin1').trim(),
    numeric: bytes.readInt16BE(0) === 1,
    length: bytes.readInt16BE(4),
    position: bytes.readInt32BE(84),
    shown: /^(E8601DT|IS8601DT|DATETIME|B8601DT)/.test(format)
      ? 'instant'
      : /^(DATE|YYMMDD|MMDDYY|DDMMYY|E8601DA|IS8601DA|B8601DA|WEEKDAT|WORDDAT|JULIAN|MONYY)/.test(format)
        ? 'day'
        : 'number',
  }
}

class Member {
  readonly table: PartTable
  readonly #variables: readonly Variable[]
  readonly #length: number
  #kept: Buffer = Buffer.alloc(0)

  constructor(parts: Parts, { name, variables }: MemberHeader, nth: number) {
    this.#variables = variables
    this.#length = variables.reduce((sum, { length }) => sum + length, 0)
    // A length below one would have the rows never end.
    const fits = ({ length, position }: Variable) => length > 0 && position >= 0 && position + length <= this.#length
    if (variables.length === 0 || !variables.every(fits)) throw new FileError('scan.xport-damaged')
    this.table = parts.table(
      nth === 1 ? null : name,
      'xpt',
      variables.map((variable) => variable.name),
    )
  }

  write(bytes: Buffer): void {
    const all = this.#kept.length === 0 ? bytes : Buffer.concat([this.#kept, bytes])
    // The last record is filled up with blanks, which may look like further rows: the last few are held back.
    const held = recordBytes + this.#length
    let at = 0
    for (; at + this.#length + held <= all.length; at += this.#length) this.#row(all.subarray(at, at + this.#length))
    this.#kept = Buffer.from(all.subarray(at))
  }

  /** The end of the member: what is left, without the blanks that fill the last record. */
  end(): void {
    for (let at = 0; at + this.#length <= this.#kept.length; at += this.#length) {
      const row = this.#kept.subarray(at, at + this.#length)
      if (row.every((byte) => byte === 0x20) && this.#kept.subarray(at).every((byte) => byte === 0x20)) break
      this.#row(row)
    }
    this.#kept = Buffer.alloc(0)
  }

  close(): void {
    this.end()
    this.table.close()
  }

  #row(bytes: Buffer): void {
    this.table.row(
      this.#variables.map(({ numeric, length, position, shown }) => {
        const cell = bytes.subarray(position, position + length)
        return numeric ? shownNumber(ibmNumber(cell), shown) : textOf(cell)
      }),
    )
  }
}

function textOf(cell: Buffer): string {
  const utf8 = cell.toString('utf8')
  return (utf8.includes('\ufffd') ? new TextDecoder('windows-1252').decode(cell) : utf8).trimEnd()
}

/** A number in the IBM System/360 form: sign and exponent to the base of 16, then up to 56 bits; `undefined` where missing. */
export function ibmNumber(cell: Buffer): number | undefined {
  const first = cell[0] ?? 0
  const rest = cell.subarray(1)
  if (rest.every((byte) => byte === 0)) {
    // A missing value is a point, a letter or an underscore; zero is all zeros.
    if (first === 0x2e || first === 0x5f || (first >= 0x41 && first <= 0x5a)) return undefined
    if (first === 0 || first === 0x80) return 0
  }
  let fraction = 0
  for (const [at, byte] of rest.entries()) fraction += byte / 256 ** (at + 1)
  return (first & 0x80 ? -1 : 1) * fraction * 16 ** ((first & 0x7f) - 64)
}

// Days and seconds count from 1960-01-01.
function shownNumber(value: number | undefined, shown: Variable['shown']): string {
  if (value === undefined) return ''
  const milliseconds = shown === 'day' ? value * 86_400_000 : value * 1000
  const instant = new Date(Date.UTC(1960, 0, 1) + milliseconds)
  if (shown === 'number' || Number.isNaN(instant.getTime())) return String(Number(value.toPrecision(15)))
  const text = instant.toISOString()
  return shown === 'day' ? text.slice(0, 10) : text.slice(0, 19)
}
