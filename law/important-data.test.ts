import { expect, test } from 'vitest'
import { legalDate } from './calendar.ts'
import { coreDataTest, gradeOf, gradingMatrix, importantDataTest } from './important-data.ts'

test.for([
  ['2022-08-31', undefined],
  ['2022-09-01', 'measures-2022'],
  ['2024-12-31', 'measures-2022'],
  ['2025-01-01', 'network-data-regulations-2025'],
] as const)('important data on %s are defined by %s', ([on, instrument]) => {
  expect(importantDataTest({}, legalDate(on))?.citation.instrument).toBe(instrument)
})

test('until 2024 data that may endanger fit the definition; from 2025 only what endangers directly and is specific', () => {
  const data = { mayEndanger: true, mayEndangerDirectly: false, specificFieldGroupRegionOrScale: true }
  expect(importantDataTest(data, legalDate('2024-12-31'))?.byDefinition).toBe('yes')
  expect(importantDataTest(data, legalDate('2025-01-01'))?.byDefinition).toBe('no')
})

test.for([
  [{ notified: true }, 'yes'],
  [{ published: true }, 'yes'],
  [{ notified: false, published: false }, 'no'],
  [{ notified: false }, 'unknown'],
  [{}, 'unknown'],
] as const)('%j: important by an authority: %s', ([data, answer]) => {
  expect(importantDataTest(data, legalDate('2026-11-23'))?.byAuthority).toBe(answer)
})

test('what is unknown names what is missing', () => {
  expect(importantDataTest({ notified: false }, legalDate('2026-11-23'))?.missing).toEqual([
    'published',
    'specificFieldGroupRegionOrScale',
    'mayEndangerDirectly',
    'affectsOnlyOrganisationOrIndividuals',
  ])
})

test('data that touch only an organisation or individuals are in general not important', () => {
  const only = { affectsOnlyOrganisationOrIndividuals: true }
  expect(importantDataTest(only, legalDate('2026-11-23'))?.byDefinition).toBe('no')
})

test.for([
  [{ namedCore: true }, 'yes', 'unknown'],
  [{ namedCore: false, coreRelation: true }, 'no', 'yes'],
  [{}, 'unknown', 'unknown'],
] as const)('%j: core by an authority %s, by definition %s', ([data, byAuthority, byDefinition]) => {
  expect(coreDataTest(data)).toMatchObject({ byAuthority, byDefinition })
})

test('a set takes the grade of its highest member', () => {
  expect(gradeOf([{ affects: 'organisation-or-individual', harm: 'specially-serious' }])).toBe('general')
  expect(gradeOf([{ affects: 'national-security', harm: 'general' }])).toBe('important')
  expect(
    gradeOf([
      { affects: 'public-interest', harm: 'serious' },
      { affects: 'national-security', harm: 'serious' },
    ]),
  ).toBe('core')
  expect(gradeOf([])).toBe('general')
})

test('the matrix is known from memory and says so', () => {
  expect(gradingMatrix.certainty).toBe('memory')
})
