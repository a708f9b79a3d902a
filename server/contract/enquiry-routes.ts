import { createRoute, z } from '@hono/zod-openapi'
import {
  BriefingSchema,
  CallBackListSchema,
  DraftSchema,
  EnquiryDeskSchema,
  EnquiryListSchema,
  EnquiryPageSchema,
  FiguresSchema,
  InstitutionSchema,
  InterpretationListSchema,
  InterpretationPageSchema,
  NewBriefingSchema,
  NewEnquirySchema,
  NewInstitutionSchema,
  OfficeNumbersSchema,
  PublicRegisterSchema,
  RegisterSettingSchema,
  ReleaseSchema,
  ProgrammeSchema,
  SimilarSchema,
  TopicSchema,
  briefingActs,
  enquiryActs,
  institutionActs,
  interpretationActs,
} from './enquiries.ts'
import { LegalDateSchema } from './permit.ts'
import { ChangeHeaders, FirstHeaders, changes, etag, json, problem, refusals } from './route-parts.ts'

// The enquiry desk, the programme of the key areas and the office's figures; part of `routes`.

const unfit = { 422: problem('The query does not fit') }
const period = z.object({ from: LegalDateSchema.optional(), to: LegalDateSchema.optional() })

/** A thing of the desk is opened by POST to its list, read under its number, and changed by acts under it. */
function opens<Id extends string, Path extends string, Body extends z.ZodType, Answer extends z.ZodType>(
  operationId: Id,
  path: Path,
  { summary, body, answer }: { readonly summary: string; readonly body: Body; readonly answer: Answer },
) {
  return createRoute({
    operationId,
    method: 'post',
    path,
    summary,
    tags: ['enquiry desk'],
    request: { headers: FirstHeaders, body: { required: true, content: { 'application/json': { schema: body } } } },
    responses: { ...changes, 201: { ...json(answer, 'It, as it is now'), headers: etag } },
  })
}

function changesIt<Id extends string, Path extends string, Body extends z.ZodType, Answer extends z.ZodType>(
  operationId: Id,
  path: Path,
  { summary, body, answer }: { readonly summary: string; readonly body: Body; readonly answer: Answer },
) {
  return createRoute({
    operationId,
    method: 'post',
    path,
    summary,
    tags: ['enquiry desk'],
    request: {
      params: z.object(
        Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name ?? '', z.string()])),
      ),
      headers: ChangeHeaders,
      body: { required: true, content: { 'application/json': { schema: body } } },
    },
    responses: { ...changes, 200: { ...json(answer, 'It, as it is now'), headers: etag } },
  })
}

const onEnquiry = <Act extends keyof typeof enquiryActs>(act: Act, summary: string) =>
  changesIt(act, `/v1/enquiries/{enquiryNo}/${enquiryActs[act].path}` as const, {
    summary,
    body: enquiryActs[act].body,
    answer: EnquiryPageSchema,
  })
const onInterpretation = <Act extends keyof typeof interpretationActs>(act: Act, summary: string) =>
  changesIt(act, `/v1/interpretations/{interpretationNo}/${interpretationActs[act].path}` as const, {
    summary,
    body: interpretationActs[act].body,
    answer: InterpretationPageSchema,
  })
const onInstitution = <Act extends keyof typeof institutionActs>(act: Act, summary: string) =>
  changesIt(act, `/v1/institutions/{institutionNo}/${institutionActs[act].path}` as const, {
    summary,
    body: institutionActs[act].body,
    answer: InstitutionSchema,
  })
const onBriefing = <Act extends keyof typeof briefingActs>(act: Act, summary: string) =>
  changesIt(act, `/v1/briefings/{briefingNo}/${briefingActs[act].path}` as const, {
    summary,
    body: briefingActs[act].body,
    answer: BriefingSchema,
  })

