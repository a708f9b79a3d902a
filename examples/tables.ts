import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Progress } from './pilots.ts'
import { csvRow, rowsFor, writeRows } from './write-rows.ts'

/*
 * Files of rows about numbered persons. A batch repeats some of the columns for some of the numbers, byte for byte,
 * since a row is a function of the seed and the number alone.
 */

/** A file by its name, `.csv` or `.ndjson`, and its columns in order; one number may have any number of rows. */
export interface Table<Row> {
  readonly name: string
  readonly rowsOf: (number: number) => Iterable<Row>
  readonly columns: Readonly<Record<string, (row: Row) => string | number>>
}

export interface FileOfNumbers {
  readonly path: string
  readonly head: string
  readonly from: number
  /** Not included. */
  readonly to: number
  /** Each with its line end. */
  readonly linesOf: (number: number) => Iterable<string>
}

/** The table's rows for the numbers `from` up to, not including, `to`; of its columns these only, left out: all. */
export function fileOf<Row>(
  folder: string,
  { name, rowsOf, columns }: Table<Row>,
  { from = 0, to, only = Object.keys(columns) }: { from?: number; to: number; only?: readonly string[] },
): FileOfNumbers {
  const chosen = only.map((column) => [column, cellOf(columns, column, name)] as const)
  const csv = name.endsWith('.csv')
  const lineOf = (row: Row) =>
    csv
      ? csvRow(chosen.map(([, cell]) => cell(row)))
      : `${JSON.stringify(Object.fromEntries(chosen.map(([column, cell]) => [column, cell(row)])))}\n`
  return {
    path: join(folder, name),
    head: csv ? csvRow(only) : '',
    from,
    to,
    linesOf: (number) => Array.from(rowsOf(number), lineOf),
  }
}

function cellOf<Row>(columns: Table<Row>['columns'], column: string, table: string): (row: Row) => string | number {
  const cell = columns[column]
  if (cell === undefined) throw new RangeError(`the table ${table} has no column "${column}"`)
  return cell
}

/** Writes one file after the other; a step is one number. */
export async function writeFiles(
  files: readonly FileOfNumbers[],
  progress?: (progress: Progress) => void,
): Promise<void> {
  const total = files.reduce((sum, { from, to }) => sum + to - from, 0)
  let done = 0
  for (const { path, head, from, to, linesOf } of files) {
    await mkdir(dirname(path), { recursive: true })
    const rows = rowsFor(from, to, (number) => {
      if (++done % stepsPerReport === 0) progress?.({ done, total })
      return linesOf(number)
    })
    await writeRows(path, head, rows)
  }
  progress?.({ done: total, total })
}

const stepsPerReport = 1000
