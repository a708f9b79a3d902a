import { legalDate } from './calendar.ts'
import type { Provision } from './provision.ts'

export type Sector =
  | 'automobile'
  | 'human-genetic-resources'
  | 'health'
  | 'credit-reporting'
  | 'geography'
  | 'industry-and-telecom'
  | 'finance'
  | 'beijing-zone'
  | 'all'

/** A rule of one sector, with its number where it has one. */
export interface SectorRule extends Provision {
  readonly sector: Sector
  readonly number?: {
    readonly value: number
    readonly unit: 'persons' | 'records' | 'percent' | 'hours'
    /** Whether the number itself is already over the line: "以上" takes it in, "超过" and "大于" do not. */
    readonly inclusive: boolean
    /** Which number of a set of data is held against it; absent where it is no number of the data (hours, an incident). */
    readonly of?: keyof SetNumbers
  }
}

/** How many of what a set of data is about. Distinct natural persons; `general` and `sensitive` as Order 16 counts them. */
export interface SetNumbers {
  /** All persons the set is about. */
  readonly persons?: number
  readonly general?: number
  readonly sensitive?: number
  /** Persons whose exome or genome was sequenced. */
  readonly sequenced?: number
  /** Records to go abroad. */
  readonly records?: number
  /** Persons whose information the handler processes, in all its sets. */
  readonly processed?: number
}

/** Whether a count is over the line of a sector's rule; null where the rule has no number. */
export function isOver({ number }: SectorRule, count: number): boolean | null {
  if (number === undefined) return null
  return number.inclusive ? number.value <= count : number.value < count
}

const genesRules = { from: legalDate('2023-07-01') } as const
const automobiles = { from: legalDate('2021-10-01') } as const

