import { cite } from '@tongguan/law'
import { dataFolder, readRevocationsAt, trustOf } from '@tongguan/server/data-folder'
import { watchGate } from '@tongguan/server/flows/watch-gate'
import { dayOrToday, instantOf } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { openExisting } from './open-existing.ts'
import type { Terminal } from './terminal.ts'

export interface WatchOptions {
  readonly data?: string
  readonly on?: string
  readonly trust?: string
  readonly revocations?: string
}

/** `gate watch`: what is to be seen to about each permit, with its article and the day it is due. */
export async function watchCommand(terminal: Terminal, options: WatchOptions): Promise<ExitCode> {
  const data = dataFolder(options.data)
  const on = dayOrToday(options.on)
  const trust = await trustOf(data, options.trust)
  const revocations = await readRevocationsAt(options.revocations ?? data.revocations)
  const records = await openExisting(data)
  try {
    const tasks = await watchGate(records.db, { trust, revocations, on, at: instantOf(on) })
    terminal.answer({ schema: 'tongguan/watch/1', on, tasks })
    terminal.heading({ zh: `待办（${on}，${tasks.length} 项）`, en: `To be seen to (${on}, ${tasks.length})` })
    for (const { permit, scenario, code, words, citation, due } of tasks) {
      const until = due === null ? '' : terminal.text({ zh: `，${due} 前`, en: `, by ${due}` })
      terminal.say(`  ${permit} · ${scenario}${until}  [${code}]`)
      terminal.say(`      ${terminal.text(words)} [${terminal.text(cite(citation))}]`)
    }
    return exitCode.done
  } finally {
    await records.close()
  }
}
