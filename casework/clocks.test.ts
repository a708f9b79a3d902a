import { addDays, legalDate } from '@tongguan/law'
import { expect, test } from 'vitest'
import { aHandler, anApprover, anAssessedCase, why } from './case.makers.ts'
import { caseNo, fold } from './case.ts'
import type { CaseEvent } from './case.ts'
import { clocksOf, stateOfClock } from './clocks.ts'

const no = caseNo('TG-2026-000001')
const events = anAssessedCase(no)

function clocks(of: readonly CaseEvent[]) {
  const folded = fold(of)
  return folded === null ? [] : clocksOf(folded)
}

test('5, 7, 45 and 15 working days, each from the event the law names', () => {
  expect(clocks(events).map(({ kind, started, due, ended }) => [kind, started, due, ended])).toEqual([
    ['completeness-check', '2026-03-02', '2026-03-09', '2026-03-09'],
    ['acceptance', '2026-03-10', '2026-03-19', '2026-03-19'],
    ['assessment', '2026-03-19', '2026-05-26', '2026-05-20'],
    ['re-assessment', '2026-05-21', '2026-06-11', null],
  ])
})

test('a supplement does not stop the clock; an extension leaves the statutory date beside the announced one', () => {
  const extended: CaseEvent = {
    kind: 'periodExtended',
    day: legalDate('2026-04-20'),
    actor: anApprover,
    expected: legalDate('2026-06-30'),
    reason: why,
  }
  const [, , plain] = clocks(events.slice(0, 5))
  const [, , supplemented] = clocks(events.slice(0, 7))
  const [, , later] = clocks([...events.slice(0, 7), extended])
  expect(supplemented).toEqual(plain)
  expect(later).toEqual({ ...plain, announced: '2026-06-30' })
})

test('late is late against the announced date', () => {
  const [clock] = clocks(events.slice(0, 1))
  if (clock === undefined) throw new Error('a declared case has a clock')
  expect(stateOfClock(clock, legalDate('2026-03-09'))).toBe('running')
  expect(stateOfClock(clock, legalDate('2026-03-10'))).toBe('late')
  const announced = { ...clock, announced: legalDate('2026-03-12') }
  expect(stateOfClock(announced, legalDate('2026-03-12'))).toBe('running')
  expect(stateOfClock(announced, legalDate('2026-03-13'))).toBe('late')
  expect(stateOfClock({ ...clock, ended: legalDate('2026-03-09') }, legalDate('2027-01-04'))).toBe('kept')
  expect(stateOfClock({ ...clock, ended: legalDate('2026-03-10') }, legalDate('2027-01-04'))).toBe('late')
})

test('the period to ask for a re-assessment lapses: nobody is late who does not ask', () => {
  const clock = clocks(events).find(({ kind }) => kind === 're-assessment')
  if (clock === undefined) throw new Error('a decided case has a clock for the re-assessment')
  expect(stateOfClock(clock, clock.due)).toBe('running')
  expect(stateOfClock(clock, addDays(clock.due, 1))).toBe('lapsed')
  expect(stateOfClock({ ...clock, ended: clock.due }, addDays(clock.due, 1))).toBe('kept')
})

test('a declaration filed again starts the check anew; a withdrawal ends every clock', () => {
  const returned: CaseEvent = {
    kind: 'returnedForCompletion',
    day: legalDate('2026-03-05'),
    actor: anApprover,
    missing: ['legal-document'],
    reasons: [],
  }
  const [declared] = events
  if (declared?.kind !== 'declared') throw new Error('the first event declares')
  const day = legalDate('2026-03-12')
  const again: CaseEvent = {
    kind: 'redeclared',
    day,
    received: day,
    actor: aHandler,
    declaration: declared.declaration,
  }
  const withdrawn: CaseEvent = { kind: 'withdrawn', day: legalDate('2026-03-13'), actor: aHandler, reason: why }
  expect(clocks([declared, returned, again, withdrawn]).map(({ started, ended }) => [started, ended])).toEqual([
    ['2026-03-02', '2026-03-05'],
    ['2026-03-12', '2026-03-13'],
  ])
})
