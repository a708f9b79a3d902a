import { expect, test } from 'vitest'
import { legalDate } from './calendar.ts'
import { classify } from './classify.ts'
import type { ClassifiedSet, DataSet } from './classify.ts'

function classified(set: Omit<DataSet, 'id'>, on = '2026-11-23'): ClassifiedSet {
  const [found] = classify([{ id: 'one', ...set }], legalDate(on)).sets
  if (found === undefined) throw new Error('no set came back')
  return found
}

const told = { notified: false, published: false, namedCore: false } as const

test.for([
  [{ ...told }, '2026-11-23', 'general'],
  [{ ...told, notified: true }, '2026-11-23', 'important'],
  [{ ...told, published: true }, '2026-11-23', 'important'],
  [{ ...told, namedCore: true }, '2026-11-23', 'core'],
  [{ namedCore: false }, '2026-11-23', 'unknown'],
  [{ notified: true }, '2026-11-23', 'unknown'],
  // Until Order 16 the definition alone made data important; since then it tells what to identify.
  [{ ...told, mayEndanger: true }, '2024-03-21', 'important'],
  [{ ...told, mayEndanger: true }, '2024-03-22', 'general'],
  [{ ...told }, '2024-03-21', 'unknown'],
] as const)('%j on %s is %s', ([set, on, grade]) => {
  expect(classified(set, on).grade).toBe(grade)
})

test.for([
  [{ kinds: ['national_id'], minorsUnder14: false }, '2025-10-31', 'yes', 'GB/T 35273-2020'],
  [{ kinds: ['national_id'], minorsUnder14: false }, '2025-11-01', 'no', 'GB/T 45574-2025'],
  [{ kinds: ['national_id'], minorsUnder14: true }, '2025-11-01', 'yes', 'GB/T 45574-2025'],
  [{ kinds: ['national_id'] }, '2025-11-01', 'unknown', 'GB/T 45574-2025'],
  [{ kinds: ['diagnosis'] }, '2025-11-01', 'yes', 'GB/T 45574-2025'],
  [{ minorsUnder14: false }, '2025-11-01', 'unknown', 'GB/T 45574-2025'],
  [{ kinds: [] }, '2025-11-01', 'no', 'GB/T 45574-2025'],
] as const satisfies readonly (readonly [Omit<DataSet, 'id'>, string, string, string])[])(
  '%j on %s is sensitive: %s, by %s',
  ([set, on, answer, list]) => {
    expect(classified(set, on).sensitive).toMatchObject({ answer, list })
  },
)

test('the numbers of a trade are held against the set, and an unknown number is missing, not below', () => {
  const over = (numbers: DataSet['numbers']) => {
    const set = classified({ industry: 'health', ...(numbers && { numbers }) })
    return [set.sectorRules.find(({ code }) => code === 'HEALTH-39725')?.over, set.missing.includes('numbers.records')]
  }
  expect([over({ records: 250 }), over({ records: 251 }), over(undefined)]).toEqual([
    ['no', false],
    ['yes', false],
    ['unknown', true],
  ])
})

test('the numbers of the zone of Beijing are looked up until its list of 2024 was replaced', () => {
  const codes = (on: string) =>
    classified({ zone: 'beijing', numbers: { sensitive: 1_000_001 } }, on)
      .sectorRules.filter(({ over }) => over === 'yes')
      .map(({ code }) => code)
  expect([codes('2026-05-07'), codes('2026-05-08')]).toEqual([['BEIJING-2024.sensitive'], []])
})

test('in industry, telecom and radio a change of thirty per cent of the filed scale is filed', () => {
  const change = (scaleNow: number) =>
    classified({ industry: 'telecom', catalogue: { scaleFiled: 100, scaleNow, otherContentChanged: false } }).industry
  expect([70, 71, 129, 130].map((now) => change(now)?.fileChange)).toEqual(['yes', 'no', 'no', 'yes'])
  expect(classified({ industry: 'telecom' }).missing).toContain('catalogue')
  expect(classified({ industry: 'health' }).industry).toBeNull()
  expect(classified({ industry: 'telecom' }, '2022-12-31').industry).toBeNull()
})

test('the grading table proposes, from memory, and only once the standard is in force', () => {
  const harms = [{ affects: 'economic-operation', harm: 'serious' }] as const
  expect(classified({ ...told, harms })).toMatchObject({
    grade: 'general',
    proposed: { grade: 'important', certainty: 'memory' },
  })
  expect(classified({ harms }, '2024-09-30').proposed).toBeNull()
})

test.for([
  ['definition-alone', { ...told, specificFieldGroupRegionOrScale: true, mayEndangerDirectly: true }],
  ['core-by-relation', { ...told, coreRelation: true }],
  ['standard-of-2025', { kinds: ['diagnosis'] }],
  ['items-together', { kinds: ['name'], minorsUnder14: false }],
  ['grading-table', { harms: [{ affects: 'social-order', harm: 'general' }] }],
  ['automobile-hundred-thousand', { industry: 'automobile', numbers: { persons: 100_001 } }],
  ['sector-catalogue-not-obtained', { industry: 'radio' }],
] as const satisfies readonly (readonly [string, Omit<DataSet, 'id'>])[])('%s is said of %j', ([id, set]) => {
  const ids = (one: Omit<DataSet, 'id'>) =>
    classify([{ id: 'one', ...one }], legalDate('2026-11-23')).openPoints.map((point) => point.id)
  expect(ids(set)).toContain(id)
  expect(ids({ ...told, kinds: [] })).toEqual([])
})

test('before 2022-09-01 nothing is classified', () => {
  expect(() => classified({}, '2022-08-31')).toThrow('give a day from 2022-09-01')
})
