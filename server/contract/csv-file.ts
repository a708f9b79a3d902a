import type { z } from 'zod'
import { InputError } from '../errors.ts'
import { problemsOf } from './issue-words.ts'
import { readBytes, textOf } from './yaml-file.ts'

interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * Reads a CSV file with a header and checks each row against a schema; an empty cell is a field left out. UTF-8 or, as
 * spreadsheets in China write it, GB18030. Throws InputError naming file, line, column, what was expected and an example:
 * also for a column that is missing or there twice, a control character, and a row whose `key` an earlier one has.
 */
export async function readCsvFile<T>(
  path: string,
  schema: z.ZodType<T>,
  {
    columns,
    optional = [],
    example,
    key,
  }: {
    readonly columns: readonly string[]
    /** Those of `columns` a file may do without. */
    readonly optional?: readonly string[]
    readonly example: string
    /** What no two rows have in common. */
    readonly key?: (row: T) => string
  },
): Promise<readonly T[]> {
  const bytes = await readBytes(path)
  if (bytes.length > mostBytes) throw tooLong(bytes.length, path, example)
  const [header, ...rows] = parse(textOf(bytes), path, example)
  if (!header) throw refuse(path, 1, 1, { zh: '文件是空的', en: 'the file is empty' }, example)
  for (const [place, name] of header.cells.entries()) {
    if (header.cells.findIndex((one) => one.trim() === name.trim()) < place) {
      const twice = { zh: `“${name}”这一列出现两次`, en: `the column "${name}" is there twice` }
      throw refuse(path, header.line, place + 1, twice, example)
    }
    if (columns.includes(name.trim())) continue
    const expected = columns.join(', ')
    throw refuse(
      path,
      header.line,
      place + 1,
      { zh: `没有“${name}”这一列；可用：${expected}`, en: `there is no column "${name}"; expected ${expected}` },
      example,
    )
  }
  const names = header.cells.map((name) => name.trim())
  const absent = columns.find((name) => !names.includes(name) && !optional.includes(name))
  if (absent !== undefined) {
    const missing = { zh: `缺少“${absent}”这一列`, en: `the column "${absent}" is missing` }
    throw refuse(path, header.line, names.length, missing, example)
  }
  const seen = new Map<string, number>()
  return rows.map(({ line, cells }) => {
    const hidden = cells.findIndex((cell) => controlCharacter.test(cell))
    if (hidden !== -1) {
      const words = { zh: '含有控制字符', en: 'a control character stands in it' }
      throw refuse(path, line, hidden + 1, words, example)
    }
    if (cells.length !== names.length) {
      throw refuse(
        path,
        line,
        cells.length,
        { zh: `有 ${cells.length} 列，应为 ${names.length} 列`, en: `${cells.length} cells, expected ${names.length}` },
        example,
      )
    }
    const filled = names
      .map((name, place) => [name, cells[place]?.trim() ?? ''] as const)
      .filter(([, cell]) => cell !== '')
    const parsed = schema.safeParse(Object.fromEntries(filled))
    if (parsed.success) {
      const earlier = key === undefined ? undefined : seen.get(key(parsed.data))
      if (earlier !== undefined) {
        throw refuse(path, line, 1, { zh: `与第 ${earlier} 行重复`, en: `the same as line ${earlier}` }, example)
      }
      if (key !== undefined) seen.set(key(parsed.data), line)
      return parsed.data
    }
    const [problem] = problemsOf(parsed.error.issues, schema)
    const field = String(problem?.path[0] ?? '')
    const said = problem?.words ?? { zh: '不符合要求', en: 'does not fit' }
    throw refuse(
      path,
      line,
      Math.max(1, names.indexOf(field) + 1),
      { zh: `${field}：${said.zh}`, en: `${field}: ${said.en}` },
      example,
    )
  })
}

// A list of many tens of thousands of entries; each determination reads the loaded lists again.
const mostBytes = 8 << 20

function tooLong(bytes: number, path: string, example: string): InputError {
  const [has, most] = [bytes, mostBytes].map((count) => count.toLocaleString('en'))
  return new InputError('input.too-long', {
    zh: `${path} 有 ${has} 字节，这里最多读 ${most} 字节。请检查是否选错了文件，或拆成几个较小的文件；例如：\n${example}`,
    en: `${path} has ${has} bytes; at most ${most} are read here. Check that it is the right file, or divide it into smaller ones; for example:\n${example}`,
  })
}

// Nothing a person typed; in a terminal or a page it may show something else than what stands there.
const controlCharacter = /[^\P{Cc}\t\n\r]/u

/** Cells in quotes may hold commas, quotes written twice and line ends (RFC 4180). Empty lines are passed over. */
function parse(text: string, path: string, example: string): readonly Row[] {
  const rows: Row[] = []
  let line = 1
  let at = 0
  while (at < text.length) {
    const started = line
    const cells: string[] = []
    for (;;) {
      let cell = ''
      if (text[at] === '"') {
        for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
          if (at >= text.length) {
            throw refuse(path, started, cells.length + 1, { zh: '引号没有结束', en: 'a quote is not closed' }, example)
          }
          if (text[at] === '"') at++
          if (text[at] === '\n') line++
          cell += text[at]
        }
        at++
      }
      while (at < text.length && text[at] !== ',' && text[at] !== '\n') cell += text[at++]
      cells.push(cell.replace(/\r$/, ''))
      if (text[at] !== ',') break
      at++
    }
    at++
    line++
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line: started, cells })
  }
  return rows
}

function refuse(
  path: string,
  line: number,
  column: number,
  words: { readonly zh: string; readonly en: string },
  example: string,
): InputError {
  return new InputError('input.does-not-fit', {
    zh: `${path}:${line} 第 ${column} 列 ${words.zh}\n请修改后再运行；例如：\n${example}`,
    en: `${path}:${line} column ${column} ${words.en}\nCorrect it and run again; for example:\n${example}`,
  })
}
