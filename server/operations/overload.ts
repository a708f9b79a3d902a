import type { MiddlewareHandler } from 'hono'
import { RequestProblem } from '../problem.ts'

/**
 * How many requests are answered at once before the next is turned away. Pages for everybody give way long before an
 * officer's work does; what watches the server is always answered.
 */
export const atOnce = { public: 64, office: 512 } as const
/** After how many seconds who was turned away may come again. */
export const againAfterSeconds = { public: 10, office: 2 } as const

export type Visitor = keyof typeof atOnce | 'probe'

/** Whose request it is, by its path: before anything of it is looked up. */
export function visitorOf(path: string): Visitor {
  if (path === '/v1/health' || path === '/v1/ready' || path === '/metrics') return 'probe'
  return /^\/public(\/|$)/.test(path) ? 'public' : 'office'
}

/** Turns away with 503 and Retry-After what is too much at once; a stream of events counts until it has begun. */
export function sheddingLoad(): MiddlewareHandler {
  let answering = 0
  return async (c, next) => {
    const visitor = visitorOf(c.req.path)
    if (visitor !== 'probe' && answering >= atOnce[visitor]) {
      throw new RequestProblem('server.busy', {}, { retryAfterSeconds: againAfterSeconds[visitor] })
    }
    answering += 1
    try {
      await next()
    } finally {
      answering -= 1
    }
  }
}
