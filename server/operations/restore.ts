import { projectMissing } from '@tongguan/casework'
import { rolledBack } from '@tongguan/log'
import { createReadStream, existsSync } from 'node:fs'
import { cp, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { dataFolder, isSimulated, logSignerOf, readKeyFile } from '../data-folder.ts'
import type { DataFolder } from '../data-folder.ts'
import { sync, syncTree } from '../database-durability.ts'
import { openDatabase } from '../database.ts'
import { migrate } from '../database-migrate.ts'
import { InputError } from '../errors.ts'
import { migrations } from '../records.ts'
import type { Records, Tables } from '../records.ts'
import { copyDigesting, digestOf } from './digesting-file.ts'
import { manifestName, readManifest } from './manifest.ts'
import type { BackedUpTable, Manifest } from './manifest.ts'
import { loadTables, tablesOf } from './tables.ts'

export interface Restored {
  readonly manifest: Manifest
  /** Sizes where the log's signer has signed more than this backup holds: releases stop until a newer one is restored. */
  readonly behind: { readonly database: number; readonly signed: number } | undefined
}

/**
 * Reads a backup's manifest and compares every file with it.
 *
 * @throws InputError `restore.no-backup`, `restore.manifest-unreadable`, `restore.damaged`
 */
export async function verifyBackup(backup: string): Promise<Manifest> {
  const path = join(backup, manifestName)
  if (!existsSync(path)) {
    throw new InputError('restore.no-backup', {
      zh: `${backup} 中没有 ${manifestName}：不是备份，或备份没有写完。没有任何改动。`,
      en: `There is no ${manifestName} in ${backup}: it is no backup, or one that was not finished. Nothing was changed.`,
    })
  }
  const manifest = readManifest(await readFile(path, 'utf8'), path)
  for (const { path: file, bytes, sha256 } of manifest.files) {
    const found = existsSync(join(backup, file)) ? await digestOf(join(backup, file)) : undefined
    if (found === undefined) throw damaged(file, { zh: '缺失', en: 'is missing' })
    if (found.bytes !== bytes || found.sha256 !== sha256) throw damaged(file, { zh: '已被改动', en: 'was changed' })
  }
  const listed = new Set(manifest.files.map(({ path }) => path))
  const without = manifest.tables.find(({ name }) => !listed.has(fileOf(name)))
  if (without !== undefined) throw damaged(fileOf(without.name), { zh: '缺失', en: 'is missing' })
  return manifest
}

function damaged(file: string, { zh, en }: { readonly zh: string; readonly en: string }): InputError {
  return new InputError('restore.damaged', {
    zh: `备份已损坏：${file} ${zh}。没有任何改动；请换另一份备份。`,
    en: `The backup is damaged: ${file} ${en}. Nothing was changed; take another backup.`,
  })
}

/**
 * Restores a backup into a data folder that is empty or not there, and an embedded database in it or an empty PostgreSQL.
 * Everything is verified before anything is written, and the folder appears under its name once it is whole. `keys` is a
 * folder of keys kept apart from the backup; the log signer's own memory in it tells whether the backup is older than
 * what was signed since.
 *
 * @throws InputError of `verifyBackup`, `restore.folder-not-empty`, `restore.database-not-empty`, `database.newer`
 */
export async function restore(
  backup: string,
  { folder, url, keys }: { readonly folder: string; readonly url?: string; readonly keys?: string },
): Promise<Restored> {
  const manifest = await verifyBackup(backup)
  mustKnow(manifest)
  await mustBeEmpty(folder)
  if (keys !== undefined) await readdir(keys)
  const half = `${resolve(folder)}.${process.pid}.half`
  await mkdir(half, { recursive: true, mode: 0o700 })
  try {
    await copyFolder(backup, manifest, half)
    if (keys !== undefined) await cp(keys, join(half, 'keys'), { recursive: true })
    const data = dataFolder(half)
    const records = await openDatabase<Tables>(url === undefined ? { folder: data.database } : { url })
    let behind: Restored['behind']
    try {
      if (url !== undefined) await mustHaveNoTables(records)
      await loadDatabase(records, backup, manifest)
      behind = await behindOf(records, data)
    } finally {
      await records.close()
    }
    syncTree(half)
    await rename(half, folder)
    sync(dirname(resolve(folder)))
    return { manifest, behind }
  } catch (error) {
    await rm(half, { recursive: true, force: true })
    throw error
  }
}

function mustKnow({ migrations: applied, software }: Manifest): void {
  const known = new Set<string>(migrations.map(({ id }) => id))
  const unknown = applied.filter(({ id }) => !known.has(id)).map(({ id }) => id)
  if (unknown.length === 0) return
  throw new InputError('database.newer', {
    zh: `备份由较新的软件（${software}）所写，本软件不认识 ${unknown.join('、')}。请安装该版本后再恢复；没有任何改动。`,
    en: `The backup was written by newer software (${software}); ${unknown.join(', ')} is not known here. Install that version first; nothing was changed.`,
  })
}

async function mustBeEmpty(folder: string): Promise<void> {
  if (!existsSync(folder) || (await readdir(folder)).length === 0) return
  throw new InputError('restore.folder-not-empty', {
    zh: `${folder} 不是空文件夹。恢复从不覆盖已有内容：请先把它移开，或用 --data 指明新文件夹。`,
    en: `${folder} is not empty. A restore never writes over anything: move it away, or name a new folder with --data.`,
  })
}

async function mustHaveNoTables({ db }: Records): Promise<void> {
  if ((await tablesOf(db)).length === 0) return
  throw new InputError('restore.database-not-empty', {
    zh: '该 PostgreSQL 数据库里已有表。请新建一个空数据库再恢复；没有任何改动。',
    en: 'There are tables in this PostgreSQL database. Make a new, empty one to restore into; nothing was changed.',
  })
}

async function copyFolder(backup: string, { files }: Manifest, half: string): Promise<void> {
  const prefix = 'folder/'
  for (const { path, sha256 } of files.filter(({ path }) => path.startsWith(prefix))) {
    const copied = await copyDigesting(join(backup, path), join(half, path.slice(prefix.length)))
    if (copied.sha256 !== sha256) throw damaged(path, { zh: '已被改动', en: 'was changed' })
  }
}

/** The tables as they were then, their rows, and only then what was added to the tables since. */
async function loadDatabase({ db }: Records, backup: string, manifest: Manifest): Promise<void> {
  const then = new Set(manifest.migrations.map(({ id }) => id))
  await migrate(
    db,
    migrations.filter(({ id }) => then.has(id)),
  )
  await db.transaction().execute((tx) => loadTables(tx, manifest.tables, (table) => linesOf(backup, table)))
  await migrate(db, migrations)
  await projectMissing(db)
}

function linesOf(backup: string, { name }: BackedUpTable): AsyncIterable<string> {
  return createInterface({ input: createReadStream(join(backup, fileOf(name))), crlfDelay: Infinity })
}

function fileOf(table: string): string {
  return `database/${table}.ndjson`
}

async function behindOf({ db }: Records, data: DataFolder): Promise<Restored['behind']> {
  // Without the log's own key nobody can tell; a key made now would be another log's.
  if (!existsSync(data.logKey)) return undefined
  const simulated = await isSimulated(data, readKeyFile(data.logKey))
  const signer = await logSignerOf(data, { simulated })
  return rolledBack(db, { folder: data.log, signer, memory: data.logMemory })
}
