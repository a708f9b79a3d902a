import { InputError } from '@tongguan/server/errors'
import { countingKey, passingKey } from '@tongguan/server/counting-key'
import { SensitivityOverridesSchema, overridesExample } from '@tongguan/server/contract/sensitivity-overrides'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { addUpShards, lookAtData, lookForShards, refuseBroken } from '@tongguan/server/flows/look-at-data'
import { evidenceReport, reportFormatOf } from '@tongguan/server/flows/report-evidence'
import type { ReportFormat } from '@tongguan/server/flows/report-evidence'
import { constants } from 'node:fs'
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { printEvidence } from './print-evidence.ts'
import type { Terminal } from './terminal.ts'

interface ScanOptions {
  readonly out: string
  readonly engine?: string
  readonly on?: string
  readonly key?: string
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
  refuseWhatIsNotThereYet(sources, options)
  if (options.shard !== undefined && options.key === undefined) {
    throw new InputError('scan.shard-needs-key', {
      zh: '分片要与其他分片合并，须用同一计数密钥：请加 --key 文件',
      en: 'A shard is added up with others made with the same counting key: add --key FILE',
    })
  }
  // Said before the scan, not after minutes of it.
  await mkdir(dirname(options.out), { recursive: true })
  await access(dirname(options.out), constants.W_OK)
  const format = options.report === undefined ? undefined : formatOf(options.report)
  const overrides =
    options.notSensitive === undefined
      ? undefined
      : (await readYamlFile(options.notSensitive, SensitivityOverridesSchema, overridesExample)).columns
  const on = dayOrToday(options.on)
  const epoch = on.slice(0, 4)
  const counting = options.key === undefined ? passingKey(epoch) : await countingKey(options.key, epoch)
  const bar = terminal.progress({ zh: '扫描', en: 'scanning' })
  const look = {
    on,
    counting,
    ...(options.keepNames === undefined ? {} : { keepNames: options.keepNames }),
    ...(overrides === undefined ? {} : { overrides }),
    ...(options.quasi === undefined ? {} : { quasiIdentifiers: options.quasi.map(quasiIdentifiersOf) }),
    ...(options.samplingFraction === undefined ? {} : { samplingFraction: shareOf(options.samplingFraction) }),
    progress: ({ bytesDone, bytes }: { bytesDone: number; bytes: number }) => bar.update(bytesDone, bytes),
  }
  const { evidence, shards } = await (
    options.shard === undefined
      ? lookAtData(sources, look).then((evidence) => ({ evidence, shards: undefined }))
      : lookForShards(sources, look)
  ).finally(() => bar.stop())
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

function refuseWhatIsNotThereYet(sources: readonly string[], { engine }: ScanOptions): void {
  const live = sources.find((source) => /^[a-z0-9]+:\/\//.test(source))
  if (live === undefined && engine === undefined) return
  throw new InputError('scan.not-there-yet', {
    zh: `还不能扫描数据库、对象存储或使用集群（${live ?? engine}）；请先导出为 CSV、TSV、Parquet 或 NDJSON 文件。`,
    en: `Databases, object stores and clusters cannot be scanned yet (${live ?? engine}); export to CSV, TSV, Parquet or NDJSON first.`,
  })
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

/** Writes a file wholly or not at all. */
export async function writeWhole(path: string, text: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const half = `${path}.${process.pid}.tmp`
  try {
    await writeFile(half, text)
    await rename(half, path)
  } catch (error) {
    await rm(half, { force: true })
    throw error
  }
}
