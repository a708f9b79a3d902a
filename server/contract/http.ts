import { z } from '@hono/zod-openapi'
import type { Words } from '@tongguan/law'

/** A text in both languages. */
export const WordsSchema = z.object({ zh: z.string(), en: z.string() }).openapi('Words')

/** A day of the law as it is answered; what is asked goes through `LegalDateSchema`. */
export const DaySchema = z.iso.date().openapi({ example: '2026-03-09' })

// Control characters but line breaks and tabs, what turns the direction of a line around, and half a surrogate pair,
// which is no character and which a database does not take.
const notPrintable =
  '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff'

/** Finds what cannot be seen in a text. */
export const unprintable = new RegExp(`[${notPrintable}]`, 'u')

/** A text a person can read: not empty, and nothing in it that cannot be seen. */
export const printable = z
  .string()
  .trim()
  .min(1)
  .regex(new RegExp(`^[^${notPrintable}]*$`, 'u'), '含有控制字符 / control characters')

/** What somebody writes into a form: one text, or the same in both languages. */
export const SaidSchema = z
  .union([printable.max(4000), z.object({ zh: printable.max(4000), en: printable.max(4000) })])
  .transform((said): Words => (typeof said === 'string' ? { zh: said, en: said } : said))

export function list<Item extends z.ZodType>(item: Item) {
  return z.array(item).readonly()
}

/** The day the installation goes by. In a pilot it is stated, not today's, and every page says so. */
export const ClockSchema = z
  .object({
    on: DaySchema,
    stated: z.boolean(),
    words: WordsSchema.nullable().describe('Null when it is the real day'),
  })
  .openapi('Clock')

export const ActorSchema = z
  .object({
    kind: z.enum(['handler', 'province', 'national']),
    name: z.string(),
    office: z.string().nullable().describe('Null for a handler'),
  })
  .openapi('Actor')

export const problemMediaType = 'application/problem+json'

/** RFC 9457. `code` is stable; `title` and `detail` are in the language asked for, `words` holds the detail in both. */
export function problemSchema<Event extends z.ZodType, Step extends z.ZodType>(event: Event, step: Step) {
  return z
    .object({
      type: z.string().openapi({ example: 'urn:tongguan:problem:case.not-now' }),
      title: z.string(),
      status: z.int(),
      detail: z.string(),
      instance: z.string(),
      code: z.string().openapi({ example: 'case.not-now' }),
      words: WordsSchema,
      fields: list(z.object({ field: z.string(), message: z.string() }))
        .optional()
        .describe('What does not fit, by field'),
      possible: list(step).optional().describe('With 409: what can follow now, and whose act it is'),
      sequence: z.int().optional().describe('With 409 and 412: the number of the last event now'),
      since: list(event).optional().describe('With 412: the events since the version that was sent: who changed what'),
      retryAfterSeconds: z.int().optional(),
    })
    .openapi('Problem')
}
