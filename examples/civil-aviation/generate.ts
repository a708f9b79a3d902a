import { join } from 'node:path'
import { cardNumber } from '../card-number.ts'
import { crowd, day, isoDay } from '../people.ts'
import type { Person } from '../people.ts'
import type { GenerateOptions, PilotData } from '../pilots.ts'
import { at, randomFor } from '../random.ts'
import type { Random } from '../random.ts'
import { fileOf, writeFiles } from '../tables.ts'
import type { Table } from '../tables.ts'

/** Numbers of persons: members from 0, passengers who are none behind them, crew last. */
const members = 49_999
const strangersFrom = 50_000
const strangers = 12_000
const crewFrom = 70_000
const crew = 600
/** Members with a card of the airline's bank. */
const cardholders = 12_600

/**
 * Writes what an invented airline keeps: the frequent flyers (`常旅客`, which the declaration is about), a week of
 * international bookings (`客票`), crew rosters and flights. A sixth of the members are among the passengers. The first
 * batch fits the declaration; the second takes the passengers' bookings along.
 */
export async function generate(
  folder: string,
  { seed = 20261123, progress }: GenerateOptions = {},
): Promise<PilotData> {
  const airline = airlineOf(seed)
  const data = join(folder, 'data')
  const declared = join(data, '常旅客')
  const first = join(folder, 'batches', '2026-11-第一批')
  const second = join(folder, 'batches', '2026-11-第二批')
  const proposed = (batch: string, from: number, to: number) => [
    fileOf(batch, airline.members, { from, to, only: memberItems }),
    fileOf(batch, airline.accruals, { from, to }),
  ]
  await writeFiles(
    [
      fileOf(declared, airline.members, { to: members }),
      fileOf(declared, airline.accruals, { to: members }),
      fileOf(declared, airline.medical, { to: members }),
      fileOf(join(data, '客票'), airline.bookings, { to: strangersFrom + strangers }),
      fileOf(join(data, '机组'), airline.rosters, { from: crewFrom, to: crewFrom + crew }),
      fileOf(join(data, '运行'), airline.flights, { to: flightNumbers.length }),
      ...proposed(first, 0, 20_000),
      ...proposed(second, 20_000, members),
      fileOf(second, airline.bookings, { from: 20_000, to: members }),
    ],
    progress,
  )
  return { data, declared, batches: [first, second] }
}

const memberItems = ['会员号', '出生日期', '性别', '会员等级', '入会日期', '联名信用卡号']

interface Drawn extends Person {
  readonly random: Random
}

