import type { Limits } from '../bytes.ts'
import { utf8Of } from '../bytes.ts'
import { parseDelimited } from '../rows.ts'
import type { Encoding, SourceFile } from '../sources.ts'
import { FileError } from '../words.ts'
import { partName } from './parts.ts'
import type { PartTable, Parts } from './parts.ts'

/*
 * Dumps of MySQL and PostgreSQL: statements one after the other, of which CREATE TABLE names columns, INSERT and COPY
 * carry rows. Everything else is passed over: it holds no data of a table.
 */

/** Whether the beginning of a text is a dump: statements at the start of lines that make or fill tables. */
export const isSqlDump = (text: string): boolean =>
  /^\s*(?:--|\/\*|#|SET\b|USE\b|CREATE\b|INSERT\b|REPLACE\b|DROP\b|BEGIN\b|START\b|COPY\b|ALTER\b|LOCK\b|SELECT pg_catalog)/i.test(
    text,
  ) &&
  /^(?:CREATE\s+(?:TEMPORARY\s+|UNLOGGED\s+)?TABLE|INSERT\s+(?:IGNORE\s+)?INTO|REPLACE\s+INTO|COPY\s+\S+.*FROM\s+stdin)\b/im.test(
    text,
  )

/** Takes each table of a dump. Throws FileError. */
export async function takeSqlDump(
  file: SourceFile,
  parts: Parts,
  limits: Limits,
  gzip: boolean,
  encoding: Encoding,
): Promise<void> {
  const dump = new Dump(parts)
  const reader = new StatementReader(
    (statement) => dump.statement(statement),
    (line) => dump.copied(line),
    limits,
  )
  try {
    const decoder = new TextDecoder('utf-8')
    for await (const chunk of utf8Of(file, { encoding, gzip }, limits))
      reader.write(decoder.decode(chunk, { stream: true }))
    if (!reader.end()) dump.cutOff()
    if (dump.tables === 0) throw new FileError('scan.format-unknown')
  } finally {
    dump.close()
  }
}

/** Cuts a dump into statements, and the block after `COPY … FROM stdin;` into lines. */
class StatementReader {
  readonly #onStatement: (statement: string) => boolean
  readonly #onCopied: (line: string | null) => void
  readonly #limits: Limits
  #text = ''
  #at = 0
  #quote: string | undefined
  #copying = false

  /** `onStatement` says whether rows to copy follow; the end of them is a line of null. */
  constructor(onStatement: (statement: string) => boolean, onCopied: (line: string | null) => void, limits: Limits) {
    this.#onStatement = onStatement
    this.#onCopied = onCopied
    this.#limits = limits
  }

  write(text: string): void {
    this.#text += text
    while (this.#copying ? this.#copyLine() : this.#statement()) {
      // until the text needs more
    }
    if (this.#text.length > this.#limits.rowBytes) throw new FileError('scan.row-too-long')
  }

  /** False where the file breaks off in a statement or in the rows to copy. */
  end(): boolean {
    return !this.#copying && this.#quote === undefined && uncommented(this.#text).trim() === ''
  }

  #copyLine(): boolean {
    const end = this.#text.indexOf('\n')
    if (end === -1) return false
    const line = this.#text.slice(0, end).replace(/\r$/, '')
    this.#text = this.#text.slice(end + 1)
    if (line === '\\.') {
      this.#copying = false
      this.#onCopied(null)
    } else this.#onCopied(line)
    return true
  }

  #statement(): boolean {
    const text = this.#text
    for (let at = this.#at; at < text.length; at++) {
      const sign = text[at]
      if (this.#quote !== undefined) {
        if (sign === '\\' && this.#quote === "'") at++
        else if (sign === this.#quote) this.#quote = undefined
        if (at >= text.length) return this.#wait(text.length)
        continue
      }
      if (sign === "'" || sign === '"' || sign === '`') this.#quote = sign
      else if (sign === '-' && text[at + 1] === '-') {
        const end = text.indexOf('\n', at)
        if (end === -1) return this.#wait(at)
        at = end
      } else if (sign === '/' && text[at + 1] === '*') {
        const end = text.indexOf('*/', at)
        if (end === -1) return this.#wait(at)
        at = end + 1
      } else if (sign === ';') {
        this.#text = text.slice(at + 1).replace(/^[ \t\r]*\n/, '')
        this.#at = 0
        this.#copying = this.#onStatement(uncommented(text.slice(0, at)).trim())
        return true
      }
    }
    return this.#wait(text.length)
  }

  #wait(at: number): false {
    this.#at = at
    return false
  }
}

