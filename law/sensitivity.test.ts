import { expect, test } from 'vitest'
import { legalDate } from './calendar.ts'
import {
  isUnderFourteen,
  leadingPack,
  sensitivityDifferences,
  sensitivityOf,
  sensitivityPacks,
  sensitivityPacksOn,
} from './sensitivity.ts'

test.for([
  ['2020-09-30', undefined],
  ['2020-10-01', 'GB/T 35273-2020'],
  ['2025-10-31', 'GB/T 35273-2020'],
  ['2025-11-01', 'GB/T 45574-2025'],
] as const)('on %s the list a classification goes by is %s', ([on, name]) => {
  expect(leadingPack(legalDate(on))?.name).toBe(name)
})

test.for([
  ['2021-10-31', ['GB/T 35273-2020']],
  ['2021-11-01', ['PIPL art. 28', 'GB/T 35273-2020']],
  ['2025-10-31', ['PIPL art. 28', 'GB/T 35273-2020']],
  ['2025-11-01', ['PIPL art. 28', 'GB/T 35273-2020', 'GB/T 45574-2025']],
] as const)('on %s there are %j; a practice guide is no list of its own', ([on, names]) => {
  expect(sensitivityPacksOn(legalDate(on)).map(({ name }) => name)).toEqual(names)
})

test.for([
  ['identity-documents', true, false],
  ['property', true, false],
  ['credentials', true, false],
  ['financial-account', false, true],
  ['specific-identity', false, true],
  ['biometric', true, true],
  ['health', true, true],
  ['religion', true, true],
  ['whereabouts', true, true],
  ['minors', true, true],
] as const)('%s: a category of the list of 2020 %s, of that of 2025 %s', ([category, before, after]) => {
  const has = (name: string) =>
    sensitivityPacks.find((pack) => pack.name === name)?.categories.some(({ code }) => code === category)
  expect([has('GB/T 35273-2020'), has('GB/T 45574-2025')]).toEqual([before, after])
})

test('the number of an ID card is no longer listed, its photo is', () => {
  expect(sensitivityDifferences.find(({ code }) => code === 'id-number')?.sensitiveIn2025).toBe(false)
  expect(sensitivityDifferences.find(({ code }) => code === 'id-photo')?.sensitiveIn2025).toBe(true)
})

test.for([
  ['2012-11-24', '2026-11-23', true],
  ['2012-11-24', '2026-11-24', false],
  ['2012-11-24', '2026-11-25', false],
  ['2012-02-29', '2026-02-27', true],
  ['2012-02-29', '2026-02-28', false],
] as const)('born on %s, on %s under fourteen: %s', ([born, on, under]) => {
  expect(isUnderFourteen(legalDate(born), legalDate(on))).toBe(under)
})

test.for([
  ['2021-10-31', [], ['GB/T 35273-2020']],
  ['2025-10-31', [], ['PIPL art. 28', 'GB/T 35273-2020']],
  ['2025-11-01', ['GB/T 45574-2025'], ['PIPL art. 28', 'GB/T 35273-2020', 'GB/T 45574-2025']],
] as const)('the rule packs in force on %s decide', ([day, notUnderForIncome, forHealth]) => {
  const on = legalDate(day)
  expect(sensitivityOf(['diagnosis'], on).under).toEqual(forHealth)
  expect(sensitivityOf(['national_id'], on).under).toEqual(['GB/T 35273-2020'])
  expect(sensitivityOf(['national_id'], on).notUnder).toEqual(expect.arrayContaining([...notUnderForIncome]))
})
