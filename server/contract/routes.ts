import { createRoute, z } from '@hono/zod-openapi'
import {
  CaseListSchema,
  CasePageSchema,
  CaseStatusSchema,
  EvidencePageSchema,
  ResultDraftSchema,
  TimelineEventSchema,
  commandBodies,
  commandPaths,
} from './cases.ts'
import type { GivenByHand } from './cases.ts'
import {
  AbsenceSchema,
  AssignedSchema,
  AssignmentSchema,
  CalendarAddressSchema,
  DeskSchema,
  MovedSchema,
  NoticesSchema,
  PullSchema,
  PulledSchema,
  QueuePageSchema,
  QueueSchema,
  ReadNoticesSchema,
} from './desk.ts'
import { printable } from './http.ts'
import { InvitationSchema, OpinionSchema, OpinionsSchema, RecusalSchema, SimilarCasesSchema } from './opinions.ts'
import { enquiryRoutes } from './enquiry-routes.ts'
import { ChangeHeaders, FirstHeaders, changes, etag, json, problem, refusals } from './route-parts.ts'
import { MeSchema, SessionSchema, SignInSchema } from './session.ts'

/*
 * Every route of the API by its operation id. The id is also the row of the rights table (server/rights.ts); a route
 * without a row does not compile, and does not start.
 */

