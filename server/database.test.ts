import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import { afterAll, expect, test, vi } from 'vitest'
import { forEachDatabase } from '../test/databases.ts'
import { makeDurable } from './database-durability.ts'
import { migrate, openDatabase } from './database.ts'

const parent = fs.mkdtempSync(join(tmpdir(), 'tongguan-database-'))
afterAll(() => fs.rmSync(parent, { recursive: true, force: true }))

const first = { id: 'test-1', sql: 'create table fact (n int primary key); insert into fact values (1); select 1;' }
const second = { id: 'test-2', sql: 'alter table fact add column day date' }

forEachDatabase('a database', (open) => {
  test('applies each migration once and in order', async () => {
    const { db } = await open()
    await migrate(db, [first])
    await migrate(db, [first, second])
    await migrate(db, [first, second])
    expect((await sql`select n, day from fact`.execute(db)).rows).toEqual([{ n: 1, day: null }])
    expect((await sql`select id from applied_migration order by id`.execute(db)).rows).toHaveLength(2)
  })

  test('refuses a migration changed after it was applied', async () => {
    const { db } = await open([first])
    await expect(migrate(db, [{ ...first, sql: `${first.sql} ` }])).rejects.toThrow(
      /test-1 was applied .* other contents/,
    )
  })

  test('a migration that fails half way leaves nothing of itself', async () => {
    const { db } = await open([first])
    await expect(migrate(db, [{ id: 'test-3', sql: 'create table half (n int); select 1/0' }])).rejects.toThrow(/zero/)
    expect((await sql`select to_regclass('half') as found`.execute(db)).rows).toEqual([{ found: null }])
    await migrate(db, [{ id: 'test-3', sql: 'create table half (n int)' }])
  })

  test('gives a date as text and a whole number as a number, exactly', async () => {
    const { db } = await open()
    const { rows } = await sql`select date '2026-03-02' as day, count(*) as n, 9007199254740993 as big`.execute(db)
    expect(rows).toEqual([{ day: '2026-03-02', n: 1, big: 9_007_199_254_740_993n }])
  })
})

// --- what the embedded database adds to PGlite -----------------------------------------------------------------

