import { isCreditCode } from '@tongguan/law'
import type { Words } from '@tongguan/law'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createOrganisation } from '../accounts.ts'
import type { OrganisationKind } from '../contract/session.ts'
import type { GateKey } from '@tongguan/gate'
import { createGateKey, createKeyFile, logSignerOf, readKeyFile, readTrustFile } from '../data-folder.ts'
import type { DataFolder } from '../data-folder.ts'
import { InputError } from '../errors.ts'
import { markAsProduction, readInstallation } from '../installation.ts'
import { readInstallationFile, writeInstallationFile } from '../installation-file.ts'
import type { InstallationRole } from '../installation-file.ts'
import { invite } from '../invitations.ts'
import type { MailSettings } from '../mail.ts'
import { mailSettingsFile, writeMailSettings } from '../mail-settings.ts'
import { openRecords } from '../records.ts'
import type { Tables } from '../records.ts'

/*
 * The first real set-up. Each thing is made when it is missing and left as it is when it is there, so that a run that
 * was killed is finished by the next; nothing of a pilot comes along.
 */

export interface SetUp {
  readonly role: InstallationRole
  readonly organisation: string
  /** Of a handler: its unified social credit code. */
  readonly creditCode?: string
  /** Of a provincial office: where its cases are filed. Left out, the authority is the national office. */
  readonly province?: string
  /** How reminders are mailed; left out, nothing is mailed. */
  readonly mail?: MailSettings
  /** A witness has none: it serves nobody. */
  readonly administrator?: { readonly name: string; readonly email: string }
}

export interface PlannedPart {
  readonly part: 'folder' | 'database' | 'gate-key' | 'log-key' | 'authority-key' | 'witness-key' | 'mail'
  readonly words: Words
  readonly path: string
  readonly state: 'to-make' | 'there'
}

/**
 * What a set-up would make, part by part; changes nothing.
 *
 * @throws InputError `init.…` where it cannot be: something is missing or does not fit, the folder is a pilot's or was
 * set up as something else.
 */
export async function planSetUp(data: DataFolder, setUp: SetUp): Promise<readonly PlannedPart[]> {
  checkAsked(setUp)
  await refuseOtherThings(data, setUp)
  return partsOf(data, setUp).map((part) => ({ ...part, state: existsSync(part.path) ? 'there' : 'to-make' }))
}

export interface SetUpDone {
  readonly parts: readonly PlannedPart[]
  /** The first administrator's invitation; null where one has joined already, and for a witness. */
  readonly invitation: { readonly token: string; readonly expiresAt: Date } | null
}

/** Carries it out. The state of each part is what it was before. */
export async function carryOutSetUp(data: DataFolder, setUp: SetUp, now: Date): Promise<SetUpDone> {
  const parts = await planSetUp(data, setUp)
  await mkdir(data.folder, { recursive: true, mode: 0o700 })
  const invitation = setUp.role === 'witness' ? null : await setUpDatabase(data, setUp, now)
  await writeInstallationFile(data.folder, { role: setUp.role, organisation: setUp.organisation })
  await makeKeys(data, setUp)
  if (setUp.mail !== undefined) await writeMailSettings(data.folder, setUp.mail)
  return { parts, invitation }
}

function checkAsked({ role, creditCode, province, administrator }: SetUp): void {
  if (role === 'handler' && (creditCode === undefined || !isCreditCode(creditCode))) {
    throw new InputError('init.credit-code', {
      zh: `数据处理者需要有效的统一社会信用代码（18 位，末位为校验码）：--credit-code ${creditCode ?? ''}`,
      en: `A handler needs its unified social credit code, 18 characters, the last of which checks the others: --credit-code ${creditCode ?? ''}`,
    })
  }
  if ((creditCode !== undefined && role !== 'handler') || (province !== undefined && role !== 'authority')) {
    throw new InputError('init.does-not-belong', {
      zh: '--credit-code 只用于 handler，--province 只用于 authority。',
      en: '--credit-code is for a handler only, --province for an authority only.',
    })
  }
  if (role !== 'witness' && (administrator === undefined || !/^\S+@\S+\.\S+$/.test(administrator.email))) {
    throw new InputError('init.administrator', {
      zh: '请写明首位管理员：--administrator 姓名 --email 电子邮箱',
      en: 'Name the first administrator: --administrator NAME --email ADDRESS',
    })
  }
}

async function refuseOtherThings(data: DataFolder, { role, organisation }: SetUp): Promise<void> {
  const before = readInstallationFile(data.folder)
  if (before !== undefined && (before.role !== role || before.organisation !== organisation)) {
    throw new InputError('init.set-up-otherwise', {
      zh: `${data.folder} 已按 ${before.role}（${before.organisation}）设置，不会改作他用。请另用一个数据文件夹（--data）。`,
      en: `${data.folder} was set up as ${before.role} (${before.organisation}) and is not turned into something else. Use another data folder (--data).`,
    })
  }
  const keys = existsSync(data.trust) ? (await readTrustFile(data.trust)).keys : []
  const simulated = keys.filter((key) => key.simulated)
  if (simulated.length > 0) {
    throw new InputError('init.pilot-keys', {
      zh: `${data.trust} 里有 ${simulated.length} 个模拟密钥（${simulated[0]?.name ?? ''}）。正式系统请从一个新的数据文件夹开始（--data）。`,
      en: `${data.trust} names ${simulated.length} simulated keys (${simulated[0]?.name ?? ''}). Start production in a new data folder (--data).`,
    })
  }
}

