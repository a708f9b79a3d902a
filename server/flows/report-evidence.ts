import type { Evidence, Words } from '@tongguan/law'
import { evidencePage, evidenceWorkbook } from '@tongguan/dossier'

export type ReportFormat = 'html' | 'xlsx'

/** The format a report's file name asks for; undefined for any other. */
export function reportFormatOf(path: string): ReportFormat | undefined {
  const ending = /\.(html|xlsx)$/i.exec(path)?.[1]?.toLowerCase()
  return ending === 'html' || ending === 'xlsx' ? ending : undefined
}

/** The evidence as a page or a workbook for persons to read. */
export function evidenceReport(evidence: Evidence, format: ReportFormat, language: keyof Words): string | Uint8Array {
  return format === 'html' ? evidencePage(evidence, language) : evidenceWorkbook(evidence, language)
}
