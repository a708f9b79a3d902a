import { existsSync } from 'node:fs'
import type { DataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { openRecords } from '@tongguan/server/records'
import type { Records } from '@tongguan/server/records'

/** The records of a gate that has been at work; a wrong folder is not to become a new, empty one. */
export function openExisting(data: DataFolder): Promise<Records> {
  if (existsSync(data.database)) return openRecords({ folder: data.database })
  throw new InputError('gate.no-records', {
    zh: `${data.folder} 里没有闸口的数据库。用 --data 指明数据文件夹。`,
    en: `There is no database of a gate in ${data.folder}. Name the data folder with --data.`,
  })
}
