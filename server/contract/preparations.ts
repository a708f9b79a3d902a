import { z } from '@hono/zod-openapi'
import type { Change, Json } from '@tongguan/dossier'
import { sectionIds } from '@tongguan/dossier'
import { WordsSchema, list } from './http.ts'

const path = z.string().max(300)

// z.json() refers to itself, which the printer of the description cannot follow.
const value = z
  .custom<Json>((given) => given !== undefined)
  .openapi({
    type: ['string', 'number', 'boolean', 'array', 'object', 'null'],
    description: 'What is answered; null where it is not answered, or does not apply',
  })

export const ChangeSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('set'), path, value }),
    z.strictObject({ kind: z.literal('append'), path, value }).describe('A new member at the end of a list'),
    z.strictObject({ kind: z.literal('remove'), path }).describe('Takes a member out of a list'),
  ])
  .openapi('Change') satisfies z.ZodType<Change>

export const RevisionSchema = z
  .object({
    n: z.int(),
    by: z.string(),
    at: z.iso.datetime(),
    key: z.string().describe('The Idempotency-Key it was sent with'),
    changes: list(ChangeSchema),
  })
  .openapi('Revision')

const summary = {
  preparation: z.string(),
  reference: z.string().nullable(),
  scenarios: list(z.string()),
  revision: z.int(),
  changedAt: z.iso.datetime(),
  changedBy: z.string(),
}

export const PreparationListSchema = z
  .object({ preparations: list(z.object(summary)), next: z.string().nullable() })
  .openapi('PreparationList')

export const PreparationSchema = z
  .object({
    ...summary,
    tree: value.describe('The answers, with the facts under `facts`'),
    hasEvidence: z.boolean(),
  })
  .openapi('Preparation')

export const StartSchema = z
  .strictObject({
    example: z.string().exactOptional().describe('A worked example to begin with; marked as simulated'),
    facts: z.string().exactOptional().describe('The text of facts.yaml'),
    evidence: z.string().exactOptional().describe('The text of evidence.json, as the scan wrote it'),
  })
  .openapi('StartPreparation')

export const ReviseSchema = z
  .strictObject({ changes: z.array(ChangeSchema).min(1).max(500) })
  .openapi('RevisePreparation')

export const SavedSchema = z.object({ revision: z.int(), at: z.iso.datetime() }).openapi('SavedRevision')

export const PreparationCheckSchema = z
  .object({
    revision: z.int(),
    validator: z.object({ name: z.string(), version: z.string() }),
    compared: z
      .boolean()
      .describe('False while answers are missing: what is there was not held against each other yet'),
    pathWords: WordsSchema.nullable().describe('Where the facts lead; null while they do not read'),
    sections: list(
      z.object({
        section: z.enum(sectionIds),
        state: z.enum(['not-started', 'in-progress', 'complete', 'needs-attention']),
        missing: z.int(),
        errors: z.int(),
        warnings: z.int(),
      }),
    ),
    findings: list(
      z.object({
        code: z.string(),
        severity: z.enum(['error', 'warning']),
        where: z.string(),
        section: z.enum(sectionIds),
        words: WordsSchema,
      }),
    ),
  })
  .openapi('PreparationCheck')
