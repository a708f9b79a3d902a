import { dataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { authorityKeyOf } from '@tongguan/server/flows/set-up'
import { readInstallationFile, refusePilotIn } from '@tongguan/server/installation-file'
import type { InstallationRole } from '@tongguan/server/installation-file'
import { mailSettingsOf, readMailSettings } from '@tongguan/server/mail-settings'
import { publicOrigin } from '@tongguan/server/public-origin'
import { openRecords } from '@tongguan/server/records'
import { toStandardError } from '@tongguan/server/request-log'
import { day } from './days.ts'
import type { ExitCode } from './exit-codes.ts'
import { standOpen } from './stand-open.ts'
import type { Terminal } from './terminal.ts'

interface ServeOptions {
  readonly role?: 'handler' | 'authority' | 'both'
  readonly port?: string
  readonly origin?: string
  readonly secondFactor?: 'asked' | 'required'
  readonly logRequests?: true
  readonly data?: string
  readonly database?: string
  readonly on?: string
  readonly authorityKey?: string
  readonly smtp?: string
  readonly mailFrom?: string
}

/** `serve`: the portal and the API on what a data folder holds. */
export async function serveCommand(terminal: Terminal, options: ServeOptions): Promise<ExitCode> {
  const port = portOf(options.port)
  const on = options.on === undefined ? undefined : day(options.on)
  const data = dataFolder(options.data)
  const origin = options.origin === undefined ? undefined : publicOrigin(options.origin)
  const mail = mailSettingsOf(options.smtp, options.mailFrom) ?? readMailSettings(data.folder)
  const installed = readInstallationFile(data.folder)
  // A stated day is a pilot's: in production statutory periods run by the real one.
  if (on !== undefined) refusePilotIn(data.folder)
  const role = options.role ?? (installed === undefined ? undefined : servedBy[installed.role])
  const authority = await authorityKeyOf(data, options.authorityKey)
  const records = await openRecords(
    options.database === undefined ? { folder: data.database } : { url: options.database },
  )
  return standOpen(terminal, {
    records,
    data,
    ...(role === undefined ? {} : { role }),
    ...(port === undefined ? {} : { port }),
    ...(origin === undefined ? {} : { origin }),
    ...(on === undefined ? {} : { on }),
    ...(options.secondFactor === undefined ? {} : { secondFactor: options.secondFactor }),
    ...(options.logRequests === undefined ? {} : { requestLog: toStandardError }),
    ...(mail === undefined ? {} : { mail }),
    ...(authority === undefined ? {} : { authority }),
  })
}

/** Whose people an installation serves, as it was set up. A witness serves nobody; its accounts are none. */
const servedBy = {
  handler: 'handler',
  exchange: 'handler',
  authority: 'authority',
  witness: 'handler',
} as const satisfies Record<InstallationRole, 'handler' | 'authority'>

/** A port as it was typed. Throws InputError for anything that is none. */
export function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new InputError('serve.no-such-port', {
    zh: `“${text}”不是端口号；请写 0 至 65535 之间的整数（0 为任意空闲端口）。`,
    en: `"${text}" is not a port; write a whole number from 0 to 65535 (0 is any free one).`,
  })
}
