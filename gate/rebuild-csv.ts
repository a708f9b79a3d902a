/** Takes a file's text piece by piece and gives it written anew from its parsed values. */
export interface Rebuilder {
  /** @throws NotRebuilt */
  take(text: string): string
  /** @throws NotRebuilt */
  end(): string
  /** Rows without a header's; columns where every row has as many. */
  counted(): { readonly rows: number; readonly columns: number | null }
}

/** What a rebuilder cannot read one way only; the row is counted from 1, the header included. */
export class NotRebuilt extends Error {
  readonly because: string
  readonly row: number
  /** The column it lies with, where it lies with one. */
  readonly column: string | undefined

  constructor(because: string, row: number, column?: string) {
    super(`row ${row}: ${because}`)
    this.name = 'NotRebuilt'
    this.because = because
    this.row = row
    this.column = column
  }
}

export interface DelimitedForm {
  readonly delimiter: string
  readonly header: boolean
  /** Gives the row that is written for one that was read, or none; rows are counted from 1, the header included. */
  readonly each?: (fields: readonly string[], row: number) => readonly string[] | undefined
}

/** A row is held in memory as a whole. */
const rowCharactersMax = 16 << 20

/**
 * Parses delimited text strictly (RFC 4180: a quote only around a whole field, doubled inside it; every row as many fields
 * as the first) and writes it anew: UTF-8 without a mark, rows ended by LF, quotes only where a field needs them. Values
 * stay as they are to the last character; a field that looks like a formula is a value like any other.
 */
export function rebuildCsv({ delimiter, header, each }: DelimitedForm): Rebuilder {
  let [rows, leftOut, width, rest] = [0, 0, -1, '']

  const rowsOf = (text: string): string => {
    let [out, at] = ['', 0]
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', at)) {
      const plain = text.slice(at, end)
      const isQuoted = plain.includes('"')
      const row = isQuoted ? quotedRow(text, at, delimiter, rows + 1) : { fields: undefined, next: end + 1 }
      if (row === undefined) break
      const line = row.fields ?? plainFields(plain, delimiter, rows + 1)
      rows += 1
      if (width === -1) width = line.length
      if (line.length !== width) throw new NotRebuilt('fields', rows)
      at = row.next
      if (each !== undefined) {
        const given = each(line, rows)
        if (given === undefined) leftOut += 1
        else out += `${given.map((value) => written(value, delimiter, given.length)).join(delimiter)}\n`
        continue
      }
      out += `${isQuoted ? line.map((value) => written(value, delimiter, width)).join(delimiter) : line.join(delimiter)}\n`
    }
    rest = text.slice(at)
    if (rowCharactersMax < rest.length) throw new NotRebuilt('row-too-long', rows + 1)
    return out
  }
  return {
    take: (text) => rowsOf(rest + text),
    end() {
      const out = rest === '' ? '' : rowsOf(`${rest}\n`)
      if (rest !== '') throw new NotRebuilt('quote', rows + 1)
      return out
    },
    counted: () => ({ rows: rows - leftOut - (header && rows > 0 ? 1 : 0), columns: Math.max(width, 0) }),
  }
}

function plainFields(line: string, delimiter: string, row: number): readonly string[] {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  // A row of nothing is one empty field to one reader and no row to another.
  if (text === '') throw new NotRebuilt('empty-row', row)
  if (text.includes('\r')) throw new NotRebuilt('line-end', row)
  if (text.includes('\0')) throw new NotRebuilt('control-character', row)
  return text.split(delimiter)
}

/** The row that begins at `at`, some of its fields quoted; undefined where its end has not come yet. */
function quotedRow(
  text: string,
  at: number,
  delimiter: string,
  row: number,
): { readonly fields: readonly string[]; readonly next: number } | undefined {
  const fields: string[] = []
  for (let from = at; ;) {
    const field = text[from] === '"' ? quotedField(text, from) : plainField(text, from, delimiter)
    if (field === undefined) return undefined
    if (field.value.includes('\0')) throw new NotRebuilt('control-character', row)
    if (!field.quoted && /["\r]/.test(field.value)) throw new NotRebuilt('quote', row)
    fields.push(field.value)
    const { next } = field
    const end = text[next] === '\r' ? next + 1 : next
    if (text[end] === undefined) return undefined
    if (text[end] === '\n') return { fields, next: end + 1 }
    if (text[next] !== delimiter) throw new NotRebuilt('quote', row)
    from = next + 1
  }
}

interface Field {
  readonly value: string
  readonly quoted: boolean
  /** Where what follows it begins. */
  readonly next: number
}

function quotedField(text: string, from: number): Field | undefined {
  for (let search = from + 1; ;) {
    const quote = text.indexOf('"', search)
    if (quote === -1) return undefined
    if (text[quote + 1] !== '"') {
      return { value: text.slice(from + 1, quote).replaceAll('""', '"'), quoted: true, next: quote + 1 }
    }
    search = quote + 2
  }
}

function plainField(text: string, from: number, delimiter: string): Field | undefined {
  const end = text.indexOf('\n', from)
  if (end === -1) return undefined
  const line = text.slice(from, text[end - 1] === '\r' ? end - 1 : end)
  const to = line.indexOf(delimiter)
  const value = to === -1 ? line : line.slice(0, to)
  return { value, quoted: false, next: from + value.length }
}

// A row of one empty field is quoted, so that it is no empty line.
function written(value: string, delimiter: string, width: number): string {
  if (value === '' && width === 1) return '""'
  return /["\r\n]/.test(value) || value.includes(delimiter) ? `"${value.replaceAll('"', '""')}"` : value
}
