import * as fc from 'fast-check'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TableRisk } from '@tongguan/law'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { usualLimits } from './bytes.ts'
import { openEngine } from './engine.ts'
import { equalRows } from './equal-rows.ts'
import type { Engine } from './engine.ts'
import { aName, anId, someOptions } from './makers.ts'
import { measureRisk } from './risk.ts'
import { scan } from './scan.ts'
import { ShapeMemory, listFiles } from './sources.ts'
import { openTable } from './tables.ts'

let folder = ''
let engine: Engine
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tongguan-risk-'))
  engine = await openEngine()
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Measures columns of a file by their names, whatever kinds they are. */
async function riskOf(path: string, quasi: readonly string[], sensitive: readonly string[] = []): Promise<TableRisk> {
  const [file] = await listFiles([path])
  if (file === undefined) throw new Error(path)
  const shape = await new ShapeMemory().recognise(file, usualLimits)
  if (!('format' in shape)) throw new Error(`${path} is no table`)
  const table = await openTable(engine, file, shape, 'risk', usualLimits)
  const named = (name: string) => ({ column: `c${table.names.indexOf(name)}`, name })
  const risk = await measureRisk(engine, {
    table,
    members: undefined,
    file: file.path,
    files: 1,
    chosen: 'stated',
    directIdentifiers: [],
    quasi: quasi.map(named),
    sensitive: sensitive.map((name) => ({ ...named(name), distinct: 100 })),
    rows: 1000,
  })
  if (risk === undefined) throw new Error('nothing to measure')
  return risk
}

async function riskOfRows(header: string, rows: readonly string[], sensitive: readonly string[] = []) {
  const path = join(folder, 'rows.csv')
  writeFileSync(path, [header, ...rows, ''].join('\n'))
  const columns = header.split(',').filter((name) => !sensitive.includes(name))
  return riskOf(path, columns, sensitive)
}

// Five rows everybody can count: by age and sex all are alone.
const five = ['31,F,north', '42,F,north', '53,F,south', '31,M,east', '53,M,north']

test('five rows: classes, and what each column tells', async () => {
  const risk = await riskOfRows('age,sex,state', five)
  expect(risk).toMatchObject({ rows: 5, k: 1, classes: 5, uniqueRows: 5, averageRisk: 1, highestRisk: 1 })
  expect(risk.columns).toEqual([
    { name: 'age', distinct: 3, distinction: 0.6, separation: 0.8 },
    { name: 'sex', distinct: 2, distinction: 0.4, separation: 0.6 },
    { name: 'state', distinct: 3, distinction: 0.6, separation: 0.7 },
  ])
})

test('minimal sample uniques: alone by the set and by no part of it', async () => {
  const { minimalUniques } = await riskOfRows('age,sex,state', five)
  expect(minimalUniques).toEqual({
    upTo: 3,
    rows: 5,
    sets: [
      // 31-F, 53-F, 31-M, 53-M; the row of 42 is alone by its age already.
      { columns: ['age', 'sex'], rows: 4 },
      // south and east are alone by the state, 42 by the age: left are 31 and 53 in the north.
      { columns: ['age', 'state'], rows: 2 },
      { columns: ['state'], rows: 2 },
      { columns: ['age'], rows: 1 },
      // The man in the north.
      { columns: ['sex', 'state'], rows: 1 },
    ].sort((a, b) => b.rows - a.rows || a.columns.length - b.columns.length),
  })
})

test('rows in classes below k, as they are and by coarser values', async () => {
  // Four combinations of two columns: 3, 1, 1 and 5 rows.
  const table = await equalRows(engine, {
    rows: [3, 1, 1, 5],
    values: [
      [0, 0, 1, 2],
      [0, 1, 1, 2],
    ],
  })
  const as = [
    [0, 1, 2],
    [0, 1, 2],
  ]
  expect([await table.below(2, as), await table.below(4, as), await table.below(6, as)]).toEqual([2, 5, 10])
  expect(
    await table.below(2, [
      [0, 0, 1],
      [0, 1, 2],
    ]),
  ).toBe(0)
  expect(
    await table.below(11, [
      [0, 0, 0],
      [0, 0, 0],
    ]),
  ).toBe(10)
  await table.close()
})

