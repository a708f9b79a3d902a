import { legalDate } from '@tongguan/law'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aDeclaration, aDrafter, aHandler, anApprover, anAssessedCase, aPass, theProvince, why } from './case.makers.ts'
import { actorOf, afterEvent, caseNo, eventKinds, fold, next, statuses, transitions } from './case.ts'
import type { Case, CaseEvent, CaseStatus, EventKind } from './case.ts'
import { eventWords, statusWords } from './words.ts'

const no = caseNo('TG-2026-000001')
const day = legalDate('2026-03-02')
const actors = { handler: aHandler, province: theProvince, national: anApprover }

function anEvent(kind: EventKind): CaseEvent {
  const everything = {
    caseNo: no,
    declaration: aDeclaration(),
    received: day,
    missing: [],
    reasons: [why],
    acceptanceNo: 'ACC-1',
    bodies: ['x'],
    requested: [why],
    documents: ['a.docx'],
    expected: legalDate('2027-01-04'),
    reason: why,
    draftedBy: aDrafter,
    decision: aPass(),
    delivered: day,
    grounds: why,
  }
  // More than each kind needs: the fold must not mind.
  return { ...everything, kind, day, actor: actors[actorOf[kind]] }
}

/** A shortest way to each status, found in the table itself. */
const waysTo = new Map<CaseStatus | 'new', readonly EventKind[]>([['new', []]])
for (const [from, way] of waysTo) {
  for (const kind of eventKinds) {
    const to = next(from, kind)
    if (to !== undefined && !waysTo.has(to)) waysTo.set(to, [...way, kind])
  }
}

function aCaseIn(status: CaseStatus | 'new'): Case | null {
  const way = waysTo.get(status)
  if (way === undefined) throw new Error(`no way leads to ${status}`)
  return fold(way.map(anEvent))
}

test('every status can be reached', () => {
  expect(statuses.filter((status) => !waysTo.has(status))).toEqual([])
})

describe.for(['new', ...statuses] as const)('in the status %s', (status) => {
  test.for(eventKinds)('%s is followed as the table says, or refused', (kind) => {
    const current = aCaseIn(status)
    const to = next(status, kind)
    if (to === undefined) {
      expect(() => afterEvent(current, anEvent(kind))).toThrow(`event ${kind} may not follow status ${status}`)
      return
    }
    const after = afterEvent(current, anEvent(kind))
    expect(after.status).toBe(to)
    expect(after.sequence).toBe((current?.sequence ?? 0) + 1)
    expect(after.no).toBe(no)
  })
})

test('of the statuses only these end a case', () => {
  expect(statuses.filter((status) => Object.keys(transitions[status]).length === 0)).toEqual([
    'final',
    'notAccepted',
    'terminated',
    'withdrawn',
  ])
})

test('acceptance follows only a confirmed completeness, and a result only an assessment', () => {
  expect(before('receivedByNational')).toEqual(['confirmed'])
  expect(before('accepted')).toEqual(['withNational'])
  expect(before('resultIssued')).toEqual(['underAssessment'])
  expect(before('withdrawn')).toHaveLength(7)
})

function before(kind: EventKind): readonly CaseStatus[] {
  return statuses.filter((status) => next(status, kind) !== undefined)
}

// A withdrawal now and then; else most walks would end before the assessment.
const walks = fc.array(fc.nat({ max: 1_000 }), { maxLength: 30 }).map((choices) => {
  const events: CaseEvent[] = []
  let status: CaseStatus | 'new' = 'new'
  for (const choice of choices) {
    const possible = eventKinds.filter(
      (kind) => next(status, kind) !== undefined && (kind !== 'withdrawn' || choice > 900),
    )
    const kind = possible[choice % Math.max(1, possible.length)]
    if (kind === undefined) break
    events.push(anEvent(kind))
    status = next(status, kind) ?? status
  }
  return events
})

test('folding at once is folding piece by piece, at every cut', () => {
  fc.assert(
    fc.property(walks, fc.nat({ max: 30 }), (events, cut) => {
      const first = fold(events.slice(0, cut))
      expect(events.slice(cut).reduce<Case | null>(afterEvent, first)).toEqual(fold(events))
    }),
  )
})

test('a case holds its events, as many as its sequence says, and survives being written as JSON', () => {
  fc.assert(
    fc.property(walks, (events) => {
      const folded = fold(events)
      expect(folded?.events ?? []).toEqual(events)
      expect(folded?.sequence ?? 0).toBe(events.length)
      expect(fold(JSON.parse(JSON.stringify(events)) as CaseEvent[])).toEqual(folded)
    }),
  )
})

test('what belongs to a status stands in it', () => {
  const decided = fold(anAssessedCase(no))
  expect(decided).toMatchObject({ status: 'decided', decision: { resultNo: 'RES-1' }, lastDay: '2026-05-21' })
  expect(decided).not.toHaveProperty('bodies')
  expect(fold([])).toBeNull()
})

test('every status and event has its words', () => {
  for (const { zh, en } of [...Object.values(statusWords), ...Object.values(eventWords)]) {
    expect(zh).toMatch(/\p{Script=Han}/u)
    expect(en).not.toMatch(/\p{Script=Han}/u)
  }
})

test.for(['TG-2026-1', 'tg-2026-000001', ''])('"%s" is no case number', (text) => {
  expect(() => caseNo(text)).toThrow(/write it as TG-2026-000001/)
})
