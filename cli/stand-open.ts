import type { LegalDate, Words } from '@tongguan/law'
import { logPlaceOf } from '@tongguan/server/data-folder'
import type { DataFolder } from '@tongguan/server/data-folder'
import { readInstallation, statedClock } from '@tongguan/server/installation'
import type { Records } from '@tongguan/server/records'
import type { GateKey } from '@tongguan/server/data-folder'
import type { MailSettings } from '@tongguan/server/mail'
import type { WriteRequestLine } from '@tongguan/server/request-log'
import { serve } from '@tongguan/server/serve'
import type { Serving } from '@tongguan/server/serve'
import { join } from 'node:path'
import { buildWeb } from '../scripts/build-web.ts'
import { root } from '../scripts/start.mjs'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

export interface ToServe {
  /** Open; it is closed at the end. */
  readonly records: Records
  readonly data: DataFolder
  readonly role?: 'handler' | 'authority' | 'both'
  readonly port?: number
  /** Where people reach it through a reverse proxy. */
  readonly origin?: string
  readonly secondFactor?: 'asked' | 'required'
  readonly requestLog?: WriteRequestLine
  /** The stated day; left out, what the database says. */
  readonly on?: LegalDate
  readonly mail?: MailSettings
  readonly authority?: GateKey
  /** Runs once the server answers, before the address is printed. */
  readonly before?: (serving: Serving) => Promise<void>
}

/** Serves portal and API until Ctrl-C (or SIGTERM), then closes everything. Exit code 0. */
export async function standOpen(terminal: Terminal, toServe: ToServe): Promise<ExitCode> {
  const { records, data, role, port, origin, secondFactor, requestLog, on, mail, authority, before } = toServe
  try {
    const stopped = untilStopped()
    buildWeb()
    const serving = await serve({
      records,
      data,
      ...(role === undefined ? {} : { role }),
      ...(role === 'authority' ? {} : { individuals: data }),
      ...(port === undefined ? {} : { port }),
      ...(origin === undefined ? {} : { origin }),
      ...(secondFactor === undefined ? {} : { secondFactor }),
      ...(requestLog === undefined ? {} : { requestLog }),
      ...(on === undefined ? {} : { clock: statedClock(on) }),
      ...(mail === undefined ? {} : { mail }),
      ...(authority === undefined ? {} : { authority }),
      log: await logPlaceOf(data, { simulated: (await readInstallation(records.db)).kind === 'pilot' }),
      portal: join(root, 'web', 'dist'),
      pilots: join(root, 'examples'),
    })
    try {
      await before?.(serving)
      await sayAddress(terminal, records, serving.address, on)
      await stopped
      terminal.say({ zh: '\n正在停止……', en: '\nStopping …' })
    } finally {
      await serving.close()
    }
  } finally {
    await records.close()
  }
  terminal.say({ zh: '已停止，数据已保存。', en: 'Stopped; everything is saved.' })
  return exitCode.done
}

async function sayAddress(
  terminal: Terminal,
  records: Records,
  address: string,
  on: LegalDate | undefined,
): Promise<void> {
  const { kind, statedDay } = await readInstallation(records.db)
  const day = on ?? statedDay
  const clock: Words =
    day === null ? { zh: '', en: '' } : { zh: `（今天按 ${day} 计）`, en: ` (today counts as ${day})` }
  const what: Words =
    kind === 'pilot' ? { zh: '模拟，无法律效力', en: 'a simulation, without legal effect' } : { zh: '', en: '' }
  terminal.say({
    zh: `  门户 ${address}${clock.zh}${what.zh === '' ? '' : ` ${what.zh}`}`,
    en: `  The portal: ${address}${clock.en}${what.en === '' ? '' : `, ${what.en}`}`,
  })
  terminal.say({ zh: '  按 Ctrl-C 停止。', en: '  Ctrl-C stops it.' })
}

/**
 * The first signal. A second one that comes with it is the launcher handing on what the terminal already sent; one that
 * comes later means now, and what was confirmed is safe in any case.
 */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined
    const stop = () => {
      if (first === undefined) {
        first = performance.now()
        resolve()
      } else if (performance.now() - first > 1000) process.exit(130)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
}
