import { legalDate } from '@tongguan/law'
import type { Decision } from '@tongguan/law'
import { expect, test } from 'vitest'
import {
  aDeclaration,
  aDrafter,
  aHandler,
  anApprover,
  anAssessedCase,
  aPass,
  aScenario,
  theProvince,
  why,
} from './case.makers.ts'
import type { Passed } from './case.makers.ts'
import { caseNo, fold, packageOf } from './case.ts'
import type { Case } from './case.ts'
import { decide, eventOf } from './decide.ts'
import type { Command } from './decide.ts'
import { hasPassed, permitOf } from './permit.ts'
import { refusalWords } from './words.ts'

const no = caseNo('TG-2026-000001')

/** The assessed case after so many of its eight events. */
function after(events: number): Case {
  const folded = fold(anAssessedCase(no).slice(0, events))
  if (folded === null) throw new Error('at least one event')
  return folded
}

function codeOf(current: Case | null, command: Command): string {
  const decided = decide(current, command)
  if (decided.kind === 'decided') return 'decided'
  expect(decided.words.zh + decided.words.en).not.toMatch(/[{}]/)
  return decided.code
}

const march2 = legalDate('2026-03-02')
const march9 = legalDate('2026-03-09')
const may20 = legalDate('2026-05-20')
const declare: Command = {
  kind: 'declare',
  day: march2,
  actor: aHandler,
  caseNo: no,
  declaration: aDeclaration(),
  received: march2,
}
const accept: Command = { kind: 'accept', day: march9, actor: aDrafter, acceptanceNo: 'ACC-1' }

function issue(decision: Decision, change: Partial<Extract<Command, { kind: 'issueResult' }>> = {}): Command {
  return {
    kind: 'issueResult',
    day: may20,
    actor: anApprover,
    draftedBy: aDrafter,
    decision,
    delivered: may20,
    ...change,
  }
}

test('an allowed command becomes its event, unchanged but for the name', () => {
  const { kind: _kind, ...content } = declare
  expect(decide(null, declare)).toEqual({ kind: 'decided', events: [{ kind: 'declared', ...content }] })
})

test('the whole way from declaration to result is decided', () => {
  let current: Case | null = null
  for (const event of anAssessedCase(no)) {
    const kind = Object.entries(eventOf).find(([, name]) => name === event.kind)?.[0]
    // The same content under the imperative name.
    const decided = decide(current, { ...event, kind } as Command)
    expect(decided).toEqual({ kind: 'decided', events: [event] })
    current = fold([...(current?.events ?? []), event])
  }
  expect(current?.status).toBe('decided')
})

test('nothing is accepted before its completeness is confirmed', () => {
  expect(codeOf(after(1), accept)).toBe('acceptance.completeness-missing')
  expect(codeOf(after(2), accept)).toBe('case.not-now')
  expect(codeOf(after(3), { ...accept, day: legalDate('2026-03-10') })).toBe('decided')
  expect(codeOf(null, accept)).toBe('case.no-case')
})

test('a result is issued only under assessment', () => {
  for (const events of [1, 2, 3, 4, 6, 8]) expect(codeOf(after(events), issue(aPass()))).toBe('case.not-now')
  expect(codeOf(after(5), issue(aPass()))).toBe('decided')
  expect(codeOf(after(7), issue(aPass()))).toBe('decided')
})

test('each act is its own office’s', () => {
  const confirm: Command = {
    kind: 'confirmCompleteness',
    day: march9,
    actor: theProvince,
    package: packageOf(aDeclaration()),
  }
  expect(codeOf(after(1), confirm)).toBe('decided')
  expect(codeOf(after(1), { ...confirm, actor: aHandler })).toBe('case.not-yours')
  expect(codeOf(after(1), { ...confirm, actor: aDrafter })).toBe('case.not-yours')
})

test('a day may not lie before the last one, nor a receipt before its sending', () => {
  const confirm: Command = {
    kind: 'confirmCompleteness',
    day: march2,
    actor: theProvince,
    package: packageOf(aDeclaration()),
  }
  expect(codeOf(after(1), confirm)).toBe('decided')
  expect(codeOf(after(1), { ...confirm, day: legalDate('2026-03-01') })).toBe('case.day-before-last')
  expect(codeOf(null, { ...declare, received: legalDate('2026-03-01') })).toBe('case.received-before-sent')
})

