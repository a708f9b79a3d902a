import { cite, compareScopes, standingOfComparison } from '@tongguan/law'
import type { Holds, RedeclarationComparison, ScopeRoute, Words } from '@tongguan/law'
import { ApprovedScopeSchema, NewScopeSchema, scopeExample } from '@tongguan/server/contract/scope'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { InputError } from '@tongguan/server/errors'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { holdsWords } from './extension.ts'
import { printStanding } from './print-standing.ts'
import type { Terminal } from './terminal.ts'

export async function redeclarationCommand(
  terminal: Terminal,
  action: string,
  approvedFile: string,
  newFile: string,
  options: { readonly on?: string; readonly route?: ScopeRoute },
): Promise<ExitCode> {
  if (action !== 'compare') {
    throw new InputError('redeclaration.no-such-action', {
      zh: `redeclaration 没有“${action}”；现有：compare`,
      en: `redeclaration has no "${action}"; there is compare`,
    })
  }
  const approved = await readYamlFile(approvedFile, ApprovedScopeSchema, scopeExample)
  const { scope, circumstances } = await readYamlFile(newFile, NewScopeSchema, scopeExample)
  const comparison = compareScopes(approved, scope, circumstances, dayOrToday(options.on), options.route)
  const standing = standingOfComparison(comparison)
  terminal.answer({ ...comparison, ...standing })
  terminal.say(headlines[comparison.route][comparison.declareAgain])
  for (const trigger of comparison.triggers) printTrigger(terminal, trigger)
  printStanding(terminal, standing, comparison.certainty)
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
  assessment: {
    yes: { zh: '变化须重新申报', en: 'The change must be declared again' },
    no: { zh: '没有须重新申报的变化', en: 'No change that must be declared again' },
    unknown: {
      zh: '事实不足，不能说无须重新申报',
      en: 'Facts are missing: it cannot be said that no new declaration is due',
    },
  },
  'standard-contract': {
    yes: {
      zh: '须重新评估影响，补充或者重新订立标准合同，并备案',
      en: 'A new impact assessment is due, and the contract is supplemented or signed anew, and filed',
    },
    no: { zh: '没有须补充或者重新订立合同的变化', en: 'No change that asks for a new contract' },
    unknown: {
      zh: '事实不足，不能说无须补充或者重新订立合同',
      en: 'Facts are missing: it cannot be said that the contract may stand',
    },
  },
} as const satisfies Record<ScopeRoute, Record<Holds, Words>>

const exitCodes = { yes: exitCode.no, no: exitCode.done, unknown: exitCode.notYet } as const
