import { legalDate } from '../../calendar.ts'
import type { Ground } from '../../provision.ts'

/**
 * Articles 3(2) and 53: handlers abroad (个人信息保护法; from 2025-01-01 also article 26 of the Network Data Security
 * Management Regulations).
 *
 * Who processes abroad personal information of people in China, to offer them goods or services, to analyse what they
 * do, or as another law says, sets up a dedicated body in China or names a representative, and reports its name and how
 * to reach it; under the regulations to the municipal office.
 */
export const representativeInChina: readonly Ground[] = [
  { citation: { instrument: 'pipl-2021', article: 53 }, from: legalDate('2021-11-01') },
  { citation: { instrument: 'network-data-regulations-2025', article: 26 }, from: legalDate('2025-01-01') },
]
