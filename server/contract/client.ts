import type { z } from '@hono/zod-openapi'
import type {
  CaseClockSchema,
  CaseListSchema,
  CasePageSchema,
  CaseSummarySchema,
  CompletenessSchema,
  DocumentSchema,
  EvidencePageSchema,
  NextStepSchema,
  ProblemSchema,
  TimelineEventSchema,
} from './cases.ts'
import type { DeskSchema, QueuePageSchema, QueuedCaseSchema } from './desk.ts'
import type { PilotListSchema } from './pilots.ts'
import type { Operation, Routes } from './routes.ts'
import type { InvitedSchema } from './accounts.ts'
import type { MeSchema, SessionSchema, SignInPendingSchema } from './session.ts'

/*
 * The contract as types, for whoever calls the API in TypeScript; import it with `import type` only.
 *
 *   const answer: Answer<'GET /v1/cases/{caseNo}'> = await call('GET /v1/cases/{caseNo}', { params: { caseNo } })
 */

/** Every call by method and path. */
export type Api = { [Id in Operation as Call<Id>]: Shape<Routes[Id]> }
export type Answer<Key extends keyof Api> = Api[Key]['answer']
export type Ask<Key extends keyof Api> = Omit<Api[Key], 'answer'>

export type Desk = z.output<typeof DeskSchema>
export type QueuePage = z.output<typeof QueuePageSchema>
export type QueuedCase = z.output<typeof QueuedCaseSchema>
export type CaseClock = z.output<typeof CaseClockSchema>
export type CaseList = z.output<typeof CaseListSchema>
export type CasePage = z.output<typeof CasePageSchema>
export type CaseSummary = z.output<typeof CaseSummarySchema>
export type Completeness = z.output<typeof CompletenessSchema>
export type CaseDocument = z.output<typeof DocumentSchema>
export type EvidencePage = z.output<typeof EvidencePageSchema>
export type Invited = z.output<typeof InvitedSchema>
export type Me = z.output<typeof MeSchema>
export type NextStep = z.output<typeof NextStepSchema>
export type PilotList = z.output<typeof PilotListSchema>
export type PilotOffered = PilotList['pilots'][number]
export type Problem = z.output<typeof ProblemSchema>
export type Session = z.output<typeof SessionSchema>
export type SignInPending = z.output<typeof SignInPendingSchema>
export type TimelineEvent = z.output<typeof TimelineEventSchema>
export type { Operation } from './routes.ts'
export type { Role } from './session.ts'
export type { ProblemCode } from '../problems.ts'

type Call<Id extends Operation> = Routes[Id] extends { readonly method: infer Method; readonly path: infer Path }
  ? `${Uppercase<Method & string>} ${Path & string}`
  : never

type Shape<Route> = Params<Route> & Query<Route> & Body<Route> & { readonly answer: Success<Route> }

type Params<Route> = Route extends { readonly request: { readonly params: infer Schema extends z.ZodType } }
  ? { readonly params: z.input<Schema> }
  : unknown
type Query<Route> = Route extends { readonly request: { readonly query: infer Schema extends z.ZodType } }
  ? { readonly query?: z.input<Schema> }
  : unknown
type Body<Route> = Route extends {
  readonly request: {
    readonly body: { readonly content: { readonly 'application/json': { readonly schema: infer S } } }
  }
}
  ? { readonly body: S extends z.ZodType ? z.input<S> : never }
  : unknown

type Success<Route> = Route extends { readonly responses: infer Responses }
  ? Responses extends { readonly 200: infer Ok }
    ? Json<Ok>
    : Responses extends { readonly 201: infer Created }
      ? Json<Created>
      : undefined
  : never
type Json<Response> = Response extends {
  readonly content: { readonly 'application/json': { readonly schema: infer S } }
}
  ? S extends z.ZodType
    ? z.output<S>
    : never
  : undefined
