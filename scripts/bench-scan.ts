// The scanner against the engine's own bare read, against DuckDB and the fastest PII library of npm, side by side in one
// run: each round runs every contestant once, and the medians are compared, by the clock and by CPU seconds, which other
// work on the machine disturbs less. Each line says what is wanted; nothing is asserted.
import { DuckDBInstance } from '@duckdb/node-api'
import { Redactor } from '@redactpii/node'
import { openEngine, scan } from '@tongguan/scan'
import type { Engine } from '@tongguan/scan'
import { legalDate } from '@tongguan/law'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { countTable } from '../scan/columns.ts'
import { usualLimits } from '../scan/bytes.ts'
import { detectors } from '../scan/detectors/index.ts'
import type { Detector } from '../scan/detectors/index.ts'
import { listFiles, recognise } from '../scan/sources.ts'
import { openTable } from '../scan/tables.ts'
import type { Table } from '../scan/tables.ts'
import { passingKey } from '../server/counting-key.ts'
import { columns, writeClinic } from './bench-clinic.ts'
import { root } from './start.mjs'

export interface ScanBenchOptions {
  readonly rows: number
  readonly repeats: number
}

export async function benchScan({ rows, repeats }: ScanBenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tongguan-bench-'))
  const engine = await openEngine({ contain: 'process' })
  try {
    const csv = join(folder, 'clinic.csv')
    const [half, tenth] = [join(folder, 'half.csv'), join(folder, 'tenth.csv')]
    await writeClinic(csv, rows)
    await writeClinic(half, rows / 2)
    await writeClinic(tenth, rows / 10)
    const parquet = join(folder, 'clinic.parquet')
    await engine.query(
      `INSERT INTO FUNCTION file({parquet:String}, 'Parquet') SELECT * FROM file({csv:String}, 'CSVWithNames', {structure:String})`,
      { parquet, csv, structure: columns.map((name) => `\`${name}\` String`).join(', ') },
    )
    const megabytes = statSync(csv).size / 1e6
    console.log(
      `scan: dense Chinese clinical CSV, ${rows} rows × ${columns.length} columns, ${megabytes.toFixed(0)} MB; medians of ${repeats}`,
    )
    // The engine compiles the bank once, for each way it is asked.
    await fullPass(engine, tenth, 'first')
    await bankAlone(engine, tenth)
    const spent = await rounds(repeats, {
      'bare read': () => bareRead(engine, csv),
      'full pass': () => fullPass(engine, csv, 'full'),
      'full pass, half the rows': () => fullPass(engine, half, 'half'),
      'full pass, Parquet': () => fullPass(engine, parquet, 'parquet'),
    })
    // It joins persons and measures their risk besides, which takes several times the pass.
    const whole = await rounds(Math.min(2, repeats), { 'scan with persons and risk': () => wholeScan(engine, [csv]) })
    for (const [name, { wall, engine, ours }] of Object.entries<Spent>({ ...spent, ...whole })) {
      console.log(
        `  ${name.padEnd(28)} ${wall.toFixed(2).padStart(7)} s ${(megabytes / wall).toFixed(0).padStart(6)} MB/s   CPU: engine ${engine.toFixed(2)} s, reading and hashing ${ours.toFixed(2)} s`,
      )
    }
    const [bare, full] = [spent['bare read'], spent['full pass']]
    const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(0)} %`
    line(
      'full pass, of the bare read (≥ 35 %)',
      `${percent(bare.wall, full.wall)} by the clock, ${percent(bare.engine, full.engine)} by the CPU of the engine, ${percent(bare.engine + bare.ours, full.engine + full.ours)} by all CPU`,
    )
    line('Parquet faster than CSV (> 1)', times(full, spent['full pass, Parquet']))
    line('twice the rows (≤ 2.1)', times(full, spent['full pass, half the rows']))
    await peers(engine, tenth, repeats)
    await smallFiles(engine, folder, tenth, repeats)
    line(
      'peak memory of `tongguan scan`, all its processes (< 2000 MB)',
      `${Math.round(await peakMemory(csv, folder))} MB`,
    )
  } finally {
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const line = (what: string, found: string) => console.log(`  ${what}: ${found} (load ${loadavg()[0]?.toFixed(1)})`)

/** Seconds: by the clock, of the engine's process, of this one. */
interface Spent {
  readonly wall: number
  readonly engine: number
  readonly ours: number
}

const times = (one: Spent, other: Spent): string =>
  `${(one.wall / other.wall).toFixed(2)}× by the clock, ${((one.engine + one.ours) / (other.engine + other.ours)).toFixed(2)}× by CPU`

/** Each round runs every contestant once; the median of each figure on its own. */
async function rounds<Name extends string>(
  repeats: number,
  contestants: Readonly<Record<Name, () => Promise<unknown>>>,
): Promise<Record<Name, Spent>> {
  const taken = new Map<string, Spent[]>()
  for (let round = 0; round < repeats; round++) {
    for (const [name, run] of Object.entries<() => Promise<unknown>>(contestants)) {
      process.stderr.write(`\r  round ${round + 1} of ${repeats}: ${name.padEnd(40)}`)
      const [since, engine, own] = [performance.now(), secondsBelow(process.pid), process.cpuUsage()]
      await run()
      const { user, system } = process.cpuUsage(own)
      const spent = {
        wall: (performance.now() - since) / 1000,
        engine: secondsBelow(process.pid) - engine,
        ours: (user + system) / 1e6,
      }
      taken.set(name, [...(taken.get(name) ?? []), spent])
    }
  }
  process.stderr.write(`\r${' '.repeat(60)}\r`)
  const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0
  // Every contestant ran.
  return Object.fromEntries(
    [...taken].map(([name, all]) => [
      name,
      {
        wall: median(all.map(({ wall }) => wall)),
        engine: median(all.map(({ engine }) => engine)),
        ours: median(all.map(({ ours }) => ours)),
      },
    ]),
  ) as Record<Name, Spent>
}

// --- ours --------------------------------------------------------------------------------------------------------------

const structure = () => columns.map((_, at) => `c${at} String`).join(', ')
const everyColumn = (sql: (column: string) => string) => columns.map((_, at) => sql(`c${at}`)).join(', ')
const bank = (detectors as readonly Detector[]).map(({ cell }) => cell)

function bareRead(engine: Engine, csv: string) {
  const sql = `SELECT ${everyColumn((c) => `sum(length(${c}))`)} FROM file({csv:String}, 'CSV', {structure:String})`
  return engine.query(sql, { csv, structure: structure() })
}

/** Every pattern of the CELL bank on every cell, and how many cells match any; the file is read as a scan reads it. */
async function bankAlone(engine: Engine, csv: string) {
  const table = await openOne(engine, csv, 'bank')
  const sql = (rows: string) =>
    `SELECT ${everyColumn((c) => `countIf(multiMatchAny(${c}, {bank:Array(String)}))`)} FROM ${rows}`
  return table.read(sql, { params: { bank } })
}

let place = 0

/** Every cell, every detector, checks, exact counts, exact distinct identifiers: what the evidence says of the columns. */
async function fullPass(engine: Engine, path: string, name: string) {
  await countTable(await openOne(engine, path, name))
  rmSync(join(engine.folder, `${name}${place - 1}.parquet`), { force: true })
}

async function openOne(engine: Engine, path: string, name: string): Promise<Table> {
  const [file] = await listFiles([path])
  if (file === undefined) throw new RangeError(`${path} is not there`)
  const shape = await recognise(file)
  if ('error' in shape) throw new RangeError(`${path}: ${shape.error}`)
  if ('take' in shape) throw new RangeError(`${path} is no table`)
  return openTable(engine, file, shape, `${name}${place++}`, usualLimits)
}

function wholeScan(engine: Engine, paths: readonly string[]) {
  const { key, epoch } = passingKey('2026')
  return scan(engine, paths, { on: legalDate('2026-11-23'), key, keyEpoch: epoch })
}

// --- others ------------------------------------------------------------------------------------------------------------

/**
 * DuckDB with the same patterns on the same cells. The library of npm twice: as it comes, with its five kinds, and with our
 * patterns as rules of its own; it is slow enough for a part of the rows, and compared by the byte.
 */
async function peers(engine: Engine, csv: string, repeats: number): Promise<void> {
  const duck = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect()
  const lines = readFileSync(csv, 'utf8').split('\n').slice(1)
  const some = { own: lines.slice(0, 20_000), ours: lines.slice(0, 1000) }
  const cellsOf = (of: readonly string[]) => of.flatMap((row) => row.split(','))
  const cells = { own: cellsOf(some.own), ours: cellsOf(some.ours) }
  const none = { CREDIT_CARD: false, EMAIL: false, NAME: false, PHONE: false, SSN: false }
  const customRules = bank.map((pattern) => new RegExp(pattern.replaceAll('\\x{', '\\u{'), 'u'))
  const redactors = { own: new Redactor(), ours: new Redactor({ rules: none, customRules }) }
  const redacted = (which: 'own' | 'ours') =>
    Promise.resolve(cells[which].filter((cell) => redactors[which].redact(cell) !== cell).length)
  const literal = (value: string) => `'${value.replaceAll("'", "''")}'`
  const matches = (c: string) => bank.map((pattern) => `regexp_matches(${c}, ${literal(pattern)})`).join(' OR ')
  const sql = `SELECT ${everyColumn((c) => `count(*) FILTER (${matches(c)})`)} FROM read_csv(${literal(csv)}, header = true, all_varchar = true, names = [${columns.map((_, at) => `'c${at}'`).join(', ')}])`
  const spent = await rounds(Math.min(3, repeats), {
    tongguan: () => bankAlone(engine, csv),
    DuckDB: () => duck.run(sql),
    'npm library': () => redacted('own'),
    'npm library, our patterns': () => redacted('ours'),
  })
  duck.closeSync()
  const bytesOf = (of: readonly string[]) => Buffer.byteLength(of.join('\n'))
  const perSecond = (bytes: number, { wall, engine, ours }: Spent) =>
    [wall, engine + ours].map((seconds) => bytes / 1e6 / seconds) as [number, number]
  const [byClock, byCpu] = perSecond(statSync(csv).size, spent.tongguan)
  console.log(
    `  CELL bank alone, ${bank.length} patterns × ${columns.length} columns: ${byClock.toFixed(0)} MB/s, ${byCpu.toFixed(0)} MB a CPU second`,
  )
  const against = (what: string, [clock, cpu]: [number, number]) =>
    line(
      `  against ${what}`,
      `${(byClock / clock).toFixed(1)}× by the clock (${clock.toFixed(2)} MB/s), ${(byCpu / cpu).toFixed(1)}× by CPU`,
    )
  against('DuckDB, the same patterns (≥ 5)', perSecond(statSync(csv).size, spent.DuckDB))
  against('@redactpii/node as it comes, five kinds of its own', perSecond(bytesOf(some.own), spent['npm library']))
  against(
    '@redactpii/node, the same patterns (≥ 20)',
    perSecond(bytesOf(some.ours), spent['npm library, our patterns']),
  )
}

