import type { Limits } from './bytes.ts'
import { FileError } from './words.ts'

/** Cuts text into JSON objects. Text may be cut anywhere between two writes. */
export interface ObjectCutter {
  write(text: string): void
  /** The end of the file. `unclosed`: inside an object or a list. */
  end(): { readonly unclosed: boolean }
}

/** `ndjson`: an object a line. `json`: one document, a list of objects, or an object that may hold one. */
export function objectsOf(format: 'json' | 'ndjson', limits: Limits, onObject: (text: string) => void): ObjectCutter {
  return format === 'ndjson' ? lines(limits, onObject) : elements(limits, onObject)
}

function lines(limits: Limits, onObject: (text: string) => void): ObjectCutter {
  let rest = ''
  const take = (line: string) => {
    if (line.trim() !== '') onObject(line)
  }
  return {
    write(text) {
      const all = (rest + text).split('\n')
      rest = all.pop() ?? ''
      if (rest.length > limits.rowBytes) throw new FileError('scan.row-too-long')
      for (const line of all) take(line)
    },
    end() {
      take(rest)
      return { unclosed: false }
    },
  }
}

// The objects directly inside the outermost list; with an object outermost, the one list of objects it holds, or itself.
function elements(limits: Limits, onObject: (text: string) => void): ObjectCutter {
  let kept = ''
  let depth = 0
  let inString = false
  let escaped = false
  let outer: '[' | '{' | undefined
  const levelOf = () => (outer === '{' ? 0 : 1)
  const give = (text: string) => {
    if (outer === '[') onObject(text)
    else for (const row of rowsOf(text)) onObject(row)
  }
  return {
    write(text) {
      let from = 0
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at)
        if (inString) {
          if (escaped) escaped = false
          else if (code === 92) escaped = true
          else if (code === 34) inString = false
          continue
        }
        if (code === 34) inString = true
        else if (code === 123 || code === 91) {
          outer ??= code === 91 ? '[' : '{'
          const level = levelOf()
          if (depth === level && !(depth === 0 && code === 91)) {
            kept = ''
            from = at
          }
          depth++
        } else if (code === 125 || code === 93) {
          depth--
          const level = levelOf()
          if (depth === level && !(level === 0 && code === 93)) {
            give(kept + text.slice(from, at + 1))
            kept = ''
            from = at + 1
          }
        }
      }
      if (depth > levelOf()) kept += text.slice(from)
      if (kept.length > limits.rowBytes) throw new FileError('scan.row-too-long')
    },
    end: () => ({ unclosed: depth > 0 || inString }),
  }
}

function rowsOf(text: string): string[] {
  const value = parsedJson(text)
  if (typeof value !== 'object' || value === null) return [text]
  const lists = Object.values(value).filter(
    (inner): inner is object[] =>
      Array.isArray(inner) &&
      inner.length > 0 &&
      inner.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row)),
  )
  const [only] = lists
  if (only === undefined || lists.length > 1) return [text]
  const around = Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== only))
  const extra = Object.keys(around).length > 0 ? [JSON.stringify(around)] : []
  return [...only.map((row) => JSON.stringify(row)), ...extra]
}

/** Every path of a JSON object with its value as text; a list stays one cell. Numbers keep every digit of the file. */
export function flatRow(text: string): Map<string, string> | undefined {
  const value = parsedJson(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const row = new Map<string, string>()
  try {
    flatten(row, '', value)
  } catch (error) {
    // Nested deeper than the stack: no row of a table.
    if (error instanceof RangeError) return undefined
    throw error
  }
  return row
}

/** A JSON text, with numbers beyond 2^53 as the text they are; undefined where it is none. */
export function parsedJson(text: string): unknown {
  try {
    return /\d{16}/.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
  } catch {
    return undefined
  }
}

// The third argument of a reviver carries the source text (ECMA-262 2026): 2^53 and beyond would lose digits as numbers.
function keepDigits(this: unknown, _: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined && !Number.isSafeInteger(value)
    ? context.source
    : value
}

function flatten(row: Map<string, string>, path: string, value: unknown): void {
  if (value === null || value === undefined) {
    if (!row.has(path)) row.set(path, '')
  } else if (typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) flatten(row, path === '' ? key : `${path}.${key}`, inner)
  } else {
    const text = valuesOf(value)
    const known = row.get(path)
    // `{"a.b": 1, "a": {"b": 2}}`: two values of one path, both are kept.
    row.set(path, known === undefined || known === '' ? text : `${known} | ${text}`)
  }
}

/** A value as it stands in a cell. */
export const valuesOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
