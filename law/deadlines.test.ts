import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, addMonths, addWorkingDays, addYears, dayOf, daysBetween, legalDate, weekday } from './calendar.ts'
import { holidaysOf, holidayYears } from './catalogues/holidays.ts'
import { deadline, periodFor } from './deadlines.ts'
import { deadlineKinds, statutoryPeriods } from './statutory-periods.ts'
import type { StatutoryPeriod } from './statutory-periods.ts'
import { extensionWindowBefore, lastDayOfValidity } from './validity.ts'

test.for([
  ['2022-09-01', 5, '2022-09-08'],
  ['2023-01-19', 5, '2023-01-31'],
  ['2024-09-30', 5, '2024-10-12'],
  ['2025-09-26', 5, '2025-10-10'],
  ['2026-02-12', 5, '2026-02-26'],
  ['2026-09-30', 5, '2026-10-13'],
  ['2024-09-30', 7, '2024-10-15'],
  ['2026-02-13', 7, '2026-03-02'],
  ['2022-09-14', 45, '2022-11-21'],
  ['2023-12-01', 45, '2024-02-04'],
  ['2025-09-01', 45, '2025-11-07'],
  ['2026-01-05', 45, '2026-03-13'],
  ['2026-08-03', 45, '2026-10-10'],
  ['2024-01-31', 15, '2024-02-26'],
  ['2026-02-10', 15, '2026-03-09'],
  ['2025-09-19', 20, '2025-10-23'],
] as const)('%s and %i working days end on %s', ([from, days, due]) => {
  const counted = addWorkingDays(legalDate(from), days)
  expect(counted.date).toBe(due)
  expect(counted.provisional).toBe(false)
  expect(counted.working.filter((day) => day.counted)).toHaveLength(days)
  expect(counted.working.at(-1)).toMatchObject({ date: due, counted: true })
})

test.for([
  ['2025-01-18', '2024-10-25'],
  ['2026-06-30', '2026-04-01'],
] as const)('a result whose last day is %s may be extended from %s', ([lastDay, opens]) => {
  expect(extensionWindowBefore(legalDate(lastDay))).toMatchObject({ opens, closes: lastDay, provisional: false })
  expect(extensionWindowBefore(legalDate(lastDay)).reminders[0]).toBe(opens)
})

test('the three clocks of a declaration submitted on 2026-08-10 run one after another', () => {
  const complete = deadline('completeness-check', legalDate('2026-08-10'))
  const accepted = deadline('acceptance', complete.due)
  const assessed = deadline('assessment', accepted.due)
  expect([complete.due, accepted.due, assessed.due]).toEqual(['2026-08-17', '2026-08-26', '2026-11-03'])
  expect(assessed.citation).toMatchObject({ instrument: 'measures-2022', article: 12 })
})

test('fifteen working days to ask for a re-assessment', () => {
  expect(deadline('re-assessment', legalDate('2024-01-31'))).toMatchObject({ due: '2024-02-26', days: 15 })
})

test('a due date in a year whose holidays are not announced is provisional', () => {
  expect(deadline('assessment', legalDate('2026-11-23')).provisional).toBe(true)
  expect(deadline('completeness-check', legalDate('2026-11-23')).provisional).toBe(false)
})

test.for(['2021-06-01', '2040-01-01'])(
  '%s lies in a year without a table: counted, provisional, and it says so',
  (from) => {
    const counted = addWorkingDays(legalDate(from), 5)
    expect(counted.provisional).toBe(true)
    expect(counted.working.every(({ provisional }) => provisional)).toBe(true)
    expect(holidaysOf(Number(from.slice(0, 4))).source.en).toMatch(/no table for/)
  },
)

test('in a year without a table the holidays of fixed date still count, the moving ones cannot', () => {
  expect(dayOf(legalDate('2040-10-01')).works).toBe(false)
  expect(addWorkingDays(legalDate('2040-09-28'), 1).date).toBe('2040-10-04')
})

test('a year with a table names the notice it rests on', () => {
  expect(deadline('acceptance', legalDate('2026-12-24')).calendars).toMatchObject([
    { year: 2026, provisional: false, source: { zh: expect.stringContaining('2026年部分节假日安排的通知') } },
    { year: 2027, provisional: true, source: { zh: expect.stringContaining('尚未发布') } },
  ])
})

test.for([
  [2022, 249],
  [2023, 249],
  [2024, 251],
  [2025, 248],
  [2026, 248],
] as const)('%i has %i working days', ([year, workingDays]) => {
  let works = 0
  for (let day = 0; day < daysBetween(legalDate(`${year}-01-01`), legalDate(`${year + 1}-01-01`)); day += 1) {
    const date = legalDate(new Date(Date.UTC(year, 0, 1 + day)).toISOString().slice(0, 10))
    if (dayOf(date).works) works += 1
  }
  expect(works).toBe(workingDays)
})

