import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create } from 'fontkit'
import type { Font } from 'fontkit'
import PdfKit from 'pdfkit'
import { DossierInputError } from './errors.ts'
import { printable, textOf, unreachable } from './blocks.ts'
import type { Block, Cell, Language, Part, Sheet } from './blocks.ts'
import { typography } from './word.ts'
import type { Imprint } from './word.ts'
import { pageNotes } from './words.ts'

/** The two weights of Noto Serif SC (OFL 1.1) that stand in for 仿宋, 楷体 and 黑体; every PDF says so on each page. */
export interface PdfFonts {
  readonly body: Font
  readonly bold: Font
}

/** Opens the bundled fonts once a process. */
export function openPdfFonts(): PdfFonts {
  opened ??= {
    body: fontFile('400Regular/NotoSerifSC_400Regular.ttf'),
    bold: fontFile('700Bold/NotoSerifSC_700Bold.ttf'),
  }
  return opened
}
let opened: PdfFonts | undefined

/**
 * Sets a sheet as PDF: the content of the .docx in substitute fonts, as a reading copy. The same input gives the same
 * bytes.
 *
 * @throws DossierInputError `pdf.missing-glyph` naming the document and the characters.
 */
export async function writePdf(
  sheet: Sheet,
  imprint: Imprint,
  language: Language,
  fonts: PdfFonts,
): Promise<Uint8Array> {
  const name = sheet.name[language]
  const document = new PdfKit({
    autoFirstPage: false,
    // Without a default font pdfkit need not read one that is never used.
    font: '',
    lang: language === 'zh' ? 'zh-CN' : 'en',
    info: {
      Title: name,
      Creator: 'Tongguan',
      Producer: 'Tongguan',
      CreationDate: new Date(`${imprint.filedOn}T00:00:00Z`),
    },
  })
  const chunks: Uint8Array[] = []
  const ended = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    document.on('end', () => resolve())
    document.on('error', reject)
  })
  const faces = { body: new Face(document, 'body', fonts.body), bold: new Face(document, 'bold', fonts.bold) }
  const pages = new Layout(sheet, imprint, language, faces).pages()
  const missing = [...new Set([...faces.body.missing, ...faces.bold.missing])]
  if (0 < missing.length) {
    const shown = missing
      .slice(0, 10)
      .map((c) => `${c} (U+${c.codePointAt(0)?.toString(16).toUpperCase()})`)
      .join(', ')
    throw new DossierInputError('pdf.missing-glyph', {
      zh: `《${sheet.name.zh}》中有字符在 PDF 字体里没有字形：${shown}。请换用其他写法；没有留下半成品。`,
      en: `"${sheet.name.en}" holds characters the PDF fonts have no glyph for: ${shown}. Write them otherwise; nothing half-written was left.`,
    })
  }
  for (const operations of pages) {
    document.addPage({ size: sheet.landscape ? [a4.height, a4.width] : [a4.width, a4.height], margin: 0 })
    faces.body.use()
    faces.bold.use()
    const { height } = document.page
    // pdfkit turns the page upside down; we write in the page's own direction.
    document.addContent(`q 1 0 0 -1 0 ${height} cm\n${operations.join('\n')}\nQ`)
  }
  document.end()
  await ended
  return Buffer.concat(chunks)
}

