import type { CheckedDeclaration, Finding } from '@tongguan/server/flows/check-declaration'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { printStanding } from './print-standing.ts'
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
  if (checked.completeness !== null) printCompleteness(terminal, checked.completeness)
  printStanding(terminal, checked, checked.certainty)
  return checked.outcome === 'refused' ? exitCode.no : exitCode.done
}

function printCompleteness(
  terminal: Terminal,
  { filedOn, edition, verdict }: NonNullable<CheckedDeclaration['completeness']>,
): void {
  const words = verdictWords[verdict]
  const guide =
    edition === null
      ? { zh: '当日没有指南', en: 'no guide was in force' }
      : { zh: `指南第${edition.edition}版`, en: `edition ${edition.edition} of the guide` }
  terminal.say({
    zh: `  完备性（${filedOn}，${guide.zh}）：${words.zh}`,
    en: `  Completeness (${filedOn}, ${guide.en}): ${words.en}`,
  })
}

const verdictWords = {
  complete: { zh: '机器可见的材料不缺', en: 'nothing a machine can see is missing' },
  incomplete: { zh: '不完备', en: 'incomplete' },
  unknown: { zh: '不能判断，该版指南未取得', en: 'cannot be said, that edition was not obtained' },
} as const

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
