// Whoever stands only in the name of a folder or a file is counted, once, and nobody else.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEngine } from './engine.ts'
import type { Engine } from './engine.ts'
import { aMobile, aRegister, anId, someOptions } from './makers.ts'
import { scan } from './scan.ts'

let folder = ''
let engine: Engine
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tongguan-names-'))
  engine = await openEngine()
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const readings = '温度,压力\n20.1,101\n20.4,99\n'

test.for([
  ['a resident ID as the name of a folder', [`${anId(1)}/readings.csv`], 1],
  ['a telephone in the name of a file', [`${aMobile(1)}_报告.csv`], 1],
  ['both in one name are one person', [`${anId(1)}_${aMobile(1)}.csv`], 1],
  ['two persons in one name are two', [`${anId(1)}和${anId(2)}.csv`], 2],
  ['the same person in several names is one', [`${anId(1)}/a.csv`, `${anId(1)}/b.csv`], 1],
  ['a number without a fitting check digit is nobody', ['110105199003070000.csv', '20260302123456789.csv'], 0],
] as const)('%s', async ([, names, persons]) => {
  const place = mkdtempSync(join(folder, 'case-'))
  for (const name of names) {
    mkdirSync(dirname(join(place, name)), { recursive: true })
    writeFileSync(join(place, name), readings)
  }
  expect((await scan(engine, [place], someOptions)).persons).toMatchObject({ point: persons, upper: persons })
})

test('who stands in a name and in a file is one person', async () => {
  const place = mkdtempSync(join(folder, 'case-'))
  writeFileSync(join(place, `${anId(0)}.csv`), aRegister(5).join('\n'))
  const { persons } = await scan(engine, [place], someOptions)
  expect(persons).toMatchObject({ lower: 5, point: 5, upper: 5 })
})
