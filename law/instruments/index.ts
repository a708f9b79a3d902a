import { legalDate } from '../calendar.ts'
import type { LegalDate } from '../calendar.ts'
import type { Certainty, InstrumentId, Words } from '../citation.ts'
import { procedureAndSectorInstruments } from './procedure-and-sectors.ts'

/** One instrument: what it is called, its number, when it is in force, where it can be read, how surely we know it. */
export interface Instrument {
  readonly title: Words
  readonly number: Words
  readonly inForce: { readonly from: LegalDate; readonly to?: LegalDate }
  /** Later instruments to which parts of it yield. */
  readonly amendedBy?: readonly InstrumentId[]
  readonly source: string
  /** What of it was not read, or how it is known. */
  readonly note?: Words
  readonly certainty: Certainty
}

/** Every instrument a rule of this folder rests on. */
export const instruments = {
  ...procedureAndSectorInstruments,
  'measures-2022': {
    title: { zh: '数据出境安全评估办法', en: 'Measures for the Security Assessment of Data Export' },
    number: { zh: '国家互联网信息办公室令第11号', en: 'CAC Order 11' },
    inForce: { from: legalDate('2022-09-01') },
    amendedBy: ['provisions-2024'],
    source: 'https://www.cac.gov.cn/2022-07/07/c_1658811536396503.htm',
    certainty: 'primary',
  },
  'provisions-2024': {
    title: { zh: '促进和规范数据跨境流动规定', en: 'Provisions on Promoting and Regulating Cross-border Data Flows' },
    number: { zh: '国家互联网信息办公室令第16号', en: 'CAC Order 16' },
    inForce: { from: legalDate('2024-03-22') },
    source: 'https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm',
    certainty: 'primary',
  },
  'contract-measures-2023': {
    title: {
      zh: '个人信息出境标准合同办法',
      en: 'Measures on the Standard Contract for the Export of Personal Information',
    },
    number: { zh: '国家互联网信息办公室令第13号', en: 'CAC Order 13' },
    inForce: { from: legalDate('2023-06-01') },
    amendedBy: ['provisions-2024'],
    source: 'https://www.cac.gov.cn/2023-02/24/c_1678884830036813.htm',
    certainty: 'primary',
  },
  'certification-measures-2026': {
    title: { zh: '个人信息出境认证办法', en: 'Measures on Certification of the Export of Personal Information' },
    number: { zh: '国家互联网信息办公室、国家市场监督管理总局令第20号', en: 'CAC and SAMR Order 20' },
    inForce: { from: legalDate('2026-01-01') },
    source: 'cac.gov.cn, page c_1762449728720008',
    certainty: 'primary',
  },
  'network-data-regulations-2025': {
    title: { zh: '网络数据安全管理条例', en: 'Network Data Security Management Regulations' },
    number: { zh: '国务院令第790号', en: 'State Council Order 790' },
    inForce: { from: legalDate('2025-01-01') },
    source: 'cac.gov.cn, page c_1729384452307680',
    certainty: 'primary',
  },
  'pipl-2021': {
    title: { zh: '个人信息保护法', en: 'Personal Information Protection Law' },
    number: { zh: '主席令第91号', en: 'Presidential Order 91' },
    inForce: { from: legalDate('2021-11-01') },
    source: 'http://www.npc.gov.cn/npc/c2/c30834/202108/t20210820_313088.html',
    certainty: 'primary',
  },
  'dsl-2021': {
    title: { zh: '数据安全法', en: 'Data Security Law' },
    number: { zh: '主席令第84号', en: 'Presidential Order 84' },
    inForce: { from: legalDate('2021-09-01') },
    source: 'http://www.npc.gov.cn/npc/c2/c30834/202106/t20210610_311888.html',
    certainty: 'primary',
  },
  'csl-2017': {
    title: { zh: '网络安全法（2017年施行）', en: 'Cybersecurity Law (as in force from 2017)' },
    number: { zh: '主席令第53号', en: 'Presidential Order 53' },
    inForce: { from: legalDate('2017-06-01'), to: legalDate('2025-12-31') },
    amendedBy: ['csl-2026'],
    source: 'https://www.cac.gov.cn/2016-11/07/c_1119867116.htm',
    certainty: 'primary',
  },
  'csl-2026': {
    title: { zh: '网络安全法（2025年修正）', en: 'Cybersecurity Law (as amended in 2025)' },
    number: { zh: '2025年10月28日修正', en: 'amended 2025-10-28' },
    inForce: { from: legalDate('2026-01-01') },
    source: 'cac.gov.cn, page c_1768735112911946',
    certainty: 'primary',
  },
  'biosecurity-law-2021': {
    title: { zh: '生物安全法', en: 'Biosecurity Law' },
    number: { zh: '主席令第56号', en: 'Presidential Order 56' },
    inForce: { from: legalDate('2021-04-15') },
    source: 'http://www.npc.gov.cn/',
    certainty: 'primary',
  },
  'genetic-resources-2019': {
    title: { zh: '人类遗传资源管理条例', en: 'Regulations on Human Genetic Resources' },
    number: { zh: '国务院令第717号', en: 'State Council Order 717' },
    inForce: { from: legalDate('2019-07-01') },
    source: 'https://www.gov.cn/zhengce/content/2019-06/10/content_5398829.htm',
    certainty: 'primary',
  },
  'genetic-resources-rules-2023': {
    title: {
      zh: '人类遗传资源管理条例实施细则',
      en: 'Implementing Rules of the Regulations on Human Genetic Resources',
    },
    number: { zh: '科学技术部令第21号', en: 'MOST Order 21' },
    inForce: { from: legalDate('2023-07-01') },
    source: 'https://www.most.gov.cn/',
    certainty: 'primary',
  },
  'gba-contract-2023': {
    title: {
      zh: '粤港澳大湾区个人信息跨境流动标准合同实施指引',
      en: 'Guidelines on the Standard Contract for Personal Information in the Greater Bay Area',
    },
    number: { zh: '2023年第3号公告、2024年第1号公告', en: 'Announcements 2023 No. 3 and 2024 No. 1' },
    inForce: { from: legalDate('2023-12-13') },
    source: 'https://www.cac.gov.cn/',
    certainty: 'primary',
  },
  'answers-2025-10': {
    title: {
      zh: '数据出境安全管理政策问答（2025年10月）',
      en: 'CAC questions and answers on data export, October 2025',
    },
    number: { zh: '2025年10月31日', en: '2025-10-31' },
    inForce: { from: legalDate('2025-10-31') },
    source: 'cac.gov.cn, page c_1763633376984070',
    certainty: 'primary',
  },
  'answers-2026-01': {
    title: {
      zh: '数据出境安全管理政策问答（2026年1月）',
      en: 'CAC questions and answers on data export, January 2026',
    },
    number: { zh: '2026年1月', en: 'January 2026' },
    inForce: { from: legalDate('2026-01-01') },
    source: 'https://www.cac.gov.cn/',
    certainty: 'primary',
  },
  'guide-2025': {
    title: { zh: '数据出境安全评估申报指南（第三版）', en: 'Guide to Declaring a Data Export (third edition)' },
    number: { zh: '第三版', en: 'third edition' },
    inForce: { from: legalDate('2025-06-27') },
    source: 'cac.gov.cn, page c_1752652339765002',
    certainty: 'primary',
  },
  'civil-code-2021': {
    title: { zh: '民法典', en: 'Civil Code' },
    number: { zh: '主席令第45号', en: 'Presidential Order 45' },
    inForce: { from: legalDate('2021-01-01') },
    source: 'http://www.npc.gov.cn/',
    certainty: 'primary',
  },
  'state-secrets-law-2024': {
    title: { zh: '保守国家秘密法', en: 'State Secrets Law' },
    number: { zh: '2024年2月27日修订', en: 'revised 2024-02-27' },
    inForce: { from: legalDate('2024-05-01') },
    source: 'http://www.npc.gov.cn/',
    certainty: 'primary',
  },
  'export-control-law-2020': {
    title: { zh: '出口管制法', en: 'Export Control Law' },
    number: { zh: '主席令第58号', en: 'Presidential Order 58' },
    inForce: { from: legalDate('2020-12-01') },
    source: 'http://www.npc.gov.cn/',
    certainty: 'primary',
  },
  'surveying-law-2017': {
    title: { zh: '测绘法', en: 'Surveying and Mapping Law' },
    number: { zh: '2017年4月27日修订', en: 'revised 2017-04-27' },
    inForce: { from: legalDate('2017-07-01') },
    source: 'http://www.npc.gov.cn/',
    certainty: 'primary',
  },
} as const satisfies Record<InstrumentId, Instrument>
