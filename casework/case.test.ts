import { legalDate } from '@tongguan/law'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aCommand, commandKinds, drawCommand, wrongIn } from '../test/casework/histories.ts'
import { leadsTo } from '../test/casework/table.ts'
import { anAssessedCase } from './case.makers.ts'
import { afterEvent, caseNo, fold } from './case.ts'
import type { Case, CaseEvent } from './case.ts'
import { decide, eventOf } from './decide.ts'
import { caseKinds, eventKinds, following, isClosed, isDeclaredKind, next, procedures, statuses } from './procedures.ts'
import type { CaseKind, CaseStatus, EventKind } from './procedures.ts'
import { queueOf } from './queues.ts'
import { caseKindWords, commandWords, eventWords, statusWords } from './words.ts'

const no = caseNo('TG-2026-000001')
const day = legalDate('2026-03-02')

function anEvent(kind: EventKind, caseKind: CaseKind, current: Case | null): CaseEvent {
  const command = commandKinds.find((one) => eventOf[one] === kind) ?? 'withdraw'
  // The same content under the event's name.
  return { ...aCommand(command, current, { caseKind, caseNo: no, day, below: () => 0 }), kind } as unknown as CaseEvent
}

const openings = ['declared', 'filed', 'complaintReceived'] as const satisfies readonly EventKind[]

describe.for(caseKinds)('a case of the kind %s', (kind) => {
  /** A shortest way to each status, found in the table itself. */
  const waysTo = new Map<CaseStatus | 'new', readonly EventKind[]>([['new', []]])
  for (const [from, way] of waysTo) {
    for (const event of eventKinds) {
      const to = next(kind, from, event)
      if (to !== undefined && !waysTo.has(to)) waysTo.set(to, [...way, event])
    }
  }
  const aCaseIn = (status: CaseStatus | 'new') =>
    (waysTo.get(status) ?? []).reduce<Case | null>(
      (current, event) => afterEvent(current, anEvent(event, kind, current)),
      null,
    )

  test('reaches every status its table names', () => {
    expect(Object.keys(procedures[kind]).filter((status) => !waysTo.has(status as CaseStatus | 'new'))).toEqual([])
  })

  test('each status and event goes as the law’s own table says, or is refused', () => {
    for (const status of waysTo.keys()) {
      for (const event of eventKinds) {
        const to = next(kind, status, event)
        expect([status, event, to]).toEqual([status, event, leadsTo(kind, status, event)])
        const current = aCaseIn(status)
        const happening = anEvent(event, kind, current)
        // What opens another kind is no step of this one.
        const opensAnother =
          current === null && openings.some((one) => one === event) && next(kind, 'new', event) === undefined
        if (to === undefined && !opensAnother) {
          expect(() => afterEvent(current, happening)).toThrow(`event ${event} may not follow status ${status}`)
        } else if (to !== undefined) {
          const after = afterEvent(current, happening)
          expect(after).toMatchObject({ status: to, kind, no, sequence: (current?.sequence ?? 0) + 1 })
        }
      }
    }
  })

  test('is in exactly one queue while it is open, and in none when closed', () => {
    for (const status of waysTo.keys()) {
      if (status === 'new') continue
      expect([status, queueOf(kind, status) === null]).toEqual([status, isClosed(kind, status)])
    }
  })

  test('is opened by a declaration or a filing, as its kind says', () => {
    const opened = aCaseIn(
      next(kind, 'new', openings.find((one) => next(kind, 'new', one) !== undefined) ?? 'declared') ?? 'new',
    )
    expect(opened?.declaration === null).toBe(!isDeclaredKind(kind))
    expect(opened?.filing.handler.name).toBe('Hospital')
  })
})

test('every status is reached by some kind', () => {
  const reached = caseKinds.flatMap((kind) =>
    statuses.flatMap((from) => following(kind, from).map((event) => next(kind, from, event))),
  )
  expect(statuses.filter((status) => !reached.includes(status) && status !== 'received')).toEqual([])
})

test('acceptance follows only a confirmed completeness, and a result only an assessment', () => {
  expect(before('receivedByNational')).toEqual(['confirmed'])
  expect(before('accepted')).toEqual(['withNational'])
  expect(before('resultIssued')).toEqual(['underAssessment'])
  expect(before('withdrawn')).toHaveLength(7)
})

function before(kind: EventKind): readonly CaseStatus[] {
  return statuses.filter((status) => next('assessment', status, kind) !== undefined)
}

/** A history as the commands make it: what is refused changes nothing. */
const histories = fc
  .record({ kind: fc.constantFrom(...caseKinds), draws: fc.array(fc.nat(), { maxLength: 40 }) })
  .map(({ kind, draws }) => {
    let current: Case | null = null
    const wrong: string[] = []
    for (const draw of draws) {
      let state = draw
      const below = (n: number) => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 1) % n
      const command = drawCommand(current, { caseKind: kind, caseNo: no, day: current?.lastDay ?? day, below })
      const decided = decide(current, command)
      const after: Case | null =
        decided.kind === 'decided' ? decided.events.reduce<Case | null>(afterEvent, current) : current
      wrong.push(...[wrongIn(current, command, kind, after)].filter((one) => one !== undefined))
      current = after
    }
    return { events: current?.events ?? [], wrong }
  })

test('no random history leads anywhere the law’s own table does not', () => {
  fc.assert(
    fc.property(histories, ({ wrong }) => {
      expect(wrong).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('folding at once is folding piece by piece, at every cut', () => {
  fc.assert(
    fc.property(histories, fc.nat({ max: 30 }), ({ events }, cut) => {
      const first = fold(events.slice(0, cut))
      expect(events.slice(cut).reduce<Case | null>(afterEvent, first)).toEqual(fold(events))
    }),
  )
})

test('a case holds its events, as many as its sequence says, and survives being written as JSON', () => {
  fc.assert(
    fc.property(histories, ({ events }) => {
      const folded = fold(events)
      expect(folded?.events ?? []).toEqual(events)
      expect(folded?.sequence ?? 0).toBe(events.length)
      expect(fold(JSON.parse(JSON.stringify(events)) as CaseEvent[])).toEqual(JSON.parse(JSON.stringify(folded)))
    }),
  )
})

test('events of 0.1, which name no kind and no package, still fold', () => {
  const old = anAssessedCase(no).map((event) => {
    const { package: _1, receipt: _2, caseKind: _3, ...rest } = event as CaseEvent & Record<string, unknown>
    return rest as CaseEvent
  })
  expect(fold(old)).toMatchObject({ status: 'decided', kind: 'assessment', predecessor: null })
})

test('what belongs to a status stands in it', () => {
  const decided = fold(anAssessedCase(no))
  expect(decided).toMatchObject({ status: 'decided', decision: { resultNo: 'RES-1' }, lastDay: '2026-05-21' })
  expect(decided).not.toHaveProperty('bodies')
  expect(fold([])).toBeNull()
})

test('every kind, status, event and command has its words', () => {
  const all = [caseKindWords, statusWords, eventWords, commandWords].flatMap((words) => Object.values(words))
  for (const { zh, en } of all) {
    expect(zh).toMatch(/\p{Script=Han}/u)
    expect(en).not.toMatch(/\p{Script=Han}/u)
  }
})

test.for(['TG-2026-1', 'tg-2026-000001', ''])('"%s" is no case number', (text) => {
  expect(() => caseNo(text)).toThrow(/write it as TG-2026-000001/)
})
