import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { RequestProblem } from '../problem.ts'
import { againAfterSeconds, atOnce, sheddingLoad, visitorOf } from './overload.ts'

test.for([
  ['/public', 'public'],
  ['/public/triage', 'public'],
  ['/publicity', 'office'],
  ['/v1/cases', 'office'],
  ['/v1/ready', 'probe'],
  ['/metrics', 'probe'],
] as const)('%s is asked by: %s', ([path, visitor]) => expect(visitorOf(path)).toBe(visitor))

test('too much at once is turned away, the public first; officers and probes are answered, and everybody again afterwards', async () => {
  const app = new Hono()
  const held: (() => void)[] = []
  app.onError((error, c) =>
    error instanceof RequestProblem ? c.text(String(error.more.retryAfterSeconds), 503) : c.text(error.message, 500),
  )
  app.use(sheddingLoad())
  app.get('/v1/cases', async (c) => {
    await new Promise<void>((resolve) => held.push(resolve))
    return c.text('done')
  })
  app.get('*', (c) => c.text('done'))
  const begin = (n: number) => Array.from({ length: n }, () => Promise.resolve(app.request('/v1/cases')))
  const waiting = begin(atOnce.public)
  expect((await app.request('/public')).status).toBe(503)
  waiting.push(...begin(atOnce.office - atOnce.public))
  const refused = await app.request('/v1/cases')
  expect([refused.status, await refused.text()]).toEqual([503, String(againAfterSeconds.office)])
  expect((await app.request('/v1/ready')).status).toBe(200)
  for (const answer of held) answer()
  expect(new Set((await Promise.all(waiting)).map(({ status }) => status))).toEqual(new Set([200]))
  expect((await app.request('/public')).status).toBe(200)
})
