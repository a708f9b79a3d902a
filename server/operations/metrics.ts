import { sql } from 'kysely'
import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Records } from '../records.ts'

/**
 * What a server counts of itself, for Prometheus. A label is a route of the contract, a method or a status: never a case
 * number, an account or anything a user typed.
 */
export class Metrics {
  readonly #registry = new Registry()
  readonly #requests = new Counter({
    name: 'tongguan_http_requests_total',
    help: 'Requests answered, by route and status',
    labelNames: ['method', 'route', 'status'],
    registers: [this.#registry],
  })
  readonly #seconds = new Histogram({
    name: 'tongguan_http_request_seconds',
    help: 'Seconds until the answer began, by route',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.#registry],
  })
  readonly #streams = new Gauge({
    name: 'tongguan_event_streams',
    help: 'Open streams of events',
    registers: [this.#registry],
  })

  constructor({ db, connections }: Records) {
    const registers = [this.#registry]
    if (connections !== undefined) {
      const pool = new Gauge({
        name: 'tongguan_database_connections',
        help: 'Connections of the database pool, and requests that wait for one',
        labelNames: ['state'],
        registers,
        collect: () => {
          for (const [state, n] of Object.entries(connections())) pool.set({ state }, n)
        },
      })
    }
    const queue = new Gauge({
      name: 'tongguan_queue_length',
      help: 'What waits: e-mails not sent yet',
      labelNames: ['queue'],
      registers,
      async collect() {
        const { rows } = await sql<{ mail: number }>`
          select count(*) as mail from mail where sent_at is null`.execute(db)
        queue.set({ queue: 'mail' }, Number(rows[0]?.mail))
      },
    })
  }

  /** Counts every request under the route that answered it; what no route answers is `none`. */
  readonly counting: MiddlewareHandler = async (c, next) => {
    const began = performance.now()
    await next()
    const route = routeOf(c)
    const method = c.req.method in methods ? c.req.method : 'other'
    this.#requests.inc({ method, route, status: c.res.status })
    this.#seconds.observe({ method, route }, (performance.now() - began) / 1000)
  }

  streamOpened(): void {
    this.#streams.inc()
  }

  streamEnded(): void {
    this.#streams.dec()
  }

  /** In Prometheus' text format. */
  print(): Promise<string> {
    return this.#registry.metrics()
  }

  names(): readonly string[] {
    return this.#registry.getMetricsAsArray().map(({ name }) => name)
  }
}

/** The route of the contract that answered, or `none`. */
export function routeOf(c: Context): string {
  return matchedRoutes(c).findLast(({ method }) => method !== 'ALL')?.path ?? 'none'
}

const methods = { GET: true, HEAD: true, POST: true, PUT: true, PATCH: true, DELETE: true, OPTIONS: true }
