import type { CatalogueRow } from '@tongguan/law'
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { CatalogueRowSchema, catalogueColumns, catalogueExample } from './contract/catalogue-row.ts'
import { readCsvFile } from './contract/csv-file.ts'
import { parseYaml } from './contract/yaml-file.ts'
import { InputError } from './errors.ts'

/**
 * Takes a list into the data folder. A list is one catalogue, scope and version: loading it again replaces it, other
 * versions stay. Throws InputError where the file does not fit or holds no row; nothing is changed then.
 */
export async function importList(folder: string, path: string): Promise<readonly CatalogueRow[]> {
  const rows = await readCsvFile(path, CatalogueRowSchema, {
    columns: catalogueColumns,
    optional: ['to'],
    example: catalogueExample,
    key: ({ catalogue, scope, version, entry, item, from }) =>
      JSON.stringify([catalogue, scope, version, entry, item, from]),
  })
  if (rows.length === 0) {
    throw new InputError('input.does-not-fit', {
      zh: `${path} 只有表头，没有条目；例如：\n${catalogueExample}`,
      en: `${path} has a header and no entry; for example:\n${catalogueExample}`,
    })
  }
  await mkdir(folder, { recursive: true })
  for (const [name, list] of Map.groupBy(rows, nameOf)) {
    const half = join(folder, `.${name}.${process.pid}.tmp`)
    await writeFile(half, listsText(list))
    await rename(half, join(folder, `${name}.json`))
  }
  return rows
}

/** Every list an office has loaded; none where the folder is not there. */
export async function loadedLists(folder: string): Promise<readonly CatalogueRow[]> {
  const names = (await entriesOf(folder)).filter((name) => name.endsWith('.json') && !name.startsWith('.'))
  const rows: CatalogueRow[] = []
  for (const name of names.sort()) {
    rows.push(...parseLists(await readFile(join(folder, name), 'utf8'), join(folder, name)))
  }
  return rows
}

/** Rows as a file of `tongguan/list/1`: in the data folder one list a file, in a case or bundle all that were consulted. */
export const listsText = (rows: readonly CatalogueRow[]): string =>
  `${JSON.stringify({ schema: 'tongguan/list/1', rows }, null, 2)}\n`

/** @throws InputError naming the row and column that does not fit. */
export function parseLists(text: string, path: string): readonly CatalogueRow[] {
  return parseYaml(text, path, ListsSchema, '{ "schema": "tongguan/list/1", "rows": [] }').rows
}

const ListsSchema = z.strictObject({ schema: z.literal('tongguan/list/1'), rows: z.array(CatalogueRowSchema) })

/** Safe as a file name, and the same for the same list. */
function nameOf({ catalogue, scope, version }: CatalogueRow): string {
  return [catalogue, scope, version].map((part) => encodeURIComponent(part).replaceAll('.', '%2E')).join('--')
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
