import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { crowd, day, isoDay } from '../people.ts'
import type { GenerateOptions, PilotData } from '../pilots.ts'
import { randomFor } from '../random.ts'
import { csvRow, rowsFor, writeRows } from '../write-rows.ts'

const customers = 2600

/** Writes what an invented tea shop keeps: 2,600 customers, and their orders, some of whom ordered more than once. */
export async function generate(
  folder: string,
  { seed = 20261123, progress }: GenerateOptions = {},
): Promise<PilotData> {
  const data = join(folder, 'data')
  await mkdir(data, { recursive: true })
  const person = crowd(seed, { from: '1955-01-01', to: '2005-12-31' })
  let done = 0
  const written = (rows: number) => progress?.({ done: (done += rows), total: customers * 2 })

  await writeRows(
    join(data, '客户.csv'),
    csvRow('客户编号 姓名 手机号码 收货地址 注册日期'.split(' ')),
    rowsFor(0, customers, (number) => {
      const { name, mobile, address } = person(number)
      const joined = isoDay(randomFor(seed, 'joined', number).integer(day('2021-04-01'), day('2026-10-31')))
      return [csvRow([customerNo(number), name, mobile, address, joined])]
    }),
    { written },
  )
  await writeRows(
    join(data, '订单.csv'),
    csvRow('订单编号 客户编号 商品 数量 下单日期'.split(' ')),
    rowsFor(0, customers, (number) => {
      const random = randomFor(seed, 'orders', number)
      return Array.from({ length: random.integer(1, 4) }, (_, nth) =>
        csvRow([
          `D26${String(number * 4 + nth).padStart(7, '0')}`,
          customerNo(number),
          random.pick(teas),
          random.integer(1, 12),
          isoDay(random.integer(day('2026-01-01'), day('2026-10-31'))),
        ]),
      )
    }),
    { written },
  )
  return { data, batches: [] }
}

function customerNo(number: number): string {
  return `C${String(number + 10_001)}`
}

const teas = ['铁观音', '武夷岩茶', '白毫银针', '正山小种', '茉莉花茶', '龙井', '普洱熟茶', '茶具套装']
