import { provisionsFrom } from './article-14.ts'
import type { Exemption } from '../../exemption.ts'

/**
 * Article 4: personal information from abroad (促进和规范数据跨境流动规定, CAC Order 16).
 *
 * Collected and generated abroad, sent to China for processing and provided abroad again, with no personal information
 * of China and no important data added on the way.
 */
export const article4 = {
  from: provisionsFrom,
  citation: { instrument: 'provisions-2024', article: 4 },
  certainty: 'primary',
  conditions: [
    { condition: 'collectedAbroad', must: true },
    { condition: 'sentToChinaForProcessing', must: true },
    { condition: 'noDomesticDataAdded', must: true },
  ],
  bars: [],
  zh: '境外收集和产生的个人信息传输至境内处理后向境外提供，未引入境内个人信息或者重要数据',
  en: 'collected abroad, processed in China and provided abroad again, nothing of China added',
} as const satisfies Exemption
