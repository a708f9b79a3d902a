import type { Json } from '@tongguan/dossier/preparation/changes'
import { applyChanges } from '@tongguan/dossier/preparation/changes'
import { expect, test } from 'vitest'
import {
  cellOf,
  cellsIn,
  decided,
  itemColumns,
  itemDetails,
  moved,
  notYetItems,
  paste,
  rowChanges,
  rowsShown,
} from './item-rows.ts'

const items: readonly Json[] = [
  { column: '病案号', table: 'a.csv', description: '编号', decision: { action: 'keep', why: 'w' } },
  { column: '姓名', table: 'a.csv', description: null },
  { column: '诊断', table: 'b.csv', description: '诊断名称', decision: { action: 'drop', why: 'w' } },
]
const all = [0, 1, 2]
const at = (path: string) => itemColumns.findIndex((one) => one.path === path)

test('every question of an item stands in the table or beside it', () => {
  expect(itemColumns.map(({ path }) => path)).toHaveLength(9)
  expect(itemDetails.map(({ key }) => key)).toEqual(['example', 'inChina', 'decision'])
})

test.for([
  [
    'a\tb\r\nc\td\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a', [['a']]],
  ['\t\n', [['', '']]],
  [
    '"two\nlines"\t"say ""so"""\nx\ty',
    [
      ['two\nlines', 'say "so"'],
      ['x', 'y'],
    ],
  ],
  ['5" pipe\tb', [['5" pipe', 'b']]],
  ['a\n\nb', [['a'], [''], ['b']]],
] as const)('%j is read as cells', ([text, cells]) => {
  expect(cellsIn(text)).toEqual(cells)
})

test('pasted cells go right and down over the rows that are shown, and then make new rows', () => {
  const { rows, notUnderstood } = paste(items, [0, 2], { row: 2, column: at('description') }, [
    ['诊断的名称', '相关'],
    ['新的', '也相关'],
  ])
  expect(notUnderstood).toBe(0)
  const after = applyChanges({ items }, rowChanges('items', items, rows))
  const list = (after as { items: readonly Json[] }).items
  expect(list).toHaveLength(4)
  expect([2, 3].map((row) => [cellOf(list[row], 'description'), cellOf(list[row], 'necessity.related')])).toEqual([
    ['诊断的名称', '相关'],
    ['新的', '也相关'],
  ])
  expect(cellOf(list[2], 'decision.action')).toBe('drop')
})

test('a decision is understood by its code or its words; what is none is told, and changes nothing', () => {
  const { rows, notUnderstood } = paste(items, all, { row: 0, column: at('decision.action') }, [
    ['删去'],
    ['Keep'],
    ['?'],
  ])
  expect([...rows.values()].map((item) => cellOf(item, 'decision.action'))).toEqual(['drop', 'keep', 'drop'])
  expect(notUnderstood).toBe(1)
})

test('many decided at once keep what else was said of them; too many for one save are saved as the list', () => {
  const rows = decided(items, [0, 1], 'transform')
  expect(rowChanges('items', items, rows)).toMatchObject([
    { kind: 'set', path: 'items.0', value: { decision: { action: 'transform', why: 'w' } } },
    { kind: 'set', path: 'items.1', value: { column: '姓名', decision: { action: 'transform' } } },
  ])
  const many = Array.from({ length: 300 }, (_, n): Json => ({ column: String(n) }))
  const changes = rowChanges('items', many, decided(many, [...many.keys()], 'keep'))
  expect(changes).toHaveLength(1)
  expect(changes[0]).toMatchObject({ kind: 'set', path: 'items' })
})

test('a filter shows what it names', () => {
  const shown = (text: string, only = '') => rowsShown(items, { text, only }, new Set([1]))
  expect([
    shown(''),
    shown('B.CSV'),
    shown('诊断'),
    shown('', 'none'),
    shown('', 'drop'),
    shown('', 'finding'),
  ]).toEqual([all, [2], [2], [1], [2], [1]])
})

test('a column the scan found is offered until it is an item', () => {
  const found = ['姓名', '性别'].map((column) => ({ table: 'a.csv', column, description: '' }))
  expect(notYetItems(items, found).map(({ column }) => column)).toEqual(['性别'])
})

test.for([
  ['Enter', { isText: true, atStart: false, atEnd: false }, { row: 2, column: 1 }],
  ['ArrowUp', { isText: true, atStart: false, atEnd: false }, { row: 0, column: 1 }],
  ['ArrowLeft', { isText: true, atStart: true, atEnd: false }, { row: 1, column: 0 }],
  ['ArrowLeft', { isText: true, atStart: false, atEnd: true }, null],
  ['ArrowRight', { isText: true, atStart: false, atEnd: true }, { row: 1, column: 2 }],
  ['ArrowDown', { isText: false, atStart: true, atEnd: true }, null],
  ['a', { isText: true, atStart: true, atEnd: true }, null],
] as const)('%s in a cell %o', ([key, cell, there]) => {
  expect(moved(key, { row: 1, column: 1 }, { rows: 3, columns: 3 }, cell)).toEqual(there)
  expect(moved('Enter', { row: 2, column: 1 }, { rows: 3, columns: 3 }, cell)).toBe(null)
})
