import type { Certainty, Words } from '../citation.ts'

/**
 * Which weekdays are off and which weekend days are worked, year by year, as MM-DD.
 *
 * The days are fixed by the regulation on public holidays (全国年节及纪念日放假办法); the exchange of weekend days comes
 * each autumn in a notice of the General Office of the State Council. A year whose notice is not out is computed from
 * the regulation alone and marked provisional: a guess would look like a date one may rely on.
 */
export interface HolidayYear {
  readonly year: number
  /** Weekdays that are not working days. */
  readonly off: ReadonlySet<string>
  /** Saturdays and Sundays that are working days. */
  readonly worked: ReadonlySet<string>
  readonly provisional: boolean
  readonly source: Words
  readonly certainty: Certainty
}

const announced: readonly HolidayYear[] = [
  {
    year: 2022,
    off: days('01-03 01-31 02-01..02-04 04-04 04-05 05-02..05-04 06-03 09-12 10-03..10-07'),
    worked: days('01-29 01-30 04-02 04-24 05-07 10-08 10-09'),
    ...announcedIn(2022),
  },
  {
    year: 2023,
    off: days('01-02 01-23..01-27 04-05 05-01..05-03 06-22 06-23 09-29 10-02..10-06'),
    worked: days('01-28 01-29 04-23 05-06 06-25 10-07 10-08'),
    ...announcedIn(2023),
  },
  {
    year: 2024,
    off: days('01-01 02-12..02-16 04-04 04-05 05-01..05-03 06-10 09-16 09-17 10-01..10-04 10-07'),
    worked: days('02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12'),
    ...announcedIn(2024),
  },
  {
    year: 2025,
    off: days('01-01 01-28..01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01..10-03 10-06..10-08'),
    worked: days('01-26 02-08 04-27 09-28 10-11'),
    ...announcedIn(2025),
  },
  {
    year: 2026,
    off: days('01-01 01-02 02-16..02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05..10-07'),
    worked: days('01-04 02-14 02-28 05-09 09-20 10-10'),
    ...announcedIn(2026),
  },
]

/** The moving feasts of the years not announced yet: computed, 2027 as checked against the lunar table. */
const movingFeasts = [
  { year: 2027, springFestival: '02-06', qingming: '04-05', dragonBoat: '06-09', midAutumn: '09-15' },
  { year: 2028, springFestival: '01-26', qingming: '04-04', dragonBoat: '05-28', midAutumn: '10-03' },
  { year: 2029, springFestival: '02-13', qingming: '04-04', dragonBoat: '06-16', midAutumn: '09-22' },
  { year: 2030, springFestival: '02-03', qingming: '04-05', dragonBoat: '06-05', midAutumn: '09-12' },
  { year: 2031, springFestival: '01-23', qingming: '04-05', dragonBoat: '06-24', midAutumn: '10-01' },
  { year: 2032, springFestival: '02-11', qingming: '04-04', dragonBoat: '06-12', midAutumn: '09-19' },
] as const

/** The years there is a table for: announced, or computed with their moving feasts. */
export const holidayYears: ReadonlyMap<number, HolidayYear> = new Map(
  [...announced, ...movingFeasts.map(statutoryMinimum)].map((year) => [year.year, year]),
)

/**
 * The calendar of any year. A year without a table has weekends and the holidays of fixed date alone (the moving feasts
 * are not computed for it): provisional, and its source says so.
 */
export function holidaysOf(year: number): HolidayYear {
  return holidayYears.get(year) ?? fixedHolidaysOnly(year)
}

function fixedHolidaysOnly(year: number): HolidayYear {
  const fixed = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']
  return {
    year,
    off: new Set(fixed.filter((day) => !isWeekend(year, day))),
    worked: new Set(),
    provisional: true,
    source: {
      zh: `${year}年没有放假表：只按周末和日期固定的节日计算，春节、清明、端午、中秋与调休均未计入`,
      en: `no table for ${year}: weekends and holidays of fixed date only; Spring Festival, Qingming, Dragon Boat, Mid-Autumn and exchanged days are not in it`,
    },
    certainty: 'primary',
  }
}

/**
 * The holidays the regulation itself gives (arts 2 and 6, as amended 2024-11-10): New Year 1, Spring Festival 4 with the
 * eve, Qingming 1, Labour Day 2, Dragon Boat 1, Mid-Autumn 1, National Day 3; one that falls on a weekend, or on another
 * holiday, is made up on the next weekday.
 */
function statutoryMinimum(feasts: (typeof movingFeasts)[number]): HolidayYear {
  const { year } = feasts
  const statutory = [
    '01-01',
    ...[-1, 0, 1, 2].map((days) => later(year, feasts.springFestival, days)),
    feasts.qingming,
    '05-01',
    '05-02',
    feasts.dragonBoat,
    feasts.midAutumn,
    '10-01',
    '10-02',
    '10-03',
  ]
  const off = new Set(statutory.filter((day) => !isWeekend(year, day)))
  const seen = new Set<string>()
  for (const day of statutory) {
    const taken = isWeekend(year, day) || seen.has(day)
    seen.add(day)
    if (!taken) continue
    let madeUp = later(year, day, 1)
    while (isWeekend(year, madeUp) || off.has(madeUp)) madeUp = later(year, madeUp, 1)
    off.add(madeUp)
  }
  return {
    year,
    off,
    worked: new Set(),
    provisional: true,
    source: {
      zh: `${year}年放假通知尚未发布：按《全国年节及纪念日放假办法》（2024年修订）第二条、第六条和推算的农历日期计算，未计调休`,
      en: `the notice of ${year} is not out: the Regulation on Public Holidays (2024), arts 2 and 6, with computed lunar dates and no exchanged days`,
    },
    // The regulation was read; the lunar dates are computed.
    certainty: 'secondary',
  }
}

/** The notices themselves were not read: two independent data sets agree on their days. */
function announcedIn(year: number): Pick<HolidayYear, 'provisional' | 'source' | 'certainty'> {
  return {
    provisional: false,
    source: {
      zh: `《国务院办公厅关于${year}年部分节假日安排的通知》（两份独立的节假日数据一致）`,
      en: `Notice of the General Office of the State Council on the holidays of ${year} (as two independent data sets agree)`,
    },
    certainty: 'secondary',
  }
}

function days(list: string): ReadonlySet<string> {
  return new Set(
    list.split(' ').flatMap((range) => {
      const [first = range, last = first] = range.split('..')
      const run = [first]
      // A run never crosses a month here, so the number of the day alone moves.
      for (let day = Number(first.slice(3)) + 1; day <= Number(last.slice(3)); day += 1) {
        run.push(`${first.slice(0, 3)}${String(day).padStart(2, '0')}`)
      }
      return run
    }),
  )
}

function later(year: number, monthAndDay: string, days: number): string {
  const date = new Date(`${year}-${monthAndDay}T00:00:00Z`)
  return new Date(date.getTime() + days * 86_400_000).toISOString().slice(5, 10)
}

function isWeekend(year: number, monthAndDay: string): boolean {
  return new Date(`${year}-${monthAndDay}T00:00:00Z`).getUTCDay() % 6 === 0
}
