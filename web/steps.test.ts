import { expect, test } from 'vitest'
import { problemsOf, stepForms, valueOf, withDefects } from './steps.ts'
import type { Field } from './steps.ts'

const expected: Field = { name: 'expected', kind: 'day' }
const reason: Field = { name: 'reason', kind: 'paragraph' }

test('what is empty is named, and so is a day that does not exist', () => {
  expect(problemsOf([expected, reason], {})).toEqual([
    { name: 'expected', kind: 'missing' },
    { name: 'reason', kind: 'missing' },
  ])
  for (const text of ['2026-02-30', '2026-2-3', '20260203', 'tomorrow']) {
    expect(problemsOf([expected], { expected: text })).toEqual([{ name: 'expected', kind: 'no-day' }])
  }
  expect(problemsOf([expected, reason], { expected: '2028-02-29', reason: 'x' })).toEqual([])
})

test('a notice says something: a document, a reason, or the defects noted before', () => {
  const { returnForCompletion: fields } = stepForms
  expect(problemsOf(fields, {})).toEqual([{ name: 'missing', kind: 'missing' }])
  expect(problemsOf(fields, { missing: [], reasons: ['x'] })).toEqual([])
  expect(problemsOf(fields, { missing: ['other-proof'], reasons: [] })).toEqual([])
  expect(problemsOf(withDefects(fields, 1), {})).toEqual([])
})

test('a list is what stands on its lines, without the empty ones', () => {
  expect(valueOf('lines', ' 第一项 \n\n第二项\r\n ')).toEqual(['第一项', '第二项'])
  expect(valueOf('lines', ' \n ')).toEqual([])
  expect(valueOf('text', ' 受理 1 ')).toBe('受理 1')
})