async function smallFiles(engine: Engine, folder: string, csv: string, repeats: number): Promise<void> {
  const [header = '', ...rows] = readFileSync(csv, 'utf8').split('\n').filter(Boolean)
  const many = join(folder, 'many')
  mkdirSync(many)
  const files = 10_000
  const each = Math.max(1, Math.floor(rows.length / files))
  for (let at = 0; at < files; at++)
    writeFileSync(join(many, `${at}.csv`), `${[header, ...rows.slice(at * each, (at + 1) * each)].join('\n')}\n`)
  const one = join(folder, 'one.csv')
  writeFileSync(one, `${[header, ...rows.slice(0, files * each)].join('\n')}\n`)
  const spent = await rounds(Math.min(3, repeats), {
    one: () => wholeScan(engine, [one]),
    many: () => wholeScan(engine, [many]),
  })
  line(
    `${files} files of ${each} rows against the same rows in one file (≤ 2)`,
    `${times(spent.many, spent.one)} (${spent.many.wall.toFixed(2)} s, ${spent.one.wall.toFixed(2)} s)`,
  )
}

async function peakMemory(csv: string, folder: string): Promise<number> {
  const child = spawn(process.execPath, [join(root, 'cli/main.ts'), 'scan', csv, '--out', join(folder, 'e.json')], {
    stdio: 'ignore',
  })
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, treeMegabytes(child.pid ?? 0))), 50)
  await once(child, 'close')
  clearInterval(watch)
  return peak
}