test.for([...holidayYears.values()])('$year: days off are weekdays, days worked are weekend days', (table) => {
  for (const day of table.off) expect(weekday(legalDate(`${table.year}-${day}`)) % 6).not.toBe(0)
  for (const day of table.worked) expect(weekday(legalDate(`${table.year}-${day}`)) % 6).toBe(0)
})

test.for([...holidayYears.values()].filter((table) => table.provisional))(
  '$year, computed: thirteen statutory holidays fall on or are made up on thirteen weekdays',
  (table) => {
    expect(table.off.size).toBe(13)
  },
)

test('2027 by the statutory minimum alone', () => {
  expect([...(holidayYears.get(2027)?.off ?? [])].sort()).toEqual([
    '01-01',
    '02-05',
    '02-08',
    '02-09',
    '02-10',
    '04-05',
    '05-03',
    '05-04',
    '06-09',
    '09-15',
    '10-01',
    '10-04',
    '10-05',
  ])
})

test.for([
  ['2022-09-01', '2024-09-01', 2],
  ['2024-03-21', '2026-03-21', 2],
  ['2024-03-22', '2027-03-22', 3],
  ['2026-03-02', '2029-03-02', 3],
] as const)('a result issued on %s holds to the end of %s (%i years)', ([issued, lastDay, years]) => {
  const certainty = years === 2 ? 'contested' : 'primary'
  expect(lastDayOfValidity(legalDate(issued))).toMatchObject({ lastDay, years, certainty })
  expect(deadline('validity', legalDate(issued))).toMatchObject({ due: lastDay, certainty })
})

test('a corresponding day that does not exist is the last of the month', () => {
  expect(addMonths(legalDate('2026-01-31'), 1)).toBe('2026-02-28')
  expect(addMonths(legalDate('2026-03-31'), -1)).toBe('2026-02-28')
  expect(addYears(legalDate('2024-02-29'), 1)).toBe('2025-02-28')
})

test.for([
  // [what, from, in time until (or possible from)]
  ['declaration-before-expiry', '2024-05-31', '2024-03-06', 'latest'],
  ['extension-window', '2025-01-18', '2024-10-25', 'earliest'],
  ['extension-window', '2026-06-30', '2026-04-01', 'earliest'],
  ['extension-check', '2026-09-30', '2026-10-13', 'latest'],
  ['extension-decision', '2025-09-19', '2025-10-23', 'latest'],
  ['validity', '2024-03-21', '2026-03-21', 'valid-until'],
  ['validity', '2024-03-22', '2027-03-22', 'valid-until'],
  ['extended-validity', '2027-03-22', '2030-03-22', 'valid-until'],
  ['self-assessment', '2026-03-02', '2025-12-02', 'earliest'],
  ['self-assessment', '2026-05-31', '2026-02-28', 'earliest'],
  ['important-data-declaration', '2026-07-31', '2026-09-30', 'latest'],
  // 2025-12-31 and two months: there is no 31 February; the 28th is worked in exchange.
  ['important-data-declaration', '2025-12-31', '2026-02-28', 'latest'],
  ['contract-filing', '2023-09-26', '2023-10-16', 'latest'],
  ['contract-filing-check', '2024-04-01', '2024-04-23', 'latest'],
  ['contract-filing-supplement', '2026-03-02', '2026-03-16', 'latest'],
  ['gba-contract-filing', '2023-12-13', '2023-12-27', 'latest'],
  ['certificate-validity', '2026-02-01', '2029-02-01', 'valid-until'],
  ['certificate-renewal', '2029-02-01', '2028-08-01', 'latest'],
  ['industry-catalogue-review', '2025-09-19', '2025-10-23', 'latest'],
  ['industry-catalogue-resubmission', '2024-01-31', '2024-02-26', 'latest'],
  ['industry-risk-assessment', '2026-05-31', '2027-05-31', 'latest'],
  ['industry-risk-report', '2026-03-02', '2026-03-16', 'latest'],
  ['audit-rectification-report', '2026-02-10', '2026-03-09', 'latest'],
] as const)('%s: %s leads to %s (%s)', ([kind, from, due, meaning]) => {
  expect(deadline(kind, legalDate(from))).toMatchObject({ due, meaning })
})

