import type { Words } from '@tongguan/law'

/**
 * What a document says, before anybody decides how it looks: `form.ts`, `report.ts` and their like write blocks;
 * `word.ts` and `pdf.ts` set the same blocks in type, in Chinese for filing and in English for reading.
 */
export type Block =
  | { readonly kind: 'title'; readonly text: Text }
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: Text }
  | { readonly kind: 'paragraph'; readonly parts: readonly Part[]; readonly boxed: boolean }
  | { readonly kind: 'centred'; readonly parts: readonly Part[] }
  | { readonly kind: 'fields'; readonly rows: readonly Field[] }
  | {
      readonly kind: 'table'
      readonly head: readonly Text[]
      /** Shares of the text width, one a column. */
      readonly widths: readonly number[]
      readonly rows: readonly (readonly Cell[])[]
    }
  | { readonly kind: 'space'; readonly lines: number }
  | { readonly kind: 'page-break' }

/** Our own words stand in both languages; what the handler wrote stands as it was written. */
export type Text = string | Words

/** A piece of running text; with a key it is one answer, and becomes a content control that can be edited and read back. */
export interface Part {
  readonly text: Text
  /** The path of the answer, e.g. `scenarios.0.purpose`; 64 characters at most, as Word's tags are. */
  readonly key?: string
}

export interface Field {
  readonly label: Text
  readonly value: readonly Part[]
}

/** The paragraphs of one cell. */
export type Cell = readonly (readonly Part[])[]

export type Language = 'zh' | 'en'

/** One of the documents, ready to be set. */
export interface Sheet {
  /** `form` is set at 16 pt line spacing, `report` at 26 pt (Guide v3, notes to annexes 3 and 4). */
  readonly style: 'form' | 'report'
  readonly landscape?: boolean
  /** Without the ending. */
  readonly name: Words
  readonly blocks: readonly Block[]
}

export const title = (text: Text): Block => ({ kind: 'title', text })
export const h1 = (text: Text): Block => ({ kind: 'heading', level: 1, text })
export const h2 = (text: Text): Block => ({ kind: 'heading', level: 2, text })
export const h3 = (text: Text): Block => ({ kind: 'heading', level: 3, text })
export const paragraph = (...parts: readonly (Text | Part)[]): Block => ({
  kind: 'paragraph',
  parts: parts.map(partOf),
  boxed: false,
})
export const boxed = (...parts: readonly (Text | Part)[]): Block => ({
  kind: 'paragraph',
  parts: parts.map(partOf),
  boxed: true,
})
export const centred = (...parts: readonly (Text | Part)[]): Block => ({ kind: 'centred', parts: parts.map(partOf) })
export const fields = (rows: readonly (readonly [label: Text, value: Text | Part])[]): Block => ({
  kind: 'fields',
  rows: rows.map(([label, value]) => ({ label, value: [partOf(value)] })),
})
export const table = (
  widths: readonly number[],
  head: readonly Text[],
  rows: readonly (readonly (Text | Part | Cell)[])[],
): Block => ({ kind: 'table', head, widths, rows: rows.map((row) => row.map(cellOf)) })
export const space = (lines: number): Block => ({ kind: 'space', lines })
export const pageBreak: Block = { kind: 'page-break' }

/** An answer at a path: what is printed, and where it can be changed. */
export const answer = (key: string, text: Text | number): Part => ({
  key,
  text: typeof text === 'number' ? String(text) : text,
})
export const w = (zh: string, en: string): Words => ({ zh, en })

/**
 * The text in one language. In the English copy an answer prints its English, by its path or by the Chinese it translates;
 * Chinese that has none is marked, in our own sentences too, so that a reader never takes it for a translation left out.
 */
export function textOf({ text, key }: Part, language: Language, english: Readonly<Record<string, string>>): string {
  if (language === 'zh') return typeof text === 'string' ? text : text.zh
  const given = (name: string) => (Object.hasOwn(english, name) ? english[name] : undefined)
  if (typeof text !== 'string') {
    return text.en.replaceAll(chineseWord, (word) => given(word) ?? `${chineseOnly} ${word}`)
  }
  return (
    (key === undefined ? undefined : given(key)) ??
    given(text) ??
    (chinese.test(text) ? `${chineseOnly} ${text}` : text)
  )
}

/** Stands before what the handler wrote in Chinese and has no English in the case folder. */
export const chineseOnly = '[in Chinese only]'

const chinese = /\p{Script=Han}/u
// A name set into an English sentence: up to the space around it, without the sentence's own punctuation.
const chineseWord = /[^\s"“(,;:]*\p{Script=Han}(?:\S*[^\s"”),;:.])?/gu

/** Every answer a sheet prints, by its path. */
export function answersIn(sheet: Sheet): ReadonlyMap<string, string> {
  const parts = sheet.blocks.flatMap((block): readonly Part[] => {
    switch (block.kind) {
      case 'paragraph':
      case 'centred':
        return block.parts
      case 'fields':
        return block.rows.flatMap(({ value }) => value)
      case 'table':
        return block.rows.flat(3)
      case 'title':
      case 'heading':
      case 'page-break':
      case 'space':
        return []
      default:
        return unreachable(block)
    }
  })
  return new Map(parts.flatMap((part) => (part.key === undefined ? [] : [[part.key, textOf(part, 'zh', {})] as const])))
}

/** XML 1.0 and PDF fonts have no place for control characters and lone surrogates. */
export function printable(text: string): string {
  return unprintable.test(text) ? text.toWellFormed().replaceAll(new RegExp(unprintable, 'gu'), '\uFFFD') : text
}

// Lone surrogates are in the class by not being in the other: `u` reads pairs as one.
const unprintable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

export function unreachable(value: never): never {
  throw new Error(`no case for ${JSON.stringify(value)}`)
}

function partOf(text: Text | Part): Part {
  return typeof text === 'object' && 'text' in text ? text : { text }
}

function cellOf(cell: Text | Part | Cell): Cell {
  return Array.isArray(cell) ? (cell as Cell) : [[partOf(cell as Text | Part)]]
}
