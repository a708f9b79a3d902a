import { join } from 'node:path'
import { cardNumber } from '../card-number.ts'
import { crowd, day, isoDay } from '../people.ts'
import type { Person } from '../people.ts'
import type { GenerateOptions, PilotData } from '../pilots.ts'
import { randomFor } from '../random.ts'
import type { Random } from '../random.ts'
import { fileOf, writeFiles } from '../tables.ts'
import type { Table } from '../tables.ts'

/** Numbers of customers: whoever has an account and a card from 0, whoever only sent money abroad behind them. */
const customers = 18_000
const remittersFrom = 20_000
const remitters = 5000

/**
 * Writes what an invented foreign-owned bank keeps: accounts, cards and transactions for the group's risk control
 * (`风险管理`, which the declaration is about), remittances abroad, and reports of the credit bureau, which stay in
 * China. The first batch fits the declaration; the second brings the bureau's reports along.
 */
export async function generate(
  folder: string,
  { seed = 20261123, progress }: GenerateOptions = {},
): Promise<PilotData> {
  const bank = bankOf(seed)
  const data = join(folder, 'data')
  const declared = join(data, '风险管理')
  const first = join(folder, 'batches', '2026-11-第一批')
  const second = join(folder, 'batches', '2026-11-第二批')
  const proposed = (batch: string, from: number, to: number) => [
    fileOf(batch, bank.accounts, { from, to, only: ['客户编号', '开户日期', '账户余额', '授信额度'] }),
    fileOf(batch, bank.cards, { from, to }),
    fileOf(batch, bank.transactions, { from, to }),
  ]
  await writeFiles(
    [
      fileOf(declared, bank.accounts, { to: customers }),
      fileOf(declared, bank.cards, { to: customers }),
      fileOf(declared, bank.transactions, { to: customers }),
      fileOf(join(data, '个人汇款'), bank.remittances, { from: remittersFrom, to: remittersFrom + remitters }),
      fileOf(join(data, '征信'), bank.creditReports, { to: customers }),
      ...proposed(first, 0, 8000),
      ...proposed(second, 8000, customers),
      fileOf(second, bank.creditReports, { from: 8000, to: customers }),
    ],
    progress,
  )
  return { data, declared, batches: [first, second] }
}

interface Drawn extends Person {
  readonly random: Random
}

function bankOf(seed: number) {
  const person = crowd(seed, { from: '1948-01-01', to: '2007-12-31' })
  const drawn =
    (topic: string, is: (number: number) => boolean = () => true) =>
    (number: number): readonly Drawn[] =>
      is(number) ? [{ ...person(number), random: randomFor(seed, topic, number) }] : []

  const accounts: Table<Drawn> = {
    name: '客户账户.csv',
    rowsOf: drawn('account'),
    columns: {
      客户编号: ({ number }) => customerNo(number),
      客户姓名: ({ name }) => name,
      身份证号: ({ residentId }) => residentId,
      手机号码: ({ mobile }) => mobile,
      银行账号: ({ number }) => accountNo(number),
      开户日期: ({ random }) => isoDay(random.integer(day('2010-01-01'), day('2025-12-31'))),
      账户余额: ({ random }) => (random.integer(0, 900_000) + random.integer(0, 99) / 100).toFixed(2),
      授信额度: ({ random }) => random.integer(0, 40) * 5000,
    },
  }
  const cards: Table<Drawn> = {
    name: '银行卡.csv',
    rowsOf: drawn('card'),
    columns: {
      客户编号: ({ number }) => customerNo(number),
      银行卡号: ({ number }) => cardNumber(number),
      发卡日期: ({ random }) => isoDay(random.integer(day('2018-01-01'), day('2026-01-31'))),
    },
  }
  const transactions: Table<{ readonly number: number; readonly random: Random }> = {
    name: '交易流水.csv',
    rowsOf: (number) => {
      const random = randomFor(seed, 'transactions', number)
      return Array.from({ length: random.integer(1, 4) }, () => ({ number, random }))
    },
    columns: {
      客户编号: ({ number }) => customerNo(number),
      交易日期: ({ random }) => isoDay(random.integer(day('2026-01-01'), day('2026-02-20'))),
      交易金额: ({ random }) => (random.integer(1, 60_000) / 10).toFixed(2),
      渠道: ({ random }) => random.pick(['手机银行', '柜面', '境外刷卡', '网上支付']),
    },
  }
  const remittances: Table<Drawn> = {
    name: '跨境汇款.csv',
    rowsOf: drawn('remittance'),
    columns: {
      汇款编号: ({ number }) => `TT26${String(number * 7 + 1_000_003)}`,
      客户姓名: ({ name }) => name,
      身份证号: ({ residentId }) => residentId,
      银行账号: ({ number }) => accountNo(number),
      汇款日期: ({ random }) => isoDay(random.integer(day('2026-01-01'), day('2026-02-20'))),
      币种: ({ random }) => random.pick(['USD', 'EUR', 'GBP', 'HKD']),
      金额: ({ random }) => random.integer(2, 500) * 100,
      收款国家: ({ random }) => random.pick(['US', 'DE', 'GB', 'HK', 'AU']),
    },
  }
  const creditReports: Table<Drawn> = {
    name: '征信报告查询.csv',
    rowsOf: drawn('credit', (number) => number % 4 === 1),
    columns: {
      客户编号: ({ number }) => customerNo(number),
      身份证号: ({ residentId }) => residentId,
      查询日期: ({ random }) => isoDay(random.integer(day('2026-01-01'), day('2026-02-20'))),
      征信评分: ({ random }) => random.integer(350, 950),
      逾期次数: ({ random }) => (random.chance(0.12) ? random.integer(1, 6) : 0),
    },
  }
  return { accounts, cards, transactions, remittances, creditReports }
}

function customerNo(number: number): string {
  return `KH${String(number * 17 + 80_000_009)}`
}

/** An account of the bank's own, of 19 digits. */
function accountNo(number: number): string {
  return `8001${String(number * 104_729 + 300_000_000_000).padStart(15, '0')}`
}
