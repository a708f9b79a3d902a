import { SaxesParser } from 'saxes'
import type { Limits } from '../bytes.ts'
import { looksLikeHeader } from '../header.ts'
import type { SourceFile } from '../sources.ts'
import { FileError } from '../words.ts'
import { partName } from './parts.ts'
import type { Parts } from './parts.ts'
import { openZip } from './zip-archive.ts'
import type { OpenZip } from './zip-archive.ts'

/**
 * Takes the sheets of a spreadsheet (Office Open XML, ECMA-376 part 1 chapter 18), the hidden ones too, and what else a
 * workbook carries along: comments, and who wrote it. Throws FileError.
 */
export async function takeWorkbook(file: SourceFile, parts: Parts, limits: Limits): Promise<void> {
  const zip = await openZip(file)
  try {
    const strings = await sharedStrings(zip, limits)
    const { isDate, from1904 } = await datesOf(zip)
    const dates = (style: number, serial: string) => (isDate(style) ? dayOf(serial, from1904) : serial)
    for (const { name, part } of await sheetsOf(zip)) {
      await takeSheet(zip, part, parts, { name, strings, dates, limits })
    }
    for (const part of zip.entries.keys()) {
      if (/^xl\/(comments|threadedComments)[^/]*\/?[^/]*\.xml$/i.test(part)) {
        const table = parts.table(`#${partName(part.slice(3))}`, 'xlsx', ['text'])
        await textsOf(zip, part, ['comment', 'threadedComment'], (text) => table.row([text]))
        table.close()
      }
    }
    await takeProperties(zip, parts, 'xlsx')
  } finally {
    zip.close()
  }
}

/** Who an office file says wrote it: a name that travels with the file. */
export async function takeProperties(zip: OpenZip, parts: Parts, format: 'xlsx' | 'docx'): Promise<void> {
  const found: [string, string][] = []
  for (const [part, tags] of [
    ['docProps/core.xml', ['dc:creator', 'cp:lastModifiedBy', 'dc:description', 'dc:title', 'dc:subject']],
    ['docProps/app.xml', ['Manager', 'Company']],
  ] as const) {
    if (!zip.entries.has(part)) continue
    for (const tag of tags) await textsOf(zip, part, [tag], (text) => found.push([tag, text]))
  }
  const said = found.filter(([, text]) => text !== '')
  if (said.length === 0) return
  const table = parts.table(
    '#properties',
    format,
    said.map(([tag]) => tag),
  )
  table.row(said.map(([, text]) => text))
  table.close()
}

interface SheetReader {
  readonly name: string
  readonly strings: readonly string[]
  readonly dates: (style: number, serial: string) => string
  readonly limits: Limits
}

const headRows = 200

/** Rows before the table (a title, a note) go into a table of their own, so that they are read too. */
async function takeSheet(zip: OpenZip, part: string, parts: Parts, sheet: SheetReader): Promise<void> {
  let waiting: string[][] | undefined = []
  let table: ReturnType<Parts['table']> | undefined
  let width = 0
  const begin = () => {
    const rows = waiting ?? []
    waiting = undefined
    const start = firstRowOfTable(rows)
    const above = rows.slice(0, start).filter((row) => row.some((cell) => cell !== ''))
    if (above.length > 0) {
      const notes = parts.table(`${partName(sheet.name)}/#above`, 'xlsx', ['text'])
      for (const row of above) notes.row([row.filter((cell) => cell !== '').join(' ')])
      notes.close()
    }
    const [top = [], ...body] = rows.slice(start)
    width = Math.max(1, ...rows.slice(start).map((row) => row.length))
    const padded = [...top, ...Array<string>(width - top.length).fill('')]
    const named = looksLikeHeader(top, body)
    table = parts.table(
      partName(sheet.name),
      'xlsx',
      named ? padded.map((name, at) => name || `column${at + 1}`) : width,
    )
    for (const row of named ? body : rows.slice(start)) write(row)
  }
  const write = (row: readonly string[]) => {
    if (row.length > width) table?.row([...row.slice(0, width - 1), row.slice(width - 1).join(' | ')])
    else table?.row([...row, ...Array<string>(width - row.length).fill('')])
  }
  try {
    await readRows(zip, part, sheet, (row) => {
      if (waiting === undefined) return write(row)
      waiting.push(row)
      if (waiting.length === headRows) begin()
    })
    if (waiting !== undefined && waiting.length > 0) begin()
  } catch (error) {
    if (!(error instanceof FileError) || error.code === 'scan.unpacks-to-too-much') throw error
    if (waiting !== undefined && waiting.length > 0) begin()
    if (table === undefined) parts.unread(partName(sheet.name), error.code)
    else table.part.error = error.code
  } finally {
    table?.close()
  }
}

