import { createRoute, z } from '@hono/zod-openapi'
import { individualRights } from '@tongguan/law'
import { ClockSchema, DaySchema, WordsSchema, list, printable } from './http.ts'
import { changes, json, problem, refusals } from './route-parts.ts'

const RequestKindSchema = z.enum(individualRights.map(({ code }) => code))

/** What a person asked, without anything of the person: not even the keyed hashes leave the register. */
export const IndividualRequestSchema = z
  .object({
    id: z.uuid(),
    kind: RequestKindSchema,
    kindWords: WordsSchema,
    article: z.int().describe('Of the PIPL'),
    soonWords: WordsSchema.nullable().describe('How soon, in the law’s own word; null where it has none'),
    registeredOn: DaySchema,
    identifiedBy: list(z.string()).describe('The kinds of identifiers the person gave, as the scanner names them'),
    keptOut: z.boolean().describe('Whether the gate holds a batch this person is in'),
    answer: z
      .object({ outcome: z.enum(['met', 'refused']), on: DaySchema, reason: z.string().nullable() })
      .nullable()
      .describe('Null: not answered yet'),
    handedOver: list(
      z.object({
        recipient: z.string(),
        notifiedOn: DaySchema,
        confirmed: z.object({ outcome: z.enum(['done', 'not-held']), on: DaySchema }).nullable(),
      }),
    ),
  })
  .openapi('IndividualRequest')

export const IndividualRequestListSchema = z
  .object({
    requests: list(IndividualRequestSchema).describe('In the order they came'),
    kinds: list(z.object({ kind: RequestKindSchema, words: WordsSchema, article: z.int() })),
    clock: ClockSchema,
  })
  .openapi('IndividualRequestList')

const IdentifiersSchema = list(z.object({ column: printable.max(100), value: printable.max(200) }))
  .refine((all) => all.length > 0 && all.length <= 10, '1–10')
  .describe('Of one person, each under the name its column has in the batches; hashed at once, kept nowhere')

export const NewIndividualRequestSchema = z.strictObject({
  kind: RequestKindSchema,
  identifiers: IdentifiersSchema,
})

export const IndividualAnswerSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('met') }),
  z.strictObject({ outcome: z.literal('refused'), reason: printable.max(1000) }),
])

const EnvelopeSchema = z
  .object({
    payloadType: z.string(),
    payload: z.string(),
    signatures: list(z.object({ keyid: z.string(), sig: z.string() })),
  })
  .describe('DSSE')

export const NewIndividualNoticeSchema = z.strictObject({
  recipient: printable.max(200).describe('As the trust file names it: only its key can confirm'),
  identifiers: IdentifiersSchema.describe('Once more: the register keeps none'),
})

export const IndividualNoticeSchema = z
  .object({
    notice: EnvelopeSchema,
    key: z.base64().describe('Goes to the recipient by another way than the notice; shown once'),
    digest: z.string(),
    request: IndividualRequestSchema,
  })
  .openapi('IndividualNotice')

export const IndividualConfirmationSchema = z.strictObject({ confirmation: EnvelopeSchema })

const fileName = z
  .string()
  .regex(/^(?!\.)[\p{L}\p{N}_. -]{1,100}$/u)
  .describe('Without a folder')

export const BatchToThinSchema = z.strictObject({
  files: list(z.strictObject({ name: fileName, base64: z.base64() }))
    .refine((all) => all.length > 0 && all.length <= 20, '1–20')
    .refine((all) => new Set(all.map(({ name }) => name.toLowerCase())).size === all.length, 'names differ')
    .describe('A whole batch of CSV, TSV or NDJSON; a larger one is thinned by `tongguan individuals drop`'),
})

export const ThinnedBatchSchema = z
  .object({
    files: list(z.object({ name: z.string(), base64: z.base64(), rows: z.int(), dropped: z.int() })),
    unmatchable: z.int().describe('Requests that could not be looked for in these files'),
    unlinked: z.int().describe('Rows that name nobody; with these or those the gate holds the batch'),
  })
  .openapi('ThinnedBatch')

