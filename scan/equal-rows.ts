import { randomBytes } from 'node:crypto'
import type { Engine } from './engine.ts'
import { parseRows } from './tables.ts'

/** Combinations of values, each once: how many rows have it, and the number of each column's value. */
export interface Combinations {
  readonly rows: readonly number[]
  readonly values: readonly (readonly number[])[]
}

/** A table of combinations in the engine, asked again and again by coarser values. */
export interface EqualRows {
  /** Rows in classes smaller than `k`, where value `v` of a column counts as `becomes[v]`. */
  readonly below: (k: number, becomes: readonly (readonly number[])[]) => Promise<number>
  readonly close: () => Promise<void>
}

/** Hands combinations to the engine; every question is then one grouping of them. */
export async function equalRows(engine: Engine, { rows, values }: Combinations): Promise<EqualRows> {
  const name = `combinations_${randomBytes(8).toString('hex')}`
  const columns = values.map((_, at) => `c${at}`)
  const structure = ['n', ...columns].map((column) => `${column} UInt32`).join(', ')
  await engine.read(
    `CREATE TABLE ${name} ENGINE = Memory AS SELECT * FROM file({input0:String}, 'RowBinary', {structure:String})`,
    { structure },
    async (write) => {
      const width = 4 * (columns.length + 1)
      for (let from = 0; from < rows.length; from += rowsAtOnce) {
        const piece = rows.slice(from, from + rowsAtOnce)
        const bytes = Buffer.alloc(piece.length * width)
        for (const [row, n] of piece.entries()) {
          bytes.writeUInt32LE(n, row * width)
          for (const [at, column] of values.entries())
            bytes.writeUInt32LE(column[from + row] ?? 0, row * width + 4 * (at + 1))
        }
        if (!(await write([bytes]))) return
      }
    },
  )
  return {
    async below(k, becomes) {
      const groups = becomes.map((_, at) => `arrayElement({m${at}:Array(UInt32)}, c${at} + 1)`)
      const maps = Object.fromEntries(becomes.map((map, at) => [`m${at}`, map]))
      const sql = `SELECT toFloat64(sumIf(s, s < {k:UInt32})) FROM (SELECT sum(n) AS s FROM ${name} GROUP BY ${groups.join(', ')})`
      const [[found] = [0]] = parseRows<[number]>(await engine.query(sql, { ...maps, k }))
      return found
    },
    close: async () => void (await engine.query(`DROP TABLE ${name}`)),
  }
}

const rowsAtOnce = 65_536