// The first row that is about as wide as most.
function firstRowOfTable(rows: readonly (readonly string[])[]): number {
  const filled = rows.map((row) => row.filter((cell) => cell !== '').length)
  const sorted = filled.toSorted((a, b) => a - b)
  const usual = sorted[Math.floor(sorted.length / 2)] ?? 0
  const found = filled.findIndex((count) => count > 0 && count >= 0.6 * usual)
  return found === -1 ? 0 : found
}

async function readRows(
  zip: OpenZip,
  part: string,
  { strings, dates, limits }: SheetReader,
  onRow: (row: string[]) => void,
): Promise<void> {
  let row: string[] = []
  let column = 0
  let type = ''
  let style = 0
  let text = ''
  let inValue = false
  await readXml(zip, part, {
    open(tag, attributes) {
      if (tag === 'row') row = []
      else if (tag === 'c') {
        const at = columnOf(attributes['r'] ?? '')
        column = at === -1 ? row.length : at
        if (column >= limits.columns) throw new FileError('scan.too-many-columns')
        type = attributes['t'] ?? 'n'
        style = Number(attributes['s'] ?? 0)
        text = ''
      } else if (tag === 'v' || tag === 't') inValue = true
      else if (tag === 'rPh') inValue = false
    },
    text(more) {
      if (inValue) text += more
    },
    close(tag) {
      if (tag === 'v' || tag === 't') inValue = false
      if (tag === 'c') {
        while (row.length < column) row.push('')
        row[column] =
          type === 's' ? (strings[Number(text)] ?? '') : type === 'n' && text !== '' ? dates(style, text) : text
      }
      if (tag === 'row') onRow(row)
    },
  })
}

