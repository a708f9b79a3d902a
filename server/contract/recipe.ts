import type { ColumnRule, Recipe } from '@tongguan/gate'
import { z } from 'zod'

const characters = z.int().min(0).max(64)
const space = z
  .string()
  .min(1)
  .exactOptional()
  .describe("Columns of one code space have the same code for the same value; default: the column's own name")

const generalise = z
  .strictObject({
    do: z.literal('generalise'),
    to: z.enum(['month', 'quarter', 'year', 'decade']).exactOptional().describe('Of a date'),
    step: z.int().min(2).exactOptional().describe('Of a number: bands of so many'),
    top: z.int().exactOptional().describe('With step: this and above is one band'),
    first: z.int().min(1).max(64).exactOptional().describe('Of a code: its first characters'),
    decimals: z.int().min(0).max(6).exactOptional().describe('Of a coordinate: its first decimals'),
    groups: z.record(z.string().min(1), z.array(z.string())).exactOptional().describe('Of a word: group and members'),
    otherwise: z.string().min(1).exactOptional().describe('With groups: what stands in none; left out, it is emptied'),
  })
  .refine(
    ({ to, step, first, decimals, groups }) =>
      [to, step, first, decimals, groups].filter((one) => one !== undefined).length === 1,
    'expected one of to, step, first, decimals, groups',
  )

export const ColumnRuleSchema: z.ZodType<ColumnRule, unknown> = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('keep') }).describe('The column leaves as it is'),
  z.strictObject({ do: z.literal('suppress') }).describe('The column does not leave'),
  z
    .strictObject({ do: z.literal('mask'), first: characters.exactOptional(), last: characters.exactOptional() })
    .describe('Keeps so many characters at either end'),
  z
    .strictObject({ do: z.literal('keyed-hash'), as: space, with: z.enum(['sha256', 'sm3']).exactOptional() })
    .describe('HMAC, 32 hexadecimal digits'),
  z
    .strictObject({ do: z.literal('pseudonym'), as: space, prefix: z.string().max(16).exactOptional() })
    .describe('A code of 16 characters; the table that leads back stays in China'),
  z
    .strictObject({ do: z.literal('format-preserving'), of: z.enum(['national_id', 'mobile']), as: space })
    .describe('A number of the same shape that nobody can have been issued'),
  generalise,
  z
    .strictObject({ do: z.literal('date-shift'), days: z.int().min(1).max(3_650) })
    .describe('By at most so many days either way, the same for all dates of a person'),
  z
    .strictObject({
      do: z.literal('noise'),
      deviation: z.number().positive(),
      decimals: z.int().min(0).max(9).exactOptional(),
    })
    .describe('Normal, with this standard deviation'),
  z
    .strictObject({ do: z.literal('bounds'), bottom: z.number().exactOptional(), top: z.number().exactOptional() })
    .refine(({ bottom, top }) => bottom !== undefined || top !== undefined, 'expected bottom, top or both'),
  z
    .strictObject({ do: z.literal('spans'), alsoOf: z.array(z.string().min(1)).exactOptional() })
    .describe('Of a text: numbers and addresses, and what stands in these columns of the row'),
])

/** `tongguan/recipe/1`: what is done to each column of a batch before it leaves. */
export const RecipeSchema: z.ZodType<Recipe, unknown> = z.strictObject({
  schema: z.literal('tongguan/recipe/1'),
  id: z.string().min(1),
  recipient: z.string().min(1).describe('As the permit names it; codes are other ones for another recipient'),
  files: z
    .array(
      z
        .strictObject({
          match: z.string().min(1).describe('Path in the batch; * stands for any characters but /'),
          person: z.string().min(1).exactOptional().describe("The column that names the row's person"),
          columns: z.record(z.string(), ColumnRuleSchema).describe('Every column of the file, also one that is kept'),
        })
        .refine(
          ({ person, columns }) => person === undefined || person in columns,
          'expected person to be one of columns',
        )
        .refine(
          ({ person, columns }) =>
            person !== undefined || Object.values(columns).every((rule) => rule.do !== 'date-shift'),
          'date-shift needs person: the column that says whose dates they are',
        ),
    )
    .min(1),
})

export const recipeExample = `schema: tongguan/recipe/1
id: visits-2026-1
recipient: Amsterdam UMC            # as the permit names it
files:
  - match: visits*.csv
    person: mrn
    columns:
      mrn: { do: pseudonym, as: patient, prefix: P }
      name: { do: suppress }
      id_no: { do: format-preserving, of: national_id }
      birth_date: { do: generalise, to: year }
      visit_date: { do: date-shift, days: 50 }
      weight_kg: { do: keep }
`
