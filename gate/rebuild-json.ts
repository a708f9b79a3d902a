import { NotRebuilt } from './rebuild-csv.ts'
import type { Rebuilder } from './rebuild-csv.ts'
import { readStrictJson } from './strict-json.ts'

/**
 * One JSON value, written anew: without white space, every string in one spelling, every number with the digits it came
 * with. A key that stands twice is refused: two readers may take two values from it.
 *
 * @throws NotRebuilt
 */
export function rebuildJson(text: string, row: number): string {
  const { kind } = readStrictJson(text)
  if (kind !== 'json') throw new NotRebuilt(kind, row)
  // JSON.parse accepted it, so tokens are all there is; numbers are not read, since reading rounds them.
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|[ \t\r\n]+/g, (token) => {
    if (!token.startsWith('"')) return ''
    const value = String(JSON.parse(token))
    if (!value.isWellFormed() || value.includes('\0')) throw new NotRebuilt('control-character', row)
    return JSON.stringify(value)
  })
}

/** A value a line; `each` gives the line that is written for one that was read, or none, both as JSON. */
export function rebuildNdjson(each?: (line: string, row: number) => string | undefined): Rebuilder {
  let [rows, leftOut, rest] = [0, 0, '']
  const line = (text: string): string => {
    rows += 1
    const plain = rebuildJson(text, rows)
    const given = each === undefined ? plain : each(plain, rows)
    if (given !== undefined) return `${given}\n`
    leftOut += 1
    return ''
  }
  return {
    take(text) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      return lines.map(line).join('')
    },
    end: () => (rest === '' ? '' : line(rest)),
    counted: () => ({ rows: rows - leftOut, columns: null }),
  }
}

/** Larger JSON documents are not rebuilt: they are read as a whole. */
const documentCharactersMax = 64 << 20

/** One document. */
export function rebuildDocument(): Rebuilder {
  let [whole, rows] = ['', 0]
  return {
    take(text) {
      whole += text
      if (documentCharactersMax < whole.length) throw new NotRebuilt('too-large', 1)
      return ''
    },
    end() {
      const value: unknown = JSON.parse(rebuildJson(whole, 1))
      rows = Array.isArray(value) ? value.length : 1
      return `${rebuildJson(whole, 1)}\n`
    },
    counted: () => ({ rows, columns: null }),
  }
}
