import type { LegalDate } from '../../calendar.ts'
import type { Reason } from '../../citation.ts'
import { reason } from '../../rule.ts'
import { cslAmendedFrom, storesInChina2026 } from '../csl-2026/article-39.ts'

/**
 * Article 37: operators of critical information infrastructure (网络安全法, to 2025-12-31).
 *
 * They store in China the personal information and important data collected in their operations in China; what must
 * truly go abroad is assessed. The same rule is article 39 of the law as amended.
 */
export function operatorStoresInChina(on: LegalDate): Reason {
  if (on >= cslAmendedFrom) return storesInChina2026
  return reason({ instrument: 'csl-2017', article: 37 }, { ciio: true }, storesInChina2026.zh, storesInChina2026.en)
}
