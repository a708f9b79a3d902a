import type { Exemption } from '../../exemption.ts'
import { regulationsFrom } from './article-63.ts'

/**
 * Article 35(6): a statutory duty (网络数据安全管理条例).
 *
 * Among eight alternative conditions for sending personal information abroad stands what is truly necessary for a
 * statutory duty or obligation. The provisions of 2024 do not know it and no practice is seen, so it holds only once a
 * person has confirmed it with the authority.
 */
export const article35 = {
  from: regulationsFrom,
  citation: { instrument: 'network-data-regulations-2025', article: 35, item: 6 },
  certainty: 'contested',
  conditions: [
    { condition: 'necessary', must: true },
    { condition: 'confirmedByAuthority', must: true },
  ],
  bars: [],
  zh: '为履行法定职责或者法定义务，确需向境外提供个人信息',
  en: 'truly necessary for a statutory duty or obligation',
} as const satisfies Exemption
