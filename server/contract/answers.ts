import type { Answers } from '@tongguan/dossier'
import { countryWords } from '@tongguan/law'
import { z } from 'zod'
import { LegalDateSchema } from './permit.ts'
import { TreatmentSchema } from './treatment.ts'

const text = z.string().min(1)
const persons = z.int().min(0).describe('Distinct natural persons')

const personFields = {
  name: text,
  position: text,
  nationality: text,
  phone: text,
  email: text,
  idType: z.enum(['居民身份证', '护照', '台湾居民来往大陆通行证', '港澳居民来往内地通行证', '其他']),
  idNumber: text,
}

const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'expected two capital letters (ISO 3166-1), for example NL')
  .refine((code) => countryWords(code) !== null, {
    message: 'expected the code of a country or region (ISO 3166-1)',
    params: {
      words: {
        zh: '应为国家或者地区的 ISO 3166-1 代码，例如 NL',
        en: 'expected the code of a country or region (ISO 3166-1), for example NL',
      },
    },
  })

const RecipientSchema = z.strictObject({
  name: text,
  country,
  countryName: text,
  address: text,
  business: text,
  principal: text,
  principalPosition: text,
  phone: text,
  email: text,
  use: text,
  manner: text,
  management: text,
  technology: text,
  ability: text,
  countryLaw: text,
})

const ItemSchema = z.strictObject({
  column: text,
  table: text,
  description: text,
  necessity: z.strictObject({ related: text, leastImpact: text, minimumScope: text, shortestPeriod: text }),
  example: text.exactOptional(),
  inChina: z.strictObject({ possible: z.boolean(), why: text }).exactOptional(),
  decision: z
    .strictObject({
      action: z.enum(['keep', 'drop', 'transform']),
      why: text,
      by: TreatmentSchema.exactOptional(),
    })
    .refine(({ action, by }) => by === undefined || action === 'transform', 'by is for the action transform')
    .exactOptional(),
})

const grade = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])
const RiskSchema = z.strictObject({ likelihood: grade, severity: grade })
const matterFields = {
  analysis: text,
  problems: text,
  rectification: text,
  conclusion: text,
  risk: z.strictObject({ before: RiskSchema, after: RiskSchema }).exactOptional(),
  measures: z.array(z.strictObject({ what: text, owner: text, by: LegalDateSchema })).exactOptional(),
}

const ExtensionSchema = z.strictObject({
  acceptanceNo: text,
  lastDay: LegalDateSchema,
  legalDocumentMeetsArticle9: z.boolean(),
  scenarios: z.array(
    z.strictObject({
      id: text,
      purposeAndScopeUnchanged: z.boolean(),
      partiesUnchanged: z.boolean(),
      personsGrowthPercent: z.number().nullable(),
      importantDataGrowthPercent: z.number().nullable(),
      linkAndStorageUnchanged: z.boolean(),
      recipientUseUnchanged: z.boolean(),
    }),
  ),
  changes: text,
  safeguards: text,
  recipientPerformance: text,
  noticeKept: text,
  majorIncidents: text.nullable(),
})

const ScenarioSchema = z.strictObject({
  id: text,
  name: text,
  summary: text,
  purpose: text,
  scope: text,
  manner: text,
  industry: text,
  necessity: z.strictObject({ export: text, persons: text, recipientProcessing: text }),
  importantData: z.strictObject({ department: text, bytes: z.int().min(0) }).nullable(),
  recipients: z.array(RecipientSchema).min(1),
  recipientStatistics: text.nullable(),
  items: z.array(ItemSchema).min(1),
  retention: text,
  persons: z.strictObject({ exportedThisYear: persons, nextThreeYears: persons, relation: text }),
  domesticSystem: text,
  link: z.strictObject({ description: text, domesticEnds: z.array(text), overseasEnds: z.array(text) }),
  overseasStorage: text,
  onwardTransfer: text,
})

/** `tongguan/answers/1`: what the handler answers by hand. */
export const AnswersSchema: z.ZodType<Answers, unknown> = z.strictObject({
  schema: z.literal('tongguan/answers/1'),
  simulated: z.boolean(),
  reference: text,
  handler: z.strictObject({
    name: text,
    nature: z.enum(['政府部门', '事业单位', '企业', '社会组织', '其他']),
    ownership: z.enum(['内资', '外资', '中外合资', '港澳台资', '其他']),
    registeredAt: text,
    officeAt: text,
    province: text,
    employees: z.int().min(0),
    creditCode: text,
    ciio: z.boolean(),
    personsProcessed: persons,
    shareholding: text,
    investments: text,
    organisation: text,
    business: text,
    dataAssets: text,
  }),
  legalRepresentative: z.strictObject(personFields).nullable(),
  securityOfficer: z.strictObject({ ...personFields, body: text, bodyMembers: z.int().min(0) }),
  agent: z.strictObject({ ...personFields, authorisedFrom: LegalDateSchema, authorisedTo: LegalDateSchema }),
  compliance: z.strictObject({
    from: LegalDateSchema,
    to: LegalDateSchema,
    penalties: text,
    investigations: text,
    rectification: text,
  }),
  selfAssessment: z.strictObject({
    from: LegalDateSchema,
    to: LegalDateSchema,
    organisation: text,
    process: text,
    method: text,
    thirdParty: text.nullable(),
  }),
  safeguards: z.strictObject({
    management: text,
    notice: text,
    separateConsent: text.nullable(),
    technical: z.array(z.strictObject({ stage: text, measure: text })).min(1),
    proof: z.array(text),
  }),
  scenarios: z.array(ScenarioSchema).min(1),
  legalDocument: z.strictObject({
    title: text,
    parties: z.array(text).min(2),
    languages: z.array(text).min(1),
    chinesePrevails: z.boolean(),
    clauses: z.array(z.strictObject({ id: z.enum(['K-1', 'K-2', 'K-3', 'K-4', 'K-5', 'K-6']), where: text, text })),
  }),
  assessment: z.array(
    z.strictObject({
      item: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6)]),
      ...matterFields,
    }),
  ),
  conclusion: text,
  documents: z.array(
    z.strictObject({
      kind: z.enum([
        'credit-code-certificate',
        'legal-representative-id',
        'agent-id',
        'power-of-attorney',
        'legal-document',
        'other-proof',
      ]),
      file: text.exactOptional(),
      standIn: z.boolean().exactOptional(),
    }),
  ),
  reviewerMatters: z
    .array(
      z.strictObject({
        matter: z.enum(['destination-law', 'equivalent-protection', 'compliance-record']),
        ...matterFields,
      }),
    )
    .exactOptional(),
  ethics: z
    .strictObject({
      committee: text,
      approvalNo: text,
      from: LegalDateSchema,
      to: LegalDateSchema,
      purpose: text,
      recipients: z.array(text).min(1),
      items: z.array(text).min(1),
      file: text.exactOptional(),
    })
    .exactOptional(),
  destinationsConfirmed: z.array(z.strictObject({ country, lawyer: text, on: LegalDateSchema })).exactOptional(),
  extension: ExtensionSchema.exactOptional(),
  english: z.record(z.string(), text).exactOptional(),
})

export const answersExample = `see examples/hospital-amsterdam/answers.yaml`

export type { Answers }
