import { hash } from 'node:crypto'
import type { LegalDate } from '@tongguan/law'
import { printable, textOf, unreachable } from './blocks.ts'
import type { Block, Cell, Language, Part, Sheet, Text } from './blocks.ts'
import { pageNotes } from './words.ts'
import { writeDeflated } from './zip.ts'

/** What every page of one filing carries in its header and footer. */
export interface Imprint {
  readonly simulated: boolean
  readonly reference: string
  readonly filedOn: LegalDate
  /** English of single answers, by path or by their Chinese, for the reading copies. */
  readonly english: Readonly<Record<string, string>>
}

/**
 * Sets a sheet as .docx (ECMA-376, transitional): the Guide's typography written out on every run, each answer a content
 * control whose tag is its path, inside a bookmark that says the same. Written by hand because the same input must give the same bytes and a report may have
 * ten thousand rows.
 */
export function writeWord(sheet: Sheet, imprint: Imprint, language: Language): Uint8Array {
  const setter = new Setter(sheet, imprint, language)
  const body = sheet.blocks.map((block) => Buffer.from(setter.block(block)))
  const size = sheet.landscape ? { ...a4, width: a4.height, height: a4.width } : a4
  const section =
    '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/><w:footerReference w:type="default" r:id="rId2"/>' +
    `<w:pgSz w:w="${size.width}" w:h="${size.height}"${sheet.landscape ? ' w:orient="landscape"' : ''}/>` +
    `<w:pgMar w:top="${margins.top}" w:right="${margins.right}" w:bottom="${margins.bottom}" w:left="${margins.left}" w:header="567" w:footer="720" w:gutter="0"/></w:sectPr>`
  const name = sheet.name[language]
  return writeDeflated(
    {
      '[Content_Types].xml': contentTypes,
      '_rels/.rels': packageRelations,
      'docProps/core.xml': coreProperties(name, imprint),
      'word/_rels/document.xml.rels': documentRelations,
      'word/document.xml': [
        Buffer.from(`${xmlHead}<w:document ${namespaces}><w:body>`),
        ...body,
        Buffer.from(`${section}</w:body></w:document>`),
      ],
      'word/footer1.xml': `${xmlHead}<w:ftr ${namespaces}>${setter.footer()}</w:ftr>`,
      'word/header1.xml': `${xmlHead}<w:hdr ${namespaces}>${setter.header()}</w:hdr>`,
      'word/settings.xml': settings,
      'word/styles.xml': styles,
    },
    imprint.filedOn,
  )
}

/** The bookmark around the answer of a path: paths are longer than the 40 characters a bookmark may have. Repeats end in `_2`, `_3` … */
export const bookmarkOf = (key: string): string => `tg_${hash('sha256', key).slice(0, 16)}`

// --- typography (Guide v3, notes to annexes 3 and 4) -----------------------------------------------------------------

/** 四号. */
const bodyHalfPoints = 28
/** Table text of long lists, 五号: six columns of 四号 do not fit an A4 page. A style too, because LibreOffice sets controls by it. */
const tableHalfPoints = 21
const twipsPerPoint = 20

export const typography = {
  form: { line: 16 * twipsPerPoint, cellLine: 16 * twipsPerPoint, cellHalfPoints: bodyHalfPoints },
  report: { line: 26 * twipsPerPoint, cellLine: 16 * twipsPerPoint, cellHalfPoints: tableHalfPoints },
} as const satisfies Record<Sheet['style'], object>

const fonts = { body: '仿宋_GB2312', first: '黑体', second: '楷体', third: '仿宋_GB2312' } as const
const a4 = { width: 11_906, height: 16_838 }
const margins = { top: 1440, bottom: 1440, left: 1803, right: 1803 } // 2.54 and 3.18 cm

const headings = {
  1: { font: fonts.first, bold: false },
  2: { font: fonts.second, bold: true },
  3: { font: fonts.third, bold: true },
} as const

interface Run {
  readonly font?: string
  readonly size?: number
  readonly bold?: boolean
  readonly colour?: string
}

