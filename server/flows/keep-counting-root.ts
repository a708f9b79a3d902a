import { existsSync } from 'node:fs'
import { lstat, mkdir, open, readFile, readlink, rename, rm, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { countingRootId, endKeys, keysToEnd, mustHoldTheLog } from '@tongguan/gate'
import type { EndedKey, GateDatabase, KeyEnding } from '@tongguan/gate'
import type { LegalDate } from '@tongguan/law'
import type { z } from 'zod'
import type { DataFolder } from '../data-folder.ts'
import { InputError } from '../errors.ts'
import { KeyShareSchema, SealedKeySchema, escrowRoot, openRoot, rootFromShares, sealRoot } from '../sealed-key.ts'
import type { KeyShare } from '../sealed-key.ts'
import { gateAtRest } from './release-batch.ts'

/** How the root of the counting keys lies: `unsealed` has never been sealed, `open` is sealed and opened for work. */
export type RootState = 'none' | 'unsealed' | 'open' | 'sealed'

export function rootState({ countingRoot, sealedRoot }: DataFolder): RootState {
  const isOpen = existsSync(countingRoot)
  if (existsSync(sealedRoot)) return isOpen ? 'open' : 'sealed'
  return isOpen ? 'unsealed' : 'none'
}

/** Seals the root under two persons' passphrases, or shuts an opened one again; the plain file is removed. */
export async function sealCountingRoot(data: DataFolder, passphraseFiles: readonly string[]): Promise<string> {
  const root = await plainRoot(data)
  const id = countingRootId(root)
  const isSealed = existsSync(data.sealedRoot) && (await readJson(data.sealedRoot, SealedKeySchema)).root === id
  if (!isSealed || passphraseFiles.length > 0) {
    const passphrases = await readPassphrases(passphraseFiles)
    const sealed = await sealRoot(root, passphrases)
    // A root that could not be opened again is worse than one that lies open.
    await openRoot(sealed, passphrases)
    await writeAndRename(data.sealedRoot, `${JSON.stringify(sealed, null, 2)}\n`)
  }
  await removePlain(data.countingRoot)
  return id
}

/** Opens the sealed root for work, into the data folder or a file elsewhere (in memory), or brings it back from shares. */
export async function unsealCountingRoot(
  data: DataFolder,
  by: { readonly passphrases: readonly string[]; readonly shares: readonly string[]; readonly out?: string },
): Promise<string> {
  if (existsSync(data.countingRoot)) {
    throw new InputError('key.open-already', {
      zh: `根密钥已经打开：${data.countingRoot}`,
      en: `The root key is open already: ${data.countingRoot}`,
    })
  }
  const root =
    by.shares.length > 0
      ? await rootFromShares(await Promise.all(by.shares.map((path) => readJson(path, KeyShareSchema))))
      : await openRoot(await readJson(data.sealedRoot, SealedKeySchema), await readPassphrases(by.passphrases))
  await mkdir(dirname(data.countingRoot), { recursive: true, mode: 0o700 })
  await removePlain(data.countingRoot)
  if (by.out === undefined) {
    await writeNew(data.countingRoot, root)
  } else {
    await writeNew(by.out, root)
    await symlink(resolve(by.out), data.countingRoot)
  }
  return countingRootId(root)
}

/** Writes shares of the root, one a file, to be handed to different persons. */
export async function escrowCountingRoot(
  data: DataFolder,
  { out, ...of }: { readonly out: string } & Pick<KeyShare, 'need' | 'of'>,
): Promise<{ readonly root: string; readonly files: readonly string[] }> {
  const shares = await escrowRoot(await plainRoot(data), of)
  await rootFromShares(shares.slice(0, of.need))
  await mkdir(out, { recursive: true, mode: 0o700 })
  const files: string[] = []
  for (const share of shares) {
    const path = join(out, `share-${share.number}-of-${share.of}.json`)
    await writeNew(path, Buffer.from(`${JSON.stringify(share, null, 2)}\n`))
    files.push(path)
  }
  return { root: shares[0]?.root ?? '', files }
}

/** The sets whose keys `destroyDueKeys` or `replaceCountingRoot` would end. */
export { keysToEnd as countingKeysToEnd }

/** Destroys the keys of sets whose records fell due, with their marks; record and log leaf in one transaction. */
export function destroyDueKeys(db: GateDatabase, data: DataFolder, on: LegalDate): Promise<readonly EndedKey[]> {
  return endLogged(db, data, { why: 'due', on })
}

/**
 * Puts a new root in the place of one that somebody else may have. What was counted stays as an amount. A run that was
 * killed is finished by the next.
 */
export async function replaceCountingRoot(
  db: GateDatabase,
  data: DataFolder,
  { on, fresh }: { readonly on: LegalDate; readonly fresh: Uint8Array },
): Promise<{ readonly root: string; readonly ended: readonly EndedKey[] }> {
  const next = `${data.countingRoot}.next`
  // The new root lies ready before the old keys end, so that no gate ever finds neither.
  if (!existsSync(next)) await writeNew(next, fresh)
  const ended = await endLogged(db, data, { why: 'compromised', on })
  await rm(data.sealedRoot, { force: true })
  await removePlain(data.countingRoot)
  await rename(next, data.countingRoot)
  return { root: countingRootId(await readFile(data.countingRoot)), ended }
}

async function endLogged(db: GateDatabase, data: DataFolder, ending: KeyEnding): Promise<readonly EndedKey[]> {
  const { log } = await gateAtRest(db, data)
  await mustHoldTheLog(log)
  const ended = await endKeys(db, log, ending)
  await log.publish()
  return ended
}

async function plainRoot(data: DataFolder): Promise<Uint8Array> {
  return (await data.countingKey('')).key
}

// The file may be a link to one in memory: both go, and a link whose memory is gone.
async function removePlain(path: string): Promise<void> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
  if (found?.isSymbolicLink() === true) await rm(resolve(dirname(path), await readlink(path)), { force: true })
  await rm(path, { force: true })
}

/** Each file's text without the end of its line. */
export async function readPassphrases(files: readonly string[]): Promise<readonly string[]> {
  return Promise.all(files.map(async (path) => (await readText(path)).replace(/\r?\n$/, '')))
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const read = schema.safeParse(parsed(await readText(path)))
  if (read.success) return read.data
  throw new InputError('key.not-a-sealed-file', {
    zh: `${path} 不是密封的根密钥或其份额，或已损坏。`,
    en: `${path} is no sealed root key or share of one, or it is damaged.`,
  })
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    return undefined
  }
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    throw new InputError('key.file-missing', { zh: `没有文件 ${path}`, en: `There is no file ${path}` })
  })
}

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
    throw new InputError('key.file-exists', {
      zh: `${path} 已存在，不会覆盖。`,
      en: `${path} exists and is not overwritten.`,
    })
  })
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function writeAndRename(path: string, content: string): Promise<void> {
  await rm(`${path}.tmp`, { force: true })
  await writeNew(`${path}.tmp`, Buffer.from(content))
  await rename(`${path}.tmp`, path)
}
