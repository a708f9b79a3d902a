import { legalDate } from './calendar.ts'
import type { Words } from './citation.ts'
import type { Provision } from './provision.ts'

/** One matter a legal document must settle, with the points a reader looks for in it. */
export interface RequiredClause extends Provision {
  readonly points: readonly (Words & { readonly code: string })[]
}

const article9 = (item: number) => ({ instrument: 'measures-2022', article: 9, item }) as const
const sinceMeasures = { from: legalDate('2022-09-01') } as const

/** Order 11 art. 9: the six matters of the legal document with the overseas recipient. "At least": more may be agreed. */
export const requiredClauses: readonly RequiredClause[] = [
  {
    code: 'K-1',
    zh: '出境的目的、方式和数据范围，境外接收方处理数据的用途、方式',
    en: "Purpose, manner and scope of the export; the recipient's use and manner of processing",
    citation: article9(1),
    inForce: sinceMeasures,
    certainty: 'primary',
    points: [
      { code: 'K-1.purpose', zh: '出境目的', en: 'purpose of the export' },
      { code: 'K-1.manner', zh: '出境方式', en: 'manner of the export' },
      { code: 'K-1.scope', zh: '数据范围（数据项清单）', en: 'scope: the list of data items' },
      { code: 'K-1.recipient-use', zh: '境外接收方的用途', en: "the recipient's use" },
      { code: 'K-1.recipient-manner', zh: '境外接收方的处理方式', en: "the recipient's manner of processing" },
    ],
  },
  {
    code: 'K-2',
    zh: '境外保存地点、期限，以及期满、目的完成或者合同终止后的处理措施',
    en: 'Place and period of storage abroad; what happens when it ends, the purpose is done or the contract ends',
    citation: article9(2),
    inForce: sinceMeasures,
    certainty: 'primary',
    points: [
      { code: 'K-2.place', zh: '保存地点', en: 'place of storage' },
      { code: 'K-2.period', zh: '保存期限', en: 'period of storage' },
      { code: 'K-2.at-end', zh: '保存期限届满后的处理', en: 'disposal at the end of the period' },
      { code: 'K-2.purpose-done', zh: '约定目的完成后的处理', en: 'disposal once the purpose is done' },
      { code: 'K-2.termination', zh: '法律文件终止后的处理', en: 'disposal when the document ends' },
    ],
  },
  {
    code: 'K-3',
    zh: '限制境外接收方将数据再转移给其他组织、个人',
    en: 'Binding limits on passing the data on to other organisations or persons',
    citation: article9(3),
    inForce: sinceMeasures,
    certainty: 'primary',
    points: [
      { code: 'K-3.limits', zh: '禁止再转移，或者再转移的条件', en: 'a prohibition, or the conditions' },
      { code: 'K-3.flow-down', zh: '义务向下传递', en: 'the duties flow down' },
    ],
  },
  {
    code: 'K-4',
    zh: '实际控制权或者经营范围实质变化、所在国法律或者安全环境变化、其他不可抗力导致难以保障数据安全时的措施',
    en: "Measures when control or business scope changes in substance, the country's law or security environment changes, or other force majeure makes security hard to ensure",
    citation: article9(4),
    inForce: sinceMeasures,
    certainty: 'primary',
    points: [
      { code: 'K-4.control', zh: '实际控制权或者经营范围变化', en: 'change of control or business scope' },
      {
        code: 'K-4.country',
        zh: '所在国家、地区法律政策或者网络安全环境变化',
        en: "change of the country's law or security environment",
      },
      { code: 'K-4.force-majeure', zh: '其他不可抗力', en: 'other force majeure' },
      {
        code: 'K-4.measures',
        zh: '相应措施（停止、返还、删除、通知等）',
        en: 'the measures: stop, return, delete, notify',
      },
    ],
  },
  {
    code: 'K-5',
    zh: '违约补救措施、违约责任和争议解决方式',
    en: 'Remedies, liability for breach, resolution of disputes',
    citation: article9(5),
    inForce: sinceMeasures,
    certainty: 'primary',
    points: [
      { code: 'K-5.remedies', zh: '补救措施', en: 'remedies' },
      { code: 'K-5.liability', zh: '违约责任', en: 'liability for breach' },
      { code: 'K-5.disputes', zh: '争议解决', en: 'resolution of disputes' },
    ],
  },
  {
    code: 'K-6',
    zh: '数据被篡改、破坏、泄露、丢失、转移或者非法获取、利用等风险时的应急处置，以及个人维权的途径和方式',
    en: 'Emergency handling when data are altered, destroyed, leaked, lost, moved or unlawfully obtained or used; how individuals defend their rights',
    citation: article9(6),
    inForce: sinceMeasures,
    certainty: 'primary',
    points: [
      { code: 'K-6.incidents', zh: '应急处置义务', en: 'duties in an incident' },
      { code: 'K-6.individuals', zh: '个人维护权益的途径和方式', en: 'the channel for individuals' },
    ],
  },
]

