import { join } from 'node:path'
import { crowd, day, isoDay } from '../people.ts'
import type { Person } from '../people.ts'
import type { GenerateOptions, PilotData } from '../pilots.ts'
import { at, randomFor } from '../random.ts'
import type { Random } from '../random.ts'
import { fileOf, writeFiles } from '../tables.ts'
import type { Table } from '../tables.ts'

const hoursOfData = 24 * 60
const cells = 1200
const technicians = 240

/**
 * Writes what an invented maker of compressors and of the private network in its plants keeps: process values and
 * telemetry that were notified as important (`重要数据`, which the declaration is about), the catalogue as it is filed,
 * the base stations' settings, and the technicians. Batches are months; the second is larger than what was declared.
 */
export async function generate(
  folder: string,
  { seed = 20261123, progress }: GenerateOptions = {},
): Promise<PilotData> {
  const plant = plantOf(seed)
  const data = join(folder, 'data')
  const declared = join(data, '重要数据')
  const first = join(folder, 'batches', '2026-11-第一批')
  const second = join(folder, 'batches', '2026-11-第二批')
  await writeFiles(
    [
      fileOf(declared, plant.historian, { to: hoursOfData }),
      fileOf(declared, plant.telemetry, { to: hoursOfData }),
      fileOf(join(data, '目录备案'), plant.catalogue, { to: catalogueEntries.length }),
      fileOf(join(data, '电信网络'), plant.stations, { to: cells }),
      fileOf(join(data, '运维'), plant.technicians, { to: technicians }),
      fileOf(first, plant.historian, { to: hoursOfData / 2 }),
      fileOf(first, plant.telemetry, { to: hoursOfData / 2 }),
      // Half of the declared data is left; what comes is a third more than all of it.
      fileOf(second, plant.historian, { from: hoursOfData / 2, to: (hoursOfData * 4) / 3 }),
      fileOf(second, plant.telemetry, { from: hoursOfData / 2, to: (hoursOfData * 4) / 3 }),
    ],
    progress,
  )
  return { data, declared, batches: [first, second] }
}

interface Reading {
  readonly hour: number
  readonly tag: string
  readonly random: Random
}

function plantOf(seed: number) {
  const historian: Table<Reading> = {
    name: 'historian.csv',
    rowsOf: (hour) => {
      const random = randomFor(seed, 'historian', hour)
      return tags.map((tag) => ({ hour, tag, random }))
    },
    columns: {
      timestamp: ({ hour }) => timeOf(hour),
      tag: ({ tag }) => tag,
      value: ({ random }) => (80 + 12 * random.normal()).toFixed(3),
      quality: ({ random }) => (random.chance(0.99) ? 'GOOD' : 'UNCERTAIN'),
    },
  }
  const telemetry: Table<Reading> = {
    name: 'telemetry.ndjson',
    rowsOf: (hour) => {
      const random = randomFor(seed, 'telemetry', hour)
      return compressors.map((tag) => ({ hour, tag, random }))
    },
    columns: {
      timestamp: ({ hour }) => timeOf(hour),
      asset: ({ tag }) => tag,
      temperature_c: ({ random }) => Number((64 + 5 * random.normal()).toFixed(2)),
      vibration_mm_s: ({ random }) => Number(Math.abs(2 + random.normal()).toFixed(3)),
      power_kw: ({ random }) => random.integer(300, 2200),
    },
  }
  // What is filed says what is held and never the data themselves.
  const catalogue: Table<CatalogueEntry> = {
    name: '重要数据和核心数据目录.csv',
    rowsOf: (nth) => [at(catalogueEntries, nth)],
    columns: {
      数据名称: ([name]) => name,
      数据类别: ([, category]) => category,
      数据级别: ([, , grade]) => grade,
      规模: ([, , , scale]) => scale,
      载体: () => '境内机房数据库',
      处理目的: ([, , , , purpose]) => purpose,
      责任主体: () => '数据安全管理部',
      是否出境: ([, , , , , abroad]) => abroad,
    },
  }
  const stations: Table<{ readonly number: number; readonly random: Random }> = {
    name: '基站配置.csv',
    rowsOf: (number) => [{ number, random: randomFor(seed, 'station', number) }],
    columns: {
      小区标识: ({ number }) => `460-00-${String(700_000 + number)}`,
      物理小区标识: ({ number }) => number % 1008,
      频点: ({ random }) => random.pick([504_990, 513_000, 627_264, 633_984]),
      发射功率: ({ random }) => random.pick([43, 46, 49, 53]),
      天线挂高: ({ random }) => random.integer(12, 45),
    },
  }
  const person = crowd(seed, { from: '1966-01-01', to: '2004-12-31' })
  const technicianTable: Table<Person & { readonly random: Random }> = {
    name: '运维人员.csv',
    rowsOf: (number) => [{ ...person(number), random: randomFor(seed, 'technician', number) }],
    columns: {
      员工编号: ({ number }) => `YW${String(number * 3 + 10_001)}`,
      姓名: ({ name }) => name,
      手机号码: ({ mobile }) => mobile,
      岗位: ({ random }) => random.pick(['技术员', '工程师', '高级工程师', '主管']),
    },
  }
  return { historian, telemetry, catalogue, stations, technicians: technicianTable }
}

function timeOf(hour: number): string {
  return `${isoDay(day('2025-12-01') + Math.floor(hour / 24))}T${String(hour % 24).padStart(2, '0')}:00:00+08:00`
}

const compressors = ['AC-101', 'AC-102', 'AC-103', 'AC-201', 'AC-202', 'AC-203', 'AC-301', 'AC-302']
const tags = compressors.flatMap((asset) => ['PT', 'TT', 'FT'].map((kind) => `${asset}.${kind}01.PV`))

/** Name, class, grade, scale, purpose, whether it goes abroad. */
type CatalogueEntry = readonly [string, string, string, string, string, string]
const catalogueEntries: readonly CatalogueEntry[] = [
  ['压缩机组工艺参数', '生产运行数据', '重要', '12 GB', '质量控制', '是'],
  ['机组遥测', '运维数据', '重要', '30 GB', '远程诊断', '是'],
  ['专网基站配置', '管理数据', '重要', '1 GB', '网络运行', '否'],
  ['核心部件设计模型', '研发数据', '核心', '4 GB', '研发', '否'],
  ['备件库存', '业务服务数据', '一般', '1 GB', '供应', '否'],
]
