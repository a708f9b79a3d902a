import { z } from 'zod'
import { CertaintySchema as certainty, CitationSchema as citation } from './citation.ts'
import { BoundsSchema } from './export-facts.ts'

export const path = z.enum([
  'assessment',
  'contract-or-certification',
  'exempt',
  'not-an-export',
  'state-secrets-regime',
  'prohibited',
  'unknown',
])

const reason = citation.extend({
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), BoundsSchema, z.null()])),
  zh: z.string(),
  en: z.string(),
})

const count = z.union([z.int(), BoundsSchema, z.null()])

const yesNo = z.enum(['yes', 'no', 'unknown'])

/** Where an exemption is claimed: each condition answered on its own. */
const exemption = z.looseObject({
  claim: z.string(),
  inForce: z.boolean(),
  conditions: z.array(z.object({ condition: z.string(), needs: z.enum(['yes', 'no']), answer: yesNo })),
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
    z.looseObject({
      route: z.enum(['standard-contract', 'gba-contract', 'certification']),
      from: z.string(),
      citation,
      certainty,
    }),
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
      'representative-in-china',
    ]),
  ),
  missing: z.array(z.string()),
  certainty,
  flows: z.array(
    z.looseObject({ id: z.string(), path, because: z.array(reason), exemption: exemption.exactOptional() }),
  ),
  because: z.array(reason),
  notLawfulAsDescribed: z.boolean(),
  alsoMissing: z.array(z.string()),
  straddled: z.array(z.looseObject({ fact: z.string(), line: z.int(), lower: z.int(), upper: z.int().nullable() })),
  counted: z.looseObject({
    window: z.enum(['since1January', 'since1JanuaryLastYear']),
    from: z.string(),
    general: count,
    sensitive: count,
  }),
  openPoints: z.array(z.object({ id: z.string(), zh: z.string(), en: z.string() })),
  warnings: z.array(z.object({ zh: z.string(), en: z.string() })),
  margin: z.object({ general: z.int().nullable(), sensitive: z.int().nullable(), next: path }).nullable(),
  wouldChange: z.array(z.object({ fact: z.string(), to: z.union([z.string(), z.number(), z.boolean()]), path })),
})
