// The scanner against the engine's own bare read, against DuckDB and the fastest PII library of npm, side by side in one
// run: each round runs every contestant once, and the medians are compared. Nothing is asserted.
import { DuckDBInstance } from '@duckdb/node-api'
import { Redactor } from '@redactpii/node'
import { openEngine, scan } from '@tongguan/scan'
import type { Engine } from '@tongguan/scan'
import { legalDate } from '@tongguan/law'
import { spawn } from 'node:child_process'
import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countTable } from '../scan/columns.ts'
import { usualLimits } from '../scan/bytes.ts'
import { detectors } from '../scan/detectors/index.ts'
import type { Detector } from '../scan/detectors/index.ts'
import { listFiles, recognise } from '../scan/sources.ts'
import { openTable } from '../scan/tables.ts'
import { passingKey } from '../server/counting-key.ts'
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

/** Every pattern of the CELL bank on every cell, and how many cells match any. */
function bankAlone(engine: Engine, csv: string) {
  const sql = `SELECT ${everyColumn((c) => `countIf(multiMatchAny(${c}, {bank:Array(String)}))`)} FROM file({csv:String}, 'CSV', {structure:String})`
  return engine.query(sql, { csv, structure: structure(), bank })
}

let place = 0

/** Every cell, every detector, checks, exact counts, exact distinct identifiers: what the evidence says of the columns. */
async function fullPass(engine: Engine, path: string, name: string) {
  const [file] = await listFiles([path])
  if (file === undefined) throw new RangeError(`${path} is not there`)
  const shape = await recognise(file)
  if ('error' in shape) throw new RangeError(`${path}: ${shape.error}`)
  if ('take' in shape) throw new RangeError(`${path} is no table`)
  await countTable(await openTable(engine, file, shape, `${name}${place++}`, usualLimits))
  rmSync(join(engine.folder, `${name}${place - 1}.parquet`), { force: true })
}

function wholeScan(engine: Engine, paths: readonly string[]) {
  const { key, epoch } = passingKey('2026')
  return scan(engine, paths, { on: legalDate('2026-11-23'), key, keyEpoch: epoch })
}

// --- others ------------------------------------------------------------------------------------------------------------

async function peers(engine: Engine, csv: string, repeats: number): Promise<void> {
  const duck = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect()
  const text = readFileSync(csv, 'utf8').split('\n').slice(1, 20_001)
  const redactor = new Redactor()
  const literal = (value: string) => `'${value.replaceAll("'", "''")}'`
  const matches = (c: string) => bank.map((pattern) => `regexp_matches(${c}, ${literal(pattern)})`).join(' OR ')
  const sql = `SELECT ${everyColumn((c) => `count(*) FILTER (${matches(c)})`)} FROM read_csv(${literal(csv)}, header = true, all_varchar = true, names = [${columns.map((_, at) => `'c${at}'`).join(', ')}])`
  const seconds = await rounds(Math.min(3, repeats), {
    ours: () => bankAlone(engine, csv),
    duck: () => duck.run(sql),
    npm: () => Promise.resolve(text.filter((line) => redactor.redact(line) !== line).length),
  })
  const megabytes = statSync(csv).size / 1e6
  const npmMegabytes = Buffer.byteLength(text.join('\n')) / 1e6
  const ours = megabytes / (seconds['ours'] ?? 1)
  const duckdb = megabytes / (seconds['duck'] ?? 1)
  const npm = npmMegabytes / (seconds['npm'] ?? 1)
  console.log(
    `  CELL bank alone (${bank.length} patterns × ${columns.length} columns): ${ours.toFixed(0)} MB/s; DuckDB, the same: ${duckdb.toFixed(0)} MB/s (${(ours / duckdb).toFixed(1)}×); @redactpii/node, its own five kinds on whole lines: ${npm.toFixed(1)} MB/s (${(ours / npm).toFixed(0)}×)`,
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

// --- the data ----------------------------------------------------------------------------------------------------------

const columns = [
  '姓名',
  '身份证号',
  '性别',
  '出生日期',
  '手机号',
  '电子邮箱',
  '现住址',
  '银行卡号',
  '病案号',
  '就诊日期',
  '诊断编码',
  '诊断名称',
  '病程记录',
  '检验结果',
  '登录IP',
]

/** Invented patients, every row full; the same rows each time. */
async function writeClinic(path: string, rows: number): Promise<void> {
  const out = createWriteStream(path, { highWaterMark: 1 << 22 })
  out.write(`${columns.join(',')}\n`)
  let state = 20_261_123
  const below = (n: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % n
  }
  const two = (n: number) => String(n).padStart(2, '0')
  const digits = (n: number, length: number) => String(below(n)).padStart(length, '0')
  const one = <T>(of: readonly T[]): T => of[below(of.length)] as T
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const idOf = (born: string) => {
    const first = `${one(['110105', '310104', '440106', '330108', '510107'])}${born}${digits(1000, 3)}`
    return first + '10X98765432'.charAt(weights.reduce((sum, weight, at) => sum + weight * Number(first[at]), 0) % 11)
  }
  const cardOf = () => {
    const first = `622${digits(1e8, 8)}${digits(1e7, 7)}`
    const sum = [...first].toReversed().reduce((total, digit, at) => {
      const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1)
      return total + (doubled > 9 ? doubled - 9 : doubled)
    }, 0)
    return `${first}${(10 - (sum % 10)) % 10}`
  }
  const names = [
    [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗'],
    [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国'],
  ] as const
  const illnesses = [
    ['I10.x00', '原发性高血压'],
    ['E11.900', '2型糖尿病'],
    ['J18.900', '肺炎'],
    ['K29.500', '慢性胃炎'],
    ['N18.900', '慢性肾脏病'],
    ['C34.900', '支气管恶性肿瘤'],
  ] as const
  const notes = [
    '患者诉反复头晕三月余，血压最高',
    '既往体健，否认药物过敏史，血糖',
    '咳嗽咳痰一周，伴发热，脉搏',
    '随访中，家属陪同，目前病情平稳，心率',
  ] as const
  let piece: string[] = []
  for (let row = 0; row < rows; row++) {
    const [year, month, day] = [String(1940 + below(80)), two(1 + below(12)), two(1 + below(28))]
    const [code, illness] = one(illnesses)
    piece.push(
      [
        one(names[0]) + one(names[1]) + (below(2) === 0 ? '' : one(names[1])),
        idOf(year + month + day),
        one(['男', '女']),
        `${year}-${month}-${day}`,
        `${one(['138', '139', '150', '186', '177'])}${digits(1e8, 8)}`,
        `u${below(1e7)}@example.com`,
        `北京市朝阳区建国路${1 + below(200)}号院${1 + below(30)}号楼${1 + below(6)}单元${100 + below(2000)}室`,
        cardOf(),
        `M${digits(1e8, 8)}`,
        `2026-0${1 + below(9)}-${two(1 + below(28))}`,
        code,
        illness,
        `${one(notes)}${90 + below(90)}，建议继续口服药物治疗，两周后复诊，不适随诊。`,
        (below(9000) / 100).toFixed(2),
        `10.${below(256)}.${below(256)}.${below(256)}`,
      ].join(','),
    )
    if (piece.length < 5000) continue
    if (!out.write(`${piece.join('\n')}\n`)) await once(out, 'drain')
    piece = []
  }
  out.end(piece.length === 0 ? '' : `${piece.join('\n')}\n`)
  await once(out, 'close')
}
