import {
  breachNames,
  breaches,
  deadline,
  deadlineKinds,
  legalDate,
  nominalCourse,
  penaltiesFor,
  periodFor,
  procedureOn,
  standingOfDeadline,
  standingOfPenalties,
  standingOfProcedure,
} from '@tongguan/law'
import { expect, test } from 'vitest'
import { DeadlineAnswerSchema, PenaltiesAnswerSchema, ProcedureAnswerSchema } from './law-answers.ts'

const days = ['2022-09-01', '2024-03-21', '2024-03-22', '2025-06-27', '2026-01-01', '2026-11-23'].map(legalDate)

test.for(deadlineKinds)('every answer about %s fits its schema', (kind) => {
  const inForce = days.filter((day) => periodFor(kind, day) !== undefined)
  expect(inForce.length).toBeGreaterThan(0)
  for (const day of inForce) {
    const found = deadline(kind, day)
    const answer = { schema: 'tongguan/deadline/1', ...found, ...standingOfDeadline(found.period) }
    expect(DeadlineAnswerSchema.safeParse(answer).error).toBeUndefined()
  }
})

test.for(breachNames)('every answer about %s fits its schema', (breach) => {
  for (const day of days) {
    const found = penaltiesFor(breach, day)
    const answer = { ...found, act: breaches[breach], ...standingOfPenalties(found) }
    expect(PenaltiesAnswerSchema.safeParse(answer).error).toBeUndefined()
  }
})

test.for(days)('the procedure of %s fits its schema', (on) => {
  const stages = procedureOn(on)
  const course = nominalCourse(on)
  const answer = { schema: 'tongguan/procedure/1', on, stages, course, ...standingOfProcedure(stages) }
  expect(ProcedureAnswerSchema.safeParse(answer).error).toBeUndefined()
})

test.for(['kind', 'due', 'working', 'period'] as const)('a deadline without %s does not fit', (name) => {
  const found = deadline('assessment', legalDate('2026-08-03'))
  const { [name]: _, ...rest } = { ...found, ...standingOfDeadline(found.period) }
  expect(DeadlineAnswerSchema.safeParse({ schema: 'tongguan/deadline/1', ...rest }).success).toBe(false)
})