export const IndividualProofSchema = z
  .object({
    request: IndividualRequestSchema,
    steps: list(
      z.object({
        event: z.enum(['registered', 'answered', 'notified', 'confirmed']),
        on: DaySchema,
        line: z.string().describe('SHA-256 of the register’s line, as its leaf of the log has it'),
        logIndex: z.int().nullable(),
      }),
    ),
    batches: list(
      z.object({
        name: z.string(),
        recipient: z.string(),
        logIndex: z.int(),
        heldAgainstRegister: z.boolean().describe('Whether it left held against this register'),
      }),
    ).describe('Released after the request came'),
  })
  .openapi('IndividualProof')

const RequestParams = z.object({ requestId: z.string().max(60) })

export const individualRoutes = {
  listIndividualRequests: createRoute({
    operationId: 'listIndividualRequests',
    method: 'get',
    path: '/v1/individual-requests',
    summary: 'What individuals asked about their own data',
    tags: ['individuals'],
    responses: { 200: json(IndividualRequestListSchema, 'Every request'), ...refusals },
  }),
  registerIndividualRequest: createRoute({
    operationId: 'registerIndividualRequest',
    method: 'post',
    path: '/v1/individual-requests',
    summary:
      'Register what one person asks; from then on the gate holds a batch they are in, where the right asks for it',
    description: 'Takes no Idempotency-Key: its digest would be an unkeyed hash of the identifiers.',
    tags: ['individuals'],
    request: { body: { required: true, content: { 'application/json': { schema: NewIndividualRequestSchema } } } },
    responses: { ...changes, 201: json(IndividualRequestSchema, 'Registered, with its leaf in the log') },
  }),
  answerIndividualRequest: createRoute({
    operationId: 'answerIndividualRequest',
    method: 'post',
    path: '/v1/individual-requests/{requestId}/answer',
    summary: 'Answer a request: met, or refused for a reason (PIPL art. 50)',
    tags: ['individuals'],
    request: {
      params: RequestParams,
      body: { required: true, content: { 'application/json': { schema: IndividualAnswerSchema } } },
    },
    responses: { ...changes, 200: json(IndividualRequestSchema, 'Answered') },
  }),
  notifyRecipient: createRoute({
    operationId: 'notifyRecipient',
    method: 'post',
    path: '/v1/individual-requests/{requestId}/notice',
    summary: 'Sign a notice of a request for a recipient, with the key that makes its codes',
    description: 'Takes no Idempotency-Key: its digest would be an unkeyed hash of the identifiers.',
    tags: ['individuals'],
    request: {
      params: RequestParams,
      body: { required: true, content: { 'application/json': { schema: NewIndividualNoticeSchema } } },
    },
    responses: { ...changes, 200: json(IndividualNoticeSchema, 'The notice, logged') },
  }),
  keepConfirmation: createRoute({
    operationId: 'keepConfirmation',
    method: 'post',
    path: '/v1/individual-requests/confirmations',
    summary: 'Keep what the recipient signed about a notice',
    tags: ['individuals'],
    request: { body: { required: true, content: { 'application/json': { schema: IndividualConfirmationSchema } } } },
    responses: { ...changes, 200: json(IndividualRequestSchema, 'Kept, with its leaf in the log') },
  }),
  dropFromBatch: createRoute({
    operationId: 'dropFromBatch',
    method: 'post',
    path: '/v1/individual-requests/thinned-batch',
    summary: 'A batch without the rows of everybody who stays out of it',
    description: 'The files are read, written anew, read once more, and let go. Takes no Idempotency-Key.',
    tags: ['individuals'],
    request: { body: { required: true, content: { 'application/json': { schema: BatchToThinSchema } } } },
    responses: { ...changes, 200: json(ThinnedBatchSchema, 'The batch, thinned') },
  }),
  proveIndividualRequest: createRoute({
    operationId: 'proveIndividualRequest',
    method: 'get',
    path: '/v1/individual-requests/{requestId}/proof',
    summary: 'Each step with its leaf of the log, and the batches that left since',
    tags: ['individuals'],
    request: { params: RequestParams },
    responses: {
      200: json(IndividualProofSchema, 'The proof'),
      ...refusals,
      422: problem('The register does not fit'),
    },
  }),
}