test('l-diversity and t-closeness of two classes of four and two rows', async () => {
  const rows = ['a,flu,1', 'a,flu,2', 'a,cold,3', 'a,cough,4', 'b,flu,1', 'b,flu,1']
  const { k, sensitive } = await riskOfRows('ward,illness,score', rows, ['illness', 'score'])
  expect(k).toBe(2)
  const [illness, score] = sensitive ?? []
  // Class b: flu alone. In the table flu 4/6, cold 1/6, cough 1/6: half of |1 - 4/6| + 1/6 + 1/6.
  expect(illness).toMatchObject({ distinctL: 1, entropyL: 1, distance: 'equal' })
  expect(illness?.t).toBeCloseTo(1 / 3, 12)
  // Class b: all ones. In the table 1: 3/6, 2: 1/6, 3: 1/6, 4: 1/6; cumulated 3/6, 2/6, 1/6, 0 over three steps.
  expect(score).toMatchObject({ distinctL: 1, distance: 'ordered' })
  expect(score?.t).toBeCloseTo(1 / 3, 12)
})

test('entropy l-diversity counts how evenly the values of the poorest class lie', async () => {
  const { sensitive } = await riskOfRows('ward,illness', ['a,flu', 'a,flu', 'a,flu', 'a,cold'], ['illness'])
  expect(sensitive?.[0]).toMatchObject({ distinctL: 2 })
  expect(sensitive?.[0]?.entropyL).toBeCloseTo(Math.exp(0.75 * Math.log(4 / 3) + 0.25 * Math.log(4)), 12)
})

test('an empty cell is a value; a row with nothing but empty cells is not measured', async () => {
  expect(
    await riskOfRows('age,sex,note', ['31,,x', '31,,y', ',NULL,', ',,', '31,F,x', '31,F,x'], ['note']),
  ).toMatchObject({
    rows: 4,
    classes: 2,
    k: 2,
  })
})

test('the classes are those of a count by hand, and one column more never raises k', async () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }))
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
      let before = Infinity
      for (const width of [1, 2, 3]) {
        const texts = rows.map((cells) => cells.slice(0, width).join('-'))
        const byHand = new Map<string, number>()
        for (const text of texts) byHand.set(text, (byHand.get(text) ?? 0) + 1)
        // A column of no interest keeps the file a table where only one column is measured.
        const risk = await riskOfRows(
          ['x', 'y', 'z'].slice(0, width).concat('rest').join(','),
          rows.map((cells) => [...cells.slice(0, width), 'r'].join(',')),
          ['rest'],
        )
        expect(risk.rows).toBe(rows.length)
        expect(risk.classes).toBe(byHand.size)
        expect(risk.k).toBe([...byHand.values()].reduce((least, size) => Math.min(least, size)))
        expect(risk.uniqueRows).toBe([...byHand.values()].filter((size) => size === 1).length)
        expect(risk.k).toBeLessThanOrEqual(before)
        before = risk.k
      }
    }),
    { numRuns: 15 },
  )
})

// --- through the scan ------------------------------------------------------------------------------------------------

const patients = (count: number): string[] => [
  '姓名,身份证号,性别,出生日期,邮政编码,诊断',
  ...Array.from({ length: count }, (_, n) =>
    [
      aName(n),
      anId(n),
      n % 2 === 0 ? '男' : '女',
      `19${60 + (n % 4)}-03-01`,
      n === 7 ? '200031' : '100020',
      '高血压',
    ].join(),
  ),
]

test('quasi-identifiers are chosen by kind, what identifies by itself and what is sensitive stand apart', async () => {
  const place = join(folder, 'patients.csv')
  writeFileSync(place, patients(40).join('\n'))
  const { risk } = await scan(engine, [place], someOptions)
  expect(risk).toHaveLength(1)
  expect(risk[0]).toMatchObject({
    file: 'patients.csv',
    chosen: 'by-kind',
    quasiIdentifiers: ['性别', '出生日期', '邮政编码'],
    directIdentifiers: ['姓名', '身份证号'],
    rows: 40,
    k: 1,
    classes: 5,
    uniqueRows: 1,
    minimalUniques: { rows: 1, sets: [{ columns: ['邮政编码'], rows: 1 }] },
  })
  expect(risk[0]?.sensitive?.map(({ column }) => column)).toEqual(['诊断'])
})

