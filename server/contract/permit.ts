import { alsoRequiredWords, legalDate } from '@tongguan/law'
import type { PermitFile } from '@tongguan/gate'
import type { AlsoRequired, Basis, LegalDate } from '@tongguan/law'
import { z } from 'zod'
import { KindSchema } from './evidence.ts'
import { RequiredTreatmentSchema } from './treatment.ts'

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

const scenarios = z
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
          treatment: RequiredTreatmentSchema.exactOptional(),
        }),
      ),
      ceiling: z.strictObject({ general: persons, sensitive: persons }),
      importantDataBytes: z.int().min(0).nullable(),
      anonymity: z
        .strictObject({ k: z.int().min(2), columns: z.array(z.string().min(1)).min(1) })
        .exactOptional()
        .describe('Rows alike in these columns that there must be at least'),
      retention: z.string(),
      conditions: z.array(z.string()),
    }),
  )
  .min(1)

const document = z.strictObject({ number: z.string().min(1), on: LegalDateSchema })

const duties = Object.keys(alsoRequiredWords) as readonly AlsoRequired[]

const shown = {
  route: z.enum(['standard-contract', 'gba-contract', 'certification', 'exemption']),
  contract: z
    .strictObject({
      copy: document.describe('The signed copy'),
      effectiveOn: LegalDateSchema,
      filed: z.strictObject({ on: LegalDateSchema, number: z.string().min(1).exactOptional() }).exactOptional(),
    })
    .exactOptional(),
  certificate: z.strictObject({ number: z.string().min(1), lastDay: LegalDateSchema }).exactOptional(),
  evidence: z.record(z.string(), document).exactOptional().describe('Of an exemption: what shows each condition'),
  documents: z.partialRecord(z.enum(duties), document).describe('What shows that each duty was done'),
  confirmed: z
    .strictObject({ by: z.string().min(1), on: LegalDateSchema })
    .exactOptional()
    .describe('Who answers for an exemption, or for a path that rests on less than the text of the law'),
}

const BasisSchema: z.ZodType<Basis, unknown> = z.strictObject({
  ...shown,
  factsSha256: z.string().regex(/^[0-9a-f]{64}$/),
  decidedOn: LegalDateSchema,
})

/** `tongguan/basis/1`: what a handler shows for exports that need no assessment; `gate basis` makes a permit file of it. */
export const BasisClaimSchema = z.strictObject({
  schema: z.literal('tongguan/basis/1'),
  id: z.string().min(1),
  handler: z.strictObject({ name: z.string().min(1), creditCode: z.string().min(1) }),
  scenarios: scenarios.describe('One for each flow of the facts it is for, with the id of the flow'),
  firstDay: LegalDateSchema,
  lastDay: LegalDateSchema.describe('At the latest 31 December of the year it is decided in'),
  ...shown,
})

export type BasisClaim = z.infer<typeof BasisClaimSchema>

export const basisExample = `schema: tongguan/basis/1
id: basis-2026-1
handler: { name: "…", creditCode: "…" }
route: standard-contract        # gba-contract | certification | exemption
contract: { copy: { number: HT-2026-1, on: 2026-02-01 }, effectiveOn: 2026-02-01, filed: { on: 2026-02-06 } }
documents:
  notice: { number: GZ-1, on: 2026-01-10 }
  separate-consent: { number: TY-1, on: 2026-01-10 }
  impact-assessment: { number: PIA-1, on: 2026-01-20 }
  safeguards: { number: BH-1, on: 2026-01-20 }
confirmed: { by: "…", on: 2026-02-01 }
scenarios: [ { id: research, … } ]   # as in a permit; id as in the facts
firstDay: 2026-02-10
lastDay: 2026-12-31
`

/**
 * `tongguan/permit/1`: what passed, in a form a machine can hold a batch against. `signed` is the envelope of exactly the
 * other fields; a file without it is a draft, which the gate refuses.
 */
export const PermitSchema: z.ZodType<PermitFile, unknown> = z.strictObject({
  schema: z.literal('tongguan/permit/1'),
  id: z.string().min(1),
  kind: z.enum(['issued', 'transcribed', 'simulated', 'basis']),
  caseNo: z.string().min(1),
  resultNo: z.string().min(1),
  handler: z.strictObject({ name: z.string().min(1), creditCode: z.string().min(1) }),
  scenarios,
  firstDay: LegalDateSchema,
  lastDay: LegalDateSchema,
  keyId: z.string(),
  suite: z.enum(['EdDSA', 'SM2']),
  countingMethod: z.string(),
  revocationLimit: z
    .strictObject({ onlineSeconds: z.int().min(1), fileSeconds: z.int().min(1) })
    .exactOptional()
    .describe("How old the authority's revocation list may be: fetched, or by file (left out: 60 and 86400)"),
  notice: z.strictObject({ file: z.string().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) }).exactOptional(),
  basis: BasisSchema.exactOptional(),
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
