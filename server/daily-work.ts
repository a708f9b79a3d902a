import { recountDates } from '@tongguan/casework'
import type { LogPlace } from '@tongguan/log'
import { setTimeout } from 'node:timers/promises'
import { logCaseEvents } from './case-log.ts'
import { endDueKeys } from './end-due-keys.ts'
import { chinaClock } from './installation.ts'
import type { Clock } from './installation.ts'
import { sendMail } from './mail.ts'
import type { MailSettings } from './mail.ts'
import type { Records } from './records.ts'
import { releaseLog } from './release-log.ts'
import { fireReminders } from './reminders.ts'
import { indexMissing } from './similar-cases.ts'

/** How often is looked whether a reminder has fallen due or a mail waits, in ms. */
const lookEvery = 30_000

/**
 * What a server does by itself while it runs: counts dates anew when its calendar is another than the database's, fires
 * reminders, brings new events into the log, destroys counting keys that fell due, sends mail. What fails is said and tried again at the next look; it never stops the server.
 */
export async function workDaily(
  records: Records,
  clock: Clock,
  {
    mail,
    log,
    closing,
  }: { readonly mail: MailSettings | undefined; readonly log: LogPlace | undefined; readonly closing: AbortSignal },
): Promise<void> {
  await indexMissing(records.db)
  const moved = await recountDates(records.db, clock.on())
  for (const { no, before, after } of moved) console.error(`[calendar] ${no}: ${before} → ${after}`)
  while (!closing.aborted) {
    try {
      await fireReminders(records, clock.on())
      if (log !== undefined) {
        await logAndSay(records, log)
        for (const { set } of await endDueKeys(records.db, releaseLog(records.db, log), chinaClock.on())) {
          console.error(`[counting-keys] the records of ${set} fell due: its key and marks are destroyed`)
        }
      }
      if (mail !== undefined) await sendMail(records, mail)
    } catch (error) {
      console.error(`[daily-work] ${String(error)}`)
    }
    await setTimeout(lookEvery, undefined, { signal: closing }).catch((error: unknown) => {
      if (!closing.aborted) throw error
    })
  }
}

async function logAndSay({ db }: Records, place: LogPlace): Promise<void> {
  const { published } = await logCaseEvents(db, place)
  if (published.kind === 'stopped') {
    console.error(
      `[log] the database has ${published.database} entries, its signer signed ${published.signed}: an older copy was put back; nothing more is logged`,
    )
  }
}