test('three months end on the next working day when their last day is none', () => {
  // 2026-07-03 and three months: 3 October lies in the National Day holiday, which ends on the 7th.
  const found = deadline('industry-change-filing', legalDate('2026-07-03'))
  expect(found.due).toBe('2026-10-08')
  expect(found.working.map(({ date, counted }) => [date, counted])).toEqual([
    ['2026-10-03', false],
    ['2026-10-04', false],
    ['2026-10-05', false],
    ['2026-10-06', false],
    ['2026-10-07', false],
    ['2026-10-08', true],
  ])
  expect(found.counted).toContainEqual({ instrument: 'civil-code-2021', article: 203 })
})

test('the end of a validity does not move past rest days: it would let data leave longer', () => {
  expect(deadline('validity', legalDate('2023-10-03')).due).toBe('2025-10-03')
  expect(deadline('validity', legalDate('2024-10-05')).due).toBe('2027-10-05')
})

test.for([
  ['assessment', '2022-08-31', false],
  ['assessment', '2022-09-01', true],
  ['contract-filing', '2023-05-31', false],
  ['contract-filing', '2023-06-01', true],
  ['gba-contract-filing', '2023-12-12', false],
  ['gba-contract-filing', '2023-12-13', true],
  ['extension-window', '2024-03-21', false],
  ['extension-window', '2024-03-22', true],
  ['extension-check', '2025-06-26', false],
  ['extension-check', '2025-06-27', true],
  ['industry-risk-report', '2024-05-31', false],
  ['industry-risk-report', '2024-06-01', true],
  // The old duty to declare sixty working days ahead ended on 2024-03-21, whenever the result expires.
  ['declaration-before-expiry', '2024-06-18', true],
  ['declaration-before-expiry', '2024-06-19', false],
] as const)('the period %s governs %s: %s', ([kind, from, governs]) => {
  expect(periodFor(kind, legalDate(from)) !== undefined).toBe(governs)
  if (!governs) expect(() => deadline(kind, legalDate(from))).toThrow(/no period/)
})

test('a date missed by an office gives nobody permission', () => {
  const offices = deadlineKinds
    .flatMap((kind): readonly StatutoryPeriod[] => statutoryPeriods[kind])
    .filter(({ actor }) => actor === 'province' || actor === 'national' || actor === 'industry-regulator')
  expect(offices.length).toBeGreaterThan(5)
  // Only the check of a filed contract is worded apart: there the export goes by the contract, not by the office's answer.
  const silent = offices.filter(({ missed }) => !missed.en.includes('gives nobody permission'))
  expect(silent.map(({ code }) => code)).toEqual(['SCC-2'])
})

test('the assessment may be extended with notice, and a supplement stops nothing', () => {
  const { extension } = deadline('assessment', legalDate('2026-03-18')).period
  expect(extension?.en).toMatch(/does not stop the count/)
})

const anyDay = fc.integer({ min: 0, max: 6_000 }).map((days) => addDays(legalDate('2022-09-01'), days))

test('a later event never has an earlier due date', () => {
  fc.assert(
    fc.property(fc.constantFrom(...deadlineKinds), anyDay, anyDay, (kind, one, other) => {
      const [first, last] = one < other ? [one, other] : [other, one]
      const [before, after] = [periodFor(kind, first), periodFor(kind, last)]
      fc.pre(before !== undefined && before === after)
      expect(deadline(kind, first).due <= deadline(kind, last).due).toBe(true)
    }),
  )
})

test('a count of working days looks at every calendar day, counts exactly its length and ends on a working day', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 60 }), fc.boolean(), (from, days, back) => {
      const { date, working } = addWorkingDays(from, back ? -days : days)
      expect(working.filter(({ counted }) => counted)).toHaveLength(days)
      expect(working.length).toBe(Math.abs(daysBetween(from, date)))
      expect(dayOf(date).works).toBe(true)
    }),
  )
})

test('sixty working days back from the end and sixty forward from there meet the end again, or the rest days before it', () => {
  fc.assert(
    fc.property(anyDay, (lastDay) => {
      const { opens } = extensionWindowBefore(lastDay)
      const again = addWorkingDays(opens, 60).date
      expect(again >= lastDay || !dayOf(lastDay).works).toBe(true)
    }),
  )
})

test.for([
  // The holiday tables are known from two data sets that agree; what no table moves is as sure as its article.
  ['assessment', '2026-08-03', 'secondary'],
  ['important-data-declaration', '2026-07-31', 'secondary'],
  ['validity', '2024-03-22', 'primary'],
  ['validity', '2024-03-21', 'contested'],
] as const)('%s from %s is known as surely as what it is counted by: %s', ([kind, from, certainty]) => {
  expect(deadline(kind, legalDate(from)).certainty).toBe(certainty)
})
