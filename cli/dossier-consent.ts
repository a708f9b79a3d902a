import { dataFolder } from '@tongguan/server/data-folder'
import { addConsents, listConsents, withdrawConsents } from '@tongguan/server/flows/keep-consents'
import type { ConsentsKept } from '@tongguan/server/flows/keep-consents'
import { dayOrToday } from './days.ts'
import type { DossierAction } from './dossier-call.ts'
import { callIncomplete } from './dossier-call.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { noSuchAction } from './keys.ts'
import type { Terminal } from './terminal.ts'

/**
 * `dossier consent add|withdraw CASE PERSONS --on DATE [--consent-version V]`, `dossier consent list CASE`: the register
 * of separate consents by keyed hash. Exit code 1 where a withdrawal finds no consent of somebody's.
 */
export const keepConsents: DossierAction = async (terminal, action, folder, options, persons) => {
  if (action !== 'add' && action !== 'withdraw' && action !== 'list') {
    throw noSuchAction('dossier consent', action, ['add', 'withdraw', 'list'])
  }
  if (folder === undefined) throw callIncomplete('consent', 'CASE')
  const on = dayOrToday(options.on)
  if (action === 'list') {
    const listed = await listConsents(folder, on)
    terminal.answer({ schema: 'tongguan/consents/1', ...listed })
    printCount(terminal, listed)
    terminal.table(
      Object.entries(listed.byVersion).map(([version, { inForce, withdrawn }]) => [
        version,
        terminal.text({ zh: `有效 ${inForce}`, en: `${inForce} in force` }),
        terminal.text({ zh: `撤回 ${withdrawn}`, en: `${withdrawn} withdrawn` }),
      ]),
    )
    return exitCode.done
  }
  if (persons === undefined) throw callIncomplete('consent', 'PERSONS.csv')
  const entry = { persons, on, counting: await dataFolder(options.data).countingKey(on.slice(0, 4)) }
  if (action === 'withdraw') return printKept(terminal, await withdrawConsents(folder, entry))
  if (options.consentVersion === undefined) throw callIncomplete('consent', '--consent-version')
  return printKept(terminal, await addConsents(folder, { ...entry, version: options.consentVersion }))
}

function printKept(terminal: Terminal, kept: ConsentsKept): ExitCode {
  terminal.answer({ schema: 'tongguan/consents/1', ...kept })
  terminal.say({
    zh: `  登记 ${kept.entered} 人　${kept.register}`,
    en: `  ${kept.entered} persons entered in ${kept.register}`,
  })
  printCount(terminal, kept.count)
  if (kept.without === 0) return exitCode.done
  terminal.say({
    zh: `  ✗ 其中 ${kept.without} 人没有有效的同意可撤回；请核对编号`,
    en: `  ✗ ${kept.without} of them had no consent in force to withdraw; check the numbers`,
  })
  return exitCode.no
}

function printCount(terminal: Terminal, { inForce, withdrawn, on }: ConsentsKept['count']): void {
  terminal.say({
    zh: `  ${on}：有效 ${inForce} 人，撤回 ${withdrawn} 人`,
    en: `  On ${on}: ${inForce} in force, ${withdrawn} withdrawn`,
  })
}
