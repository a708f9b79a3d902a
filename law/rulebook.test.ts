import { expect, test } from 'vitest'
import { legalDate } from './calendar.ts'
import type { Rule } from './rule.ts'
import { bind, bookOf } from './rulebook.ts'
import { books, rules } from './rules.ts'

function aRule(changes: Partial<Rule> & Pick<Rule, 'id'>): Rule {
  return {
    citation: { instrument: 'provisions-2024', article: 1 },
    path: 'assessment',
    certainty: 'primary',
    inForce: { from: legalDate('2024-03-22') },
    exceptionTo: [],
    says: { zh: '规则', en: 'a rule' },
    applies: () => true,
    looksAt: () => ({}),
    ...changes,
  }
}

const general = aRule({ id: 'general', path: 'contract-or-certification' })

test('two rules that order different paths, neither an exception to the other, do not bind', () => {
  expect(() => bind([general, aRule({ id: 'other' })])).toThrow(/general .* and other .* may both speak/)
})

test('a declared exception binds, and stands before what it sets aside, wherever it is written', () => {
  const exception = aRule({ id: 'exception', exceptionTo: ['general'] })
  for (const order of [
    [general, exception],
    [exception, general],
  ]) {
    const [book] = bind(order)
    expect(book?.rules.map(({ id }) => id)).toEqual(['exception', 'general'])
  }
})

test('rules that are never in force together do not conflict', () => {
  const old = aRule({ id: 'old', inForce: { from: legalDate('2022-09-01'), to: legalDate('2024-03-21') } })
  expect(bind([general, old]).map(({ from, rules }) => [from, rules.map(({ id }) => id)])).toEqual([
    ['2022-09-01', ['old']],
    ['2024-03-22', ['general']],
  ])
})

test('what an exception sets aside is set aside with it', () => {
  const exception = aRule({ id: 'exception', path: 'exempt', exceptionTo: ['general'] })
  const stop = aRule({ id: 'stop', exceptionTo: ['exception'] })
  const [book] = bind([general, exception, stop])
  expect(book?.setsAside(stop, general)).toBe(true)
})

test('a circle of exceptions, a rule that is not there and two of one name do not bind', () => {
  const one = aRule({ id: 'one', exceptionTo: ['two'] })
  expect(() => bind([one, aRule({ id: 'two', exceptionTo: ['one'] })])).toThrow(/circle/)
  expect(() => bind([one])).toThrow(/two, which is no rule/)
  expect(() => bind([general, general])).toThrow(/same id/)
})

test('a day before the first book has none', () => {
  expect(() => bookOf(bind([general]), legalDate('2024-03-21'))).toThrow(RangeError)
})

test('the rules of the law bind; each is in force on some day and says what it rests on in both languages', () => {
  expect(books.length).toBeGreaterThan(5)
  for (const { inForce, says } of rules) {
    expect(inForce.to === undefined || inForce.from <= inForce.to).toBe(true)
    expect(says.zh.length * says.en.length).toBeGreaterThan(0)
  }
})
