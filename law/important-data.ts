import { legalDate } from './calendar.ts'
import type { LegalDate } from './calendar.ts'
import type { Certainty, Citation, Words } from './citation.ts'
import { allHold, anyHolds, holds, isInForce } from './provision.ts'
import type { Holds, Provision } from './provision.ts'

/** What is known about a set of data, as far as anybody has looked. A fact left out is unknown. */
export interface ClassifiedData {
  /** A department or region has told the handler that these data are important. */
  readonly notified?: boolean
  /** They stand in a published catalogue. */
  readonly published?: boolean
  /** Their specific field, group or region, or a certain precision and scale, is what makes them matter. */
  readonly specificFieldGroupRegionOrScale?: boolean
  /** Altered, destroyed, leaked or unlawfully obtained or used, they may endanger one of the protected goods. */
  readonly mayEndanger?: boolean
  /** The same, without a further step between: directly. */
  readonly mayEndangerDirectly?: boolean
  /** Only the organisation itself or individuals would be affected. */
  readonly affectsOnlyOrganisationOrIndividuals?: boolean
  /** They relate to national security, a lifeline of the economy, important livelihood or major public interests. */
  readonly coreRelation?: boolean
  /** The competent department has named them core data. */
  readonly namedCore?: boolean
}

export interface ClassificationAnswer {
  /** Important (or core) by an act of an authority: what a declaration goes by. */
  readonly byAuthority: Holds
  /** Whether the definition of that day fits: what the handler's own identification goes by. */
  readonly byDefinition: Holds
  readonly citation: Citation
  readonly certainty: Certainty
  readonly missing: readonly (keyof ClassifiedData)[]
}

interface Definition extends Provision {
  readonly fits: (data: ClassifiedData) => Holds
  readonly looksAt: readonly (keyof ClassifiedData)[]
}

/** The two definitions of important data; the second is narrower, and took over on 2025-01-01. */
export const importantDataDefinitions: readonly Definition[] = [
  {
    code: 'ID-2022',
    zh: '一旦遭到篡改、破坏、泄露或者非法获取、非法利用等，可能危害国家安全、经济运行、社会稳定、公共健康和安全等的数据',
    en: 'Data that, once altered, destroyed, leaked or unlawfully obtained or used, may endanger national security, economic operation, social stability, public health and safety',
    citation: { instrument: 'measures-2022', article: 19 },
    inForce: { from: legalDate('2022-09-01'), to: legalDate('2024-12-31') },
    certainty: 'primary',
    fits: ({ mayEndanger }) => holds(mayEndanger),
    looksAt: ['mayEndanger'],
  },
  {
    code: 'ID-2025',
    zh: '特定领域、特定群体、特定区域或者达到一定精度和规模，一旦遭到篡改、破坏、泄露或者非法获取、非法利用，可能直接危害国家安全、经济运行、社会稳定、公共健康和安全的数据',
    en: 'Data of a specific field, group or region, or of a certain precision and scale, that once altered, destroyed, leaked or unlawfully obtained or used may directly endanger national security, economic operation, social stability, public health and safety',
    citation: { instrument: 'network-data-regulations-2025', article: 62, item: 4 },
    inForce: { from: legalDate('2025-01-01') },
    certainty: 'primary',
    fits: ({ specificFieldGroupRegionOrScale, mayEndangerDirectly, affectsOnlyOrganisationOrIndividuals }) =>
      // Data that touch only an organisation or individuals are in general not important (GB/T 43697).
      affectsOnlyOrganisationOrIndividuals === true
        ? 'no'
        : allHold([holds(specificFieldGroupRegionOrScale), holds(mayEndangerDirectly)]),
    looksAt: ['specificFieldGroupRegionOrScale', 'mayEndangerDirectly', 'affectsOnlyOrganisationOrIndividuals'],
  },
]

/**
 * Whether data are important on a day. An authority notifies or publishes; the handler identifies and files. Data neither
 * notified nor published need not be declared as important (Order 16 art. 2), but the work of identifying them is due.
 * Undefined before the measures were in force.
 */
export function importantDataTest(data: ClassifiedData, on: LegalDate): ClassificationAnswer | undefined {
  const definition = importantDataDefinitions.find(({ inForce }) => isInForce(inForce, on))
  if (definition === undefined) return undefined
  const byAuthority = anyHolds([holds(data.notified), holds(data.published)])
  return answer(data, byAuthority, definition, ['notified', 'published'])
}

export const coreDataDefinition: Definition = {
  code: 'CORE',
  zh: '关系国家安全、国民经济命脉、重要民生、重大公共利益等的数据',
  en: 'Data on which national security, the lifelines of the economy, important livelihood or major public interests rest',
  citation: { instrument: 'dsl-2021', article: 21, paragraph: 2 },
  inForce: { from: legalDate('2021-09-01') },
  certainty: 'primary',
  fits: ({ coreRelation }) => holds(coreRelation),
  looksAt: ['coreRelation'],
}

/** Whether data are core data: governed by provisions of their own, and nothing goes before their authority has spoken. */
export function coreDataTest(data: ClassifiedData): ClassificationAnswer {
  return answer(data, holds(data.namedCore), coreDataDefinition, ['namedCore'])
}

function answer(
  data: ClassifiedData,
  byAuthority: Holds,
  { fits, looksAt, citation, certainty }: Definition,
  authority: readonly (keyof ClassifiedData)[],
): ClassificationAnswer {
  const byDefinition = fits(data)
  return {
    byAuthority,
    byDefinition,
    citation,
    certainty,
    missing: [...(byAuthority === 'unknown' ? authority : []), ...(byDefinition === 'unknown' ? looksAt : [])].filter(
      (name) => data[name] === undefined,
    ),
  }
}

export type AffectedObject =
  | 'national-security'
  | 'economic-operation'
  | 'social-order'
  | 'public-interest'
  | 'organisation-or-individual'
export type DegreeOfHarm = 'specially-serious' | 'serious' | 'general'
export type Grade = 'core' | 'important' | 'general'

/** GB/T 43697-2024: the grade by what is affected and how badly. Known from memory: a proposal to check, never a finding. */
export const gradingMatrix = {
  citation: { instrument: 'gbt-43697-2024', article: 0 },
  inForce: { from: legalDate('2024-10-01') },
  certainty: 'memory',
  zh: '按影响对象和影响程度确定数据级别；数据集取其中最高级别',
  en: 'The grade follows what is affected and how badly; a set takes the grade of its highest member',
  grades: {
    'national-security': { 'specially-serious': 'core', serious: 'core', general: 'important' },
    'economic-operation': { 'specially-serious': 'core', serious: 'important', general: 'general' },
    'social-order': { 'specially-serious': 'core', serious: 'important', general: 'general' },
    'public-interest': { 'specially-serious': 'core', serious: 'important', general: 'general' },
    'organisation-or-individual': { 'specially-serious': 'general', serious: 'general', general: 'general' },
  },
} as const satisfies Words & {
  readonly citation: Citation
  readonly inForce: Provision['inForce']
  readonly certainty: Certainty
  readonly grades: Readonly<Record<AffectedObject, Readonly<Record<DegreeOfHarm, Grade>>>>
}

/** The grade of a set: that of its highest member. */
export function gradeOf(members: readonly { readonly affects: AffectedObject; readonly harm: DegreeOfHarm }[]): Grade {
  const found = members.map(({ affects, harm }): Grade => gradingMatrix.grades[affects][harm])
  if (found.includes('core')) return 'core'
  return found.includes('important') ? 'important' : 'general'
}
