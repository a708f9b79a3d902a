import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { text } from 'node:stream/consumers'
import type { GateDatabase, ReleaseRequest, ReleaseStep } from '@tongguan/gate'
import { sql } from 'kysely'
import { logKeyPem } from '../gate-log.ts'

const root = dirname(dirname(import.meta.dirname))

/**
 * A process that says what is counted, releases one batch and says it again; where told to, it is killed (SIGKILL) at a
 * step or after some milliseconds.
 */
const process1 = `
  import { migrate, openDatabase } from '${root}/server/database.ts'
  import { createPrivateKey } from 'node:crypto'
  import { logIn, loggedMigrations } from '${root}/test/gate-log.ts'
  import { countedPersons, loadKey, releaseBatch } from '${root}/gate/index.ts'
  import { aSecondReading, inspectFolder } from '${root}/gate/makers.ts'
  const { where, keyPath, approverPaths, logFolder, logKeyPem, request, countingRoot, step, milliseconds } = JSON.parse(process.argv[1])
  const database = await openDatabase(where)
  const { db } = database
  if ('folder' in where) await migrate(db, loggedMigrations)
  const counted = async () => (await countedPersons(db)).filter(({ key }) => key.includes('"' + request.permit.id + '"'))
  const before = await counted()
  const die = () => process.kill(process.pid, 'SIGKILL')
  if (milliseconds !== undefined) setTimeout(die, milliseconds)
  const atStep = (reached) => reached === step && die()
  const log = logIn(db, logFolder, { privateKey: createPrivateKey(logKeyPem) })
  const { kind } = await releaseBatch({ ...request, countingRoot: Buffer.from(countingRoot, 'base64'), db, log, approveWith: approverPaths.map(loadKey), key: loadKey(keyPath), inspect: inspectFolder, readAgain: (_folder, evidence) => Promise.resolve(aSecondReading(evidence)), atStep })
  console.log(JSON.stringify({ kind, before, after: await counted() }))
  await database.close()
`

/** A database and the folder of its log. */
export interface Where {
  readonly where: { readonly url: string } | { readonly folder: string }
  readonly logFolder: string
}

/** Files of the gate's key and of those who sign the intent. */
export interface Keys {
  readonly keyPath: string
  readonly approverPaths: readonly string[]
}

export type Kill = { readonly step: ReleaseStep } | { readonly milliseconds: number } | undefined

/** What the process said; undefined where it was killed. */
export async function releaseInProcess(
  { keyPath, approverPaths, ...where }: Where & Keys,
  request: ReleaseRequest,
  kill?: Kill,
): Promise<unknown> {
  const {
    db: _db,
    key: _key,
    log: _log,
    approveWith: _keys,
    inspect: _inspect,
    readAgain: _readAgain,
    atStep: _atStep,
    ...asked
  } = request
  // Bytes have no form of their own in JSON.
  const countingRoot = Buffer.from(asked.countingRoot).toString('base64')
  const task = JSON.stringify({ ...where, keyPath, approverPaths, logKeyPem, request: asked, countingRoot, ...kill })
  const child = spawn(process.execPath, ['--input-type=module', '--eval', process1, task], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<string | number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(signal ?? code))
  })
  const said = await text(child.stdout)
  const end = await ended
  if (end === 'SIGKILL') return undefined
  if (end !== 0) throw new Error(`the releasing process ended with ${end}`)
  return JSON.parse(said)
}

/** The tests' server, for a second process: its port, and a user whose password is known here. */
export async function reachable(db: GateDatabase): Promise<{ readonly url: string }> {
  const { rows } = await sql<{ readonly port: number; readonly name: string }>`
    select inet_server_port() as port, current_database() as name`.execute(db)
  await sql`create role child superuser login password 'child'`.execute(db)
  return { url: `postgresql://child:child@127.0.0.1:${rows[0]?.port}/${rows[0]?.name}` }
}
