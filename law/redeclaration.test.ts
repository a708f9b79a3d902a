import { expect, test } from 'vitest'
import { legalDate } from './calendar.ts'
import { compareScopes } from './redeclaration.ts'
import type { Circumstances, ExportScope, ScopeScenario } from './redeclaration.ts'

const today = legalDate('2026-11-23')
const quiet: Circumstances = { recipientCountryChanged: false, otherCircumstances: false }

const university = {
  name: 'A university',
  country: 'NL',
  actualController: 'its board',
  use: 'analysis',
  manner: 'storage',
}

const scenario: ScopeScenario = {
  id: 'research',
  purpose: '联合研究',
  manner: '公共互联网传输',
  items: ['诊断', '性别'],
  types: ['sensitive'],
  recipients: [university],
  retention: '五年',
  retentionMonths: 60,
  persons: { general: 0, sensitive: 12_000 },
  importantDataBytes: null,
}

const approved: ExportScope = {
  handler: { name: '示例医院', actualController: '示例区政府' },
  legalDocument: { title: 'Agreement', version: '1' },
  scenarios: [scenario],
}

function changed(change: Partial<ScopeScenario>): ExportScope {
  return { ...approved, scenarios: [{ ...scenario, ...change }] }
}

function fires(after: ExportScope, circumstances: Circumstances = quiet, on = today) {
  const { triggers } = compareScopes(approved, after, circumstances, on)
  return triggers.filter((trigger) => trigger.fires !== 'no').map((trigger) => [trigger.code, trigger.fires])
}

test('the same scope fires nothing', () => {
  expect(compareScopes(approved, approved, quiet, today).declareAgain).toBe('no')
})

test.for([
  ['T-1a', { purpose: '药物研发' }],
  ['T-1a', { manner: '公共互联网远程访问' }],
  ['T-1a', { items: ['诊断', '性别', '民族'] }],
  ['T-1a', { items: ['诊断'] }],
  ['T-1a', { types: ['sensitive', 'important'] }],
  ['T-1b', { recipients: [{ ...university, use: 'training a model' }] }],
  ['T-2b', { recipients: [{ ...university, actualController: 'a fund' }] }],
] as const)('%s fires on %j when it affects security, and is unknown until somebody says', ([code, change]) => {
  const after = changed(change)
  expect(fires(after, { ...quiet, affectsSecurity: { [code]: true } })).toEqual([[code, 'yes']])
  expect(fires(after, { ...quiet, affectsSecurity: { [code]: false } })).toEqual([])
  expect(fires(after)).toEqual([[code, 'unknown']])
})

test('a new recipient is a new scope', () => {
  const recipients = [university, { name: 'A company', country: 'US' }]
  expect(fires(changed({ recipients }), { ...quiet, affectsSecurity: { 'T-1a': true } })).toContainEqual([
    'T-1a',
    'yes',
  ])
})

test.for([
  [59, []],
  [60, []],
  [61, [['T-1c', 'yes']]],
] as const)('sixty months of storage approved, %i now: %j, whatever its effect', ([retentionMonths, expected]) => {
  expect(fires(changed({ retentionMonths }), { ...quiet, affectsSecurity: { 'T-1c': false } })).toEqual(expected)
})

test('other words for the period may mean longer: unknown until it is a number of months', () => {
  const { retentionMonths: _months, ...words } = scenario
  const before = { ...approved, scenarios: [words] }
  const after = { ...approved, scenarios: [{ ...words, retention: '项目结束后两年' }] }
  const { triggers } = compareScopes(before, after, quiet, today)
  expect(triggers.find(({ code }) => code === 'T-1c')).toMatchObject({
    fires: 'unknown',
    missing: ['scenarios.research.retentionMonths'],
  })
})

test('the contract, the country and other circumstances', () => {
  const contract = { ...approved, legalDocument: { title: 'Agreement', version: '2' } }
  const all = { 'T-2a': true, 'T-2c': true, 'T-3': true } as const
  expect(fires(contract, { recipientCountryChanged: true, otherCircumstances: true, affectsSecurity: all })).toEqual([
    ['T-2a', 'yes'],
    ['T-2c', 'yes'],
    ['T-3', 'yes'],
  ])
  expect(fires(approved, {})).toEqual([
    ['T-2a', 'unknown'],
    ['T-3', 'unknown'],
  ])
})

test.for([
  [12_000, '2026-11-23', false],
  [12_001, '2026-11-23', true],
  [12_001, '2025-01-01', true],
  [12_001, '2024-12-31', false],
] as const)('12,000 sensitive persons approved, %i now, on %s: beyond the scale: %s', ([sensitive, on, beyond]) => {
  const after = changed({ persons: { general: 0, sensitive } })
  const codes = fires(after, quiet, legalDate(on)).map(([code]) => code)
  expect(codes.includes('T-scale')).toBe(beyond)
})

test('what a scope leaves out is unknown, never unchanged', () => {
  const bare: ExportScope = { scenarios: [{ id: 'research' }] }
  const { declareAgain, triggers } = compareScopes(bare, bare, quiet, today)
  expect(declareAgain).toBe('unknown')
  expect(triggers.find(({ code }) => code === 'T-1a')?.missing).toContain('scenarios.research.items')
})

test.for([
  [{ storagePlace: 'Utrecht' }, [['SCC-8.1', 'yes']]],
  [{ retentionMonths: 61 }, [['SCC-8.1', 'yes']]],
  [{ retentionMonths: 59 }, []],
  [{ persons: { general: 0, sensitive: 12_001 } }, []],
] as const)('under a standard contract %j: %j', ([change, expected]) => {
  const before = changed({ storagePlace: 'Amsterdam' })
  const after = changed({ storagePlace: 'Amsterdam', ...change })
  const { triggers } = compareScopes(before, after, quiet, today, 'standard-contract')
  expect(triggers.filter(({ fires }) => fires !== 'no').map(({ code, fires }) => [code, fires])).toEqual(expected)
})

test.for([
  ['assessment', '2022-08-31'],
  ['standard-contract', '2023-05-31'],
] as const)('%s was not in force on %s: that is no answer that nothing need be declared again', ([route, on]) => {
  const approvedScope = changed({})
  expect(() => compareScopes(approvedScope, approvedScope, quiet, legalDate(on), route)).toThrow('not in force')
})
