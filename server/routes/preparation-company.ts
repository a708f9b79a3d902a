import type { SSEStreamingApi } from 'hono/streaming'
import { guarded, lacksSecondFactor } from '../app.ts'
import type { App, Server } from '../app.ts'
import type { ServerDb } from '../case-files.ts'
import { giveAnswer, onceAsked } from '../idempotency.ts'
import { addComment, commentsOf } from '../preparation-comments.ts'
import { filesOf } from '../preparation-files.ts'
import { filingsOf } from '../preparation-filings.ts'
import { loadPreparation } from '../preparations.ts'
import { RequestProblem, languageOf, problemBody } from '../problem.ts'
import { relationOf } from '../rights.ts'
import { abortOf, lookEvery, openStream, sayEvery } from './events.ts'
import { lockedPreparation, newsOf, ownPreparation } from './own-preparation.ts'

/** Several people at one declaration: what they say to each other, and hearing at once that somebody has done something. */
export function preparationCompanyRoutes(app: App, server: Server): void {
  const { records, news, accounts, closing, metrics } = server
  const { db } = records

  app.openapi(guarded(server, 'listPreparationComments'), async (c) => {
    const { no } = await ownPreparation(db, c, c.req.valid('param').preparation)
    return c.json(await commentsPage(db, no), 200)
  })

  app.openapi(guarded(server, 'commentOnPreparation'), async (c) => {
    const { preparation: no } = c.req.valid('param')
    const said = c.req.valid('json')
    const { id: account, name } = c.get('viewer')
    const answered = await onceAsked(server, c, async (tx) => {
      await lockedPreparation(tx, c, no)
      await addComment(tx, no, { ...said, account, name })
      return { status: 201, headers: {}, body: JSON.stringify(await commentsPage(tx, no)) }
    })
    news.tell(newsOf(no))
    return giveAnswer(c, answered)
  })

  app.openapi(guarded(server, 'streamPreparation'), async (c) => {
    const { no } = await ownPreparation(db, c, c.req.valid('param').preparation)
    const language = languageOf(c.req.header('accept-language'))
    const { headers } = c.req.raw
    const tell = async (stream: SSEStreamingApi) => {
      const ended = AbortSignal.any([closing, abortOf(stream)])
      let said = 0
      let told = ''
      while (!ended.aborted) {
        const viewer = await accounts.viewerOf(headers, { prolong: false })
        if (
          viewer === null ||
          lacksSecondFactor(server, viewer) ||
          relationOf('streamPreparation', viewer.role, viewer.organisation.kind) === undefined
        ) {
          const problem = problemBody(new RequestProblem('session.none'), language, c.req.path)
          await stream.writeSSE({ event: 'ended', data: JSON.stringify(problem) })
          return
        }
        const now = JSON.stringify(await standOf(no, viewer.organisation.id))
        if (now !== told) await stream.writeSSE({ event: 'changed', data: now, retry: 2000 })
        else if (Date.now() - said >= sayEvery) await stream.write(': still here\n\n')
        if (now !== told || Date.now() - said >= sayEvery) said = Date.now()
        told = now
        await news.wait(newsOf(no), lookEvery, ended)
      }
    }
    return openStream(c, metrics, tell)
  })

  async function standOf(no: string, organisation: string) {
    const { revision } = await loadPreparation(db, no, organisation)
    return {
      revision,
      comments: (await commentsOf(db, no)).length,
      files: (await filesOf(db, no)).length,
      filings: (await filingsOf(db, no)).length,
    }
  }
}

async function commentsPage(db: ServerDb, no: string) {
  const comments = await commentsOf(db, no)
  return { comments: comments.map((one) => ({ ...one, at: one.at.toISOString() })) }
}
