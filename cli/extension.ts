import { checkExtension, cite, standingOfExtension } from '@tongguan/law'
import type { ExtensionCheck, Holds, Words } from '@tongguan/law'
import { ExtensionFactsSchema, extensionExample } from '@tongguan/server/contract/extension'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { InputError } from '@tongguan/server/errors'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { printStanding } from './print-standing.ts'
import type { Terminal } from './terminal.ts'

export async function extensionCommand(
  terminal: Terminal,
  action: string,
  file: string,
  options: { readonly on?: string },
): Promise<ExitCode> {
  if (action !== 'check') {
    throw new InputError('extension.no-such-action', {
      zh: `extension 没有“${action}”；现有：check`,
      en: `extension has no "${action}"; there is check`,
    })
  }
  const check = checkExtension(await readYamlFile(file, ExtensionFactsSchema, extensionExample), dayOrToday(options.on))
  const standing = standingOfExtension(check)
  terminal.answer({ ...check, ...standing })
  terminal.say(headline(check))
  const { window, conditions } = check
  terminal.say({
    zh: `  申请窗口 ${window.opens} 至 ${window.closes}${window.provisional ? '（暂定：所涉年份的放假安排尚未公布）' : ''}：${windowWords[window.state].zh}；${cite(window.citation).zh}`,
    en: `  Window ${window.opens} to ${window.closes}${window.provisional ? ' (provisional: the holidays of a year in it are not announced)' : ''}: ${windowWords[window.state].en}; ${cite(window.citation).en}`,
  })
  terminal.table(
    conditions.map((condition) => [
      condition.code,
      terminal.text(holdsWords[condition.holds]),
      terminal.text(condition) + (condition.missing.length > 0 ? `  [${condition.missing.join(', ')}]` : ''),
    ]),
  )
  terminal.say(`  ${terminal.text(cite(conditions[0]?.citation ?? window.citation))}`)
  printStanding(terminal, standing, check.certainty)
  return exitCodeOf(check)
}

function headline({ on, mayBeAskedFor, window }: ExtensionCheck): Words {
  if (window.state === 'not-open') {
    return {
      zh: `${on}：还不到申请延长有效期的时间`,
      en: `${on}: it is too early to ask for an extension`,
    }
  }
  if (window.state === 'closed') {
    return {
      zh: `${on}：申请窗口已于 ${window.closes} 届满，须重新申报`,
      en: `${on}: the window closed on ${window.closes}; a new declaration is due`,
    }
  }
  return {
    yes: { zh: `${on}：可以申请延长有效期`, en: `${on}: an extension may be asked for` },
    no: {
      zh: `${on}：不符合延长条件，须重新申报`,
      en: `${on}: the conditions of an extension are not met; a new declaration is due`,
    },
    unknown: { zh: `${on}：事实不足，不能判断`, en: `${on}: cannot be said, facts are missing` },
  }[mayBeAskedFor]
}

/** 1 where a condition fails or the window has closed; 4 where it has not opened or a fact is missing. */
function exitCodeOf({ mayBeAskedFor, window, conditions }: ExtensionCheck): ExitCode {
  if (mayBeAskedFor === 'yes') return exitCode.done
  const refused = window.state === 'closed' || conditions.some(({ holds }) => holds === 'no')
  return refused ? exitCode.no : exitCode.notYet
}

const windowWords = {
  'not-open': { zh: '尚未开始', en: 'not open yet' },
  open: { zh: '已开始', en: 'open' },
  closed: { zh: '已结束', en: 'closed' },
} as const satisfies Record<ExtensionCheck['window']['state'], Words>

export const holdsWords = {
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  unknown: { zh: '未知', en: 'unknown' },
} as const satisfies Record<Holds, Words>
