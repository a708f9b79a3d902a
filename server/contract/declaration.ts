import type { Declaration, Decision, DocumentKind } from '@tongguan/law'
import { z } from '@hono/zod-openapi'
import { SaidSchema, list, printable } from './http.ts'
import { KindSchema } from './evidence.ts'
import { LegalDateSchema } from './permit.ts'
import { RequiredTreatmentSchema } from './treatment.ts'

const FieldsSchema = z.record(z.string(), z.string().max(20_000)).describe('Values of the form by field code')
const text = printable.max(4000)
const persons = z.int().min(0).describe('Distinct natural persons')

export const documentKinds = [
  'credit-code-certificate',
  'legal-representative-id',
  'agent-id',
  'power-of-attorney',
  'declaration-form',
  'legal-document',
  'self-assessment-report',
  'other-proof',
  'completeness-list',
] as const satisfies readonly DocumentKind[]
export const DocumentKindSchema = z.enum(documentKinds)

export const DocumentsSchema = list(
  z.strictObject({
    kind: DocumentKindSchema,
    file: text,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: z.int().min(0),
  }),
)

/** `tongguan/declaration/1`: what the handler declares. */
export const DeclarationSchema = z
  .strictObject({
    schema: z.literal('tongguan/declaration/1'),
    handler: z.strictObject({ name: text, creditCode: text, ciio: z.boolean(), province: text }),
    reference: text,
    path: z.enum([
      'assessment',
      'contract-or-certification',
      'exempt',
      'not-an-export',
      'state-secrets-regime',
      'prohibited',
      'unknown',
    ]),
    selfAssessment: z.strictObject({ from: LegalDateSchema, to: LegalDateSchema }),
    scenarios: list(
      z.strictObject({
        id: text,
        name: text,
        purpose: text,
        manner: text,
        recipients: list(z.strictObject({ name: text, country: text })),
        items: list(
          z.strictObject({
            name: text,
            description: z.string(),
            kind: KindSchema,
            category: z.enum(['none', 'personal', 'sensitive']),
            treatment: RequiredTreatmentSchema.exactOptional(),
            necessity: z.string(),
          }),
        ),
        persons: z.strictObject({ general: persons, sensitive: persons }),
        importantDataBytes: z.int().min(0).nullable(),
        retention: z.string(),
      }),
    ),
    documents: DocumentsSchema,
    countingMethod: text,
    details: z
      .strictObject({
        form: z
          .strictObject({
            fields: FieldsSchema,
            scenarios: list(z.strictObject({ id: text, fields: FieldsSchema, recipients: list(FieldsSchema) })),
          })
          .exactOptional(),
        clauses: list(text).exactOptional(),
        attorney: z.strictObject({ from: LegalDateSchema, to: LegalDateSchema }).exactOptional(),
      })
      .exactOptional()
      .describe('What the check of completeness looks at besides; left out: not checkable'),
  })
  .openapi('Declaration') satisfies z.ZodType<Declaration, unknown>

const resultNumber = z
  .union([printable.max(200), z.literal('')])
  .describe('Left empty in a draft, the next number is given')

/** A result as it is drafted: for each declared scenario and item, passed or refused. */
export const DecisionSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('passed'),
      resultNo: resultNumber,
      issued: LegalDateSchema,
      lastDay: LegalDateSchema,
      scenarios: list(
        z.strictObject({
          id: text,
          passedItems: list(text),
          refusedItems: list(z.strictObject({ name: text, reason: SaidSchema })),
          ceiling: z.strictObject({ general: persons, sensitive: persons }),
          conditions: list(text),
          obligations: list(
            z.strictObject({
              clause: z.string().min(1).max(40),
              values: z.record(z.string().max(40), printable.max(1000)),
            }),
          ).exactOptional(),
        }),
      ),
    }),
    z.strictObject({
      kind: z.literal('notPassed'),
      resultNo: resultNumber,
      issued: LegalDateSchema,
      reasons: list(SaidSchema),
    }),
  ])
  .openapi('Decision') satisfies z.ZodType<Decision, unknown>
