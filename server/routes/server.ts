import { sql } from 'kysely'
import { guarded } from '../app.ts'
import type { App, Server } from '../app.ts'
import { readinessOf } from '../operations/readiness.ts'
import { openApiDocument } from '../openapi.ts'
import { RequestProblem } from '../problem.ts'
import { softwareVersion } from '../version.ts'

/** The server about itself. */
export function serverRoutes(app: App, server: Server): void {
  const description = JSON.stringify(openApiDocument())

  app.openapi(guarded(server, 'getHealth'), async (c) => {
    try {
      await sql`select 1`.execute(server.records.db)
    } catch (error) {
      console.error(`[server.database] ${String(error)}`)
      throw new RequestProblem('server.database')
    }
    return c.json(
      {
        status: 'ok' as const,
        version: softwareVersion,
        role: server.role,
        database: server.records.kind,
        simulated: server.installation.kind === 'pilot',
      },
      200,
    )
  })

  app.openapi(guarded(server, 'getReadiness'), async (c) => {
    const readiness = await readinessOf(server)
    return c.json(readiness, readiness.ready ? 200 : 503)
  })

  app.openapi(
    guarded(server, 'getMetrics'),
    async (c) => c.body(await server.metrics.print(), 200, { 'Content-Type': 'text/plain; version=0.0.4' }) as never,
  )

  app.openapi(
    guarded(server, 'getOpenApi'),
    (c) => c.body(description, 200, { 'Content-Type': 'application/json' }) as never,
  )
}
