import type { MonthOfExports } from '@tongguan/law'
import { z } from 'zod'

const persons = z
  .string()
  .refine((text) => /^\d+$/.test(text) && Number.isSafeInteger(Number(text)), {
    params: { words: { zh: '应为不小于 0 的整数', en: 'expected a whole number from 0 up' } },
  })
  .transform(Number)

/** One row of a monthly series (`tongguan determine --forecast`). */
export const MonthOfExportsSchema: z.ZodType<MonthOfExports> = z
  .strictObject({
    month: z
      .string()
      .refine((text) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text), {
        params: { words: { zh: '应为月份，例如 2026-03', en: 'expected a month, for example 2026-03' } },
      })
      .describe('For example 2026-03'),
    new_general: persons.describe('Persons with no sensitive item, not exported before this year'),
    new_sensitive: persons.describe('Persons with any sensitive item, not exported before this year'),
  })
  .transform(({ month, new_general, new_sensitive }) => ({
    month,
    newGeneral: new_general,
    newSensitive: new_sensitive,
  }))

export const seriesColumns = ['month', 'new_general', 'new_sensitive'] as const

export const seriesExample = `month,new_general,new_sensitive
2026-01,1200,300
2026-02,900,250`
