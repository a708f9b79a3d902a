// The short form of `npm run prove files`.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEngine } from '../../scan/engine.ts'
import type { Engine } from '../../scan/engine.ts'
import { tryGiven, tryScanned } from './try-files.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())

// How long it takes on a busy machine is not what is tried here.
const longestMs = 120_000
const patiently = { timeout: 240_000 }

test(
  'a broken file is read or its error told by the scanner, and the others beside it are read',
  patiently,
  async () => {
    expect(await tryScanned(engine, { seed: 7, count: 5, longestMs })).toEqual([])
  },
)

test('a broken file is read or refused with a code by whoever it is handed to', patiently, async () => {
  expect(await tryGiven({ seed: 7, count: 65, longestMs })).toEqual([])
})
