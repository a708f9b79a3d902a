import type { Limits } from '../bytes.ts'
import type { SourceFile } from '../sources.ts'
import type { Parts } from './parts.ts'
import { takeProperties, textsOf } from './workbook.ts'
import { openZip } from './zip-archive.ts'

/** Takes the paragraphs of a Word file, with headers, footers, notes and comments, one a row. Throws FileError. */
export async function takeWord(file: SourceFile, parts: Parts, _limits: Limits): Promise<void> {
  const zip = await openZip(file)
  try {
    const table = parts.table(null, 'docx', ['text'])
    try {
      for (const part of zip.entries.keys()) {
        if (!/^word\/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$/.test(part)) continue
        await textsOf(zip, part, ['w:p'], (text) => {
          if (text.trim() !== '') table.row([text])
        })
      }
    } finally {
      table.close()
    }
    await takeProperties(zip, parts, 'docx')
  } finally {
    zip.close()
  }
}
