// Every row of the law's tables: its article is in force while it is, and whoever asks on its first and last day finds it.
import {
  addDays,
  breachNames,
  deadline,
  deadlineKinds,
  instruments,
  isOver,
  linesOf,
  penalProvisions,
  penaltiesFor,
  periodFor,
  procedureOn,
  sectorRules,
  stages,
  statutoryPeriods,
} from '@tongguan/law'
import type { Instrument, LegalDate, StatutoryPeriod } from '@tongguan/law'
import { expect, test } from 'vitest'
import { rowsOf } from '../../scripts/law-reference/rows.ts'

const rows = rowsOf()

test('there are rows of every table', () => {
  expect(new Set(rows.map(({ table }) => table)).size).toBeGreaterThan(30)
})

test.for(rows.map((row) => [`${row.table} ${row.code}`, row] as const))(
  '%s rests on an instrument in force while it is',
  ([, row]) => {
    const { from, to }: Instrument['inForce'] = instruments[row.citation.instrument].inForce
    expect(from <= row.inForce.from).toBe(true)
    expect(to === undefined || (row.inForce.to !== undefined && row.inForce.to <= to)).toBe(true)
  },
)

/** The first and last day a rule is in force, and the days beside them; `true` where it is to be found. */
function edges({
  from,
  to,
}: {
  readonly from: LegalDate
  readonly to?: LegalDate
}): readonly (readonly [LegalDate, boolean])[] {
  return [
    [addDays(from, -1), false],
    [from, true],
    ...(to === undefined
      ? []
      : ([
          [to, true],
          [addDays(to, 1), false],
        ] as const)),
  ]
}

test.for(penalProvisions.map((one) => [one.code, one] as const))(
  '%s is found from its first day to its last',
  ([, provision]) => {
    for (const breach of provision.breaches) {
      expect(breachNames).toContain(breach)
      for (const [day, found] of edges(provision.inForce)) {
        expect([day, penaltiesFor(breach, day).provisions.includes(provision)]).toEqual([day, found])
      }
    }
  },
)

test.for(stages.map((one) => [one.code, one] as const))(
  'stage %s is found from its first day to its last',
  ([, stage]) => {
    for (const [day, found] of edges(stage.inForce)) {
      expect([day, procedureOn(day).includes(stage)]).toEqual([day, found])
    }
  },
)

test.for(
  deadlineKinds.flatMap((kind) =>
    (statutoryPeriods[kind] as readonly StatutoryPeriod[]).map(
      (period) => [kind, period.inForce.from, period] as const,
    ),
  ),
)('the %s of %s is found on its first day, and on its last', ([kind, , period]) => {
  // An act that lies before the end it is counted from goes by the law of its own day: the event is later.
  const counted = period.direction === 'before' && period.meaning === 'latest'
  const eventOf = (day: LegalDate) => (counted ? addDays(day, 400) : day)
  const events = counted
    ? Array.from({ length: 400 }, (_, days) => addDays(period.inForce.from, days))
    : [eventOf(period.inForce.from), ...(period.inForce.to ? [period.inForce.to] : [])]
  const found = events.filter((day) => periodFor(kind, day) === period)
  expect(found.length).toBeGreaterThan(0)
  for (const day of found)
    expect(deadline(kind, day)).toMatchObject({ citation: period.citation, length: period.length })
  if (!counted) expect(found).toEqual(events)
})

test.for(sectorRules.filter(({ number }) => number !== undefined).map((rule) => [rule.code, rule] as const))(
  '%s: one below its number, at it, one above',
  ([, rule]) => {
    const { value, inclusive } = rule.number ?? { value: 0, inclusive: false }
    expect([value - 1, value, value + 1].map((count) => isOver(rule, count))).toEqual([false, inclusive, true])
    // 以上 takes the number in, 超过 and 大于 leave it out; a period in hours ends with its last.
    if (/以上/.test(rule.zh) && !/超过|大于/.test(rule.zh)) expect(inclusive).toBe(true)
    if (/超过|大于/.test(rule.zh) && !/以上/.test(rule.zh)) expect(inclusive).toBe(false)
  },
)

test('the lines of persons rise from contract to assessment, in both eras', () => {
  for (const day of ['2024-03-21', '2024-03-22'] as LegalDate[]) {
    for (const kind of ['general', 'sensitive'] as const) {
      const lines = linesOf(day).filter((line) => line.kind === kind)
      expect(lines.length).toBeGreaterThan(0)
      expect(lines.map(({ persons }) => persons)).toEqual(lines.map(({ persons }) => persons).toSorted((a, b) => a - b))
      expect(lines.at(-1)?.leadsTo).toBe('assessment')
    }
  }
})