function partsOf(data: DataFolder, { role, mail }: SetUp): readonly Omit<PlannedPart, 'state'>[] {
  const folder = { part: 'folder', path: data.folder, words: { zh: '数据文件夹', en: 'data folder' } } as const
  const database = { part: 'database', path: data.database, words: { zh: '数据库', en: 'database' } } as const
  const gate = {
    part: 'gate-key',
    path: data.gateKey,
    words: { zh: '闸口签名密钥', en: "gate's signing key" },
  } as const
  const log = { part: 'log-key', path: data.logKey, words: { zh: '日志签名密钥', en: "log's signing key" } } as const
  const authority = {
    part: 'authority-key',
    path: authorityKey(data),
    words: { zh: '主管部门签名密钥', en: "authority's signing key" },
  } as const
  const witness = {
    part: 'witness-key',
    path: witnessKey(data),
    words: { zh: '见证方签名密钥', en: "witness's signing key" },
  } as const
  const mailed =
    mail === undefined
      ? []
      : ([
          { part: 'mail', path: mailSettingsFile(data.folder), words: { zh: '邮件设置', en: 'mail settings' } },
        ] as const)
  switch (role) {
    case 'handler':
      return [folder, database, gate, log, ...mailed]
    case 'authority':
      return [folder, database, authority, ...mailed]
    case 'exchange':
      return [folder, database, ...mailed]
    case 'witness':
      return [folder, witness]
  }
}

const authorityKey = ({ folder }: DataFolder) => join(folder, 'keys', 'authority.pem')
/**
 * The key an authority's portal signs permits and the revocation list with: the one named, or the one it was set up with;
 * undefined where the folder was not set up as an authority's. In production only a key its trust file names for that.
 *
 * @throws InputError `serve.not-an-authority-key`
 */
export async function authorityKeyOf(data: DataFolder, named: string | undefined): Promise<GateKey | undefined> {
  const installed = readInstallationFile(data.folder)
  const own = installed?.role === 'authority' ? authorityKey(data) : undefined
  const path = named ?? (own !== undefined && existsSync(own) ? own : undefined)
  if (path === undefined) return undefined
  const key = readKeyFile(path)
  if (installed === undefined) return key
  const known = (await readTrustFile(data.trust)).keys.find(({ keyId }) => keyId === key.keyId)
  if (known?.roles.includes('authority') === true && !known.simulated) return key
  throw new InputError('serve.not-an-authority-key', {
    zh: `${data.trust} 没有把 ${path} 列为主管部门的（非模拟）密钥，正式系统不用它签名。`,
    en: `${data.trust} does not name ${path} as an authority's key that is not simulated; a production signs nothing with it.`,
  })
}

const witnessKey = ({ folder }: DataFolder) => join(folder, 'keys', 'witness.pem')

async function makeKeys(data: DataFolder, { role, organisation }: SetUp): Promise<void> {
  const about = { name: organisation, simulated: false }
  if (role === 'handler') {
    if (!existsSync(data.gateKey)) await createGateKey(data, { simulated: false })
    await logSignerOf(data, { simulated: false })
  }
  if (role === 'authority' && !existsSync(authorityKey(data))) {
    await createKeyFile(authorityKey(data), data.trust, { ...about, roles: ['authority'] })
  }
  if (role === 'witness' && !existsSync(witnessKey(data))) {
    await createKeyFile(witnessKey(data), data.trust, { ...about, roles: ['witness'] })
  }
}

async function setUpDatabase(data: DataFolder, setUp: SetUp, now: Date): Promise<SetUpDone['invitation']> {
  const records = await openRecords({ folder: data.database })
  try {
    await refusePilotData(records.db, data)
    await markAsProduction(records.db)
    const organisation = await createOrganisation(
      records.db,
      {
        kind: kindOf(setUp),
        name: setUp.organisation,
        creditCode: setUp.creditCode ?? null,
        province: setUp.province ?? null,
      },
      now,
    )
    return await inviteFirst(records.db, organisation.id, setUp, now)
  } finally {
    await records.close()
  }
}

async function refusePilotData(db: Kysely<Tables>, data: DataFolder): Promise<void> {
  const { kind } = await readInstallation(db)
  const { rows } = await sql`select 1 from batch where pilot limit 1`.execute(db)
  if (kind !== 'pilot' && rows.length === 0) return
  throw new InputError('init.pilot-data', {
    zh: `${data.database} 里有模拟数据。正式系统请从一个新的数据文件夹开始（--data）；模拟数据留在原处。`,
    en: `${data.database} holds a pilot's data. Start production in a new data folder (--data); the pilot stays where it is.`,
  })
}

function kindOf({ role, province }: SetUp): OrganisationKind {
  switch (role) {
    case 'handler':
      return 'handler'
    case 'authority':
      return province === undefined ? 'national' : 'province'
    case 'exchange':
      return 'recipient'
    case 'witness':
      throw new Error('a witness has no organisation of accounts')
  }
}

/** A new link as long as nobody has joined: the earlier one may have been lost. */
async function inviteFirst(
  db: Kysely<Tables>,
  organisationId: string,
  { administrator }: SetUp,
  now: Date,
): Promise<SetUpDone['invitation']> {
  const joined = await db
    .selectFrom('auth_member')
    .innerJoin('auth_user', 'auth_user.id', 'auth_member.user_id')
    .select('auth_user.id')
    .where('organization_id', '=', organisationId)
    .where('role', '=', 'administrator')
    .where('off_boarded_at', 'is', null)
    .executeTakeFirst()
  if (joined !== undefined || administrator === undefined) return null
  const invited = await invite(db, { ...administrator, role: 'administrator', organisationId, by: null, now })
  if (invited !== null) return invited
  throw new InputError('init.address-taken', {
    zh: `${administrator.email} 已有账户，或曾有已停用的账户。请为首位管理员换一个邮箱。`,
    en: `${administrator.email} has an account, or had one that was off-boarded. Name another address for the first administrator.`,
  })
}
