// The same input, key and day give the same evidence to the byte (but for the seconds), and the same persons however the
// rows lie in files.
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Evidence } from '@tongguan/law'
import { openEngine } from './engine.ts'
import type { Engine } from './engine.ts'
import { aMobile, aName, anId, someOptions } from './makers.ts'
import { scan } from './scan.ts'

let folder = ''
let engine: Engine
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tongguan-same-'))
  engine = await openEngine()
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const header = '病案号,姓名,身份证号,手机号,出生日期,备注'
// Every person twice, some rows without an ID, some without anything; a shared phone at the desk.
const rows = Array.from({ length: 16_000 }, (_, n) => {
  const person = n % 8_000
  const id = n % 7 === 0 ? '' : anId(person)
  const phone = n % 11 === 0 ? '' : n % 13 === 0 ? aMobile(99_999_999) : aMobile(person)
  const note = n === 12_345 ? `家属 ${anId(777_777)} 来电` : '复诊'
  return n % 501 === 0
    ? ',,,,,复诊'
    : `M${String(person).padStart(8, '0')},${aName(person)},${id},${phone},2015-01-0${1 + (n % 9)},${note}`
})

const withoutSeconds = ({ scanned: { seconds, ...scanned }, ...evidence }: Evidence): string =>
  JSON.stringify({ ...evidence, scanned, took: seconds >= 0 })

test('twice the same, with one thread and with two, whatever order the files were written in', async () => {
  const texts = {
    'a.csv': rows.slice(0, 12_400),
    'b/c.csv': rows.slice(12_400, 12_500),
    'b/d.csv': rows.slice(12_500, 12_600),
  }
  const found: string[] = []
  for (const [at, order] of [Object.entries(texts), Object.entries(texts).toReversed()].entries()) {
    const place = join(folder, `order-${at}`)
    mkdirSync(join(place, 'b'), { recursive: true })
    for (const [name, lines] of order) {
      writeFileSync(join(place, name), [header, ...lines].join('\n'))
      utimesSync(join(place, name), 1_700_000_000 + at, 1_700_000_000)
    }
    for (const threads of [1, 2, 5]) {
      await engine.query(`SET max_threads = ${threads}`)
      found.push(withoutSeconds(await scan(engine, [place], someOptions)))
    }
  }
  await engine.query('SET max_threads = 2')
  expect(new Set(found).size).toBe(1)
})

test('one file, 4 and 64 files of the same rows in any order: the same persons, to the last one', async () => {
  const found: string[] = []
  for (const [at, parts] of [1, 4, 64].entries()) {
    const place = join(folder, `parts-${at}`)
    mkdirSync(place)
    const hands = Array.from({ length: parts }, (): string[] => [])
    for (const [n, row] of rows.entries()) hands[(n * 7919) % parts]?.push(row)
    for (const [n, hand] of hands.entries())
      writeFileSync(join(place, `${(n * 37) % 64}.csv`), [header, ...hand].join('\n'))
    const { persons, files } = await scan(engine, [place], someOptions)
    expect(files.every(({ error }) => error === null)).toBe(true)
    found.push(JSON.stringify(persons))
    // The one ID in a note is found wherever it lies.
    const notes = files.flatMap(({ columns }) => columns.filter(({ name }) => name === '备注'))
    const inNotes = notes.flatMap(({ findings }) => findings.filter(({ kind }) => kind === 'national_id'))
    expect(inNotes.reduce((sum, { valid }) => sum + valid, 0)).toBe(1)
  }
  expect(new Set(found).size).toBe(1)
})

test('beyond what is joined exactly the count is an estimate, says so, and lies around the exact one', async () => {
  const place = join(folder, 'estimate')
  mkdirSync(place)
  for (const [n, part] of [rows.slice(0, 9000), rows.slice(9000)].entries())
    writeFileSync(join(place, `${n}.csv`), [header, ...part].join('\n'))
  const exact = await scan(engine, [place], someOptions)
  const estimate = await scan(engine, [place], { ...someOptions, exactUpTo: 1000 })
  expect(exact.persons.exact).toBe(true)
  expect(estimate.persons.exact).toBe(false)
  expect(estimate.scanned.complete).toBe(true)
  // The sketch is exact to 32,000, but which numbers two persons share is seen by joining only.
  const near = (count: number, other: number) => expect(Math.abs(count - other)).toBeLessThanOrEqual(other * 0.002)
  near(estimate.persons.lower, exact.persons.lower)
  near(estimate.persons.minors, exact.persons.minors)
  near(estimate.persons.point, exact.persons.point)
  expect(estimate.persons.upper).toBeGreaterThanOrEqual(exact.persons.upper)
})
