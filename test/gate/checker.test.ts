// What the gate releases, held against an independent checker; many more of them: `npm run prove gate-checker`.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openGateOnce, tryExport } from '../../scripts/proofs/gate-checker.ts'
import { repository } from '../command-line.ts'
import { objections, personsOf } from './dumb-checker.ts'
import type { LeftBatch, PermitText } from './dumb-checker.ts'
import { randomExports } from './random-exports.ts'

test('whatever left under random permits, the checker has nothing against', { timeout: 120_000 }, async () => {
  const gate = await openGateOnce()
  try {
    let [released, held] = [0, 0]
    for (const one of randomExports(11, 4)) {
      const tried = await tryExport(gate, one)
      expect(tried.wrong).toEqual([])
      released += tried.released.length
      held += tried.held.length
    }
    expect([released >= 3, held >= 3]).toEqual([true, true])
  } finally {
    await gate.close()
  }
})

test('the checker is nobody’s: it imports nothing', () => {
  expect(readFileSync(join(repository, 'test/gate/dumb-checker.ts'), 'utf8')).not.toMatch(/^\s*import\b|require\(/m)
})

const recipient = { name: 'Centre', country: 'NL' }
const permit: PermitText = {
  firstDay: '2026-01-01',
  lastDay: '2026-12-31',
  recipients: [recipient],
  items: [
    { name: 'mobile', kind: 'mobile', category: 'personal' },
    { name: 'born', kind: 'birth_date', category: 'personal', treatment: 'generalise' },
    { name: 'note', kind: 'clinical_note', category: 'sensitive' },
    { name: 'ward', kind: 'none', category: 'none' },
  ],
  ceiling: { general: 2, sensitive: 1 },
  anonymity: { k: 2, columns: ['ward'] },
}
const aBatch = (text: string, about: Partial<LeftBatch> = {}): LeftBatch => {
  return { day: '2026-06-01', recipient, came: { 'a.csv': text }, left: { 'a.csv': text }, ...about }
}
// Made up: a region, a day and a check character that fit, and nobody's.
const residentId = '440104195201140292'

test.for([
  ['nothing', [], aBatch('mobile,ward\n13900000001,W1\n13900000002,W1\n')],
  ['a day after the last', ['day 2027-01-01'], aBatch('ward\nW\nW\n', { day: '2027-01-01' })],
  [
    'another country',
    ['recipient Centre, US'],
    aBatch('ward\nW\nW\n', { recipient: { name: 'Centre', country: 'US' } }),
  ],
  ['a column of its own', ['column extra'], aBatch('extra\nx\n')],
  ['a number in a sentence', ['national_id in note'], aBatch(`note\n请联系 ${residentId}，谢谢\n`)],
  ['a number in full width', ['mobile in ward'], aBatch('ward\n１３９００００００01\n１３９００００００01\n')],
  ['an item as it came', ['born not treated in 1 rows'], aBatch('born\n1951-02-03\n')],
  ['a row alone', ['k is 1, below 2'], aBatch('ward\nW1\nW2\nW1\n')],
  ['three persons', ['3 persons above 2'], aBatch('mobile\n13900000001\n13900000002\n13900000003\n')],
  [
    'two sensitive persons',
    ['2 sensitive persons above 1'],
    aBatch('mobile,note\n13900000001,x\n13900000002,"y, z"\n'),
  ],
  ['two rows that name nobody', ['2 sensitive persons above 1'], aBatch('note\nx\ny\n')],
  ['a file that did not come', ['files'], aBatch('ward\nW\nW\n', { left: {} })],
] as const)('the checker objects to %s', ([, expected, batch]) => {
  expect(objections(permit, [batch])).toEqual(expected)
})

test('the checker counts a person once over all batches, and as sensitive once anything sensitive went', () => {
  const first = aBatch('mobile,ward\n13900000001,W1\n13900000002,W1\n')
  const second = aBatch('mobile,note\n13900000001,x\n13900000003,\n')
  expect(personsOf(permit, [first, second])).toEqual({ general: 2, sensitive: 1 })
})