test('resources of FHIR are one table of those that have a quasi-identifier, though each has columns of its own', async () => {
  const place = mkdtempSync(join(folder, 'fhir-'))
  for (const [n, more] of [{}, { address: [{ city: '北京' }] }, { address: [{ city: '上海' }] }].entries()) {
    const patient = { resourceType: 'Patient', id: `p${n}`, gender: 'male', birthDate: '1970-01-01', ...more }
    writeFileSync(join(place, `p${n}.json`), JSON.stringify(patient))
  }
  const { risk } = await scan(engine, [place], someOptions)
  expect(risk).toHaveLength(1)
  expect(risk[0]).toMatchObject({ file: 'p0.json', files: 3, rows: 3, classes: 3, k: 1, uniqueRows: 3 })
  expect(risk[0]?.quasiIdentifiers).toContain('Patient.address.city')
})

test('others may be stated, and a column that is not there is refused', async () => {
  const place = join(folder, 'patients.csv')
  writeFileSync(place, patients(40).join('\n'))
  const stated = (columns: readonly string[]) =>
    scan(engine, [place], { ...someOptions, quasiIdentifiers: [{ file: 'patients.csv', columns }] })
  expect((await stated(['性别', '诊断'])).risk[0]).toMatchObject({ chosen: 'stated', k: 20, classes: 2, uniqueRows: 0 })
  await expect(stated(['血型'])).rejects.toMatchObject({ code: 'scan.no-such-column' })
})

test('twice the same bytes, with one thread and with two', async () => {
  const place = join(folder, 'patients.csv')
  writeFileSync(place, patients(3000).join('\n'))
  const found: string[] = []
  for (const threads of [1, 2, 2]) {
    await engine.query(`SET max_threads = ${threads}`)
    found.push(JSON.stringify((await scan(engine, [place], { ...someOptions, samplingFraction: 0.05 })).risk))
  }
  expect(new Set(found).size).toBe(1)
})

// --- against figures others published --------------------------------------------------------------------------------

const published = new URL('../../shared/data/risk-adult-arx/', import.meta.url).pathname
const there = existsSync(published)
const missing = 'the data of ARX and pyCANON are not here (../shared/data/risk-adult-arx)'

test('Adult, 30,162 rows, nine columns: the figures of ARX', async ({ skip }) => {
  skip(!there, missing)
  const path = join(published, 'adult.csv')
  const columns = readFileSync(path, 'utf8').slice(0, 200).split(/\r?\n/)[0]?.split(';') ?? []
  const risk = await riskOf(path, columns)
  expect(risk).toMatchObject({
    rows: 30_162,
    classes: 19_502,
    uniqueRows: 15_512,
    averageRisk: 0.6465751607983555,
    k: 1,
  })
  const few = await riskOf(path, ['age', 'sex', 'race'])
  expect(few).toMatchObject({ classes: 528, uniqueRows: 62 })
  expect(few.averageRisk.toFixed(4)).toBe('0.0175')
})

test.for([
  { file: 'StudentsMath_Score.csv', k: 1, distinctL: 1, entropyL: 1, t: 0.4165919952210274 },
  { file: 'StudentsMath_Score_k5.csv', k: 5, distinctL: 4, entropyL: 3, t: 0.31023287057769827 },
])('$file: the figures of pyCANON', async ({ file, k, distinctL, entropyL, t }, { skip }) => {
  skip(!there, missing)
  const quasi = ['Teacher', 'Gender', 'Ethnic', 'Freeredu', 'wesson']
  const risk = await riskOf(join(published, 'pycanon', file), quasi, ['Score'])
  expect(risk.k).toBe(k)
  const [score] = risk.sensitive ?? []
  // pyCANON rounds the entropy's down.
  expect({ ...score, entropyL: Math.floor((score?.entropyL ?? 0) + 1e-9) }).toMatchObject({ distinctL, entropyL })
  expect(score?.t).toBeCloseTo(t, 12)
})
