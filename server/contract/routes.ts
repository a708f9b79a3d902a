import { createRoute, z } from '@hono/zod-openapi'
import type { Command } from '@tongguan/casework'
import {
  CaseListSchema,
  CasePageSchema,
  CaseStatusSchema,
  EvidencePageSchema,
  ProblemSchema,
  ResultDraftSchema,
  TimelineEventSchema,
  commandBodies,
  commandPaths,
} from './cases.ts'
import { problemMediaType } from './http.ts'
import {
  CaseAccessListSchema,
  ChangeRoleSchema,
  CreateServiceTokenSchema,
  FactorsSchema,
  InvitationListSchema,
  InvitationSeenSchema,
  InvitationTokenSchema,
  InviteSchema,
  InvitedSchema,
  JoinSchema,
  MemberListSchema,
  NewPasskeySchema,
  NewPasswordSchema,
  RecoveryCodesSchema,
  SecurityEventListSchema,
  ServiceTokenListSchema,
  ServiceTokenMadeSchema,
  StepUpWaysSchema,
  TotpCodeSchema,
  TotpStartSchema,
} from './accounts.ts'
import {
  MeSchema,
  PasskeyAnswerSchema,
  PasskeyOptionsSchema,
  SessionSchema,
  SignInCodeSchema,
  SignInPendingSchema,
  SignInSchema,
  StepUpSchema,
} from './session.ts'

/*
 * Every route of the API by its operation id. The id is also the row of the rights table (server/rights.ts); a route
 * without a row does not compile, and does not start.
 */

const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
const problem = (description: string) => ({ description, content: { [problemMediaType]: { schema: ProblemSchema } } })
const etag = z.object({ ETag: z.string().openapi({ example: '"3"', description: 'The number of the last event' }) })

/** Answers of every route but the open ones. */
const refusals = {
  401: problem('Not signed in, or the session has ended: sign in again and repeat with the same Idempotency-Key'),
  403: problem('Not the act of this role'),
  404: problem('No such thing, or not one this user may see'),
}
/** Answers of every route that changes a case. */
const changes = {
  ...refusals,
  400: problem('Not JSON, or a header is missing or malformed'),
  409: problem('Cannot follow now; `possible` says what can'),
  412: problem('Somebody else was first; `since` says who changed what'),
  413: problem('The body is too large'),
  415: problem('The body is not JSON'),
  422: problem('The body does not fit, or the Idempotency-Key was used for something else'),
  428: problem('If-Match is missing'),
}
/** What a route with a body but no case adds. */
const bodyProblems = {
  400: problem('Not JSON'),
  415: problem('The body is not JSON'),
  422: problem('The body does not fit'),
}
const bodyOf = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})
/** Answers of every way to sign in. */
const signInAnswers = {
  ...bodyProblems,
  200: json(MeSchema, 'Signed in; the session is in a cookie'),
  401: problem('Not accepted; it is not told what was wrong'),
  403: problem('This installation does not play that role, or the request comes from another site'),
  429: problem('Too many tries; `retryAfterSeconds` says how long to wait'),
}
const done = { 204: { description: 'Done' } }
const idParams = <Name extends string>(name: Name) =>
  z.object({ [name]: z.string().openapi({ param: { name, in: 'path' } }) } as Record<Name, z.ZodString>)
const CaseNoParams = z.object({ caseNo: z.string().openapi({ param: { name: 'caseNo', in: 'path' } }) })
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
    description: 'The ETag of the case as the user saw it',
    example: '"3"',
  })
const FirstHeaders = z.object({ 'Idempotency-Key': idempotencyKey })
const ChangeHeaders = z.object({ 'Idempotency-Key': idempotencyKey, 'If-Match': ifMatch })

