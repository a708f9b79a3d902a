import type { Context, MiddlewareHandler } from 'hono'
import { randomUUID } from 'node:crypto'
import type { AppContext, AppEnv } from './app.ts'
import { routeOf } from './operations/metrics.ts'
import { RequestProblem } from './problem.ts'

/**
 * What is written of one request, as one line of JSON. Never a path, a query or a body: an address may hold a secret (a
 * calendar's, an invitation's), so the route of the contract stands for it.
 */
export interface RequestLine {
  /** RFC 3339, UTC. */
  readonly time: string
  readonly event: 'request'
  /** The same as in the answer's `Request-Id`, and in the line of what broke. */
  readonly id: string
  readonly method: string
  readonly route: string
  readonly status: number
  readonly ms: number
  /** The stable code of the problem it was answered with. */
  readonly code?: string
  /** The account's id, and its organisation's; left out for whoever is not signed in. */
  readonly actor?: string
  readonly organisation?: string
  readonly case?: string
  readonly from: string
}

export type WriteRequestLine = (line: RequestLine) => void

/** As a log collector reads them from standard error. */
export const toStandardError: WriteRequestLine = (line) => console.error(JSON.stringify(line))

/** Gives each request a number of ours, says it in the answer, and hands on a line about it once it is answered. */
export function numbered(
  write: WriteRequestLine | undefined,
  addressOf: (c: AppContext) => string,
): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const began = performance.now()
    c.set('requestId', randomUUID())
    await next()
    c.res.headers.set('Request-Id', c.get('requestId'))
    write?.(lineOf(c, performance.now() - began, addressOf(c)))
  }
}

function lineOf(c: Context<AppEnv>, ms: number, from: string): RequestLine {
  const problem = c.error instanceof RequestProblem ? c.error : undefined
  // Set by the guard; a request it refused has neither.
  const { viewer, case: about } = c.var as Partial<AppEnv['Variables']>
  return {
    time: new Date().toISOString(),
    event: 'request',
    id: c.get('requestId'),
    method: c.req.method,
    route: routeOf(c),
    status: c.res.status,
    ms: Math.round(ms * 10) / 10,
    ...(problem === undefined ? {} : { code: problem.more.code ?? problem.problemCode }),
    ...(viewer === undefined ? {} : { actor: viewer.id, organisation: viewer.organisation.id }),
    ...(about === undefined ? {} : { case: about.no }),
    from,
  }
}