export const sectorRules: readonly SectorRule[] = [
  {
    code: 'AUTO-3.1',
    sector: 'automobile',
    zh: '重要数据：军事管理区、国防科工单位、县级以上党政机关等敏感区域的地理信息、人员流量、车辆流量',
    en: 'Important: geography and flow of people and vehicles of sensitive areas (military, defence science, party and government from county level)',
    citation: { instrument: 'automobile-rules-2021', article: 3 },
    inForce: automobiles,
    certainty: 'secondary',
  },
  {
    code: 'AUTO-3.2',
    sector: 'automobile',
    zh: '重要数据：反映经济运行情况的车辆流量、物流等数据',
    en: 'Important: flows of vehicles and goods that show how the economy runs',
    citation: { instrument: 'automobile-rules-2021', article: 3 },
    inForce: automobiles,
    certainty: 'secondary',
  },
  {
    code: 'AUTO-3.3',
    sector: 'automobile',
    zh: '重要数据：汽车充电网的运行数据',
    en: 'Important: operating data of the charging network',
    citation: { instrument: 'automobile-rules-2021', article: 3 },
    inForce: automobiles,
    certainty: 'secondary',
  },
  {
    code: 'AUTO-3.4',
    sector: 'automobile',
    zh: '重要数据：包含人脸信息、车牌信息等的车外视频、图像',
    en: 'Important: video and images from outside the car with faces or plates',
    citation: { instrument: 'automobile-rules-2021', article: 3 },
    inForce: automobiles,
    certainty: 'secondary',
  },
  {
    code: 'AUTO-3.5',
    sector: 'automobile',
    zh: '涉及个人信息主体超过10万人的个人信息列为重要数据；与2024年规定的100万人不一致，只作提示，是否重要以告知或者公布、2026年指引为准',
    en: 'Personal information of more than 100,000 persons is listed as important; at odds with the million of 2024, so it only raises the question, which a notice or the guide of 2026 decides',
    citation: { instrument: 'automobile-rules-2021', article: 3 },
    inForce: automobiles,
    certainty: 'contested',
    number: { value: 100_000, unit: 'persons', inclusive: false, of: 'persons' },
  },
  {
    code: 'AUTO-2026.general',
    sector: 'automobile',
    zh: '不含敏感个人信息的100万人以上，应当申报安全评估',
    en: 'Personal information of a million persons or more, sensitive apart: assessment',
    citation: { instrument: 'automobile-guide-2026', article: 0 },
    inForce: { from: legalDate('2026-02-03') },
    certainty: 'secondary',
    number: { value: 1_000_000, unit: 'persons', inclusive: true, of: 'general' },
  },
  {
    code: 'AUTO-2026.sensitive',
    sector: 'automobile',
    zh: '敏感个人信息1万人以上，应当申报安全评估',
    en: 'Sensitive personal information of 10,000 persons or more: assessment',
    citation: { instrument: 'automobile-guide-2026', article: 0 },
    inForce: { from: legalDate('2026-02-03') },
    certainty: 'secondary',
    number: { value: 10_000, unit: 'persons', inclusive: true, of: 'sensitive' },
  },
  {
    code: 'AUTO-2026.list',
    sector: 'automobile',
    zh: '附有重要数据目录：5类场景、27类、51项；条目未取得',
    en: 'Annexes a list of important data: 5 scenarios, 27 categories, 51 items; the items were not obtained',
    citation: { instrument: 'automobile-guide-2026', article: 0, annex: '' },
    inForce: { from: legalDate('2026-02-03') },
    certainty: 'secondary',
  },
  {
    code: 'AUTO-2026.declares',
    sector: 'automobile',
    zh: '由境内法人申报，没有法人的由分支机构申报；集团可以由母公司合并申报；不得拆分数量；申报说明数据的特征，不提交数据本身',
    en: 'The legal entity in China declares, else its branch; a parent may declare for its group; numbers are not divided; the declaration describes the data and does not hold them',
    citation: { instrument: 'automobile-guide-2026', article: 0 },
    inForce: { from: legalDate('2026-02-03') },
    certainty: 'secondary',
  },
  {
    code: 'AUTO-2026.exempt',
    sector: 'automobile',
    zh: '九类豁免：2024年规定第三条至第六条的情形，以及改为向工业和信息化、市场监管部门报告、备案的部分重要数据（漏洞、安全事件、升级包源代码等）；具体数据和条件未取得',
    en: 'Nine exemptions: those of articles 3 to 6 of the provisions of 2024, and some important data that go by report or filing to the ministry or the market regulator instead (vulnerabilities, incidents, source code of update packages and others); which data and on what conditions was not obtained',
    citation: { instrument: 'automobile-guide-2026', article: 0 },
    inForce: { from: legalDate('2026-02-03') },
    certainty: 'secondary',
  },
  {
    code: 'AUTO-11',
    sector: 'automobile',
    zh: '重要数据出境的评估和年度报告（第十一条至第十四条；条号未核对）',
    en: 'Export of important data and the annual report (articles 11 to 14; the numbers were not checked)',
    citation: { instrument: 'automobile-rules-2021', article: 11 },
    inForce: automobiles,
    certainty: 'memory',
  },
  {
    code: 'HGR-2',
    sector: 'human-genetic-resources',
    zh: '人类遗传资源信息：利用人类遗传资源材料产生的基因、基因组数据等；不包括临床、影像、蛋白质、代谢数据',
    en: 'Human genetic resource information: gene and genome data made from the material; not clinical, imaging, protein or metabolic data',
    citation: { instrument: 'genetic-resources-rules-2023', article: 2 },
    inForce: genesRules,
    certainty: 'primary',
  },
  {
    code: 'HGR-11',
    sector: 'human-genetic-resources',
    zh: '外方：境外组织、个人持有50%以上权益，或者足以支配决策的机构；内资控股的香港、澳门机构视为中方',
    en: 'Foreign party: a body in which foreigners hold 50 % or more, or whose decisions they can control; Hong Kong and Macau bodies under domestic capital count as Chinese',
    citation: { instrument: 'genetic-resources-rules-2023', article: 11 },
    inForce: genesRules,
    certainty: 'primary',
    number: { value: 50, unit: 'percent', inclusive: true },
  },
  {
    code: 'HGR-36',
    sector: 'human-genetic-resources',
    zh: '向外方提供信息，事先报告并提交备份；已获批准或者备案的国际合作协议已约定的，无需另行报告',
    en: 'Any provision to a foreign party: prior report and backup; not again where an approved or filed cooperation agreement covers it',
    citation: { instrument: 'genetic-resources-rules-2023', article: 36 },
    inForce: genesRules,
    certainty: 'primary',
  },
  {
    code: 'HGR-37',
    sector: 'human-genetic-resources',
    zh: '安全审查：重要遗传家系、特定地区、人数大于500例的外显子组或者基因组测序信息等',
    en: 'Security review: important families, specific regions, exome or genome sequencing of more than 500 persons, and others',
    citation: { instrument: 'genetic-resources-rules-2023', article: 37 },
    inForce: genesRules,
    certainty: 'primary',
    number: { value: 500, unit: 'persons', inclusive: false, of: 'sequenced' },
  },
  {
    code: 'HEALTH-2014',
    sector: 'health',
    zh: '不得将人口健康信息在境外的服务器中存储',
    en: 'Population health information is not stored on servers abroad',
    citation: { instrument: 'health-population-2014', article: 10 },
    inForce: { from: legalDate('2014-05-05') },
    certainty: 'memory',
  },
  {
    code: 'HEALTH-2018',
    sector: 'health',
    zh: '健康医疗大数据存储在境内服务器；确需向境外提供的，进行安全评估审核',
    en: 'Health big data stay on servers in China; an assessment before any export',
    citation: { instrument: 'health-big-data-2018', article: 30 },
    inForce: { from: legalDate('2018-07-12') },
    certainty: 'memory',
  },
  {
    code: 'HEALTH-39725',
    sector: 'health',
    zh: '推荐性标准，早于个人信息保护法，不是法定豁免：数据分五级；经委员会审批后向境外提供不超过250条，超过的报主管部门',
    en: 'A recommended standard older than the personal information law, and no exemption: five levels; up to 250 records abroad after committee approval, above that the authority is asked',
    citation: { instrument: 'gbt-39725-2020', article: 0 },
    inForce: { from: legalDate('2021-07-01') },
    certainty: 'primary',
    number: { value: 250, unit: 'records', inclusive: false, of: 'records' },
  },
  {
    code: 'CREDIT-24',
    sector: 'credit-reporting',
    zh: '征信机构在境内采集的信息，整理、保存、加工在境内进行；向境外提供遵守法律和人民银行的规定',
    en: 'What a credit bureau collects in China is organised, kept and processed in China; provision abroad follows the law and the central bank',
    citation: { instrument: 'credit-reporting-2013', article: 24 },
    inForce: { from: legalDate('2013-03-15') },
    certainty: 'primary',
  },
  {
    code: 'GEO-34',
    sector: 'geography',
    zh: '对外提供涉密测绘成果，须经审批',
    en: 'Classified survey results need approval',
    citation: { instrument: 'surveying-law-2017', article: 34 },
    inForce: { from: legalDate('2017-07-01') },
    certainty: 'primary',
  },
  {
    code: 'GEO-GUIDE',
    sector: 'geography',
    zh: '国家网信部门所列已公布的地理信息数据分类分级指南；文本未取得',
    en: 'A guide for grading geographic data that the national office names as published; its text was not obtained',
    citation: { instrument: 'answers-2025-05', article: 0 },
    inForce: { from: legalDate('2025-05-01') },
    certainty: 'primary',
  },
  {
    code: 'INDUSTRY-GUIDES',
    sector: 'industry-and-telecom',
    zh: '国家网信部门所列已公布的工业、电信领域重要数据识别指南；文本未取得',
    en: 'Guides for identifying important data of industry and of telecom that the national office names as published; their texts were not obtained',
    citation: { instrument: 'answers-2025-05', article: 0 },
    inForce: { from: legalDate('2025-05-01') },
    certainty: 'primary',
  },
  {
    code: 'FIN-2025.exempt',
    sector: 'finance',
    zh: '47类场景视为豁免；场景清单未取得，须由数据处理者对照并写明清单、版本、条目和核对人',
    en: '47 scenarios are treated as exempt; their list was not obtained, so the handler compares it and says list, version, entry and who compared',
    citation: { instrument: 'finance-guide-2025', article: 0 },
    inForce: { from: legalDate('2025-04-17') },
    certainty: 'secondary',
  },
  {
    code: 'FIN-2025.items',
    sector: 'finance',
    zh: '61类常见场景不属豁免，列明可以出境的数据项；清单未取得，仍按人数判断',
    en: '61 common scenarios are not exempt, and the data items that may go are set out; the lists were not obtained, and numbers decide',
    citation: { instrument: 'finance-guide-2025', article: 0 },
    inForce: { from: legalDate('2025-04-17') },
    certainty: 'secondary',
  },
  {
    code: 'BANK-INCIDENT.2',
    sector: 'finance',
    zh: '银行保险机构发生数据安全事件，2小时内报告',
    en: 'Banks and insurers report a data security incident within two hours',
    citation: { instrument: 'bank-insurance-measures-2024', article: 0 },
    inForce: { from: legalDate('2024-12-31') },
    certainty: 'secondary',
    number: { value: 2, unit: 'hours', inclusive: false },
  },
  {
    code: 'BANK-INCIDENT.24',
    sector: 'finance',
    zh: '银行保险机构在24小时内提交正式书面报告',
    en: 'Banks and insurers follow up in writing within 24 hours',
    citation: { instrument: 'bank-insurance-measures-2024', article: 0 },
    inForce: { from: legalDate('2024-12-31') },
    certainty: 'secondary',
    number: { value: 24, unit: 'hours', inclusive: false },
  },
  {
    code: 'BEIJING-2024.general',
    sector: 'beijing-zone',
    zh: '不含敏感个人信息的个人信息超过1000万人的，作为重要数据的参考',
    en: 'As a reference for important data: personal information, sensitive apart, of more than 10,000,000 persons',
    citation: { instrument: 'beijing-zone-list-2024', article: 0 },
    inForce: { from: legalDate('2024-08-30'), to: legalDate('2026-05-07') },
    certainty: 'secondary',
    number: { value: 10_000_000, unit: 'persons', inclusive: false, of: 'general' },
  },
  {
    code: 'BEIJING-2024.sensitive',
    sector: 'beijing-zone',
    zh: '敏感个人信息超过100万人的，作为重要数据的参考',
    en: 'As a reference for important data: sensitive personal information of more than 1,000,000 persons',
    citation: { instrument: 'beijing-zone-list-2024', article: 0 },
    inForce: { from: legalDate('2024-08-30'), to: legalDate('2026-05-07') },
    certainty: 'secondary',
    number: { value: 1_000_000, unit: 'persons', inclusive: false, of: 'sensitive' },
  },
  {
    code: 'BEIJING-2024.accounts',
    sector: 'beijing-zone',
    zh: '银行、保险、登记账户和诊断等特定敏感个人信息超过10万人的，作为重要数据的参考',
    en: 'As a reference for important data: certain sensitive information (accounts of banks, insurers and registration, diagnoses) of more than 100,000 persons',
    citation: { instrument: 'beijing-zone-list-2024', article: 0 },
    inForce: { from: legalDate('2024-08-30'), to: legalDate('2026-05-07') },
    certainty: 'secondary',
    number: { value: 100_000, unit: 'persons', inclusive: false },
  },
  {
    code: 'BEIJING-2024.operator',
    sector: 'beijing-zone',
    zh: '关键信息基础设施运营者的个人信息超过10万人的，作为重要数据的参考',
    en: 'As a reference for important data: personal information of more than 100,000 persons held by an operator of critical infrastructure',
    citation: { instrument: 'beijing-zone-list-2024', article: 0 },
    inForce: { from: legalDate('2024-08-30'), to: legalDate('2026-05-07') },
    certainty: 'secondary',
    number: { value: 100_000, unit: 'persons', inclusive: false },
  },
  {
    code: 'PI-1000W',
    sector: 'all',
    zh: '处理1000万人以上个人信息的，还应当履行第三十条、第三十二条对重要数据处理者的要求；该个人信息不因此成为重要数据',
    en: 'Whoever processes personal information of 10,000,000 persons or more has the duties of articles 30 and 32 as well; the information does not become important data by that',
    citation: { instrument: 'network-data-regulations-2025', article: 28 },
    inForce: { from: legalDate('2025-01-01') },
    certainty: 'primary',
    number: { value: 10_000_000, unit: 'persons', inclusive: true, of: 'processed' },
  },
  {
    code: 'AUDIT-4',
    sector: 'all',
    zh: '处理超过1000万人个人信息的，每两年至少进行一次合规审计',
    en: 'Whoever processes personal information of more than 10,000,000 persons audits at least every two years',
    citation: { instrument: 'audit-measures-2025', article: 4 },
    inForce: { from: legalDate('2025-05-01') },
    certainty: 'primary',
    number: { value: 10_000_000, unit: 'persons', inclusive: false, of: 'processed' },
  },
  {
    code: 'AUDIT-5.general',
    sector: 'all',
    zh: '100万人以上个人信息泄露等安全事件，可以要求委托审计',
    en: 'An incident with personal information of a million persons or more may lead to an ordered audit',
    citation: { instrument: 'audit-measures-2025', article: 5 },
    inForce: { from: legalDate('2025-05-01') },
    certainty: 'primary',
    number: { value: 1_000_000, unit: 'persons', inclusive: true },
  },
  {
    code: 'AUDIT-5.sensitive',
    sector: 'all',
    zh: '10万人以上敏感个人信息泄露等安全事件，可以要求委托审计',
    en: 'An incident with sensitive personal information of 100,000 persons or more may lead to an ordered audit',
    citation: { instrument: 'audit-measures-2025', article: 5 },
    inForce: { from: legalDate('2025-05-01') },
    certainty: 'primary',
    number: { value: 100_000, unit: 'persons', inclusive: true },
  },
  {
    code: 'AUDIT-12',
    sector: 'all',
    zh: '处理100万人以上个人信息的，指定个人信息保护负责人',
    en: 'Whoever processes personal information of a million persons or more names an officer for it',
    citation: { instrument: 'audit-measures-2025', article: 12 },
    inForce: { from: legalDate('2025-05-01') },
    certainty: 'primary',
    number: { value: 1_000_000, unit: 'persons', inclusive: true, of: 'processed' },
  },
]
