// The scanner against the engine's own bare read, against DuckDB and the fastest PII library of npm, side by side in one
// run: each round runs every contestant once, and the medians are compared. Nothing is asserted.
import { DuckDBInstance } from '@duckdb/node-api'
import { Redactor } from '@redactpii/node'
import { openEngine, scan } from '@tongguan/scan'
import type { Engine } from '@tongguan/scan'
import { legalDate } from '@tongguan/law'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
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
    await writeClinic(csv, rows)
    const [half, tenth] = [join(folder, 'half.csv'), join(folder, 'tenth.csv')]
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
    const seconds = await rounds(repeats, {
      bare: () => bareRead(engine, csv),
      bank: () => bankAlone(engine, csv),
      'full pass': () => fullPass(engine, csv, 'full'),
      'full pass, Parquet': () => fullPass(engine, parquet, 'parquet'),
      'full pass, half the rows': () => fullPass(engine, half, 'half'),
      'scan with persons': () => wholeScan(engine, [csv]),
    })
    for (const [name, took] of Object.entries(seconds)) {
      const share = Math.round((100 * (seconds['bare'] ?? 0)) / took)
      console.log(
        `  ${name.padEnd(26)} ${took.toFixed(2).padStart(7)} s ${(megabytes / took).toFixed(0).padStart(6)} MB/s  ${share} % of bare`,
      )
    }
    const ratio = (a: string, b: string) => ((seconds[a] ?? 0) / (seconds[b] ?? 1)).toFixed(2)
    console.log(
      `  twice the rows: ${ratio('full pass', 'full pass, half the rows')} times the time; CSV over Parquet: ${ratio('full pass', 'full pass, Parquet')}`,
    )

    await peers(engine, tenth, repeats)
    await smallFiles(engine, folder, csv, repeats)
    console.log(`  peak memory of tongguan scan, all processes: ${Math.round(await peakMemory(csv, folder))} MB`)
  } finally {
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function rounds(repeats: number, contestants: Readonly<Record<string, () => Promise<unknown>>>) {
  const taken: Record<string, number[]> = {}
  for (let round = 0; round < repeats; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const since = performance.now()
      await run()
      ;(taken[name] ??= []).push((performance.now() - since) / 1000)
    }
  }
  return Object.fromEntries(
    Object.entries(taken).map(([name, all]): [string, number] => [
      name,
      all.sort((a, b) => a - b)[all.length >> 1] ?? 0,
    ]),
  )
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

async function peers(engine: Engine, csv: string, repeats: number): Promise<void> {
  const duck = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect()
  // The same patterns on the same cells; a library of JavaScript gets fewer of them, and speed is compared by the byte.
  const lines = readFileSync(csv, 'utf8').split('\n').slice(1, 5001)
  const cells = lines.flatMap((line) => line.split(','))
  const none = { CREDIT_CARD: false, EMAIL: false, NAME: false, PHONE: false, SSN: false }
  const customRules = bank.map((pattern) => new RegExp(pattern.replaceAll('\\x{', '\\u{'), 'u'))
  const redactor = new Redactor({ rules: none, customRules })
  const literal = (value: string) => `'${value.replaceAll("'", "''")}'`
  const matches = (c: string) => bank.map((pattern) => `regexp_matches(${c}, ${literal(pattern)})`).join(' OR ')
  const sql = `SELECT ${everyColumn((c) => `count(*) FILTER (${matches(c)})`)} FROM read_csv(${literal(csv)}, header = true, all_varchar = true, names = [${columns.map((_, at) => `'c${at}'`).join(', ')}])`
  const seconds = await rounds(Math.min(3, repeats), {
    ours: () => bankAlone(engine, csv),
    duck: () => duck.run(sql),
    npm: () => Promise.resolve(cells.filter((cell) => redactor.redact(cell) !== cell).length),
  })
  const megabytes = statSync(csv).size / 1e6
  const npmMegabytes = Buffer.byteLength(lines.join('\n')) / 1e6
  const ours = megabytes / (seconds['ours'] ?? 1)
  const duckdb = megabytes / (seconds['duck'] ?? 1)
  const npm = npmMegabytes / (seconds['npm'] ?? 1)
  console.log(
    `  CELL bank alone (${bank.length} patterns × ${columns.length} columns): ${ours.toFixed(0)} MB/s; DuckDB, the same: ${duckdb.toFixed(0)} MB/s (${(ours / duckdb).toFixed(1)}×); @redactpii/node, the same: ${npm.toFixed(2)} MB/s (${(ours / npm).toFixed(0)}×)`,
  )
  duck.closeSync()
}

async function smallFiles(engine: Engine, folder: string, csv: string, repeats: number): Promise<void> {
  const lines = readFileSync(csv, 'utf8').split('\n').filter(Boolean)
  const [header = '', ...rows] = lines
  const many = join(folder, 'many')
  mkdirSync(many)
  const files = 10_000
  const each = Math.max(1, Math.floor(rows.length / files))
  for (let at = 0; at < files; at++)
    writeFileSync(join(many, `${at}.csv`), `${[header, ...rows.slice(at * each, (at + 1) * each)].join('\n')}\n`)
  const one = join(folder, 'one.csv')
  writeFileSync(one, `${[header, ...rows.slice(0, files * each)].join('\n')}\n`)
  const seconds = await rounds(Math.min(3, repeats), {
    one: () => wholeScan(engine, [one]),
    many: () => wholeScan(engine, [many]),
  })
  console.log(
    `  ${files} files of ${each} rows: ${seconds['many']?.toFixed(2)} s, the same rows in one file: ${seconds['one']?.toFixed(2)} s (${((seconds['many'] ?? 0) / (seconds['one'] ?? 1)).toFixed(2)}×)`,
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
function treeMegabytes(pid: number): number {
  const parents = new Map<number, number>()
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = readProc(`/proc/${entry}/stat`)
    parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
  }
  const below = (one: number): boolean => one === pid || (parents.has(one) && one > 1 && below(parents.get(one) ?? 0))
  return [...parents.keys()]
    .filter(below)
    .reduce((sum, one) => sum + Number(/VmRSS:\s+(\d+)/.exec(readProc(`/proc/${one}/status`))?.[1] ?? 0) / 1024, 0)
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // A process may end while it is looked at.
    return ''
  }
}
