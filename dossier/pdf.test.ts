import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { textOf } from './blocks.ts'
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
