import { legalDate } from '../../calendar.ts'
import type { Rule } from '../../matter.ts'
import { reason } from '../../matter.ts'

/**
 * Article 8: contract or certification (促进和规范数据跨境流动规定, CAC Order 16).
 *
 * Not a critical information infrastructure operator, and since 1 January of this year either 100,000 to 999,999
 * persons (sensitive ones apart) or 1 to 9,999 sensitive persons: standard contract or certification. "以上" includes
 * the number itself, "不满" does not. The two bands are not added to each other.
 */
export const contractFloor = {
  generalPersons: 100_000, // distinct, sensitive ones not counted, since 1 January of this year
  sensitivePersons: 1, // the text gives no floor: the first person counts
  inForce: { from: legalDate('2024-03-22') },
  citation: { instrument: 'provisions-2024', article: 8, paragraph: 1 },
} as const

/** Asked after article 7, so the upper ends of both bands are behind us. */
export const contractOrCertification: Rule = ({ handler, flow, total }) => {
  if (handler.ciio || !flow.personalInformation) return null
  const because = []
  if (total.general >= contractFloor.generalPersons) {
    because.push(
      reason(
        contractFloor.citation,
        { ciio: false, general: total.shown.general },
        '自当年1月1日起累计向境外提供10万人以上、不满100万人个人信息（不含敏感个人信息）',
        'Personal information of 100,000 to 999,999 persons since 1 January, sensitive ones not counted',
      ),
    )
  }
  if (flow.sensitive >= contractFloor.sensitivePersons) {
    because.push(
      reason(
        contractFloor.citation,
        { ciio: false, sensitive: total.shown.sensitive },
        '自当年1月1日起累计向境外提供不满1万人敏感个人信息',
        'Sensitive personal information of 1 to 9,999 persons since 1 January',
      ),
    )
  }
  return because.length === 0 ? null : { path: 'contract-or-certification', certainty: 'primary', because }
}
