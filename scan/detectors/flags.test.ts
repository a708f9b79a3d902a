// What a detector declares (`lone`, `closed`) lets cells be passed over; here it is held against what its pattern lets in.
import { sample, stringMatching } from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankParams, couldBeLone, mayHoldInText } from '../columns.ts'
import { openEngine } from '../engine.ts'
import type { Engine } from '../engine.ts'
import { detectors } from './index.ts'
import type { Detector } from './index.ts'

const all: readonly Detector[] = detectors
let engine: Engine
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())

test.for(all.filter(({ lone }) => lone === true).map((detector) => [detector.source, detector] as const))(
  'a single one matters, and none is passed over: %s',
  async ([, detector]) => {
    const seen = `(${couldBeLone('x')}) ${detector.inText === undefined ? '' : `OR (${mayHoldInText('x')})`}`
    const { matching, failing } = await ask(detector, `NOT (${seen})`)
    expect(failing).toEqual([])
    expect(matching).toBeGreaterThan(tries / 2)
  },
)

test.for(all.filter(({ closed }) => closed === true).map((detector) => [detector.source, detector] as const))(
  'a cell of it is nothing of which a single one matters, and hides none: %s',
  async ([, detector]) => {
    const { matching, failing } = await ask(
      detector,
      `multiMatchAny(x, {lone:Array(String)}) OR (${mayHoldInText('x')})`,
    )
    expect(failing).toEqual([])
    expect(matching).toBeGreaterThan(tries / 2)
  },
)

const tries = 400

/** Values the engine's own pattern accepts, and those of them of which the SQL is true. */
async function ask(detector: Detector, sql: string): Promise<{ matching: number; failing: readonly string[] }> {
  const values = sample(stringMatching(inJavaScript(detector.cell)), { numRuns: tries, seed: 5 })
  const [row] = (
    await engine.query(
      `SELECT count(), groupArrayIf(x, ${sql}) FROM (SELECT arrayJoin({values:Array(String)}) AS x) WHERE match(x, {cell:String})`,
      { ...bankParams, values, cell: detector.cell },
    )
  )
    .toString()
    .trim()
    .split('\n')
  const [matching, failing] = JSON.parse(row ?? '') as [string | number, string[]]
  return { matching: Number(matching), failing }
}

const inJavaScript = (pattern: string): RegExp => new RegExp(pattern.replace(/\\x(?=\{)/g, '\\u'), 'u')
