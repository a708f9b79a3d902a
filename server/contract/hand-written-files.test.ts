// What a person writes by hand: too long, too deep, too many, or not the file it should be, said with its place.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryFolder } from '../../test/memory-folder.ts'
import { ExportFactsSchema } from './export-facts.ts'
import { readCsvFile } from './csv-file.ts'
import { MonthOfExportsSchema, seriesColumns } from './months-of-exports.ts'
import { PastDeterminationSchema } from './past-determination.ts'
import { ApprovedScopeSchema, NewScopeSchema } from './scope.ts'
import { parseYaml, readYamlFile } from './yaml-file.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(memoryFolder(), 'tongguan-hand-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const read = (text: string) => () => parseYaml(text, 'facts.yaml', ExportFactsSchema, 'an example')
const flows = (count: number) => Array.from({ length: count }, (_, i) => `  - id: f${i}\n`).join('')
const nested = (levels: number) => `schema: tongguan/facts/1\nflows: ${'['.repeat(levels)}${']'.repeat(levels)}\n`

test('a handler states up to 200 scenarios, and no more', () => {
  expect(read(`schema: tongguan/facts/1\nflows:\n${flows(200)}`)().flows).toHaveLength(200)
  expect(read(`schema: tongguan/facts/1\nflows:\n${flows(201)}`)).toThrow('facts.yaml:3:3 flows: expected at most 200')
})

test('what is nested deeper than any file here is refused at the place where it is too deep', () => {
  expect(read(nested(31))).toThrow('expected keys with values')
  // The thirty-third level: the file itself is the first.
  expect(read(nested(32))).toThrow('facts.yaml, line 2, column 39: nested deeper than 32 levels')
  expect(read(nested(50_000))).toThrow('nested deeper than 32 levels')
})

test('a text longer than anybody writes is refused before it is looked at, with the limit', () => {
  expect(read('x'.repeat((2 << 20) + 1))).toThrow('at most 2,097,152')
  expect(read('x'.repeat(2 << 20))).toThrow('expected keys with values')
})

test.for([
  ['2026-13,1,1', ':2 column 1 month: expected a month'],
  ['2026-01,99999999999999999999,1', ':2 column 2 new_general: expected a whole number'],
] as const)('a series with %s is refused: %s', async ([row, says]) => {
  const path = join(folder, 'series.csv')
  writeFileSync(path, `month,new_general,new_sensitive\n${row}\n`)
  const reading = readCsvFile(path, MonthOfExportsSchema, { columns: seriesColumns, example: 'an example' })
  await expect(reading).rejects.toThrow(says)
})

test('a table that is a folder, or longer than any list, is refused', async () => {
  const table = { columns: seriesColumns, example: 'an example' }
  await expect(readCsvFile(folder, MonthOfExportsSchema, table)).rejects.toThrow('is a folder')
  const path = join(folder, 'long.csv')
  writeFileSync(path, 'x'.repeat((8 << 20) + 1))
  await expect(readCsvFile(path, MonthOfExportsSchema, table)).rejects.toThrow('at most 8,388,608')
})

test.for([
  ['[]', 'at least 1 in the list'],
  ['[{ id: a }, { id: a }]', 'each scenario to have an id of its own'],
] as const)('a scope of the scenarios %s is refused: %s', ([scenarios, says]) => {
  const text = `schema: tongguan/scope/1\nscenarios: ${scenarios}\n`
  expect(() => parseYaml(text, 'scope.yaml', NewScopeSchema, 'an example')).toThrow(
    `scope.yaml:2:12 scenarios: expected ${says}`,
  )
  expect(() => parseYaml(text, 'scope.yaml', ApprovedScopeSchema, 'an example')).toThrow('scope.yaml:2:12 scenarios')
})

test('a past determination of before the regime is refused at its place', () => {
  const entry = (on: string) => `on: ${on}\nfacts: { schema: tongguan/facts/1, flows: [{ id: a }] }\n`
  const reading = (on: string) => () => parseYaml(entry(on), 'past.yaml', PastDeterminationSchema, 'an example')
  expect(reading('2022-08-31')).toThrow('past.yaml:1:5 on: expected a day from 2022-09-01')
  expect(reading('2022-09-01')().on).toBe('2022-09-01')
})

test('what an editor on a Chinese machine saved is read, and what stands after --- is refused in words', async () => {
  const path = join(folder, 'gb18030.yaml')
  // 研究 in GB18030.
  writeFileSync(path, Buffer.from('schema: tongguan/facts/1\nflows: [{ id: "\xd1\xd0\xbe\xbf" }]\n', 'latin1'))
  const { flows: written } = await readYamlFile(path, ExportFactsSchema, 'an example')
  expect(written[0]?.id).toBe('研究')
  expect(read('schema: tongguan/facts/1\n---\nflows: []\n')).toThrow('another document begins here')
})
