import type { OpeningBalanceFile } from '@tongguan/gate'
import { z } from 'zod'
import { EnvelopeSchema, LegalDateSchema } from './permit.ts'

const bounds = z.strictObject({ lower: z.int().min(0), upper: z.int().min(0) })
const PersonBoundsSchema = z.strictObject({ general: bounds, sensitive: bounds })

/** `tongguan/opening-balance/1`: persons who went out under a result or filing before the ledger counted. */
export const OpeningBalanceSchema: z.ZodType<OpeningBalanceFile, unknown> = z.strictObject({
  schema: z.literal('tongguan/opening-balance/1'),
  id: z.string().min(1),
  kind: z.enum(['assessment', 'standard-contract', 'certification']),
  handler: z.strictObject({ name: z.string().min(1), creditCode: z.string().min(1) }),
  grantedOn: LegalDateSchema,
  countedUntil: LegalDateSchema,
  sinceGranted: PersonBoundsSchema,
  thisYear: PersonBoundsSchema,
  permit: z.strictObject({ id: z.string().min(1), scenario: z.string().min(1) }).nullable(),
  source: z.strictObject({ file: z.string(), sha256: z.string() }).default({ file: '', sha256: '' }),
  signed: EnvelopeSchema.exactOptional(),
})

export const openingBalanceExample = `schema: tongguan/opening-balance/1
id: 数据出境评估〔2024〕0017号
kind: assessment              # assessment, standard-contract, certification
handler: { name: 某医院, creditCode: 12110000EXAMP1E097 }
grantedOn: 2024-05-20
countedUntil: 2026-11-20      # the last day whose exports are in these figures
sinceGranted: { general: { lower: 0, upper: 0 }, sensitive: { lower: 3100, upper: 3400 } }
thisYear: { general: { lower: 0, upper: 0 }, sensitive: { lower: 900, upper: 1000 } }
permit: { id: permit-2024-0017, scenario: research }   # null for a filing`