const uncommented = (text: string): string =>
  text.replace(/^\s*(?:--[^\n]*(?:\n|$)|#[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/\s*)*/g, '')

class Dump {
  readonly #parts: Parts
  readonly #columns = new Map<string, readonly string[]>()
  readonly #tables = new Map<string, PartTable>()
  #copyInto: { readonly table: PartTable; readonly width: number } | undefined
  #last: PartTable | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  get tables(): number {
    return this.#tables.size
  }

  statement(text: string): boolean {
    const created =
      /^CREATE\s+(?:TEMPORARY\s+|UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([`"\w.\u0080-\uffff]+)\s*\(([\s\S]*)\)/i.exec(
        text,
      )
    if (created) {
      this.#columns.set(plain(created[1] ?? ''), columnsOf(created[2] ?? ''))
      return false
    }
    const inserted =
      /^(?:INSERT|REPLACE)\s+(?:IGNORE\s+)?INTO\s+([`"\w.\u0080-\uffff]+)\s*(?:\(([^)]*)\))?\s*VALUES\s*/i.exec(text)
    if (inserted) {
      this.#insert(plain(inserted[1] ?? ''), namesOf(inserted[2]), text, inserted[0].length)
      return false
    }
    const copied = /^COPY\s+([`"\w.\u0080-\uffff]+)\s*(?:\(([^)]*)\))?\s*FROM\s+stdin/i.exec(text)
    if (copied) {
      const table = plain(copied[1] ?? '')
      const names = namesOf(copied[2]) ?? this.#columns.get(table) ?? []
      this.#copyInto = { table: this.#tableFor(table, names, names.length), width: names.length }
      return true
    }
    return false
  }

  copied(line: string | null): void {
    const into = this.#copyInto
    if (into === undefined) return
    if (line === null) {
      this.#copyInto = undefined
      return
    }
    const rows = parseDelimited({ delimiter: '\t', dialect: 'escaped' }, (row) =>
      into.table.row(fitted(row, into.width, into.table)),
    )
    rows.write(`${line}\n`)
    rows.end()
  }

  /** The file ended in the middle of a table. */
  cutOff(): void {
    if (this.#last !== undefined) this.#last.part.error = 'scan.file-truncated'
    else throw new FileError('scan.file-truncated')
  }

  close(): void {
    for (const table of this.#tables.values()) table.close()
  }

  #insert(table: string, names: readonly string[] | undefined, text: string, from: number): void {
    const known = names ?? this.#columns.get(table)
    for (const row of tuplesOf(text, from)) {
      const into = this.#tableFor(table, known, row.length)
      into.row(fitted(row, into.part.table?.cells ?? row.length, into))
    }
  }

  #tableFor(name: string, columns: readonly string[] | undefined, width: number): PartTable {
    const known = this.#tables.get(name)
    const table =
      known ??
      this.#parts.table(
        partName(name),
        'sql',
        columns !== undefined && columns.length > 0 ? columns : Math.max(1, width),
      )
    if (known === undefined) this.#tables.set(name, table)
    this.#last = table
    return table
  }
}

function fitted(row: readonly string[], width: number, { part }: PartTable): readonly string[] {
  if (row.length === width) return row
  part.skipped++
  return row.length > width
    ? [...row.slice(0, width - 1), row.slice(width - 1).join(' | ')]
    : [...row, ...Array<string>(width - row.length).fill('')]
}

/** The last step of a dotted name, without its quotes. */
const plain = (name: string): string => (name.split('.').at(-1) ?? name).replace(/^[`"]|[`"]$/g, '')

const namesOf = (list: string | undefined): string[] | undefined => list?.split(',').map((name) => plain(name.trim()))

// Definitions are cut at commas outside brackets; what begins with a keyword is a key or a constraint.
function columnsOf(body: string): string[] {
  const definitions: string[] = []
  let depth = 0
  let quote: string | undefined
  let from = 0
  for (let at = 0; at < body.length; at++) {
    const sign = body[at]
    if (quote !== undefined) {
      if (sign === '\\') at++
      else if (sign === quote) quote = undefined
    } else if (sign === "'" || sign === '"' || sign === '`') quote = sign
    else if (sign === '(') depth++
    else if (sign === ')') depth--
    else if (sign === ',' && depth === 0) {
      definitions.push(body.slice(from, at))
      from = at + 1
    }
  }
  definitions.push(body.slice(from))
  return definitions
    .map((definition) => definition.trim())
    .filter(
      (definition) =>
        !/^(PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FOREIGN|FULLTEXT|SPATIAL|CHECK|EXCLUDE)\b/i.test(definition),
    )
    .map((definition) => plain(/^(`[^`]*`|"[^"]*"|\S+)/.exec(definition)?.[1] ?? ''))
    .filter((name) => name !== '')
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', b: '\b', Z: '\u001a' }

/** The tuples of `VALUES (…), (…)`, each cell as text; NULL is an empty cell. */
export function* tuplesOf(text: string, from: number): Generator<string[]> {
  let at = from
  while (at < text.length) {
    if (text[at] !== '(') {
      at++
      continue
    }
    const row: string[] = []
    at++
    for (;;) {
      const { value, next } = valueAt(text, at)
      row.push(value)
      at = next
      const sign = text[at]
      at++
      if (sign !== ',') break
    }
    yield row
  }
}

// One value: a quoted text in MySQL's or the standard's escapes, or anything up to the next comma or bracket.
function valueAt(text: string, start: number): { value: string; next: number } {
  let at = start
  while (/\s/.test(text[at] ?? '')) at++
  const prefix = /^(?:_\w+\s*|[NEBX])?'/i.exec(text.slice(at, at + 24))?.[0]
  if (prefix === undefined) {
    let depth = 0
    const from = at
    for (; at < text.length; at++) {
      const sign = text[at]
      if (sign === '(') depth++
      else if (sign === ')' && depth-- === 0) break
      else if (sign === ',' && depth === 0) break
    }
    const raw = text.slice(from, at).trim()
    return { value: /^null$/i.test(raw) ? '' : raw, next: at }
  }
  at += prefix.length
  let value = ''
  for (; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (sign === '\\') {
      at++
      const next = text[at] ?? ''
      value += escapes[next] ?? next
    } else if (sign === "'") {
      if (text[at + 1] !== "'") break
      value += "'"
      at++
    } else value += sign
  }
  at++
  while (at < text.length && text[at] !== ',' && text[at] !== ')') at++
  return { value, next: at }
}
