import { readFile } from 'node:fs/promises'
import type { Words } from '@tongguan/law'
import { LineCounter, isCollection, isMap, isNode, isScalar, parseDocument, visit } from 'yaml'
import type { Document, YAMLParseError } from 'yaml'
import type { z } from 'zod'
import { InputError } from '../errors.ts'
import { problemsOf } from './issue-words.ts'
import type { FieldProblem } from './issue-words.ts'

/**
 * Reads a YAML or JSON file and checks it against a schema. Throws InputError naming file, line, column, field, what was
 * expected and an example; YAML is read with the 1.2 core schema, so `no` stays a word (Norway is `NO`).
 */
export async function readYamlFile<T>(path: string, schema: z.ZodType<T>, example: string): Promise<T> {
  return parseYaml(await readText(path), path, schema, example)
}

/** The same for a text already read; `path` only names it in messages. */
export function parseYaml<T>(text: string, path: string, schema: z.ZodType<T>, example: string): T {
  const quick = fromJson(text, schema)
  if (quick !== undefined) return quick
  if (text.length > mostCharacters) throw tooLong(text.length, path, example)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const deep = tooDeep(document)
  if (deep !== null) throw nestedTooDeeply(lines.linePos(deep), path, example)
  const broken = document.errors[0]
  if (broken) {
    const at = lines.linePos(broken.pos[0])
    const tab = text.split('\n')[at.line - 1]?.includes('\t') ?? false
    const words = yamlWords(broken, tab)
    throw new InputError('input.not-yaml', {
      zh: `${path} 第 ${at.line} 行第 ${at.col} 列：${words.zh}\n请修改后再运行；例如：\n${example}`,
      en: `${path}, line ${at.line}, column ${at.col}: ${words.en}\nCorrect it and run again; for example:\n${example}`,
    })
  }
  const parsed = schema.safeParse(valueOf(document, lines, path, example))
  if (parsed.success) return parsed.data
  throw refused(problemsOf(parsed.error.issues, schema), document, lines, path, example)
}

// What a person writes is a small part of it; reading this much with its lines takes some seconds.
const mostCharacters = 2 << 20

// No file of ours nests deeper than a dozen levels; a few thousand break the parser's stack.
const mostLevels = 32

function tooLong(characters: number, path: string, example: string): InputError {
  const [has, most] = [characters, mostCharacters].map((count) => count.toLocaleString('en'))
  return new InputError('input.too-long', {
    zh: `${path} 有 ${has} 个字符，这里最多读 ${most} 个（本软件自己写出的 JSON 除外）。请检查是否选错了文件，或拆成几个较小的文件；例如：\n${example}`,
    en: `${path} has ${has} characters; at most ${most} are read here (JSON as this software writes it apart). Check that it is the right file, or divide it into smaller ones; for example:\n${example}`,
  })
}

function nestedTooDeeply(at: { line: number; col: number }, path: string, example: string): InputError {
  return new InputError('input.nested-too-deeply', {
    zh: `${path} 第 ${at.line} 行第 ${at.col} 列：嵌套超过 ${mostLevels} 层，这里的文件没有这样深。请修改后再运行；例如：\n${example}`,
    en: `${path}, line ${at.line}, column ${at.col}: nested deeper than ${mostLevels} levels, and no file here is. Correct it and run again; for example:\n${example}`,
  })
}

/** Where a document goes deeper than its readers follow; null where it does not. */
function tooDeep(document: Document): number | null {
  // What the parser itself could not follow it left out, and says so.
  const exhausted = document.errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION')
  let found = exhausted?.pos[0] ?? null
  visit(document, {
    Collection: (_, { range }, above) => {
      if (above.filter(isCollection).length < mostLevels) return undefined
      found = range?.[0] ?? found
      return visit.BREAK
    },
  })
  return found
}

/** What a document says. An alias of nothing, or aliases that multiply beyond measure, show only when it is asked. */
function valueOf(document: Document, lines: LineCounter, path: string, example: string): unknown {
  try {
    return document.toJS()
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    const at = firstAlias(document, lines)
    throw new InputError('input.not-yaml', {
      zh: `${path} 第 ${at.line} 行第 ${at.col} 列：这里的别名（*）不能展开\n请不用别名，直接写出内容；例如：\n${example}`,
      en: `${path}, line ${at.line}, column ${at.col}: an alias (*) from here on cannot be followed\nWrite out what it stands for and run again; for example:\n${example}`,
    })
  }
}

function firstAlias(document: Document, lines: LineCounter): { line: number; col: number } {
  let at = { line: 1, col: 1 }
  visit(document, {
    Alias: (_, { range }) => {
      if (range) at = lines.linePos(range[0])
      return visit.BREAK
    },
  })
  return at
}

/**
 * JSON exactly as this software writes it, read by the machine's own parser, many times faster. Anything else (another
 * layout, a key that stands twice, a value that does not fit) is left to the reader that knows lines.
 */
