import { dataFolder, readTrustFile } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { verifyRelease } from '@tongguan/server/flows/verify-release'
import type { VerifyReport } from '@tongguan/server/flows/verify-release'
import { stat } from 'node:fs/promises'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

interface VerifyOptions {
  readonly trust?: string
  readonly allowPilot?: boolean
  readonly identity?: string
  readonly receipt?: string
}

/** The overseas recipient's check: every check listed, exit code 1 when one of them failed. */
export async function verifyCommand(terminal: Terminal, folder: string, options: VerifyOptions): Promise<ExitCode> {
  if (options.identity !== undefined || options.receipt !== undefined) {
    throw new InputError('command.not-there-yet', {
      zh: '签收回执（--identity、--receipt）尚未提供；去掉它们即可核验。',
      en: 'Receipts (--identity, --receipt) are not there yet; verify without them.',
    })
  }
  if (!(await isFolder(folder))) {
    throw new InputError('verify.no-such-folder', {
      zh: `没有文件夹 ${folder}。请给出放行文件夹的路径。`,
      en: `There is no folder ${folder}. Name the folder of a release.`,
    })
  }
  const trust = await readTrustFile(options.trust ?? dataFolder(undefined).trust)
  const report = await verifyRelease(folder, trust, { allowPilot: options.allowPilot === true })
  terminal.answer(report)
  printVerification(terminal, report)
  return report.outcome === 'valid' ? exitCode.done : exitCode.no
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
