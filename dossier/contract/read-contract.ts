import { definePDFJSModule, getDocumentProxy } from 'unpdf'
import { DossierInputError } from '../errors.ts'
import { readWord } from '../office-file.ts'

/** A contract as text, whatever it came as. */
export interface ContractText {
  readonly format: 'docx' | 'pdf' | 'text'
  readonly pages: number
  readonly paragraphs: readonly ContractParagraph[]
}

export interface ContractParagraph {
  /** From 1, over the whole contract. */
  readonly number: number
  /** From 1; in a .docx an estimate by the page breaks its program left. */
  readonly page: number
  readonly text: string
  /** Boxed, highlighted or shaded; a PDF does not tell. */
  readonly marked: boolean
}

/** More pages than any data contract has; a longer file is the wrong one, or should be cut to the contract. */
export const contractPages = 300
const contractBytes = 64 << 20

/**
 * Reads a contract from .docx, text PDF or plain text (UTF-8 or GB 18030), in Chinese or English.
 *
 * @throws DossierInputError for a picture, an encrypted or overlong file, or what is no contract.
 */
export async function readContract(bytes: Uint8Array, what: string): Promise<ContractText> {
  if (contractBytes < bytes.length) throw refused('contract.too-long', what, `${bytes.length} bytes`)
  const text = await contractText(bytes, what)
  if (contractPages < text.pages) throw refused('contract.too-long', what, `${text.pages} pages`)
  const characters = text.paragraphs.reduce((sum, { text: one }) => sum + one.replaceAll(/\s/g, '').length, 0)
  if (text.format === 'pdf' && characters < 20 * text.pages)
    throw refused('contract.picture', what, `${text.pages} pages`)
  const whole = text.paragraphs.map((one) => one.text).join('\n')
  const signs = contractSigns.filter((sign) => sign.test(whole)).length
  if (characters < 100 || signs < 3) throw refused('contract.not-a-contract', what, `${characters} characters`)
  return text
}

// What every contract has, in either language; three of them make one.
const contractSigns = [
  /合同|协议|agreement|contract/i,
  /甲方|乙方|双方|各方|当事人|part(y|ies)\b/i,
  /第[一二三四五六七八九十百\d]+条|article \d|clause \d|section \d|^\d+\.\s/im,
  /应当|不得|shall|must/i,
  /签署|签订|盖章|生效|signed|effective|hereby|in witness/i,
]

async function contractText(bytes: Uint8Array, what: string): Promise<ContractText> {
  const magic = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  if (magic.startsWith('%PDF-')) return readPdf(bytes, what)
  if (magic.startsWith('PK')) return fromWord(bytes, what)
  if (magic.startsWith('\u00d0\u00cf\u0011\u00e0')) return fromWord(bytes, what)
  if (/^(\u0089PNG|\u00ff\u00d8\u00ff|II\*|MM\0\*)/.test(magic)) throw refused('contract.picture', what, 'image')
  return fromText(bytes, what)
}

async function fromWord(bytes: Uint8Array, what: string): Promise<ContractText> {
  const { paragraphs } = await readWord(bytes, what)
  const kept = paragraphs.filter(({ text }) => text.trim() !== '')
  return {
    format: 'docx',
    pages: Math.max(1, ...paragraphs.map(({ page }) => page)),
    paragraphs: kept.map(({ text, page, marked }, index) => ({ number: index + 1, page, text: text.trim(), marked })),
  }
}

function fromText(bytes: Uint8Array, what: string): ContractText {
  const text = decoded(bytes)
  if (text === undefined || text.includes('\0')) throw refused('contract.not-text', what, '—')
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

async function readPdf(bytes: Uint8Array, what: string): Promise<ContractText> {
  await definePDFJSModule(() => import('unpdf/pdfjs'))
  const damaged = (error: unknown): never => {
    if (error instanceof DossierInputError) throw error
    const encrypted = error instanceof Error && error.name === 'PasswordException'
    throw refused(encrypted ? 'contract.encrypted' : 'contract.damaged', what, String(error))
  }
  // pdf.js takes the buffer away from its owner.
  const document = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 }).catch(damaged)
  try {
    if (contractPages < document.numPages) throw refused('contract.too-long', what, `${document.numPages} pages`)
    const paragraphs: ContractParagraph[] = []
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

const contractWords = {
  'contract.picture': {
    zh: '没有文字层，是图片。请提供可复制文字的 PDF 或 .docx，或先作文字识别',
    en: 'is a picture without text; give a PDF whose text can be copied, a .docx, or have it recognised first',
  },
  'contract.encrypted': { zh: '已加密。请提供没有密码的文件', en: 'is encrypted; give a file without a password' },
  'contract.damaged': { zh: '不是完好的 PDF', en: 'is not a whole PDF' },
  'contract.too-long': {
    zh: `超过${contractPages}页。请只提供合同本身`,
    en: `has more than ${contractPages} pages; give the contract alone`,
  },
  'contract.not-a-contract': {
    zh: '不像一份合同（找不到当事人、条款、义务或签署）。请核对文件',
    en: 'does not look like a contract (parties, clauses, duties or signatures are not found); check the file',
  },
  'contract.not-text': { zh: '不是 .docx、PDF 或纯文本', en: 'is neither .docx nor PDF nor plain text' },
} as const

function refused(code: keyof typeof contractWords, what: string, because: string): DossierInputError {
  const { zh, en } = contractWords[code]
  return new DossierInputError(code, { zh: `${what}（${because}）${zh}。`, en: `${what} (${because}) ${en}.` })
}
