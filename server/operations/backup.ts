import { leafCount } from '@tongguan/log'
import { sql } from 'kysely'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { DataFolder } from '../data-folder.ts'
import { sync, syncTree } from '../database-durability.ts'
import { InputError } from '../errors.ts'
import type { Records } from '../records.ts'
import { softwareVersion } from '../version.ts'
import { copyDigesting, writeDigesting } from './digesting-file.ts'
import { manifestName } from './manifest.ts'
import type { BackedUpFile, BackedUpTable, Manifest } from './manifest.ts'
import { rowsOf, settleTextForms, tablesOf } from './tables.ts'

export interface BackedUp {
  readonly folder: string
  readonly manifest: Manifest
  /** Of the manifest, which holds that of every other file. */
  readonly sha256: string
  /** Files the database names that are not in the data folder, or whose bytes are no longer those of their name. */
  readonly damaged: readonly string[]
}

/**
 * Writes database and data folder into a new folder, while others go on writing: the database as it stood at one moment,
 * and around it what that moment rests on. The published log is copied first, so that it is never ahead of the database;
 * kept files last, because a file is there before a row names it. Under its own name the folder is always whole.
 *
 * Private keys, secrets and the settings that hold one come along only `withKeys`.
 *
 * @throws InputError `backup.folder-exists`, `backup.inside-data`
 */
export async function backUp(
  records: Records,
  data: DataFolder,
  { out, withKeys, now }: { readonly out: string; readonly withKeys: boolean; readonly now: Date },
): Promise<BackedUp> {
  const folder = resolve(out)
  refuse(folder, data)
  const half = `${folder}.${process.pid}.half`
  await mkdir(half, { recursive: true, mode: 0o700 })
  try {
    const files: BackedUpFile[] = []
    const keep = async (paths: readonly string[]) => {
      for (const path of paths) files.push(await copyInto(half, data.folder, path))
    }
    const log = relative(data.folder, data.log)
    const checkpoint = join(log, 'checkpoint')
    // The checkpoint first: the tiles are listed after it, so that none it speaks of is missing.
    if (existsSync(join(data.folder, checkpoint))) await keep([checkpoint])
    await keep((await filesBelow(data.folder, log)).filter((path) => isPart(path) && path !== checkpoint))
    if (withKeys) await keep((await filesBelow(data.folder, 'keys')).filter(isPart))
    const taken = await dump(records, half)
    files.push(...taken.files)
    const rest = (await filesBelow(data.folder, '')).filter(
      (path) => isPart(path) && !isBelow(path, log) && !isBelow(path, 'keys'),
    )
    await keep(rest.filter((path) => withKeys || !isSecret(data, path)))
    const manifest: Manifest = {
      schema: 'tongguan/backup/1',
      software: softwareVersion,
      madeAt: now.toISOString(),
      from: records.kind,
      withKeys,
      leaves: taken.leaves,
      migrations: taken.migrations,
      tables: [...taken.tables],
      files,
    }
    const { sha256 } = await writeDigesting(join(half, manifestName), once(`${JSON.stringify(manifest, null, 2)}\n`))
    syncTree(half)
    await rename(half, folder)
    sync(dirname(folder))
    return { folder, manifest, sha256, damaged: damagedOf(data, files, taken.named) }
  } catch (error) {
    await rm(half, { recursive: true, force: true })
    throw error
  }
}

function refuse(folder: string, data: DataFolder): void {
  if (existsSync(folder)) {
    throw new InputError('backup.folder-exists', {
      zh: `${folder} 已存在。请用 --out 指明一个新文件夹；备份从不覆盖已有内容。`,
      en: `${folder} is there already. Name a new folder with --out; a backup never writes over anything.`,
    })
  }
  if (isBelow(folder, data.folder)) {
    throw new InputError('backup.inside-data', {
      zh: '备份不能放在数据文件夹里面：它会与所保护的数据一同丢失。请用 --out 指明别处。',
      en: 'A backup does not belong inside the data folder: it would be lost together with it. Name another place with --out.',
    })
  }
}

interface Dumped {
  readonly files: readonly BackedUpFile[]
  readonly tables: readonly BackedUpTable[]
  readonly migrations: Manifest['migrations']
  readonly leaves: number
  /** The SHA-256 of every file the database names. */
  readonly named: readonly string[]
}

/** Every table at one moment: one transaction that sees nothing committed after it began. */
function dump({ db }: Records, half: string): Promise<Dumped> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await settleTextForms(tx)
      const files: BackedUpFile[] = []
      const tables: BackedUpTable[] = []
      for (const shape of await tablesOf(tx)) {
        const path = `database/${shape.name}.ndjson`
        let rows = 0
        const digest = await writeDigesting(
          join(half, path),
          rowsOf(tx, shape, (more) => (rows += more)),
        )
        files.push({ path, ...digest })
        tables.push({ name: shape.name, columns: shape.columns.map(({ name }) => name), rows })
      }
      const applied = await sql<{ id: string; sha256: string }>`select id, sha256 from applied_migration`.execute(tx)
      const named = await tx.selectFrom('kept_file').select('sha256').orderBy('sha256').execute()
      return {
        files,
        tables,
        migrations: applied.rows,
        leaves: await leafCount(tx),
        named: named.map(({ sha256 }) => sha256),
      }
    })
}

/** Paths below a folder of `root`, by name and seen from `root`; of ordinary files only. */
async function filesBelow(root: string, folder: string): Promise<readonly string[]> {
  const at = join(root, folder)
  if (!existsSync(at)) return []
  const entries = await readdir(at, { withFileTypes: true })
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = folder === '' ? entry.name : join(folder, entry.name)
      if (entry.isDirectory()) return path === databaseName ? [] : filesBelow(root, path)
      return entry.isFile() ? [path] : []
    }),
  )
  return found.flat().sort()
}

async function copyInto(half: string, root: string, path: string): Promise<BackedUpFile> {
  const name = `folder/${path.split(sep).join('/')}`
  return { path: name, ...(await copyDigesting(join(root, path), join(half, name))) }
}

const databaseName = 'database'

/** Not what another process is in the middle of writing, nor a lock. */
function isPart(path: string): boolean {
  return !/\.(?:tmp|lock|half)$|^database\.|(?:^|[\\/])\.lock$/.test(path)
}

function isSecret(data: DataFolder, path: string): boolean {
  const whole = join(data.folder, path)
  if (whole === data.singleSignOn || isBelow(whole, dirname(data.gateKey))) return true
  return /\.(?:pem|key|secret)$/.test(path) && !/BEGIN PUBLIC KEY/.test(readFileSync(whole, 'latin1'))
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep)
}

function damagedOf(data: DataFolder, files: readonly BackedUpFile[], named: readonly string[]): readonly string[] {
  const kept = `folder/${relative(data.folder, data.files)}/`
  const whole = new Set(
    files.filter(({ path, sha256 }) => path.startsWith(kept) && basename(path) === sha256).map(({ sha256 }) => sha256),
  )
  return named.filter((sha256) => !whole.has(sha256))
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
