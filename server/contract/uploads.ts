import { createRoute, z } from '@hono/zod-openapi'
import { printable } from './http.ts'
import { FirstHeaders, changes, json, refusals } from './route-parts.ts'

export const UploadSchema = z
  .object({
    upload: z.string(),
    fileName: z.string(),
    bytes: z.int(),
    received: z.int().describe('How much is there; the next part begins here'),
    part: z.int().describe('How many bytes a part may have'),
    sha256: z.string().nullable().describe('Of the whole file; null until it is all there'),
  })
  .openapi('Upload')

const BeginUploadSchema = z
  .strictObject({
    // A name, not a path.
    fileName: printable.max(200).regex(/^(?!\.)[^/\\]+$/),
    bytes: z.int().min(1),
  })
  .openapi('BeginUpload')

const params = z.object({ upload: z.string().openapi({ param: { name: 'upload', in: 'path' } }) })
const tags = ['uploads']

/** Files on their way in, in parts, so that a lost connection costs one part. */
export const uploadRoutes = {
  beginUpload: createRoute({
    operationId: 'beginUpload',
    method: 'post',
    path: '/v1/uploads',
    summary: 'Begins an upload; its bytes follow in parts',
    tags,
    request: {
      headers: FirstHeaders,
      body: { required: true, content: { 'application/json': { schema: BeginUploadSchema } } },
    },
    responses: { ...changes, 201: json(UploadSchema, 'Begun') },
  }),
  getUpload: createRoute({
    operationId: 'getUpload',
    method: 'get',
    path: '/v1/uploads/{upload}',
    summary: 'How much of an upload is there',
    tags,
    request: { params },
    responses: { 200: json(UploadSchema, 'It'), ...refusals },
  }),
  addUploadPart: createRoute({
    operationId: 'addUploadPart',
    method: 'patch',
    path: '/v1/uploads/{upload}',
    summary: 'Adds a part at Upload-Offset',
    description:
      'The part begins where the last one ended; with 409 `sequence` says where that is. So a part that is sent twice is written once.',
    tags,
    request: {
      params,
      headers: z.object({
        'Upload-Offset': z
          .string()
          .optional()
          .openapi({ param: { name: 'Upload-Offset', in: 'header', required: true }, example: '524288' }),
      }),
      body: {
        required: true,
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
      },
    },
    responses: { ...changes, 200: json(UploadSchema, 'With this part') },
  }),
}
