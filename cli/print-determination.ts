import { alsoRequiredWords, certaintyWords, cite, pathWords } from '@tongguan/law'
import type { Determination, FactValue, Reason } from '@tongguan/law'
import type { Terminal } from './terminal.ts'

/** The path, each reason with its article, what is still due, what is missing and what would change the answer. */
export function printDetermination(terminal: Terminal, determination: Determination): void {
  const { path, strictPath, on } = determination
  terminal.say({ zh: `  ${on} 的规则：${pathWords[path].zh}`, en: `  By the law of ${on}: ${pathWords[path].en}` })
  if (strictPath !== path) {
    terminal.say({
      zh: `  从严计数（兼有一般信息的敏感信息主体也计入一般信息）：${pathWords[strictPath].zh}；两种读法有争议，放行按从严`,
      en: `  Counting strictly (persons with both also count as general): ${pathWords[strictPath].en}; contested, the gate obeys this one`,
    })
  }
  printReasons(terminal, determination.because)
  if (determination.missing.length > 0) {
    terminal.say({ zh: '  缺少的事实：', en: '  Facts that are missing:' })
    for (const fact of determination.missing) terminal.say(`    - ${fact}`)
  }
  printDuties(terminal, determination)
  for (const change of determination.wouldChange.slice(0, 4)) {
    terminal.say({
      zh: `  若 ${change.fact} 变为 ${String(change.to)}：${pathWords[change.path].zh}`,
      en: `  If ${change.fact} became ${String(change.to)}: ${pathWords[change.path].en}`,
    })
  }
  const { margin } = determination
  if (margin) {
    const left = (zh: string, en: string, n: number | null) =>
      n === null ? [] : [{ zh: `${zh} ${n} 人`, en: `${n} ${en}` }]
    const parts = [
      ...left('一般信息还可', 'persons with general items', margin.general),
      ...left('敏感信息还可', 'persons with sensitive items', margin.sensitive),
    ]
    if (parts.length > 0) {
      terminal.say({
        zh: `  距离${pathWords[margin.next].zh}：${parts.map((p) => p.zh).join('，')}`,
        en: `  Before ${pathWords[margin.next].en}: ${parts.map((p) => p.en).join(', ')} are left`,
      })
    }
  }
  terminal.say({
    zh: `  依据的把握：${certaintyWords[determination.certainty].zh}。按所给事实与当日规则计算，不代替主管部门或律师的意见。`,
    en: `  Certainty: ${certaintyWords[determination.certainty].en}. Computed from the facts given, by the rules of that date; it replaces neither the authority nor a lawyer.`,
  })
}

export function printReasons(terminal: Terminal, reasons: readonly Reason[]): void {
  for (const reason of reasons) {
    const facts = Object.entries(reason.facts)
      .map(([name, value]) => `${name}=${factText(value)}`)
      .join(', ')
    terminal.say(`    - ${terminal.text(reason)}`)
    terminal.say(`      ${terminal.text(cite(reason))}${facts === '' ? '' : `  [${facts}]`}`)
  }
}

function printDuties(terminal: Terminal, { path, mayProceed, alsoRequired, available }: Determination): void {
  if (mayProceed === 'no' && path !== 'prohibited' && path !== 'state-secrets-regime') {
    terminal.say({
      zh: '  现在不得出境：须先完成上述程序，且活动须合法、正当、必要',
      en: '  It may not go now: the path above comes first, and the export must be lawful, legitimate and necessary',
    })
  }
  for (const { route, from } of available)
    terminal.say({ zh: `  可用：${route}（自 ${from}）`, en: `  Available: ${route} (from ${from})` })
  if (alsoRequired.length === 0) return
  terminal.say({
    zh: `  同时须履行：${alsoRequired.map((duty) => alsoRequiredWords[duty].zh).join('、')}`,
    en: `  Also due: ${alsoRequired.map((duty) => alsoRequiredWords[duty].en).join(', ')}`,
  })
}

function factText(value: FactValue): string {
  return value !== null && typeof value === 'object' ? `${value.lower}–${value.upper}` : String(value)
}
