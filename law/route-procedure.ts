import { legalDate } from './calendar.ts'
import type { LegalDate } from './calendar.ts'
import type { Citation } from './citation.ts'
import { isInForce } from './provision.ts'
import type { InForce, Provision } from './provision.ts'

/** How the other routes run: the standard contract, the contract of the Greater Bay Area, certification. */
export interface RouteRule extends Provision {
  readonly route: 'standard-contract' | 'gba-contract' | 'certification'
}

const contract = (article: number, paragraph?: number, item?: number): Citation => ({
  instrument: 'contract-measures-2023',
  article,
  ...(paragraph === undefined ? {} : { paragraph }),
  ...(item === undefined ? {} : { item }),
})
const bayArea = (article: number): Citation => ({ instrument: 'gba-contract-2023', article })
const certificate = (article: number): Citation => ({ instrument: 'certification-measures-2026', article })
const sinceContract: InForce = { from: legalDate('2023-06-01') }
const sinceBayArea: InForce = { from: legalDate('2023-12-13') }
const sinceCertification: InForce = { from: legalDate('2026-01-01') }

export const routeRules: readonly RouteRule[] = [
  {
    code: 'SCC-6',
    route: 'standard-contract',
    zh: '严格按照附件订立，另行约定的条款不得与其冲突；合同生效后方可出境',
    en: 'Signed as annexed, other terms may not conflict with it; nothing leaves before the contract is in force',
    citation: contract(6),
    inForce: sinceContract,
    certainty: 'primary',
  },
  {
    code: 'SCC-5',
    route: 'standard-contract',
    zh: '事前进行个人信息保护影响评估，六项内容',
    en: 'An impact assessment beforehand, on six matters',
    citation: contract(5),
    inForce: sinceContract,
    certainty: 'primary',
  },
  {
    code: 'PIPIA-3Y',
    route: 'standard-contract',
    zh: '影响评估报告和处理情况记录至少保存3年',
    en: 'The report of the impact assessment and the records are kept at least three years',
    citation: { instrument: 'pipl-2021', article: 56 },
    inForce: { from: legalDate('2021-11-01') },
    certainty: 'primary',
  },
  {
    code: 'SCC-materials',
    route: 'standard-contract',
    zh: '备案材料：统一社会信用代码证件、法定代表人身份证件、经办人身份证件、授权委托书、承诺书、标准合同、影响评估报告',
    en: "Filed with: credit code, the legal representative's and the agent's identity documents, power of attorney, undertaking, contract, impact assessment",
    citation: { instrument: 'filing-guide-2024', article: 0 },
    inForce: { from: legalDate('2024-03-22') },
    certainty: 'primary',
  },
  {
    code: 'SCC-8.1',
    route: 'standard-contract',
    zh: '目的、范围、种类、敏感程度、方式、保存地点或者接收方的用途、方式变化，或者延长境外保存期限：重新评估影响，补充或者重新订立合同，并备案',
    en: "Purpose, scope, types, sensitivity, manner, place of storage or the recipient's use or manner change, or storage abroad is longer: a new impact assessment, the contract supplemented or signed anew, and filed",
    citation: contract(8, 1, 1),
    inForce: sinceContract,
    certainty: 'primary',
  },
  {
    code: 'SCC-8.2',
    route: 'standard-contract',
    zh: '境外接收方所在国家或者地区的个人信息保护政策法规变化，可能影响个人信息权益：同上',
    en: "The personal information law of the recipient's country changes and may affect rights: the same",
    citation: contract(8, 1, 2),
    inForce: sinceContract,
    certainty: 'primary',
  },
  {
    code: 'SCC-8.3',
    route: 'standard-contract',
    zh: '可能影响个人信息权益的其他情形：同上',
    en: 'Other circumstances that may affect rights: the same',
    citation: contract(8, 1, 3),
    inForce: sinceContract,
    certainty: 'primary',
  },
  {
    code: 'GBA-2',
    route: 'gba-contract',
    zh: '双方均在大湾区内地九市（广州、深圳、珠海、佛山、惠州、东莞、中山、江门、肇庆）或者香港（澳门）注册或者所在；被告知或者公布为重要数据的除外；没有人数限制',
    en: 'Both sides registered or located in the nine mainland cities of the Greater Bay Area or in Hong Kong (Macau); not for what was notified or published as important data; no number of persons',
    citation: bayArea(2),
    inForce: sinceBayArea,
    certainty: 'primary',
  },
  {
    code: 'GBA-4',
    route: 'gba-contract',
    zh: '不得向大湾区以外再提供',
    en: 'Nothing is passed on outside the Greater Bay Area',
    citation: bayArea(4),
    inForce: sinceBayArea,
    certainty: 'primary',
  },
  {
    code: 'GBA-5',
    route: 'gba-contract',
    zh: '影响评估减为三项',
    en: 'The impact assessment is reduced to three matters',
    citation: bayArea(5),
    inForce: sinceBayArea,
    certainty: 'primary',
  },
  {
    code: 'GBA-8',
    route: 'gba-contract',
    zh: '备案材料：法定代表人身份证件、承诺书、合同；向广东省网信部门或者港澳一方备案',
    en: "Filed with the office of Guangdong or the Hong Kong or Macau side: the legal representative's identity document, undertaking, contract",
    citation: bayArea(8),
    inForce: sinceBayArea,
    certainty: 'primary',
  },
  {
    code: 'CERT-6',
    route: 'certification',
    zh: '申请前进行个人信息保护影响评估，六项内容',
    en: 'An impact assessment before the application, on six matters',
    citation: certificate(6),
    inForce: sinceCertification,
    certainty: 'primary',
  },
  {
    code: 'CERT-7',
    route: 'certification',
    zh: '向已向国家网信部门备案的专业认证机构申请；境外处理者由其境内专门机构或者指定代表申请',
    en: 'Applied for at a body filed with the national office; a handler abroad applies through its body or representative in China',
    citation: certificate(7),
    inForce: sinceCertification,
    certainty: 'primary',
  },
  {
    code: 'CERT-10',
    route: 'certification',
    zh: '实际出境与认证范围不符的，暂停直至撤销证书',
    en: 'The certificate is suspended or withdrawn when the export departs from what was certified',
    citation: certificate(10),
    inForce: sinceCertification,
    certainty: 'primary',
  },
]

/** The rules of a route on a day. */
export function routeRulesOn(route: RouteRule['route'], on: LegalDate): readonly RouteRule[] {
  return routeRules.filter((rule) => rule.route === route && isInForce(rule.inForce, on))
}

/** What had already begun when a measure came into force had this long to be put right. */
export const transitionRules: readonly Provision[] = [
  {
    code: 'TRANS-11',
    zh: '施行前已经开展的出境活动不符合办法的，自施行之日起6个月内完成整改（2023年2月28日止；也有按3月1日计算的）',
    en: 'Exports begun before the Measures and not in line with them: put right within six months (to 2023-02-28; some count to 1 March)',
    citation: { instrument: 'measures-2022', article: 20 },
    inForce: { from: legalDate('2022-09-01'), to: legalDate('2023-02-28') },
    certainty: 'contested',
  },
  {
    code: 'TRANS-13',
    zh: '施行前已经开展的个人信息出境不符合标准合同办法的，自施行之日起6个月内完成整改（2023年11月30日止）',
    en: 'Exports of personal information begun before the contract measures and not in line with them: put right within six months (to 2023-11-30)',
    citation: { instrument: 'contract-measures-2023', article: 13 },
    inForce: { from: legalDate('2023-06-01'), to: legalDate('2023-11-30') },
    certainty: 'secondary',
  },
]