function commandRoute<Kind extends keyof typeof commandPaths, Summary extends string>(kind: Kind, summary: Summary) {
  return createRoute({
    operationId: kind,
    method: 'post',
    path: `/v1/cases/{caseNo}/${commandPaths[kind]}` as `/v1/cases/{caseNo}/${(typeof commandPaths)[Kind]}`,
    summary,
    tags: ['steps of a case'],
    request: {
      params: CaseNoParams,
      headers: ChangeHeaders,
      body: { required: true, content: { 'application/json': { schema: commandBodies[kind] } } },
    },
    responses: { ...changes, 200: { ...json(CasePageSchema, 'The case after the step'), headers: etag } },
  })
}

export const routes = {
  getHealth: createRoute({
    operationId: 'getHealth',
    method: 'get',
    path: '/v1/health',
    summary: 'Does the server answer, and its database',
    tags: ['server'],
    responses: {
      200: json(
        z
          .object({
            status: z.literal('ok'),
            version: z.string(),
            role: z.enum(['handler', 'authority', 'both']),
            database: z.enum(['embedded', 'postgresql']),
            simulated: z.boolean(),
          })
          .openapi('Health'),
        'Both do',
      ),
      503: problem('The database does not answer'),
    },
  }),
  getOpenApi: createRoute({
    operationId: 'getOpenApi',
    method: 'get',
    path: '/openapi.json',
    summary: 'This description',
    tags: ['server'],
    responses: { 200: json(z.record(z.string(), z.unknown()), 'OpenAPI 3.1') },
  }),
  getSession: createRoute({
    operationId: 'getSession',
    method: 'get',
    path: '/v1/session',
    summary: 'Is anybody signed in, and who',
    tags: ['session'],
    responses: { 200: json(SessionSchema, 'Also without a session') },
  }),
  signIn: createRoute({
    operationId: 'signIn',
    method: 'post',
    path: '/v1/session',
    summary: 'Sign in with e-mail and password',
    tags: ['session'],
    request: bodyOf(SignInSchema),
    responses: {
      ...signInAnswers,
      202: json(SignInPendingSchema, 'The password was right; the second factor is still missing'),
    },
  }),
  signInWithCode: createRoute({
    operationId: 'signInWithCode',
    method: 'post',
    path: '/v1/session/code',
    summary: 'The second step: a code of the authenticator, or a recovery code',
    tags: ['session'],
    request: bodyOf(SignInCodeSchema),
    responses: signInAnswers,
  }),
  askForPasskey: createRoute({
    operationId: 'askForPasskey',
    method: 'post',
    path: '/v1/session/passkey-question',
    summary: 'What the browser is to sign with a passkey; the same for everybody',
    tags: ['session'],
    responses: {
      200: json(PasskeyOptionsSchema, 'For navigator.credentials.get'),
      403: problem('From another site'),
      409: problem('Not under this address: passkeys belong to a name'),
    },
  }),
  signInWithPasskey: createRoute({
    operationId: 'signInWithPasskey',
    method: 'post',
    path: '/v1/session/passkey',
    summary: 'Sign in with a passkey',
    tags: ['session'],
    request: bodyOf(PasskeyAnswerSchema),
    responses: signInAnswers,
  }),
  startSingleSignOn: createRoute({
    operationId: 'startSingleSignOn',
    method: 'get',
    path: '/v1/session/single-sign-on',
    summary: "To the organisation's own provider (OpenID Connect)",
    tags: ['session'],
    responses: { 302: { description: 'There' }, 404: problem('No provider is set up') },
  }),
  finishSingleSignOn: createRoute({
    operationId: 'finishSingleSignOn',
    method: 'get',
    path: '/v1/session/single-sign-on/callback',
    summary: 'Back from the provider: signed in, or to the sign-in page',
    tags: ['session'],
    responses: {
      302: { description: 'Into the portal, or to the sign-in page' },
      404: problem('No provider is set up'),
    },
  }),
  getStepUp: createRoute({
    operationId: 'getStepUp',
    method: 'get',
    path: '/v1/session/step-up',
    summary: 'How this person can prove again who they are',
    tags: ['session'],
    responses: { 200: json(StepUpWaysSchema, 'The ways'), 401: refusals[401], 403: refusals[403] },
  }),
  askStepUpPasskey: createRoute({
    operationId: 'askStepUpPasskey',
    method: 'post',
    path: '/v1/session/step-up/passkey-question',
    summary: 'What this person is to sign with their passkey',
    tags: ['session'],
    responses: {
      200: json(PasskeyOptionsSchema, 'For navigator.credentials.get'),
      401: refusals[401],
      403: refusals[403],
      409: problem('Not under this address: passkeys belong to a name'),
    },
  }),
  stepUp: createRoute({
    operationId: 'stepUp',
    method: 'post',
    path: '/v1/session/step-up',
    summary: 'Prove again who one is; signing and releasing ask for it',
    tags: ['session'],
    request: bodyOf(StepUpSchema),
    responses: {
      ...bodyProblems,
      ...done,
      401: refusals[401],
      403: problem('Not accepted'),
      429: problem('Too many tries'),
    },
  }),
  signOut: createRoute({
    operationId: 'signOut',
    method: 'delete',
    path: '/v1/session',
    summary: 'Sign out: the session ends at once',
    tags: ['session'],
    responses: { 204: { description: 'Signed out, or never was in' }, 403: problem('From another site') },
  }),
  getMe: createRoute({
    operationId: 'getMe',
    method: 'get',
    path: '/v1/me',
    summary: 'Who is signed in, for whom, with which rights',
    tags: ['session'],
    responses: { 200: json(MeSchema, 'The one signed in'), 401: refusals[401] },
  }),
  getFactors: createRoute({
    operationId: 'getFactors',
    method: 'get',
    path: '/v1/me/factors',
    summary: 'The second factors of the one signed in',
    tags: ['own account'],
    responses: { 200: json(FactorsSchema, 'They'), 401: refusals[401], 403: refusals[403] },
  }),
  startTotp: createRoute({
    operationId: 'startTotp',
    method: 'post',
    path: '/v1/me/totp',
    summary: 'A secret for an authenticator app, not in force until a code is shown',
    tags: ['own account'],
    responses: {
      200: json(TotpStartSchema, 'The secret, shown once'),
      401: refusals[401],
      403: refusals[403],
      409: problem('There is one already'),
    },
  }),
  confirmTotp: createRoute({
    operationId: 'confirmTotp',
    method: 'post',
    path: '/v1/me/totp/confirmation',
    summary: 'Puts the authenticator in force with its first code',
    tags: ['own account'],
    request: bodyOf(TotpCodeSchema),
    responses: {
      ...bodyProblems,
      200: json(RecoveryCodesSchema, 'In force, with new recovery codes'),
      401: refusals[401],
      403: refusals[403],
    },
  }),
  removeTotp: createRoute({
    operationId: 'removeTotp',
    method: 'delete',
    path: '/v1/me/totp',
    summary: 'Removes the authenticator',
    tags: ['own account'],
    responses: { ...done, 401: refusals[401], 403: refusals[403] },
  }),
  renewRecoveryCodes: createRoute({
    operationId: 'renewRecoveryCodes',
    method: 'post',
    path: '/v1/me/recovery-codes',
    summary: 'New recovery codes instead of the old ones',
    tags: ['own account'],
    responses: { 200: json(RecoveryCodesSchema, 'The new ones'), 401: refusals[401], 403: refusals[403] },
  }),
  startPasskey: createRoute({
    operationId: 'startPasskey',
    method: 'post',
    path: '/v1/me/passkey-question',
    summary: 'What the browser is to make a passkey of',
    tags: ['own account'],
    responses: {
      200: json(PasskeyOptionsSchema, 'For navigator.credentials.create'),
      401: refusals[401],
      403: refusals[403],
      409: problem('Not under this address: passkeys belong to a name'),
    },
  }),
  keepPasskey: createRoute({
    operationId: 'keepPasskey',
    method: 'post',
    path: '/v1/me/passkeys',
    summary: 'Keeps a new passkey',
    tags: ['own account'],
    request: bodyOf(NewPasskeySchema),
    responses: { ...bodyProblems, 200: json(FactorsSchema, 'All factors now'), 401: refusals[401], 403: refusals[403] },
  }),
  removePasskey: createRoute({
    operationId: 'removePasskey',
    method: 'delete',
    path: '/v1/me/passkeys/{passkeyId}',
    summary: 'Removes a passkey',
    tags: ['own account'],
    request: { params: idParams('passkeyId') },
    responses: { ...done, ...refusals },
  }),
  changePassword: createRoute({
    operationId: 'changePassword',
    method: 'post',
    path: '/v1/me/password',
    summary: 'A new password; every other session of this person ends',
    tags: ['own account'],
    request: bodyOf(NewPasswordSchema),
    responses: { ...bodyProblems, ...done, 401: refusals[401], 403: refusals[403] },
  }),
  seeInvitation: createRoute({
    operationId: 'seeInvitation',
    method: 'post',
    path: '/v1/invitations/seen',
    summary: 'What an invitation is for',
    tags: ['invitations'],
    request: bodyOf(InvitationTokenSchema),
    responses: {
      ...bodyProblems,
      200: json(InvitationSeenSchema, 'It holds'),
      403: problem('From another site'),
      404: problem('It does not hold: unknown, used, withdrawn or expired'),
      429: problem('Too many tries'),
    },
  }),
  join: createRoute({
    operationId: 'join',
    method: 'post',
    path: '/v1/invitations/acceptance',
    summary: 'Accepts an invitation, once',
    tags: ['invitations'],
    request: bodyOf(JoinSchema),
    responses: {
      ...bodyProblems,
      ...done,
      403: problem('From another site'),
      404: problem('It does not hold: unknown, used, withdrawn or expired'),
      429: problem('Too many tries'),
    },
  }),
  listMembers: createRoute({
    operationId: 'listMembers',
    method: 'get',
    path: '/v1/organisation/members',
    summary: "The organisation's accounts",
    tags: ['organisation'],
    responses: { 200: json(MemberListSchema, 'All of them'), 401: refusals[401], 403: refusals[403] },
  }),
  changeRole: createRoute({
    operationId: 'changeRole',
    method: 'put',
    path: '/v1/organisation/members/{memberId}/role',
    summary: 'Another role; it counts from the next request on',
    tags: ['organisation'],
    request: { params: idParams('memberId'), ...bodyOf(ChangeRoleSchema) },
    responses: { ...bodyProblems, ...done, ...refusals, 409: problem('Not one’s own') },
  }),
  offBoard: createRoute({
    operationId: 'offBoard',
    method: 'delete',
    path: '/v1/organisation/members/{memberId}',
    summary: 'Off-boards a member: every session ends at once, for good',
    tags: ['organisation'],
    request: { params: idParams('memberId') },
    responses: { ...done, ...refusals, 409: problem('Not oneself') },
  }),
  renewAccess: createRoute({
    operationId: 'renewAccess',
    method: 'post',
    path: '/v1/organisation/members/{memberId}/access-renewal',
    summary: 'For somebody who lost password and factors: a link to set them anew',
    tags: ['organisation'],
    request: { params: idParams('memberId') },
    responses: { 200: json(InvitedSchema, 'The link'), ...refusals, 409: problem('Not oneself') },
  }),
  listInvitations: createRoute({
    operationId: 'listInvitations',
    method: 'get',
    path: '/v1/organisation/invitations',
    summary: 'Who was invited',
    tags: ['organisation'],
    responses: { 200: json(InvitationListSchema, 'Newest first'), 401: refusals[401], 403: refusals[403] },
  }),
  invite: createRoute({
    operationId: 'invite',
    method: 'post',
    path: '/v1/organisation/invitations',
    summary: 'Invites somebody into the organisation',
    tags: ['organisation'],
    request: bodyOf(InviteSchema),
    responses: {
      ...bodyProblems,
      200: json(InvitedSchema, 'The link, shown once'),
      401: refusals[401],
      403: refusals[403],
      409: problem('The address has an account'),
    },
  }),
  withdrawInvitation: createRoute({
    operationId: 'withdrawInvitation',
    method: 'delete',
    path: '/v1/organisation/invitations/{invitationId}',
    summary: 'Withdraws an open invitation',
    tags: ['organisation'],
    request: { params: idParams('invitationId') },
    responses: { ...done, ...refusals },
  }),
  listServiceTokens: createRoute({
    operationId: 'listServiceTokens',
    method: 'get',
    path: '/v1/organisation/service-tokens',
    summary: 'The tokens of its gates, with their last use',
    tags: ['organisation'],
    responses: { 200: json(ServiceTokenListSchema, 'Newest first'), 401: refusals[401], 403: refusals[403] },
  }),
  createServiceToken: createRoute({
    operationId: 'createServiceToken',
    method: 'post',
    path: '/v1/organisation/service-tokens',
    summary: 'A token for a gate: few operations, until a day',
    tags: ['organisation'],
    request: bodyOf(CreateServiceTokenSchema),
    responses: {
      ...bodyProblems,
      200: json(ServiceTokenMadeSchema, 'The token, shown once'),
      401: refusals[401],
      403: refusals[403],
    },
  }),
  revokeServiceToken: createRoute({
    operationId: 'revokeServiceToken',
    method: 'delete',
    path: '/v1/organisation/service-tokens/{tokenId}',
    summary: 'Revokes a token, at once',
    tags: ['organisation'],
    request: { params: idParams('tokenId') },
    responses: { ...done, ...refusals },
  }),
  listSecurityEvents: createRoute({
    operationId: 'listSecurityEvents',
    method: 'get',
    path: '/v1/organisation/security-events',
    summary: "What happened to the organisation's identities, newest first",
    tags: ['organisation'],
    request: { query: z.object({ before: z.coerce.number().int().min(1).optional() }) },
    responses: {
      200: json(SecurityEventListSchema, 'A page of fifty'),
      401: refusals[401],
      403: refusals[403],
      422: problem('A parameter does not fit'),
    },
  }),
  listCaseAccess: createRoute({
    operationId: 'listCaseAccess',
    method: 'get',
    path: '/v1/cases/{caseNo}/access',
    summary: "Who of the supervisor's organisation looked into the case, newest first",
    tags: ['cases'],
    request: { params: CaseNoParams },
    responses: { 200: json(CaseAccessListSchema, 'The last hundred'), ...refusals },
  }),
  listCases: createRoute({
    operationId: 'listCases',
    method: 'get',
    path: '/v1/cases',
    summary: 'The cases this user may see, newest number first',
    tags: ['cases'],
    request: {
      query: z.object({
        status: CaseStatusSchema.optional(),
        cursor: z.string().max(200).optional(),
        limit: z.coerce.number().int().min(1).max(100).optional().openapi({ description: 'Left out: 20' }),
      }),
    },
    responses: {
      200: json(CaseListSchema, 'A page of them'),
      401: refusals[401],
      403: refusals[403],
      422: problem('A parameter does not fit'),
    },
  }),
  getCase: createRoute({
    operationId: 'getCase',
    method: 'get',
    path: '/v1/cases/{caseNo}',
    summary: 'One case: header, timeline, clocks, documents, and what may happen next',
    tags: ['cases'],
    request: { params: CaseNoParams },
    responses: { 200: { ...json(CasePageSchema, 'The case'), headers: etag }, ...refusals },
  }),
  getEvidence: createRoute({
    operationId: 'getEvidence',
    method: 'get',
    path: '/v1/cases/{caseNo}/evidence',
    summary: 'What the scan behind the declaration found',
    tags: ['cases'],
    request: { params: CaseNoParams },
    responses: {
      200: json(EvidencePageSchema, 'Counts and categories; masked samples for the handler only'),
      ...refusals,
    },
  }),
  getDocument: createRoute({
    operationId: 'getDocument',
    method: 'get',
    path: '/v1/cases/{caseNo}/documents/{documentId}',
    summary: 'The bytes of one document, as filed',
    tags: ['cases'],
    request: {
      params: CaseNoParams.extend({ documentId: z.string().openapi({ param: { name: 'documentId', in: 'path' } }) }),
    },
    responses: {
      200: {
        description: 'To be saved, never shown inside the portal',
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
      },
      ...refusals,
    },
  }),
  streamEvents: createRoute({
    operationId: 'streamEvents',
    method: 'get',
    path: '/v1/cases/{caseNo}/events/stream',
    summary: 'The events of a case as they happen (server-sent events)',
    description:
      'Each is `event: case`, `id: <sequence>`, `data: <TimelineEvent>`; `event: ended` with a problem as data when the session or the right has ended. Without Last-Event-ID it starts after the last event there is.',
    tags: ['cases'],
    request: { params: CaseNoParams, headers: z.object({ 'Last-Event-ID': z.string().optional() }) },
    responses: {
      200: { description: 'The stream', content: { 'text/event-stream': { schema: TimelineEventSchema } } },
      ...refusals,
    },
  }),
  declare: createRoute({
    operationId: 'declare',
    method: 'post',
    path: '/v1/cases',
    summary: 'Declare: opens a case with the province',
    tags: ['steps of a case'],
    request: {
      headers: FirstHeaders,
      body: { required: true, content: { 'application/json': { schema: commandBodies.declare } } },
    },
    responses: { ...changes, 201: { ...json(CasePageSchema, 'The new case'), headers: etag } },
  }),
  draftResult: createRoute({
    operationId: 'draftResult',
    method: 'post',
    path: '/v1/cases/{caseNo}/result-draft',
    summary: 'Draft the result; another person of the office then issues it',
    tags: ['steps of a case'],
    request: {
      params: CaseNoParams,
      headers: ChangeHeaders,
      body: { required: true, content: { 'application/json': { schema: ResultDraftSchema } } },
    },
    responses: { ...changes, 200: { ...json(CasePageSchema, 'The case with its draft'), headers: etag } },
  }),
  redeclare: commandRoute('redeclare', 'Declare again after a return'),
  confirmCompleteness: commandRoute('confirmCompleteness', 'The province confirms that the declaration is complete'),
  returnForCompletion: commandRoute('returnForCompletion', 'The province returns it with everything that is missing'),
  receiveAtNational: commandRoute('receiveAtNational', 'The national office receives it'),
  accept: commandRoute('accept', 'Accept, with the written notice'),
  declineAcceptance: commandRoute('declineAcceptance', 'Not accept'),
  startAssessment: commandRoute('startAssessment', 'Start the assessment'),
  requestSupplement: commandRoute('requestSupplement', 'Ask for a supplement or correction'),
  receiveSupplement: commandRoute('receiveSupplement', 'The handler hands in the supplement'),
  extendPeriod: commandRoute('extendPeriod', 'Extend the period and announce the expected end'),
  issueResult: commandRoute('issueResult', 'Issue the drafted result'),
  terminate: commandRoute('terminate', 'Terminate the assessment'),
  withdraw: commandRoute('withdraw', 'The handler withdraws'),
  requestReassessment: commandRoute('requestReassessment', 'The handler asks for a re-assessment'),
  concludeReassessment: commandRoute('concludeReassessment', 'Conclude the re-assessment with the drafted result'),
} as const satisfies Record<Command['kind'], unknown> & Record<string, unknown>

export type Routes = typeof routes
export type Operation = keyof Routes
