import { kinds, sectorOf } from '@tongguan/law'
import type { DataSet, Industry, Kind } from '@tongguan/law'
import { z } from 'zod'
import { CertaintySchema, CitationSchema } from './citation.ts'
import { DaySchema } from './export-facts.ts'
import { provision, standing, words } from './law-answers.ts'

const answer = (what: string) => z.boolean().exactOptional().describe(what)
const count = (what: string) => z.int().min(0).exactOptional().describe(what)
const scale = z.number().min(0).exactOptional().describe('In any one unit, the same for both')

const DataSetSchema = z.strictObject({
  id: z.string().min(1),
  kinds: z
    .array(z.enum(Object.keys(kinds) as [Kind, ...Kind[]]))
    .exactOptional()
    .describe('What its columns are about, all of them; the kinds the scan names'),
  minorsUnder14: answer('Whether it holds information of minors under fourteen'),
  notified: answer('A department or region has told the handler that it is important'),
  published: answer('It stands in a published catalogue of important data'),
  specificFieldGroupRegionOrScale: answer(
    'A specific field, group or region, or a certain precision and scale, makes it matter',
  ),
  mayEndanger: answer('Altered, leaked or misused it may endanger security, the economy, stability, public health'),
  mayEndangerDirectly: answer('The same, directly'),
  affectsOnlyOrganisationOrIndividuals: answer('Only the organisation itself or individuals would be affected'),
  coreRelation: answer(
    'National security, lifelines of the economy, important livelihood or major public interests rest on it',
  ),
  namedCore: answer('The competent department has named it core data'),
  industry: z
    .enum(Object.keys(sectorOf) as [Industry, ...Industry[]])
    .exactOptional()
    .describe('Its trade'),
  zone: z.literal('beijing').exactOptional().describe('The free trade zone whose numbers are looked up'),
  numbers: z
    .strictObject({
      persons: count('All distinct persons it is about'),
      general: count('Distinct persons with no sensitive item'),
      sensitive: count('Distinct persons with any sensitive item'),
      sequenced: count('Persons whose exome or genome was sequenced'),
      records: count('Records to go abroad'),
      processed: count('Distinct persons the handler processes in all'),
    })
    .exactOptional(),
  harms: z
    .array(
      z.strictObject({
        affects: z.enum([
          'national-security',
          'economic-operation',
          'social-order',
          'public-interest',
          'organisation-or-individual',
        ]),
        harm: z.enum(['specially-serious', 'serious', 'general']),
      }),
    )
    .min(1)
    .exactOptional()
    .describe('What would be affected and how badly, for the table of GB/T 43697-2024'),
  catalogue: z
    .strictObject({
      scaleFiled: scale,
      scaleNow: scale,
      otherContentChanged: answer('Other filed content has changed'),
    })
    .exactOptional()
    .describe('The entry of the catalogue filed under the measures for industry, telecom and radio'),
}) satisfies z.ZodType<DataSet>

/** `tongguan/classification-facts/1`: the sets of data to be classified (`tongguan classify`). */
export const ClassificationFactsSchema = z.strictObject({
  schema: z.literal('tongguan/classification-facts/1'),
  sets: z
    .array(DataSetSchema)
    .min(1)
    .max(1_000)
    .superRefine((sets, context) => {
      const seen = new Set<string>()
      for (const [index, { id }] of sets.entries()) {
        if (seen.has(id)) {
          const en = `two sets are called "${id}"; each has its own name`
          const zh = `两个数据集都叫“${id}”；每个数据集应有自己的名称`
          context.addIssue({ code: 'custom', path: [index, 'id'], message: en, params: { words: { zh, en } } })
        }
        seen.add(id)
      }
    }),
})

export const classificationExample = `schema: tongguan/classification-facts/1
sets:
  - id: visits
    kinds: [diagnosis, national_id]
    minorsUnder14: false
    notified: false
    published: false
    namedCore: false
    mayEndangerDirectly: false
    coreRelation: false
    industry: health
    numbers: { records: 250, processed: 800000 }`

const Holds = z.enum(['yes', 'no', 'unknown'])
const Grade = z.enum(['core', 'important', 'general'])

const test = z.looseObject({
  byAuthority: Holds.describe('By an act of an authority: what a declaration goes by'),
  byDefinition: Holds.describe("Whether the day's definition fits: what the handler's own identification goes by"),
  citation: CitationSchema,
  certainty: CertaintySchema,
  missing: z.array(z.string()),
})

/** `tongguan/classification/1`: each set sensitive, important, core or general on a day (`tongguan classify --json`). */
export const ClassificationAnswerSchema = z.looseObject({
  schema: z.literal('tongguan/classification/1'),
  on: DaySchema,
  sets: z.array(
    z.looseObject({
      id: z.string(),
      grade: z.enum([...Grade.options, 'unknown']).describe('What a declaration goes by'),
      personalInformation: Holds,
      sensitive: z.looseObject({
        answer: Holds,
        list: z.string().describe('The list a classification goes by on the day'),
        citation: CitationSchema,
        certainty: CertaintySchema,
        kinds: z.array(z.string()),
        under: z.array(z.string()),
        notUnder: z.array(z.string()),
      }),
      important: test,
      core: test,
      proposed: z
        .looseObject({ grade: Grade, citation: CitationSchema, certainty: CertaintySchema })
        .nullable()
        .describe('By the table of GB/T 43697-2024; null where no harm was stated or it was not in force'),
      sectorRules: z.array(
        provision.extend({
          sector: z.string(),
          over: Holds.nullable().describe('Whether its number is reached; null where it has none of the set'),
        }),
      ),
      industry: z
        .looseObject({
          duties: z.array(provision),
          fileChange: Holds.describe('Whether a change of the catalogue must be filed within three months'),
          majorChange: words.extend({ citation: CitationSchema }),
        })
        .nullable()
        .describe('Industry, telecom and radio only'),
      missing: z.array(z.string()).describe('Facts without which something is unknown'),
      certainty: CertaintySchema,
    }),
  ),
  ...standing,
})
