import { z } from '@hono/zod-openapi'
import { itemCodes } from '@tongguan/casework'
import { CaseStatusSchema } from './cases.ts'
import { DaySchema, WordsSchema, list, printable } from './http.ts'

const finding = z.enum(['met', 'not-met', 'unclear'])
const ItemOpinionSchema = z.strictObject({
  item: z
    .string()
    .max(20)
    .describe(`An item of Order 11 art. 8: ${itemCodes.join(', ')}`),
  finding,
  text: printable.max(8000),
})

export const InvitationSchema = z.strictObject({ account: z.string().max(200) })
export const RecusalSchema = z.strictObject({ reason: printable.max(2000) })
export const OpinionSchema = z.strictObject({ items: list(ItemOpinionSchema) })

export const OpinionsSchema = z
  .object({
    items: list(z.object({ code: z.string(), words: WordsSchema })).describe('What art. 8 has assessed'),
    unsealed: z.boolean().describe('All expected opinions are in, so they may be read'),
    invited: list(
      z.object({
        account: z.string(),
        name: z.string(),
        organisation: z.string(),
        recused: z.string().nullable(),
        given: z.boolean(),
        opinion: list(ItemOpinionSchema).nullable().describe("Null while sealed, but one's own"),
      }),
    ),
    consolidated: z
      .object({
        day: DaySchema,
        items: list(ItemOpinionSchema),
        dissent: list(z.object({ name: z.string(), item: z.string(), finding, text: z.string() })),
      })
      .nullable(),
    lead: z.string().nullable().describe('The account of the officer who has the case'),
  })
  .openapi('Opinions')

export const SimilarCasesSchema = z
  .object({
    cases: list(
      z.object({
        caseNo: z.string(),
        handlerName: z.string(),
        status: CaseStatusSchema,
        statusWords: WordsSchema,
        outcome: z.enum(['passed', 'passedInPart', 'notPassed']).nullable(),
        countries: list(z.string()),
        itemKinds: list(z.string()),
      }),
    ),
  })
  .openapi('SimilarCases')
