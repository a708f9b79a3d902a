import { dataFolder } from '@tongguan/server/data-folder'
import { migrationState, refuseNewer } from '@tongguan/server/database-migrate'
import { openDatabase } from '@tongguan/server/database'
import { migrations, openRecords } from '@tongguan/server/records'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { mustBeThere } from './stored-records.ts'
import type { Terminal } from './terminal.ts'

interface MigrateOptions {
  readonly preview?: boolean
  readonly data?: string
  readonly database?: string
}

/** `migrate`: applies what the database has not seen. Forward only; `--preview` says what and changes nothing. */
export async function migrateCommand(terminal: Terminal, options: MigrateOptions): Promise<ExitCode> {
  const where = mustBeThere(dataFolder(options.data), options.database)
  const database = await openDatabase(where)
  let before
  try {
    await refuseNewer(database.db, migrations)
    before = await migrationState(database.db, migrations)
  } finally {
    await database.close()
  }
  const preview = options.preview === true
  if (!preview) await (await openRecords(where)).close()
  terminal.answer({ preview, applied: before.applied, pending: before.pending })
  terminal.say({
    zh: `已在数据库中：${before.applied.length}；${preview ? '将要应用' : '已应用'}：${before.pending.length}`,
    en: `In the database: ${before.applied.length}; ${preview ? 'to be applied' : 'applied now'}: ${before.pending.length}`,
  })
  for (const id of before.pending) terminal.say(`  + ${id}`)
  if (preview && before.pending.length > 0) {
    terminal.say({
      zh: '升级不能倒退。先备份（tongguan backup），再去掉 --preview 运行。',
      en: 'There is no way back. Take a backup first (tongguan backup), then run it without --preview.',
    })
  }
  return exitCode.done
}
