import { z } from '@hono/zod-openapi'
import { queues } from '@tongguan/casework'
import { CaseKindSchema, CaseStatusSchema } from './cases.ts'
import { ClockSchema, DaySchema, WordsSchema, list, printable } from './http.ts'
import { LegalDateSchema } from './permit.ts'

export const QueueSchema = z.enum(queues)
const caseNo = z.string().regex(/^TG-\d{4}-\d{6}$/)

/** One case as an officer finds it in a queue. */
export const QueuedCaseSchema = z
  .object({
    caseNo: z.string(),
    kind: CaseKindSchema,
    kindWords: WordsSchema,
    status: CaseStatusSchema,
    statusWords: WordsSchema,
    queue: QueueSchema,
    handlerName: z.string(),
    province: z.string(),
    due: DaySchema.nullable().describe('The statutory date, which the queue is sorted by'),
    dueWords: WordsSchema.nullable().describe('Of which period'),
    announced: DaySchema.nullable().describe('What the office announced instead'),
    provisional: z.boolean(),
    late: z.boolean(),
    lastDay: DaySchema.describe('When anything happened last'),
    assignee: z.object({ account: z.string(), name: z.string(), away: z.boolean() }).nullable(),
  })
  .openapi('QueuedCase')

export const DeskSchema = z
  .object({
    queues: list(
      z.object({ queue: QueueSchema, words: WordsSchema, work: z.boolean(), cases: z.int(), late: z.int() }),
    ).describe('Every queue of this office, empty ones too'),
    officers: list(
      z.object({ account: z.string(), name: z.string(), cases: z.int(), late: z.int(), away: z.boolean() }),
    ).describe('Everybody of this office with their load'),
    notices: z.int().describe('Unread notices of the one who asks'),
    clock: ClockSchema,
  })
  .openapi('Desk')

export const QueuePageSchema = z
  .object({ cases: list(QueuedCaseSchema), next: z.string().nullable(), clock: ClockSchema })
  .openapi('QueuePage')

export const PulledSchema = z
  .object({ caseNo: z.string().nullable().describe('Null when nothing waits for anybody') })
  .openapi('Pulled')

export const PullSchema = z.strictObject({ queue: QueueSchema.optional() })
export const AssignmentSchema = z.strictObject({
  caseNo,
  to: z.string().max(200).nullable().describe('An account of this office; null gives the case back'),
  seen: z.string().max(200).nullable().describe('Who had it when the one who assigns looked'),
  reason: printable.max(1000).optional(),
})
export const SightSchema = z.strictObject({
  to: z.string().max(200).describe('An account of this office'),
  reason: printable.min(1).max(1000),
})
export const SightGivenSchema = z
  .object({ caseNo: z.string(), to: z.string(), reason: z.string() })
  .openapi('SightGiven')
export const AbsenceSchema = z.strictObject({
  officer: z.string().max(200).optional().describe('Left out, the one who asks'),
  firstDay: LegalDateSchema,
  lastDay: LegalDateSchema,
})
export const AssignedSchema = z.object({ caseNo: z.string(), assignee: z.string().nullable() }).openapi('Assigned')
export const NoticesSchema = z
  .object({
    notices: list(
      z.object({
        id: z.string(),
        caseNo: z.string().nullable().describe('Null where it is about the account itself'),
        day: DaySchema,
        words: WordsSchema,
      }),
    ),
  })
  .openapi('Notices')
export const ReadNoticesSchema = z.strictObject({ ids: z.array(z.string().max(60)).max(100).readonly() })
export const MovedSchema = z
  .object({
    moved: list(
      z.object({ caseNo: z.string(), words: WordsSchema, before: DaySchema, after: DaySchema, day: DaySchema }),
    ),
  })
  .openapi('MovedDates')
export const CalendarAddressSchema = z
  .object({ path: z.string().describe('Secret: whoever has it reads the dates. A new one ends the old') })
  .openapi('CalendarAddress')
