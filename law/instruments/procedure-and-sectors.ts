import { legalDate } from '../calendar.ts'
import type { InstrumentId } from '../citation.ts'
import type { Instrument } from './index.ts'

/** The instruments that set clocks, forms, lists and sector rules beside the path: guides, answers, standards, MIIT and others. */
export const procedureAndSectorInstruments = {
  'guide-2022': {
    title: { zh: '数据出境安全评估申报指南（第一版）', en: 'Guide to Declaring a Data Export (first edition)' },
    number: { zh: '第一版，2022年8月31日', en: 'first edition, 2022-08-31' },
    inForce: { from: legalDate('2022-09-01'), to: legalDate('2024-03-21') },
    amendedBy: ['guide-2024'],
    source: 'https://www.cac.gov.cn/',
    note: { zh: '文本未取得，据律师事务所介绍', en: 'text not obtained; known from law firms' },
    certainty: 'secondary',
  },
  'guide-2024': {
    title: { zh: '数据出境安全评估申报指南（第二版）', en: 'Guide to Declaring a Data Export (second edition)' },
    number: { zh: '第二版，2024年3月22日', en: 'second edition, 2024-03-22' },
    inForce: { from: legalDate('2024-03-22'), to: legalDate('2025-06-26') },
    amendedBy: ['guide-2025'],
    source: 'https://www.cac.gov.cn/',
    note: { zh: '文本未取得，据律师事务所介绍', en: 'text not obtained; known from law firms' },
    certainty: 'secondary',
  },
  'filing-guide-2024': {
    title: {
      zh: '个人信息出境标准合同备案指南（第二版）',
      en: 'Guide to Filing the Standard Contract (second edition)',
    },
    number: { zh: '第二版，2024年3月22日', en: 'second edition, 2024-03-22' },
    inForce: { from: legalDate('2024-03-22') },
    source: 'https://www.cac.gov.cn/',
    note: { zh: '只读过部分文本', en: 'read in part' },
    certainty: 'primary',
  },
  'answers-2025-04': {
    title: { zh: '数据出境安全管理政策问答（2025年4月）', en: 'CAC questions and answers on data export, April 2025' },
    number: { zh: '2025年4月9日', en: '2025-04-09' },
    inForce: { from: legalDate('2025-04-09') },
    source: 'https://www.cac.gov.cn/',
    certainty: 'primary',
  },
  'answers-2025-05': {
    title: { zh: '数据出境安全管理政策问答（2025年5月）', en: 'CAC questions and answers on data export, May 2025' },
    number: { zh: '2025年5月', en: 'May 2025' },
    // The day in May was not noted; guidance of that month is taken from its first day.
    inForce: { from: legalDate('2025-05-01') },
    source: 'https://www.cac.gov.cn/',
    certainty: 'primary',
  },
  'answers-2026-07': {
    title: { zh: '数据出境安全管理政策问答（2026年7月）', en: 'CAC questions and answers on data export, July 2026' },
    number: { zh: '2026年7月24日', en: '2026-07-24' },
    inForce: { from: legalDate('2026-07-24') },
    source: 'https://www.cac.gov.cn/',
    certainty: 'primary',
  },
  'licensing-law-2004': {
    title: { zh: '行政许可法', en: 'Administrative Licensing Law' },
    number: { zh: '2003年8月27日通过，2019年4月23日修正', en: 'adopted 2003-08-27, amended 2019-04-23' },
    inForce: { from: legalDate('2004-07-01') },
    source: 'http://www.npc.gov.cn/',
    certainty: 'primary',
  },
  'holidays-regulation-2025': {
    title: { zh: '全国年节及纪念日放假办法', en: 'Regulation on Public Holidays' },
    number: { zh: '2024年11月10日修订', en: 'as amended 2024-11-10' },
    inForce: { from: legalDate('2025-01-01') },
    source: 'https://www.gov.cn/',
    certainty: 'primary',
  },
  'audit-measures-2025': {
    title: { zh: '个人信息保护合规审计管理办法', en: 'Measures on Audits of Personal Information Protection' },
    number: { zh: '国家互联网信息办公室令第18号', en: 'CAC Order 18' },
    inForce: { from: legalDate('2025-05-01') },
    source: 'https://www.cac.gov.cn/',
    certainty: 'primary',
  },
  'miit-data-measures-2023': {
    title: {
      zh: '工业和信息化领域数据安全管理办法（试行）',
      en: 'Trial Measures on Data Security in Industry and Information Technology',
    },
    number: {
      zh: '工信部网安〔2022〕166号，2022年12月8日印发，12月13日公布',
      en: 'MIIT [2022] No. 166, issued 2022-12-08, published 2022-12-13',
    },
    inForce: { from: legalDate('2023-01-01') },
    source: 'https://www.miit.gov.cn/',
    certainty: 'primary',
  },
  'miit-risk-rules-2024': {
    title: {
      zh: '工业和信息化领域数据安全风险评估实施细则（试行）',
      en: 'Trial Rules on Data Security Risk Assessment in Industry and Information Technology',
    },
    number: { zh: '工业和信息化部，2024年', en: 'MIIT, 2024' },
    inForce: { from: legalDate('2024-06-01') },
    source: 'https://www.miit.gov.cn/',
    certainty: 'primary',
  },
  'miit-incident-plan-2024': {
    title: {
      zh: '工业和信息化领域数据安全事件应急预案（试行）',
      en: 'Trial Emergency Plan for Data Security Incidents in Industry and Information Technology',
    },
    number: { zh: '工业和信息化部，2024年', en: 'MIIT, 2024' },
    // The year is from memory; the text itself was read.
    inForce: { from: legalDate('2024-01-01') },
    source: 'https://www.miit.gov.cn/',
    note: { zh: '施行年份未核对', en: 'the year it came into force was not checked' },
    certainty: 'memory',
  },
  'automobile-rules-2021': {
    title: { zh: '汽车数据安全管理若干规定（试行）', en: 'Trial Provisions on Automobile Data Security' },
    number: {
      zh: '国家互联网信息办公室等五部门令第7号',
      en: 'Order 7 of the CAC and four other departments',
    },
    inForce: { from: legalDate('2021-10-01') },
    source: 'https://www.cac.gov.cn/',
    note: { zh: '据二手资料', en: 'known from secondary sources' },
    certainty: 'secondary',
  },
  'automobile-guide-2026': {
    title: { zh: '汽车数据出境安全指引（2026版）', en: 'Guidelines on the Export of Automobile Data (2026)' },
    number: { zh: '八部门，2026年1月30日', en: 'eight departments, 2026-01-30' },
    inForce: { from: legalDate('2026-02-03') },
    source: 'https://www.cac.gov.cn/',
    note: { zh: '据新华社和律师事务所介绍', en: 'known from Xinhua and law firms' },
    certainty: 'secondary',
  },
  'finance-guide-2025': {
    title: {
      zh: '促进和规范金融业数据跨境流动合规指南',
      en: 'Compliance Guide for Cross-border Data Flows in Finance',
    },
    number: { zh: '六部门，2025年4月17日', en: 'six departments, 2025-04-17' },
    inForce: { from: legalDate('2025-04-17') },
    source: 'http://www.pbc.gov.cn/',
    note: {
      zh: '据财联社等报道；场景清单未取得',
      en: 'known from the press; the lists of scenarios were not obtained',
    },
    certainty: 'secondary',
  },
  'bank-insurance-measures-2024': {
    title: { zh: '银行保险机构数据安全管理办法', en: 'Measures on Data Security of Banks and Insurers' },
    number: { zh: '金规〔2024〕24号', en: 'NFRA [2024] No. 24' },
    // "December 2024, in force on issue": the day was not obtained, so it counts from the month's end.
    inForce: { from: legalDate('2024-12-31') },
    source: 'https://www.nfra.gov.cn/',
    note: { zh: '据监管部门答记者问', en: "known from the regulator's own questions and answers" },
    certainty: 'secondary',
  },
  'health-population-2014': {
    title: { zh: '人口健康信息管理办法（试行）', en: 'Trial Measures on Population Health Information' },
    number: { zh: '国家卫生计生委，2014年', en: 'NHFPC, 2014' },
    inForce: { from: legalDate('2014-05-05') },
    source: 'http://www.nhc.gov.cn/',
    note: { zh: '文本未取得', en: 'text not obtained' },
    certainty: 'memory',
  },
  'health-big-data-2018': {
    title: {
      zh: '国家健康医疗大数据标准、安全和服务管理办法（试行）',
      en: 'Trial Measures on Standards, Security and Services of National Health and Medical Big Data',
    },
    number: { zh: '国卫规划发〔2018〕23号', en: 'NHC [2018] No. 23' },
    inForce: { from: legalDate('2018-07-12') },
    source: 'http://www.nhc.gov.cn/',
    note: { zh: '文本未取得', en: 'text not obtained' },
    certainty: 'memory',
  },
  'credit-reporting-2013': {
    title: { zh: '征信业管理条例', en: 'Regulations on Credit Reporting' },
    number: { zh: '国务院令第631号', en: 'State Council Order 631' },
    inForce: { from: legalDate('2013-03-15') },
    source: 'https://www.gov.cn/',
    certainty: 'primary',
  },
  'gbt-35273-2020': {
    title: {
      zh: '信息安全技术 个人信息安全规范',
      en: 'Information security technology: personal information security specification',
    },
    number: { zh: 'GB/T 35273-2020', en: 'GB/T 35273-2020' },
    inForce: { from: legalDate('2020-10-01') },
    source: 'https://openstd.samr.gov.cn/',
    certainty: 'primary',
  },
  'gbt-45574-2025': {
    title: {
      zh: '数据安全技术 敏感个人信息处理安全要求',
      en: 'Data security technology: security requirements for processing sensitive personal information',
    },
    number: { zh: 'GB/T 45574-2025', en: 'GB/T 45574-2025' },
    inForce: { from: legalDate('2025-11-01') },
    source: 'https://openstd.samr.gov.cn/',
    note: { zh: '全文未取得，据有关介绍', en: 'full text not obtained; known from notes on it' },
    certainty: 'secondary',
  },
  'gbt-43697-2024': {
    title: {
      zh: '数据安全技术 数据分类分级规则',
      en: 'Data security technology: rules for data classification and grading',
    },
    number: { zh: 'GB/T 43697-2024', en: 'GB/T 43697-2024' },
    inForce: { from: legalDate('2024-10-01') },
    source: 'https://openstd.samr.gov.cn/',
    note: { zh: '全文未取得，据有关介绍', en: 'full text not obtained; known from notes on it' },
    certainty: 'secondary',
  },
  'beijing-zone-list-2024': {
    title: {
      zh: '北京自由贸易试验区数据出境负面清单（2024版）',
      en: 'Negative List of the Beijing Free Trade Zone for Data Exports (2024)',
    },
    number: { zh: '2024版', en: '2024 edition' },
    inForce: { from: legalDate('2024-08-30'), to: legalDate('2026-05-07') },
    source: 'https://www.cac.gov.cn/',
    note: { zh: '文本未取得，据律师事务所介绍', en: 'text not obtained; known from law firms' },
    certainty: 'secondary',
  },
  'gbt-39725-2020': {
    title: {
      zh: '信息安全技术 健康医疗数据安全指南',
      en: 'Information security technology: guide for health data security',
    },
    number: { zh: 'GB/T 39725-2020', en: 'GB/T 39725-2020' },
    inForce: { from: legalDate('2021-07-01') },
    source: 'https://openstd.samr.gov.cn/',
    certainty: 'primary',
  },
  'sensitive-guide-2024': {
    title: {
      zh: '网络安全标准实践指南——敏感个人信息识别指南',
      en: 'Practice guide to recognising sensitive personal information',
    },
    number: { zh: 'TC260-PG-20244A', en: 'TC260-PG-20244A' },
    inForce: { from: legalDate('2024-09-01') },
    source: 'https://www.tc260.org.cn/',
    certainty: 'primary',
  },
} as const satisfies Partial<Record<InstrumentId, Instrument>>
