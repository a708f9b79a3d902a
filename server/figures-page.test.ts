import { expect, test } from 'vitest'
import { csvOf, xlsxOf } from './figures-page.ts'

test.for([
  ['+86 10', `"'+86 10"`],
  [' =HYPERLINK("x")', `"' =HYPERLINK(""x"")"`],
  ['合计', '"合计"'],
  ['a=b', '"a=b"'],
  [-5, '-5'],
] as const)('a cell %j is written %s', ([cell, expected]) => {
  expect(csvOf([[cell]])).toBe(`\uFEFF${expected}\r\n`)
})

test('quotes, commas and line breaks stay inside their cell', () => {
  expect(csvOf([['a "b", c\nd', 3]])).toBe('\uFEFF"a ""b"", c\nd",3\r\n')
})

test('the workbook holds texts as texts, never as formulas', async () => {
  const { unzipSync, strFromU8 } = await import('fflate')
  const files = unzipSync(await xlsxOf([['=1+1', 3]]))
  const all = Object.values(files)
    .map((bytes) => strFromU8(bytes))
    .join('\n')
  expect(all).toContain("'=1+1")
  expect(all).not.toContain('<f>')
})