function fontFile(name: string): Font {
  const path = createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-serif-sc/${name}`)
  const font = create(readFileSync(path))
  if (!('createSubset' in font)) throw new Error(`${path} is a collection of fonts, not one`)
  return font
}

/** One weight in one document: encodes each character once, and remembers which it has no glyph for. */
class Face {
  readonly missing = new Set<string>()
  readonly #document: PDFKit.PDFDocument
  readonly #font: Font
  readonly #embedded: Embedded
  readonly #encoded = new Map<string, { readonly hex: string; readonly width: number }>()

  constructor(document: PDFKit.PDFDocument, name: string, font: Font) {
    this.#document = document
    this.#font = font
    // pdfkit takes a font object of fontkit, and keeps the embedded font in a field of its own; its types say neither.
    document.registerFont(name, font as never)
    document.font(name)
    this.#embedded = (document as unknown as { _font: Embedded })._font
  }

  /** Names the font among the resources of the page just added. */
  use(): void {
    const { fonts } = this.#document.page as unknown as { fonts: Record<string, unknown> }
    fonts[this.#embedded.id] ??= this.#embedded.ref()
  }

  get id(): string {
    return this.#embedded.id
  }

  /** Width in thousandths of the size. */
  width(character: string): number {
    return this.#encode(character).width
  }

  hex(text: string): string {
    let hex = ''
    for (const character of text) hex += this.#encode(character).hex
    return hex
  }

  #encode(character: string) {
    const known = this.#encoded.get(character)
    if (known) return known
    if (!this.#font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) this.missing.add(character)
    const [hexes, positions] = this.#embedded.encode(character)
    const made = { hex: hexes.join(''), width: positions.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0) }
    this.#encoded.set(character, made)
    return made
  }
}

interface Embedded {
  readonly id: string
  ref(): unknown
  encode(text: string): [hexes: readonly string[], positions: readonly { readonly advanceWidth: number }[]]
}

// --- layout ----------------------------------------------------------------------------------------------------------

const a4 = { width: 595.28, height: 841.89 }
const margin = { top: 72, bottom: 72, side: 90.15 } // 2.54 and 3.18 cm, as the .docx

/** Points between the frame of a cell and its text. */
const padding = 4

interface Style {
  readonly face: Face
  readonly size: number
  readonly line: number
  readonly indent: number
  readonly centred?: boolean
  readonly colour?: string
}

interface Faces {
  readonly body: Face
  readonly bold: Face
}

class Layout {
  readonly #sheet: Sheet
  readonly #imprint: Imprint
  readonly #language: Language
  readonly #faces: Faces
  readonly #width: number
  readonly #height: number
  readonly #pages: string[][] = [[]]
  #y = margin.top

  constructor(sheet: Sheet, imprint: Imprint, language: Language, faces: Faces) {
    this.#sheet = sheet
    this.#imprint = imprint
    this.#language = language
    this.#faces = faces
    const [width, height] = sheet.landscape ? [a4.height, a4.width] : [a4.width, a4.height]
    this.#width = width
    this.#height = height
  }

  /** The operations of every page, headers and footers included. */
  pages(): readonly (readonly string[])[] {
    const { line } = typography[this.#sheet.style]
    for (const block of this.#sheet.blocks) this.#block(block, line / 20)
    return this.#pages.map((operations, index) => [...this.#head(), ...operations, ...this.#foot(index + 1)])
  }

  #block(block: Block, line: number): void {
    const { body, bold } = this.#faces
    const plain: Style = { face: body, size: 14, line, indent: 28 }
    switch (block.kind) {
      case 'title':
        return this.#text([{ text: block.text }], { face: bold, size: 20, line: 36, indent: 0, centred: true })
      case 'heading':
        if (this.#room() < line * 3) this.#newPage()
        return this.#text([{ text: block.text }], { ...plain, face: bold })
      case 'paragraph': {
        const from = this.#y
        const page = this.#pages.length
        this.#text(block.parts, plain)
        if (block.boxed && page === this.#pages.length)
          this.#box(margin.side - 4, from, this.#textWidth() + 8, this.#y - from)
        return
      }
      case 'centred':
        return this.#text(block.parts, { ...plain, indent: 0, centred: true })
      case 'fields':
        for (const { label, value } of block.rows) this.#row([[[{ text: label }]], [value]], [3, 7], { bolds: [true] })
        this.#y += line
        return
      case 'table': {
        const head = block.head.map((text): Cell => [[{ text }]])
        const bolds = head.map(() => true)
        const [first = []] = block.rows
        const together = this.#rowHeight(head, block.widths, bolds) + this.#rowHeight(first, block.widths, [])
        // No head stands alone at the foot of a page.
        if (this.#room() < together && together <= this.#full()) this.#newPage()
        this.#row(head, block.widths, { bolds })
        for (const row of block.rows) this.#row(row, block.widths, { bolds: [], head: { cells: head, bolds } })
        this.#y += line
        return
      }
      case 'space':
        this.#y += line * block.lines
        return
      case 'page-break':
        this.#newPage()
        return
      default:
        return unreachable(block)
    }
  }

  #text(parts: readonly Part[], style: Style): void {
    for (const text of this.#wrap(parts, style, this.#textWidth())) {
      if (this.#room() < style.line) this.#newPage()
      const spare = this.#textWidth() - text.width
      this.#show(text.text, margin.side + (style.centred ? spare / 2 : text.indent), this.#y, style)
      this.#y += style.line
    }
  }

  #rowHeight(cells: readonly Cell[], shares: readonly number[], bolds: readonly boolean[]): number {
    const { line, columns } = this.#cells(cells, shares, bolds)
    return Math.max(1, ...columns.map((column) => column.length)) * line + padding
  }

  /** The cells of a row as lines, each in its column's width. */
  #cells(cells: readonly Cell[], shares: readonly number[], bolds: readonly boolean[]) {
    const { cellLine, cellHalfPoints } = typography[this.#sheet.style]
    const [line, size] = [cellLine / 20, cellHalfPoints / 2]
    const whole = shares.reduce((sum, share) => sum + share, 0)
    const widths = shares.map((share) => (this.#textWidth() * share) / whole)
    const styles = cells.map((_, index): Style => {
      return { face: bolds[index] ? this.#faces.bold : this.#faces.body, size, line, indent: 0 }
    })
    const columns = cells.map((cell, index) =>
      cell.flatMap((parts) => this.#wrap(parts, styles[index] ?? fail(), (widths[index] ?? 0) - 2 * padding)),
    )
    return { line, columns, widths, styles }
  }

  #row(
    cells: readonly Cell[],
    shares: readonly number[],
    { bolds, head }: { bolds: readonly boolean[]; head?: { cells: readonly Cell[]; bolds: readonly boolean[] } },
  ): void {
    const { line, columns, widths, styles } = this.#cells(cells, shares, bolds)
    const lines = Math.max(1, ...columns.map((column) => column.length))
    const full = this.#full()
    let done = 0
    // A row that fits on a page is not torn; a longer one goes on over the page.
    if (this.#room() < lines * line + padding && (lines * line + padding <= full || this.#room() < 3 * line)) {
      this.#newPage()
      if (head) this.#row(head.cells, shares, { bolds: head.bolds })
    }
    while (done < lines) {
      const fits = Math.max(1, Math.min(lines - done, Math.floor((this.#room() - padding) / line)))
      let x = margin.side
      for (const [index, column] of columns.entries()) {
        const width = widths[index] ?? 0
        for (const [at, text] of column.slice(done, done + fits).entries()) {
          this.#show(text.text, x + padding, this.#y + padding / 2 + at * line, styles[index] ?? fail())
        }
        this.#box(x, this.#y, width, fits * line + padding)
        x += width
      }
      this.#y += fits * line + padding
      done += fits
      if (done < lines) {
        this.#newPage()
        if (head) this.#row(head.cells, shares, { bolds: head.bolds })
      }
    }
  }

  /** Lines of at most `width` points; Latin words and numbers stay whole, no closing mark starts a line and no opening one ends it. */
  #wrap(
    parts: readonly Part[],
    style: Style,
    width: number,
  ): readonly { text: string; width: number; indent: number }[] {
    const text = printable(parts.map((part) => textOf(part, this.#language, this.#imprint.english)).join(''))
    const lines: { text: string; width: number; indent: number }[] = []
    const measured = (of: readonly string[]) => of.reduce((sum, token) => sum + this.#measure(token, style), 0)
    for (const paragraph of text.replaceAll('\t', '  ').split(/\r\n|\r|\n/)) {
      const before = lines.length
      let line: string[] = []
      let used = lines.length === 0 ? style.indent : 0
      let indent = used
      const endLine = (next: string[]) => {
        lines.push({ text: line.join('').trimEnd(), width: used, indent })
        line = next
        indent = 0
        used = measured(next)
      }
      for (const token of paragraph.match(tokens) ?? []) {
        const size = this.#measure(token, style)
        if (used + size <= width) {
          line.push(token)
          used += size
          continue
        }
        if (token.trim() === '') {
          endLine([])
          continue
        }
        const down = goesDownWith(token, line)
        used -= measured(down)
        if (0 < line.length) endLine(down)
        // A word wider than the line is cut where it must be.
        const pieces = used + size <= width ? [token] : token
        for (const piece of pieces) {
          if (width < used + this.#measure(piece, style) && 0 < line.length) endLine([])
          line.push(piece)
          used += this.#measure(piece, style)
        }
      }
      if (0 < line.length || lines.length === before) endLine([])
    }
    return lines
  }

  #measure(text: string, { face, size }: Style): number {
    let width = 0
    for (const character of text) width += face.width(character)
    return (width * size) / 1000
  }

  #show(text: string, x: number, y: number, { face, size, line, colour }: Style): void {
    if (text === '') return
    const baseline = this.#height - y - line / 2 - size * 0.36
    const paint = colour ? `${colour} rg ` : ''
    this.#page().push(
      `${paint}BT /${face.id} ${size} Tf 1 0 0 1 ${fixed(x)} ${fixed(baseline)} Tm <${face.hex(text)}> Tj ET${colour ? ' 0 0 0 rg' : ''}`,
    )
  }

  #box(x: number, y: number, width: number, height: number): void {
    this.#page().push(`0.5 w ${fixed(x)} ${fixed(this.#height - y - height)} ${fixed(width)} ${fixed(height)} re S`)
  }

  #head(): readonly string[] {
    const { simulated } = this.#imprint
    const notes = [
      ...(simulated ? [{ text: pageNotes.simulated[this.#language], colour: '0.75 0 0', size: 12 }] : []),
      ...(this.#language === 'en' ? [{ text: pageNotes.readingCopy.en, size: 8 }] : []),
      { text: pageNotes.ownLayout[this.#language], size: 8 },
      { text: pageNotes.substituteFonts[this.#language], size: 8 },
    ]
    return this.#marginLines(notes, 24)
  }

  #foot(page: number): readonly string[] {
    const { simulated, reference } = this.#imprint
    const of = this.#pages.length
    const text = textOf(
      { text: { zh: `${reference}　第${page}页，共${of}页`, en: `${reference}  page ${page} of ${of}` } },
      this.#language,
      this.#imprint.english,
    )
    const end = simulated ? `　${pageNotes.simulated[this.#language]}` : ''
    return this.#marginLines([{ text: text + end, size: 9 }], this.#height - 50)
  }

  #marginLines(lines: readonly { text: string; size: number; colour?: string }[], top: number): readonly string[] {
    const before = this.#page().length
    let y = top
    for (const { text, size, colour } of lines) {
      const style: Style = {
        face: colour ? this.#faces.bold : this.#faces.body,
        size,
        line: size + 3,
        indent: 0,
        ...(colour ? { colour } : {}),
      }
      this.#show(text, (this.#width - this.#measure(text, style)) / 2, y, style)
      y += style.line
    }
    return this.#page().splice(before)
  }

  #newPage(): void {
    // One string a page: a long report has millions of small ones otherwise.
    const page = this.#page()
    page.splice(0, page.length, page.join('\n'))
    this.#pages.push([])
    this.#y = margin.top
  }

  #page(): string[] {
    return this.#pages.at(-1) ?? fail()
  }

  #room(): number {
    return this.#height - margin.bottom - this.#y
  }

  /** The height of a page's text. */
  #full(): number {
    return this.#height - margin.top - margin.bottom
  }

  #textWidth(): number {
    return this.#width - 2 * margin.side
  }
}

// Latin words with what sticks to them, runs of spaces, or one character of anything else.
const tokens = /[([“‘"']*[\p{Script=Latin}\d][\p{Script=Latin}\d\p{M}'’.@:/_%+-]*[,.;:!?)\]]*| +|./gsu
const closing = /^[，。、；：！？）》」』】”’…,.;:!?)\]}]+$/u
const opening = /^[（《「『【“‘([{]+$/u

/** Takes from the end of a full line what goes down with the token that did not fit: the word before a closing mark, and opening marks. */
function goesDownWith(token: string, line: string[]): string[] {
  const down: string[] = []
  const last = () => line.at(-1) ?? ''
  while (1 < line.length && (closing.test(down[0] ?? token) || opening.test(last()))) down.unshift(line.pop() ?? '')
  return down
}
const fixed = (points: number) => points.toFixed(2)

function fail(): never {
  throw new Error('a page, width or style that was just made is not there')
}
