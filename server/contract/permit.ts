import { legalDate } from '@tongguan/law'
import type { PermitFile } from '@tongguan/gate'
import type { LegalDate } from '@tongguan/law'
import { z } from 'zod'
import { KindSchema } from './evidence.ts'

/** A day of the law, refused when it does not exist. */
export const LegalDateSchema: z.ZodType<LegalDate, string> = z
  .string()
  .refine(isLegalDate, 'expected a day that exists, as YYYY-MM-DD')
  .transform(legalDate)

const persons = z.int().min(0).describe('Distinct natural persons')

/** A DSSE v1 envelope: a payload in base64, its type, and who signed both. */
export const EnvelopeSchema = z.strictObject({
  payloadType: z.string().min(1),
  payload: z.base64(),
  signatures: z.array(z.strictObject({ keyid: z.string().min(1), sig: z.base64() })).min(1),
})

/**
 * `tongguan/permit/1`: what passed, in a form a machine can hold a batch against. `signed` is the envelope of exactly the
 * other fields; a file without it is a draft, which the gate refuses.
 */
export const PermitSchema: z.ZodType<PermitFile, unknown> = z.strictObject({
  schema: z.literal('tongguan/permit/1'),
  id: z.string().min(1),
  kind: z.enum(['issued', 'transcribed', 'simulated']),
  caseNo: z.string().min(1),
  resultNo: z.string().min(1),
  handler: z.strictObject({ name: z.string().min(1), creditCode: z.string().min(1) }),
  scenarios: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        name: z.string(),
        purpose: z.string(),
        manner: z.string(),
        recipients: z.array(z.strictObject({ name: z.string().min(1), country: z.string().min(1) })).min(1),
        items: z.array(
          z.strictObject({
            name: z.string().min(1),
            description: z.string(),
            kind: KindSchema,
            category: z.enum(['none', 'personal', 'sensitive']),
          }),
        ),
        ceiling: z.strictObject({ general: persons, sensitive: persons }),
        importantDataBytes: z.int().min(0).nullable(),
        retention: z.string(),
        conditions: z.array(z.string()),
      }),
    )
    .min(1),
  firstDay: LegalDateSchema,
  lastDay: LegalDateSchema,
  keyId: z.string(),
  suite: z.enum(['EdDSA', 'SM2']),
  countingMethod: z.string(),
  notice: z.strictObject({ file: z.string().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) }).exactOptional(),
  signed: EnvelopeSchema.exactOptional(),
})

export const permitExample = `{ "schema": "tongguan/permit/1", "id": "…", "kind": "simulated", "scenarios": [ … ], "firstDay": "2026-05-26", "lastDay": "2029-05-25", … }`

function isLegalDate(text: string): boolean {
  try {
    legalDate(text)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
