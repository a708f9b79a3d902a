// The same as with PostgreSQL, on a real MariaDB where the machine has one; what needs no server is tested anywhere.
import { randomUUID } from 'node:crypto'
import type { Evidence, FileEvidence } from '@tongguan/law'
import type { Connection } from 'mysql2/promise'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mariadb, mariadbd } from '../../test/mariadb.ts'
import { openEngine } from '../engine.ts'
import type { Engine } from '../engine.ts'
import { aMobile, aName, anId, someOptions } from '../makers.ts'
import { scan } from '../scan.ts'
import type { ScanOptions } from '../scan.ts'
import { fileErrors } from '../words.ts'
import { expressionOf, mysqlErrorOf } from './mysql.ts'

test('what is no text comes as hexadecimal digits', () => {
  expect(expressionOf('a`b', 'varchar')).toBe('`a``b`')
  expect(expressionOf('a', 'longblob')).toBe('hex(`a`)')
  expect(expressionOf('a', 'varbinary')).toBe('hex(`a`)')
  expect(expressionOf('a.b', 'json')).toBe('convert(`a.b` using utf8mb4)')
})

test("the server's codes have words, ours have none", () => {
  expect(mysqlErrorOf({ code: 'ER_ACCESS_DENIED_ERROR' })).toBe('scan.source-login')
  expect(mysqlErrorOf({ code: 'ER_SOMETHING_NEW' })).toBe('scan.source-failed')
  expect(mysqlErrorOf({ code: 'ECONNREFUSED' })).toBe('scan.source-unreachable')
  expect(mysqlErrorOf(new TypeError('ours'))).toBeUndefined()
})

if (mariadbd === undefined)
  console.warn('Skipped: MySQL sources on a real server. Install mariadb-server, or name its program in MARIADBD.')

describe.skipIf(mariadbd === undefined)('on a real server', () => {
  const server = mariadb(mariadbd ?? '')
  const secret = `geheim-${randomUUID()}`
  let engine: Engine
  let admin: Connection
  beforeAll(async () => {
    engine = await openEngine()
    await server.start()
    admin = await server.connect()
    await admin.query(`create user reader@'%' identified by '${secret}'`)
    await admin.query(
      'create table patient (`姓名` text, `身份证号` varchar(18), `备注` text, born date, n bigint unsigned, raw blob, j json)',
    )
    for (let n = 0; n < 300; n++)
      await admin.query(
        `insert into patient values (?, ?, ?, '0000-00-00', 18446744073709551615, x'ff00', '{"a":"患"}')`,
        [aName(n), anId(n), n % 3 === 0 ? null : `第一行\n"二"\\,\t${n}`],
      )
    await admin.query('create table `we``ird.Name` (`a``b` text, `手机号` text)')
    for (let n = 0; n < 50; n++) await admin.query("insert into `we``ird.Name` values ('x', ?)", [aMobile(n)])
    await admin.query('create view everyone as select `身份证号` from patient')
    await admin.query('create table partly as select * from patient')
    await admin.query('create table locked as select * from patient')
    await admin.query('create view crawl as select `身份证号`, sleep(0.05) as s from patient')
    for (const table of ['patient', '`we``ird.Name`', 'everyone', 'crawl'])
      await admin.query(`grant select on ${table} to reader@'%'`)
    await admin.query("grant select (`姓名`) on partly to reader@'%'")
  }, 60_000)
  afterAll(async () => {
    await admin.end()
    await server.stop()
    await engine.close()
  })

  const address = (query: string, password = secret, database = 'his') =>
    `mysql://reader:${password}@${server.host()}/${database}?${query}`
  const scanned = (source: string, options: Partial<ScanOptions> = {}): Promise<Evidence> =>
    scan(engine, [source], { ...someOptions, ...options })
  const table = ({ files }: Evidence, name: string): FileEvidence => {
    const file = files.find(({ path }) => path === `mysql://${server.host()}/his/his.${name}`)
    if (file === undefined) throw new Error(`${name} is not among ${files.map(({ path }) => path).join(', ')}`)
    return file
  }

  test('one table: kinds, persons and every cell; no password anywhere', async () => {
    const evidence = await scanned(address('table=patient'))
    const file = table(evidence, 'patient')
    expect(file).toMatchObject({ format: 'table', header: true, rows: 300, error: null, skipped: 0 })
    expect(file.columns.map(({ kind }) => kind).slice(0, 2)).toEqual(['name', 'national_id'])
    expect(file.columns.map(({ counts }) => counts.nonEmpty)).toEqual([300, 300, 200, 300, 300, 300, 300])
    expect(evidence.persons.point).toBe(300)
    expect(JSON.stringify(evidence)).not.toContain(secret)
  })

  test('all tables of the database: those we may not read whole are errors', async () => {
    const evidence = await scanned(address(''))
    expect(evidence.files.map(({ path, rows, error }) => [path.split('/').at(-1), rows, error?.code ?? null])).toEqual([
      ['his.partly', 0, 'scan.source-not-allowed'],
      ['his.patient', 300, null],
      ['his.we`ird.Name', 50, null],
    ])
    expect(evidence.scanned.complete).toBe(false)
  })

  test('a view by its name', async () => {
    expect(table(await scanned(address('table=everyone')), 'everyone').rows).toBe(300)
  })

  test.for([
    ['a table that is not there', () => address('table=nobody'), 'scan.table-missing'],
    ['a table we may not see', () => address('table=his.locked'), 'scan.table-missing'],
    ['a wrong password', () => address('table=patient', 'wrong'), 'scan.source-login'],
    ['a database that is not ours', () => address('', secret, 'mysql'), 'scan.source-not-allowed'],
    ['nobody at the port', () => `mysql://reader:${secret}@127.0.0.1:1/his`, 'scan.source-unreachable'],
  ] as const)('%s: refused in words', async ([, source, code]) => {
    const refusal = (await scanned(source()).catch((error: unknown) => error)) as Error
    expect(refusal).toMatchObject({ code: 'scan.nothing-readable' })
    expect(refusal.message).toContain(fileErrors[code].en)
    expect(refusal.message).not.toContain(secret)
  })

  test('a query beyond its time: an error on that table, the next is read', async () => {
    const evidence = await scanned(address('table=crawl&table=everyone'), { limits: { statementSeconds: 1 } })
    expect(evidence.files.map(({ error }) => error?.code ?? null)).toEqual(['scan.source-timeout', null])
  })

  test('aborted: the query ends on its server', async () => {
    const running = async () => {
      const [rows] = await admin.query(`select 1 from information_schema.processlist where user = 'reader'`)
      return (rows as unknown[]).length
    }
    const interrupt = new AbortController()
    const scanning = scanned(address('table=crawl'), { live: { signal: interrupt.signal } }).catch(
      (error: unknown) => error,
    )
    while ((await running()) === 0) await wait(20)
    await wait(300)
    interrupt.abort()
    expect(await scanning).toMatchObject({ name: 'AbortError' })
    await expect.poll(running).toBe(0)
  })
})
