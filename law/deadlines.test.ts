import { expect, test } from 'vitest'
import { addMonths, addWorkingDays, addYears, dayOf, daysBetween, legalDate, weekday } from './calendar.ts'
import { holidayYears } from './catalogues/holidays.ts'
import { deadline } from './deadlines.ts'
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

test('a year without any calendar is refused, not guessed', () => {
  expect(() => deadline('acceptance', legalDate('2021-06-01'))).toThrow(/no working-day calendar for 2021/)
  expect(() => deadline('acceptance', legalDate('2040-01-01'))).toThrow(/no working-day calendar for 2040/)
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
  expect(lastDayOfValidity(legalDate(issued))).toMatchObject({ lastDay, years })
})

test('a corresponding day that does not exist is the last of the month', () => {
  expect(addMonths(legalDate('2026-01-31'), 1)).toBe('2026-02-28')
  expect(addMonths(legalDate('2026-03-31'), -1)).toBe('2026-02-28')
  expect(addYears(legalDate('2024-02-29'), 1)).toBe('2025-02-28')
})
