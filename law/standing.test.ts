// Every answer about procedure and penalties says how current its rules are and which open questions it touches.
import { expect, test } from 'vitest'
import { legalDate } from './calendar.ts'
import { deadline } from './deadlines.ts'
import { checkExtension } from './extension.ts'
import { penaltiesFor } from './penalties.ts'
import { procedureOn } from './procedure.ts'
import { compareScopes } from './redeclaration.ts'
import { rulesAsOf } from './rules-as-of.ts'
import {
  standingOfComparison,
  standingOfDeadline,
  standingOfExtension,
  standingOfPenalties,
  standingOfProcedure,
} from './standing.ts'
import type { Standing } from './standing.ts'
import type { DeadlineKind } from './statutory-periods.ts'

const ids = ({ openPoints }: Standing) => openPoints.map(({ id }) => id)
const today = legalDate('2026-11-23')

test.for([
  ['completeness-check', '2026-11-23', ['working-days', 'start-of-check']],
  ['assessment', '2026-11-23', ['working-days', 'supplement-and-clock']],
  ['re-assessment', '2026-11-23', ['working-days']],
  ['validity', '2024-03-21', ['two-years-or-three']],
  ['validity', '2024-03-22', ['pending-at-expiry']],
  ['declaration-before-expiry', '2024-01-18', ['working-days', 'window-not-deadline']],
  ['extension-window', '2026-11-23', ['working-days', 'window-not-deadline', 'pending-at-expiry']],
  ['extension-decision', '2026-11-23', ['working-days', 'supplement-and-clock', 'pending-at-expiry']],
  ['important-data-declaration', '2026-11-23', []],
] as const satisfies readonly (readonly [DeadlineKind, string, readonly string[]])[])(
  'the period %s of %s leaves open %j',
  ([kind, from, open]) => {
    const standing = standingOfDeadline(deadline(kind, legalDate(from)).period)
    expect([standing.rules, ids(standing)]).toEqual([rulesAsOf, open])
  },
)

test('the procedure names the open questions of the stages of its day', () => {
  expect(ids(standingOfProcedure(procedureOn(legalDate('2024-03-21'))))).toEqual([
    'working-days',
    'start-of-check',
    'supplement-and-clock',
    'partial-result',
    'window-not-deadline',
  ])
  expect(ids(standingOfProcedure(procedureOn(today)))).toContain('pending-at-expiry')
})

test('a penal text that was not obtained is an open question of the answer', () => {
  const open = (on: string) => ids(standingOfPenalties(penaltiesFor('network-security-duties', legalDate(on))))
  expect(open('2025-12-31')).toEqual(['penal-text-not-obtained'])
  expect(open('2026-01-01')).toEqual([])
})

test('twenty per cent is said to be no tolerance where growth is what is asked about', () => {
  const check = (lastDay: string) => ids(standingOfExtension(checkExtension({ lastDay: legalDate(lastDay) }, today)))
  expect(check('2026-12-31')).toEqual([
    'working-days',
    'window-not-deadline',
    'pending-at-expiry',
    'above-the-approved-number',
  ])
  expect(check('2026-11-01')).not.toContain('pending-at-expiry')
  const scope = (general: number) => ({ scenarios: [{ id: 'one', persons: { general, sensitive: 0 } }] })
  const grown = (to: number) => ids(standingOfComparison(compareScopes(scope(10), scope(to), {}, today)))
  expect([grown(10), grown(11)]).toEqual([[], ['above-the-approved-number']])
})
