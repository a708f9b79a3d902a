import { createHash } from 'node:crypto'
import type { Declaration } from '@tongguan/law'
import { isMaterial } from './compose.ts'
import type { Dossier, PaperKind } from './compose.ts'
import { openPdfFonts, writePdf } from './pdf.ts'
import type { Language } from './blocks.ts'
import { writeWord } from './word.ts'
import type { Imprint } from './word.ts'

/** One written document: where it belongs, its name, its bytes and their SHA-256 in hex. */
export interface WrittenFile {
  readonly kind: PaperKind
  readonly language: Language
  /** The Chinese .docx is what is sealed and filed; everything else is for reading. */
  readonly filed: boolean
  readonly fileName: string
  readonly bytes: Uint8Array
  readonly sha256: string
}

/**
 * Writes every paper four times: Chinese and English, .docx and PDF; or only the Chinese .docx that is filed. The same dossier gives the same bytes.
 *
 * @throws MissingGlyphError where a character has no glyph in the PDF fonts.
 */
export async function writeDocuments(
  dossier: Dossier,
  { only = 'all' }: { readonly only?: 'all' | 'filed' } = {},
): Promise<readonly WrittenFile[]> {
  const imprint: Imprint = dossier
  const written: WrittenFile[] = []
  for (const { kind, sheet } of dossier.papers) {
    for (const language of only === 'filed' ? (['zh'] as const) : (['zh', 'en'] as const)) {
      const add = (ending: string, bytes: Uint8Array) => {
        const filed = language === 'zh' && ending === 'docx'
        const name = `${sheet.name[language]}.${ending}`
        const fileName = language === 'zh' ? name : `english-reading-copies/${name}`
        written.push({ kind, language, filed, fileName, bytes, sha256: sha256(bytes) })
      }
      add('docx', writeWord(sheet, imprint, language))
      if (only === 'all') add('pdf', await writePdf(sheet, imprint, language, openPdfFonts()))
    }
  }
  return written
}

/** The declaration with the documents that `writeDocuments` wrote, by their SHA-256 and length. */
export function withDocuments({ declaration }: Dossier, written: readonly WrittenFile[]): Declaration {
  const added = written.flatMap(({ kind, filed, fileName, sha256, bytes }) =>
    filed && isMaterial(kind) ? [{ kind, file: fileName, sha256, bytes: bytes.length }] : [],
  )
  return { ...declaration, documents: [...declaration.documents, ...added] }
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
