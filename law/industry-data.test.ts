import { expect, test } from 'vitest'
import { incidentGrade, mustFileChange } from './industry-data.ts'

test.for([
  [100, 129, 'no'],
  [100, 130, 'yes'],
  [100, 131, 'yes'],
  [100, 71, 'no'],
  [100, 70, 'yes'],
  [0, 1, 'yes'],
  [0, 0, 'no'],
] as const)('a class filed at %i and now at %i must be filed anew: %s', ([scaleFiled, scaleNow, answer]) => {
  expect(mustFileChange({ scaleFiled, scaleNow, otherContentChanged: false })).toBe(answer)
})

test('a change of other filed content is enough; what is not known leaves it open', () => {
  expect(mustFileChange({ otherContentChanged: true })).toBe('yes')
  expect(mustFileChange({ otherContentChanged: false })).toBe('unknown')
  expect(mustFileChange({ scaleFiled: 100, scaleNow: 100 })).toBe('unknown')
})

test.for([
  [999_999, 0, 0, 'general'],
  [1_000_000, 0, 0, 'considerable'],
  [9_999_999, 0, 0, 'considerable'],
  [10_000_000, 0, 0, 'major'],
  [99_999_999, 0, 0, 'major'],
  [100_000_000, 0, 0, 'specially-major'],
  [0, 99_999, 0, 'general'],
  [0, 100_000, 0, 'considerable'],
  [0, 1_000_000, 0, 'major'],
  [0, 10_000_000, 0, 'specially-major'],
  [0, 0, 49_999_999, 'general'],
  [0, 0, 50_000_000, 'considerable'],
  [0, 0, 100_000_000, 'major'],
  [0, 0, 1_000_000_000, 'specially-major'],
] as const)('%i persons, %i sensitive, a loss of %i yuan: %s', ([persons, sensitivePersons, lossYuan, grade]) => {
  expect(incidentGrade({ persons, sensitivePersons, lossYuan })).toBe(grade)
})
