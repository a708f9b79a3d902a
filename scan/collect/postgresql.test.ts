// Tables of a real PostgreSQL become evidence like any file, and what cannot be read is said.
import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Evidence, FileEvidence } from '@tongguan/law'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresql } from '../../test/postgresql.ts'
import { openEngine } from '../engine.ts'
import type { Engine } from '../engine.ts'
import { aMobile, aName, aRegister, anId, someOptions } from '../makers.ts'
import { scan } from '../scan.ts'
import type { ScanOptions } from '../scan.ts'

const server = postgresql()
const folder = mkdtempSync(join(tmpdir(), 'collect-postgresql-'))
let engine: Engine
let url = ''
let admin: Client
// A password that would show wherever the address is printed as it was given.
const secret = `geheim-${randomUUID()}`
beforeAll(async () => {
  engine = await openEngine()
  await server.start()
  url = await server.createDatabase()
  admin = new Client({ connectionString: url })
  await admin.connect()
  await admin.query(`create role reader login password '${secret}'`)
  await admin.query('create schema his')
  await admin.query('grant usage on schema his to reader')
  await admin.query(
    `create table his.patient ("姓名" text, "身份证号" text, "备注" text, born date, seen timestamptz, n numeric, raw bytea)`,
  )
  const rows = Array.from({ length: 300 }, (_, n) => [
    aName(n),
    anId(n),
    n % 3 === 0 ? null : `第一行\n第"二"行\\,\t${n}`,
  ])
  for (const row of rows)
    await admin.query(
      `insert into his.patient values ($1, $2, $3, '1980-02-29', '1990-07-01 00:00+09', 12345678901234567890, '\\xff00')`,
      row,
    )
  await admin.query(`create table his."we""ird.Name" ("a""b" text, "手机号" text)`)
  for (let n = 0; n < 50; n++) await admin.query(`insert into his."we""ird.Name" values ('x', $1)`, [aMobile(n)])
  await admin.query('create view his.both as select "身份证号" from his.patient')
  await admin.query('create table his.locked as select * from his.patient')
  await admin.query('create table his.own as select "姓名", "身份证号" from his.patient')
  await admin.query('alter table his.own enable row level security')
  await admin.query('create policy half on his.own using (false)')
  await admin.query('grant select on his.patient, his."we""ird.Name", his.both, his.own to reader')
}, 60_000)
afterAll(async () => {
  await admin.end()
  await server.stop()
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const address = (query: string, { password = secret, database = '' } = {}): string => {
  const reader = new URL(url)
  reader.username = 'reader'
  reader.password = password
  if (database !== '') reader.pathname = database
  return `${reader.href}?${query}`
}
const scanned = (sources: readonly string[], options: Partial<ScanOptions> = {}): Promise<Evidence> =>
  scan(engine, sources, { ...someOptions, ...options })
const shownAs = (name: string): string => `postgresql://${new URL(url).host}${new URL(url).pathname}/${name}`
const found = ({ files }: Evidence, path: string): FileEvidence => {
  const file = files.find((one) => one.path === path)
  if (file === undefined) throw new Error(`${path} is not among ${files.map((one) => one.path).join(', ')}`)
  return file
}

test('one table: kinds, persons, rows and digest as of the same rows in a file; no password anywhere', async () => {
  const evidence = await scanned([address('table=his.patient')])
  const file = found(evidence, shownAs('his.patient'))
  expect(file).toMatchObject({ format: 'table', header: true, rows: 300, error: null, skipped: 0 })
  expect(file.columns.map(({ name, kind }) => [name, kind]).slice(0, 2)).toEqual([
    ['姓名', 'name'],
    ['身份证号', 'national_id'],
  ])
  expect(file.columns.map(({ counts }) => counts.nonEmpty)).toEqual([300, 300, 200, 300, 300, 300, 300])
  expect(evidence.persons.point).toBe(300)
  expect(evidence.scanned.complete).toBe(true)
  // COPY's own bytes, as psql would write them.
  const lines = Array.from({ length: 300 }, (_, n) =>
    [
      aName(n),
      anId(n),
      n % 3 === 0 ? '\\N' : `第一行\\n第"二"行\\\\,\\t${n}`,
      '1980-02-29',
      '1990-06-30 23:00:00+08',
      '12345678901234567890',
      '\\\\xff00',
    ].join('\t'),
  )
  // Chinese summer time was in force that day.
  const bytes = lines.map((line) => `${line.replace('1990-06-30 23:00:00+08', '1990-07-01 00:00:00+09')}\n`).join('')
  expect(file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  expect(JSON.stringify(evidence)).not.toContain(secret)
})

test('names are quoted, several tables asked for, a view by its name', async () => {
  const evidence = await scanned([address('table=his.we%22ird.Name&table=his.both')])
  expect(found(evidence, shownAs('his.we"ird.Name')).columns.map(({ name, kind }) => [name, kind])).toEqual([
    ['a"b', 'none'],
    ['手机号', 'mobile'],
  ])
  expect(found(evidence, shownAs('his.both')).rows).toBe(300)
})

test('a schema: its tables once, those we may not read whole as errors; nothing is claimed complete', async () => {
  const evidence = await scanned([address('schema=his')])
  expect(evidence.files.map(({ path, rows, error }) => [path.split('/').at(-1), rows, error?.code ?? null])).toEqual([
    ['his.locked', 0, 'scan.source-not-allowed'],
    ['his.own', 0, 'scan.source-not-allowed'],
    ['his.patient', 300, null],
    ['his.we"ird.Name', 50, null],
  ])
  expect(evidence.scanned.complete).toBe(false)
  expect(evidence.persons.exact).toBe(false)
})

test('persons of a table and of a file are the same persons', async () => {
  const file = join(folder, 'register.csv')
  writeFileSync(file, aRegister(100).join('\n'))
  const [alone, both] = [await scanned([file]), await scanned([file, address('table=his.patient')])]
  expect(alone.persons.point).toBe(100)
  expect(both.persons.point).toBe(300)
})

test.for([
  ['a table that is not there', () => address('table=his.nobody'), 'scan.table-missing'],
  ['a table we may not read', () => address('table=his.locked'), 'scan.source-not-allowed'],
  ['a table of which a policy hides rows', () => address('table=his.own'), 'scan.source-not-allowed'],
  ['a wrong password', () => address('table=his.patient', { password: `${secret}x` }), 'scan.source-login'],
  ['a database that is not there', () => address('schema=his', { database: 'nobody' }), 'scan.source-missing'],
  ['an empty schema', () => address('schema=public'), 'scan.source-empty'],
  ['nobody at the port', () => `postgresql://reader:${secret}@127.0.0.1:1/db`, 'scan.source-unreachable'],
  ['a name that does not resolve', () => `postgresql://reader:${secret}@nobody.invalid/db`, 'scan.source-unreachable'],
  ['a server without TLS', () => address('sslmode=verify-full'), 'scan.source-tls'],
] as const)('%s: refused in words, and an error beside other sources', async ([, source, code]) => {
  const { fileErrors } = await import('../words.ts')
  const refusal = await scanned([source()]).catch((error: unknown) => error as Error)
  expect(refusal).toMatchObject({ code: 'scan.nothing-readable' })
  expect((refusal as Error).message).toContain(fileErrors[code].en)
  expect((refusal as Error).message).toContain('postgresql://')
  expect((refusal as Error).message).not.toContain(secret)
  const file = join(folder, 'other.csv')
  writeFileSync(file, aRegister(20).join('\n'))
  const evidence = await scanned([source(), file])
  expect(evidence.scanned.complete).toBe(false)
  expect(evidence.persons.point).toBe(20)
  expect(new Set(evidence.files.map(({ error }) => error?.code ?? null))).toEqual(new Set([null, code]))
  expect(JSON.stringify(evidence)).not.toContain(secret)
})

test('a password by itself, or from the environment', async () => {
  const bare = address('table=his.patient', { password: '' })
  expect((await scanned([bare], { live: { password: secret } })).persons.point).toBe(300)
  expect((await scanned([bare], { live: { environment: { PGPASSWORD: secret } } })).persons.point).toBe(300)
})

test('a connection lost in the middle: an error, and no row that was not sent', async () => {
  const file = join(folder, 'beside.csv')
  writeFileSync(file, aRegister(20).join('\n'))
  await admin.query(`create or replace view his.slow as
    select "身份证号", case when row_number() over () > 299 then pg_sleep(20)::text end from his.patient`)
  await admin.query('grant select on his.slow to reader')
  // The file beside it is read whatever of the view came in before the end, which is the network's to say.
  const scanning = scanned([address('table=his.slow&table=his.both'), file])
  scanning.catch(() => undefined) // awaited below
  await runningQuery()
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tongguan scan'`)
  const evidence = await scanning
  expect(evidence.scanned.complete).toBe(false)
  expect(found(evidence, shownAs('his.slow'))).toMatchObject({ error: { code: 'scan.source-broke-off' } })
  expect(found(evidence, shownAs('his.slow')).rows).toBeLessThan(300)
  expect(found(evidence, 'beside.csv')).toMatchObject({ rows: 20, error: null })
})

test('a query beyond its time: an error on that table, the next is read', async () => {
  const evidence = await scanned([address('table=his.slow&table=his.both')], { limits: { statementSeconds: 1 } })
  expect(found(evidence, shownAs('his.slow')).error?.code).toBe('scan.source-timeout')
  expect(found(evidence, shownAs('his.both'))).toMatchObject({ rows: 300, error: null })
})

test('aborted: the query ends on its server', async () => {
  const interrupt = new AbortController()
  const scanning = scanned([address('table=his.slow')], { live: { signal: interrupt.signal } })
  const refused = scanning.catch((error: unknown) => error)
  await runningQuery()
  interrupt.abort()
  expect(await refused).toMatchObject({ name: 'AbortError' })
  await expect.poll(queries).toBe(0)
})

test('more than the limit: read up to it, and said', async () => {
  const refusal = await scanned([address('table=his.patient')], { limits: { unpackedBytes: 1000 } }).catch(
    (e: Error) => e,
  )
  expect(refusal).toMatchObject({ code: 'scan.nothing-readable' })
})

test('a server that takes the connection and is silent is given up', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => silent.once('listening', resolve))
  const { port } = silent.address() as { port: number }
  await expect(
    scanned([`postgresql://reader:${secret}@127.0.0.1:${port}/db`], { limits: { connectSeconds: 1 } }),
  ).rejects.toMatchObject({ code: 'scan.nothing-readable' })
  silent.close()
})

async function queries(): Promise<number> {
  const { rows } = await admin.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where application_name = 'tongguan scan' and state = 'active' and query like 'copy%'`,
  )
  return rows[0]?.n ?? 0
}

async function runningQuery(): Promise<void> {
  while ((await queries()) === 0) await wait(20)
}
