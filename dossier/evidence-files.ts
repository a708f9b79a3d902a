// The report of a scan as an .xlsx workbook (ECMA-376) and as an HTML page. Whatever stands in a cell came out of somebody's
// file: it is text, never a formula, markup or a script.
import type { Evidence, Words } from '@tongguan/law'
import { strToU8, zipSync } from 'fflate'
import type { Zippable } from 'fflate'
import { reportOf } from './evidence-report.ts'
import type { ReportCell, ReportSheet } from './evidence-report.ts'

/** A workbook of the evidence, one sheet a table; the same evidence gives the same bytes. */
export function evidenceWorkbook(evidence: Evidence, language: keyof Words): Uint8Array {
  const report = reportOf(evidence, language)
  const cover: ReportSheet = { name: report.title, header: [report.title], rows: report.sentences.map((one) => [one]) }
  const sheets = [cover, ...report.sheets]
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${sheets.map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}</Types>`,
    '_rels/.rels': `${xml}<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/_rels/workbook.xml.rels': `${xml}<Relationships xmlns="${packageRelations}">${sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${xml}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf fontId="0"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
    'xl/workbook.xml': `${xml}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${sheets.map(({ name }, at) => `<sheet name="${escaped(name.slice(0, 31))}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
  }
  for (const [at, sheet] of sheets.entries()) parts[`xl/worksheets/sheet${at + 1}.xml`] = worksheet(sheet)
  const entries: Zippable = {}
  for (const [name, text] of Object.entries(parts)) entries[name] = [strToU8(text), { level: 6, mtime: noDay }]
  return zipSync(entries)
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'
// Zip entries carry local time and no zone: the same numbers everywhere, so that the bytes are the same everywhere.
const noDay = new Date(2000, 0, 1)
/** A workbook holds no more (ECMA-376, part 1, 18.3.1.73); what is beyond is said, not dropped in silence. */
const mostRows = 1_048_576
const longestCell = 32_767

function worksheet({ header, rows }: ReportSheet): string {
  const shown = rows.slice(0, mostRows - 2)
  const lines = [
    line(header, 1),
    ...shown.map((cells) => line(cells, 0)),
    ...(shown.length < rows.length ? [line([`+ ${rows.length - shown.length} …`], 1)] : []),
  ]
  const widths = header.map(
    (_, at) => `<col min="${at + 1}" max="${at + 1}" width="${at < 2 ? 28 : 18}" customWidth="1"/>`,
  )
  return `${xml}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>${lines.join('')}</sheetData></worksheet>`
}

function line(cells: readonly ReportCell[], style: 0 | 1): string {
  const one = (cell: ReportCell) =>
    typeof cell === 'number'
      ? `<c s="${style}"><v>${cell}</v></c>`
      : `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(harmless(cell).slice(0, longestCell))}</t></is></c>`
  return `<row>${cells.map(one).join('')}</row>`
}

/**
 * Text that no spreadsheet takes for a formula, also after it was saved as CSV: what begins like one gets an apostrophe in
 * front (OWASP, "CSV injection"); the wide signs of Chinese and Japanese keyboards are taken for the narrow ones there.
 */
export const harmless = (text: string): string => (/^\s*[=+\-@\t\r|%＝＋－＠]/.test(text) ? `'${text}` : text)

// XML 1.0 has no other control characters, not even escaped; half a surrogate pair is none either.
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

/** A page that stands alone: no script, no picture, nothing fetched. */
export function evidencePage(evidence: Evidence, language: keyof Words): string {
  const { title, sentences, sheets } = reportOf(evidence, language)
  const cell = (one: ReportCell) => (typeof one === 'number' ? `<td class="n">${one}</td>` : `<td>${escaped(one)}</td>`)
  const table = ({ name, header, rows }: ReportSheet) => `<section>
<h2>${escaped(name)} (${rows.length})</h2>
<div class="wide" tabindex="0" role="region" aria-label="${escaped(name)}"><table>
<thead><tr>${header.map((one) => `<th scope="col">${escaped(one)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((cells) => `<tr>${cells.map(cell).join('')}</tr>`).join('\n')}
</tbody></table></div>
</section>`
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; color: #1a1a1a; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: 13px; }
th, td { border: 1px solid #ccc; padding: .25rem .5rem; text-align: left; vertical-align: top; }
th { background: #f2f2f2; } .n { text-align: right; font-variant-numeric: tabular-nums; }
@media print { .wide { overflow: visible; } body { margin: 0; } }
</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${sentences.map((one) => `<p>${escaped(one)}</p>`).join('\n')}
${sheets.map(table).join('\n')}
</main>
</body>
</html>
`
}
