// Each transform beside the engine's bare copy of the same bytes in the same run, and the search for k on Adult.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { entropyLoss, searchLattice } from '@tongguan/gate'
import type { ColumnRule } from '@tongguan/gate'
import { equalRows, openEngine } from '@tongguan/scan'
import type { Engine } from '@tongguan/scan'
import { crowd } from '../examples/people.ts'
import { aFile, anEvidence } from '../gate/makers.ts'
import { hashFile } from '../gate/private-copy.ts'
import { numbered } from '../gate/transforms/propose.ts'
import { transformFiles } from '../gate/transforms/transform-files.ts'
import { root } from './start.mjs'

const name = 'patients.csv'

/** One column treated, the others kept: what each costs in a file of ten columns. */
const tried: readonly (readonly [string, string, ColumnRule])[] = [
  ['keep', 'ward', { do: 'keep' }],
  ['suppress', 'note', { do: 'suppress' }],
  ['mask', 'mobile', { do: 'mask', first: 3, last: 4 }],
  ['keyed hash (SHA-256)', 'id_no', { do: 'keyed-hash' }],
  ['keyed hash (SM3)', 'id_no', { do: 'keyed-hash', with: 'sm3' }],
  ['format-preserving, resident ID', 'id_no', { do: 'format-preserving', of: 'national_id' }],
  ['format-preserving, mobile', 'mobile', { do: 'format-preserving', of: 'mobile' }],
  ['generalise a date', 'born', { do: 'generalise', to: 'decade' }],
  ['shift a date', 'visited', { do: 'date-shift', days: 50 }],
  ['noise', 'weight', { do: 'noise', deviation: 2, decimals: 1 }],
  ['bounds', 'weight', { do: 'bounds', bottom: 45, top: 90 }],
  ['spans of text', 'note', { do: 'spans', alsoOf: ['name'] }],
]

