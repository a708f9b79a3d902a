import { legalDate } from './calendar.ts'
import type { LegalDate } from './calendar.ts'
import type { Certainty, Citation, Words } from './citation.ts'
import { isInForce } from './provision.ts'
import type { InForce, Provision } from './provision.ts'
import { weakest } from './rule.ts'

/** What a provision may cost, as its text ranges it; yuan. */
export type Sanction = SanctionOfKind & {
  /** Where this one sanction is known less surely than its provision. */
  readonly certainty?: Certainty
}

type SanctionOfKind =
  | { readonly kind: 'order' | 'warning' | 'confiscation' | 'suspension' | 'site-closure' | 'revocation' | 'post-ban' }
  | {
      readonly kind: 'fine'
      /** Null where the text names no lowest amount. */
      readonly from: number | null
      readonly to: number | null
      /** The higher of the two where the text gives a share of turnover as well. */
      readonly orTurnoverPercent?: number
      /** Instead of a sum: so many times the unlawful gains. */
      readonly timesGains?: { readonly from: number; readonly to: number; readonly where: Words }
      /** The text lets the authority add it or not; `recalled` where the amounts were read and that was not. */
      readonly optional?: true | 'recalled'
    }

/** One degree of a penal provision, from the lightest to the heaviest. */
export interface PenaltyTier {
  readonly when: Words
  /** `memory` where the amounts were read, but not in which case they are due. */
  readonly whenCertainty?: 'memory'
  readonly entity: readonly Sanction[]
  /** Whoever is directly in charge or otherwise directly responsible. */
  readonly persons: readonly Sanction[]
}

export interface PenalProvision extends Provision {
  readonly breaches: readonly Breach[]
  readonly tiers: readonly PenaltyTier[]
  /** Where it only refers: by whose scale the act is punished then. */
  readonly refersTo?: readonly Citation[]
}

export interface PenaltyAnswer {
  readonly schema: 'tongguan/penalties/1'
  readonly breach: Breach
  readonly on: LegalDate
  /** Provisions of that day that may apply; which does, and how much within it, is for the authority. */
  readonly provisions: readonly PenalProvision[]
  readonly leniency: readonly Provision[]
  /** True where a provision for this breach existed on that day whose text this rule set does not hold. */
  readonly textNotObtained: boolean
  readonly certainty: Certainty
}

export const breaches = {
  'important-data-export': {
    zh: '违规向境外提供重要数据',
    en: 'important data exported in breach of the rules',
  },
  'personal-information-export': {
    zh: '违规向境外提供个人信息',
    en: 'personal information exported in breach of the rules',
  },
  'operator-export': {
    zh: '关键信息基础设施运营者违规在境外存储或者向境外提供数据',
    en: 'critical infrastructure operator storing or providing data abroad in breach of the rules',
  },
  'core-data': {
    zh: '违反国家核心数据管理制度，危害国家主权、安全和发展利益',
    en: 'breach of the core-data regime that endangers sovereignty, security or development interests',
  },
  'beyond-approval': {
    zh: '超出评估明确的目的、方式、范围、种类、规模出境',
    en: 'export beyond the purpose, manner, scope, types or scale of the assessment',
  },
  'foreign-authority': {
    zh: '未经批准向外国司法或者执法机构提供数据',
    en: 'data given to a foreign judicial or enforcement body without approval',
  },
  'data-security-duties': {
    zh: '不履行数据安全保护义务（含重要数据风险评估）',
    en: 'duties of data security not done, the risk assessment of important data among them',
  },
  'network-data-duties': {
    zh: '违反网络数据处理的一般义务',
    en: 'breach of the general duties of network data handlers',
  },
  'important-data-handler-duties': {
    zh: '重要数据处理者违反识别、管理、风险评估义务',
    en: "breach of an important-data handler's duties to identify, manage and assess",
  },
  'network-security-duties': {
    zh: '不履行网络安全保护义务',
    en: 'duties of network security not done',
  },
  'genetic-information-without-review': {
    zh: '未经安全审查向境外提供人类遗传资源信息',
    en: 'human genetic resource information provided abroad without the security review',
  },
  'genetic-information-without-report': {
    zh: '未事先报告并提交备份，向境外提供人类遗传资源信息',
    en: 'human genetic resource information provided abroad without prior report and backup',
  },
  'genetic-resources-by-foreign-body': {
    zh: '境外组织及其设立或者实际控制的机构违规向境外提供我国人类遗传资源',
    en: 'a foreign body, or one it controls, providing Chinese human genetic resources abroad',
  },
} as const satisfies Record<string, Words>

