import { legalDate } from '../../calendar.ts'
import type { Citation } from '../../citation.ts'

/**
 * Articles 2 and 4: the contract of the Greater Bay Area (粤港澳大湾区个人信息跨境流动标准合同实施指引).
 *
 * Both sides registered or located in the nine cities of Guangdong or in Hong Kong (Macau: its own announcement of
 * 2024); not for data notified or published as important; nothing goes on outside the area. The text gives no number
 * of persons, but whether it replaces an assessment above the lines is open, so it is offered below them only.
 */
// prettier-ignore
export const gbaCities: readonly string[] = [
  '广州', '深圳', '珠海', '佛山', '惠州', '东莞', '中山', '江门', '肇庆',
  'Guangzhou', 'Shenzhen', 'Zhuhai', 'Foshan', 'Huizhou', 'Dongguan', 'Zhongshan', 'Jiangmen', 'Zhaoqing',
]

/** Recipient's place and the day from which it is part of the area's contract. */
export const gbaPlaces: ReadonlyMap<string, ReturnType<typeof legalDate>> = new Map([
  ['HK', legalDate('2023-12-13')],
  ['MO', legalDate('2024-09-10')],
])

export const gbaCitation = { instrument: 'gba-contract-2023', article: 2 } as const satisfies Citation
