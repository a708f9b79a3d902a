import { cite } from '@tongguan/law'
import type { ReleaseResult } from '@tongguan/server/flows/release-batch'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

/** What became of a batch, with every reason, and the exit code it means. */
export function printRelease(terminal: Terminal, result: ReleaseResult): ExitCode {
  switch (result.kind) {
    case 'released': {
      const { persons } = result.release
      terminal.say({
        zh: `  已放行${result.again ? '（此前已决定）' : ''}：${result.folder}`,
        en: `  Released${result.again ? ' (decided before)' : ''}: ${result.folder}`,
      })
      terminal.say({
        zh: `  本许可累计敏感信息主体 ${persons.sensitive.before} → ${persons.sensitive.after} 人；${result.checks.length} 项检查全部通过，清单已签名`,
        en: `  Persons with sensitive items under this permit: ${persons.sensitive.before} → ${persons.sensitive.after}; all ${result.checks.length} checks passed, the manifest is signed`,
      })
      return exitCode.done
    }
    case 'held':
      terminal.say(
        result.again
          ? {
              zh: `  已扣留（${result.decidedOn} 已决定；扣留为最终决定，更正后请以新的批次名提交），原因：`,
              en: `  Held (decided on ${result.decidedOn}; a hold is final: correct the batch and submit it under a new name). The reasons:`,
            }
          : { zh: '  已扣留，原因：', en: '  Held. The reasons:' },
      )
      for (const reason of result.reasons) {
        const where = [reason.file, reason.column].filter((part) => part !== undefined).join(' · ')
        terminal.say(`    ✗ [${reason.code}] ${terminal.text(reason.words)}${where === '' ? '' : `  (${where})`}`)
        terminal.say(`      ${terminal.text(cite(reason.citation))}`)
      }
      return exitCode.no
    case 'refused':
      terminal.note(`[${result.code}] ${terminal.text(result.words)}`)
      return exitCode.wrong
    case 'unfinished':
      terminal.note(`[${result.because.code}] ${terminal.text(result.because.words)}`)
      return exitCode.notYet
  }
}
