import type { CheckedDeclaration, Finding } from '@tongguan/server/flows/check-declaration'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

/** A whole check; exit code 1 when something would be refused, 0 when at most asked about. */
export function printCheck(terminal: Terminal, checked: CheckedDeclaration): ExitCode {
  terminal.answer(checked)
  printFindings(terminal, checked.findings)
  const seen = {
    seen: { zh: '可见', en: 'seen' },
    'not-seen': { zh: '未见', en: 'not seen' },
    'not-checkable': { zh: '机器无法判断', en: 'a machine cannot tell' },
    'not-looked-at': { zh: '在前50页未见，其后未看', en: 'not on the first 50 pages, the others were not looked at' },
  }
  for (const { file, page, seal, date, signature } of checked.scans) {
    terminal.say({
      zh: `  扫描件 ${file}：页面${seen[page].zh}，印章${seen[seal].zh}，日期${seen[date].zh}，手写笔迹${seen[signature].zh}（不代表有效）`,
      en: `  Scan ${file}: page ${seen[page].en}, seal ${seen[seal].en}, date ${seen[date].en}, handwriting ${seen[signature].en} (none of it says valid)`,
    })
  }
  if (0 < checked.forAPerson.length) {
    terminal.say({
      zh: `  须由人核对的 ${checked.forAPerson.length} 项：`,
      en: `  ${checked.forAPerson.length} for a person to see:`,
    })
    for (const one of checked.forAPerson) terminal.say(`    ? [${one.code}] ${terminal.text(one)}`)
  }
  return checked.outcome === 'refused' ? exitCode.no : exitCode.done
}

export function printFindings(terminal: Terminal, findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  terminal.say(
    errors === 0
      ? {
          zh: '  与扫描、事实、各文件之间未见矛盾',
          en: '  Nothing contradicts the scan, the facts or another document',
        }
      : { zh: `  ${errors} 处会被退回：`, en: `  ${errors} points the office would send back:` },
  )
  for (const { code, severity, words, where } of findings) {
    terminal.say(`    ${severity === 'error' ? '✗' : '!'} [${code}] ${terminal.text(words)}  (${where})`)
  }
}
