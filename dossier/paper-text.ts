import type { Words } from '@tongguan/law'
import { definePDFJSModule, getDocumentProxy } from 'unpdf'
import { DossierInputError } from './errors.ts'
import { readWord } from './office-file.ts'

/** A paper that was handed in, as text, whatever it came as. */
export interface PaperText {
  readonly format: 'docx' | 'pdf' | 'text'
  readonly pages: number
  readonly paragraphs: readonly PaperParagraph[]
}

export interface PaperParagraph {
  /** From 1, over the whole paper. */
  readonly number: number
  /** From 1; in a .docx an estimate by the page breaks its program left. */
  readonly page: number
  readonly text: string
  /** Boxed, highlighted or shaded; a PDF does not tell. */
  readonly marked: boolean
}

/** Which paper is read; the first part of what a refusal is called. */
export type PaperName = 'contract' | 'ethics'

/** More pages than any contract or approval has; a longer file is the wrong one, or should be cut to the paper itself. */
export const paperPages = 300
const paperBytes = 64 << 20

/**
 * Reads a paper from .docx, text PDF or plain text (UTF-8 or GB 18030).
 *
 * @throws DossierInputError `contract.*` or `ethics.*` for a picture, an encrypted, damaged or overlong file.
 */
export async function readPaper(bytes: Uint8Array, what: string, paper: PaperName): Promise<PaperText> {
  if (paperBytes < bytes.length) throw refusedPaper(paper, 'too-long', what, bytesCount(bytes.length))
  const text = await textOf(bytes, what, paper)
  if (paperPages < text.pages) throw refusedPaper(paper, 'too-long', what, pagesCount(text.pages))
  if (text.format === 'pdf' && charactersOf(text) < 20 * text.pages)
    throw refusedPaper(paper, 'picture', what, pagesCount(text.pages))
  return text
}

/** Characters that are no white space. */
export const charactersOf = ({ paragraphs }: PaperText): number =>
  paragraphs.reduce((sum, { text }) => sum + text.replaceAll(/\s/g, '').length, 0)

async function textOf(bytes: Uint8Array, what: string, paper: PaperName): Promise<PaperText> {
  const magic = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  if (magic.startsWith('%PDF-')) return readPdf(bytes, what, paper)
  if (magic.startsWith('PK')) return fromWord(bytes, what)
  if (magic.startsWith('\u00d0\u00cf\u0011\u00e0')) return fromWord(bytes, what)
  if (/^(\u0089PNG|\u00ff\u00d8\u00ff|II\*|MM\0\*)/.test(magic))
    throw refusedPaper(paper, 'picture', what, { zh: '图像文件', en: 'an image' })
  return fromText(bytes, what, paper)
}

async function fromWord(bytes: Uint8Array, what: string): Promise<PaperText> {
  const { paragraphs } = await readWord(bytes, what)
  const kept = paragraphs.filter(({ text }) => text.trim() !== '')
  return {
    format: 'docx',
    pages: Math.max(1, ...paragraphs.map(({ page }) => page)),
    paragraphs: kept.map(({ text, page, marked }, index) => ({ number: index + 1, page, text: text.trim(), marked })),
  }
}

function fromText(bytes: Uint8Array, what: string, paper: PaperName): PaperText {
  const text = decoded(bytes)
  if (text === undefined || text.includes('\0')) throw refusedPaper(paper, 'not-text', what)
  const paragraphs = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return {
    format: 'text',
    pages: 1,
    paragraphs: paragraphs.map((line, index) => ({ number: index + 1, page: 1, text: line, marked: false })),
  }
}

function decoded(bytes: Uint8Array): string | undefined {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // Not this encoding; the next one, or none.
    }
  }
  return undefined
}

