// The gate's tests with the real log: leaves in the test's database, published in a folder of the test.
import { generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { gateMigrations, keyIdOf } from '@tongguan/gate'
import type { GateKey, GateTables, ReleaseLog, ReleaseRequest, TrustedKey } from '@tongguan/gate'
import { logMigrations, noteSigner } from '@tongguan/log'
import type { Kysely } from 'kysely'
import { aRequest } from '../gate/makers.ts'
import { releaseLog } from '../server/release-log.ts'
export { leafCount } from '@tongguan/log'
export { proveLogged } from '../server/flows/prove-logged.ts'
import type { Database } from '../server/database.ts'
import type { OpenDatabase } from './databases.ts'

export const loggedMigrations = [...logMigrations, ...gateMigrations]

const { privateKey: logKey, publicKey } = generateKeyPairSync('ed25519')
const origin = 'log.example/hospital'

/** The log's key as a trust file names it. */
export const logTrust: TrustedKey = {
  keyId: keyIdOf(publicKey),
  algorithm: 'ed25519',
  publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  name: origin,
  roles: ['log'],
  simulated: false,
}

/** The log published in `folder`, of the leaves in `db`. */
export function logIn<Tables>(
  db: Kysely<Tables>,
  folder: string,
  { privateKey = logKey, ...how }: { readonly privateKey?: KeyObject; readonly now?: () => Date } = {},
): ReleaseLog {
  const signer = noteSigner(origin, 'log', privateKey)
  return releaseLog(db, { folder: join(folder, 'log'), signer, memory: join(folder, 'signed.json') }, how)
}

export const logKeyPem = logKey.export({ type: 'pkcs8', format: 'pem' }).toString()

const folders = new WeakMap<object, string>()

/** A new database with the gate's tables, and a new log for it under `root`. */
export async function openGate(open: OpenDatabase, root: string): Promise<Database<GateTables>> {
  const database = await open<GateTables>(loggedMigrations)
  keepLogIn(database.db, root)
  return database
}

/** Says where the log of a database is kept. */
export function keepLogIn(db: object, root: string): void {
  folders.set(db, mkdtempSync(join(root, 'log-')))
}

/** The folder of a database's log. */
export function logFolderOf(db: object): string {
  const folder = folders.get(db)
  if (folder === undefined) throw new Error('open the database with openGate')
  return folder
}

/** A request that logs in its database's own log. */
export function aLoggedRequest(
  root: string,
  db: Kysely<GateTables>,
  key: GateKey,
  about: Partial<ReleaseRequest> & { readonly files?: Readonly<Record<string, string>> } = {},
): ReleaseRequest {
  return aRequest(root, db, key, { log: logIn(db, logFolderOf(db)), ...about })
}