function airlineOf(seed: number) {
  const person = crowd(seed, { from: '1950-01-01', to: '2007-12-31' })
  const drawn =
    (topic: string, is: (number: number) => boolean = () => true) =>
    (number: number): readonly Drawn[] =>
      is(number) ? [{ ...person(number), random: randomFor(seed, topic, number) }] : []

  const membersTable: Table<Drawn> = {
    name: '会员.csv',
    rowsOf: drawn('member'),
    columns: {
      会员号: ({ number }) => memberNo(number),
      姓名: ({ name }) => name,
      手机号码: ({ mobile }) => mobile,
      电子邮箱: ({ number }) => `${memberNo(number).toLowerCase()}@mail.example`,
      出生日期: ({ born }) => born,
      性别: ({ sex }) => sex,
      会员等级: ({ random }) => random.pick(['普通卡', '普通卡', '普通卡', '银卡', '金卡', '白金卡']),
      入会日期: ({ random }) => isoDay(random.integer(day('2012-01-01'), day('2026-01-31'))),
      联名信用卡号: ({ number }) => (number < cardholders ? cardNumber(number) : ''),
    },
  }
  const accruals: Table<{ readonly number: number; readonly random: Random }> = {
    name: '里程累积.csv',
    rowsOf: (number) => {
      const random = randomFor(seed, 'accruals', number)
      return Array.from({ length: random.integer(0, 4) }, () => ({ number, random }))
    },
    columns: {
      会员号: ({ number }) => memberNo(number),
      航班号: ({ random }) => random.pick(flightNumbers),
      乘机日期: ({ random }) => isoDay(random.integer(day('2025-01-01'), day('2026-02-20'))),
      舱位: ({ random }) => random.pick(cabins),
      累积里程: ({ random }) => random.integer(400, 12_000),
    },
  }
  // What a doctor says before somebody ill may fly. Some of the cardholders, so that they add nobody to the sensitive.
  const medical: Table<Drawn> = {
    name: '特殊旅客医疗声明.csv',
    rowsOf: drawn('medical', (number) => number < cardholders && number % 50 === 3),
    columns: {
      会员号: ({ number }) => memberNo(number),
      航班号: ({ random }) => random.pick(flightNumbers),
      诊断: ({ random }) => random.pick(['股骨骨折术后', '2型糖尿病', '慢性阻塞性肺疾病', '冠心病', '孕32周']),
      服务代码: ({ random }) => random.pick(['WCHR', 'WCHC', 'DBML', 'MEDA', 'OXYG']),
    },
  }
  const bookings: Table<Drawn> = {
    name: '旅客订座.csv',
    rowsOf: drawn('booking', (number) => number >= strangersFrom || (number < members && number % 6 === 1)),
    columns: {
      订座记录编号: ({ number }) => recordLocator(number),
      票号: ({ number }) => `000-${String(2_400_000_000 + number * 3)}`,
      旅客姓名: ({ name }) => name,
      护照号: ({ passport }) => passport,
      国籍: () => 'CN',
      出生日期: ({ born }) => born,
      手机号码: ({ mobile }) => mobile,
      会员号: ({ number }) => (number < members ? memberNo(number) : ''),
      航班号: ({ random }) => random.pick(flightNumbers),
      航班日期: ({ random }) => isoDay(random.integer(day('2026-02-14'), day('2026-02-20'))),
      舱位: ({ random }) => random.pick(cabins),
    },
  }
  const rosters: Table<Drawn> = {
    name: '机组排班.csv',
    rowsOf: drawn('roster'),
    columns: {
      员工编号: ({ number }) => `CA${String(number * 3)}`,
      姓名: ({ name }) => name,
      手机号码: ({ mobile }) => mobile,
      岗位: ({ random }) => random.pick(['机长', '副驾驶', '乘务长', '乘务员', '乘务员', '安全员']),
      航班号: ({ random }) => random.pick(flightNumbers),
      航班日期: ({ random }) => isoDay(random.integer(day('2026-02-14'), day('2026-02-20'))),
    },
  }
  const flights: Table<{ readonly number: number; readonly random: Random }> = {
    name: '航班计划.csv',
    rowsOf: (number) => [{ number, random: randomFor(seed, 'flight', number) }],
    columns: {
      航班号: ({ number }) => at(flightNumbers, number),
      机型: ({ random }) => random.pick(['A333', 'A359', 'B789', 'B77W']),
      始发机场: ({ number }) => (number % 2 === 0 ? 'PEK' : at(airports, number)),
      到达机场: ({ number }) => (number % 2 === 0 ? at(airports, number) : 'PEK'),
      计划起飞: ({ random }) =>
        `${String(random.integer(0, 23)).padStart(2, '0')}:${random.pick(['00', '15', '30', '55'])}`,
    },
  }
  return { members: membersTable, accruals, medical, bookings, rosters, flights }
}

function memberNo(number: number): string {
  return `FF${String(number * 11 + 600_000_007)}`
}

/** Six letters and digits; no two bookings share one. */
function recordLocator(number: number): string {
  let left = (number * 1_000_003 + 40_961) % 31 ** 6
  let locator = ''
  for (let place = 0; place < 6; place++) {
    locator += at(locatorCharacters, left % 31)
    left = Math.floor(left / 31)
  }
  return locator
}

// Without I, O, Q, U and 0, which are misread.
const locatorCharacters = 'ABCDEFGHJKLMNPRSTVWXYZ123456789'.split('')
const cabins = ['Y', 'Y', 'Y', 'Y', 'W', 'C', 'F']
const airports = ['FRA', 'AMS', 'CDG', 'LHR', 'SIN', 'NRT', 'ICN', 'SYD', 'LAX', 'YVR']
const flightNumbers = airports.map((_, nth) => `XX${String(901 + nth)}`)
