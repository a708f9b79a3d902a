import {
  dataFolder,
  gateKeyOf,
  isSimulated,
  logPlaceOf,
  readKeyFile,
  readTrustFile,
} from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { takeCosignatures } from '@tongguan/server/flows/keep-witnesses'
import { logWords, policyOfText, policyOfTrust, verifyLog } from '@tongguan/server/flows/verify-log'
import type { LogReport } from '@tongguan/server/flows/verify-log'
import { pendingFile, witnessLog, witnessWords } from '@tongguan/server/flows/witness-log'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { noSuchAction } from './keys.ts'
import { openExisting } from './open-existing.ts'
import { writeWhole } from './write-whole.ts'
import type { Terminal } from './terminal.ts'

interface LogOptions {
  readonly against?: string
  readonly trust?: string
  readonly policy?: string
  readonly as?: string
  readonly memory?: string
  readonly out?: string
  readonly data?: string
}

/** `log verify LOG`: every entry and hash recomputed against the signed checkpoint, and against an earlier one. */
export async function logCommand(
  terminal: Terminal,
  action: string,
  folder: string,
  options: LogOptions,
): Promise<ExitCode> {
  if (action === 'witness') return witnessCommand(terminal, folder, options)
  if (action === 'cosigned') return cosignedCommand(terminal, folder, options)
  if (action !== 'verify') throw noSuchAction('log', action, ['verify', 'witness', 'cosigned'])
  await mustRead(join(folder, 'checkpoint'))
  const policy =
    options.policy === undefined
      ? policyOfTrust(await readTrustFile(options.trust ?? dataFolder(undefined).trust))
      : policyOfText((await mustRead(options.policy)).toString('utf8'), options.policy)
  const against = options.against === undefined ? undefined : await mustRead(options.against)
  const report = await verifyLog(folder, { policy, ...(against === undefined ? {} : { against }) })
  terminal.answer(answerOf(report))
  printReport(terminal, report)
  return report.outcome === 'valid' ? exitCode.done : exitCode.no
}

/** `log witness LOG --as KEY --memory DIR --out FILE`: cosigns the newest checkpoint if the log only grew since the last. */
async function witnessCommand(terminal: Terminal, folder: string, options: LogOptions): Promise<ExitCode> {
  const { as, memory, out } = options
  if (as === undefined || memory === undefined || out === undefined) {
    throw new InputError('log.call-incomplete', {
      zh: '需要 --as（见证方私钥）、--memory（见证方自己的文件夹）与 --out（联署后的检查点）。',
      en: "--as (the witness's key), --memory (a folder of its own) and --out (the cosigned checkpoint) are needed.",
    })
  }
  if (!existsSync(join(folder, pendingFile))) await mustRead(join(folder, 'checkpoint'))
  const trust = await readTrustFile(options.trust ?? dataFolder(undefined).trust)
  const seconds = Math.floor(Date.now() / 1000)
  const witnessed = await witnessLog(folder, { trust, key: readKeyFile(as), memory, seconds })
  terminal.answer(witnessed)
  if (witnessed.kind === 'refused') {
    terminal.say(`  ✗ [${witnessed.code}] ${terminal.text(witnessWords[witnessed.code])}`)
    if (witnessed.kept !== undefined) {
      terminal.say({
        zh: `    上次联署 ${witnessed.kept} 条，现出示 ${witnessed.shown} 条`,
        en: `    cosigned last at ${witnessed.kept} entries, shown ${witnessed.shown} now`,
      })
    }
    return exitCode.no
  }
  await writeWhole(out, witnessed.checkpoint)
  terminal.say({
    zh: `已联署 ${witnessed.origin}：${witnessed.from} → ${witnessed.size} 条，只有追加；${out}`,
    en: `Cosigned ${witnessed.origin}: ${witnessed.from} → ${witnessed.size} entries, only appended to; ${out}`,
  })
  return exitCode.done
}

/** `log cosigned FILE`: takes in a witness's cosignature; the checkpoint is shown once enough have come. */
async function cosignedCommand(terminal: Terminal, file: string, options: LogOptions): Promise<ExitCode> {
  const cosigned = await mustRead(file)
  const data = dataFolder(options.data)
  const records = await openExisting(data)
  try {
    const place = await logPlaceOf(data, { simulated: await isSimulated(data, gateKeyOf(data)) })
    const { added, published } = await takeCosignatures(records.db, place, cosigned)
    terminal.answer({ ...added, published })
    terminal.say({
      zh: `检查点（${added.size} 条）新增联署 ${added.added.length}${added.added.length === 0 ? '' : `：${added.added.join('、')}`}`,
      en: `Checkpoint of ${added.size}: ${added.added.length} new cosignatures${added.added.length === 0 ? '' : ` (${added.added.join(', ')})`}`,
    })
    if (published.kind === 'published' || added.size <= published.size) {
      terminal.say({ zh: `已公布：${published.size} 条`, en: `Published: ${published.size} entries` })
      return exitCode.done
    }
    const { cosignedBy, needed } = published
    terminal.say({
      zh: `尚未公布：已有 ${cosignedBy.length} 个见证方联署，至少需要 ${needed} 个`,
      en: `Not published yet: ${cosignedBy.length} witnesses have cosigned, at least ${needed} must`,
    })
    return exitCode.notYet
  } finally {
    await records.close()
  }
}

function answerOf({ outcome, problems, checkpoint, against, cosigners = [] }: LogReport): object {
  const plain = (one: LogReport['checkpoint']) =>
    one === undefined ? null : { origin: one.origin, size: one.size, root: Buffer.from(one.root).toString('base64') }
  return {
    outcome,
    problems: problems.map(({ code, path }) => ({ code, path, ...logWords[code](path) })),
    checkpoint: plain(checkpoint),
    against: plain(against),
    cosigners: cosigners.map(({ verifier, seconds }) => ({ name: verifier.name, seconds })),
  }
}

function printReport(terminal: Terminal, { outcome, problems, checkpoint, against, cosigners = [] }: LogReport): void {
  for (const { code, path } of problems) terminal.say(`  ✗ [${code}] ${terminal.text(logWords[code](path))}`)
  if (outcome !== 'valid' || checkpoint === undefined) {
    terminal.say({ zh: '核验结论：拒绝', en: 'The log is refused' })
    return
  }
  terminal.say({
    zh: `核验结论：有效。${checkpoint.origin}，${checkpoint.size} 条，全部条目与散列均已重算`,
    en: `The log is valid. ${checkpoint.origin}, ${checkpoint.size} entries; every entry and hash was recomputed`,
  })
  if (against !== undefined) {
    terminal.say({
      zh: `  自此前的检查点（${against.size} 条）以来只有追加`,
      en: `  Since the earlier checkpoint (${against.size} entries) it was only appended to`,
    })
  }
  terminal.say({ zh: `  见证方联署：${cosigners.length}`, en: `  Cosigned by witnesses: ${cosigners.length}` })
}

async function mustRead(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'EISDIR') throw error
    throw new InputError('log.no-such-file', {
      zh: `没有文件 ${path}。日志是一个含 checkpoint 与 tile/ 的文件夹。`,
      en: `There is no file ${path}. A log is a folder with a checkpoint and tile/.`,
    })
  }
}
