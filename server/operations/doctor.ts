import { readEnvelope, readRevocations } from '@tongguan/gate'
import type { Trust } from '@tongguan/gate'
import { addDays } from '@tongguan/law'
import type { LegalDate, Words } from '@tongguan/law'
import { openEngine } from '@tongguan/scan'
import { sql } from 'kysely'
import { constants, existsSync, readFileSync, readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readTrustFile } from '../data-folder.ts'
import type { DataFolder } from '../data-folder.ts'
import { auditCaseLog } from '../case-log.ts'
import type { CaseLogReport } from '../case-log.ts'
import { migrationState } from '../database-migrate.ts'
import { openDatabase } from '../database.ts'
import { logWords, policyOfTrust, verifyLog } from '../flows/verify-log.ts'
import { readInstallation } from '../installation.ts'
import { readInstallationFile } from '../installation-file.ts'
import { migrations } from '../records.ts'
import type { Tables } from '../records.ts'
import { freeBytes } from './disk.ts'
import {
  judgeCalendar,
  judgeCaseLog,
  judgeDatabase,
  judgeEngine,
  judgeLog,
  judgeNode,
  judgePermissions,
  judgePilot,
  judgeRevocations,
  judgeSpace,
  judgeTrust,
} from './findings.ts'
import type { Finding, SeenDatabase } from './findings.ts'

export type { Finding } from './findings.ts'

/** Looks at everything an installation rests on and changes nothing but for the lock it takes meanwhile. */
export async function examine(
  data: DataFolder,
  { url, now, on }: { readonly url?: string; readonly now: Date; readonly on: LegalDate },
): Promise<readonly Finding[]> {
  const production = readInstallationFile(data.folder) !== undefined
  const trust = await orWords(() => readTrustFile(data.trust), existsSync(data.trust))
  const known: Trust = trust !== undefined && 'keys' in trust ? trust : { schema: 'tongguan/trust/1', keys: [] }
  const { seen, pilot, caseLog } = await lookAtDatabase(data, url)
  const places = [existsSync(data.folder) ? data.folder : process.cwd(), tmpdir()]
  return [
    judgeNode(process.versions.node),
    judgeEngine(await lookAtEngine()),
    ...(await Promise.all(places.map(async (path) => judgeSpace(path, await freeBytes(path))))),
    judgePermissions(dirname(data.gateKey), openToOthers(data)),
    ...judgeDatabase(seen),
    ...(seen.kind === 'open' ? [judgePilot(production, pilot)] : []),
    judgeCalendar(on),
    ...judgeTrust(trust !== undefined && 'keys' in trust ? trust.keys : trust, {
      on,
      soon: addDays(on, 30),
      production,
    }),
    judgeRevocations(await orWords(() => lookAtRevocations(data, known), existsSync(data.revocations)), now),
    ...judgeLog(await lookAtLog(data, known)),
    ...(caseLog === undefined ? [] : judgeCaseLog(caseLog)),
  ]
}

async function lookAtEngine(): Promise<Parameters<typeof judgeEngine>[0]> {
  try {
    const engine = await openEngine()
    await engine.close()
    return engine
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}

/** Folders and files of secrets with a right for anybody but their owner. */
function openToOthers(data: DataFolder): readonly string[] {
  const keys = dirname(data.gateKey)
  const inKeys = existsSync(keys) ? [keys, ...readdirSync(keys).map((name) => join(keys, name))] : []
  const secrets = [...inKeys, data.singleSignOn].filter((path) => existsSync(path))
  return secrets.filter((path) => (statSync(path).mode & 0o077) !== 0)
}

async function lookAtDatabase(
  data: DataFolder,
  url: string | undefined,
): Promise<{ readonly seen: SeenDatabase; readonly pilot: boolean; readonly caseLog?: CaseLogReport }> {
  if (url === undefined && !existsSync(data.database)) return { seen: { kind: 'none' }, pilot: false }
  try {
    const database = await openDatabase<Tables>(url === undefined ? { folder: data.database } : { url })
    try {
      const { db, kind } = database
      const state = await migrationState(db, migrations)
      const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
      const skewMs = (rows[0]?.now.getTime() ?? Number.NaN) - Date.now()
      const unsynced = kind === 'embedded' ? unsyncedBelow(data.database) : null
      const has = (migration: string) => state.applied.some(({ id }) => id === migration)
      const pilot = has('server-1') && (await readInstallation(db)).kind === 'pilot'
      return {
        seen: { kind: 'open', which: kind, ...state, unsynced, skewMs },
        pilot,
        ...(has('server-case-log-1') ? { caseLog: await auditCaseLog(db) } : {}),
      }
    } finally {
      await database.close()
    }
  } catch (error) {
    return { seen: { kind: 'unreachable', code: codeOf(error), words: wordsOf(error) }, pilot: false }
  }
}

/** The files below a folder this process has open for writing without `O_DSYNC`; null where the kernel does not show it. */
function unsyncedBelow(folder: string): readonly string[] | null {
  const mine = '/proc/self/fd'
  if (!existsSync(mine)) return null
  const root = `${realpathSync(folder)}/`
  return readdirSync(mine).flatMap((fd) => {
    // The descriptor that lists the folder is closed by the time it is asked about.
    if (!existsSync(join(mine, fd))) return []
    const path = readlinkSync(join(mine, fd))
    if (!path.startsWith(root)) return []
    const flags = parseInt(/flags:\s*(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '0', 8)
    const writes = (flags & (constants.O_WRONLY | constants.O_RDWR)) !== 0
    return writes && (flags & constants.O_DSYNC) === 0 ? [path.slice(root.length)] : []
  })
}

async function lookAtRevocations(data: DataFolder, trust: Trust) {
  const read = readEnvelope(await readFile(data.revocations, 'utf8'))
  if (read.kind === 'envelope') return readRevocations(read.envelope, trust)
  return {
    zh: `${data.revocations} 不是撤销清单文件。请重新取得。`,
    en: `${data.revocations} is not the file of a revocation list. Get it again.`,
  }
}

async function lookAtLog(data: DataFolder, trust: Trust): Promise<Parameters<typeof judgeLog>[0]> {
  if (!existsSync(join(data.log, 'checkpoint'))) return undefined
  const { checkpoint, problems } = await verifyLog(data.log, { policy: policyOfTrust(trust) })
  return { entries: checkpoint?.size ?? 0, problems: problems.map(({ code, path }) => logWords[code](path)) }
}

/** What was read, or in words why it could not be; undefined where there is nothing to read. */
async function orWords<Read>(read: () => Promise<Read>, there: boolean): Promise<Read | Words | undefined> {
  if (!there) return undefined
  try {
    return await read()
  } catch (error) {
    return wordsOf(error)
  }
}

function wordsOf(error: unknown): Words {
  if (error instanceof Error && 'words' in error) return error.words as Words
  const message = error instanceof Error ? error.message || error.name : String(error)
  return { zh: message, en: message }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'words' in error && 'code' in error ? String(error.code) : 'database.unreachable'
}
