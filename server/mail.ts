import { createTransport } from 'nodemailer'
import type { Records } from './records.ts'

/** How mail leaves: an SMTP server by its URL, and the address it is sent from. */
export interface MailSettings {
  /** `smtp://user:secret@host:587` or `smtps://…`. */
  readonly url: string
  readonly from: string
}

/** After so many tries a mail is left for a person to look at; the notice in the portal is there all the same. */
const mostTries = 20

/**
 * Sends what waits to be sent, one transaction a mail. A mail whose server took it just before this process died goes
 * out again with the same Message-ID, by which mailboxes drop the second. How many were sent.
 */
export async function sendMail({ db }: Records, { url, from }: MailSettings): Promise<number> {
  const transport = createTransport(url)
  try {
    for (let sent = 0; ; sent++) {
      const isSent = await db.transaction().execute(async (tx) => {
        const mail = await tx
          .selectFrom('mail')
          .innerJoin('notice', 'notice.id', 'mail.notice')
          .select(['mail.notice', 'address', 'tries', 'case_no', 'zh', 'en'])
          .where('sent_at', 'is', null)
          .where('tries', '<', mostTries)
          .orderBy('tries')
          .orderBy('mail.notice')
          .limit(1)
          .forUpdate('mail')
          .skipLocked()
          .executeTakeFirst()
        if (mail === undefined) return false
        const { notice, address, tries, case_no: no, zh, en } = mail
        const failure = await transport
          .sendMail({
            from,
            to: address,
            subject: `[通关 Tongguan] ${no ?? '您的账户 your account'}`,
            text: `${zh}\n\n${en}\n`,
            messageId: `<${notice}@tongguan>`,
          })
          .then(() => null)
          .catch((error: unknown) => String(error))
        await tx
          .updateTable('mail')
          .set({ tries: tries + 1, ...(failure === null ? { sent_at: new Date() } : { last_error: failure }) })
          .where('notice', '=', notice)
          .execute()
        if (failure !== null) console.error(`[mail] ${no ?? notice}: ${failure}`)
        return failure === null
      })
      if (!isSent) return sent
    }
  } finally {
    transport.close()
  }
}
