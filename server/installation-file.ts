import { existsSync, readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { InputError } from './errors.ts'
import { jsonOf } from './json-text.ts'

export const installationRoles = ['handler', 'authority', 'exchange', 'witness'] as const
export type InstallationRole = (typeof installationRoles)[number]

const InstallationFileSchema = z.strictObject({
  schema: z.literal('tongguan/installation/1'),
  role: z.enum(installationRoles),
  /** The organisation it was set up for. */
  organisation: z.string(),
})

/** What `tongguan init` writes into a data folder: it is in production, and for what. A pilot's folder has none. */
export type InstallationFile = z.output<typeof InstallationFileSchema>

/**
 * What a data folder was set up as; undefined where `init` never ran.
 *
 * @throws InputError `installation.file-unreadable`: a folder that may be in production is not taken for a pilot's.
 */
export function readInstallationFile(folder: string): InstallationFile | undefined {
  const path = join(folder, fileName)
  if (!existsSync(path)) return undefined
  const read = InstallationFileSchema.safeParse(jsonOf(readFileSync(path, 'utf8')))
  if (read.success) return read.data
  throw new InputError('installation.file-unreadable', {
    zh: `${path} 读不懂，可能被改动过。请恢复它，或者重新运行 tongguan init。`,
    en: `${path} cannot be read; it may have been changed. Put it back, or run tongguan init again after moving it away.`,
  })
}

export async function writeInstallationFile(folder: string, file: Omit<InstallationFile, 'schema'>): Promise<void> {
  const path = join(folder, fileName)
  await writeFile(`${path}.tmp`, `${JSON.stringify({ schema: 'tongguan/installation/1', ...file }, null, 2)}\n`)
  await rename(`${path}.tmp`, path)
}

/**
 * A production's folder takes no key, permit or data of a pilot.
 *
 * @throws InputError `installation.no-pilot-here`
 */
export function refusePilotIn(folder: string): void {
  if (readInstallationFile(folder) === undefined) return
  throw new InputError('installation.no-pilot-here', {
    zh: `${folder} 是正式系统：模拟的密钥、许可与数据不能进入。试用请另用一个数据文件夹（--data）。`,
    en: `${folder} is in production: no simulated key, permit or data comes into it. For a pilot use another data folder (--data).`,
  })
}

const fileName = 'installation.json'
