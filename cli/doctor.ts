import { dataFolder } from '@tongguan/server/data-folder'
import { chinaClock } from '@tongguan/server/installation'
import { examine } from '@tongguan/server/operations/doctor'
import type { Finding } from '@tongguan/server/operations/doctor'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

interface DoctorOptions {
  readonly data?: string
  readonly database?: string
}

/** `doctor`: exit code 0 all well, 1 something matters, 3 something is broken. */
export async function doctorCommand(terminal: Terminal, { data, database }: DoctorOptions): Promise<ExitCode> {
  const findings = await examine(dataFolder(data), {
    ...(database === undefined ? {} : { url: database }),
    now: new Date(),
    on: chinaClock.on(),
  })
  terminal.answer({ findings: findings.map(({ code, state, words }) => ({ code, state, ...words })) })
  for (const { code, state, words } of findings) terminal.say(`  ${marks[state]} [${code}] ${terminal.text(words)}`)
  const states = new Set(findings.map(({ state }) => state))
  if (states.has('broken')) return exitCode.broke
  return states.has('matters') ? exitCode.no : exitCode.done
}

const marks = { well: '✓', matters: '!', broken: '✗' } as const satisfies Record<Finding['state'], string>
