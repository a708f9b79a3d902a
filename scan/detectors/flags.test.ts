// What a detector declares (`lone`, `closed`, `besides`, `plain`) lets cells be passed over; here it is held against what its pattern lets in.
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

test.for(all.filter(({ besides }) => besides !== undefined).map((detector) => [detector.source, detector] as const))(
  'a cell that is said to be nothing else of which a single one matters is nothing else: %s',
  async ([, detector]) => {
    const others = all.filter((other) => other.lone === true && other !== detector)
    const values = others.flatMap((other) => valuesOf(other))
    const { failing } = await ask(
      detector,
      `NOT ${detector.besides?.('x') ?? '1'} AND length(multiMatchAllIndices(x, {lone:Array(String)})) != 1`,
      values,
    )
    expect(failing).toEqual([])
  },
)

test.for(all.filter(({ plain }) => plain !== undefined).map((detector) => [detector.source, detector] as const))(
  'what is told plainly has the pattern: %s',
  async ([, { plain, cell }]) => {
    // Near misses too: what the generator gives, with one character made another.
    const values = valuesOf({ cell }).flatMap((value, at) => [
      value,
      ...['0', '3', '7', 'x', '.', ' '].map(
        (other) => value.slice(0, at % value.length) + other + value.slice((at % value.length) + 1),
      ),
    ])
    const sql = `SELECT countIf(p), groupArrayIf(x, p AND NOT match(x, {cell:String})) FROM (SELECT x, ${plain?.('x') ?? '0'} AS p FROM (SELECT arrayJoin({values:Array(String)}) AS x))`
    const [told, failing] = JSON.parse((await engine.query(sql, { values, cell })).toString()) as [number, string[]]
    expect(failing).toEqual([])
    expect(told).toBeGreaterThan(5)
  },
)

const tries = 400
const valuesOf = ({ cell }: Pick<Detector, 'cell'>) =>
  sample(stringMatching(inJavaScript(cell)), { numRuns: tries, seed: 5 })

/** Values the engine's own pattern accepts, and those of them of which the SQL is true. */
async function ask(
  detector: Detector,
  sql: string,
  more: readonly string[] = [],
): Promise<{ matching: number; failing: readonly string[] }> {
  const values = [...valuesOf(detector), ...more]
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
