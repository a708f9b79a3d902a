import type { Certainty, Citation } from '@tongguan/law'
import { z } from 'zod'

/** Where a rule stands. Looser than the law's own type: which instruments there are grows. */
export const CitationSchema = z.looseObject({
  instrument: z.string(),
  article: z.int(),
  annex: z.string().exactOptional(),
  paragraph: z.int().exactOptional(),
  item: z.int().exactOptional(),
}) satisfies z.ZodType<Omit<Citation, 'instrument'>>

/** How surely a rule's wording is known. */
export const CertaintySchema = z.enum([
  'primary',
  'secondary',
  'memory',
  'contested',
  'asserted-by-handler',
]) satisfies z.ZodType<Certainty>
