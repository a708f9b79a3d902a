import { legalDate } from '../../calendar.ts'
import type { Rule } from '../../rule.ts'

/**
 * Article 8: contract or certification (促进和规范数据跨境流动规定, CAC Order 16).
 *
 * Not a critical information infrastructure operator, and since 1 January of this year either 100,000 to 999,999
 * persons (sensitive ones apart) or 1 to 9,999 sensitive persons: standard contract or certification. "以上" includes
 * the number itself, "不满" does not. The two bands are not added to each other. The upper ends are article 7's, which is
 * an exception to this rule.
 */
export const contractFloor = {
  generalPersons: 100_000, // distinct, sensitive ones not counted, since 1 January of this year
  sensitivePersons: 1, // the text gives no floor: the first person counts
  inForce: { from: legalDate('2024-03-22') },
  citation: { instrument: 'provisions-2024', article: 8, paragraph: 1 },
} as const

const rule = {
  path: 'contract-or-certification',
  citation: contractFloor.citation,
  certainty: 'primary',
  inForce: contractFloor.inForce,
  exceptionTo: [],
} as const

export const contractForGeneral = {
  ...rule,
  id: 'contract-for-general',
  says: {
    zh: '自当年1月1日起累计向境外提供10万人以上、不满100万人个人信息（不含敏感个人信息）',
    en: 'Personal information of 100,000 to 999,999 persons since 1 January, sensitive ones not counted',
  },
  applies: ({ handler, flow, total }) =>
    flow.personalInformation && !handler.ciio && contractFloor.generalPersons <= total.general,
  looksAt: ({ total }) => ({ ciio: false, general: total.shown.general }),
} as const satisfies Rule

export const contractForSensitive = {
  ...rule,
  id: 'contract-for-sensitive',
  says: {
    zh: '自当年1月1日起累计向境外提供不满1万人敏感个人信息',
    en: 'Sensitive personal information of 1 to 9,999 persons since 1 January',
  },
  applies: ({ handler, flow }) =>
    flow.personalInformation && !handler.ciio && contractFloor.sensitivePersons <= flow.sensitive,
  looksAt: ({ total }) => ({ ciio: false, sensitive: total.shown.sensitive }),
} as const satisfies Rule
