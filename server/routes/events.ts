import { load } from '@tongguan/casework'
import { streamSSE } from 'hono/streaming'
import type { SSEStreamingApi } from 'hono/streaming'
import { guarded, lacksSecondFactor, needsToKnow } from '../app.ts'
import type { App, AppContext, Server } from '../app.ts'
import { timelineEvent } from '../case-page.ts'
import { RequestProblem, languageOf, problemBody } from '../problem.ts'
import { holds, relationOf } from '../rights.ts'

/** Another process on the same database is heard of by looking this often, in ms. */
export const lookEvery = 2000
/** Something is said this often, in ms, so that nobody in between takes the line for dead; the right is asked anew then. */
export const sayEvery = 15_000

/** The events of a case as they happen. */
export function eventRoutes(app: App, server: Server): void {
  const { records, news, accounts, closing, metrics } = server

  app.openapi(guarded(server, 'streamEvents'), (c) => {
    const { no, sequence } = c.get('case')
    const asked = Number(c.req.header('last-event-id'))
    let sent = Number.isSafeInteger(asked) && 0 < asked && asked <= sequence ? asked : sequence
    const language = languageOf(c.req.header('accept-language'))
    const { headers } = c.req.raw
    const tell = async (stream: SSEStreamingApi) => {
      const ended = AbortSignal.any([closing, abortOf(stream)])
      await stream.writeSSE({ event: 'ready', data: JSON.stringify({ sequence: sent }), retry: 2000 })
      let said = Date.now()
      while (!ended.aborted) {
        await news.wait(no, lookEvery, ended)
        if (ended.aborted) return
        const current = await load(records.db, no)
        const events = current?.events.slice(sent) ?? []
        if (events.length === 0 && Date.now() - said < sayEvery) continue
        said = Date.now()
        const viewer = await accounts.viewerOf(headers, { prolong: false })
        const relation = viewer === null ? undefined : relationOf('streamEvents', viewer.role, viewer.organisation.kind)
        if (
          viewer === null ||
          current === null ||
          lacksSecondFactor(server, viewer) ||
          relation === undefined ||
          !holds(relation, current, viewer.organisation) ||
          !(await needsToKnow(records.db, no, viewer))
        ) {
          const problem = problemBody(new RequestProblem('session.none'), language, c.req.path)
          await stream.writeSSE({ event: 'ended', data: JSON.stringify(problem) })
          return
        }
        for (const event of events) {
          sent += 1
          await stream.writeSSE({ event: 'case', id: String(sent), data: JSON.stringify(timelineEvent(event, sent)) })
        }
        if (events.length === 0) await stream.write(': still here\n\n')
      }
    }
    return openStream(c, metrics, tell)
  })
}

/** Opens a stream of events, counted while it is open. HEAD opens none: nobody would read it, so it would never end. */
export function openStream(
  c: AppContext,
  metrics: Server['metrics'],
  tell: (stream: SSEStreamingApi) => Promise<void>,
): Response {
  if (c.req.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream' })
  return streamSSE(c, async (stream) => {
    metrics.streamOpened()
    try {
      await tell(stream)
    } finally {
      metrics.streamEnded()
    }
  })
}

/** Aborts when nobody listens any more. */
export function abortOf(stream: { onAbort(listener: () => void): void }): AbortSignal {
  const controller = new AbortController()
  stream.onAbort(() => controller.abort())
  return controller.signal
}