export type Breach = keyof typeof breaches

export const breachNames = Object.keys(breaches) as readonly Breach[]

/** What may be imposed for a breach committed on a day: the ranges of the texts in force then, never a prediction. */
export function penaltiesFor(breach: Breach, on: LegalDate): PenaltyAnswer {
  const provisions = penalProvisions.filter((one) => one.breaches.includes(breach) && isInForce(one.inForce, on))
  const textNotObtained = textsNotObtained.some((gap) => gap.breach === breach && isInForce(gap.inForce, on))
  return {
    schema: 'tongguan/penalties/1',
    breach,
    on,
    provisions,
    // Each speaks of breaches of its own instrument.
    leniency: leniencyRules.filter(
      ({ inForce, citation: { instrument } }) =>
        isInForce(inForce, on) && provisions.some(({ citation }) => citation.instrument === instrument),
    ),
    textNotObtained,
    // Of what was not read nothing is sure, not even that it is nothing.
    certainty: textNotObtained || provisions.length === 0 ? 'memory' : weakest(...provisions.flatMap(certaintiesOf)),
  }
}

/** How surely each part of a provision is known: itself, when its degrees apply, each sanction. */
function certaintiesOf({ certainty, tiers }: PenalProvision): readonly Certainty[] {
  return [
    certainty,
    ...tiers.flatMap(({ whenCertainty, entity, persons }): readonly Certainty[] => [
      whenCertainty ?? 'primary',
      ...[...entity, ...persons].map(certaintyOf),
    ]),
  ]
}

function certaintyOf(sanction: Sanction): Certainty {
  if (sanction.kind === 'fine' && sanction.optional === 'recalled') return 'memory'
  return sanction.certainty ?? 'primary'
}

const wan = 10_000

const order: Sanction = { kind: 'order' }
const warning: Sanction = { kind: 'warning' }
const confiscation: Sanction = { kind: 'confiscation' }
const suspension: Sanction = { kind: 'suspension' }
const revocation: Sanction = { kind: 'revocation' }

// What was not in the excerpt that was read, and is known from memory.
function recalled(...sanctions: readonly Sanction[]): readonly Sanction[] {
  return sanctions.map((one): Sanction => ({ ...one, certainty: 'memory' }))
}
const orderRecalled = recalled(order)
const orderAndWarningRecalled = recalled(order, warning)
const suspensionAndRevocationRecalled = recalled(suspension, revocation)
const orderAndConfiscationRecalled = recalled(order, confiscation)

/** In units of ten thousand yuan, as the texts write them. */
function fine(from: number | null, to: number | null): Sanction {
  return { kind: 'fine', from: from === null ? null : from * wan, to: to === null ? null : to * wan }
}

function optionalFine(from: number, to: number): Sanction {
  return { kind: 'fine', from: from * wan, to: to * wan, optional: true }
}

/** The amounts were read; that the authority may leave it out was not. */
function perhapsOptionalFine(from: number, to: number): Sanction {
  return { kind: 'fine', from: from * wan, to: to * wan, optional: 'recalled' }
}

const fromAMillion: Words = { zh: '违法所得100万元以上的', en: 'where the gains are 1,000,000 yuan or more' }
const fromAnUnreadSum: Words = {
  zh: '违法所得达到一定数额的（数额未核对原文）',
  en: 'where the gains reach a sum (which one was not checked against the text)',
}

