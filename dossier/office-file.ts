import { SaxesParser } from 'saxes'
import { DossierInputError } from './errors.ts'
import { officeLimits, readZip } from './zip.ts'
import type { Files } from './zip.ts'

/** A .docx as text: paragraphs in order, and what stands in each content control. */
export interface WordText {
  readonly paragraphs: readonly WordParagraph[]
  /** Texts by the tag of their control, or its title where LibreOffice kept only that; a tag may stand in several places. */
  readonly controls: ReadonlyMap<string, readonly string[]>
  /** Texts by the name of the bookmark around them, a `_2` at its end left off. */
  readonly bookmarks: ReadonlyMap<string, readonly string[]>
}

export interface WordParagraph {
  readonly text: string
  /** From 1, by the page breaks the writing program left; an estimate. */
  readonly page: number
  /** Boxed, highlighted or shaded. */
  readonly marked: boolean
}

/**
 * Opens a .docx that may be hostile: macros, ActiveX, document type declarations and parts fetched from elsewhere are
 * refused before anything is read.
 *
 * @throws DossierInputError `office.*`, `zip.*`
 */
export async function openWord(bytes: Uint8Array, what: string): Promise<Files> {
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw refused('office.encrypted-or-old', what, '—')
  const parts = await readZip(bytes, what, officeLimits)
  if (!parts.has('word/document.xml')) throw refused('office.not-word', what, 'word/document.xml')
  for (const [name, part] of parts) {
    if (/vbaProject|vbaData|activeX/i.test(name)) throw refused('office.macros', what, name)
    if (!/\.(xml|rels)$/i.test(name)) continue
    parse(part, what, name, {
      open(tag, attributes) {
        const type = attributes['ContentType'] ?? ''
        if (tag === 'Override' && /macroEnabled|vbaProject/i.test(type)) throw refused('office.macros', what, name)
        const target = attributes['TargetMode'] === 'External' && !(attributes['Type'] ?? '').endsWith('/hyperlink')
        if (tag === 'Relationship' && target)
          throw refused('office.external', what, `${name} → ${attributes['Target']}`)
      },
    })
  }
  return parts
}

/** Reads the text of a .docx; what a tracked change deletes is left out, what it inserts is read. */
export async function readWord(bytes: Uint8Array, what: string): Promise<WordText> {
  const part = (await openWord(bytes, what)).get('word/document.xml') ?? new Uint8Array()
  const paragraphs: WordParagraph[] = []
  const controls = new Map<string, string[]>()
  const bookmarks = new Map<string, string[]>()
  const openMarks = new Map<string, { readonly name: string; text: string }>()
  const open: { tag: string | undefined; title: string | undefined; text: string }[] = []
  let page = 1
  let paragraph: { text: string; page: number; marked: boolean } | undefined
  let inText = false
  const add = (text: string) => {
    if (paragraph) paragraph.text += text
    for (const control of open) control.text += text
    for (const mark of openMarks.values()) mark.text += text
  }
  parse(part, what, 'word/document.xml', {
    open(tag, attributes) {
      switch (tag) {
        case 'w:p':
          paragraph = { text: '', page, marked: false }
          return
        case 'w:t':
          inText = true
          return
        case 'w:tab':
          return add('\t')
        case 'w:br':
          if (attributes['w:type'] === 'page') page += 1
          else add('\n')
          return
        case 'w:lastRenderedPageBreak':
          page += 1
          if (paragraph && paragraph.text === '') paragraph.page = page
          return
        case 'w:pBdr':
        case 'w:highlight':
        case 'w:bdr':
          if (paragraph) paragraph.marked = true
          return
        case 'w:shd':
          if (paragraph && !/^(auto|FFFFFF)$/i.test(attributes['w:fill'] ?? 'auto')) paragraph.marked = true
          return
        case 'w:bookmarkStart': {
          const name = (attributes['w:name'] ?? '').replace(/_\d+$/, '')
          openMarks.set(attributes['w:id'] ?? '', { name, text: '' })
          return
        }
        case 'w:bookmarkEnd': {
          const mark = openMarks.get(attributes['w:id'] ?? '')
          if (mark) addTo(bookmarks, mark.name, mark.text)
          openMarks.delete(attributes['w:id'] ?? '')
          return
        }
        case 'w:sdt':
          open.push({ tag: undefined, title: undefined, text: '' })
          return
        case 'w:tag': {
          const control = open.at(-1)
          if (control) control.tag = attributes['w:val']
          return
        }
        case 'w:alias': {
          const control = open.at(-1)
          if (control) control.title = attributes['w:val']
          return
        }
        default:
      }
    },
    text(text) {
      if (inText) add(text)
    },
    close(tag) {
      if (tag === 'w:t') inText = false
      if (tag === 'w:p' && paragraph) {
        paragraphs.push(paragraph)
        paragraph = undefined
      }
      if (tag === 'w:sdt') {
        const control = open.pop()
        const key = control?.tag ?? control?.title
        if (control && key !== undefined) addTo(controls, key, control.text)
      }
    },
  })
  return { paragraphs, controls, bookmarks }
}

function addTo(texts: Map<string, string[]>, key: string, text: string): void {
  const known = texts.get(key)
  if (known) known.push(text)
  else texts.set(key, [text])
}

interface Handlers {
  open(tag: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(tag: string): void
}

function parse(bytes: Uint8Array, what: string, name: string, handlers: Handlers): void {
  const parser = new SaxesParser()
  parser.on('doctype', () => {
    throw refused('office.doctype', what, name)
  })
  parser.on('error', (error) => {
    throw refused('office.not-xml', what, `${name}: ${error.message}`)
  })
  parser.on('opentag', ({ name: tag, attributes }) => handlers.open(tag, attributes))
  parser.on('text', (text) => handlers.text?.(text))
  parser.on('closetag', ({ name: tag }) => handlers.close?.(tag))
  parser.write(new TextDecoder().decode(bytes)).close()
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]) => magic.every((byte, index) => bytes[index] === byte)

const officeWords = {
  'office.encrypted-or-old': {
    zh: '已加密，或是旧的 .doc 格式。请去除密码，另存为 .docx',
    en: 'is encrypted or an old .doc; remove the password and save it as .docx',
  },
  'office.not-word': { zh: '不是 .docx 文件', en: 'is missing: this is no .docx' },
  'office.macros': {
    zh: '含有宏或 ActiveX。请另存为不含宏的 .docx',
    en: 'holds macros or ActiveX; save it as .docx without them',
  },
  'office.external': { zh: '引用了外部内容。请改为嵌入', en: 'is fetched from elsewhere; embed it' },
  'office.doctype': {
    zh: '含有文档类型声明（可引入外部实体）。请用 Word 或 WPS 另存为 .docx',
    en: 'holds a document type declaration, which can bring in external entities; save it again as .docx in Word or WPS',
  },
  'office.not-xml': { zh: '内容损坏', en: 'is damaged' },
} as const

function refused(code: keyof typeof officeWords, what: string, place: string): DossierInputError {
  const { zh, en } = officeWords[code]
  return new DossierInputError(code, { zh: `${what}：${place} ${zh}。`, en: `${what}: ${place} ${en}.` })
}
