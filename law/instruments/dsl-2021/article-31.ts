import type { LegalDate } from '../../calendar.ts'
import type { Reason } from '../../citation.ts'
import { reason } from '../../rule.ts'
import { regulationsFrom } from '../network-data-regulations-2025/article-63.ts'

/**
 * Article 31: export of important data (数据安全法; from 2025-01-01 also article 37 of the Network Data Security
 * Management Regulations).
 *
 * What operators of critical infrastructure collect goes by the Cybersecurity Law, what others collect by the measures
 * of the national office: the law the measures of 2022 and the provisions of 2024 rest on. The regulations: what must
 * truly go abroad passes the assessment.
 */
export function importantDataByLaw(on: LegalDate, importantData: string): readonly Reason[] {
  const facts = { importantData }
  const law = reason(
    { instrument: 'dsl-2021', article: 31 },
    facts,
    '重要数据出境的安全管理：关键信息基础设施运营者适用网络安全法，其他数据处理者适用国家网信部门会同有关部门制定的办法',
    'Export of important data: operators of critical infrastructure by the Cybersecurity Law, others by the measures of the national office',
  )
  if (on < regulationsFrom) return [law]
  return [
    law,
    reason(
      { instrument: 'network-data-regulations-2025', article: 37 },
      facts,
      '境内收集和产生的重要数据确需向境外提供的，应当通过数据出境安全评估',
      'Important data collected and generated in China that must truly go abroad pass the assessment',
    ),
  ]
}
