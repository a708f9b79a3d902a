import type { Because, Kind } from '@tongguan/law'

/**
 * How one kind of value is recognised. Patterns are RE2 (ClickHouse); `x` in the SQL stands for the cell after `cell`
 * (trimmed, full-width digits made plain), and is an expression of our own, never a name from a file.
 */
export interface Detector {
  readonly kind: Kind
  /** Where the rule is from. */
  readonly source: string
  /** Anchored pattern of a whole cell. */
  readonly cell: string
  /** The check beyond the pattern, as SQL of type Bool; undefined where the pattern is all there is. */
  readonly check?: (x: string) => string
  /**
   * What is cheaper to ask than `cell` and settles most cells, as SQL of type Bool: where it holds, so does the pattern.
   * The engine takes a pattern without alternatives ten times as fast as one with.
   */
  readonly plain?: (x: string) => string
  /**
   * Of a kind of which a single one matters: which of its cells may be of another such kind besides, as SQL of type Bool;
   * left out: any of them.
   */
  readonly besides?: (x: string) => string
  /** One spelling per value, as SQL; identifiers are compared by it. */
  readonly canonical?: (x: string) => string
  /** P(check passes | pattern matches) for accidental values (detection.md 2.1). */
  readonly chance: number
  /**
   * Where accident is better told by the shape than by the pattern: strings that might have been one, and how many of them
   * pass by chance. A lone number among cells of other shapes is then no accident, one in a column of such numbers is.
   */
  readonly shape?: { readonly of: Detector; readonly chance: number }
  /** Share of the cells that must pass for the column to *be* of this kind. */
  readonly rate: number
  /** Distinct values over cells must be at least this for a column without a telling name. */
  readonly distinct: number
  /** Values alone may name the column; otherwise its header must agree. */
  readonly alone: boolean
  readonly because: Because
  /**
   * A single one says something wherever it stands; the others only name a whole column. Such a cell has at least eleven
   * bytes and begins with an ASCII character, or `couldBeLone` (scan/columns.ts) must let it through.
   */
  readonly lone?: true
  /** A cell that matches is nothing of the kinds of which a single one matters, and hides none of them in a text. */
  readonly closed?: true
  /** Found in sentences too: how to cut candidates out of text `x`, as SQL of type Array(String). */
  readonly inText?: (x: string) => string
  /** What it is often confused with, and what settles it. */
  readonly confusedWith: string
  /** Shows a value without giving it away. */
  readonly mask: (value: string) => string
}

/** Keeps the first and last characters; everything between becomes stars. */
export const keepEnds =
  (head: number, tail: number) =>
  (value: string): string => {
    const letters = [...value]
    if (letters.length <= head + tail) return '*'.repeat(letters.length)
    return (
      letters.slice(0, head).join('') +
      '*'.repeat(letters.length - head - tail) +
      letters.slice(letters.length - tail).join('')
    )
  }
