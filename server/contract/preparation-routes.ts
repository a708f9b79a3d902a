import { createRoute, z } from '@hono/zod-openapi'
import {
  AttachSchema,
  CommentSchema,
  CommentsSchema,
  FileBundleSchema,
  PreparationCheckSchema,
  PreparationEvidenceSchema,
  PreparationFilesSchema,
  PreparationListSchema,
  PreparationSchema,
  ReviseSchema,
  RevisionSchema,
  SavedSchema,
  StartSchema,
  SubmissionSchema,
} from './preparations.ts'
import { ChangeHeaders, FirstHeaders, changes, etag, json, refusals } from './route-parts.ts'

const params = z.object({ preparation: z.string().openapi({ param: { name: 'preparation', in: 'path' } }) })
const tags = ['declarations in preparation']
const binary = (description: string) => ({
  description,
  content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
})
const NowSchema = z
  .object({ revision: z.int(), comments: z.int(), files: z.int(), filings: z.int() })
  .openapi('PreparationNow')

/** A handler's declarations before they are filed. */
export const preparationRoutes = {
  listPreparations: createRoute({
    operationId: 'listPreparations',
    method: 'get',
    path: '/v1/preparations',
    summary: 'The organisation’s declarations in preparation, the newest first',
    tags,
    request: {
      query: z.object({
        cursor: z
          .string()
          .regex(/^\d{1,15}$/)
          .optional(),
      }),
    },
    responses: { 200: json(PreparationListSchema, 'They'), ...refusals },
  }),
  startPreparation: createRoute({
    operationId: 'startPreparation',
    method: 'post',
    path: '/v1/preparations',
    summary: 'Begins a declaration, with what facts and scan already tell',
    tags,
    request: {
      headers: FirstHeaders,
      body: { required: true, content: { 'application/json': { schema: StartSchema } } },
    },
    responses: { ...changes, 201: { ...json(PreparationSchema, 'Begun'), headers: etag } },
  }),
  getPreparation: createRoute({
    operationId: 'getPreparation',
    method: 'get',
    path: '/v1/preparations/{preparation}',
    summary: 'A declaration in preparation, as it now is',
    tags,
    request: { params },
    responses: { 200: { ...json(PreparationSchema, 'It'), headers: etag }, ...refusals },
  }),
  checkPreparation: createRoute({
    operationId: 'checkPreparation',
    method: 'get',
    path: '/v1/preparations/{preparation}/check',
    summary: 'What the provincial desk would find in it, and how far each section has come',
    tags,
    request: { params },
    responses: { 200: json(PreparationCheckSchema, 'The findings'), ...refusals },
  }),
  listRevisions: createRoute({
    operationId: 'listRevisions',
    method: 'get',
    path: '/v1/preparations/{preparation}/revisions',
    summary: 'Who changed what since a revision',
    tags,
    request: { params, query: z.object({ after: z.string().regex(/^\d{1,9}$/) }) },
    responses: { 200: json(z.object({ revisions: z.array(RevisionSchema).readonly() }), 'In order'), ...refusals },
  }),
  revisePreparation: createRoute({
    operationId: 'revisePreparation',
    method: 'post',
    path: '/v1/preparations/{preparation}/revisions',
    summary: 'Saves changes made to the revision If-Match names',
    tags,
    request: {
      params,
      headers: ChangeHeaders,
      body: { required: true, content: { 'application/json': { schema: ReviseSchema } } },
    },
    responses: { ...changes, 200: { ...json(SavedSchema, 'Saved'), headers: etag } },
  }),
  listPreparationFiles: createRoute({
    operationId: 'listPreparationFiles',
    method: 'get',
    path: '/v1/preparations/{preparation}/files',
    summary: 'Evidence and documents beside the answers, with those that were replaced',
    tags,
    request: { params },
    responses: { 200: json(PreparationFilesSchema, 'They'), ...refusals },
  }),
  attachFile: createRoute({
    operationId: 'attachFile',
    method: 'post',
    path: '/v1/preparations/{preparation}/files',
    summary: 'Attaches what was uploaded, as evidence of a scan or as a document',
    tags,
    request: {
      params,
      headers: FirstHeaders,
      body: { required: true, content: { 'application/json': { schema: AttachSchema } } },
    },
    responses: { ...changes, 201: json(PreparationFilesSchema, 'Attached') },
  }),
  getPreparationFile: createRoute({
    operationId: 'getPreparationFile',
    method: 'get',
    path: '/v1/preparations/{preparation}/files/{file}',
    summary: 'The bytes of one attached file',
    tags,
    request: { params: params.extend({ file: z.string().openapi({ param: { name: 'file', in: 'path' } }) }) },
    responses: { 200: binary('To be saved'), ...refusals },
  }),
  getPreparationEvidence: createRoute({
    operationId: 'getPreparationEvidence',
    method: 'get',
    path: '/v1/preparations/{preparation}/evidence',
    summary: 'What the scan found that the answers rest on',
    tags,
    request: { params },
    responses: { 200: json(PreparationEvidenceSchema, 'The evidence in use'), ...refusals },
  }),
  getSubmission: createRoute({
    operationId: 'getSubmission',
    method: 'get',
    path: '/v1/preparations/{preparation}/submission',
    summary: 'The bundles that were written of it, and what was filed, with the receipts',
    tags,
    request: { params },
    responses: { 200: json(SubmissionSchema, 'They'), ...refusals },
  }),
  writePreparationBundle: createRoute({
    operationId: 'writePreparationBundle',
    method: 'post',
    path: '/v1/preparations/{preparation}/bundles',
    summary: 'Writes the documents and the unsigned bundle of the revision If-Match names',
    description: 'Refused (409) while the check finds an error. The key that signs stays with whoever signs.',
    tags,
    request: { params, headers: ChangeHeaders },
    responses: { ...changes, 201: json(SubmissionSchema, 'With the new bundle first') },
  }),
  getPreparationBundle: createRoute({
    operationId: 'getPreparationBundle',
    method: 'get',
    path: '/v1/preparations/{preparation}/bundles/{bundle}',
    summary: 'The bundle as it was written, or as it was signed and filed',
    tags,
    request: {
      params: params.extend({ bundle: z.string().openapi({ param: { name: 'bundle', in: 'path' } }) }),
      query: z.object({ signed: z.enum(['true']).optional() }),
    },
    responses: { 200: binary('To be saved'), ...refusals },
  }),
  filePreparation: createRoute({
    operationId: 'filePreparation',
    method: 'post',
    path: '/v1/preparations/{preparation}/filings',
    summary: 'Files the signed bundle: a case, or the next round of one that was returned',
    tags,
    request: {
      params,
      headers: FirstHeaders,
      body: { required: true, content: { 'application/json': { schema: FileBundleSchema } } },
    },
    responses: { ...changes, 201: json(SubmissionSchema, 'With the new receipt first') },
  }),
  listPreparationComments: createRoute({
    operationId: 'listPreparationComments',
    method: 'get',
    path: '/v1/preparations/{preparation}/comments',
    summary: 'What was said about its fields',
    tags,
    request: { params },
    responses: { 200: json(CommentsSchema, 'They'), ...refusals },
  }),
  commentOnPreparation: createRoute({
    operationId: 'commentOnPreparation',
    method: 'post',
    path: '/v1/preparations/{preparation}/comments',
    summary: 'Says something about a field; nothing said is changed or taken back',
    tags,
    request: {
      params,
      headers: FirstHeaders,
      body: { required: true, content: { 'application/json': { schema: CommentSchema } } },
    },
    responses: { ...changes, 201: json(CommentsSchema, 'With this one') },
  }),
  streamPreparation: createRoute({
    operationId: 'streamPreparation',
    method: 'get',
    path: '/v1/preparations/{preparation}/events/stream',
    summary: 'Says when somebody has saved, commented, attached or filed (server-sent events)',
    description:
      'Each is `event: changed` with the revision and the counts as data; `event: ended` with a problem when the session or the right has ended.',
    tags,
    request: { params },
    responses: {
      200: { description: 'The stream', content: { 'text/event-stream': { schema: NowSchema } } },
      ...refusals,
    },
  }),
}
