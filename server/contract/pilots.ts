import { z } from '@hono/zod-openapi'
import { WordsSchema, list } from './http.ts'

/** The worked examples as a start for a case of one's own. */
export const PilotListSchema = z
  .object({
    pilots: list(
      z.object({
        name: z.string().describe('As `tongguan demo` takes it'),
        title: WordsSchema,
        teaches: WordsSchema,
        pathWords: WordsSchema.describe('What it comes to'),
        files: list(z.object({ name: z.string(), words: WordsSchema, href: z.string() })),
      }),
    ).describe('Empty where this installation carries none'),
  })
  .openapi('PilotList')
