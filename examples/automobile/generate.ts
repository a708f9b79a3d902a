import { join } from 'node:path'
import { crowd, day, elsewhere, isoDay } from '../people.ts'
import type { Person } from '../people.ts'
import type { GenerateOptions, PilotData } from '../pilots.ts'
import { at, randomFor } from '../random.ts'
import type { Random } from '../random.ts'
import { fileOf, writeFiles } from '../tables.ts'
import type { Table } from '../tables.ts'
import { vinOf } from './vin.ts'

const owners = 15_000
const pointsPerTrip = 4
const everyNthHasImages = 6

/**
 * Writes what an invented car maker's cloud holds: cars with their owners, tracks, and what the cameras wrote beside each
 * image, of the cabin and of the road (the images themselves stay in the car). The first batch fits the declaration; the
 * second brings the road images' plates along.
 */
export async function generate(
  folder: string,
  { seed = 20261123, progress }: GenerateOptions = {},
): Promise<PilotData> {
  const fleet = fleetOf(seed)
  const data = join(folder, 'data')
  const first = join(folder, 'batches', '2026-11-第一批')
  const second = join(folder, 'batches', '2026-11-第二批')
  const proposed = (batch: string, from: number, to: number) => [
    fileOf(batch, fleet.cars, { from, to, only: ['用户编号', '车型', '出厂日期'] }),
    fileOf(batch, fleet.tracks, { from, to, only: ['用户编号', '定位时间', '经度', '纬度', '车速'] }),
    fileOf(batch, fleet.cabin, { from, to, only: ['user_id', 'captured_at', 'camera', 'attention'] }),
  ]
  await writeFiles(
    [
      ...[fleet.cars, fleet.tracks].map((table) => fileOf(data, table, { to: owners })),
      fileOf(data, fleet.cabin, { to: owners }),
      fileOf(data, fleet.road, { to: owners }),
      ...proposed(first, 0, 6000),
      ...proposed(second, 6000, owners),
      fileOf(second, fleet.road, { from: 6000, to: owners }),
    ],
    progress,
  )
  return { data, batches: [first, second] }
}

interface Car extends Person {
  readonly random: Random
  /** Of the trip, minutes after its start. */
  readonly minute: number
  readonly at: Place
}

interface Place {
  readonly longitude: number
  readonly latitude: number
}

function fleetOf(seed: number) {
  const person = crowd(seed, { from: '1955-01-01', to: '2005-12-31' })
  const carOf = (topic: string, number: number): Car => ({
    ...person(number),
    random: randomFor(seed, topic, number),
    minute: 0,
    at: startOf(seed, number),
  })

  const cars: Table<Car> = {
    name: '车辆档案.csv',
    rowsOf: (number) => [carOf('car', number)],
    columns: {
      用户编号: ({ number }) => userNo(number),
      VIN: ({ number }) => vinOf(number),
      车牌号: ({ number }) => plateOf(number),
      车主姓名: ({ name }) => name,
      手机号码: ({ mobile }) => mobile,
      车型: ({ random }) => random.pick(['EX-3 标准续航', 'EX-3 长续航', 'EX-5', 'EX-7 四驱']),
      出厂日期: ({ random }) => isoDay(random.integer(day('2022-01-01'), day('2025-12-31'))),
    },
  }
  const tracks: Table<Car> = {
    name: '行驶轨迹.csv',
    rowsOf: (number) => {
      const car = carOf('track', number)
      const [east, north] = [car.random.normal(), car.random.normal()]
      return Array.from({ length: pointsPerTrip }, (_, nth) => ({
        ...car,
        minute: nth * 3,
        at: { longitude: car.at.longitude + east * nth * 0.006, latitude: car.at.latitude + north * nth * 0.006 },
      }))
    },
    columns: {
      用户编号: ({ number }) => userNo(number),
      VIN: ({ number }) => vinOf(number),
      定位时间: ({ number, minute }) => timeOf(number, minute),
      经度: ({ at: { longitude } }) => longitude.toFixed(6),
      纬度: ({ at: { latitude } }) => latitude.toFixed(6),
      车速: ({ random }) => random.integer(0, 118),
    },
  }
  const withImages = (topic: string) => (number: number) =>
    number % everyNthHasImages === 1 ? [carOf(topic, number)] : []
  const cabin: Table<Car> = {
    name: '座舱影像元数据.ndjson',
    rowsOf: withImages('cabin'),
    columns: {
      user_id: ({ number }) => userNo(number),
      image_id: ({ number }) => `IMG-C-${String(number + 40_000_001)}`,
      captured_at: ({ number }) => timeOf(number, 4),
      camera: () => 'cabin',
      attention: ({ random }) => random.pick(['attentive', 'attentive', 'attentive', 'drowsy', 'distracted']),
      anonymised: ({ random }) => (random.chance(0.9) ? 'in-car' : 'no'),
    },
  }
  const road: Table<Car> = {
    name: '车外影像元数据.ndjson',
    rowsOf: withImages('road'),
    columns: {
      user_id: ({ number }) => userNo(number),
      image_id: ({ number }) => `IMG-R-${String(number + 80_000_001)}`,
      captured_at: ({ number }) => timeOf(number, 5),
      camera: ({ random }) => random.pick(['front', 'front', 'rear', 'left', 'right']),
      latitude: ({ at: { latitude } }) => latitude.toFixed(6),
      longitude: ({ at: { longitude } }) => longitude.toFixed(6),
      // Of another car that was in the picture.
      plate: ({ random }) => plateOf(random.integer(20_000, 900_000)),
    },
  }
  return { cars, tracks, cabin, road }
}

function userNo(number: number): string {
  return `U${String(number * 13 + 50_000_003)}`
}

/** No two cars share one: the number in the places after province and office. */
function plateOf(number: number): string {
  const office = at('ABCDEFGHJK'.split(''), Math.floor(number / 100_000) % 10)
  return `${at(['京', '津', '冀', '沪', '苏', '浙', '粤', '川'], number % 8)}${office}${String(number % 100_000).padStart(5, '0')}`
}

function startOf(seed: number, number: number): Place {
  const random = randomFor(seed, 'home', number)
  const region = Math.floor(random.next() * elsewhere.length)
  // Somewhere between the coasts and the west; not the region's own place.
  return {
    longitude: 104 + (region % 8) * 2 + random.next(),
    latitude: 24 + Math.floor(region / 8) * 3 + random.next(),
  }
}

function timeOf(number: number, minute: number): string {
  const on = isoDay(day('2026-01-05') + (number % 45))
  const start = 6 * 60 + ((number * 7) % 900)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${on} ${two(Math.floor((start + minute) / 60))}:${two((start + minute) % 60)}:00`
}