// `AB12`: column 27, from 0.
function columnOf(reference: string): number {
  let column = 0
  for (const letter of /^[A-Z]*/.exec(reference)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

async function sharedStrings(zip: OpenZip, limits: Limits): Promise<readonly string[]> {
  const strings: string[] = []
  if (!zip.entries.has('xl/sharedStrings.xml')) return strings
  let size = 0
  await textsOf(zip, 'xl/sharedStrings.xml', ['si'], (text) => {
    size += text.length
    if (size > limits.ratioFreeBytes * 16) throw new FileError('scan.unpacks-to-too-much')
    strings.push(text)
  })
  return strings
}

async function sheetsOf(zip: OpenZip): Promise<readonly { readonly name: string; readonly part: string }[]> {
  const targets = new Map<string, string>()
  await readXml(zip, 'xl/_rels/workbook.xml.rels', {
    open(tag, { Id, Target, Type, TargetMode }) {
      if (tag !== 'Relationship' || TargetMode === 'External' || !(Type ?? '').endsWith('/worksheet')) return
      const target = Target ?? ''
      targets.set(Id ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    },
  })
  const sheets: { name: string; part: string }[] = []
  await readXml(zip, 'xl/workbook.xml', {
    open(tag, attributes) {
      const part = tag === 'sheet' ? targets.get(attributes['r:id'] ?? '') : undefined
      if (part !== undefined) sheets.push({ name: attributes['name'] ?? `sheet${sheets.length + 1}`, part })
    },
  })
  return sheets
}

/** Which styles show a number as a day (ECMA-376 part 1, 18.8.30), and which epoch the days count from. */
async function datesOf(zip: OpenZip): Promise<{ isDate: (style: number) => boolean; from1904: boolean }> {
  const custom = new Map<number, string>()
  const formats: number[] = []
  let inCellFormats = false
  if (zip.entries.has('xl/styles.xml')) {
    await readXml(zip, 'xl/styles.xml', {
      open(tag, { numFmtId, formatCode }) {
        if (tag === 'numFmt') custom.set(Number(numFmtId), formatCode ?? '')
        if (tag === 'cellXfs') inCellFormats = true
        if (tag === 'xf' && inCellFormats) formats.push(Number(numFmtId ?? 0))
      },
      close(tag) {
        if (tag === 'cellXfs') inCellFormats = false
      },
    })
  }
  let from1904 = false
  await readXml(zip, 'xl/workbook.xml', {
    open(tag, { date1904 }) {
      if (tag === 'workbookPr') from1904 = date1904 === '1' || date1904 === 'true'
    },
  })
  const isDate = (style: number): boolean => {
    const format = formats[style] ?? 0
    const code = custom.get(format)
    if (code === undefined)
      return (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 58)
    return /[ymdhs年月日]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''))
  }
  return { isDate, from1904 }
}

// Serial days since 1899-12-30 (the calendar's phantom 1900-02-29 included) or 1904-01-01.
function dayOf(serial: string, from1904: boolean): string {
  const days = Number(serial)
  if (!Number.isFinite(days) || days < 1 || days > 2_958_466) return serial
  const instant = Date.UTC(from1904 ? 1904 : 1899, from1904 ? 0 : 11, from1904 ? 1 : 30) + Math.round(days * 86_400_000)
  const text = new Date(instant).toISOString()
  return days % 1 === 0 ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ')
}

interface XmlEvents {
  readonly open?: (tag: string, attributes: Readonly<Record<string, string | undefined>>) => void
  readonly text?: (text: string) => void
  readonly close?: (tag: string) => void
}

/** Reads one part as XML, piece by piece; entities beyond XML's own five are refused, so nothing is fetched or blown up. */
export async function readXml(zip: OpenZip, part: string, { open, text, close }: XmlEvents): Promise<void> {
  const entry = zip.entries.get(part)
  if (entry === undefined) throw new FileError('scan.archive-damaged')
  const parser = new SaxesParser()
  parser.on('doctype', () => {
    throw new FileError('scan.document-type')
  })
  parser.on('opentag', ({ name, attributes }) => open?.(name, attributes))
  parser.on('text', (more) => text?.(more))
  parser.on('closetag', ({ name }) => close?.(name))
  const decoder = new TextDecoder('utf-8')
  try {
    for await (const chunk of zip.read(entry)) parser.write(decoder.decode(chunk, { stream: true }))
    parser.close()
  } catch (error) {
    if (error instanceof FileError) throw error
    // saxes throws on XML that is not well formed.
    throw new FileError('scan.archive-damaged')
  }
}

/** The text inside each element of these names. */
export async function textsOf(
  zip: OpenZip,
  part: string,
  tags: readonly string[],
  onText: (text: string) => void,
): Promise<void> {
  let depth = 0
  let text = ''
  let phonetic = false
  await readXml(zip, part, {
    open(tag) {
      if (tag === 'rPh') phonetic = true
      if (tags.includes(tag) && depth++ === 0) text = ''
    },
    text(more) {
      if (depth > 0 && !phonetic) text += more
    },
    close(tag) {
      if (tag === 'rPh') phonetic = false
      if (tags.includes(tag) && --depth === 0) onText(text)
    },
  })
}
