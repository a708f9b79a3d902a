import { expect, test } from 'vitest'
import { itemsListedIn } from './item-list.ts'

const names = ['病案号', '性别', '结果']

test.for([
  ['one line', ['附件一　数据项：病案号、性别、结果。']],
  ['a line each, numbered', ['1. 病案号', '2. 性别', '3、结果']],
  ['cells of a table', ['序号', '病案号', '性别', '结果']],
  ['rows of a PDF, cut by spaces', ['1 病案号 受试者编号', '2 性别 男或女', '3 结果 数值']],
  ['the last by "and"', ['数据项：病案号，性别和结果']],
] as const)('a list as %s', ([, lines]) => {
  expect(itemsListedIn(lines, names, [])).toMatchObject({ listed: names, absent: [], enumerates: true })
})

test('a name inside a sentence is no entry of a list', () => {
  const lines = ['处理结果由双方确认，不得按性别区分。']
  expect(itemsListedIn(lines, names, [])).toMatchObject({ listed: [], absent: names, enumerates: false })
})

test('names are known by their English too, whatever the case and spaces', () => {
  const english: Readonly<Record<string, string>> = { 病案号: 'Record number', 性别: 'sex', 结果: 'result' }
  const { absent } = itemsListedIn(['Data items: record number, sex and result.'], names, [], (name) => english[name])
  expect(absent).toEqual([])
})

test('half a list is not one that leaves the other half out', () => {
  expect(itemsListedIn(['性别、单位'], ['性别', '结果'], []).enumerates).toBe(false)
  expect(itemsListedIn(['性别、结果'], names, []).enumerates).toBe(true)
})

test('what stays in China is found in the list, not in a signature below it', () => {
  const lines = ['病案号、性别、身份证号、结果', '电话', '住址：　　　　　　日期：']
  const kept = ['身份证号', '电话', '住址', '性别']
  expect(itemsListedIn(lines, names, kept).strays).toEqual(['身份证号'])
  expect(itemsListedIn(['病案号', '身份证号', '性别', '结果'], names, kept).strays).toEqual(['身份证号'])
})