class Setter {
  readonly #imprint: Imprint
  readonly #language: Language
  readonly #type: (typeof typography)[Sheet['style']]
  readonly #textWidth: number
  #controls = 0
  readonly #marked = new Map<string, number>()

  constructor(sheet: Sheet, imprint: Imprint, language: Language) {
    this.#imprint = imprint
    this.#language = language
    this.#type = typography[sheet.style]
    this.#textWidth = (sheet.landscape ? a4.height : a4.width) - margins.left - margins.right
  }

  block(block: Block): string {
    const { line, cellHalfPoints } = this.#type
    switch (block.kind) {
      case 'title':
        return paragraphXml(
          `${spacing(720)}${centre}`,
          this.#runs([{ text: block.text }], { font: fonts.first, size: 44 }),
        )
      case 'heading': {
        const run = headings[block.level]
        const properties = `<w:pStyle w:val="Heading${block.level}"/><w:keepNext/>${spacing(line)}${twoCharacters}`
        return paragraphXml(properties, this.#runs([{ text: block.text }], run))
      }
      case 'paragraph':
        return paragraphXml(
          `${block.boxed ? `<w:keepLines/>${box}` : ''}${spacing(line)}${twoCharacters}`,
          this.#runs(block.parts, {}),
        )
      case 'centred':
        return paragraphXml(`${spacing(line)}${centre}`, this.#runs(block.parts, {}))
      case 'fields': {
        const rows = block.rows.map(({ label, value }) =>
          this.#row([[[{ text: label }]], [value]], [3, 7], [fonts.first]),
        )
        return this.#table([3, 7], rows.join(''))
      }
      case 'table': {
        const heads = block.head.map((): string => fonts.first)
        const head = this.#row(
          block.head.map((text: Text): Cell => [[{ text }]]),
          block.widths,
          heads,
          true,
        )
        return this.#table(block.widths, head + block.rows.map((row) => this.#row(row, block.widths, [])).join(''))
      }
      case 'space':
        return paragraphXml(spacing(line), '').repeat(block.lines)
      case 'page-break':
        return `<w:p><w:r><w:rPr>${face(fonts.body)}<w:sz w:val="${cellHalfPoints}"/></w:rPr><w:br w:type="page"/></w:r></w:p>`
      default:
        return unreachable(block)
    }
  }

  header(): string {
    const { simulated } = this.#imprint
    const lines = simulated
      ? [
          paragraphXml(
            centre,
            this.#runs([{ text: pageNotes.simulated }], { font: fonts.first, size: 24, bold: true, colour: 'C00000' }),
          ),
        ]
      : []
    const notes = this.#language === 'en' ? [pageNotes.readingCopy, pageNotes.ownLayout] : [pageNotes.ownLayout]
    return [...lines, ...notes.map((text) => paragraphXml(centre, this.#runs([{ text }], { size: 18 })))].join('')
  }

  footer(): string {
    const small = { size: 18 }
    const { simulated, reference } = this.#imprint
    const word = (zh: string, en: string) => this.#runs([{ text: { zh, en } }], small)
    const field = (code: string) =>
      ['begin', code, 'separate', '1', 'end']
        .map((step) => {
          const inner =
            step === code
              ? `<w:instrText xml:space="preserve">${code}</w:instrText>`
              : step === '1'
                ? '<w:t>1</w:t>'
                : `<w:fldChar w:fldCharType="${step}"/>`
          return `<w:r><w:rPr>${face(fonts.body)}<w:sz w:val="18"/></w:rPr>${inner}</w:r>`
        })
        .join('')
    return paragraphXml(
      centre,
      word(`${reference}　第`, `${reference}  page `) +
        field('PAGE') +
        word('页，共', ' of ') +
        field('NUMPAGES') +
        word('页', '') +
        (simulated ? word(`　${pageNotes.simulated.zh}`, `  ${pageNotes.simulated.en}`) : ''),
    )
  }

  #runs(parts: readonly Part[], run: Run | null): string {
    return parts.map((part) => this.#part(part, run)).join('')
  }

  #part(part: Part, run: Run | null): string {
    const runs = this.#run(printable(textOf(part, this.#language, this.#imprint.english)), run)
    if (part.key === undefined || this.#language !== 'zh') return runs
    this.#controls += 1
    const tag = escape(part.key)
    // Ten thousand rows: in a table the style says what a run would say again.
    const look = run === null ? '' : `${properties(run)}<w:alias w:val="${tag}"/>`
    const mark = this.#bookmark(part.key)
    return `${mark.start}<w:sdt><w:sdtPr>${look}<w:tag w:val="${tag}"/><w:id w:val="${this.#controls}"/></w:sdtPr><w:sdtContent>${runs}</w:sdtContent></w:sdt>${mark.end}`
  }

  // LibreOffice 7.4 drops the tags of controls when it saves, and doubles the text of plain-text ones; bookmarks it keeps.
  #bookmark(key: string): { readonly start: string; readonly end: string } {
    const name = bookmarkOf(key)
    const times = (this.#marked.get(name) ?? 0) + 1
    this.#marked.set(name, times)
    const id = this.#controls
    const unique = times === 1 ? name : `${name}_${times}`
    return { start: `<w:bookmarkStart w:id="${id}" w:name="${unique}"/>`, end: `<w:bookmarkEnd w:id="${id}"/>` }
  }

  #run(text: string, run: Run | null): string {
    const look = run === null ? '' : properties(run)
    if (!/[\r\n]/.test(text)) return `<w:r>${look}<w:t xml:space="preserve">${escape(text)}</w:t></w:r>`
    return text
      .split(/\r\n|\r|\n/)
      .map(
        (part, index) =>
          `<w:r>${look}${index === 0 ? '' : '<w:br/>'}<w:t xml:space="preserve">${escape(part)}</w:t></w:r>`,
      )
      .join('')
  }

  #row(cells: readonly Cell[], widths: readonly number[], fontsOf: readonly string[], header = false): string {
    const columns = this.#shares(widths)
    const { cellLine, cellHalfPoints } = this.#type
    const styled = cellHalfPoints === tableHalfPoints
    const paragraphLook = styled ? '<w:pStyle w:val="TableText"/>' : spacing(cellLine)
    const set = cells.map((cell, index) => {
      const font = fontsOf[index]
      const run = styled && font === undefined ? null : { font: font ?? fonts.body, size: cellHalfPoints }
      const paragraphs = cell.map((parts) => paragraphXml(paragraphLook, this.#runs(parts, run)))
      return `<w:tc><w:tcPr><w:tcW w:w="${columns[index] ?? 0}" w:type="dxa"/></w:tcPr>${paragraphs.join('') || paragraphXml(paragraphLook, '')}</w:tc>`
    })
    return `<w:tr><w:trPr><w:cantSplit/>${header ? '<w:tblHeader/>' : ''}</w:trPr>${set.join('')}</w:tr>`
  }

  #table(widths: readonly number[], rows: string): string {
    const columns = this.#shares(widths).map((width) => `<w:gridCol w:w="${width}"/>`)
    return `<w:tbl><w:tblPr><w:tblW w:w="${this.#textWidth}" w:type="dxa"/>${borders}<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>${columns.join('')}</w:tblGrid>${rows}</w:tbl>${paragraphXml(spacing(this.#type.line), '')}`
  }

  #shares(parts: readonly number[]): readonly number[] {
    const whole = parts.reduce((sum, part) => sum + part, 0)
    return parts.map((part) => Math.floor((this.#textWidth * part) / whole))
  }
}

function properties({ font = fonts.body, size = bodyHalfPoints, bold = false, colour }: Run): string {
  return `<w:rPr>${face(font)}${bold ? '<w:b/><w:bCs/>' : ''}${colour ? `<w:color w:val="${colour}"/>` : ''}<w:sz w:val="${size}"/><w:szCs w:val="${size}"/></w:rPr>`
}

// Without `eastAsia` Word sets Chinese in its own default; the hint gives it the quotation marks as well.
const face = (eastAsia: string) =>
  `<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="${eastAsia}" w:hint="eastAsia"/>`
const spacing = (twips: number) => `<w:spacing w:before="0" w:after="0" w:line="${twips}" w:lineRule="exact"/>`
const centre = '<w:jc w:val="center"/>'
// In characters for Word, in twips for programs that do not know them.
const twoCharacters = `<w:ind w:firstLineChars="200" w:firstLine="${2 * 14 * twipsPerPoint}"/>`
const edges = (tag: string, sides: readonly string[], size: number) =>
  `<w:${tag}>${sides.map((side) => `<w:${side} w:val="single" w:sz="${size}" w:space="${tag === 'pBdr' ? 4 : 0}" w:color="000000"/>`).join('')}</w:${tag}>`
const box = edges('pBdr', ['top', 'left', 'bottom', 'right'], 12)
const borders = edges('tblBorders', ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'], 4)

function paragraphXml(properties: string, runs: string): string {
  return `<w:p><w:pPr>${properties}</w:pPr>${runs}</w:p>`
}

export function escape(text: string): string {
  if (!/[&<>"]/.test(text)) return text
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

// --- the package -----------------------------------------------------------------------------------------------------

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const namespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageNs = 'http://schemas.openxmlformats.org/package/2006'
const wordType = (part: string) => `application/vnd.openxmlformats-officedocument.wordprocessingml.${part}+xml`

const contentTypes = `${xmlHead}<Types xmlns="${packageNs}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${(
  [
    ['/word/document.xml', wordType('document.main')],
    ['/word/styles.xml', wordType('styles')],
    ['/word/settings.xml', wordType('settings')],
    ['/word/header1.xml', wordType('header')],
    ['/word/footer1.xml', wordType('footer')],
    ['/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'],
  ] as const
)
  .map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`)
  .join('')}</Types>`

const relations = (rows: readonly (readonly [type: string, target: string])[]) =>
  `${xmlHead}<Relationships xmlns="${packageNs}/relationships">${rows
    .map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`)
    .join('')}</Relationships>`

const packageRelations = relations([
  [`${office}/officeDocument`, 'word/document.xml'],
  [`${packageNs}/relationships/metadata/core-properties`, 'docProps/core.xml'],
])
const documentRelations = relations([
  [`${office}/header`, 'header1.xml'],
  [`${office}/footer`, 'footer1.xml'],
  [`${office}/styles`, 'styles.xml'],
  [`${office}/settings`, 'settings.xml'],
])

const styles = `${xmlHead}<w:styles ${namespaces}><w:docDefaults><w:rPrDefault><w:rPr>${face(fonts.body)}<w:sz w:val="${bodyHalfPoints}"/><w:szCs w:val="${bodyHalfPoints}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="paragraph" w:styleId="TableText"><w:name w:val="Table Text"/><w:basedOn w:val="Normal"/><w:pPr>${spacing(typography.report.cellLine)}</w:pPr><w:rPr>${face(fonts.body)}<w:sz w:val="${tableHalfPoints}"/><w:szCs w:val="${tableHalfPoints}"/></w:rPr></w:style>${(
  [1, 2, 3] as const
)
  .map(
    (level) =>
      `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:outlineLvl w:val="${level - 1}"/></w:pPr><w:rPr>${face(headings[level].font)}${headings[level].bold ? '<w:b/><w:bCs/>' : ''}</w:rPr></w:style>`,
  )
  .join('')}</w:styles>`
const settings = `${xmlHead}<w:settings ${namespaces}><w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

function coreProperties(name: string, { filedOn, simulated }: Imprint): string {
  const day = `${filedOn}T00:00:00Z`
  const note = simulated ? pageNotes.simulated.zh : pageNotes.ownLayout.zh
  return `${xmlHead}<cp:coreProperties xmlns:cp="${packageNs}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escape(name)}</dc:title><dc:creator>Tongguan</dc:creator><dc:description>${escape(note)}</dc:description><cp:lastModifiedBy>Tongguan</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">${day}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${day}</dcterms:modified></cp:coreProperties>`
}
