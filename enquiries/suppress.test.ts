import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDetermined, suppress, suppressList } from './suppress.ts'
import type { Counts } from './suppress.ts'

test('a table without small cells is shown as it is', () => {
  expect(
    suppress([
      [5, 0],
      [9, 12],
    ]),
  ).toEqual({
    kind: 'shown',
    hidden: [
      [false, false],
      [false, false],
    ],
  })
})

test('one small cell takes three others with it, so that no total gives it away', () => {
  const table = [
    [3, 20, 30],
    [40, 50, 60],
    [70, 80, 90],
  ]
  const shown = suppress(table)
  expect(shown).toEqual({
    kind: 'shown',
    hidden: [
      [true, true, false],
      [true, true, false],
      [false, false, false],
    ],
  })
})

test('where hiding cannot help, the whole table is withheld', () => {
  expect(
    suppress([
      [1, 0],
      [0, 9],
    ]),
  ).toEqual({ kind: 'withheld' })
  expect(suppressList([2, 0, 0])).toEqual({ kind: 'withheld' })
  // Two hidden cells that add up to 2 are both 1, for whoever knows that a hidden cell is at least 1.
  expect(suppressList([1, 1])).toEqual({ kind: 'withheld' })
})

test('a small count of a list takes the next smallest with it', () => {
  expect(suppressList([2, 30, 7])).toEqual({ kind: 'shown', hidden: [[true, false, true]] })
})

const tables = fc
  .record({ rows: fc.integer({ min: 1, max: 3 }), columns: fc.integer({ min: 1, max: 3 }) })
  .chain(({ rows, columns }) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  )

test('no small cell of a shown table has one possible value: another table agrees with all that is shown', () => {
  fc.assert(
    fc.property(tables, (table) => {
      const shown = suppress(table, 4)
      if (shown.kind === 'withheld') return
      for (const [r, row] of table.entries()) {
        for (const [c, count] of row.entries()) {
          if (count === 0 || count >= 4) continue
          expect(shown.hidden[r]?.[c]).toBe(true)
          expect(valuesOf(table, shown.hidden, r, c).size).toBeGreaterThan(1)
        }
      }
    }),
    { numRuns: 400 },
  )
})

test('a cell is called determined exactly when counting out every table finds one value', () => {
  fc.assert(
    fc.property(tables, fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), (table, flags) => {
      const hidden = table.map((row, r) => row.map((count, c) => count > 0 && flags[3 * r + c] === true))
      for (const [r, row] of table.entries()) {
        for (const c of row.keys()) {
          if (hidden[r]?.[c] !== true) continue
          expect(isDetermined(table, hidden, r, c)).toBe(valuesOf(table, hidden, r, c).size === 1)
        }
      }
    }),
    { numRuns: 400 },
  )
})

test('no small count of a shown list has one possible value', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 6 }), (counts) => {
      const shown = suppressList(counts)
      if (shown.kind === 'withheld') return
      const hidden = counts.filter((_, c) => shown.hidden[0]?.[c])
      if (!hidden.some((count) => count < 5)) return
      // Given the sum and that each is at least 1, the only sums with one solution are n of n, and any of one.
      expect(hidden.length).toBeGreaterThan(1)
      expect(hidden.reduce((a, b) => a + b)).toBeGreaterThan(hidden.length)
    }),
  )
})

/** Every value a cell takes in the tables that agree with the shown cells and the totals, hidden cells being at least 1. */
function valuesOf(table: Counts, hidden: readonly (readonly boolean[])[], r: number, c: number): ReadonlySet<number> {
  const rows = table.map((row) => row.reduce((a, b) => a + b, 0))
  const columns = (table[0] ?? []).map((_, column) => table.reduce((sum, row) => sum + (row[column] ?? 0), 0))
  const found = new Set<number>()
  const cells = table.flatMap((row, i) => row.map((_, j) => [i, j] as const))
  const built = table.map((row) => row.map(() => 0))
  const fillFrom = (n: number, rowsLeft: number[], columnsLeft: number[]): void => {
    const cell = cells[n]
    if (cell === undefined) {
      if ([...rowsLeft, ...columnsLeft].every((left) => left === 0)) found.add(built[r]?.[c] ?? -1)
      return
    }
    const [i, j] = cell
    const most = Math.min(rowsLeft[i] ?? 0, columnsLeft[j] ?? 0)
    const own = table[i]?.[j] ?? 0
    const values =
      hidden[i]?.[j] === true ? Array.from({ length: Math.max(0, most) }, (_, k) => k + 1) : own <= most ? [own] : []
    for (const value of values) {
      const line = built[i]
      if (line === undefined) continue
      line[j] = value
      fillFrom(
        n + 1,
        rowsLeft.map((left, k) => (k === i ? left - value : left)),
        columnsLeft.map((left, k) => (k === j ? left - value : left)),
      )
    }
  }
  fillFrom(0, rows, columns)
  return found
}
