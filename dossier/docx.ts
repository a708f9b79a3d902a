import { createHash } from 'node:crypto'
import type { DocumentKind } from '@tongguan/law'
import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  LineRuleType,
  Packer,
  PageBreak,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { IParagraphOptions, IRunOptions } from 'docx'
import { unzipSync, zipSync } from 'fflate'
import type { Zippable } from 'fflate'
import type { Block, Field, Sheet } from './blocks.ts'
import type { Dossier } from './compose.ts'
import { pageNotes } from './words.ts'

/** One written document: where it belongs among the materials, its name, its bytes and their SHA-256 in hex. */
export interface WrittenFile {
  readonly kind: DocumentKind
  readonly fileName: string
  readonly bytes: Uint8Array
  readonly sha256: string
}

/**
 * Writes the dossier's documents as .docx: declaration form, self-assessment report, completeness list and, in a
 * simulation, the stand-ins. The same dossier gives the same bytes.
 */
export async function writeDocuments(dossier: Dossier): Promise<readonly WrittenFile[]> {
  const sheets: readonly (readonly [DocumentKind, Sheet])[] = [
    ['declaration-form', dossier.form],
    ['self-assessment-report', dossier.report],
    ['completeness-list', dossier.completenessList],
    ...dossier.standIns.map((sheet) => [sheet.material, sheet] as const),
  ]
  return Promise.all(
    sheets.map(async ([kind, sheet]) => {
      const bytes = await writeSheet(sheet, dossier)
      return { kind, fileName: sheet.fileName, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
    }),
  )
}

async function writeSheet(sheet: Sheet, dossier: Dossier): Promise<Uint8Array> {
  const type = typography[sheet.style]
  const document = new Document({
    title: sheet.title,
    creator: 'Tongguan',
    lastModifiedBy: 'Tongguan',
    description: dossier.simulated ? pageNotes.simulated.zh : pageNotes.ownLayout.zh,
    styles: { default: { document: { run: { font: fonts.body, size: bodyHalfPoints } } } },
    sections: [
      {
        properties: { page: { size: a4, margin: margins } },
        headers: { default: new Header({ children: headerLines(dossier) }) },
        footers: { default: new Footer({ children: [footerLine(dossier)] }) },
        children: sheet.blocks.flatMap((block) => setBlock(block, type)),
      },
    ],
  })
  return stillZip(await Packer.toBuffer(document), `${dossier.filedOn}T00:00:00Z`)
}

// --- typography (Guide v3, notes to annexes 3 and 4) -----------------------------------------------------------------

/** 四号. */
const bodyHalfPoints = 28
/** Table text of the report's item lists, 五号: six columns of 四号 do not fit an A4 page. */
const tableHalfPoints = 21
const twipsPerPoint = 20

const typography = {
  form: { line: 16 * twipsPerPoint, cellLine: 16 * twipsPerPoint, cellHalfPoints: bodyHalfPoints },
  report: { line: 26 * twipsPerPoint, cellLine: 16 * twipsPerPoint, cellHalfPoints: tableHalfPoints },
} as const satisfies Record<Sheet['style'], object>

type Typography = (typeof typography)[Sheet['style']]

// Without `eastAsia` Word sets Chinese in its own default; the hint gives it the quotation marks as well.
const face = (eastAsia: string) =>
  ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia, hint: 'eastAsia' }) as const
const fonts = { body: face('仿宋_GB2312'), first: face('黑体'), second: face('楷体'), third: face('仿宋_GB2312') }

const a4 = { width: 11_906, height: 16_838 }
const margins = { top: 1440, bottom: 1440, left: 1803, right: 1803, header: 720, footer: 720 } // 2.54 and 3.18 cm
const textWidth = a4.width - margins.left - margins.right

const headings = {
  1: { font: fonts.first, bold: false, level: HeadingLevel.HEADING_1 },
  2: { font: fonts.second, bold: true, level: HeadingLevel.HEADING_2 },
  3: { font: fonts.third, bold: true, level: HeadingLevel.HEADING_3 },
} as const

function setBlock(block: Block, type: Typography): readonly (Paragraph | Table)[] {
  switch (block.kind) {
    case 'title':
      return [line(block.text, { size: 44, font: fonts.first }, { ...centre, spacing: { line: 720, lineRule: exact } })]
    case 'heading': {
      const { font, bold, level } = headings[block.level]
      const options = { heading: level, keepNext: true, ...spaced(type.line), indent: twoCharacters }
      return [line(block.text, { font, bold, size: bodyHalfPoints, color: '000000' }, options)]
    }
    case 'paragraph':
      return [line(block.text, {}, { ...spaced(type.line), indent: twoCharacters })]
    case 'centred':
      return [line(block.text, {}, { ...centre, ...spaced(type.line) })]
    case 'fields':
      return [fieldTable(block.rows, type), spacer(type)]
    case 'table':
      return [gridTable(block, type), spacer(type)]
    case 'page-break':
      return [new Paragraph({ children: [new PageBreak()] })]
    default:
      return unreachable(block)
  }
}

