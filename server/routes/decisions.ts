import { guarded } from '../app.ts'
import type { App, Server } from '../app.ts'
import { letterFile, revocationList, signedPermitOf } from '../authority.ts'
import { RequestProblem } from '../problem.ts'
import { encodeRfc5987 } from './cases.ts'

/** What a decision becomes: the letter and the permit of one record, and the list of what no longer holds. */
export function decisionRoutes(app: App, server: Server): void {
  const { records, clock, installation } = server
  const simulated = installation.kind === 'pilot'

  app.openapi(guarded(server, 'getPermit'), (c) => {
    const current = c.get('case')
    const permit = signedPermitOf(current, authorityOf(server), installation)
    if (permit === null) throw new RequestProblem('permit.none', { case: current.no })
    return c.json(permit as never, 200)
  })

  app.openapi(guarded(server, 'getLetter'), (c) => {
    const current = c.get('case')
    const { lang = 'zh' } = c.req.valid('query')
    const letter = letterFile(current, lang, { simulated })
    if (letter === null) throw new RequestProblem('letter.none', { case: current.no })
    return c.body(new Uint8Array(letter.bytes), 200, {
      'Content-Type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'Content-Disposition': `attachment; filename="notice.docx"; filename*=UTF-8''${encodeRfc5987(letter.name)}`,
      'Content-Security-Policy': 'sandbox',
    })
  })

  app.openapi(guarded(server, 'getRevocations'), async (c) => {
    const list = await revocationList(records, authorityOf(server), new Date())
    return c.body(list, 200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }) as never
  })

  app.openapi(guarded(server, 'revokeKey'), async (c) => {
    const { keyId, because } = c.req.valid('json')
    await records.db
      .insertInto('revoked_key')
      .values({ key_id: keyId, on_day: clock.on(), because, by_account: c.get('viewer').id })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return c.body(null, 204)
  })
}

function authorityOf({ authority }: Server) {
  if (authority === undefined) throw new RequestProblem('authority.no-key')
  return authority
}