function orTimesGains(from: number, to: number, times: readonly [from: number, to: number], where: Words): Sanction {
  const [least, most] = times
  return { kind: 'fine', from: from * wan, to: to * wan, timesGains: { from: least, to: most, where } }
}

const basic: Words = { zh: '一般情形', en: 'in general' }
const refusedOrSerious: Words = {
  zh: '拒不改正或者造成严重后果',
  en: 'correction refused, or a serious result',
}
const serious: Words = { zh: '情节严重', en: 'serious circumstances' }

const dataLaw: InForce = { from: legalDate('2021-09-01') }
const personalLaw: InForce = { from: legalDate('2021-11-01') }
const networkData: InForce = { from: legalDate('2025-01-01') }
const amendedSecurityLaw: InForce = { from: legalDate('2026-01-01') }
const genetics: InForce = { from: legalDate('2019-07-01') }

export const penalProvisions: readonly PenalProvision[] = [
  {
    code: 'DSL-46',
    zh: '违规向境外提供重要数据',
    en: 'Important data provided abroad in breach of article 31',
    citation: { instrument: 'dsl-2021', article: 46 },
    inForce: dataLaw,
    certainty: 'primary',
    breaches: ['important-data-export', 'operator-export', 'beyond-approval'],
    tiers: [
      {
        when: basic,
        entity: [...orderRecalled, warning, optionalFine(10, 100)],
        persons: [perhapsOptionalFine(1, 10)],
      },
      { when: serious, entity: [fine(100, 1_000), suspension, revocation], persons: [fine(10, 100)] },
    ],
  },
  {
    code: 'PIPL-66',
    zh: '违法处理个人信息，包括违法出境',
    en: 'Any unlawful handling of personal information, its export included',
    citation: { instrument: 'pipl-2021', article: 66 },
    inForce: personalLaw,
    certainty: 'primary',
    breaches: ['personal-information-export', 'operator-export', 'beyond-approval', 'foreign-authority'],
    tiers: [
      { when: basic, entity: [order, warning, confiscation], persons: [] },
      { when: { zh: '拒不改正', en: 'correction refused' }, entity: [fine(null, 100)], persons: [fine(1, 10)] },
      {
        when: {
          zh: '情节严重，由省级以上部门处罚',
          en: 'serious circumstances, by an authority of province level or above',
        },
        entity: [
          ...orderAndConfiscationRecalled,
          { kind: 'fine', from: null, to: 5_000 * wan, orTurnoverPercent: 5 },
          suspension,
          revocation,
        ],
        persons: [fine(10, 100), { kind: 'post-ban' }],
      },
    ],
  },
  {
    code: 'PIPL-69',
    zh: '侵害个人信息权益造成损害的，不能证明没有过错即承担赔偿责任',
    en: 'Damages for harm to rights in personal information, fault presumed',
    citation: { instrument: 'pipl-2021', article: 69 },
    inForce: personalLaw,
    certainty: 'primary',
    breaches: ['personal-information-export', 'beyond-approval'],
    tiers: [],
  },
  {
    code: 'DSL-45-2',
    zh: '违反国家核心数据管理制度，危害国家主权、安全和发展利益',
    en: 'Breach of the core-data regime endangering sovereignty, security or development interests',
    citation: { instrument: 'dsl-2021', article: 45, paragraph: 2 },
    inForce: dataLaw,
    certainty: 'primary',
    breaches: ['core-data'],
    tiers: [
      {
        when: { zh: '根据情况', en: 'as the case may be' },
        entity: [fine(200, 1_000), suspension, revocation],
        persons: [],
      },
    ],
  },
  {
    code: 'DSL-45-1',
    zh: '不履行数据安全保护、风险监测、重要数据风险评估义务',
    en: 'Duties of articles 27, 29 and 30 not done',
    citation: { instrument: 'dsl-2021', article: 45, paragraph: 1 },
    inForce: dataLaw,
    certainty: 'primary',
    breaches: ['data-security-duties', 'important-data-handler-duties'],
    tiers: [
      { when: basic, entity: [...orderRecalled, warning, optionalFine(5, 50)], persons: [perhapsOptionalFine(1, 10)] },
      {
        when: refusedOrSerious,
        entity: [fine(50, 200), suspension, revocation],
        persons: [fine(5, 20)],
      },
    ],
  },
  {
    code: 'DSL-48-2',
    zh: '未经批准向外国司法或者执法机构提供数据',
    en: 'Data given to a foreign judicial or enforcement body without approval',
    citation: { instrument: 'dsl-2021', article: 48, paragraph: 2 },
    inForce: dataLaw,
    certainty: 'primary',
    breaches: ['foreign-authority'],
    tiers: [
      { when: basic, entity: [warning, optionalFine(10, 100)], persons: [perhapsOptionalFine(1, 10)] },
      {
        when: { zh: '造成严重后果', en: 'a serious result' },
        entity: [fine(100, 500), ...suspensionAndRevocationRecalled],
        persons: [fine(5, 50)],
      },
    ],
  },
  {
    code: 'NDSR-55',
    zh: '违反网络数据处理者的一般义务（第十二条、第十六条至第二十条、第二十二条等）',
    en: 'Breach of the general duties of network data handlers (arts 12, 16 to 20, 22 and others)',
    citation: { instrument: 'network-data-regulations-2025', article: 55 },
    inForce: networkData,
    certainty: 'primary',
    breaches: ['network-data-duties'],
    tiers: [
      { when: basic, entity: [order, warning, confiscation], persons: [] },
      {
        when: { zh: '拒不改正或者情节严重', en: 'correction refused, or serious circumstances' },
        entity: [fine(null, 100), ...suspensionAndRevocationRecalled],
        persons: [fine(1, 10)],
      },
    ],
  },
  {
    code: 'NDSR-57',
    zh: '重要数据处理者违反第二十九条第二款、第三十条第二款和第三款、第三十一条、第三十二条',
    en: "Breach of an important-data handler's duties (arts 29(2), 30(2) and (3), 31, 32)",
    citation: { instrument: 'network-data-regulations-2025', article: 57 },
    inForce: networkData,
    certainty: 'primary',
    breaches: ['important-data-handler-duties'],
    tiers: [
      {
        when: basic,
        entity: [...orderAndWarningRecalled, perhapsOptionalFine(5, 50)],
        persons: [perhapsOptionalFine(1, 10)],
      },
      {
        when: refusedOrSerious,
        whenCertainty: 'memory',
        entity: [fine(50, 200), ...suspensionAndRevocationRecalled],
        persons: [fine(5, 20)],
      },
    ],
  },
  otherBreaches(
    'NDSR-58.2025',
    { ...networkData, to: legalDate('2025-12-31') },
    { instrument: 'csl-2017', article: 66 },
  ),
  otherBreaches('NDSR-58', amendedSecurityLaw, { instrument: 'csl-2026', article: 71, paragraph: 1, item: 3 }),
  {
    code: 'CSL-66-2017',
    zh: '关键信息基础设施运营者违规在境外存储网络数据或者向境外提供网络数据',
    en: 'A critical infrastructure operator storing network data abroad or providing them abroad, in breach of article 37',
    citation: { instrument: 'csl-2017', article: 66 },
    inForce: { from: legalDate('2017-06-01'), to: legalDate('2025-12-31') },
    certainty: 'primary',
    breaches: ['operator-export'],
    tiers: [
      {
        when: basic,
        entity: [order, warning, confiscation, fine(5, 50), suspension, { kind: 'site-closure' }, revocation],
        persons: [fine(1, 10)],
      },
    ],
  },
  {
    code: 'CSL-71-2026',
    zh: '关键信息基础设施运营者违规在境外存储或者向境外提供数据，依照有关法律、行政法规处理、处罚；不再有本法自己的罚款幅度',
    en: 'A critical infrastructure operator storing or providing abroad in breach of article 39: by the laws and regulations concerned; the law has no scale of its own for it any more',
    citation: { instrument: 'csl-2026', article: 71, paragraph: 1, item: 3 },
    inForce: amendedSecurityLaw,
    certainty: 'primary',
    breaches: ['operator-export'],
    tiers: [],
    refersTo: [
      { instrument: 'dsl-2021', article: 46 },
      { instrument: 'pipl-2021', article: 66 },
    ],
  },
  {
    code: 'CSL-61-2026',
    zh: '网络运营者不履行网络安全保护义务',
    en: 'A network operator does not do its duties of network security',
    citation: { instrument: 'csl-2026', article: 61 },
    inForce: amendedSecurityLaw,
    certainty: 'primary',
    breaches: ['network-security-duties'],
    tiers: [
      {
        when: basic,
        whenCertainty: 'memory',
        entity: [...orderAndWarningRecalled, perhapsOptionalFine(1, 5)],
        persons: [],
      },
      { when: refusedOrSerious, whenCertainty: 'memory', entity: [fine(5, 50)], persons: [fine(1, 10)] },
      {
        when: { zh: '关键信息基础设施运营者，一般情形', en: 'critical infrastructure operator, in general' },
        whenCertainty: 'memory',
        entity: [...orderAndWarningRecalled, perhapsOptionalFine(5, 10)],
        persons: [],
      },
      {
        when: {
          zh: '关键信息基础设施运营者，拒不改正或者造成严重后果',
          en: 'critical infrastructure operator, correction refused or a serious result',
        },
        whenCertainty: 'memory',
        entity: [fine(10, 100)],
        persons: [{ ...fine(1, 10), certainty: 'memory' }],
      },
      {
        when: {
          zh: '造成大量数据泄露等严重后果',
          en: 'a serious result, such as a large leak of data',
        },
        whenCertainty: 'memory',
        entity: [fine(50, 200)],
        persons: [fine(5, 20)],
      },
      {
        when: { zh: '造成特别严重后果', en: 'a specially serious result' },
        whenCertainty: 'memory',
        entity: [fine(200, 1_000)],
        persons: [fine(20, 100)],
      },
    ],
  },
  {
    code: 'HGR-36',
    zh: '未通过安全审查向境外提供人类遗传资源信息等',
    en: 'Human genetic resource information provided abroad without having passed the security review',
    citation: { instrument: 'genetic-resources-2019', article: 36 },
    inForce: genetics,
    certainty: 'primary',
    breaches: ['genetic-information-without-review'],
    tiers: [
      {
        when: basic,
        entity: [...orderAndConfiscationRecalled, orTimesGains(50, 500, [5, 10], fromAMillion)],
        persons: [],
      },
    ],
  },
  {
    code: 'HGR-39-4',
    zh: '未备案并提交备份，向境外提供人类遗传资源信息',
    en: 'Human genetic resource information provided abroad without filing and backup',
    citation: { instrument: 'genetic-resources-2019', article: 39, paragraph: 1, item: 4 },
    inForce: genetics,
    certainty: 'primary',
    breaches: ['genetic-information-without-report'],
    tiers: [
      {
        when: basic,
        entity: [...orderAndConfiscationRecalled, orTimesGains(50, 100, [5, 10], fromAMillion)],
        persons: [],
      },
    ],
  },
  {
    code: 'HGR-41',
    zh: '境外组织及其设立或者实际控制的机构违规向境外提供我国人类遗传资源',
    en: 'A foreign body, or one it controls, providing Chinese human genetic resources abroad',
    citation: { instrument: 'genetic-resources-2019', article: 41 },
    inForce: genetics,
    certainty: 'primary',
    breaches: ['genetic-resources-by-foreign-body'],
    tiers: [
      {
        when: basic,
        entity: [...orderAndConfiscationRecalled, orTimesGains(100, 1_000, [5, 10], fromAnUnreadSum)],
        persons: [],
      },
    ],
  },
  {
    code: 'BIO-80',
    zh: '境外组织及其设立或者实际控制的机构违规向境外提供我国人类遗传资源',
    en: 'A foreign body, or one it controls, providing Chinese human genetic resources abroad',
    citation: { instrument: 'biosecurity-law-2021', article: 80 },
    inForce: { from: legalDate('2021-04-15') },
    certainty: 'primary',
    breaches: ['genetic-resources-by-foreign-body'],
    tiers: [
      {
        when: basic,
        entity: [...orderAndConfiscationRecalled, orTimesGains(100, 1_000, [10, 20], fromAnUnreadSum)],
        persons: [],
      },
    ],
  },
]

