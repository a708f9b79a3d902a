import { InputError } from '@tongguan/server/errors'
import { countingKey, passingKey } from '@tongguan/server/counting-key'
import { SensitivityOverridesSchema, overridesExample } from '@tongguan/server/contract/sensitivity-overrides'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import {
  addUpShards,
  holdsPassword,
  isLive,
  lookAtData,
  lookForShards,
  refuseBroken,
} from '@tongguan/server/flows/look-at-data'
import { evidenceReport, reportFormatOf } from '@tongguan/server/flows/report-evidence'
import type { ReportFormat } from '@tongguan/server/flows/report-evidence'
import { constants } from 'node:fs'
import { access, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { printEvidence } from './print-evidence.ts'
import type { Terminal } from './terminal.ts'
import { refuseInput, writeWhole } from './write-whole.ts'

interface ScanOptions {
  readonly out: string
  readonly engine?: string
  readonly on?: string
  readonly key?: string
  readonly passwordFile?: string
  readonly keepNames?: boolean
  readonly report?: string
  readonly notSensitive?: string
  readonly shard?: string
  readonly quasi?: readonly string[]
  readonly samplingFraction?: string
}

export async function scanCommand(
  terminal: Terminal,
  sources: readonly string[],
  options: ScanOptions,
): Promise<ExitCode> {
  refuseWhatIsNotThereYet(options)
  if (options.shard !== undefined && options.key === undefined) {
    throw new InputError('scan.shard-needs-key', {
      zh: '分片要与其他分片合并，须用同一计数密钥：请加 --key 文件',
      en: 'A shard is added up with others made with the same counting key: add --key FILE',
    })
  }
  // Said before the scan, not after minutes of it.
  await mkdir(dirname(options.out), { recursive: true })
  await access(dirname(options.out), constants.W_OK)
  for (const written of [options.out, options.shard, options.report])
    if (written !== undefined) await refuseInput(written, sources)
  const format = options.report === undefined ? undefined : formatOf(options.report)
  const overrides =
    options.notSensitive === undefined
      ? undefined
      : (await readYamlFile(options.notSensitive, SensitivityOverridesSchema, overridesExample)).columns
  const on = dayOrToday(options.on)
  const epoch = on.slice(0, 4)
  const counting = options.key === undefined ? passingKey(epoch) : await countingKey(options.key, epoch)
  const password = options.passwordFile === undefined ? undefined : await passwordIn(options.passwordFile)
  if (sources.some(holdsPassword))
    terminal.note({
      zh: '密码写在命令行里，本机其他用户可从进程列表看到；请改用 --password-file、PGPASSWORD 或 MYSQL_PWD。',
      en: 'The password stands in the command line, where others on this machine see it in the list of processes; use --password-file, PGPASSWORD or MYSQL_PWD instead.',
    })
  const interruption = sources.some(isLive) ? interruptible() : undefined
  const reading = terminal.progress({ zh: '读取来源', en: 'reading the sources' })
  const bar = terminal.progress({ zh: '扫描', en: 'scanning' })
  const look = {
    on,
    counting,
    ...(options.keepNames === undefined ? {} : { keepNames: options.keepNames }),
    ...(overrides === undefined ? {} : { overrides }),
    ...(options.quasi === undefined ? {} : { quasiIdentifiers: options.quasi.map(quasiIdentifiersOf) }),
    ...(options.samplingFraction === undefined ? {} : { samplingFraction: shareOf(options.samplingFraction) }),
    progress: ({ bytesDone, bytes }: { bytesDone: number; bytes: number }) => {
      reading.stop()
      bar.update(bytesDone, bytes)
    },
    live: {
      ...(password === undefined ? {} : { password }),
      ...(interruption === undefined ? {} : { signal: interruption.signal }),
      collected: ({ bytesDone, bytes }: { bytesDone: number; bytes: number }) => reading.update(bytesDone, bytes),
    },
  }
  const { evidence, shards } = await (
    options.shard === undefined
      ? lookAtData(sources, look).then((evidence) => ({ evidence, shards: undefined }))
      : lookForShards(sources, look)
  ).finally(() => {
    reading.stop()
    bar.stop()
    interruption?.done()
  })
  refuseBroken(sources, evidence)
  if (options.shard !== undefined && shards !== undefined) await writeWhole(options.shard, shards)
  await writeWhole(options.out, `${JSON.stringify(evidence, null, 2)}\n`)
  if (format !== undefined && options.report !== undefined)
    await writeWhole(options.report, evidenceReport(evidence, format, terminal.language))
  terminal.answer(evidence)
  printEvidence(terminal, evidence)
  terminal.say({ zh: `证据已写入 ${options.out}`, en: `Evidence written to ${options.out}` })
  return exitCode.done
}

/** Distinct persons of several scans, each written with `scan --shard`. */
export async function mergeCommand(terminal: Terminal, paths: readonly string[]): Promise<ExitCode> {
  const files: Buffer[] = []
  for (const path of paths) {
    files.push(
      await readFile(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
        throw new InputError('input.not-readable', { zh: `没有这个文件：${path}`, en: `There is no file ${path}` })
      }),
    )
  }
  const persons = addUpShards(files)
  terminal.answer({ persons })
  terminal.say({
    zh: `自然人 ${persons.point}（下限 ${persons.lower}，上限 ${persons.upper}），其中涉及敏感个人信息 ${persons.sensitive.point}，不满十四周岁 ${persons.minors}`,
    en: `Persons ${persons.point} (at least ${persons.lower}, at most ${persons.upper}); with sensitive information ${persons.sensitive.point}; under fourteen ${persons.minors}`,
  })
  return exitCode.done
}

