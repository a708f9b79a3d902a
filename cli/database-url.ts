import { InputError } from '@tongguan/server/errors'
import { readFileSync } from 'node:fs'

/**
 * The URL of a PostgreSQL as `--database` or TONGGUAN_DATABASE names it; `file:PATH` is the first line of a file, as
 * container engines and systemd hand secrets over.
 *
 * @throws InputError `database.no-such-file`
 */
export function databaseUrl(text: string): string {
  if (!text.startsWith('file:')) return text
  const path = text.slice('file:'.length)
  try {
    return readFileSync(path, 'utf8').split('\n')[0]?.trim() ?? ''
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error)
    throw new InputError('database.no-such-file', {
      zh: `读不到数据库地址的文件 ${path}：${because}`,
      en: `The file with the database's URL cannot be read: ${because}`,
    })
  }
}
