import { caseKindWords, caseNo, clocksOf, load, statusWords } from '@tongguan/server/flows/handle-case'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { dataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { exportRecords, importRecords } from '@tongguan/server/export'
import { filingKeyFiles, readDossierTrust } from '@tongguan/server/filing-keys'
import {
  KeyedDeclarationSchema,
  channels,
  receiveBundle,
  receiveKeyed,
} from '@tongguan/server/flows/receive-declaration'
import type { Received } from '@tongguan/server/flows/receive-declaration'
import { chinaClock } from '@tongguan/server/installation'
import { KeptFiles } from '@tongguan/server/kept-files'
import { openRecords } from '@tongguan/server/records'
import { day } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { noSuchAction } from './keys.ts'
import type { Terminal } from './terminal.ts'

interface CaseOptions {
  readonly data?: string
  readonly database?: string
  readonly to?: string
  readonly trust?: string
  readonly province?: string
  readonly received?: string
  readonly form?: string
  readonly channel?: string
  readonly officer?: string
  readonly allowPilot?: boolean
}

/** `case receive|show|export|import`: hand-overs by file, on the database of an installation that does not run. */
export async function caseCommand(
  terminal: Terminal,
  action: string,
  what: string | undefined,
  options: CaseOptions,
): Promise<ExitCode> {
  const actions = { receive, show, export: exportCases, import: importCases }
  if (!Object.hasOwn(actions, action)) throw noSuchAction('case', action, Object.keys(actions))
  const data = dataFolder(options.data)
  const records = await openRecords(
    options.database === undefined ? { folder: data.database } : { url: options.database },
  )
  try {
    return await actions[action as keyof typeof actions](
      { terminal, records, files: new KeptFiles(data.files) },
      what,
      options,
    )
  } finally {
    await records.close()
  }
}

interface Desk {
  readonly terminal: Terminal
  readonly records: Awaited<ReturnType<typeof openRecords>>
  readonly files: KeptFiles
}

async function receive(
  { terminal, records, files }: Desk,
  path: string | undefined,
  options: CaseOptions,
): Promise<ExitCode> {
  const { province, form, channel = 'paper', officer } = options
  if (path === undefined || province === undefined) throw incomplete('receive PATH --province 北京市')
  const today = chinaClock.on()
  const arrival = { province, today, received: options.received === undefined ? today : day(options.received) }
  const known = channels.find((one) => one === channel)
  if (known === undefined) throw noSuchAction('case receive --channel', channel, channels)
  const received =
    form === undefined
      ? await receiveBundle(records, files, path, {
          ...arrival,
          trust: await readDossierTrust(options.trust ?? filingKeyFiles(options.data).trust),
          allowPilot: options.allowPilot === true,
        })
      : await receiveKeyed(
          records,
          files,
          {
            path,
            channel: known === 'bundle' ? 'disc' : known,
            keyed: await readYamlFile(form, KeyedDeclarationSchema, 'docs/schemas'),
            officer: { id: officer ?? 'desk', name: officer ?? '受理人员' },
          },
          arrival,
        )
  sayReceived(terminal, received)
  return exitCode.done
}

function sayReceived(terminal: Terminal, received: Received): void {
  const { case: opened, channel, completeness, scans, notMachineCheckable, signedBy } = received
  terminal.answer({
    schema: 'tongguan/case-received/1',
    caseNo: opened.no,
    channel,
    signedBy,
    completeness,
    scans,
    notMachineCheckable,
  })
  terminal.say({
    zh: `已立案 ${opened.no}（${opened.filing.handler.name}）`,
    en: `Case ${opened.no} opened (${opened.filing.handler.name})`,
  })
  for (const { kind, zh, en } of completeness.findings) {
    const mark = { present: '✓', missing: '✗', 'not-checkable': '?' }[kind]
    terminal.say({ zh: `  ${mark} ${zh}`, en: `  ${mark} ${en}` })
  }
  for (const file of notMachineCheckable) {
    terminal.say({
      zh: `  ? ${file}：机器不能查看，请人工核对`,
      en: `  ? ${file}: not machine-checkable, look at it yourself`,
    })
  }
}

async function show({ terminal, records }: Desk, no: string | undefined): Promise<ExitCode> {
  if (no === undefined) throw incomplete('show TG-2026-000001')
  const current = await load(records.db, caseNo(no))
  if (current === null)
    throw new InputError('case.not-found', { zh: `没有案件 ${no}。`, en: `There is no case ${no}.` })
  terminal.answer(current)
  terminal.say({
    zh: `${current.no} ${caseKindWords[current.kind].zh}：${statusWords[current.status].zh}，第 ${current.sequence} 项`,
    en: `${current.no} ${caseKindWords[current.kind].en}: ${statusWords[current.status].en}, event ${current.sequence}`,
  })
  for (const { kind, started, due, ended } of clocksOf(current)) {
    terminal.say(`  ${kind}: ${started} → ${due}${ended === null ? '' : ` (${ended})`}`)
  }
  return exitCode.done
}

async function exportCases(
  { terminal, records, files }: Desk,
  no: string | undefined,
  { to }: CaseOptions,
): Promise<ExitCode> {
  if (to === undefined) throw incomplete('export [TG-2026-000001] --to FOLDER')
  const manifest = await exportRecords(records, files, to, no === undefined ? null : caseNo(no))
  terminal.answer(manifest)
  const rows = manifest.files.reduce((sum, file) => sum + file.rows, 0)
  terminal.say({ zh: `已导出 ${rows} 行到 ${to}`, en: `Exported ${rows} rows to ${to}` })
  return exitCode.done
}

async function importCases({ terminal, records, files }: Desk, from: string | undefined): Promise<ExitCode> {
  if (from === undefined) throw incomplete('import FOLDER')
  const manifest = await importRecords(records, files, from)
  terminal.answer(manifest)
  const rows = manifest.files.reduce((sum, file) => sum + file.rows, 0)
  terminal.say({ zh: `已导入 ${rows} 行`, en: `Imported ${rows} rows` })
  return exitCode.done
}

function incomplete(call: string): InputError {
  return new InputError('case.call-incomplete', {
    zh: `请写全：npx tongguan case ${call}`,
    en: `Write it out: npx tongguan case ${call}`,
  })
}
