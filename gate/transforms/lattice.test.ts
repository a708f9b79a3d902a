import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { entropyLoss, searchLattice } from './lattice.ts'
import type { Levels } from './lattice.ts'

/** Four columns of up to four levels each, and the places above which everything is anonymous. */
const aLattice = fc
  .array(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 })
  .chain((steps) => {
    // What a level loses grows with it.
    const lossAt = steps.map((column) =>
      column.map((_, level) => column.slice(0, level + 1).reduce((sum, one) => sum + one, 0)),
    )
    const place = fc.tuple(...lossAt.map((column) => fc.nat({ max: column.length - 1 })))
    return fc.record({ lossAt: fc.constant(lossAt), floors: fc.array(place, { maxLength: 4 }) })
  })

test('the search finds what trying every place finds, and asks of no more places', async () => {
  await fc.assert(
    fc.asyncProperty(aLattice, async ({ lossAt, floors }) => {
      const holds = (levels: Levels) => floors.some((floor) => floor.every((level, at) => level <= (levels[at] ?? 0)))
      const found = await searchLattice(lossAt, (levels) => Promise.resolve(holds(levels)))
      const all = lossAt.reduce<readonly Levels[]>(
        (places, column) => places.flatMap((levels) => column.map((_, level) => [...levels, level])),
        [[]],
      )
      const losses = all
        .filter(holds)
        .map((levels) => levels.reduce((sum, level, at) => sum + (lossAt[at]?.[level] ?? 0), 0))
      expect(found?.loss).toBe(losses.length === 0 ? undefined : Math.min(...losses))
      expect(found === undefined || holds(found.levels)).toBe(true)
      expect(found?.asked ?? 0).toBeLessThanOrEqual(all.length)
    }),
    { numRuns: 300, seed: 7 },
  )
})

test('what a column loses is the bits that tell its values apart again', () => {
  // Four rows of two values become one: a bit a row; a value nobody has loses nothing.
  expect(
    entropyLoss(
      [2, 2, 0],
      [
        [0, 1, 2],
        [0, 0, 0],
      ],
    ),
  ).toEqual([0, 4])
  expect(
    entropyLoss(
      [3, 1],
      [
        [0, 1],
        [0, 0],
      ],
    )[1],
  ).toBeCloseTo(4 * Math.log2(4) - 3 * Math.log2(3), 12)
})
