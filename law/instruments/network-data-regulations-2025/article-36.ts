import type { Exemption } from '../../exemption.ts'
import { regulationsFrom } from './article-63.ts'

/**
 * Article 36: treaties (网络数据安全管理条例).
 *
 * Where a treaty or agreement China has concluded or joined sets conditions for providing personal information abroad,
 * these may be followed. Which treaty carries which export no rule set can say, so a person confirms it first.
 */
export const article36 = {
  from: regulationsFrom,
  citation: { instrument: 'network-data-regulations-2025', article: 36 },
  certainty: 'contested',
  conditions: [{ condition: 'confirmedByAuthority', must: true }],
  bars: [],
  zh: '依照我国缔结或者参加的国际条约、协定的规定提供',
  en: 'provided under the terms of a treaty or agreement of China',
} as const satisfies Exemption
