import { expect, test } from 'vitest'
import { ChangeLeadsNowhere, addChange, applyChanges, merge, valueAt } from './changes.ts'
import type { Change, Json } from './changes.ts'

const tree: Json = {
  handler: { name: 'a' },
  importantData: null,
  scenarios: [{ items: [{ column: 'x' }, { column: 'y' }] }],
}
const set = (path: string, value: Json): Change => ({ kind: 'set', path, value })
const theirs = (change: Change) => ({ change, by: 'other', at: '2026-11-23T02:00:00Z' })

test('changes are made one after the other; parts that are not there are made, members of lists are not', () => {
  const changed = applyChanges(tree, [
    set('handler.name', 'b'),
    set('importantData.bytes', 5),
    set('scenarios.0.items.1.decision.action', 'drop'),
    { kind: 'append', path: 'scenarios.0.items', value: { column: 'z' } },
    { kind: 'remove', path: 'scenarios.0.items.0' },
  ])
  expect(changed).toEqual({
    handler: { name: 'b' },
    importantData: { bytes: 5 },
    scenarios: [{ items: [{ column: 'y', decision: { action: 'drop' } }, { column: 'z' }] }],
  })
  expect(valueAt(changed, 'scenarios.0.items.1.column')).toBe('z')
  expect(valueAt(tree, 'handler.name')).toBe('a')
})

test.for([
  set('scenarios.7.name', 'x'),
  set('scenarios.first', 'x'),
  set('handler.name.first', 'x'),
  set('__proto__.polluted', 'x'),
  set('handler..name', 'x'),
  { kind: 'append', path: 'handler', value: 1 },
  { kind: 'remove', path: 'scenarios.0.items.2' },
  { kind: 'remove', path: 'handler' },
] as const)('$kind $path leads nowhere', (change) => {
  expect(() => applyChanges(tree, [change])).toThrow(ChangeLeadsNowhere)
})

test.for<readonly [string, Change, Change, 'kept' | 'conflict' | 'done']>([
  ['another field', set('handler.name', 'b'), set('handler.nature', 'c'), 'kept'],
  ['the same field otherwise', set('handler.name', 'b'), set('handler.name', 'c'), 'conflict'],
  ['the same field alike', set('handler.name', 'b'), set('handler.name', 'b'), 'done'],
  ['a field of a part that was set', set('importantData.bytes', 5), set('importantData', null), 'conflict'],
  ['a name that begins alike', set('handler.name', 'b'), set('handler.names', 'c'), 'kept'],
  ['two new members', { kind: 'append', path: 'l', value: 1 }, { kind: 'append', path: 'l', value: 1 }, 'kept'],
  ['a field of a member, a new member', set('l.0.a', 1), { kind: 'append', path: 'l', value: 1 }, 'kept'],
  ['a new member, the list replaced', { kind: 'append', path: 'l', value: 1 }, set('l', []), 'conflict'],
  ['a field of a member, a member taken out', set('l.1.a', 1), { kind: 'remove', path: 'l.0' }, 'conflict'],
  [
    'a new member, a member taken out',
    { kind: 'append', path: 'l', value: 1 },
    { kind: 'remove', path: 'l.0' },
    'kept',
  ],
  [
    'a new member in a member that moved',
    { kind: 'append', path: 'l.1.m', value: 1 },
    { kind: 'remove', path: 'l.0' },
    'conflict',
  ],
])('%s', ([, mine, other, outcome]) => {
  const { mine: kept, conflicts } = merge([mine], [theirs(other)])
  expect([kept.length, conflicts.length]).toEqual({ kept: [1, 0], conflict: [0, 1], done: [0, 0] }[outcome])
})

test('of several of theirs the last one is told: it is what stands there', () => {
  const { conflicts } = merge([set('a', 1)], [theirs(set('a', 2)), theirs(set('a', 3))])
  expect(conflicts.map((one) => one.theirs.change)).toEqual([set('a', 3)])
})

test('typing on is one change, in a new member too', () => {
  const typed = ['b', 'be', 'bei'].map((text) => set('handler.name', text))
  const add = (pending: readonly Change[], change: Change) => addChange(pending, change, tree)
  expect(typed.reduce(add, [] as readonly Change[])).toEqual([set('handler.name', 'bei')])
  const member = [
    { kind: 'append', path: 'scenarios.0.items', value: { column: '' } } as const,
    set('scenarios.0.items.2.column', 'z'),
    set('scenarios.0.items.0.column', 'w'),
  ].reduce(add, [] as readonly Change[])
  expect(member).toEqual([
    { kind: 'append', path: 'scenarios.0.items', value: { column: 'z' } },
    set('scenarios.0.items.0.column', 'w'),
  ])
  expect(add(typed, set('handler', { name: 'c' }))).toHaveLength(1)
  expect(add([set('handler', { name: 'c' })], set('handler.name', 'd'))).toEqual([set('handler', { name: 'd' })])
})

test('behind a member taken out nothing is folded: the numbers have moved', () => {
  const pending: readonly Change[] = [{ kind: 'remove', path: 'scenarios.0.items.0' }]
  const added = addChange(pending, set('scenarios.0.items.0.column', 'now y'), tree)
  expect(valueAt(applyChanges(tree, added), 'scenarios.0.items')).toEqual([{ column: 'now y' }])
})
