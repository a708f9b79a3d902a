import { tryRequests } from '../../test/requests/try-requests.ts'
import { postgresql } from '../../test/postgresql.ts'
import type { Counterexample, Proof } from './proof.ts'

const requestsPerBatch = 500

/** Requests that are wrong in one place or in many, to a server with several organisations; every other batch on PostgreSQL. */
export const requests: Proof = {
  claim: 'no request, however wrong, is answered with a 500, late, not at all, or with what is another organisation’s',
  points: 10_000,
  pointsPerBatch: requestsPerBatch,
  restsOn: ['server/serve.ts', 'test/requests/server-process.ts', 'test/requests/try-requests.ts'],
  async tryBatch(batch) {
    const tried = { seed: batch + 1, count: requestsPerBatch, longestMs: 10_000 }
    if (batch % 2 === 0) return shown(await tryRequests(tried))
    const server = postgresql()
    try {
      await server.start()
      return shown(await tryRequests({ ...tried, url: await server.createDatabase() }))
    } finally {
      await server.stop()
    }
  },
}

function shown({ wrong }: Awaited<ReturnType<typeof tryRequests>>): readonly Counterexample[] {
  return wrong.slice(0, 10).map(({ found, request }) => ({ expected: 'a right answer in time', found, point: request }))
}
