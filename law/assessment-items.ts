import { legalDate } from './calendar.ts'
import type { Provision } from './provision.ts'

/** What the handler assesses itself (Order 11 art. 5). */
export interface SelfAssessmentItem extends Provision {
  readonly item: 1 | 2 | 3 | 4 | 5 | 6
}

/** What the reviewers assess (Order 11 art. 8), and which items of the self-assessment answer it. */
export interface ReviewedItem extends Provision {
  readonly answeredBy: readonly SelfAssessmentItem['item'][]
  /** Where a reviewer still finds the answer when no item of article 5 asks for it. */
  readonly elsewhere?: { readonly zh: string; readonly en: string }
}

const sinceMeasures = { from: legalDate('2022-09-01') } as const

const own = (item: SelfAssessmentItem['item'], zh: string, en: string): SelfAssessmentItem => ({
  code: `SA-${item}`,
  item,
  zh,
  en,
  citation: { instrument: 'measures-2022', article: 5, item },
  inForce: sinceMeasures,
  certainty: 'primary',
})

const reviewed = (
  code: string,
  item: number,
  zh: string,
  en: string,
  answeredBy: ReviewedItem['answeredBy'],
  elsewhere?: ReviewedItem['elsewhere'],
): ReviewedItem => ({
  code,
  zh,
  en,
  citation: { instrument: 'measures-2022', article: 8, item },
  inForce: sinceMeasures,
  certainty: 'primary',
  answeredBy,
  ...(elsewhere === undefined ? {} : { elsewhere }),
})

export const selfAssessmentItems: readonly SelfAssessmentItem[] = [
  own(
    1,
    '出境和境外处理的目的、范围、方式等的合法性、正当性、必要性',
    "Legality, legitimacy and necessity of purpose, scope and manner, of the export and of the recipient's processing",
  ),
  own(
    2,
    '数据的规模、范围、种类、敏感程度，以及对国家安全、公共利益、个人或者组织合法权益的风险',
    'Scale, scope, types and sensitivity of the data, and the risk to national security, public interest and rights',
  ),
  own(
    3,
    '境外接收方承诺承担的责任义务，及其管理和技术措施、能力能否保障数据安全',
    "The duties the recipient takes on, and whether its management, technology and ability ensure the data's security",
  ),
  own(
    4,
    '出境中和出境后遭篡改、破坏、泄露、丢失、转移或者非法获取、利用的风险，个人维权渠道是否通畅',
    'The risk of alteration, destruction, leak, loss, passing on and unlawful use during and after the export; whether individuals can defend their rights',
  ),
  own(
    5,
    '拟订立的法律文件是否充分约定了数据安全保护责任义务',
    'Whether the legal document settles the duties of protection sufficiently',
  ),
  own(6, '其他可能影响数据出境安全的事项', 'Other matters that may affect the security of the export'),
]

/** Article 8, its second item divided: the country, the recipient against Chinese law and standards. Three have no counterpart in article 5. */
export const reviewedItems: readonly ReviewedItem[] = [
  reviewed(
    'R-1',
    1,
    '出境的目的、范围、方式等的合法性、正当性、必要性',
    'Legality, legitimacy and necessity of purpose, scope and manner',
    [1],
  ),
  reviewed(
    'R-2a',
    2,
    '境外接收方所在国家或者地区的数据安全保护政策法规和网络安全环境对出境数据安全的影响',
    "How the data protection law and security environment of the recipient's country bear on the data",
    [],
    { zh: '报告二（四）境外接收方情况', en: 'report, part 2(4), on the recipient' },
  ),
  reviewed(
    'R-2b',
    2,
    '境外接收方的数据保护水平是否达到我国法律、行政法规和强制性国家标准的要求',
    "Whether the recipient's protection meets Chinese law, regulations and mandatory national standards",
    [],
    { zh: '报告二（四）3境外接收方的能力', en: "report, part 2(4)3, on the recipient's ability" },
  ),
  reviewed(
    'R-3',
    3,
    '数据的规模、范围、种类、敏感程度，出境中和出境后遭篡改、破坏、泄露、丢失、转移或者非法获取、利用的风险',
    'Scale, scope, types and sensitivity; the risks during and after the export',
    [2, 4],
  ),
  reviewed(
    'R-4',
    4,
    '数据安全和个人信息权益能否得到充分有效保障',
    'Whether the data and the rights of individuals are protected sufficiently and effectively',
    [3, 4],
  ),
  reviewed(
    'R-5',
    5,
    '法律文件是否充分约定了数据安全保护责任义务',
    'Whether the legal document settles the duties of protection sufficiently',
    [5],
  ),
  reviewed(
    'R-6',
    6,
    '遵守中国法律、行政法规、部门规章的情况',
    'Compliance with Chinese law, regulations and rules',
    [],
    { zh: '申报表第五部分和报告二（三）4', en: 'form, section 5, and report, part 2(3)4' },
  ),
  reviewed('R-7', 7, '国家网信部门认为需要评估的其他事项', 'Other matters the national office finds necessary', [6]),
]

/** What a dossier built from article 5 alone leaves unanswered. */
export const withoutCounterpart: readonly ReviewedItem[] = reviewedItems.filter(
  ({ answeredBy }) => answeredBy.length === 0,
)

/** Necessity is tested for the export, the number of persons and each data item, by four factors (answers of 2025-04-09). */
export const necessityTest = {
  code: 'N',
  zh: '必要性分三个层次、按四个要素检验',
  en: 'Necessity is tested on three levels by four factors',
  levels: [
    { code: 'N-export', zh: '出境本身', en: 'the export itself' },
    { code: 'N-persons', zh: '涉及的人数', en: 'the number of persons' },
    { code: 'N-item', zh: '每个数据项', en: 'each data item' },
  ],
  factors: [
    { code: 'N-related', zh: '与处理目的直接相关', en: 'directly related to the purpose' },
    { code: 'N-impact', zh: '对个人权益影响最小', en: 'least impact on the person' },
    { code: 'N-scope', zh: '限于最小范围', en: 'limited to the minimum scope' },
    { code: 'N-period', zh: '保存期限最短', en: 'kept for the shortest period' },
  ],
  citation: { instrument: 'answers-2025-04', article: 0 },
  inForce: { from: legalDate('2025-04-09') },
  certainty: 'primary',
} as const
