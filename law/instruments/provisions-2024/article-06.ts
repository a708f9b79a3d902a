import { provisionsFrom } from './article-14.ts'
import type { Exemption } from '../../exemption.ts'

/**
 * Article 6: pilot free trade zones (促进和规范数据跨境流动规定, CAC Order 16).
 *
 * A handler inside a zone may send what is not on the zone's negative list, once the province has approved the list and
 * it is filed with the national offices. The lists are not part of this rule set, so the entry is the handler's word.
 */
export const article6 = {
  from: provisionsFrom,
  citation: { instrument: 'provisions-2024', article: 6 },
  certainty: 'asserted-by-handler',
  conditions: [
    { condition: 'onNegativeList', must: false },
    { condition: 'listInForce', must: true },
  ],
  bars: [],
  zh: '自由贸易试验区内数据处理者提供负面清单外的数据',
  en: "data outside the negative list of the handler's pilot free trade zone",
} as const satisfies Exemption
