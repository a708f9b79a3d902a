import { expect, test } from 'vitest'
import { reviewedItems, selfAssessmentItems, withoutCounterpart } from './assessment-items.ts'
import { requiredClauses, standardContractClauses, standardContractDescription } from './contract-clauses.ts'

test('the handler assesses six matters, the reviewers seven', () => {
  expect(selfAssessmentItems).toHaveLength(6)
  expect(new Set(reviewedItems.map(({ citation }) => citation.item))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7]))
})

test('three of the reviewers’ matters have no counterpart: the country, Chinese standards, the record of compliance', () => {
  expect(withoutCounterpart.map(({ code }) => code)).toEqual(['R-2a', 'R-2b', 'R-6'])
  for (const { elsewhere } of withoutCounterpart) expect(elsewhere).toBeDefined()
})

test('each matter of the self-assessment answers one of the reviewers', () => {
  const answered = new Set(reviewedItems.flatMap(({ answeredBy }) => answeredBy))
  expect(answered).toEqual(new Set([1, 2, 3, 4, 5, 6]))
})

test('the legal document holds six matters, each with its points', () => {
  expect(requiredClauses.map(({ code, citation }) => [code, citation.item])).toEqual([
    ['K-1', 1],
    ['K-2', 2],
    ['K-3', 3],
    ['K-4', 4],
    ['K-5', 5],
    ['K-6', 6],
  ])
  for (const { code, points } of requiredClauses) {
    expect(points.length).toBeGreaterThan(1)
    for (const point of points) expect(point.code.startsWith(`${code}.`)).toBe(true)
  }
})

test('the standard contract has nine articles and a description of ten items', () => {
  expect(standardContractClauses).toHaveLength(9)
  expect(standardContractDescription).toHaveLength(10)
})
