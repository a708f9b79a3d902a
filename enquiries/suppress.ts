/** A cross table of counts: rows by columns. All rows have the same length. */
export type Counts = readonly (readonly number[])[]

/** Which cells are hidden; or that nothing of the table can be shown without giving a small cell away. */
export type Suppressed =
  | { readonly kind: 'shown'; readonly hidden: readonly (readonly boolean[])[] }
  | { readonly kind: 'withheld' }

/** A count from 1 to one less than this can point at single organisations and is hidden. */
export const leastShown = 5

/**
 * Hides the small cells of a table whose row and column totals are shown, and as few others as it takes that none of the
 * small ones can be computed from what is left. A reader is taken to know the rule: that a hidden cell is at least 1.
 *
 * Which others: while a small cell is exposed, the smallest cell that is not empty in its row; where the row has another
 * hidden one already, in its column; then where row and column of hidden cells cross; then anywhere. Where all are hidden
 * and one is still exposed, the whole table is withheld, its zeros too.
 */
export function suppress(table: Counts, least = leastShown): Suppressed {
  const hidden = table.map((row) => row.map((count) => isSmall(count, least)))
  for (;;) {
    const exposed = cellsOf(table).find(
      ([r, c]) => hidden[r]?.[c] === true && isSmall(at(table, r, c), least) && isDetermined(table, hidden, r, c),
    )
    if (exposed === undefined) return { kind: 'shown', hidden }
    const candidates = cellsOf(table)
      .filter(([row, column]) => hidden[row]?.[column] === false && at(table, row, column) > 0)
      .sort((a, b) => helps(hidden, a, exposed) - helps(hidden, b, exposed) || at(table, ...a) - at(table, ...b))
    const [next] = candidates
    if (next === undefined) return { kind: 'withheld' }
    const row = hidden[next[0]]
    if (row !== undefined) row[next[1]] = true
  }
}

/**
 * Whether a hidden cell can have one value only, given the shown cells, the totals, and that hidden cells are at least 1.
 *
 * The tables that agree with all this are the integer points of a transportation polytope; from one to another one gets by
 * adding and taking 1 along closed rounds of hidden cells. So the cell can change exactly when such a round leads through
 * it, and looking for one is a walk from its row back to its column.
 */
export function isDetermined(table: Counts, hidden: readonly (readonly boolean[])[], r: number, c: number): boolean {
  const mayTake = (row: number, column: number) => hidden[row]?.[column] === true && at(table, row, column) >= 2
  const mayAdd = (row: number, column: number) => hidden[row]?.[column] === true
  // One more here: one less elsewhere in the row, one more in that column, and so on until one less in this column.
  const canGrow = leadsBack(table, r, c, { first: mayTake, second: mayAdd })
  const canShrink = at(table, r, c) >= 2 && leadsBack(table, r, c, { first: mayAdd, second: mayTake })
  return !canGrow && !canShrink
}

type May = (row: number, column: number) => boolean

function leadsBack(
  table: Counts,
  r: number,
  c: number,
  { first, second }: { readonly first: May; readonly second: May },
): boolean {
  const columns = table[0]?.length ?? 0
  const seen = new Set([r])
  const rows = [r]
  for (let row = rows.pop(); row !== undefined; row = rows.pop()) {
    for (let column = 0; column < columns; column++) {
      if ((row === r && column === c) || !first(row, column)) continue
      if (column === c) return true
      for (let next = 0; next < table.length; next++) {
        if (seen.has(next) || !second(next, column)) continue
        seen.add(next)
        rows.push(next)
      }
    }
  }
  return false
}

/** One row of counts whose total is shown: the same rule, for which one hidden cell beside another is enough. */
export function suppressList(counts: readonly number[], least = leastShown): Suppressed {
  // A second row nobody sees takes up what the first gives away, as if the columns had no totals.
  const unseen = counts.map(() => 2)
  const hidden = counts.map((count) => isSmall(count, least))
  for (;;) {
    const table = [counts, unseen]
    const flags = [hidden, counts.map(() => true)]
    const exposed = counts.findIndex(
      (count, c) => hidden[c] === true && isSmall(count, least) && isDetermined(table, flags, 0, c),
    )
    if (exposed === -1) return { kind: 'shown', hidden: [hidden] }
    const next = counts
      .map((count, c) => ({ count, c }))
      .filter(({ count, c }) => hidden[c] === false && count > 0)
      .sort((a, b) => a.count - b.count)[0]
    if (next === undefined) return { kind: 'withheld' }
    hidden[next.c] = true
  }
}

function isSmall(count: number, least: number): boolean {
  return 0 < count && count < least
}

function at(table: Counts, r: number, c: number): number {
  return table[r]?.[c] ?? 0
}

function cellsOf(table: Counts): readonly (readonly [number, number])[] {
  return table.flatMap((row, r) => row.map((_, c) => [r, c] as const))
}

/** 0 for a cell that closes, or begins to close, a round through the exposed one; 1 for any other. */
function helps(
  hidden: readonly (readonly boolean[])[],
  [row, column]: readonly [number, number],
  [r, c]: readonly [number, number],
): number {
  const inRow = (n: number) => hidden[n]?.filter(Boolean).length ?? 0
  const inColumn = (n: number) => hidden.filter((line) => line[n] === true).length
  if (inRow(r) === 1) return row === r ? 0 : 1
  if (inColumn(c) === 1) return column === c ? 0 : 1
  return inRow(row) > 0 && inColumn(column) > 0 ? 0 : 1
}
