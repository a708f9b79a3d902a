import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { InputError } from './errors.ts'
import type { MailSettings } from './mail.ts'
import { jsonOf } from './json-text.ts'

const MailSettingsSchema = z.strictObject({ url: z.string().regex(/^smtps?:\/\/\S+$/), from: z.string().min(3) })

/** Mail settings as somebody named them. Throws InputError where only one half is said, or the address is no SMTP server's. */
export function mailSettingsOf(url: string | undefined, from: string | undefined): MailSettings | undefined {
  if (url === undefined && from === undefined) return undefined
  const read = MailSettingsSchema.safeParse({ url, from })
  if (read.success) return read.data
  throw new InputError('serve.mail', {
    zh: '发送邮件需要同时写明 --smtp（smtp:// 或 smtps:// 开头）和 --mail-from。',
    en: 'To send mail both --smtp (smtp://… or smtps://…) and --mail-from are needed.',
  })
}

/** Where `init` keeps them. */
export function mailSettingsFile(folder: string): string {
  return join(folder, 'mail.json')
}

/** Written anew each time; the address may hold a password, so that only its owner may read it. */
export async function writeMailSettings(folder: string, settings: MailSettings): Promise<void> {
  await writeFile(mailSettingsFile(folder), `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 })
}

/** The settings a data folder holds; undefined where it has none. Throws InputError for a file that does not fit. */
export function readMailSettings(folder: string): MailSettings | undefined {
  const path = mailSettingsFile(folder)
  if (!existsSync(path)) return undefined
  const read = MailSettingsSchema.safeParse(jsonOf(readFileSync(path, 'utf8')))
  if (read.success) return read.data
  throw new InputError('mail.settings', {
    zh: `${path} 不能用作邮件设置：应有 url（smtp:// 或 smtps:// 开头）和 from。`,
    en: `${path} cannot be used as mail settings: it has url (smtp://… or smtps://…) and from.`,
  })
}