/** Network data regulations art. 58, with the Cybersecurity Law of its time among the three it refers to. */
function otherBreaches(code: string, inForce: InForce, securityLaw: Citation): PenalProvision {
  return {
    code,
    zh: '违反本条例其他规定（含第三十五条、第三十七条、第三十八条），依照网络安全法、数据安全法、个人信息保护法处罚',
    en: 'Other breaches, arts 35, 37 and 38 among them: by the scales of the cybersecurity, data security and personal information laws',
    citation: { instrument: 'network-data-regulations-2025', article: 58 },
    inForce,
    certainty: 'primary',
    breaches: ['important-data-export', 'personal-information-export', 'operator-export', 'beyond-approval'],
    tiers: [],
    refersTo: [securityLaw, { instrument: 'dsl-2021', article: 46 }, { instrument: 'pipl-2021', article: 66 }],
  }
}

/** What may lighten a penalty; whether it does is for the authority. */
export const leniencyRules: readonly Provision[] = [
  {
    code: 'NDSR-59',
    zh: '主动消除或者减轻危害后果、轻微并及时改正、初次违法且后果轻微等，依照行政处罚法从轻、减轻或者不予处罚',
    en: 'Harm removed or lessened of one’s own accord, a slight breach put right in time, a first and slight one: lighter, reduced or no penalty by the Administrative Punishment Law',
    citation: { instrument: 'network-data-regulations-2025', article: 59 },
    inForce: networkData,
    certainty: 'primary',
  },
  {
    code: 'CSL-73',
    zh: '网络安全法规定的违法行为具有从轻、减轻或者不予处罚情形的，依照行政处罚法',
    en: 'For breaches of the Cybersecurity Law, the same by the Administrative Punishment Law',
    citation: { instrument: 'csl-2026', article: 73 },
    inForce: amendedSecurityLaw,
    certainty: 'primary',
  },
]