async function readPdf(bytes: Uint8Array, what: string, paper: PaperName): Promise<PaperText> {
  await definePDFJSModule(() => import('unpdf/pdfjs'))
  const damaged = (error: unknown): never => {
    if (error instanceof DossierInputError) throw error
    const encrypted = error instanceof Error && error.name === 'PasswordException'
    throw refusedPaper(
      paper,
      encrypted ? 'encrypted' : 'damaged',
      what,
      encrypted ? undefined : { zh: String(error), en: String(error) },
    )
  }
  // pdf.js takes the buffer away from its owner.
  const document = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 }).catch(damaged)
  try {
    if (paperPages < document.numPages) throw refusedPaper(paper, 'too-long', what, pagesCount(document.numPages))
    const paragraphs: PaperParagraph[] = []
    for (let page = 1; page <= document.numPages; page += 1) {
      const { items } = await document
        .getPage(page)
        .then((one) => one.getTextContent())
        .catch(damaged)
      for (const text of paragraphsOf(items as readonly PdfItem[])) {
        paragraphs.push({ number: paragraphs.length + 1, page, text, marked: false })
      }
    }
    return { format: 'pdf', pages: document.numPages, paragraphs }
  } finally {
    await document.loadingTask.destroy()
  }
}

interface PdfItem {
  readonly str?: string
  readonly transform?: readonly number[]
  readonly height?: number
}

/** Lines by their height on the page, paragraphs where a line begins a clause or stands apart from the one above. */
function paragraphsOf(items: readonly PdfItem[]): readonly string[] {
  const lines: { y: number; height: number; text: string }[] = []
  for (const { str = '', transform = [], height = 0 } of items) {
    const y = transform[5] ?? 0
    const last = lines.at(-1)
    if (last && Math.abs(last.y - y) < Math.max(2, last.height / 2)) last.text += str
    else if (str.trim() !== '') lines.push({ y, height, text: str })
  }
  const paragraphs: string[] = []
  const usual = commonest(lines.slice(1).map(({ y }, index) => Math.round((lines[index]?.y ?? y) - y)))
  for (const [index, { y, text }] of lines.entries()) {
    const distance = (lines[index - 1]?.y ?? y) - y
    const apart = distance < 0 || usual * 1.3 < distance
    const open = paragraphs.length - 1
    if (open < 0 || apart || beginsClause.test(text.trim())) paragraphs.push(text.trim())
    else paragraphs[open] = joined(paragraphs[open] ?? '', text.trim())
  }
  return paragraphs
}

/** The distance most lines of a page stand apart: headers and headings have others. */
function commonest(distances: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const distance of distances) if (0 < distance) counts.set(distance, (counts.get(distance) ?? 0) + 1)
  return [...counts].toSorted(([a, m], [b, n]) => n - m || a - b)[0]?.[0] ?? Infinity
}

const beginsClause =
  /^(第[一二三四五六七八九十百\d]+[条章款]|[（(][一二三四五六七八九十\d]+[)）]|\d+(\.\d+)*[.、\s]|(article|clause|section|annex)\s+\d)/i

const joined = (above: string, line: string) => (/[A-Za-z,;]$/.test(above) ? `${above} ${line}` : above + line)

const paperWords = {
  picture: {
    zh: '没有文字层，是图片。请提供可复制文字的 PDF 或 .docx，或先作文字识别',
    en: 'is a picture without text; give a PDF whose text can be copied, a .docx, or have it recognised first',
  },
  encrypted: { zh: '已加密。请提供没有密码的文件', en: 'is encrypted; give a file without a password' },
  damaged: { zh: '不是完好的 PDF', en: 'is not a whole PDF' },
  'too-long': {
    zh: `超过${paperPages}页。请只提供该文件本身`,
    en: `has more than ${paperPages} pages; give the paper alone`,
  },
  'not-a-contract': {
    zh: '不像一份合同（找不到当事人、条款、义务或签署）。请核对文件',
    en: 'does not look like a contract (parties, clauses, duties or signatures are not found); check the file',
  },
  'not-text': { zh: '不是 .docx、PDF 或纯文本', en: 'is neither .docx nor PDF nor plain text' },
} as const

/** `seen`: what was there instead, in brackets behind the file's name. */
export function refusedPaper(
  paper: PaperName,
  fault: keyof typeof paperWords,
  what: string,
  seen?: Words,
): DossierInputError {
  const { zh, en } = paperWords[fault]
  return new DossierInputError(`${paper}.${fault}`, {
    zh: `${what}${seen ? `（${seen.zh}）` : ''}${zh}。`,
    en: `${what}${seen ? ` (${seen.en})` : ''} ${en}.`,
  })
}

const pagesCount = (count: number): Words => ({ zh: `共${count}页`, en: count === 1 ? '1 page' : `${count} pages` })
const bytesCount = (count: number): Words => ({ zh: `${count}字节`, en: `${count} bytes` })
