import type { DataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { existsSync } from 'node:fs'

/**
 * Where the database of an installation is. Opening a folder without one would make it, so a mistyped name is said.
 *
 * @throws InputError `database.none`
 */
export function mustBeThere(
  { database }: DataFolder,
  url: string | undefined,
): { readonly folder: string } | { readonly url: string } {
  if (url !== undefined) return { url }
  if (existsSync(database)) return { folder: database }
  throw new InputError('database.none', {
    zh: `没有数据库 ${database}。请用 --data 指明数据文件夹，或用 --database 指明 PostgreSQL。`,
    en: `There is no database ${database}. Name the data folder with --data, or a PostgreSQL with --database.`,
  })
}