test.for<[string, Command, number]>([
  ['a declaration without scenarios', { ...declare, declaration: aDeclaration({ scenarios: [] }) }, 0],
  [
    'a return without a list',
    { kind: 'returnForCompletion', day: march9, actor: theProvince, missing: [], reasons: [] },
    1,
  ],
  ['an acceptance without a number', { ...accept, day: legalDate('2026-03-19'), acceptanceNo: ' ' }, 3],
  ['a refusal to accept without a reason', { kind: 'declineAcceptance', day: may20, actor: aDrafter, reasons: [] }, 3],
  ['a request for nothing', { kind: 'requestSupplement', day: may20, actor: aDrafter, requested: [] }, 5],
  ['a result not passed without a reason', issue({ kind: 'notPassed', resultNo: 'R', issued: may20, reasons: [] }), 7],
])('%s is refused', ([, command, events]) => {
  expect(codeOf(events === 0 ? null : after(events), command)).toBe('case.nothing-said')
})

test('an extension announces a later day than the one that stands', () => {
  for (const [expected, code] of [
    ['2026-05-26', 'extension.not-later'],
    ['2026-05-27', 'decided'],
  ] as const) {
    const day = legalDate('2026-04-16')
    const extend: Command = { kind: 'extendPeriod', day, actor: aDrafter, expected: legalDate(expected), reason: why }
    expect(codeOf(after(7), extend)).toBe(code)
  }
})

test('whoever drafted a result does not approve it', () => {
  expect(codeOf(after(7), issue(aPass(), { actor: aDrafter }))).toBe('result.drafter-approves')
  expect(codeOf(after(7), issue(aPass(), { draftedBy: { ...anApprover, name: '别名' } }))).toBe(
    'result.drafter-approves',
  )
})

const [passedScenario] = aPass().scenarios
function decided(change: Partial<Passed['scenarios'][number]>): Passed {
  if (passedScenario === undefined) throw new Error('the made decision has a scenario')
  return aPass({ scenarios: [{ ...passedScenario, ...change }] })
}

test.for<[string, Passed, string]>([
  ['issued on another day', aPass({ issued: legalDate('2026-05-19') }), 'result.other-day'],
  ['ending on the day it is issued', aPass({ lastDay: may20 }), 'result.last-day'],
  ['of three years', aPass({ lastDay: legalDate('2029-05-20') }), 'decided'],
  ['of three years and a day', aPass({ lastDay: legalDate('2029-05-21') }), 'result.last-day'],
  ['of a scenario nobody declared', decided({ id: 's2' }), 'result.scenario-not-declared'],
  ['leaving a scenario out', aPass({ scenarios: [] }), 'result.scenario-undecided'],
  ['of an item nobody declared', decided({ passedItems: ['subject', 'icd10', 'name'] }), 'result.item-not-declared'],
  ['leaving an item out', decided({ passedItems: ['subject'] }), 'result.item-undecided'],
  [
    'both passing and refusing an item',
    decided({ refusedItems: [{ name: 'icd10', reason: why }] }),
    'result.item-undecided',
  ],
  [
    'passing nothing',
    decided({ passedItems: [], refusedItems: ['subject', 'icd10'].map((name) => ({ name, reason: why })) }),
    'result.nothing-passed',
  ],
  ['of exactly the persons declared', decided({ ceiling: { general: 100, sensitive: 12_000 } }), 'decided'],
  ['of one person more', decided({ ceiling: { general: 100, sensitive: 12_001 } }), 'result.ceiling-above-declared'],
  ['of one person more', decided({ ceiling: { general: 101, sensitive: 0 } }), 'result.ceiling-above-declared'],
  ['of no whole number', decided({ ceiling: { general: 1.5, sensitive: 0 } }), 'result.ceiling-above-declared'],
  ['of fewer than nobody', decided({ ceiling: { general: 0, sensitive: -1 } }), 'result.ceiling-above-declared'],
])('a result %s: %s', ([, decision, code]) => {
  expect(codeOf(after(7), issue(decision))).toBe(code)
})

