import { createRoute, z } from '@hono/zod-openapi'
import { ClockSchema, DaySchema, WordsSchema, list } from './http.ts'
import { json, refusals } from './route-parts.ts'

const persons = z.object({ general: z.int(), sensitive: z.int() })

export const MetersSchema = z
  .object({
    counts: z.boolean().describe('False where no gate has worked for this handler here: nothing is known then'),
    year: z
      .object({
        from: DaySchema,
        counted: persons.describe('Distinct persons the gate has let out since then; exempt exports apart'),
        forecast: persons.describe('On 31 December at this year’s pace so far'),
        lines: list(
          z.object({
            kind: z.enum(['general', 'sensitive']),
            persons: z.int(),
            leadsTo: WordsSchema,
            citation: WordsSchema,
            left: z.int(),
            reachedOn: DaySchema.nullable().describe('At this year’s pace; null: reached already, or not this year'),
          }),
        ),
      })
      .nullable()
      .describe('Null where the gate has counted nobody this year'),
    permits: list(z.object({ permit: z.string(), scenario: z.string(), counted: persons, ceiling: persons })).describe(
      'What is used up of each permit the gate has released under',
    ),
    clock: ClockSchema,
  })
  .openapi('Meters')

export const meterRoutes = {
  getMeters: createRoute({
    operationId: 'getMeters',
    method: 'get',
    path: '/v1/meters',
    summary:
      'How many persons the gate has counted since 1 January and under each permit, against the lines and ceilings',
    tags: ['gate'],
    responses: { 200: json(MetersSchema, 'The meters'), ...refusals },
  }),
}
