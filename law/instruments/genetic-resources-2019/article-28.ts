import { legalDate } from '../../calendar.ts'
import type { Ground } from '../../provision.ts'

/**
 * Article 28: providing human genetic resource information abroad (人类遗传资源管理条例; article 57 of the Biosecurity Law
 * and article 36 of the implementing rules say the same).
 *
 * Providing or opening it to a foreign body, person or what they control: report beforehand to the health authority and
 * hand in a backup copy. What an approved or filed international co-operation already covers is not reported again. It
 * stands beside the export rules and replaces none.
 */
export const geneticReport: readonly Ground[] = [
  { citation: { instrument: 'genetic-resources-2019', article: 28 }, from: legalDate('2019-07-01') },
  { citation: { instrument: 'biosecurity-law-2021', article: 57 }, from: legalDate('2021-04-15') },
  { citation: { instrument: 'genetic-resources-rules-2023', article: 36 }, from: legalDate('2023-07-01') },
]
