import type { Evidence, FileEvidence } from '@tongguan/law'
import { copyFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GateInputError } from './keys.ts'
import { NotRebuilt, rebuildCsv } from './rebuild-csv.ts'
import type { Rebuilder } from './rebuild-csv.ts'
import { rebuildNdjson } from './rebuild-json.ts'
import { rewrite } from './rebuild.ts'

/** Cells whose rows are not to leave: in which file (as the evidence names it), under which column. */
export interface UnwantedCell {
  readonly file: string
  readonly column: string
  readonly value: string
}

/** A file of the new batch, with how many of its rows stayed behind. */
export interface ThinnedFile {
  readonly name: string
  readonly rows: number
  readonly dropped: number
}

/**
 * Copies a batch into an empty folder without the rows of these cells. What is copied is read as strict mode reads it, so
 * that no row is cut in the middle; a file with unwanted rows in another format than CSV, TSV or NDJSON is refused.
 *
 * @throws GateInputError `gate.rows-not-droppable` naming the file
 */
export async function dropRows(
  from: string,
  into: string,
  { evidence, cells }: { readonly evidence: Evidence; readonly cells: readonly UnwantedCell[] },
): Promise<readonly ThinnedFile[]> {
  const files: ThinnedFile[] = []
  for (const file of evidence.files) {
    const unwanted = cells.filter((cell) => cell.file === file.path)
    const [source, target] = [join(from, file.path), join(into, file.path)]
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    if (unwanted.length === 0) {
      await copyFile(source, target)
      files.push({ name: file.path, rows: file.rows, dropped: 0 })
      continue
    }
    const rebuilder = without(file, unwanted)
    try {
      await rewrite(source, target, { rebuilder, encoding: file.encoding ?? 'utf-8' })
    } catch (error) {
      if (!(error instanceof NotRebuilt)) throw error
      throw notDroppable(file, `${error.because}, ${error.row}`)
    }
    const { rows } = rebuilder.counted()
    files.push({ name: file.path, rows, dropped: file.rows - rows })
  }
  return files
}

function without(file: FileEvidence, cells: readonly UnwantedCell[]): Rebuilder {
  const { path, format, delimiter, header } = file
  const values = new Map<string, Set<string>>()
  for (const { column, value } of cells) values.set(column, (values.get(column) ?? new Set()).add(value.trim()))
  const isUnwanted = (column: string, value: unknown) =>
    values.get(column)?.has((typeof value === 'string' ? value : JSON.stringify(value)).trim()) === true
  if (path.toLowerCase().endsWith('.gz')) throw notDroppable(file, 'gzip')
  if (format === 'ndjson') {
    return rebuildNdjson((line) => {
      const row = (JSON.parse(line) ?? {}) as object
      return Object.entries(row).some(([column, value]) => isUnwanted(column, value)) ? undefined : line
    })
  }
  if ((format === 'csv' || format === 'tsv') && delimiter?.length === 1 && header === true) {
    let names: readonly string[] = []
    return rebuildCsv({
      delimiter,
      header,
      each(fields, row) {
        if (row === 1) names = fields.map((name) => name.trim())
        else if (fields.some((value, at) => isUnwanted(names[at] ?? '', value))) return undefined
        return fields
      },
    })
  }
  throw notDroppable(file, format ?? 'format')
}

const notDroppable = ({ path }: FileEvidence, because: string) =>
  new GateInputError('gate.rows-not-droppable', { file: path, because })
