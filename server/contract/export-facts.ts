import { countryCode, countryRows, countryWords, legalDate, plainName } from '@tongguan/law'
import type { Bounds, CatalogueRow, ExportFacts, FlowFacts, Words } from '@tongguan/law'
import { z } from 'zod'
import { nearest } from './nearest.ts'

// Enumerations may grow: an unknown word is read, and the law treats it as unknown (contracts.md).
const word = z.string().min(1)
const persons = z.int().min(0)
/** A day that exists, as text. */
export const DaySchema = word.refine(isDay, {
  message: 'expected a day, YYYY-MM-DD',
  params: {
    words: {
      zh: '应为存在的日期，写成 YYYY-MM-DD，例如 2026-05-01',
      en: 'expected a day that exists, written YYYY-MM-DD, for example 2026-05-01',
    },
  },
})

function isDay(text: string): boolean {
  try {
    legalDate(text)
    return true
  } catch {
    // Not a day: said by the schema, with its place in the file.
    return false
  }
}

export const BoundsSchema = z
  .strictObject({ lower: persons, point: persons, upper: persons })
  .refine((b) => b.lower <= b.point && b.point <= b.upper, {
    message: 'expected lower ≤ point ≤ upper',
    params: { words: { zh: '应满足 lower ≤ point ≤ upper', en: 'expected lower ≤ point ≤ upper' } },
  }) satisfies z.ZodType<Bounds>

const CountSchema = z
  .union([persons, BoundsSchema])
  .describe('Distinct natural persons: an integer, or { lower, point, upper }')

const PersonsCountSchema = z.strictObject({
  general: CountSchema.exactOptional().describe('Persons with no sensitive item'),
  sensitive: CountSchema.exactOptional().describe('Persons with any sensitive item'),
  both: CountSchema.exactOptional().describe('Those of `sensitive` who also send ordinary information'),
})

const PersonsSince1JanuarySchema = PersonsCountSchema.extend({
  exported: PersonsCountSchema.exactOptional().describe('Exported so far this year'),
  planned: PersonsCountSchema.exactOptional().describe('Planned until 31 December'),
}).refine((c) => (c.general ?? c.sensitive ?? c.both ?? null) === null || (!c.exported && !c.planned), {
  message: 'give either the persons together or `exported` and `planned` apart, not both',
  params: {
    words: {
      zh: '人数要么合并填写，要么分为 exported 与 planned，不能同时填写',
      en: 'give either the persons together or `exported` and `planned` apart, not both',
    },
  },
})

const upperOf = (count: number | Bounds) => (typeof count === 'number' ? count : count.upper)
const lowerOf = (count: number | Bounds) => (typeof count === 'number' ? count : count.lower)

const LastYearSchema = PersonsCountSchema.refine(
  (c) => c.general === undefined || c.sensitive === undefined || lowerOf(c.sensitive) <= upperOf(c.general),
  {
    message: 'here `general` means all persons, so `sensitive` cannot be above it',
    path: ['sensitive'],
    params: {
      words: {
        zh: '这里的 general 指全部人数，敏感人数 sensitive 不能多于它',
        en: 'expected at most `general`: here that means all persons, so `sensitive` cannot be above it',
      },
    },
  },
)

const RecipientSchema = z.strictObject({
  name: word.exactOptional(),
  country: word.exactOptional().describe('ISO 3166-1 alpha-2, for example NL'),
  region: word.nullable().exactOptional(),
  restrictedList: z.boolean().exactOptional(),
})

const listEntryFields = {
  list: word.exactOptional(),
  version: word.exactOptional(),
  entry: word.exactOptional(),
  checkedBy: word.exactOptional(),
}

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
  industry: word
    .exactOptional()
    .describe('For example industry, telecom, radio, automobile, finance, credit-reporting, health'),
  financeScenario: z
    .strictObject(listEntryFields)
    .exactOptional()
    .describe('The scenario of the finance guide of 2025 the flow is claimed to be'),
  dataItems: z.array(word).exactOptional().describe('Names of the data items, compared with lists an office loaded'),
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
      onScenarioList: z.boolean().exactOptional(),
      reportedOrFiled: z.boolean().exactOptional(),
      domesticServiceOnly: z.boolean().exactOptional(),
      candidatesOnly: z.boolean().exactOptional(),
    })
    .exactOptional(),
  since1January: PersonsSince1JanuarySchema.exactOptional(),
  since1JanuaryLastYear: LastYearSchema.exactOptional(),
}

const FlowSchema = z.strictObject({ id: word, ...flowFields }) satisfies z.ZodType<FlowFacts>

// A handler has some tens of scenarios; what single fact would change the answer is tried for each against all others.
const mostFlows = 200

