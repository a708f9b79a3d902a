import type { Circumstances, ExportScope, Permit } from '@tongguan/law'
import { z } from 'zod'
import { PermitSchema } from './permit.ts'

const text = z.string().exactOptional()
const persons = z.int().min(0).describe('Distinct natural persons')

const scope = {
  schema: z.literal('tongguan/scope/1'),
  handler: z.strictObject({ name: text, actualController: text }).exactOptional(),
  legalDocument: z.strictObject({ title: text, version: text }).exactOptional(),
  scenarios: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        purpose: text,
        manner: text,
        items: z.array(z.string()).exactOptional().describe('The data items, by name'),
        types: z.array(z.string()).exactOptional(),
        recipients: z
          .array(
            z.strictObject({
              name: z.string().min(1),
              country: z.string().min(1),
              actualController: text,
              use: text,
              manner: text,
            }),
          )
          .exactOptional(),
        retention: text,
        retentionMonths: z.number().min(0).exactOptional(),
        storagePlace: text,
        persons: z.strictObject({ general: persons, sensitive: persons }).exactOptional(),
        importantDataBytes: z.int().min(0).nullable().exactOptional(),
      }),
    )
    // Of no scenario at all nothing has changed, which is no answer.
    .min(1)
    .refine((scenarios) => new Set(scenarios.map(({ id }) => id)).size === scenarios.length, {
      params: { words: { zh: '每个场景的 id 应不相同', en: 'expected each scenario to have an id of its own' } },
    }),
}

const circumstances = z.strictObject({
  recipientCountryChanged: z.boolean().exactOptional(),
  otherCircumstances: z.boolean().exactOptional(),
  affectsSecurity: z
    .partialRecord(
      z.enum(['T-1a', 'T-1b', 'T-1c', 'T-2a', 'T-2b', 'T-2c', 'T-3', 'T-scale', 'SCC-8.1', 'SCC-8.2', 'SCC-8.3']),
      z.boolean(),
    )
    .exactOptional()
    .describe('Whether the change under this trigger affects the security of the exported data'),
})

/** What the file of a new scope holds: the scope, and what no document shows. */
export interface NewScope {
  readonly scope: ExportScope
  readonly circumstances: Circumstances
}

/** `tongguan/scope/1`: one export as it is or would be, for comparing with what was assessed. */
export const ScopeFileSchema = z.strictObject({ ...scope, circumstances: circumstances.exactOptional() })

export const NewScopeSchema: z.ZodType<NewScope, unknown> = ScopeFileSchema.transform(
  ({ schema: _schema, circumstances: given = {}, ...of }) => ({ scope: of, circumstances: given }),
)

/** The approved side may be a scope or the permit itself; which, its `schema` says. */
export const ApprovedScopeSchema: z.ZodType<ExportScope, unknown> = z
  .looseObject({ schema: z.enum(['tongguan/scope/1', 'tongguan/permit/1']) })
  .transform((given, context): ExportScope => {
    const kept = (given.schema === 'tongguan/permit/1' ? permitScope : plainScope).safeParse(given)
    if (kept.success) return kept.data
    for (const { path, message } of kept.error.issues) context.addIssue({ code: 'custom', path, message })
    return z.NEVER
  })

const plainScope: z.ZodType<ExportScope, unknown> = z.strictObject(scope).transform(({ schema: _schema, ...of }) => of)
const permitScope: z.ZodType<ExportScope, unknown> = PermitSchema.transform(scopeOfPermit)

/** What a permit says of the scope; who controls whom and the contract it does not say. */
function scopeOfPermit({ handler, scenarios }: Permit): ExportScope {
  return {
    handler: { name: handler.name },
    scenarios: scenarios.map(({ id, purpose, manner, items, recipients, retention, ceiling, importantDataBytes }) => ({
      id,
      purpose,
      manner,
      items: items.map(({ name }) => name),
      recipients,
      retention,
      persons: ceiling,
      importantDataBytes,
    })),
  }
}

export const scopeExample = `schema: tongguan/scope/1
handler: { name: 示例医院, actualController: 示例区政府 }
legalDocument: { title: 合作协议, version: "2" }
scenarios:
  - id: research
    purpose: 联合研究
    manner: 公共互联网传输
    items: [诊断, 性别]
    recipients: [ { name: A university, country: NL, actualController: its board, use: analysis, manner: storage } ]
    retentionMonths: 60
    persons: { general: 0, sensitive: 12000 }
    importantDataBytes: null
circumstances: { recipientCountryChanged: false, otherCircumstances: false, affectsSecurity: { T-2c: true } }`