/** Where the law of an earlier day punished the breach by a text that was not read: no answer may pass for "nothing". */
export const textsNotObtained: readonly {
  readonly breach: Breach
  readonly inForce: InForce
  readonly what: Words
}[] = [
  {
    breach: 'network-security-duties',
    inForce: { from: legalDate('2017-06-01'), to: legalDate('2025-12-31') },
    what: {
      zh: '2026年以前的网络安全法关于网络安全保护义务的罚则，未取得原文',
      en: 'the penal provisions of the Cybersecurity Law before 2026 on duties of network security; their text was not obtained',
    },
  },
  {
    breach: 'genetic-resources-by-foreign-body',
    inForce: { from: legalDate('2024-05-01') },
    what: {
      zh: '2024年5月1日起修改后的人类遗传资源管理条例，只读过2019年文本',
      en: 'the Regulations on Human Genetic Resources as amended from 2024-05-01; only the text of 2019 was read',
    },
  },
  {
    breach: 'genetic-information-without-review',
    inForce: { from: legalDate('2024-05-01') },
    what: {
      zh: '2024年5月1日起修改后的人类遗传资源管理条例，只读过2019年文本',
      en: 'the Regulations on Human Genetic Resources as amended from 2024-05-01; only the text of 2019 was read',
    },
  },
  {
    breach: 'genetic-information-without-report',
    inForce: { from: legalDate('2024-05-01') },
    what: {
      zh: '2024年5月1日起修改后的人类遗传资源管理条例，只读过2019年文本',
      en: 'the Regulations on Human Genetic Resources as amended from 2024-05-01; only the text of 2019 was read',
    },
  },
]
