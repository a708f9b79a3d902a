// Files that are wrong: small right ones changed in a few places, the same for the same seed.
import { gzipSync } from 'node:zlib'
import { unzipSync, zipSync } from 'fflate'
import type { Unzipped } from 'fflate'

/** Whole numbers below a bound (`random` of test/law/points.ts). */
export type Below = (bound: number) => number

/** One to three changes of a file; one in three inside what a zip archive holds, where it is one. */
export function mutated(file: Uint8Array, others: readonly Uint8Array[], below: Below): Uint8Array {
  let bytes: Uint8Array = file
  for (let changes = 1 + below(3); changes > 0; changes--) {
    bytes = isZip(bytes) && below(3) > 0 ? mutatedInside(bytes, others, below) : mutatedOnce(bytes, others, below)
  }
  return bytes
}

/** A change goes into an archive as long as it can still be opened; then it meets the reader behind the archive. */
function mutatedInside(zip: Uint8Array, others: readonly Uint8Array[], below: Below): Uint8Array {
  const entries = entriesOf(zip)
  const names = Object.keys(entries)
  const name = names[below(names.length)]
  const part = name === undefined ? undefined : entries[name]
  if (name === undefined || part === undefined) return mutatedOnce(zip, others, below)
  const turn = below(12)
  if (turn === 0) delete entries[name]
  else if (turn === 1) entries[`${name}/../../x`] = part
  else entries[name] = Uint8Array.from(mutatedOnce(part, others, below))
  return zipSync(entries)
}

function mutatedOnce(file: Uint8Array, others: readonly Uint8Array[], below: Below): Uint8Array {
  const change = changes[below(changes.length)] ?? cut
  return change(Buffer.from(file), below, Buffer.from(others[below(others.length)] ?? []))
}

type Change = (bytes: Buffer, below: Below, other: Buffer) => Buffer

const cut: Change = (bytes, below) => bytes.subarray(0, below(bytes.length + 1))

/** What stands for a length, a count or an offset, in a file that has such. */
const numbers: Change = (bytes, below) => {
  const width = [1, 2, 4, 8][below(4)] ?? 4
  if (bytes.length < width) return bytes
  const at = below(bytes.length - width + 1)
  bytes.fill(0, at, at + width)
  const value = below(5)
  if (value === 1) bytes.fill(255, at, at + width)
  if (value === 2) bytes[at] = 128
  if (value === 3) bytes[at + width - 1] = 127
  if (value === 4) bytes[at + below(width)] = 1 + below(255)
  return bytes
}

const changes: readonly Change[] = [
  cut,
  (bytes, below) => bytes.subarray(below(Math.min(bytes.length, 64) + 1)),
  (bytes, below) => {
    for (let flips = 1 + below(8); flips > 0 && bytes.length > 0; flips--) {
      const at = below(bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8))
    }
    return bytes
  },
  numbers,
  numbers,
  (bytes, below) => bytes.fill(below(256), ...regionOf(bytes, below)),
  (bytes, below) => {
    const [from, to] = regionOf(bytes, below)
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
  },
  (bytes, below) => {
    const [from, to] = regionOf(bytes, below)
    return Buffer.concat([
      bytes.subarray(0, to),
      ...Array<Buffer>(1 + below(50)).fill(bytes.subarray(from, to)),
      bytes.subarray(to),
    ])
  },
  (bytes, below, other) => {
    const at = below(bytes.length + 1)
    return Buffer.concat([bytes.subarray(0, at), other.subarray(...regionOf(other, below)), bytes.subarray(at)])
  },
  (bytes, below) => {
    const at = below(bytes.length + 1)
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(tokens[below(tokens.length)] ?? ''), bytes.subarray(at)])
  },
  (bytes, below) => {
    // In place of one character of the text: a quote that is missing, a bracket too many.
    const found = [...bytes.entries()].filter(([, byte]) => marks.includes(byte))
    const [at] = found[below(found.length)] ?? []
    if (at !== undefined) bytes[at] = marks[below(marks.length)] ?? 0
    return bytes
  },
  (bytes) => gzipSync(bytes),
  (bytes, below) => Buffer.from(zipSync({ [names[below(names.length)] ?? 'a']: bytes })),
  (bytes, _, other) => Buffer.concat([bytes, other]),
]

function regionOf(bytes: Buffer, below: Below): [from: number, to: number] {
  const from = below(bytes.length + 1)
  return [from, Math.min(bytes.length, from + 1 + below(200))]
}

const marks = Buffer.from('"\'<>{}[](),;:\t\n\r\\=&|%')
const names = [
  'a.csv',
  'a.zip',
  '../a.csv',
  '/etc/a.csv',
  'a\\b.csv',
  'a/'.repeat(200),
  'con',
  '\u0000',
  'word/document.xml',
]
const tokens = [
  '\ufeff',
  '\u0000',
  '\u0000'.repeat(5000),
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>&b;',
  '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>',
  '&#0;',
  '&#x110000;',
  '<a>'.repeat(20_000),
  '['.repeat(20_000),
  '{"a":'.repeat(20_000),
  '"'.repeat(4001),
  ','.repeat(20_000),
  '9'.repeat(5000),
  '1e999',
  '\ud800',
  '\r',
  '\u202e',
  '=cmd|calc!A1',
  '`; drop table a; --',
  'x'.repeat(300_000),
  '\n'.repeat(20_000),
] as const

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b
}

/** Nothing where the archive is broken, or would unpack to more than its seed can have held. */
function entriesOf(zip: Uint8Array): Unzipped {
  try {
    return unzipSync(zip, { filter: ({ originalSize }) => originalSize < 4_000_000 })
  } catch {
    return {}
  }
}
