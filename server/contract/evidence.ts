import { kinds } from '@tongguan/law'
import type { Evidence, Kind } from '@tongguan/law'
import { z } from 'zod'

export const KindSchema = z.enum(Object.keys(kinds) as [Kind, ...Kind[]])

const count = z.int().min(0)
const share = z.number().min(0).max(1)
const interval = { lower: count, point: count, upper: count }

const RiskSchema = z.object({
  file: z.string().describe('The first of the files the table stands in'),
  files: count.describe(
    'How many files the table stands in: many small files of one header, and those of DICOM and FHIR, are one table',
  ),
  quasiIdentifiers: z.array(z.string()).min(1),
  chosen: z.enum(['by-kind', 'stated']),
  directIdentifiers: z.array(z.string()).describe('The numbers are those of the table without these columns'),
  rows: count.describe('Rows with at least one quasi-identifier: the sizes of the classes add up to it'),
  k: count.describe('Rows of the smallest class'),
  classes: count,
  uniqueRows: count,
  averageRisk: share.describe('Classes over rows'),
  highestRisk: share.describe('1 / k'),
  attackers: z.object({
    prosecutor: z.object({
      highest: share,
      average: share,
      above: z.array(z.object({ line: share, share })).describe('Share of rows whose own risk is above the line'),
    }),
    journalist: z.object({
      highest: share,
      average: share,
      estimated: z.boolean().describe('With a sampling fraction; otherwise the data are taken for the population'),
    }),
    marketer: z.object({ average: share }),
  }),
  columns: z.array(z.object({ name: z.string(), distinct: count, distinction: share, separation: share })),
  sensitive: z
    .array(
      z.object({
        column: z.string(),
        distinctL: count.describe('Fewest values in a class (l-diversity)'),
        entropyL: z.number().min(0).describe('Least exp(entropy) of a class'),
        t: z
          .number()
          .min(0)
          .nullable()
          .describe('Farthest a class lies from the table (t-closeness); null: not measured'),
        distance: z.enum(['ordered', 'equal']),
      }),
    )
    .nullable()
    .describe('null: the table is too large for it'),
  minimalUniques: z
    .object({
      upTo: count.describe('Sets of up to so many columns were tried'),
      rows: count.describe('Rows alone by at least one of them'),
      sets: z.array(z.object({ columns: z.array(z.string()), rows: count })).max(10),
    })
    .nullable()
    .describe('null: the table is too large for it'),
  population: z
    .object({
      samplingFraction: share,
      pitman: share.nullable(),
      zayatz: share,
      share: share.describe("By Dankar's rule"),
      model: z.enum(['pitman', 'zayatz', 'counted']),
    })
    .exactOptional(),
})

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
      disguises: z
        .array(
          z.object({
            columns: z.array(z.string()),
            readings: z.array(
              z.enum([
                'plain-characters',
                'spaced-out',
                'joined',
                'digits-alone',
                'backwards',
                'base64',
                'base32',
                'hexadecimal',
                'percent-encoding',
                'character-references',
                'escapes',
                'columns-joined',
                'rows-joined',
              ]),
            ),
            kind: KindSchema.nullable(),
            values: count,
            row: count,
            sample: z.string(),
          }),
        )
        .exactOptional()
        .describe('What shows only when cells are read otherwise than as they are written; kind null: cannot be read'),
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
  risk: z
    .array(RiskSchema)
    .describe('Of each table about persons with quasi-identifiers, how easily its rows are told apart by these'),
  hints: z.array(
    z.object({
      kind: z.enum(['important-data', 'human-genetic-resources', 'minors', 'precise-location-track', 'credentials']),
      where: z.string(),
      because: z.string(),
    }),
  ),
}) satisfies z.ZodType<Evidence>
