import { cite, compareScopes, disclaimer } from '@tongguan/law'
import type { Holds, RedeclarationComparison, Words } from '@tongguan/law'
import { ApprovedScopeSchema, NewScopeSchema, scopeExample } from '@tongguan/server/contract/scope'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { InputError } from '@tongguan/server/errors'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { holdsWords } from './extension.ts'
import type { Terminal } from './terminal.ts'

export async function redeclarationCommand(
  terminal: Terminal,
  action: string,
  approvedFile: string,
  newFile: string,
  options: { readonly on?: string },
): Promise<ExitCode> {
  if (action !== 'compare') {
    throw new InputError('redeclaration.no-such-action', {
      zh: `redeclaration 没有“${action}”；现有：compare`,
      en: `redeclaration has no "${action}"; there is compare`,
    })
  }
  const approved = await readYamlFile(approvedFile, ApprovedScopeSchema, scopeExample)
  const { scope, circumstances } = await readYamlFile(newFile, NewScopeSchema, scopeExample)
  const comparison = compareScopes(approved, scope, circumstances, dayOrToday(options.on))
  terminal.answer(comparison)
  terminal.say(headlines[comparison.declareAgain])
  for (const trigger of comparison.triggers) printTrigger(terminal, trigger)
  terminal.say(`\n  ${terminal.text(disclaimer)}`)
  return exitCodes[comparison.declareAgain]
}

function printTrigger(terminal: Terminal, trigger: RedeclarationComparison['triggers'][number]): void {
  const answer = holdsWords[trigger.fires]
  const source = cite(trigger.citation)
  terminal.say({
    zh: `\n  ${trigger.code} ${answer.zh}：${trigger.zh}（${source.zh}）`,
    en: `\n  ${trigger.code} ${answer.en}: ${trigger.en} (${source.en})`,
  })
  for (const { field, before, after } of trigger.differences) {
    terminal.say(`    ${field}: ${String(before)} → ${String(after)}`)
  }
  if (trigger.missing.length > 0) {
    terminal.say({ zh: `    缺少：${trigger.missing.join('、')}`, en: `    missing: ${trigger.missing.join(', ')}` })
  }
}

const headlines = {
  yes: { zh: '变化须重新申报', en: 'The change must be declared again' },
  no: { zh: '没有须重新申报的变化', en: 'No change that must be declared again' },
  unknown: {
    zh: '事实不足，不能说无须重新申报',
    en: 'Facts are missing: it cannot be said that no new declaration is due',
  },
} as const satisfies Record<Holds, Words>

const exitCodes = { yes: exitCode.no, no: exitCode.done, unknown: exitCode.notYet } as const
