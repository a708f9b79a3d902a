import type { LegalDate, PastDetermination } from '@tongguan/law'
import { z } from 'zod'
import { DaySchema, ExportFactsSchema, factsExample } from './export-facts.ts'

/** One entry of a register of past determinations: `id` may be left out where the file's name says it. */
export const PastDeterminationSchema = z.strictObject({
  id: z.string().min(1).exactOptional(),
  on: DaySchema.refine((day) => day >= '2022-09-01', {
    params: { words: { zh: '应为 2022-09-01 或以后的日期', en: 'expected a day from 2022-09-01 on' } },
  }),
  facts: ExportFactsSchema,
})

export function pastDetermination(entry: z.output<typeof PastDeterminationSchema>, name: string): PastDetermination {
  return { id: entry.id ?? name, on: entry.on as LegalDate, facts: entry.facts }
}

export const pastDeterminationExample = `# 只有事实的文件：另用 --was 给出判定日 / files of facts alone: give their day with --was
on: 2023-07-01
facts:
${factsExample.replaceAll(/^/gm, '  ')}`
