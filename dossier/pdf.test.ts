import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { paragraph, space, table, textOf, w } from './blocks.ts'
import type { Language, Sheet } from './blocks.ts'
import { compose } from './compose.ts'
import { aCase } from './makers.ts'
import { openPdfFonts, writePdf } from './pdf.ts'
import { pageNotes } from './words.ts'

const dossier = compose(aCase())
const sheetOf = (kind: string): Sheet => {
  const paper = dossier.papers.find((one) => one.kind === kind)
  if (!paper) throw new Error(`no ${kind}`)
  return paper.sheet
}
const squeezed = (text: string) => text.replaceAll(/\s/g, '')

async function pagesOf(kind: string, language: Language): Promise<readonly string[]> {
  const bytes = await writePdf(sheetOf(kind), dossier, language, openPdfFonts())
  const { text } = await extractText(await getDocumentProxy(Uint8Array.from(bytes)))
  return text.map(squeezed)
}

test.for(['declaration-form', 'self-assessment-report', 'data-items', 'completeness-list'])(
  'the PDF of the %s says what its blocks say, in both languages',
  async (kind) => {
    for (const language of ['zh', 'en'] as const) {
      const text = (await pagesOf(kind, language)).join('')
      for (const block of sheetOf(kind).blocks) {
        const said =
          block.kind === 'title' || block.kind === 'heading'
            ? [textOf({ text: block.text }, language, {})]
            : block.kind === 'fields'
              ? block.rows.map(({ label }) => textOf({ text: label }, language, {}))
              : []
        for (const one of said.filter((words) => words.length < 20)) expect(text).toContain(squeezed(one))
      }
    }
  },
)

test('every page says that it is a reading copy in substitute fonts, no official template, and simulated', async () => {
  for (const language of ['zh', 'en'] as const) {
    for (const page of await pagesOf('self-assessment-report', language)) {
      expect(page).toContain(squeezed(pageNotes.substituteFonts[language]))
      expect(page).toContain(squeezed(pageNotes.ownLayout[language]))
      expect(page).toContain(squeezed(pageNotes.simulated[language]))
      if (language === 'en') expect(page).toContain(squeezed(pageNotes.readingCopy.en))
    }
  }
})

test('no English word is cut, no bracket hangs at the end of a line and no mark stands at the start of one', async () => {
  const words = ['penetration', 'follow-up', '(CSV),', '(in', 'patients)', 'study.', 'a', 'of', 'centre;', 'analysis']
  // Lines end at every place of a word, because ten words of different lengths are turned round and round.
  const text = Array.from({ length: 400 }, (_, index) => words[(index * 7 + Math.floor(index / 10)) % 10]).join(' ')
  const sheet: Sheet = { style: 'report', name: w('文', 'Text'), blocks: [paragraph(w('文', text))] }
  const bytes = await writePdf(sheet, dossier, 'en', openPdfFonts())
  const { text: pages } = await extractText(await getDocumentProxy(Uint8Array.from(bytes)))
  const printed = pages.join('\n').split(/\s+/)
  expect(
    new Set(printed.filter((word) => words.some((one) => one !== word && word !== 'a' && one.startsWith(word)))),
  ).toEqual(new Set())
  for (const word of words) expect(printed).toContain(word)
})

test('a table that begins at the foot of a page takes its head along to the next', async () => {
  const tall = w('行', Array.from({ length: 60 }, () => 'row').join(' '))
  const sheet: Sheet = {
    style: 'form',
    name: w('表', 'Table'),
    blocks: [space(38), table([1, 3], [w('序', 'Head'), w('文', 'Text')], [['1', tall]])],
  }
  const bytes = await writePdf(sheet, dossier, 'en', openPdfFonts())
  const { text } = await extractText(await getDocumentProxy(Uint8Array.from(bytes)))
  expect(text.map((page) => [page.includes('Head'), page.includes('row')])).toEqual([
    [false, false],
    [true, true],
  ])
})
