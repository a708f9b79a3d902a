import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { forEachDatabase } from '../../test/databases.ts'
import { aServer, origin } from '../makers.ts'
import { migrations } from '../records.ts'
import type { Tables } from '../records.ts'
import { Metrics } from './metrics.ts'

const host = { headers: { host: new URL(origin).host } }

forEachDatabase('a server about itself', (open) => {
  test('is ready while database, tables and disk are as it needs them', async () => {
    const records = await open<Tables>(migrations)
    const { app } = await aServer(records)
    const ready = async () => {
      const answer = await app.request(`${origin}/v1/ready`, host)
      return [answer.status, await answer.json()]
    }
    expect(await ready()).toEqual([200, { ready: true, database: true, migrated: true, space: true }])
    await sql`delete from applied_migration where id = 'server-1'`.execute(records.db)
    expect(await ready()).toEqual([503, { ready: false, database: true, migrated: false, space: true }])
  })

  test('counts by route and status, and says nothing of whom or what was asked for', async () => {
    const records = await open<Tables>(migrations)
    const { app } = await aServer(records)
    await app.request(`${origin}/v1/health`, host)
    await app.request(`${origin}/v1/cases/TG-2026-000001`, host)
    await app.request(`${origin}/v1/zhang@hospital.example`, host)
    await app.request(`${origin}/v1/health`, { ...host, method: 'ZHANG' })
    const text = await (await app.request(`${origin}/metrics`, host)).text()
    expect(text).toContain('tongguan_http_requests_total{method="GET",route="/v1/health",status="200"} 1')
    expect(text).toContain('tongguan_http_requests_total{method="GET",route="/v1/cases/:caseNo",status="401"} 1')
    expect(text).toMatch(/tongguan_http_request_seconds_count\{method="GET",route="\/v1\/health"\} 1/)
    expect(text).toContain('tongguan_queue_length{queue="mail"} 0')
    expect(text).not.toMatch(/TG-2026|zhang|ZHANG/)
    expect(text.includes('tongguan_database_connections{state="total"}')).toBe(records.kind === 'postgresql')
  })
})

test('the dashboard asks for metrics there are, and for each of them', () => {
  const names = new Metrics({
    db: undefined as never,
    kind: 'postgresql',
    connections: () => ({ total: 0, idle: 0, waiting: 0 }),
    close: () => Promise.resolve(),
  }).names()
  const dashboard = readFileSync(join(import.meta.dirname, '../../docs/operations/grafana-dashboard.json'), 'utf8')
  const asked = new Set([...dashboard.matchAll(/tongguan_[a-z_]+/g)].map(([name]) => name.replace(/_bucket$/, '')))
  expect([...asked].sort()).toEqual([...names].sort())
})
