import { z } from 'zod'
import { BoundsSchema } from './export-facts.ts'

const path = z.enum([
  'assessment',
  'contract-or-certification',
  'exempt',
  'not-an-export',
  'state-secrets-regime',
  'prohibited',
  'unknown',
])

const reason = z.looseObject({
  instrument: z.string(),
  article: z.int(),
  paragraph: z.int().exactOptional(),
  item: z.int().exactOptional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), BoundsSchema, z.null()])),
  zh: z.string(),
  en: z.string(),
})

/** `tongguan/determination/1`: the legal path with its reasons. */
export const DeterminationSchema = z.looseObject({
  schema: z.literal('tongguan/determination/1'),
  on: z.string(),
  rules: z.string(),
  path,
  strictPath: path,
  mayProceed: z.enum(['no', 'after-duties', 'unknown']),
  available: z.array(
    z.object({ route: z.enum(['standard-contract', 'gba-contract', 'certification']), from: z.string() }),
  ),
  alsoRequired: z.array(
    z.enum([
      'notice',
      'separate-consent',
      'impact-assessment',
      'safeguards',
      'human-genetic-resources-report',
      'human-genetic-resources-security-review',
      'competent-authority-approval',
      'export-control-licence',
      'identify-important-data',
    ]),
  ),
  missing: z.array(z.string()),
  certainty: z.enum(['primary', 'secondary', 'memory', 'contested', 'asserted-by-handler']),
  flows: z.array(z.object({ id: z.string(), path, because: z.array(reason) })),
  because: z.array(reason),
  margin: z.object({ general: z.int().nullable(), sensitive: z.int().nullable(), next: path }).nullable(),
  wouldChange: z.array(z.object({ fact: z.string(), to: z.union([z.string(), z.number(), z.boolean()]), path })),
})
