// Files of other formats, made for the tests; nobody in them is real.
import { zipSync } from 'fflate'

const xml = (body: string): Uint8Array => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${body}`)

export interface SheetToMake {
  readonly name: string
  readonly rows: readonly (readonly (string | number)[])[]
  readonly hidden?: boolean
}

/** A workbook: texts shared, numbers as they are; a number that is a whole one from 30,000 to 60,000 is styled as a day. */
export function aWorkbook(sheets: readonly SheetToMake[], more: Readonly<Record<string, Uint8Array>> = {}): Uint8Array {
  const strings: string[] = []
  const cell = (value: string | number, column: number, row: number) => {
    const reference = `${String.fromCharCode(65 + column)}${row + 1}`
    if (typeof value === 'number')
      return `<c r="${reference}" s="${value > 30_000 && value < 60_000 ? 1 : 0}"><v>${value}</v></c>`
    if (value === '') return ''
    strings.push(value)
    return `<c r="${reference}" t="s"><v>${strings.length - 1}</v></c>`
  }
  const parts = sheets.map(({ rows }) =>
    xml(
      `<worksheet xmlns="x"><sheetData>${rows.map((row, at) => `<row r="${at + 1}">${row.map((value, column) => cell(value, column, at)).join('')}</row>`).join('')}</sheetData></worksheet>`,
    ),
  )
  return zipSync({
    '[Content_Types].xml': xml('<Types/>'),
    'xl/workbook.xml': xml(
      `<workbook xmlns:r="r"><sheets>${sheets.map(({ name, hidden }, at) => `<sheet name="${name}" sheetId="${at + 1}" ${hidden === true ? 'state="hidden" ' : ''}r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': xml(
      `<Relationships>${sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}</Relationships>`,
    ),
    'xl/styles.xml': xml('<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'),
    'xl/sharedStrings.xml': xml(`<sst>${strings.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`),
    ...Object.fromEntries(parts.map((part, at) => [`xl/worksheets/sheet${at + 1}.xml`, part])),
    ...more,
  })
}

/** A SAS transport file of version 5 with one member of text and numeric (8 bytes) variables. */
export function aTransportFile(
  member: string,
  variables: readonly {
    readonly name: string
    readonly length: number
    readonly numeric?: boolean
    readonly format?: string
  }[],
  rows: readonly (readonly (string | Buffer)[])[],
): Buffer {
  const record = (text: string) => Buffer.from(text.padEnd(80))
  const filled = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((80 - (bytes.length % 80)) % 80, 32)])
  let position = 0
  const descriptors = variables.map(({ name, length, numeric = false, format = '' }, at) => {
    const bytes = Buffer.alloc(140)
    bytes.writeInt16BE(numeric ? 1 : 2, 0)
    bytes.writeInt16BE(length, 4)
    bytes.writeInt16BE(at + 1, 6)
    bytes.write(name.padEnd(8), 8, 'latin1')
    bytes.write(name.padEnd(40), 16, 'latin1')
    bytes.write(format.padEnd(8), 56, 'latin1')
    bytes.writeInt32BE(position, 84)
    position += length
    return bytes
  })
  const cells = rows.map((row) =>
    Buffer.concat(
      row.map((cell, at) => (typeof cell === 'string' ? Buffer.from(cell.padEnd(variables[at]?.length ?? 0)) : cell)),
    ),
  )
  return Buffer.concat([
    record('HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!000000000000000000000000000000  '),
    record('SAS     SAS     SASLIB  9.4     X64'),
    record('01JAN26:00:00:00'),
    record('HEADER RECORD*******MEMBER  HEADER RECORD!!!!!!!000000000000000001600000000140  '),
    record('HEADER RECORD*******DSCRPTR HEADER RECORD!!!!!!!000000000000000000000000000000  '),
    record(`SAS     ${member.padEnd(8)}SASDATA 9.4     X64`),
    record('01JAN26:00:00:00'),
    record(
      `HEADER RECORD*******NAMESTR HEADER RECORD!!!!!!!000000${String(variables.length).padStart(4, '0')}00000000000000000000  `,
    ),
    filled(Buffer.concat(descriptors)),
    record('HEADER RECORD*******OBS     HEADER RECORD!!!!!!!000000000000000000000000000000  '),
    filled(Buffer.concat(cells)),
  ])
}

/** A whole number below 2^24 in the IBM System/360 form. */
export function ibm(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  if (value === 0) return bytes
  bytes[0] = 64 + 6
  bytes.writeUIntBE(value, 1, 3)
  return bytes
}

export type ElementToMake = readonly [group: number, element: number, vr: string, value: string | Buffer]

/** DICOM elements in explicit little endian, with or without the preamble and the file's own header. */
export function aDicomFile(elements: readonly ElementToMake[], { preamble = true } = {}): Buffer {
  const body = Buffer.concat(elements.map(dicomElement))
  if (!preamble) return body
  const syntax = dicomElement([0x0002, 0x0010, 'UI', '1.2.840.10008.1.2.1'])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(syntax.length)
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    dicomElement([0x0002, 0x0000, 'UL', length]),
    syntax,
    body,
  ])
}

function dicomElement([group, element, vr, value]: ElementToMake): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value
  const even = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from(vr === 'UI' ? '\0' : ' ')])
  const head = Buffer.alloc(8)
  head.writeUInt16LE(group, 0)
  head.writeUInt16LE(element, 2)
  head.write(vr, 4, 'latin1')
  head.writeUInt16LE(even.length, 6)
  return Buffer.concat([head, even])
}