/** Resident memory of a process and all below it; pages they share are counted for each. */
const treeMegabytes = (pid: number): number =>
  [pid, ...processesBelow(pid)].reduce(
    (sum, one) => sum + Number(/VmRSS:\s+(\d+)/.exec(readProc(`/proc/${one}/status`))?.[1] ?? 0) / 1024,
    0,
  )

/** CPU seconds of all processes below this one, its own left out. */
const secondsBelow = (pid: number): number =>
  processesBelow(pid).reduce((sum, one) => {
    const [user = 0, system = 0] = statOf(one).slice(11, 13).map(Number)
    return sum + (user + system) / ticksPerSecond
  }, 0)

// Linux counts in hundredths for whoever asks through /proc.
const ticksPerSecond = 100

/** What /proc says of a process after its name, which may have spaces in it: state, parent … */
function statOf(pid: number): string[] {
  const stat = readProc(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function processesBelow(pid: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((entry) => [Number(entry), Number(statOf(Number(entry))[1])]),
  )
  const isBelow = (one: number): boolean => {
    const parent = parents.get(one)
    return parent === pid || (parent !== undefined && parent > 1 && isBelow(parent))
  }
  return [...parents.keys()].filter(isBelow)
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // A process may end while it is looked at.
    return ''
  }
}
