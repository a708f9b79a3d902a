import { createRoute, z } from '@hono/zod-openapi'
import {
  PreparationCheckSchema,
  PreparationListSchema,
  PreparationSchema,
  ReviseSchema,
  RevisionSchema,
  SavedSchema,
  StartSchema,
} from './preparations.ts'
import { ChangeHeaders, FirstHeaders, changes, etag, json, refusals } from './route-parts.ts'

const params = z.object({ preparation: z.string().openapi({ param: { name: 'preparation', in: 'path' } }) })
const tags = ['declarations in preparation']

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
}
