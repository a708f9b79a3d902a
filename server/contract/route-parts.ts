import { z } from '@hono/zod-openapi'
import { ProblemSchema } from './cases.ts'
import { problemMediaType } from './http.ts'

// What the routes of every subject are made of.

export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
export const problem = (description: string) => ({
  description,
  content: { [problemMediaType]: { schema: ProblemSchema } },
})
export const etag = z.object({
  ETag: z.string().openapi({ example: '"3"', description: 'The number of the last event' }),
})

/** Answers of every route but the open ones. */
export const refusals = {
  401: problem('Not signed in, or the session has ended: sign in again and repeat with the same Idempotency-Key'),
  403: problem('Not the act of this role'),
  404: problem('No such thing, or not one this user may see'),
}
/** Answers of every route that changes something. */
export const changes = {
  ...refusals,
  400: problem('Not JSON, or a header is missing or malformed'),
  409: problem('Cannot follow now; `possible` says what can'),
  412: problem('Somebody else was first; `since` says who changed what'),
  413: problem('The body is too large'),
  415: problem('The body is not JSON'),
  422: problem('The body does not fit, or the Idempotency-Key was used for something else'),
  428: problem('If-Match is missing'),
}
const idempotencyKey = z
  .string()
  .optional()
  .openapi({
    param: { name: 'Idempotency-Key', in: 'header', required: true },
    description:
      'Made anew by the client for each thing it wants done (8 to 128 letters, digits, - or _). Repeated with the same body, the first answer comes again and nothing is done twice. A refusal does not use it up.',
  })
const ifMatch = z
  .string()
  .optional()
  .openapi({
    param: { name: 'If-Match', in: 'header', required: true },
    description: 'The ETag of what is changed, as the user saw it',
    example: '"3"',
  })
export const FirstHeaders = z.object({ 'Idempotency-Key': idempotencyKey })
export const ChangeHeaders = z.object({ 'Idempotency-Key': idempotencyKey, 'If-Match': ifMatch })
