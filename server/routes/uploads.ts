import { guarded } from '../app.ts'
import type { App, Server } from '../app.ts'
import { giveAnswer, onceAsked } from '../idempotency.ts'
import { RequestProblem } from '../problem.ts'
import { addPart, beginUpload, uploadOf, uploadPart } from '../uploads.ts'
import type { Upload } from '../uploads.ts'

/** Files on their way in. Each is its account's alone until it is attached to something. */
export function uploadRoutes(app: App, server: Server): void {
  const { db } = server.records

  app.openapi(guarded(server, 'beginUpload'), async (c) => {
    const asked = c.req.valid('json')
    const answered = await onceAsked(server, c, async (tx) => {
      const begun = await beginUpload(tx, { account: c.get('viewer').id, ...asked })
      return { status: 201, headers: { Location: `/v1/uploads/${begun.id}` }, body: JSON.stringify(shown(begun)) }
    })
    return giveAnswer(c, answered)
  })

  app.openapi(guarded(server, 'getUpload'), async (c) =>
    c.json(shown(await uploadOf(db, c.req.valid('param').upload, c.get('viewer').id)), 200),
  )

  app.openapi(guarded(server, 'addUploadPart'), async (c) => {
    const { upload } = c.req.valid('param')
    const offset = c.req.header('upload-offset')
    if (offset === undefined || !/^\d{1,12}$/.test(offset)) throw new RequestProblem('upload.no-offset')
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    const part = { account: c.get('viewer').id, offset: Number(offset), bytes }
    const after = await db.transaction().execute((tx) => addPart(tx, server, upload, part))
    return c.json(shown(after), 200)
  })
}

function shown({ id, ...upload }: Upload) {
  return { upload: id, ...upload, part: uploadPart }
}
