import { legalDate } from '../../calendar.ts'
import { reason } from '../../rule.ts'

/**
 * Article 39: operators of critical information infrastructure (网络安全法, as amended, from 2026-01-01).
 *
 * Formerly article 37; the rule is the same, the number and the penalty have changed.
 */
export const cslAmendedFrom = legalDate('2026-01-01')

export const storesInChina2026 = reason(
  { instrument: 'csl-2026', article: 39 },
  { ciio: true },
  '关键信息基础设施运营者的个人信息和重要数据应当在境内存储，确需出境的应当进行安全评估',
  'An operator of critical information infrastructure keeps such data in China; what must truly go abroad is assessed',
)
