/** Cuts text into rows of cells. `escaped` knows `\N` (no value, given as an empty cell) and backslash escapes. */
export interface RowParser {
  write(text: string): void
  /** Characters held back until their row is complete. */
  pending(): number
  /** The end of the file. `unclosed`: inside a quoted cell. `open`: the last row has no line end. */
  end(): { readonly unclosed: boolean; readonly open: boolean }
}

export interface Dialect {
  readonly delimiter: string
  readonly dialect: 'quoted' | 'escaped'
}

/** A parser that calls `onRow` for every row, in order. Text may be cut anywhere between two writes. */
export function parseDelimited({ delimiter, dialect }: Dialect, onRow: (row: string[]) => void): RowParser {
  return dialect === 'escaped' ? parseEscaped(delimiter, onRow) : parseQuoted(delimiter, onRow)
}

// RFC 4180, and as lenient as spreadsheets are: a quote opens a cell only at its start, and text after a closing quote
// belongs to the cell.
function parseQuoted(delimiter: string, onRow: (row: string[]) => void): RowParser {
  const comma = delimiter.charCodeAt(0)
  let row: string[] = []
  let kept = ''
  let state: 'start' | 'plain' | 'quoted' | 'after-quote' = 'start'
  let afterReturn = false

  const endRow = () => {
    row.push(kept)
    kept = ''
    state = 'start'
    onRow(row)
    row = []
  }
  return {
    pending: () => kept.length + row.reduce((sum, cell) => sum + cell.length, 0),
    write(text) {
      let from = 0
      let at = 0
      const length = text.length
      if (afterReturn && length > 0) {
        afterReturn = false
        if (text.charCodeAt(0) === 10) at = from = 1
      }
      while (at < length) {
        if (state === 'quoted') {
          const quote = text.indexOf('"', at)
          const end = quote === -1 ? length : quote
          kept += text.slice(from, end)
          from = at = quote === -1 ? length : quote + 1
          if (quote !== -1) state = 'after-quote'
          continue
        }
        const code = text.charCodeAt(at)
        if (state === 'after-quote') {
          if (code === 34) {
            kept += '"'
            from = ++at
            state = 'quoted'
            continue
          }
          state = 'plain'
        }
        if (state === 'start' && code === 34) {
          state = 'quoted'
          from = ++at
        } else if (code === comma) {
          kept += text.slice(from, at)
          row.push(kept)
          kept = ''
          state = 'start'
          from = ++at
        } else if (code === 10 || code === 13) {
          kept += text.slice(from, at)
          at++
          if (code === 13) {
            if (at >= length) afterReturn = true
            else if (text.charCodeAt(at) === 10) at++
          }
          from = at
          endRow()
        } else {
          state = 'plain'
          at++
        }
      }
      if (from < length && state !== 'quoted') kept += text.slice(from)
    },
    end() {
      const unclosed = state === 'quoted'
      const open = kept !== '' || row.length > 0 || state !== 'start'
      if (open) endRow()
      return { unclosed, open }
    },
  }
}

const unescapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0' }

function parseEscaped(delimiter: string, onRow: (row: string[]) => void): RowParser {
  let rest = ''
  const cell = (raw: string): string => {
    if (raw === '\\N') return ''
    return raw.includes('\\') ? raw.replace(/\\([\s\S])/g, (_, next: string) => unescapes[next] ?? next) : raw
  }
  const emit = (line: string) => {
    const plain = line.endsWith('\r') ? line.slice(0, -1) : line
    // An escaped delimiter is rare: it is looked for only where a backslash stands.
    const raw = plain.includes('\\') ? splitEscaped(plain, delimiter) : plain.split(delimiter)
    onRow(raw.map(cell))
  }
  return {
    pending: () => rest.length,
    write(text) {
      rest += text
      let from = 0
      for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n', end + 1)) {
        if (endsInBackslash(rest, from, end)) continue
        emit(rest.slice(from, end))
        from = end + 1
      }
      rest = rest.slice(from)
    },
    end() {
      const open = rest !== ''
      const unclosed = open && endsInBackslash(rest, 0, rest.length)
      if (open) emit(rest)
      return { unclosed, open }
    },
  }
}

function endsInBackslash(text: string, from: number, end: number): boolean {
  let count = 0
  while (end - 1 - count >= from && text.charCodeAt(end - 1 - count) === 92) count++
  return count % 2 === 1
}

function splitEscaped(line: string, delimiter: string): string[] {
  const cells: string[] = []
  let from = 0
  for (let at = 0; at < line.length; at++) {
    if (line.charCodeAt(at) === 92) at++
    else if (line.startsWith(delimiter, at)) {
      cells.push(line.slice(from, at))
      from = at + delimiter.length
    }
  }
  cells.push(line.slice(from))
  return cells
}

/** A cell of tab-separated text with backslash escapes, as the engine reads it. */
export const escapedCell = (cell: string): string =>
  /[\\\t\n\r\0]/.test(cell) ? cell.replace(/[\\\t\n\r\0]/g, (character) => escapes[character] ?? character) : cell

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0' }