test('a re-assessment is asked for within 15 working days of receiving the result', () => {
  for (const [day, code] of [
    ['2026-06-11', 'decided'],
    ['2026-06-12', 'reassessment.too-late'],
  ] as const) {
    const ask: Command = { kind: 'requestReassessment', day: legalDate(day), actor: aHandler, grounds: why }
    expect(codeOf(after(8), ask)).toBe(code)
  }
})

test('a declaration is filed again by the same handler only', () => {
  const returned = decide(after(1), {
    kind: 'returnForCompletion',
    day: march9,
    actor: theProvince,
    missing: ['legal-document'],
    reasons: [],
  })
  if (returned.kind === 'refused') throw new Error(returned.words.en)
  const current = fold([...after(1).events, ...returned.events])
  const again: Command = {
    kind: 'redeclare',
    day: march9,
    actor: aHandler,
    declaration: aDeclaration(),
    received: march9,
  }
  const { handler } = again.declaration
  expect(codeOf(current, again)).toBe('decided')
  const other = aDeclaration({ handler: { ...handler, creditCode: '91110000600000000K' } })
  expect(codeOf(current, { ...again, declaration: other })).toBe('redeclaration.other-handler')
})

test('a permit is what was declared less what was refused', () => {
  const scenarios = [aScenario(), aScenario({ id: 's2', name: 'refused wholly' })]
  const [declared, ...rest] = anAssessedCase(no)
  if (declared?.kind !== 'declared') throw new Error('the first event declares')
  const decision = aPass({
    scenarios: [
      {
        id: 's1',
        passedItems: ['subject'],
        refusedItems: [{ name: 'icd10', reason: why }],
        ceiling: { general: 50, sensitive: 0 },
        conditions: ['delete after the study'],
      },
      {
        id: 's2',
        passedItems: [],
        refusedItems: ['subject', 'icd10'].map((name) => ({ name, reason: why })),
        ceiling: { general: 0, sensitive: 0 },
        conditions: [],
      },
    ],
  })
  const before = fold([{ ...declared, declaration: aDeclaration({ scenarios }) }, ...rest.slice(0, -1)])
  const issued = decide(before, issue(decision))
  if (issued.kind === 'refused') throw new Error(issued.words.en)
  const current = fold([...(before?.events ?? []), ...issued.events])
  if (current === null || !hasPassed(current)) throw new Error('the case has passed')
  expect(permitOf(current, { kind: 'simulated', keyId: 'k', suite: 'EdDSA' })).toEqual({
    schema: 'tongguan/permit/1',
    id: 'TG-2026-000001-RES-1',
    kind: 'simulated',
    caseNo: 'TG-2026-000001',
    resultNo: 'RES-1',
    handler: { name: 'Hospital', creditCode: '12100000400000000X' },
    scenarios: [
      {
        id: 's1',
        name: 'study',
        purpose: 'research',
        manner: 'files',
        recipients: [{ name: 'University', country: 'NL' }],
        items: [{ name: 'subject', description: 'study number', kind: 'subject_id', category: 'personal' }],
        ceiling: { general: 50, sensitive: 0 },
        importantDataBytes: null,
        retention: '5 years',
        conditions: ['delete after the study'],
      },
    ],
    firstDay: '2026-05-20',
    lastDay: '2029-05-20',
    keyId: 'k',
    suite: 'EdDSA',
    countingMethod: 'tongguan/persons/1',
  })
})

test('a case that did not pass, or is contested, has no permit', () => {
  const failed = fold(anAssessedCase(no, { kind: 'notPassed', resultNo: 'R', issued: may20, reasons: [why] }))
  const contested = fold([
    ...anAssessedCase(no),
    { kind: 'reassessmentRequested', day: legalDate('2026-05-22'), actor: aHandler, grounds: why },
  ])
  for (const current of [failed, contested, after(7)]) {
    if (current === null) throw new Error('the case is there')
    expect(hasPassed(current)).toBe(false)
  }
})

test('every refusal has words in both languages that name the same facts', () => {
  for (const [code, { zh, en }] of Object.entries(refusalWords)) {
    expect([code, namesIn(zh)]).toEqual([code, namesIn(en)])
  }
})

function namesIn(text: string): readonly string[] {
  // A date said twice in one language needs no repetition in the other.
  return [...new Set(text.match(/\{\w+\}/g))].sort()
}
