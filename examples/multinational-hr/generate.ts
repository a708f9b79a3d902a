import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { cardNumber } from '../card-number.ts'
import { crowd, day, isoDay } from '../people.ts'
import type { GenerateOptions, PilotData } from '../pilots.ts'
import { randomFor } from '../random.ts'
import { csvRow, rowsFor, writeRows } from '../write-rows.ts'

const employees = 3200
const candidates = 400

/**
 * Writes the personnel files of an invented subsidiary: 3,200 employees with pay and leave, and the 400 candidates who
 * were never hired, in a folder of their own. Nobody is in both.
 */
export async function generate(
  folder: string,
  { seed = 20261123, progress }: GenerateOptions = {},
): Promise<PilotData> {
  const data = join(folder, 'data')
  await mkdir(data, { recursive: true })
  const person = crowd(seed, { from: '1966-01-01', to: '2003-12-31' })
  const total = employees * 2 + candidates
  let done = 0
  const written = (rows: number) => progress?.({ done: (done += rows), total })

  await writeRows(
    join(data, '员工花名册.csv'),
    csvRow('员工编号 姓名 身份证号 性别 出生日期 手机号码 工作邮箱 部门 岗位 入职日期'.split(' ')),
    rowsFor(0, employees, (number) => {
      const random = randomFor(seed, 'employee', number)
      const { name, residentId, sex, born, mobile } = person(number)
      const hired = isoDay(random.integer(day('2012-03-01'), day('2026-09-30')))
      const staffNo = staffNoOf(number)
      const mail = `${staffNo.toLowerCase()}@muster.example`
      return [
        csvRow([
          staffNo,
          name,
          residentId,
          sex,
          born,
          mobile,
          mail,
          random.pick(departments),
          random.pick(posts),
          hired,
        ]),
      ]
    }),
    { written },
  )
  await writeRows(
    join(data, '薪酬与休假.csv'),
    csvRow('员工编号 月份 基本工资 银行卡号 病假天数'.split(' ')),
    rowsFor(0, employees, (number) => {
      const random = randomFor(seed, 'pay', number)
      return [
        csvRow([
          staffNoOf(number),
          '2026-10',
          random.integer(60, 480) * 100,
          cardNumber(number),
          random.chance(0.12) ? random.integer(1, 15) : 0,
        ]),
      ]
    }),
    { written },
  )
  await writeRows(
    join(data, '未录用应聘者.csv'),
    csvRow('姓名 手机号码 出生日期 应聘岗位 面试日期'.split(' ')),
    rowsFor(employees, employees + candidates, (number) => {
      const random = randomFor(seed, 'candidate', number)
      const { name, mobile, born } = person(number)
      return [
        csvRow([name, mobile, born, random.pick(posts), isoDay(random.integer(day('2026-01-05'), day('2026-10-30')))]),
      ]
    }),
    { written },
  )
  return { data, batches: [] }
}

function staffNoOf(number: number): string {
  return `MX${String(100_000 + number * 7)}`
}

const departments = ['研发部', '生产部', '质量部', '采购部', '销售部', '财务部', '人力资源部', '信息部', '物流部']
const posts = ['工程师', '高级工程师', '主管', '经理', '专员', '技术员', '分析员', '采购员', '会计']
