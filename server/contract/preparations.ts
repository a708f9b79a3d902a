import { z } from '@hono/zod-openapi'
import type { Change, Json } from '@tongguan/dossier'
import { sectionIds } from '@tongguan/dossier'
import { CaseSummarySchema } from './cases.ts'
import { EvidenceSchema } from './evidence.ts'
import { DaySchema, WordsSchema, list, printable } from './http.ts'

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

const who = { by: z.string(), at: z.iso.datetime() }

export const PreparationFilesSchema = z
  .object({
    files: list(
      z.object({
        file: z.string().describe('Its number, for its address'),
        purpose: z.enum(['evidence', 'document']),
        fileName: z.string(),
        path: z.string().describe('What the answers name a document by'),
        bytes: z.int(),
        sha256: z.string(),
        inUse: z.boolean().describe('False once another of its name, or other evidence, was attached'),
        ...who,
      }),
    ).describe('In the order they were attached; nothing is taken out'),
  })
  .openapi('PreparationFiles')

export const AttachSchema = z
  .strictObject({
    upload: z.string().describe('A finished upload of the same account'),
    purpose: z.enum(['evidence', 'document']),
  })
  .openapi('AttachFile')

export const PreparationEvidenceSchema = z
  .object({
    evidence: EvidenceSchema.nullable().describe(
      'With its masked samples: the handler’s own; null where none is attached',
    ),
    kinds: z.record(z.string(), WordsSchema).describe('The words of every kind that occurs'),
  })
  .openapi('PreparationEvidence')

const BundleSchema = z
  .object({
    bundle: z.int(),
    revision: z.int().describe('Of which it was written'),
    round: z.int(),
    day: DaySchema.describe('The day of filing it states'),
    fileName: z.string(),
    bytes: z.int(),
    sha256: z.string(),
    href: z.string(),
    ...who,
  })
  .openapi('PreparationBundle')

export const SubmissionSchema = z
  .object({
    opensCases: z.boolean().describe('Whether an authority is served here; if not, the signed bundle is carried to it'),
    signers: list(z.object({ name: z.string(), keyId: z.string(), suite: z.enum(['EdDSA', 'SM2']) })).describe(
      'Whose signatures are believed here',
    ),
    bundles: list(BundleSchema).describe('The newest first'),
    filings: list(
      z.object({
        bundle: z.int(),
        revision: z.int(),
        round: z.int(),
        day: DaySchema,
        sha256: z.string().describe('Of the signed bundle'),
        href: z.string().describe('The signed bundle'),
        signedBy: list(z.string()),
        case: CaseSummarySchema.nullable().describe('Null where it was carried to its office'),
        ...who,
      }),
    ).describe('The newest first'),
  })
  .openapi('Submission')

export const FileBundleSchema = z
  .strictObject({
    bundle: z.int().min(1),
    upload: z.string().describe('The same bundle, signed'),
  })
  .openapi('FilePreparation')

export const CommentsSchema = z
  .object({
    comments: list(z.object({ n: z.int(), place: z.string(), words: z.string(), ...who })).describe('In order'),
  })
  .openapi('PreparationComments')

export const CommentSchema = z
  .strictObject({ place: path.min(1).describe('The path of the field'), words: printable.max(4000) })
  .openapi('CommentOnPreparation')
