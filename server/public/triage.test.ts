import { legalDate } from '@tongguan/law'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { choices, conditionsAsked, countOf, entryFields, factsOf, questionIds, triage } from './triage.ts'
import type { QuestionId, Sent } from './triage.ts'
import { factWords } from './triage-words.ts'

const on = legalDate('2026-11-23')

/** Answers to one question, made from random numbers. */
function answerTo(id: QuestionId, sent: Sent, pick: (most: number) => number): Sent {
  if (id === 'conditions') {
    const values = ['yes', 'no', 'unknown']
    return Object.fromEntries(conditionsAsked(sent).map((one) => [`c-${one}`, values[pick(3)] ?? '']))
  }
  if (id === 'entry') return Object.fromEntries(entryFields.map((field) => [`e-${field}`, pick(2) === 0 ? '' : 'x']))
  const value = choices[id][pick(choices[id].length)] ?? ''
  if (value !== 'told') return { [id]: value }
  const counts = [0, 9_999, 10_000, 99_999, 100_000, 999_999, 1_000_000]
  return { [id]: value, general: String(counts[pick(7)]), sensitive: String(counts[pick(7)]) }
}

test('every way through ends, no question comes twice, and what the answer names has words', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 80, maxLength: 80 }), (numbers) => {
      let at = 0
      const pick = (most: number) => (numbers[at++] ?? 0) % most
      const asked: QuestionId[] = []
      let sent: Sent = {}
      for (;;) {
        const step = triage(sent, on)
        if (step.kind === 'result') {
          const { path, missing, alsoMissing, wouldChange, mayProceed, notLawfulAsDescribed } = step.determination
          const named = [...missing, ...alsoMissing, ...wouldChange.map(({ fact }) => fact)]
          expect(named.filter((fact) => factWords(fact) === undefined)).toEqual([])
          if (path === 'unknown') {
            // An export that is not necessary may not go on any path, also on one that is not known yet.
            expect([missing.length > 0, mayProceed]).toEqual([true, notLawfulAsDescribed ? 'no' : 'unknown'])
          }
          return
        }
        expect(asked).not.toContain(step.question)
        asked.push(step.question)
        sent = { ...sent, ...answerTo(step.question, sent, pick) }
      }
    }),
    { numRuns: 150 },
  )
})

test('who answers "not known" to everything gets no path, and is told every fact that is missing', () => {
  let sent: Sent = {}
  for (;;) {
    const step = triage(sent, on)
    if (step.kind === 'result') {
      expect(step.determination.path).toBe('unknown')
      expect(step.determination.missing).toContain('flows.0.importantData')
      return
    }
    sent = { ...sent, [step.question]: 'unknown' }
  }
})

test('data that do not leave are answered after one question', () => {
  expect(triage({ leaves: 'no' }, on)).toMatchObject({ kind: 'result', determination: { path: 'not-an-export' } })
})

const ordinary = {
  leaves: 'transfer',
  personal: 'yes',
  secret: 'none',
  important: 'none',
  operator: 'no',
  body: 'none',
  claim: 'none',
  foreign: 'no',
  restricted: 'no',
  voluntary: 'no',
  persons: 'told',
}

test.for([
  ['9999', 'contract-or-certification'],
  ['10000', 'assessment'],
  ['1万', 'assessment'],
])('%s persons with sensitive information: %s (Provisions art. 7)', ([sensitive, path]) => {
  const step = triage({ ...ordinary, general: '0', sensitive: sensitive ?? '' }, on)
  expect(step).toMatchObject({ kind: 'result', determination: { path } })
})

test('an exemption by list without its entry is never exempt', () => {
  const step = triage({ ...ordinary, claim: 'ftz-off-list', 'c-onNegativeList': 'no', 'c-listInForce': 'yes' }, on)
  expect(step).toEqual({ kind: 'ask', question: 'entry' })
})

test('persons are read as people write them, and nothing else is taken for a number', () => {
  expect(['12000', '12,000', '12 000', '1.2万', '0', '3人'].map(countOf)).toEqual([
    12_000, 12_000, 12_000, 12_000, 0, 3,
  ])
  expect(['', '-1', '1.5', 'many', '1e9', '99999999999', undefined].map(countOf)).toEqual(Array(7).fill(undefined))
})

test('a value nobody offers is no answer', () => {
  expect(factsOf({ leaves: 'teleport', operator: 'maybe' })).toEqual({
    schema: 'tongguan/facts/1',
    flows: [{ id: 'export' }],
  })
  expect(questionIds.every((id) => id in ordinary || ['conditions', 'entry'].includes(id))).toBe(true)
})
