import { provisionsFrom } from './article-14.ts'
import type { Exemption } from '../../exemption.ts'
import type { Rule } from '../../rule.ts'
import { countsAsImportant } from './article-02.ts'

/**
 * Article 3: data without personal information and without important data (促进和规范数据跨境流动规定, CAC Order 16).
 *
 * What arises in trade, transport, academic co-operation, manufacturing, marketing and the like, and holds neither
 * personal information nor important data, goes without assessment, contract or certification. The list of activities
 * is open ("and the like"), so which of them it was is not asked.
 */
export const noPersonalInformation = {
  id: 'no-personal-information',
  citation: { instrument: 'provisions-2024', article: 3 },
  path: 'exempt',
  certainty: 'primary',
  inForce: { from: provisionsFrom },
  exceptionTo: [],
  neverWith: [
    'important-data',
    'important-data-of-operator',
    'operator',
    'many-persons',
    'many-sensitive-persons',
    'contract-for-general',
    'contract-for-sensitive',
    'declares-willingly',
    'declares-willingly-before-the-answer',
    'numbers-split',
    'numbers-split-below-the-exemption',
  ],
  says: {
    zh: '不含个人信息和重要数据，免予申报评估、订立标准合同、通过认证',
    en: 'Neither personal information nor important data: no assessment, contract or certification',
  },
  applies: ({ flow }) => !flow.personalInformation && !countsAsImportant(flow.importantData),
  looksAt: ({ flow }) => ({ containsPersonalInformation: false, importantData: flow.importantData }),
} as const satisfies Rule

export const article3 = {
  from: provisionsFrom,
  citation: { instrument: 'provisions-2024', article: 3 },
  certainty: 'primary',
  conditions: [],
  bars: [],
  zh: '不含个人信息和重要数据',
  en: 'neither personal information nor important data',
} as const satisfies Exemption