/** A facts file as written; facts of a flow may stand once at the top level as shorthand for all flows. */
const FactsFileSchema = z.strictObject({
  schema: z.literal('tongguan/facts/1'),
  handler: z
    .strictObject({
      name: word.exactOptional(),
      ciio: z.boolean().exactOptional().describe('Critical information infrastructure operator, as notified'),
      abroad: z
        .boolean()
        .exactOptional()
        .describe('Processes abroad the personal information of people in China (PIPL art. 3(2))'),
      representative: z
        .strictObject({
          name: word.exactOptional(),
          appointed: z.boolean().exactOptional(),
          reported: z.boolean().exactOptional().describe('Name and contact reported to the municipal office'),
        })
        .exactOptional()
        .describe('The dedicated body or representative in China of a handler abroad'),
      publicBody: word.exactOptional(),
      personsProcessed: CountSchema.exactOptional(),
      identification: z
        .strictObject({ done: z.boolean().exactOptional(), on: DaySchema.exactOptional(), by: word.exactOptional() })
        .exactOptional(),
      ftz: z
        .union([z.literal('none'), z.strictObject({ zone: word.exactOptional(), ...listEntryFields })])
        .exactOptional(),
    })
    .exactOptional(),
  voluntaryDeclaration: z.boolean().exactOptional(),
  numbersSplit: z.boolean().exactOptional().describe('Numbers were divided to stay below the assessment'),
  flows: z.array(FlowSchema).min(1).max(mostFlows),
  total: z
    .strictObject({
      since1January: PersonsSince1JanuarySchema.exactOptional(),
      since1JanuaryLastYear: LastYearSchema.exactOptional(),
    })
    .exactOptional(),
  ...flowFields,
})

type FactsFile = z.infer<typeof FactsFileSchema>

const NamedFlowsSchema = FactsFileSchema.superRefine((file, context) => {
  const seen = new Set<string>()
  for (const [index, { id }] of file.flows.entries()) {
    if (seen.has(id)) {
      const en = `two flows are called "${id}"; each has its own name`
      context.addIssue({
        code: 'custom',
        path: ['flows', index, 'id'],
        message: en,
        params: { words: { zh: `两个场景都叫“${id}”；每个场景应有自己的名称`, en } },
      })
    }
    seen.add(id)
  }
})

/**
 * `tongguan/facts/1` with the top-level shorthand spread over the flows that do not say otherwise themselves. Any text is
 * taken for a destination, so that facts kept from before can be judged again; the law says which it does not know.
 */
export const ExportFactsSchema: z.ZodType<ExportFacts> = NamedFlowsSchema.transform(spread)

/** The same for facts stated now: a destination nobody knows, neither ISO 3166-1 nor the office's lists, is refused. */
export function exportFactsSchemaWith(lists: readonly CatalogueRow[]): z.ZodType<ExportFacts> {
  const loaded = lists.filter(({ catalogue }) => catalogue === 'countries').map(({ item }) => item)
  const isKnown = (place: string) => countryCode(place) !== null || loaded.some((name) => samePlace(name, place))
  return NamedFlowsSchema.superRefine((file, context) => {
    for (const { path, country } of destinationsOf(file)) {
      if (isKnown(country)) continue
      const words = unknownPlace(country, loaded)
      context.addIssue({ code: 'custom', path: [...path], message: words.en, params: { words } })
    }
  }).transform(spread)
}

function destinationsOf(file: FactsFile): readonly { readonly path: PropertyKey[]; readonly country: string }[] {
  const places = [
    { path: [] as PropertyKey[], recipients: file.recipients },
    ...file.flows.map(({ recipients }, index) => ({ path: ['flows', index] as PropertyKey[], recipients })),
  ]
  return places.flatMap(({ path, recipients = [] }) =>
    recipients.flatMap(({ country }, index) =>
      country === undefined ? [] : [{ path: [...path, 'recipients', index, 'country'], country }],
    ),
  )
}

function unknownPlace(place: string, loaded: readonly string[]): Words {
  const known = [...new Set([...countryRows.flatMap(({ entry, item }) => [entry, item]), ...loaded])]
  const near = nearest(place, known, 3).map(({ word: name }) => withCode(name))
  return {
    zh: `不认识的国家或者地区“${place}”；应为 ISO 3166-1 两位代码或者中英文名称，例如 NL、荷兰、Netherlands；相近的有：${near.join('、')}`,
    en: `there is no country or region "${place}"; expected an ISO 3166-1 code or a name in Chinese or English, for example NL or Netherlands; nearest: ${near.join(', ')}`,
  }
}

function withCode(name: string): string {
  const code = countryCode(name)
  if (code === null) return name
  return code === name ? `${code} (${countryWords(code)?.en ?? code})` : `${name} (${code})`
}

const samePlace = (one: string, other: string) => plainName(one) === plainName(other)

function spread({
  schema,
  handler,
  voluntaryDeclaration,
  numbersSplit,
  flows,
  total,
  ...shorthand
}: FactsFile): ExportFacts {
  return {
    schema,
    ...(handler === undefined ? {} : { handler }),
    ...(voluntaryDeclaration === undefined ? {} : { voluntaryDeclaration }),
    ...(numbersSplit === undefined ? {} : { numbersSplit }),
    ...(total === undefined ? {} : { total }),
    flows: flows.map((flow) => ({ ...shorthand, ...flow })),
  }
}

/** The file's own shape, for the printed JSON Schema. */
export { FactsFileSchema }

export const factsExample = `schema: tongguan/facts/1
handler: { ciio: false, identification: { done: true } }
flows:
  - id: research
    importantData: none
    since1January: { general: 0, sensitive: 12000, both: 12000 }`
