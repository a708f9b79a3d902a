import { legalDate } from '../../calendar.ts'
import type { Citation } from '../../citation.ts'

/**
 * Article 37: security review (人类遗传资源管理条例实施细则).
 *
 * Information on important genetic families, on specific regions, or exome or genome sequencing of more than 500
 * persons passes a security review first. "大于500例": exactly 500 does not.
 */
export const geneticReview = {
  sequencedPersonsAbove: 500,
  inForce: { from: legalDate('2023-07-01') },
  citation: { instrument: 'genetic-resources-rules-2023', article: 37 },
} as const satisfies { sequencedPersonsAbove: number; inForce: object; citation: Citation }
