import type { Citation } from '../../citation.ts'

/**
 * Article 28: providing human genetic resource information abroad (人类遗传资源管理条例; article 57 of the Biosecurity Law
 * and article 36 of the implementing rules say the same).
 *
 * Providing or opening it to a foreign body, person or what they control: report beforehand to the health authority and
 * hand in a backup copy. What an approved or filed international co-operation already covers is not reported again. It
 * stands beside the export rules and replaces none.
 */
export const geneticReport = { instrument: 'genetic-resources-2019', article: 28 } as const satisfies Citation
