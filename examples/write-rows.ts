import { open } from 'node:fs/promises'

export interface Written {
  /** Rows written since the last call. */
  readonly written?: (rows: number) => void
  /** UTF-8 where left out. */
  readonly encode?: (text: string) => Buffer
}

/**
 * Writes a text file row by row; each row carries its own line end. A few hundred kilobytes a write: memory stays flat
 * however many rows there are, and the bar moves.
 */
export async function writeRows(
  path: string,
  head: string,
  rows: Iterable<string>,
  { written, encode = (text) => Buffer.from(text) }: Written = {},
): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(encode(head))
    let chunk: string[] = []
    const flush = async () => {
      await file.writeFile(encode(chunk.join('')))
      written?.(chunk.length)
      chunk = []
    }
    for (const row of rows) {
      chunk.push(row)
      if (chunk.length === rowsPerWrite) await flush()
    }
    await flush()
  } finally {
    await file.close()
  }
}

const rowsPerWrite = 1000

/** A row of a comma-separated table; a cell that holds a comma, a quote or a line end is quoted (RFC 4180). */
export function csvRow(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\n`
}

function csvCell(cell: string | number): string {
  const text = String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The numbers from `from` up to, not including, `to`, each made into rows as they are asked for. */
export function* rowsFor<Row>(from: number, to: number, rowsOf: (number: number) => Iterable<Row>): Generator<Row> {
  for (let number = from; number < to; number++) yield* rowsOf(number)
}
