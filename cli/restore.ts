import { dataFolder } from '@tongguan/server/data-folder'
import { restore, verifyBackup } from '@tongguan/server/operations/restore'
import type { Manifest } from '@tongguan/server/operations/manifest'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

interface RestoreOptions {
  readonly preview?: boolean
  readonly keys?: string
  readonly data?: string
  readonly database?: string
}

/** `restore BACKUP`: exit code 1 where it is restored, but older than what the log's signer has signed since. */
export async function restoreCommand(terminal: Terminal, backup: string, options: RestoreOptions): Promise<ExitCode> {
  if (options.preview === true) {
    const manifest = await verifyBackup(backup)
    terminal.answer({ preview: true, ...summaryOf(manifest) })
    terminal.say({
      zh: '备份完好：每个文件都与清单相符。',
      en: 'The backup is whole: every file is as the manifest says.',
    })
    sayWhat(terminal, manifest)
    return exitCode.done
  }
  const { folder } = dataFolder(options.data)
  const { manifest, behind } = await restore(backup, {
    folder,
    ...(options.database === undefined ? {} : { url: options.database }),
    ...(options.keys === undefined ? {} : { keys: options.keys }),
  })
  terminal.answer({ folder, ...summaryOf(manifest), behind: behind ?? null })
  terminal.say({ zh: `已核对并恢复到 ${folder}`, en: `Verified and restored into ${folder}` })
  sayWhat(terminal, manifest)
  if (behind !== undefined) {
    terminal.say({
      zh: `  ✗ 备份比已签署的日志旧：数据库有 ${behind.database} 条，日志已签到 ${behind.signed} 条。闸口会停止放行（gate.log-rolled-back），直到恢复一份更新的备份。`,
      en: `  ✗ The backup is older than the log that was signed: ${behind.database} entries in the database, ${behind.signed} signed. The gate releases nothing (gate.log-rolled-back) until a newer backup is restored.`,
    })
    return exitCode.no
  }
  return exitCode.done
}

function summaryOf({ madeAt, software, from, withKeys, leaves, tables, files }: Manifest): object {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  return { madeAt, software, from, withKeys, leaves, tables: tables.length, rows, files: files.length }
}

function sayWhat(terminal: Terminal, { madeAt, software, leaves, withKeys }: Manifest): void {
  terminal.say({
    zh: `  ${madeAt} 由 ${software} 所作；公开日志 ${leaves} 条`,
    en: `  Made ${madeAt} by ${software}; ${leaves} entries of the public log`,
  })
  terminal.say({
    zh: '  此后发生的一切不在其中。闸口靠 keys/log-signed.json 发现数据库变旧：请放回另行保管的最新一份（--keys），不要用备份里的。',
    en: '  What happened since is not in it. The gate notices an older database by keys/log-signed.json: put back the newest one kept apart (--keys), not the one of a backup.',
  })
  if (!withKeys) terminal.say({ zh: '  备份不含私钥与口令。', en: '  The backup holds no private keys or secrets.' })
}
