import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createConnection } from 'mysql2/promise'
import { freePort } from './postgresql.ts'

/** The server's program, where the machine has one (Debian: mariadb-server) or `MARIADBD` names it. */
export const mariadbd: string | undefined = [
  process.env['MARIADBD'] ?? '',
  ...['/usr/sbin', ...(process.env['PATH'] ?? '').split(delimiter)].map((folder) => join(folder, 'mariadbd')),
].find((program) => program !== '' && existsSync(program))

/** A MariaDB server in a temporary folder, reached on 127.0.0.1 only. */
export function mariadb(program: string) {
  const password = randomUUID()
  const folder = mkdtempSync(join(tmpdir(), 'tongguan-mariadb-'))
  const share = join(dirname(program), '..', 'share', 'mysql')
  let port = 0
  let child: ChildProcess | undefined

  async function start(): Promise<void> {
    const usual = [
      '--no-defaults',
      '--skip-name-resolve',
      `--datadir=${join(folder, 'data')}`,
      `--lc-messages-dir=${share}`,
    ]
    if (userInfo().uid === 0) usual.push('--user=root')
    mkdirSync(join(folder, 'data', 'mysql'), { recursive: true })
    const tables = ['mysql_system_tables.sql', 'mysql_performance_tables.sql', 'mysql_system_tables_data.sql']
    const input = ['use mysql;', ...tables.map((name) => readFileSync(join(share, name), 'utf8'))].join('\n')
    const made = spawnSync(program, [...usual, '--bootstrap'], { input, encoding: 'utf8' })
    if (made.status !== 0) throw new Error(`MariaDB for the tests: ${made.stderr}`)
    const first = join(folder, 'first.sql')
    const statements = [
      `create user admin@'%' identified by '${password}';`,
      `grant all on *.* to admin@'%' with grant option;`,
      'create database his character set utf8mb4;',
    ]
    writeFileSync(first, statements.join('\n'))
    port = await freePort()
    child = spawn(
      program,
      [...usual, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 's')}`, `--init-file=${first}`],
      { stdio: 'ignore' },
    )
    for (let tries = 0; ; tries++) {
      try {
        await (await connect()).end()
        return
      } catch (error) {
        if (tries > 200) throw error
        await wait(100)
      }
    }
  }

  const connect = () =>
    createConnection({ host: '127.0.0.1', port, user: 'admin', password, database: 'his', charset: 'utf8mb4' })

  async function stop(): Promise<void> {
    if (child !== undefined && child.exitCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    rmSync(folder, { recursive: true, force: true })
  }

  return { start, stop, connect, host: () => `127.0.0.1:${port}` }
}