function refuseWhatIsNotThereYet({ engine }: ScanOptions): void {
  if (engine === undefined) return
  throw new InputError('scan.not-there-yet', {
    zh: `还不能使用集群（${engine}）；请不带 --engine 扫描。`,
    en: `Clusters cannot be used yet (${engine}); scan without --engine.`,
  })
}

async function passwordIn(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new InputError('input.not-readable', {
      zh: `无法读取密码文件 ${path}（${code}）。`,
      en: `The password file ${path} cannot be read (${code}).`,
    })
  }
}

const graceMs = 2000

/** Ctrl-C first ends the queries on their servers, then this process, as the signal would have. */
function interruptible(): { readonly signal: AbortSignal; done(): void } {
  const controller = new AbortController()
  const signals = ['SIGINT', 'SIGTERM'] as const
  let received: NodeJS.Signals | undefined
  const die = () => {
    for (const signal of signals) process.off(signal, onSignal)
    if (received !== undefined) process.kill(process.pid, received)
  }
  const onSignal = (signal: NodeJS.Signals) => {
    if (received !== undefined) return
    received = signal
    controller.abort()
    // Past the reading there is no query to end.
    setTimeout(die, graceMs).unref()
  }
  for (const signal of signals) process.on(signal, onSignal)
  return { signal: controller.signal, done: die }
}

function formatOf(report: string): ReportFormat {
  const format = reportFormatOf(report)
  if (format !== undefined) return format
  throw new InputError('scan.report-format', {
    zh: `报告只能写成 .html 或 .xlsx：${report}。例如 --report evidence.html`,
    en: `A report is written as .html or .xlsx: ${report}. For example --report evidence.html`,
  })
}

/** `FILE:column,column`; the last colon ends the file's name. Throws InputError. */
function quasiIdentifiersOf(stated: string): { readonly file: string; readonly columns: readonly string[] } {
  const end = stated.lastIndexOf(':')
  const columns = [...new Set(stated.slice(end + 1).split(','))].filter((column) => column !== '')
  if (end > 0 && columns.length > 0) return { file: stated.slice(0, end), columns }
  throw new InputError('scan.quasi', {
    zh: `--quasi 要写成 文件:列,列，例如 --quasi visits.csv:sex,age；现为 ${stated}`,
    en: `--quasi is written FILE:column,column, for example --quasi visits.csv:sex,age; not ${stated}`,
  })
}

function shareOf(stated: string): number {
  const share = Number(stated)
  if (stated.trim() !== '' && share > 0 && share <= 1) return share
  throw new InputError('scan.sampling-fraction', {
    zh: `--sampling-fraction 要大于 0 且至多为 1，例如 0.1；现为 ${stated}`,
    en: `--sampling-fraction is above 0 and at most 1, for example 0.1; not ${stated}`,
  })
}
