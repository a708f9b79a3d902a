import { legalDate } from '../../calendar.ts'
import type { LegalDate } from '../../calendar.ts'
import type { Reason } from '../../citation.ts'
import type { Exemption } from '../../exemption.ts'
import { reason } from '../../rule.ts'

/**
 * The guide as a whole: data of cars (汽车数据出境安全指引（2026版）, eight departments), known from others only.
 *
 * Who must declare is who must by article 7 of the provisions of 2024: important data, a million persons, 10,000
 * sensitive ones, operators of critical infrastructure. Of its nine exemptions some are articles 3 to 6 again; others
 * free certain important data (vulnerabilities, security incidents, source code of update packages) because they go by
 * a report or filing to the ministry of industry or the market regulator instead. Which data, and on what conditions,
 * was not obtained: such an exemption is the handler's word that it was filed and that the authority confirmed it. It is
 * read to free neither personal information nor operators of critical infrastructure.
 */
export const automobileGuideFrom = legalDate('2026-02-03')

const citation = { instrument: 'automobile-guide-2026', article: 0 } as const

export const automobileReportedInstead = {
  from: automobileGuideFrom,
  citation,
  certainty: 'asserted-by-handler',
  trade: 'automobile',
  conditions: [
    { condition: 'reportedOrFiled', must: true },
    { condition: 'confirmedByAuthority', must: true },
  ],
  bars: [],
  zh: '依照汽车数据出境指引，改为向工业和信息化或者市场监管部门报告、备案的重要数据',
  en: 'important automobile data that by the guide of 2026 are reported to or filed with the ministry or the market regulator instead',
} as const satisfies Exemption

export function assessedByTheAutomobileGuide(on: LegalDate, industry: string | null): readonly Reason[] {
  if (industry !== 'automobile' || on < automobileGuideFrom) return []
  return [
    reason(
      citation,
      { industry },
      '汽车数据出境指引列明的应当申报情形与此相同',
      'The guide for automobile data names the same case as one to be declared',
    ),
  ]
}