const CaseNoParams = z.object({ caseNo: z.string().openapi({ param: { name: 'caseNo', in: 'path' } }) })
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
    request: { body: { required: true, content: { 'application/json': { schema: SignInSchema } } } },
    responses: {
      200: json(MeSchema, 'Signed in; the session is in a cookie'),
      400: problem('Not JSON'),
      401: problem('No such account with this password'),
      403: problem('This installation does not play that role, or the request comes from another site'),
      415: problem('The body is not JSON'),
      422: problem('The body does not fit'),
      429: problem('Too many tries; `retryAfterSeconds` says how long to wait'),
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
  getPermit: createRoute({
    operationId: 'getPermit',
    method: 'get',
    path: '/v1/cases/{caseNo}/permit',
    summary: 'The signed permit of a result in force, for the gate',
    tags: ['decisions'],
    request: { params: CaseNoParams },
    responses: {
      200: json(z.record(z.string(), z.unknown()), 'tongguan/permit/1 with its envelope in `signed`'),
      ...refusals,
      409: problem('No result of this case is in force, or this installation has no authority key'),
    },
  }),
  getLetter: createRoute({
    operationId: 'getLetter',
    method: 'get',
    path: '/v1/cases/{caseNo}/letter',
    summary: 'The notice of the result as .docx, from the same record as the permit',
    tags: ['decisions'],
    request: { params: CaseNoParams, query: z.object({ lang: z.enum(['zh', 'en']).optional() }) },
    responses: {
      200: {
        description: 'To be saved',
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
      },
      ...refusals,
      409: problem('The case has no result'),
    },
  }),
  getRevocations: createRoute({
    operationId: 'getRevocations',
    method: 'get',
    path: '/v1/revocations',
    summary: 'The signed list of permits and keys that no longer hold, for gates to fetch',
    tags: ['decisions'],
    responses: {
      200: json(z.record(z.string(), z.unknown()), 'A DSSE envelope of tongguan/revocations/1'),
      409: problem('This installation has no authority key'),
    },
  }),
  revokeKey: createRoute({
    operationId: 'revokeKey',
    method: 'post',
    path: '/v1/key-revocations',
    summary: 'Nobody may believe this key any more: a technical state of the key, no decision about an export',
    tags: ['decisions'],
    request: {
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.strictObject({ keyId: z.string().regex(/^[0-9a-f]{64}$/), because: printable.max(1000) }),
          },
        },
      },
    },
    responses: { ...changes, 204: { description: 'It stands in the list from now on' } },
  }),
  signDraft: createRoute({
    operationId: 'signDraft',
    method: 'post',
    path: '/v1/cases/{caseNo}/result-draft/signature',
    summary: 'Countersign the draft as it stands; any later draft voids the signature and keeps it',
    tags: ['decisions'],
    request: {
      params: CaseNoParams,
      headers: ChangeHeaders,
      body: {
        required: true,
        content: { 'application/json': { schema: z.strictObject({ draft: z.string().max(60) }) } },
      },
    },
    responses: { ...changes, 200: { ...json(CasePageSchema, 'The case with its draft'), headers: etag } },
  }),
  getOpinions: createRoute({
    operationId: 'getOpinions',
    method: 'get',
    path: '/v1/cases/{caseNo}/opinions',
    summary: 'Who was asked, and the opinions once all are in',
    tags: ['opinions'],
    request: { params: CaseNoParams },
    responses: { 200: json(OpinionsSchema, 'The opinions as far as one may read them'), ...refusals },
  }),
  inviteExpert: createRoute({
    operationId: 'inviteExpert',
    method: 'post',
    path: '/v1/cases/{caseNo}/invitations',
    summary: 'Invite somebody, after the check for conflicts of interest',
    tags: ['opinions'],
    request: {
      params: CaseNoParams,
      body: { required: true, content: { 'application/json': { schema: InvitationSchema } } },
    },
    responses: { ...changes, 200: json(OpinionsSchema, 'The opinions as far as one may read them') },
  }),
  recuseExpert: createRoute({
    operationId: 'recuseExpert',
    method: 'post',
    path: '/v1/cases/{caseNo}/recusal',
    summary: "Declare a conflict of one's own",
    tags: ['opinions'],
    request: {
      params: CaseNoParams,
      body: { required: true, content: { 'application/json': { schema: RecusalSchema } } },
    },
    responses: { ...changes, 200: json(OpinionsSchema, 'The opinions as far as one may read them') },
  }),
  giveExpertOpinion: createRoute({
    operationId: 'giveExpertOpinion',
    method: 'post',
    path: '/v1/cases/{caseNo}/expert-opinion',
    summary: "Give one's opinion on every item of art. 8",
    tags: ['opinions'],
    request: {
      params: CaseNoParams,
      body: { required: true, content: { 'application/json': { schema: OpinionSchema } } },
    },
    responses: { ...changes, 200: json(OpinionsSchema, 'The opinions as far as one may read them') },
  }),
  consolidateOpinions: createRoute({
    operationId: 'consolidateOpinions',
    method: 'post',
    path: '/v1/cases/{caseNo}/consolidation',
    summary: 'The lead officer makes one opinion of all; dissent is kept',
    tags: ['opinions'],
    request: {
      params: CaseNoParams,
      body: { required: true, content: { 'application/json': { schema: OpinionSchema } } },
    },
    responses: { ...changes, 200: json(OpinionsSchema, 'The opinions as far as one may read them') },
  }),
  listSimilarCases: createRoute({
    operationId: 'listSimilarCases',
    method: 'get',
    path: '/v1/cases/{caseNo}/similar',
    summary: 'Cases like this one, or those a text is found in',
    tags: ['opinions'],
    request: {
      params: CaseNoParams,
      query: z.object({
        text: z.string().max(400).optional(),
        country: z.string().max(2).optional(),
        itemKind: z.string().max(60).optional(),
      }),
    },
    responses: {
      200: json(SimilarCasesSchema, 'The closest first'),
      ...refusals,
      422: problem('A parameter does not fit'),
    },
  }),
  getDesk: createRoute({
    operationId: 'getDesk',
    method: 'get',
    path: '/v1/desk',
    summary: 'The queues of this office, and who has how much',
    tags: ['desk'],
    responses: { 200: json(DeskSchema, 'The desk'), ...refusals },
  }),
  listQueue: createRoute({
    operationId: 'listQueue',
    method: 'get',
    path: '/v1/desk/cases',
    summary: 'The open cases of this office, the earliest statutory date first',
    tags: ['desk'],
    request: {
      query: z.object({
        queue: QueueSchema.optional(),
        mine: z.enum(['true', 'false']).optional().openapi({ description: 'Only those of the one who asks' }),
        cursor: z.string().max(200).optional(),
        limit: z.coerce.number().int().min(1).max(100).optional().openapi({ description: 'Left out: 20' }),
      }),
    },
    responses: { 200: json(QueuePageSchema, 'A page of them'), ...refusals, 422: problem('A parameter does not fit') },
  }),
  pullNext: createRoute({
    operationId: 'pullNext',
    method: 'post',
    path: '/v1/desk/pull',
    summary: 'Take the most urgent case nobody works on',
    tags: ['desk'],
    request: {
      headers: FirstHeaders,
      body: { required: true, content: { 'application/json': { schema: PullSchema } } },
    },
    responses: { ...changes, 200: json(PulledSchema, 'The case taken, or none') },
  }),
  assignCase: createRoute({
    operationId: 'assignCase',
    method: 'post',
    path: '/v1/desk/assignments',
    summary: 'Give a case to an officer, hand it over, or give it back',
    tags: ['desk'],
    request: {
      headers: FirstHeaders,
      body: { required: true, content: { 'application/json': { schema: AssignmentSchema } } },
    },
    responses: { ...changes, 200: json(AssignedSchema, 'Who has it now') },
  }),
  setAbsence: createRoute({
    operationId: 'setAbsence',
    method: 'post',
    path: '/v1/desk/absences',
    summary: 'Say that an officer is away: others may take the cases meanwhile',
    tags: ['desk'],
    request: { body: { required: true, content: { 'application/json': { schema: AbsenceSchema } } } },
    responses: { ...changes, 200: json(AbsenceSchema.required(), 'Written down') },
  }),
  listMovedDates: createRoute({
    operationId: 'listMovedDates',
    method: 'get',
    path: '/v1/desk/moved-dates',
    summary: 'Cases whose statutory date moved when the calendar was corrected',
    tags: ['desk'],
    responses: { 200: json(MovedSchema, 'Newest first'), ...refusals },
  }),
  listNotices: createRoute({
    operationId: 'listNotices',
    method: 'get',
    path: '/v1/notices',
    summary: 'What one has been told and has not read',
    tags: ['desk'],
    responses: { 200: json(NoticesSchema, 'Newest first'), ...refusals },
  }),
  readNotices: createRoute({
    operationId: 'readNotices',
    method: 'post',
    path: '/v1/notices/read',
    summary: 'Mark notices as read',
    tags: ['desk'],
    request: { body: { required: true, content: { 'application/json': { schema: ReadNoticesSchema } } } },
    responses: { ...changes, 204: { description: 'Marked' } },
  }),
  makeCalendar: createRoute({
    operationId: 'makeCalendar',
    method: 'post',
    path: '/v1/calendars',
    summary: "A new secret address of one's calendar (RFC 5545); the one before ends",
    tags: ['desk'],
    responses: { ...changes, 200: json(CalendarAddressSchema, 'The address, told once') },
  }),
  getCalendar: createRoute({
    operationId: 'getCalendar',
    method: 'get',
    path: '/v1/calendars/{token}',
    summary: 'The dates of the cases one has, for a calendar program',
    tags: ['desk'],
    request: {
      params: z.object({
        token: z
          .string()
          .max(100)
          .openapi({ param: { name: 'token', in: 'path' } }),
      }),
    },
    responses: {
      200: { description: 'The calendar', content: { 'text/calendar': { schema: z.string() } } },
      404: refusals[404],
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
  file: createRoute({
    operationId: 'file',
    method: 'post',
    path: '/v1/filings',
    summary: 'File something else than a declaration: an extension, a contract, a catalogue, an incident',
    tags: ['steps of a case'],
    request: {
      headers: FirstHeaders,
      body: { required: true, content: { 'application/json': { schema: commandBodies.file } } },
    },
    responses: { ...changes, 201: { ...json(CasePageSchema, 'The new case'), headers: etag } },
  }),
  receiveComplaint: createRoute({
    operationId: 'receiveComplaint',
    method: 'post',
    path: '/v1/complaints',
    summary: 'Register a complaint somebody made (Order 11 art. 16)',
    tags: ['steps of a case'],
    request: {
      headers: FirstHeaders,
      body: { required: true, content: { 'application/json': { schema: commandBodies.receiveComplaint } } },
    },
    responses: { ...changes, 201: { ...json(CasePageSchema, 'The new case'), headers: etag } },
  }),
  refile: commandRoute('refile', 'File again after a return'),
  fileChange: commandRoute('fileChange', 'File a change of what is registered'),
  noteDefect: commandRoute('noteDefect', 'Note a defect; it waits for the one notice'),
  strikeDefect: commandRoute('strikeDefect', 'Strike a defect, with the reason'),
  authoriseSecondNotice: commandRoute('authoriseSecondNotice', 'Let a second notice go out'),
  refuseCustody: commandRoute('refuseCustody', 'Refuse what was handed over; the province has it again'),
  orderStop: commandRoute('orderStop', 'Order the export to stop (Order 11 art. 17)'),
  orderRectification: commandRoute('orderRectification', 'Order rectification (Order 16 art. 12)'),
  reportRectification: commandRoute('reportRectification', 'Report the rectification'),
  acceptRectification: commandRoute('acceptRectification', 'Accept the rectification'),
  grantExtension: commandRoute('grantExtension', 'Grant the drafted extension'),
  refuseExtension: commandRoute('refuseExtension', 'Refuse the extension, as drafted'),
  assignFilingNumber: commandRoute('assignFilingNumber', 'The filing passes and gets its number'),
  endFiling: commandRoute('endFiling', 'End a filing that was not supplemented'),
  giveOpinion: commandRoute('giveOpinion', 'Give the opinion of a pre-assessment; it binds nobody'),
  openInquiry: commandRoute('openInquiry', 'Open the inquiry into a report or complaint'),
  closeInquiry: commandRoute('closeInquiry', 'Close the inquiry'),
  dismiss: commandRoute('dismiss', 'Dismiss a report or complaint'),
  ...enquiryRoutes,
} as const satisfies Record<GivenByHand, unknown> & Record<string, unknown>

export type Routes = typeof routes
export type Operation = keyof Routes