export async function benchTransforms({ megabytes }: { readonly megabytes: number }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tongguan-bench-transforms-'))
  const engine = await openEngine()
  try {
    mkdirSync(join(folder, 'data'))
    const path = join(folder, 'data', name)
    const columns = writePatients(path, megabytes << 20)
    const size = statSync(path).size / 1e6
    const bytes = readFileSync(path)
    const copy = await seconds(async () => copyBare(engine, bytes, columns.length))
    console.log(
      `transforms: ${size.toFixed(0)} MB of ${columns.length} columns; the engine’s bare copy (CSV parsed and written) ${rate(size, copy)}`,
    )
    const original = await hashFile(path)
    for (const [label, column, rule] of tried) {
      const file = { name, bytes: original.bytes, sha256: original.sha256 }
      const rules = Object.fromEntries(columns.map((one): [string, ColumnRule] => [one, { do: 'keep' }]))
      const part = { match: name, person: 'id_no', columns: { ...rules, [column]: rule } }
      const recipe = { schema: 'tongguan/recipe/1', id: 'bench', recipient: 'abroad', files: [part] } as const
      const evidence = anEvidence({ files: [aFile({ path: name, ...original })] })
      const spent = await seconds(
        async () => transformFiles(folder, [file], { evidence, by: { recipe, key: Buffer.alloc(32, 7) } }),
        () => writeFileSync(path, bytes),
      )
      console.log(`transforms: ${label} ${rate(size, spent)}, ${Math.round((copy / spent) * 100)} % of the bare copy`)
    }
    console.log(`transforms: peak memory of this process ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
    await benchSearch(engine)
  } finally {
    await engine.close()
    rmSync(folder, { recursive: true })
  }
}

const rate = (megabytes: number, spent: number) => `${(megabytes / spent).toFixed(1)} MB/s`

/** The best of three; the engine works in a process of its own, so it is the clock that is read. */
async function seconds(work: () => Promise<unknown>, before: () => void = () => undefined): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3; round++) {
    before()
    const since = performance.now()
    await work()
    best = Math.min(best, (performance.now() - since) / 1000)
  }
  return best
}

async function copyBare(engine: Engine, bytes: Buffer, columns: number): Promise<void> {
  const structure = Array.from({ length: columns }, (_, at) => `c${at} String`).join(', ')
  // Written out and summed: what leaves the engine would be measured by the pipe it leaves through.
  const sql = `SELECT sum(cityHash64(formatRow('CSV', *))) FROM file({input0:String}, 'CSV', {structure:String})`
  await engine.read(sql, { structure }, async (write) => void (await write([bytes])))
}

function writePatients(path: string, bytes: number): readonly string[] {
  const personAt = crowd(3, { from: '1940-01-01', to: '1999-12-31' })
  const columns = ['id_no', 'name', 'mobile', 'born', 'sex', 'ward', 'visited', 'weight', 'code', 'note']
  const rows = Array.from({ length: 5_000 }, (_, at) => {
    const { residentId, name: called, mobile, born, sex } = personAt(at)
    const note = `患者${called}，电话 ${mobile}，复诊，血压平稳`
    const cells = [residentId, called, mobile, born, sex, `W${at % 9}`, `2026-03-${10 + (at % 20)}`]
    return [...cells, (50 + (at % 40)).toFixed(1), `C${at}`, `"${note}"`].join(',')
  })
  const chunk = `${rows.join('\n')}\n`
  const times = Math.max(1, Math.floor(bytes / Buffer.byteLength(chunk)))
  writeFileSync(path, `${columns.join(',')}\n${chunk.repeat(times)}`)
  return columns
}

// --- the search for k ---------------------------------------------------------------------------------------------------

const adult = join(root, '..', '..', 'shared', 'data', 'risk-adult-arx')

/** In the order the published levels are given in. */
const adultColumns = 'sex age race marital-status education native-country workclass occupation salary-class'.split(' ')

const published = [
  { k: 5, suppressed: 0.04, levels: '1 0 1 1 3 2 2 0 1', loss: 255559.85 },
  { k: 100, suppressed: 0.04, levels: '1 1 1 1 3 2 2 1 1', loss: 379417.35 },
  { k: 5, suppressed: 0, levels: '1 2 1 1 3 2 2 1 1', loss: 407289.54 },
] as const

async function benchSearch(engine: Engine): Promise<void> {
  const folder = [adult, '/work/shared/data/risk-adult-arx'].find((one) => existsSync(one))
  if (folder === undefined) {
    console.log('transforms: the Adult data are not here; the search was not measured')
    return
  }
  const read = (file: string) =>
    readFileSync(join(folder, file), 'utf8')
      .trimEnd()
      .split(/\r?\n/)
      .map((line) => line.split(';'))
  const [head = [], ...rows] = read('adult.csv')
  const columns = adultColumns.map((column) => {
    const at = head.indexOf(column)
    const hierarchy = read(`hierarchies/adult_hierarchy_${column}.csv`)
    const values = hierarchy.map(([value = '']) => value)
    const numbers = new Map(values.map((value, number) => [value, number]))
    const cells = rows.map((row) => numbers.get(row[at] ?? '') ?? 0)
    const valueAt = (hierarchy[0] ?? []).map((_, level) => numbered(hierarchy.map((line) => line[level] ?? '')))
    const sizes = values.map(() => 0)
    for (const cell of cells) sizes[cell] = (sizes[cell] ?? 0) + 1
    return { cells, valueAt, lossAt: entropyLoss(sizes, valueAt) }
  })
  const table = await equalRows(engine, { rows: rows.map(() => 1), values: columns.map(({ cells }) => cells) })
  for (const { k, suppressed, levels, loss } of published) {
    const since = performance.now()
    const found = await searchLattice(
      columns.map(({ lossAt }) => lossAt),
      async (at) =>
        (await table.below(
          k,
          at.map((level, c) => columns[c]?.valueAt[level] ?? []),
        )) <=
        suppressed * rows.length,
    )
    const spent = ((performance.now() - since) / 1000).toFixed(1)
    const got = found === undefined ? 'nothing' : `${found.levels.join(' ')}, loss ${found.loss.toFixed(2)}`
    const isSame = found?.levels.join(' ') === levels && found.loss.toFixed(2) === loss.toFixed(2)
    console.log(
      `transforms: Adult, ${rows.length} rows, k = ${k}, ${100 * suppressed} % suppressed: ${got} (${isSame ? 'as published' : `published ${levels}, ${loss}`}); ${found?.asked} of ${found?.places} places asked, ${spent} s`,
    )
  }
  await table.close()
}