/** What a contract with a recipient of network data must say besides, and what the handler does (from 2025-01-01). */
export const networkDataContract: readonly Provision[] = [
  {
    code: 'NDSR-12.contract',
    zh: '与接收方约定处理目的、方式、范围和安全保护义务等',
    en: 'Purpose, manner, scope and security duties are agreed with the recipient',
    citation: { instrument: 'network-data-regulations-2025', article: 12 },
    inForce: { from: legalDate('2025-01-01') },
    certainty: 'primary',
  },
  {
    code: 'NDSR-12.supervision',
    zh: '对接收方履行义务的情况进行监督',
    en: "The recipient's performance is supervised",
    citation: { instrument: 'network-data-regulations-2025', article: 12 },
    inForce: { from: legalDate('2025-01-01') },
    certainty: 'primary',
  },
  {
    code: 'NDSR-12.records',
    zh: '向其他处理者提供个人信息、重要数据的处理情况记录至少保存3年',
    en: 'Records of providing personal information and important data are kept at least three years',
    citation: { instrument: 'network-data-regulations-2025', article: 12 },
    inForce: { from: legalDate('2025-01-01') },
    certainty: 'primary',
  },
]

const standardContract = (article: number) => ({ instrument: 'contract-measures-2023', annex: '', article }) as const
const sinceContract = { from: legalDate('2023-06-01') } as const

const part = (code: string, article: number, zh: string, en: string): Provision => ({
  code,
  zh,
  en,
  citation: standardContract(article),
  inForce: sinceContract,
  certainty: 'primary',
})

/** The standard contract (annex of Order 13): its nine articles and two annexes. Other terms may not conflict with it (art. 6). */
export const standardContractClauses: readonly Provision[] = [
  part('SC-1', 1, '定义', 'Definitions'),
  part('SC-2', 2, '个人信息处理者的义务（十一项）', "The handler's duties (eleven)"),
  part(
    'SC-3',
    3,
    '境外接收方的义务（十三项；第八项为再转移的条件）',
    "The recipient's duties (thirteen; the eighth sets the conditions of passing on)",
  ),
  part(
    'SC-4',
    4,
    '境外接收方所在国家或者地区政策法规对履行合同的影响',
    "How the law of the recipient's country bears on performance",
  ),
  part('SC-5', 5, '个人作为第三方受益人的权利', 'Rights of individuals, as third-party beneficiaries'),
  part('SC-6', 6, '救济', 'Remedies'),
  part('SC-7', 7, '合同解除（暂停提供超过一个月等）', 'Termination: a halt of more than a month, and others'),
  part('SC-8', 8, '违约责任', 'Liability for breach'),
  part(
    'SC-9',
    9,
    '其他：适用中国法；仲裁（贸仲、海仲、北仲、上海国际仲裁中心）或者有管辖权的中国法院',
    'Miscellaneous: Chinese law; arbitration (CIETAC, CMAC, BAC, SHIAC) or a Chinese court',
  ),
]

/** Annex 1 of the standard contract, "description of the export": ten items. Onward third parties belong in the sixth (answers of October 2025, no. 9). */
export const standardContractDescription: readonly Provision[] = [
  part('SC-A1.1', 1, '处理目的', 'purpose'),
  part('SC-A1.2', 2, '处理方式', 'manner'),
  part('SC-A1.3', 3, '出境个人信息的规模', 'scale'),
  part('SC-A1.4', 4, '出境个人信息的种类', 'types'),
  part('SC-A1.5', 5, '出境敏感个人信息的种类', 'types of sensitive information'),
  part('SC-A1.6', 6, '境外接收方再提供的第三方', 'overseas third parties it may pass on to'),
  part('SC-A1.7', 7, '传输方式', 'manner of transfer'),
  part('SC-A1.8', 8, '出境后保存期限', 'period of storage'),
  part('SC-A1.9', 9, '出境后保存地点', 'place of storage'),
  part('SC-A1.10', 10, '其他事项', 'other'),
]
