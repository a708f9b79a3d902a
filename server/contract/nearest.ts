/** The words most like the one that was written, best first; capitals tell nothing apart. */
export function nearest(
  word: string,
  known: readonly string[],
  most: number,
): readonly { word: string; edits: number }[] {
  return known
    .map((other) => ({ word: other, edits: editDistance(word.toLowerCase(), other.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, most)
}

/** Characters to insert, delete or replace (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i)
  for (const [i, one] of [...from].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...to].entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (one === other ? 0 : 1)))
    }
    row = next
  }
  return row[to.length] ?? 0
}
