import { catalogues } from '@tongguan/law'
import type { CatalogueId, CatalogueRow, LegalDate } from '@tongguan/law'
import { z } from 'zod'
import { CertaintySchema } from './citation.ts'
import { DaySchema } from './export-facts.ts'

/** One row of a list an office loads (`tongguan law import-list`). */
export const CatalogueRowSchema: z.ZodType<CatalogueRow> = z
  .strictObject({
    catalogue: z.enum(Object.keys(catalogues) as [CatalogueId, ...CatalogueId[]]),
    scope: z.string().min(1).describe('The zone, the sector, or `all`'),
    instrument: z.string().min(1),
    version: z.string().min(1),
    entry: z.string().min(1).describe('Number of the entry in the list'),
    item: z.string().min(1).describe('Name of the data item, or of the recipient'),
    from: DaySchema,
    to: DaySchema.exactOptional().describe('Last day; left out while it is in force'),
    source: z.string().min(1).describe('Where the list can be read'),
    certainty: CertaintySchema,
  })
  .refine(({ from, to }) => to === undefined || from <= to, {
    message: 'expected the last day (to) not before the first (from)',
    path: ['to'],
    params: {
      words: { zh: '最后一日不能早于第一日（from）', en: 'expected the last day not before the first (from)' },
    },
  })
  .transform(
    (row) => ({ ...row, from: row.from as LegalDate, ...(row.to ? { to: row.to as LegalDate } : {}) }) as CatalogueRow,
  )

export const catalogueColumns = [
  'catalogue',
  'scope',
  'instrument',
  'version',
  'entry',
  'item',
  'from',
  'to',
  'source',
  'certainty',
] as const

export const catalogueExample = `catalogue,scope,instrument,version,entry,item,from,to,source,certainty
ftz-negative-list,beijing,北京自贸区负面清单（示例）,2025,3-12,车辆轨迹,2026-05-08,,https://example.org/list,primary`