const exact = LineRuleType.EXACT
const spaced = (twips: number) => ({ spacing: { line: twips, lineRule: exact, before: 0, after: 0 } })
const centre = { alignment: AlignmentType.CENTER } as const
// In characters for Word, in twips for programs that do not know them.
const twoCharacters = { firstLine: 2 * 14 * twipsPerPoint, firstLineChars: 200 }

function line(text: string, run: IRunOptions, options: IParagraphOptions): Paragraph {
  const runs = printable(text)
    .split(/\r\n|\r|\n/)
    .map((part, index) => {
      const newLine = index === 0 ? {} : { break: 1 }
      return new TextRun({ font: fonts.body, size: bodyHalfPoints, ...run, ...newLine, text: part })
    })
  return new Paragraph({ ...options, children: runs })
}

/** XML 1.0 has no place for control characters and lone surrogates: Word refuses to open a file that holds one. */
function printable(text: string): string {
  return text.toWellFormed().replaceAll(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}

function spacer(type: Typography): Paragraph {
  return line('', {}, spaced(type.line))
}

function fieldTable(rows: readonly Field[], type: Typography): Table {
  const widths = shares([3, 7])
  return tableOf(
    widths,
    rows.map(({ label, value }) =>
      cells([label, value], widths, type, (index) => (index === 0 ? fonts.first : fonts.body)),
    ),
  )
}

function gridTable({ head, widths: parts, rows }: Extract<Block, { kind: 'table' }>, type: Typography): Table {
  const widths = shares(parts)
  const headRow = cells(head, widths, type, () => fonts.first, { header: true })
  return tableOf(widths, [headRow, ...rows.map((row) => cells(row, widths, type, () => fonts.body))])
}

function tableOf(widths: readonly number[], rows: readonly TableRow[]): Table {
  return new Table({
    rows,
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    width: { size: textWidth, type: WidthType.DXA },
  })
}

function cells(
  texts: readonly string[],
  widths: readonly number[],
  type: Typography,
  font: (index: number) => IRunOptions['font'],
  { header = false } = {},
): TableRow {
  return new TableRow({
    tableHeader: header,
    cantSplit: header,
    children: texts.map(
      (text, index) =>
        new TableCell({
          width: { size: widths[index] ?? 0, type: WidthType.DXA },
          margins: { left: 80, right: 80, top: 40, bottom: 40 },
          children: [line(text, { font: font(index) ?? fonts.body, size: type.cellHalfPoints }, spaced(type.cellLine))],
        }),
    ),
  })
}

function shares(parts: readonly number[]): readonly number[] {
  const whole = parts.reduce((sum, part) => sum + part, 0)
  return parts.map((part) => Math.floor((textWidth * part) / whole))
}

function headerLines({ simulated }: Dossier): Paragraph[] {
  const small = { size: 18 }
  const own = line(pageNotes.ownLayout.zh, small, centre)
  if (!simulated) return [own]
  return [line(pageNotes.simulated.zh, { size: 24, bold: true, color: 'C00000', font: fonts.first }, centre), own]
}

const smallRun = (children: string[]) => new TextRun({ font: fonts.body, size: 18, children })

function footerLine({ reference, simulated }: Dossier): Paragraph {
  return new Paragraph({
    ...centre,
    children: [
      smallRun([`${reference}　第`, PageNumber.CURRENT, '页，共', PageNumber.TOTAL_PAGES, '页']),
      ...(simulated ? [smallRun([`　${pageNotes.simulated.zh}`])] : []),
    ],
  })
}

// --- the same bytes every time ---------------------------------------------------------------------------------------

/**
 * Zips the document again with its clocks stopped: docx writes the time of day into docProps/core.xml and into every
 * zip entry. Entries are sorted, because their order is not promised either.
 */
function stillZip(docx: Uint8Array, at: string): Uint8Array {
  const parts = unzipSync(docx)
  const still: Zippable = {}
  for (const name of Object.keys(parts).toSorted(contentTypesFirst)) {
    const bytes = parts[name]
    if (bytes)
      still[name] = [name === 'docProps/core.xml' ? stopClocks(bytes, at) : bytes, { level: 6, mtime: zipDay(at) }]
  }
  return zipSync(still)
}

function stopClocks(core: Uint8Array, at: string): Uint8Array {
  const text = new TextDecoder().decode(core)
  return new TextEncoder().encode(
    text.replaceAll(/(<dcterms:(created|modified)[^>]*>)[^<]*(<\/dcterms:\2>)/g, `$1${at}$3`),
  )
}

// Zip stores local wall-clock time: taken from the day's numbers, so that the machine's time zone does not show.
function zipDay(at: string): Date {
  const [year = 1980, month = 1, day = 1] = at.slice(0, 10).split('-').map(Number)
  return new Date(year, month - 1, day)
}

const partRank = (name: string) => (name === '[Content_Types].xml' ? 0 : 1)

// Office programs expect [Content_Types].xml in front.
function contentTypesFirst(a: string, b: string): number {
  return partRank(a) - partRank(b) || (a < b ? -1 : 1)
}

function unreachable(value: never): never {
  throw new Error(`no way to set ${JSON.stringify(value)}`)
}
