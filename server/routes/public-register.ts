import { caseNo, load } from '@tongguan/casework'
import { isRegisterOpen, publicRegister, refusedRelease, release, setRegister } from '@tongguan/enquiries'
import type { EnquiryDb } from '@tongguan/enquiries'
import { guarded } from '../app.ts'
import type { App, Server } from '../app.ts'
import { RequestProblem } from '../problem.ts'
import { holds } from '../rights.ts'
import { answered, atNow, doOnce, refusedBy } from './office.ts'

/** The public register: off by default, and only with the handler's written consent and the office's release. */
export function registerRoutes(app: App, server: Server): void {
  app.openapi(guarded(server, 'getPublicRegister'), async (c) => {
    const { office } = c.req.valid('query')
    return c.json(await pageOf(server.records.db as unknown as EnquiryDb, office), 200)
  })

  app.openapi(guarded(server, 'setPublicRegister'), async (c) => {
    const { open } = c.req.valid('json')
    const at = await atNow(server, c)
    return doOnce(server, c, async (tx) => {
      await setRegister(tx, open, at)
      return answered(201, 1, { open })
    })
  })

  app.openapi(guarded(server, 'releaseToRegister'), async (c) => {
    const { caseNo: asked, consentOn, consentSha256 } = c.req.valid('json')
    const at = await atNow(server, c)
    return doOnce(server, c, async (tx, all) => {
      const current = /^TG-\d{4}-\d{6}$/.test(asked) ? await load(all, caseNo(asked)) : null
      if (current === null || !holds('ownProvince', current, c.get('viewer').organisation)) {
        throw new RequestProblem('case.not-found', { case: asked })
      }
      const decided = current.events.findLast((event) => 'decision' in event)
      // Only declarations are assessed; what else an office keeps as a case has no result to release.
      const handler = current.declaration?.handler.name
      const outcome =
        handler !== undefined && decided !== undefined && 'decision' in decided ? decided.decision.kind : null
      const entry = { caseNo: current.no, consent: { on: consentOn, sha256: consentSha256 } }
      const { office } = at.officer
      const refused = refusedRelease({ open: await isRegisterOpen(tx, office) }, { ...entry, outcome }, at)
      if (refused !== undefined) throw refusedBy(refused)
      if (outcome !== null && decided !== undefined && handler !== undefined) {
        await release(tx, { ...entry, handler, outcome, decidedOn: decided.day }, at)
      }
      return answered(201, 1, await pageOf(tx, office))
    })
  })
}

async function pageOf(db: EnquiryDb, office: string) {
  const entries = await publicRegister(db, office)
  if (entries === null) throw new RequestProblem('register.closed', { office })
  return {
    office,
    entries: entries.map((entry) => ({
      caseNo: entry.case_no,
      handler: entry.handler,
      outcome: entry.outcome,
      decidedOn: entry.decided_on,
      releasedOn: entry.released_on,
    })),
  }
}
