// The short form of `npm run prove requests`.
import { expect, test } from 'vitest'
import { wrongWith } from './ask.ts'
import { tryRequests } from './try-requests.ts'

// A server in a process of its own; a machine that is busy takes its time, which is not what is tried here.
const patiently = { timeout: 240_000 }

test('wrong requests are answered without a 500, and show nothing of others', patiently, async () => {
  const { wrong, statuses } = await tryRequests({ seed: 7, count: 100, longestMs: 120_000 })
  expect(wrong).toEqual([])
  // Some get to the end of their route, the others are refused on different grounds.
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '401', '403', '404', '422']))
})

const sent = { operation: 'getCase', as: 'one', method: 'GET', target: '/', headers: [], body: '', breaksHttp: false }
const planted = [{ text: 'canary-1', readers: ['another'] }]

test.for([
  ['a failure', { status: 500, text: 'HTTP/1.1 500\r\n\r\nbroke', ms: 1 }, ['500: broke']],
  ['load', { status: 503, text: '"server.busy"', ms: 1 }, []],
  ['a database away', { status: 503, text: 'HTTP/1.1 503\r\n\r\naway', ms: 1 }, ['503: away']],
  ['silence', { status: 0, text: '', ms: 1 }, ['closed without an answer']],
  ['lateness', { status: 0, text: '', ms: 10_001 }, ['no answer within 10000 ms']],
  ['another’s text', { status: 200, text: 'x canary-1', ms: 1 }, ['shows canary-1, which is for another']],
] as const)('%s is seen', ([, answer, wrong]) =>
  expect(wrongWith(sent, answer, { planted, longestMs: 10_000 })).toEqual(wrong),
)