function fromJson<T>(text: string, schema: z.ZodType<T>): T | undefined {
  if (!text.startsWith('{')) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
    if (`${JSON.stringify(value, null, 2)}\n` !== text) return undefined
  } catch {
    return undefined // YAML flow style, nested too deeply, or broken: the other reader tells which
  }
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : undefined
}

/** Fields that are empty (`null` or '') or not there, where nothing else is wrong with the file; none when it fits or is wrong otherwise. */
export function missingFields<T>(text: string, schema: z.ZodType<T>): readonly { field: string; line: number }[] {
  if (fromJson(text, schema) !== undefined || text.length > mostCharacters) return []
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  if (0 < document.errors.length) return []
  let value: unknown
  try {
    value = document.toJS()
  } catch (error) {
    // An alias that cannot be followed is wrong otherwise, and the reader of the file says where.
    if (!(error instanceof ReferenceError)) throw error
    return []
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return []
  const at = (keys: readonly PropertyKey[]) =>
    keys.reduce<unknown>(
      (inner, key) => (inner as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key],
      value,
    )
  const missing = parsed.error.issues.filter(({ path }) =>
    [null, undefined, ''].includes(at(path) as null | undefined | ''),
  )
  if (missing.length < parsed.error.issues.length) return []
  return missing.map(({ path }) => ({ field: path.map(String).join('.'), line: position(document, lines, path).line }))
}

/** The text of a file; what is not there or may not be read is an InputError. */
export async function readText(path: string): Promise<string> {
  return textOf(await readBytes(path))
}

/** Bytes as text: UTF-8, or GB18030, which is what editors and spreadsheets on a Chinese machine may save. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** The bytes of a file; what is not there or may not be read is an InputError. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    const known: Record<string, { zh: string; en: string }> = {
      ENOENT: { zh: `没有这个文件：${path}`, en: `There is no file ${path}` },
      EISDIR: { zh: `${path} 是文件夹，这里需要文件`, en: `${path} is a folder; a file is needed here` },
      EACCES: { zh: `无权读取 ${path}`, en: `No permission to read ${path}` },
    }
    const words = known[code]
    if (!words) throw error
    throw new InputError('input.not-readable', words)
  }
}

function yamlWords(error: YAMLParseError, tab: boolean): Words {
  if (tab) {
    return {
      zh: '不是有效的 YAML：该行含有制表符，YAML 缩进只能用空格',
      en: 'not valid YAML: the line holds a tab; YAML indents with spaces only',
    }
  }
  if (error.code === 'DUPLICATE_KEY') {
    return {
      zh: '这个键在同一处写了两次；每个键只能写一次，请删去其中一个',
      en: 'this key stands here twice; each key is written once, so delete one of them',
    }
  }
  if (error.code === 'MULTIPLE_DOCS') {
    return {
      zh: '这里用 --- 又开始了一份文档；一个文件只写一份',
      en: 'another document begins here, after ---; one file holds one',
    }
  }
  return {
    zh: '不是有效的 YAML：请检查这里的缩进、冒号后的空格、引号和括号',
    en: `not valid YAML: ${error.message}`,
  }
}

function refused(
  found: readonly FieldProblem[],
  document: Document,
  lines: LineCounter,
  path: string,
  example: string,
): InputError {
  const said = found.slice(0, 5).map(({ path: keys, isKey, words }) => {
    const at = isKey ? keyPosition(document, lines, keys) : position(document, lines, keys)
    const field = keys.map(String).join('.')
    return { place: `${path}:${at.line}:${at.col}`, field, words }
  })
  const list = (language: keyof Words) =>
    said.map(({ place, field, words }) => `${place} ${field === '' ? '' : `${field}: `}${words[language]}`).join('\n')
  return new InputError('input.does-not-fit', {
    zh: `${list('zh')}\n请修改后再运行；例如：\n${example}`,
    en: `${list('en')}\nCorrect it and run again; for example:\n${example}`,
  })
}

/** The place of a key itself, where its value is not what is wrong. */
function keyPosition(
  document: Document,
  lines: LineCounter,
  keys: readonly PropertyKey[],
): { line: number; col: number } {
  const parent = keys.length === 1 ? document.contents : document.getIn(keys.slice(0, -1), true)
  const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === keys.at(-1)) : undefined
  const range = pair && isNode(pair.key) ? pair.key.range : undefined
  return range ? lines.linePos(range[0]) : position(document, lines, keys)
}

/** The place of a field, or of the nearest parent that is written down when the field itself is missing. */
function position(document: Document, lines: LineCounter, keys: readonly PropertyKey[]): { line: number; col: number } {
  for (let length = keys.length; 0 <= length; length--) {
    const found = length === 0 ? document.contents : document.getIn(keys.slice(0, length), true)
    const range = isNode(found) ? found.range : undefined
    if (range) return lines.linePos(range[0])
  }
  return { line: 1, col: 1 }
}