/** The writing, kept open, of this process below `folder`, as the kernel sees it. */
function openForWriting(folder: string): readonly { readonly path: string; readonly dsync: boolean }[] {
  return fs.readdirSync('/proc/self/fd').flatMap((fd) => {
    if (!fs.existsSync(`/proc/self/fd/${fd}`)) return []
    const path = fs.readlinkSync(`/proc/self/fd/${fd}`)
    const flags = parseInt(/flags:\s*(\d+)/.exec(fs.readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '0', 8)
    const writable = (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) !== 0
    return path.startsWith(`${folder}/`) && writable ? [{ path, dsync: (flags & fs.constants.O_DSYNC) !== 0 }] : []
  })
}

test('PGlite alone syncs nothing; opened by us, the kernel syncs every write', async () => {
  const folder = join(parent, 'durable')
  const syncs = vi.spyOn(fs, 'fsyncSync')
  const write = async (database: Awaited<ReturnType<typeof openDatabase>>) => {
    syncs.mockClear()
    await migrate(database.db, [first])
    await sql`checkpoint`.execute(database.db)
  }

  const durable = await openDatabase({ folder })
  await write(durable)
  const files = openForWriting(folder)
  expect(files.map(({ path }) => path)).toContainEqual(expect.stringContaining('/pg_wal/'))
  expect(files.filter(({ dsync }) => !dsync)).toEqual([])
  expect(syncs.mock.calls.length).toBeGreaterThan(0)
  await durable.close()

  // The control: the same PGlite on a copy, opened past us.
  const { PGlite } = await import('@electric-sql/pglite')
  fs.cpSync(folder, `${folder}-control`, { recursive: true })
  const alone = await PGlite.create(`${folder}-control`)
  syncs.mockClear()
  await alone.exec('create table other (n int primary key); insert into other values (1); checkpoint')
  const control = openForWriting(`${folder}-control`)
  expect(control.length).toBeGreaterThan(0)
  expect(control.filter(({ dsync }) => dsync)).toEqual([])
  expect(syncs).not.toHaveBeenCalled()
  await alone.close()
  syncs.mockRestore()
})

test('a name that appears, moves or goes is synced with its folder, in a durable folder only', () => {
  const [inside, outside] = [join(parent, 'names'), join(parent, 'elsewhere')]
  fs.mkdirSync(inside)
  fs.mkdirSync(outside)
  const end = makeDurable(inside)
  const syncs = vi.spyOn(fs, 'fsyncSync')
  const syncsOf = (act: () => void) => {
    syncs.mockClear()
    act()
    return syncs.mock.calls.length
  }
  expect(syncsOf(() => fs.closeSync(fs.openSync(join(outside, 'a'), 'w')))).toBe(0)
  expect(syncsOf(() => fs.closeSync(fs.openSync(join(inside, 'a'), 'w')))).toBe(1)
  expect(syncsOf(() => fs.closeSync(fs.openSync(join(inside, 'a'), 'w')))).toBe(0)
  expect(syncsOf(() => fs.writeFileSync(join(inside, 'b'), 'x'))).toBe(2)
  expect(syncsOf(() => fs.renameSync(join(inside, 'b'), join(inside, 'c')))).toBe(2)
  expect(syncsOf(() => fs.truncateSync(join(inside, 'c'), 0))).toBeGreaterThanOrEqual(1)
  expect(syncsOf(() => fs.unlinkSync(join(inside, 'c')))).toBe(1)
  expect(syncsOf(() => fs.mkdirSync(join(inside, 'd')))).toBe(1)
  expect(syncsOf(() => fs.rmdirSync(join(inside, 'd')))).toBe(1)
  end()
  expect(syncsOf(() => fs.writeFileSync(join(inside, 'e'), 'x'))).toBe(0)
  syncs.mockRestore()
})

test('a second process on the same folder is refused in one sentence, and the first keeps its data', async () => {
  const folder = join(parent, 'shared')
  const kept = await openDatabase({ folder })
  await migrate(kept.db, [first])
  const { code, lines } = await child(folder, 0).ended
  expect(lines).toEqual(['database.in-use'])
  expect(code).toBe(2)
  await expect(openDatabase({ folder })).rejects.toMatchObject({
    code: 'database.in-use',
    words: { zh: expect.stringContaining('正被另一个'), en: expect.stringContaining('is in use by another') },
  })
  expect((await sql`select n from fact`.execute(kept.db)).rows).toEqual([{ n: 1 }])
  await kept.close()
})

test('killed at any moment, the writer loses nothing it acknowledged, and the lock goes with it', async () => {
  const killed = await Promise.all([
    killAgainAndAgain(join(parent, 'killed-a'), [1, 3, 8, 21, 55]),
    killAgainAndAgain(join(parent, 'killed-b'), [2, 5, 13, 34, 89]),
  ])
  for (const { acknowledged, kept, last } of killed) {
    expect(acknowledged).toBeGreaterThanOrEqual(88)
    expect(kept).toBeGreaterThanOrEqual(acknowledged)
    // Committed, but killed before it could say so: at most one row a kill. The numbers leave no gap.
    expect(kept).toBeLessThanOrEqual(acknowledged + 5)
    expect(kept).toBe(last)
  }
})

async function killAgainAndAgain(folder: string, killedAfterRows: readonly number[]) {
  let acknowledged = 0
  for (const rows of killedAfterRows) {
    const { lines, signal } = await child(folder, rows).ended
    expect(signal).toBe('SIGKILL')
    acknowledged += lines.length
  }
  const reopened = await openDatabase({ folder })
  const { rows } = await sql<{ kept: number; last: number }>`select count(*) as kept, max(n) as last from fact`.execute(
    reopened.db,
  )
  await reopened.close()
  const [row] = rows
  if (row === undefined) throw new Error('an aggregate gives one row')
  return { acknowledged, ...row }
}

test('a database half made by a process that died is made anew', async () => {
  const folder = join(parent, 'half')
  fs.mkdirSync(`${folder}.new/base`, { recursive: true })
  const made = await openDatabase({ folder })
  await made.close()
  expect(fs.existsSync(`${folder}.new`)).toBe(false)
  expect(openForWriting(folder)).toEqual([])
})

/** A process that opens the folder and says each row it has committed; killed with SIGKILL after so many. */
function child(folder: string, killAfter: number) {
  const running = spawn(process.execPath, ['--input-type=module-typescript', '--eval', writer, folder], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' },
  })
  const lines: string[] = []
  createInterface({ input: running.stdout }).on('line', (line) => {
    if (lines.push(line) === killAfter) running.kill('SIGKILL')
  })
  const ended = new Promise<{ code: number | null; signal: string | null; lines: readonly string[] }>((resolve) => {
    running.on('close', (code, signal) => resolve({ code, signal, lines }))
  })
  return { ended }
}

const writer = `
  import { writeSync } from 'node:fs'
  import { sql } from 'kysely'
  import { migrate, openDatabase } from ${JSON.stringify(join(import.meta.dirname, 'database.ts'))}
  try {
    const { db } = await openDatabase({ folder: process.argv[1] })
    await migrate(db, [{ id: 'rows', sql: 'create table fact (n int primary key)' }])
    for (;;) {
      const { rows } = await sql\`insert into fact select coalesce(max(n), 0) + 1 from fact returning n\`.execute(db)
      writeSync(1, rows[0].n + '\\n')
    }
  } catch (error) {
    writeSync(1, error.code + '\\n')
    process.exit(2)
  }
`
