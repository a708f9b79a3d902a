import { provisionsFrom } from './article-14.ts'
import type { Exemption } from '../../exemptions.ts'
import type { Rule } from '../../matter.ts'
import { reason } from '../../matter.ts'

/**
 * Article 3: data without personal information and without important data (促进和规范数据跨境流动规定, CAC Order 16).
 *
 * What arises in trade, transport, academic co-operation, manufacturing, marketing and the like, and holds neither
 * personal information nor important data, goes without assessment, contract or certification.
 */
export const noPersonalInformation: Rule = ({ flow }) => {
  if (flow.personalInformation) return null
  return {
    path: 'exempt',
    certainty: 'primary',
    because: [
      reason(
        { instrument: 'provisions-2024', article: 3 },
        { containsPersonalInformation: false, importantData: flow.importantData },
        '不含个人信息和重要数据，免予申报评估、订立标准合同、通过认证',
        'Neither personal information nor important data: no assessment, contract or certification',
      ),
    ],
  }
}

export const article3 = {
  from: provisionsFrom,
  citation: { instrument: 'provisions-2024', article: 3 },
  certainty: 'primary',
  conditions: [],
  zh: '不含个人信息和重要数据',
  en: 'neither personal information nor important data',
} as const satisfies Exemption