export const enquiryRoutes = {
  getEnquiryDesk: createRoute({
    operationId: 'getEnquiryDesk',
    method: 'get',
    path: '/v1/enquiry-desk',
    summary: 'What the form of the desk offers, and whether the telephone is answered now',
    tags: ['enquiry desk'],
    responses: { 200: json(EnquiryDeskSchema, 'The desk'), ...refusals },
  }),
  getSimilarAnswers: createRoute({
    operationId: 'getSimilarAnswers',
    method: 'get',
    path: '/v1/similar-answers',
    summary: 'Published interpretations and earlier answers nearest to a text, as it is typed',
    tags: ['enquiry desk'],
    request: { query: z.object({ text: z.string().max(500) }) },
    responses: { 200: json(SimilarSchema, 'The nearest first'), ...refusals, ...unfit },
  }),
  listEnquiries: createRoute({
    operationId: 'listEnquiries',
    method: 'get',
    path: '/v1/enquiries',
    summary: 'The enquiries of the office, a page at a time',
    tags: ['enquiry desk'],
    request: {
      query: z.object({
        status: z.enum(['open', 'answered']).optional(),
        topic: TopicSchema.optional(),
        creditCode: z.string().max(18).optional(),
        contradicting: z.enum(['true']).optional().describe('Only such as officers answered differently'),
        cursor: z.string().max(40).optional(),
        limit: z.coerce.number().int().min(1).max(100).optional(),
      }),
    },
    responses: { 200: json(EnquiryListSchema, 'A page'), ...refusals, ...unfit },
  }),
  takeEnquiry: opens('takeEnquiry', '/v1/enquiries', {
    summary: 'Write an enquiry down: a phone note needs the question only; facts are determined at once',
    body: NewEnquirySchema,
    answer: EnquiryPageSchema,
  }),
  getEnquiry: createRoute({
    operationId: 'getEnquiry',
    method: 'get',
    path: '/v1/enquiries/{enquiryNo}',
    summary: 'One enquiry, with what contradicts it and what the same organisation asked before',
    tags: ['enquiry desk'],
    request: { params: z.object({ enquiryNo: z.string() }) },
    responses: { 200: { ...json(EnquiryPageSchema, 'The enquiry'), headers: etag }, ...refusals },
  }),
  classifyEnquiry: onEnquiry('classifyEnquiry', 'Give it a topic'),
  nameCaller: onEnquiry('nameCaller', 'Say who asked'),
  tellFacts: onEnquiry('tellFacts', 'Keep the facts told and determine the path'),
  answerEnquiry: onEnquiry('answerEnquiry', 'Answer, with the articles it rests on'),
  handOverEnquiry: onEnquiry('handOverEnquiry', 'Link it to the case it grew into'),
  callBackEnquiry: onEnquiry('callBackEnquiry', 'Note that the caller was told what the law makes of it now'),
  listCallBacks: createRoute({
    operationId: 'listCallBacks',
    method: 'get',
    path: '/v1/call-backs',
    summary: 'Earlier callers whose answer would differ by the law of a day and the lists loaded now',
    tags: ['enquiry desk'],
    request: { query: z.object({ under: LegalDateSchema.optional() }) },
    responses: { 200: json(CallBackListSchema, 'Newest first, at most 200'), ...refusals, ...unfit },
  }),
  listInterpretations: createRoute({
    operationId: 'listInterpretations',
    method: 'get',
    path: '/v1/interpretations',
    summary: 'Published interpretations and worked examples of the office, and drafts that wait for approval',
    tags: ['enquiry desk'],
    responses: { 200: json(InterpretationListSchema, 'Newest number first, at most 200'), ...refusals },
  }),
  draftInterpretation: opens('draftInterpretation', '/v1/interpretations', {
    summary: 'Draft an interpretation or a worked example; another officer then approves it',
    body: DraftSchema,
    answer: InterpretationPageSchema,
  }),
  getInterpretation: createRoute({
    operationId: 'getInterpretation',
    method: 'get',
    path: '/v1/interpretations/{interpretationNo}',
    summary: 'Every version of an interpretation, and its draft',
    tags: ['enquiry desk'],
    request: { params: z.object({ interpretationNo: z.string() }) },
    responses: { 200: { ...json(InterpretationPageSchema, 'It'), headers: etag }, ...refusals },
  }),
  redraftInterpretation: onInterpretation('redraftInterpretation', 'Draft the next version'),
  approveInterpretation: onInterpretation(
    'approveInterpretation',
    'Approve the draft: it is published and supersedes the last',
  ),
  returnInterpretation: onInterpretation('returnInterpretation', 'Return the draft'),
  getProgramme: createRoute({
    operationId: 'getProgramme',
    method: 'get',
    path: '/v1/programme',
    summary: 'The key areas: institutions with their stages and next actions, and the policy briefings',
    tags: ['enquiry desk'],
    responses: { 200: json(ProgrammeSchema, 'The programme'), ...refusals },
  }),
  addInstitution: opens('addInstitution', '/v1/institutions', {
    summary: 'Put an institution on the programme',
    body: NewInstitutionSchema,
    answer: InstitutionSchema,
  }),
  reachStage: onInstitution('reachStage', 'Record a stage: invited, contacted, guided, filed, passed'),
  holdMeeting: onInstitution('holdMeeting', 'Record a guidance meeting and the next action'),
  doAction: onInstitution('doAction', 'The next action was done'),
  planBriefing: opens('planBriefing', '/v1/briefings', {
    summary: 'Plan a policy briefing',
    body: NewBriefingSchema,
    answer: BriefingSchema,
  }),
  countAttendance: onBriefing('countAttendance', 'Record who came'),
  noteQuestion: onBriefing('noteQuestion', 'Record a question and its answer'),
  getFigures: createRoute({
    operationId: 'getFigures',
    method: 'get',
    path: '/v1/figures',
    summary: 'The figures of the office in a period, with their definitions; small counts are hidden',
    tags: ['figures'],
    request: { query: period },
    responses: { 200: json(FiguresSchema, 'The figures'), ...refusals, ...unfit },
  }),
  getFiguresFile: createRoute({
    operationId: 'getFiguresFile',
    method: 'get',
    path: '/v1/figures/{format}',
    summary: 'The same as a file: xlsx or csv',
    tags: ['figures'],
    request: {
      params: z.object({ format: z.enum(['xlsx', 'csv']) }),
      query: period.extend({ language: z.enum(['zh', 'en']).optional() }),
    },
    responses: {
      200: {
        description: 'The file',
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
      },
      ...refusals,
      ...unfit,
    },
  }),
  getOfficeNumbers: createRoute({
    operationId: 'getOfficeNumbers',
    method: 'get',
    path: '/v1/office-numbers',
    summary: 'Five numbers up to a day: calls, organisations served, declarations, complete, passed',
    tags: ['figures'],
    request: { query: z.object({ to: LegalDateSchema.optional() }) },
    responses: { 200: json(OfficeNumbersSchema, 'The numbers'), ...refusals, ...unfit },
  }),
  getPublicRegister: createRoute({
    operationId: 'getPublicRegister',
    method: 'get',
    path: '/v1/public-register',
    summary: 'Results released with the handler’s written consent; not there while the office has its register off',
    tags: ['public register'],
    request: { query: z.object({ office: z.string().max(60) }) },
    responses: {
      200: json(PublicRegisterSchema, 'The register, at most 500 entries'),
      404: problem('The register of this office is off'),
      ...unfit,
    },
  }),
  setPublicRegister: opens('setPublicRegister', '/v1/public-register/setting', {
    summary: 'Open the public register of the office, or close it; it is off by default',
    body: RegisterSettingSchema,
    answer: RegisterSettingSchema,
  }),
  releaseToRegister: opens('releaseToRegister', '/v1/public-register', {
    summary: 'Release a result to the register, with the handler’s written consent (Order 11 art. 15)',
    body: ReleaseSchema,
    answer: PublicRegisterSchema,
  }),
} as const
