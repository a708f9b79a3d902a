import { expect, test } from 'vitest'
import { legalDate } from './calendar.ts'
import { checkExtension } from './extension.ts'
import type { ExtensionFacts } from './extension.ts'

// The window before 2026-06-30 opens on 2026-04-01.
const within = legalDate('2026-05-06')

const unchanged: ExtensionFacts = {
  lastDay: legalDate('2026-06-30'),
  purposeAndScopeUnchanged: true,
  partiesUnchanged: true,
  containsPersonalInformation: true,
  personsApproved: 10_000,
  personsPlanned: 10_000,
  containsImportantData: false,
  legalDocumentMeetsArticle9: true,
  keptToTheNotice: true,
  majorIncident: false,
}

test('an export that goes on unchanged may ask for an extension', () => {
  const check = checkExtension(unchanged, within)
  expect(check.mayBeAskedFor).toBe('yes')
  expect(check.conditions.map(({ code, holds }) => [code, holds])).toEqual([
    ['E-1', 'yes'],
    ['E-2', 'yes'],
    ['E-3', 'yes'],
    ['E-4', 'yes'],
    ['E-5', 'yes'],
    ['E-6', 'yes'],
  ])
})

test.for([
  [11_999, 'yes'],
  [12_000, 'yes'],
  [12_001, 'no'],
] as const)('10,000 persons approved, %i planned: within twenty per cent: %s', ([personsPlanned, answer]) => {
  const check = checkExtension({ ...unchanged, personsPlanned }, within)
  expect(check.conditions[2]?.holds).toBe(answer)
  expect(check.mayBeAskedFor).toBe(answer)
})

test.for([
  [1_200_000_000_000_000, 'yes'],
  [1_200_000_000_000_001, 'no'],
] as const)('a petabyte of important data approved, %i bytes planned: %s', ([importantDataBytesPlanned, answer]) => {
  const facts = { containsImportantData: true, importantDataBytesApproved: 1_000_000_000_000_000 }
  const check = checkExtension({ ...unchanged, ...facts, importantDataBytesPlanned }, within)
  expect(check.conditions[3]?.holds).toBe(answer)
})

test.for([
  ['2026-03-31', 'not-open', 'no'],
  ['2026-04-01', 'open', 'yes'],
  ['2026-06-30', 'open', 'yes'],
  ['2026-07-01', 'closed', 'no'],
] as const)('on %s the window is %s: %s', ([on, state, answer]) => {
  const check = checkExtension(unchanged, legalDate(on))
  expect(check.window.state).toBe(state)
  expect(check.mayBeAskedFor).toBe(answer)
})

test.for([
  ['purposeAndScopeUnchanged', 'E-1', false],
  ['partiesUnchanged', 'E-2', false],
  ['legalDocumentMeetsArticle9', 'E-5', false],
  ['keptToTheNotice', 'E-6', false],
  ['majorIncident', 'E-6', true],
] as const)('%s decides %s, and left out leaves it unknown', ([name, code, against]) => {
  const answered = checkExtension({ ...unchanged, [name]: against }, within)
  expect(answered.conditions.find((one) => one.code === code)?.holds).toBe('no')
  expect(answered.mayBeAskedFor).toBe('no')
  const { [name]: _left, ...open } = unchanged
  const asked = checkExtension(open, within)
  expect(asked.conditions.find((one) => one.code === code)).toMatchObject({ holds: 'unknown', missing: [name] })
  expect(asked.mayBeAskedFor).toBe('unknown')
})

test('how many persons are planned must be known; 20 % of nothing is nothing', () => {
  const { personsPlanned: _left, ...open } = unchanged
  expect(checkExtension(open, within).conditions[2]).toMatchObject({ holds: 'unknown', missing: ['personsPlanned'] })
  expect(checkExtension({ ...unchanged, personsApproved: 0, personsPlanned: 1 }, within).mayBeAskedFor).toBe('no')
})

test.for([
  ['2025-06-26', 'unknown'],
  ['2025-06-27', 'yes'],
] as const)('on %s the six conditions of the third edition: %s', ([on, answer]) => {
  const check = checkExtension({ ...unchanged, lastDay: legalDate('2025-08-29') }, legalDate(on))
  expect(check.mayBeAskedFor).toBe(answer)
})

test('before Order 16 a result was declared again, not extended: the question has no answer on 2024-03-21', () => {
  expect(() => checkExtension(unchanged, legalDate('2024-03-21'))).toThrow('declared again before it expired')
  const { window, certainty } = checkExtension(unchanged, legalDate('2024-03-22'))
  expect([window.state, certainty]).toEqual(['not-open', 'secondary'])
})

test('persons planned speak against personal information said to be none', () => {
  const facts = { ...unchanged, containsPersonalInformation: false, personsApproved: 1, personsPlanned: 100 }
  expect(checkExtension(facts, within).mayBeAskedFor).toBe('no')
  expect(checkExtension({ ...facts, personsApproved: 0, personsPlanned: 0 }, within).mayBeAskedFor).toBe('yes')
})
