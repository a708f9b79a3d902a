import { kinds } from '@tongguan/law'
import type { Evidence, Kind } from '@tongguan/law'
import { z } from 'zod'

export const KindSchema = z.enum(Object.keys(kinds) as [Kind, ...Kind[]])

const count = z.int().min(0)
const interval = { lower: count, point: count, upper: count }

/** `tongguan/evidence/1`: what a scan found. Counts, categories and masked samples only. */
export const EvidenceSchema = z.object({
  schema: z.literal('tongguan/evidence/1'),
  engine: z.object({
    kind: z.enum(['embedded', 'cluster']),
    version: z.string(),
    nodes: count,
    contained: z.enum(['process', 'bubblewrap']).exactOptional(),
  }),
  rules: z.object({
    on: z.string(),
    packs: z.array(z.string()),
    detectors: z.string(),
    secondary: z.array(z.string()).exactOptional().describe('Packs known from secondary sources only'),
  }),
  scanned: z.object({ bytes: count, rows: count, files: count, seconds: z.number(), complete: z.boolean() }),
  files: z.array(
    z.object({
      path: z.string(),
      format: z.enum([
        'csv',
        'tsv',
        'parquet',
        'ndjson',
        'json',
        'fhir',
        'xlsx',
        'docx',
        'xpt',
        'dicom',
        'vcf',
        'sql',
        'text',
        'table',
        'unknown',
      ]),
      encoding: z.string().nullable(),
      delimiter: z.string().nullable(),
      header: z.boolean().nullable(),
      rows: count,
      skipped: count.describe('Rows with more or fewer cells than the header'),
      bytes: count,
      sha256: z.string(),
      error: z.object({ code: z.string(), message: z.string() }).nullable(),
      columns: z.array(
        z.object({
          name: z.string(),
          category: z.enum(['none', 'personal', 'sensitive']),
          identifies: z.enum(['direct', 'quasi', 'none']),
          kind: KindSchema,
          level: z.enum(['confirmed', 'likely', 'review', 'none']),
          counts: z.object({ rows: count, nonEmpty: count, matched: count, valid: count, distinct: count }),
          findings: z.array(
            z.object({
              kind: KindSchema,
              valid: count,
              because: z.array(z.enum(['checksum', 'header', 'context', 'dictionary', 'pattern', 'sibling'])),
            }),
          ),
          rejected: z
            .array(
              z.object({
                kind: KindSchema,
                matched: count,
                valid: count,
                reason: z.enum([
                  'accident',
                  'too-few',
                  'too-uniform',
                  'header-needed',
                  'context-disagrees',
                  'table-not-about-persons',
                  'values-disagree',
                ]),
              }),
            )
            .describe('Kinds considered and not said'),
          sample: z.array(z.string()).max(3).describe('Masked'),
          sensitiveUnder: z.array(z.string()),
          notSensitiveUnder: z.array(z.string()),
          override: z
            .object({ by: z.string(), on: z.string(), reason: z.string() })
            .exactOptional()
            .describe('A named person holds that the column is not sensitive, and says why'),
        }),
      ),
    }),
  ),
  persons: z.object({
    ...interval,
    exact: z.boolean(),
    sensitive: z.object(interval),
    minors: count,
    keyEpoch: z.string(),
  }),
  risk: z.array(z.unknown()),
  hints: z.array(
    z.object({
      kind: z.enum(['important-data', 'human-genetic-resources', 'minors', 'precise-location-track', 'credentials']),
      where: z.string(),
      because: z.string(),
    }),
  ),
}) satisfies z.ZodType<Evidence>
