import type { Bounds, ExportFacts, FlowFacts } from '@tongguan/law'
import { z } from 'zod'

// Enumerations may grow: an unknown word is read, and the law treats it as unknown (contracts.md).
const word = z.string().min(1)
const persons = z.int().min(0)

export const BoundsSchema = z
  .strictObject({ lower: persons, point: persons, upper: persons })
  .refine((b) => b.lower <= b.point && b.point <= b.upper, 'expected lower ≤ point ≤ upper') satisfies z.ZodType<Bounds>

const CountSchema = z
  .union([persons, BoundsSchema])
  .describe('Distinct natural persons: an integer, or { lower, point, upper }')

const PersonsCountSchema = z.strictObject({
  general: CountSchema.exactOptional().describe('Persons with no sensitive item'),
  sensitive: CountSchema.exactOptional().describe('Persons with any sensitive item'),
  both: CountSchema.exactOptional().describe('Those of `sensitive` who also send ordinary information'),
})

const PersonsSince1JanuarySchema = z.union([
  PersonsCountSchema,
  z.strictObject({ exported: PersonsCountSchema.exactOptional(), planned: PersonsCountSchema.exactOptional() }),
])

const upperOf = (count: number | Bounds) => (typeof count === 'number' ? count : count.upper)
const lowerOf = (count: number | Bounds) => (typeof count === 'number' ? count : count.lower)

const LastYearSchema = PersonsCountSchema.refine(
  (c) => c.general === undefined || c.sensitive === undefined || lowerOf(c.sensitive) <= upperOf(c.general),
  'here `general` means all persons, so `sensitive` cannot be above it',
)

const RecipientSchema = z.strictObject({
  name: word.exactOptional(),
  country: word.exactOptional().describe('ISO 3166-1 alpha-2, for example NL'),
  region: word.nullable().exactOptional(),
  restrictedList: z.boolean().exactOptional(),
})

const flowFields = {
  recipients: z.array(RecipientSchema).exactOptional(),
  manner: word.exactOptional(),
  accessPlace: word.exactOptional(),
  leavesChina: z.boolean().exactOptional(),
  containsPersonalInformation: z.boolean().exactOptional(),
  legalBasis: word.exactOptional(),
  importantData: word.exactOptional(),
  coreData: z.boolean().exactOptional(),
  stateSecrets: z.boolean().exactOptional(),
  controlledItems: z.boolean().exactOptional(),
  classifiedSurvey: z.boolean().exactOptional(),
  foreignAuthorityRequest: z.boolean().exactOptional(),
  humanGeneticResources: z
    .strictObject({
      provided: z.boolean().exactOptional(),
      foreignParty: z.boolean().exactOptional(),
      sequencedPersons: CountSchema.exactOptional(),
      importantFamilies: z.boolean().exactOptional(),
      specificRegions: z.boolean().exactOptional(),
      coveredByApproval: z.boolean().exactOptional(),
    })
    .exactOptional(),
  gba: z
    .union([
      z.literal('none'),
      z.strictObject({ handlerCity: word.exactOptional(), recipientPlace: word.exactOptional() }),
    ])
    .exactOptional(),
  minorsUnder14: z.boolean().exactOptional(),
  exemption: word.exactOptional(),
  conditions: z
    .strictObject({
      necessary: z.boolean().exactOptional(),
      individualIsParty: z.boolean().exactOptional(),
      lawfulLabourRules: z.boolean().exactOptional(),
      collectiveContract: z.boolean().exactOptional(),
      employeesOnly: z.boolean().exactOptional(),
      emergencyExists: z.boolean().exactOptional(),
      protectsLifeHealthProperty: z.boolean().exactOptional(),
      collectedAbroad: z.boolean().exactOptional(),
      sentToChinaForProcessing: z.boolean().exactOptional(),
      noDomesticDataAdded: z.boolean().exactOptional(),
      onNegativeList: z.boolean().exactOptional(),
      listInForce: z.boolean().exactOptional(),
      confirmedByAuthority: z.boolean().exactOptional(),
    })
    .exactOptional(),
  since1January: PersonsSince1JanuarySchema.exactOptional(),
  since1JanuaryLastYear: LastYearSchema.exactOptional(),
}

const FlowSchema = z.strictObject({ id: word, ...flowFields }) satisfies z.ZodType<FlowFacts>

/** A facts file as written; facts of a flow may stand once at the top level as shorthand for all flows. */
const FactsFileSchema = z.strictObject({
  schema: z.literal('tongguan/facts/1'),
  handler: z
    .strictObject({
      name: word.exactOptional(),
      ciio: z.boolean().exactOptional().describe('Critical information infrastructure operator, as notified'),
      publicBody: word.exactOptional(),
      personsProcessed: CountSchema.exactOptional(),
      identification: z
        .strictObject({ done: z.boolean().exactOptional(), on: word.exactOptional(), by: word.exactOptional() })
        .exactOptional(),
      ftz: z
        .union([
          z.literal('none'),
          z.strictObject({
            zone: word.exactOptional(),
            list: word.exactOptional(),
            version: word.exactOptional(),
            entry: word.exactOptional(),
            checkedBy: word.exactOptional(),
          }),
        ])
        .exactOptional(),
    })
    .exactOptional(),
  voluntaryDeclaration: z.boolean().exactOptional(),
  flows: z.array(FlowSchema).min(1),
  total: z
    .strictObject({
      since1January: PersonsSince1JanuarySchema.exactOptional(),
      since1JanuaryLastYear: LastYearSchema.exactOptional(),
    })
    .exactOptional(),
  ...flowFields,
})

/** `tongguan/facts/1` with the top-level shorthand spread over the flows that do not say otherwise themselves. */
export const ExportFactsSchema: z.ZodType<ExportFacts> = FactsFileSchema.superRefine((file, context) => {
  const seen = new Set<string>()
  for (const [index, { id }] of file.flows.entries()) {
    if (seen.has(id)) {
      context.addIssue({ code: 'custom', path: ['flows', index, 'id'], message: `two flows are called "${id}"` })
    }
    seen.add(id)
  }
}).transform(({ schema, handler, voluntaryDeclaration, flows, total, ...shorthand }): ExportFacts => ({
  schema,
  ...(handler === undefined ? {} : { handler }),
  ...(voluntaryDeclaration === undefined ? {} : { voluntaryDeclaration }),
  ...(total === undefined ? {} : { total }),
  flows: flows.map((flow) => ({ ...shorthand, ...flow })),
}))

/** The file's own shape, for the printed JSON Schema. */
export { FactsFileSchema }

export const factsExample = `schema: tongguan/facts/1
handler: { ciio: false, identification: { done: true } }
flows:
  - id: research
    importantData: none
    since1January: { general: 0, sensitive: 12000, both: 12000 }`
