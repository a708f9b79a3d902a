import { dataFolder, readKeyFile, readTrustFile } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { receiptFor, verifyRelease } from '@tongguan/server/flows/verify-release'
import type { VerifyReport } from '@tongguan/server/flows/verify-release'
import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { writeWhole } from './write-whole.ts'
import type { Terminal } from './terminal.ts'

export interface VerifyOptions {
  readonly trust?: string
  readonly allowPilot?: boolean
  readonly identity?: string
  readonly receipt?: string
  readonly open?: string
}

/** The overseas recipient's check: every check listed, exit code 1 when one of them failed. */
export async function verifyCommand(terminal: Terminal, folder: string, options: VerifyOptions): Promise<ExitCode> {
  const { identity, receipt, open } = options
  if (identity === undefined && (receipt !== undefined || open !== undefined)) {
    throw new InputError('verify.identity-missing', {
      zh: '--receipt 与 --open 需要接收方的密钥文件：加上 --identity KEY。',
      en: "--receipt and --open need the recipient's key file: add --identity KEY.",
    })
  }
  if (open !== undefined && existsSync(open)) {
    throw new InputError('verify.open-exists', {
      zh: `${open} 已存在。请用 --open 指明一个新文件夹。`,
      en: `${open} exists already. Name a new folder with --open.`,
    })
  }
  if (!(await isFolder(folder))) {
    throw new InputError('verify.no-such-folder', {
      zh: `没有文件夹 ${folder}。请给出放行文件夹的路径。`,
      en: `There is no folder ${folder}. Name the folder of a release.`,
    })
  }
  const trust = await readTrustFile(options.trust ?? dataFolder(undefined).trust)
  const key = identity === undefined ? undefined : readKeyFile(identity)
  const report = await verifyRelease(folder, trust, {
    allowPilot: options.allowPilot === true,
    ...(key === undefined ? {} : { key }),
    ...(open === undefined ? {} : { openInto: open }),
  })
  terminal.answer(report)
  printVerification(terminal, report)
  if (open !== undefined && report.sealed === 'opened') {
    terminal.say({ zh: `  已解密到 ${open}`, en: `  Opened into ${open}` })
  }
  if (key !== undefined && receipt !== undefined) await writeReceipt(terminal, report, { key, receipt })
  return report.outcome === 'valid' ? exitCode.done : exitCode.no
}

async function writeReceipt(
  terminal: Terminal,
  report: VerifyReport,
  { key, receipt }: { readonly key: ReturnType<typeof readKeyFile>; readonly receipt: string },
): Promise<void> {
  const made = receiptFor(report, { key, at: new Date().toISOString() })
  if (made === undefined) return
  await writeWhole(receipt, made.text)
  terminal.say(
    made.kind === 'container'
      ? {
          zh: `  容器签收回执已写入 ${receipt}。交给数据处理者后，对方放出密钥。`,
          en: `  The receipt of the container is in ${receipt}. Hand it to the data handler, who then lets the key out.`,
        }
      : { zh: `  内容签收回执已写入 ${receipt}。`, en: `  The receipt of the content is in ${receipt}.` },
  )
}

export function printVerification(terminal: Terminal, report: VerifyReport): void {
  const marks = { passed: '✓', failed: '✗', 'not-run': '–' } as const
  for (const check of report.checks) {
    terminal.say(`    ${marks[check.outcome]} ${terminal.text(check.words)}`)
    for (const problem of check.problems) terminal.say(`        [${problem.code}] ${terminal.text(problem.words)}`)
  }
  terminal.say(
    report.outcome === 'valid'
      ? {
          zh: `  核验结论：有效${report.simulated ? '（模拟，无法律效力）' : ''}`,
          en: `  The release is valid${report.simulated ? ' (simulated, without legal effect)' : ''}`,
        }
      : { zh: `  核验结论：拒绝（${report.code}）`, en: `  The release is refused (${report.code})` },
  )
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
