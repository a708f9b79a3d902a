import { dataFolder } from '@tongguan/server/data-folder'
import { openDatabase } from '@tongguan/server/database'
import { refuseNewer } from '@tongguan/server/database-migrate'
import { backUp } from '@tongguan/server/operations/backup'
import { migrations } from '@tongguan/server/records'
import type { Tables } from '@tongguan/server/records'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { mustBeThere } from './stored-records.ts'
import type { Terminal } from './terminal.ts'

interface BackupOptions {
  readonly out: string
  readonly withKeys?: boolean
  readonly data?: string
  readonly database?: string
}

/** `backup --out DIR`: exit code 1 where a file the database names is missing or changed, which the backup then lacks. */
export async function backupCommand(terminal: Terminal, options: BackupOptions): Promise<ExitCode> {
  const data = dataFolder(options.data)
  const withKeys = options.withKeys === true
  const records = await openDatabase<Tables>(mustBeThere(data, options.database))
  try {
    await refuseNewer(records.db, migrations)
    const { folder, manifest, sha256, damaged } = await backUp(records, data, {
      out: options.out,
      withKeys,
      now: new Date(),
    })
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
    terminal.answer({
      folder,
      sha256,
      tables: manifest.tables.length,
      rows,
      bytes,
      withKeys,
      leaves: manifest.leaves,
      damaged,
    })
    terminal.say({
      zh: `已备份到 ${folder}：${manifest.tables.length} 张表，${rows} 行，${manifest.files.length} 个文件，${bytes} 字节`,
      en: `Backed up to ${folder}: ${manifest.tables.length} tables, ${rows} rows, ${manifest.files.length} files, ${bytes} bytes`,
    })
    terminal.say({ zh: `  清单的 SHA-256：${sha256}`, en: `  SHA-256 of the manifest: ${sha256}` })
    terminal.say(withKeys ? keysInside : keysOutside)
    for (const file of damaged) {
      terminal.say({
        zh: `  ✗ 数据库所列文件 ${file} 缺失或已被改动；备份里没有它`,
        en: `  ✗ The file ${file} of the database is missing or was changed; the backup lacks it`,
      })
    }
    return damaged.length === 0 ? exitCode.done : exitCode.no
  } finally {
    await records.close()
  }
}

const keysInside = {
  zh: '  内含私钥与口令：谁拿到备份，谁就能以本机构的名义签名。请像保管密钥一样保管。',
  en: '  It holds private keys and secrets: whoever has it can sign in your name. Keep it as you keep the keys.',
}
const keysOutside = {
  zh: '  不含私钥、口令和 single-sign-on.json。请另行保管 keys/：没有它，恢复后不能签名、不能续计人数，第二验证因素须重设。',
  en: '  Without private keys, secrets and single-sign-on.json. Keep keys/ apart: without it a restored system cannot sign or go on counting persons, and second factors must be set up anew.',
}
