/**
 * A text as GB18030 bytes, with the one-byte and two-byte codes, which hold every character the pilot writes. Node
 * decodes GB18030 but does not encode it, so the table is Node's own decoder turned round.
 *
 * @throws RangeError when a character needs a four-byte code.
 */
export function encodeGb18030(text: string): Buffer {
  table ??= reverseTable()
  const bytes = Buffer.allocUnsafe(text.length * 2)
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) {
      bytes[length++] = unit
      continue
    }
    const code = table[unit]
    if (!code) {
      throw new RangeError(
        `U+${unit.toString(16).toUpperCase().padStart(4, '0')} has no two-byte code in GB18030; choose a character of GBK`,
      )
    }
    bytes[length++] = code >> 8
    bytes[length++] = code & 0xff
  }
  return bytes.subarray(0, length)
}

// Two-byte code for each UTF-16 unit, 0 where there is none.
let table: Uint16Array | undefined

function reverseTable(): Uint16Array {
  const codes: number[] = []
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) codes.push((lead << 8) | trail)
  }
  const text = new TextDecoder('gb18030', { fatal: true }).decode(
    Uint8Array.from(codes.flatMap((code) => [code >> 8, code & 0xff])),
  )
  // Every two-byte code stands for one character of the basic plane; a decoder that says otherwise would shift the rest.
  if (text.length !== codes.length) throw new Error(`the decoder gave ${text.length} units for ${codes.length} codes`)
  const reverse = new Uint16Array(0x10000)
  for (const [i, code] of codes.entries()) reverse[text.charCodeAt(i)] ||= code
  return reverse
}
