import type { Citation, Words } from '@tongguan/law'

/**
 * What callers ask about, and the articles an answer to it usually cites: offered to the officer, who ticks what the
 * answer rests on. The list is data; an enquiry keeps the code.
 */
export const topics = {
  'is-it-an-export': {
    zh: '是否属于数据出境',
    en: 'is it an export of data',
    cites: [{ instrument: 'guide-2025', article: 1 }],
  },
  'which-path': {
    zh: '适用哪条路径',
    en: 'which path applies',
    cites: [
      { instrument: 'provisions-2024', article: 7 },
      { instrument: 'provisions-2024', article: 8 },
    ],
  },
  exemptions: {
    zh: '免予申报的情形',
    en: 'exemptions',
    cites: [{ instrument: 'provisions-2024', article: 5 }],
  },
  'counting-persons': {
    zh: '人数如何计算',
    en: 'how persons are counted',
    cites: [{ instrument: 'provisions-2024', article: 7 }],
  },
  'important-data': {
    zh: '重要数据',
    en: 'important data',
    cites: [{ instrument: 'provisions-2024', article: 2 }],
  },
  'sensitive-information': {
    zh: '敏感个人信息',
    en: 'sensitive personal information',
    cites: [{ instrument: 'gbt-45574-2025', article: 0 }],
  },
  'negative-lists': {
    zh: '自由贸易试验区负面清单',
    en: 'negative lists of free trade zones',
    cites: [{ instrument: 'provisions-2024', article: 6 }],
  },
  materials: {
    zh: '申报材料与填写',
    en: 'materials and how to fill them in',
    cites: [{ instrument: 'guide-2025', article: 2 }],
  },
  procedure: {
    zh: '申报流程与期限',
    en: 'procedure and periods',
    cites: [
      { instrument: 'measures-2022', article: 7 },
      { instrument: 'measures-2022', article: 12 },
    ],
  },
  'self-assessment': {
    zh: '风险自评估',
    en: 'self-assessment of the risk',
    cites: [{ instrument: 'measures-2022', article: 5 }],
  },
  'legal-document': {
    zh: '与境外接收方的法律文件',
    en: 'the legal document with the recipient',
    cites: [{ instrument: 'measures-2022', article: 9 }],
  },
  'standard-contract': {
    zh: '个人信息出境标准合同备案',
    en: 'standard contract and its filing',
    cites: [{ instrument: 'contract-measures-2023', article: 4 }],
  },
  certification: {
    zh: '个人信息出境认证',
    en: 'certification',
    cites: [{ instrument: 'certification-measures-2026', article: 5 }],
  },
  'notice-and-consent': {
    zh: '告知与单独同意',
    en: 'notice and separate consent',
    cites: [{ instrument: 'pipl-2021', article: 39 }],
  },
  validity: {
    zh: '有效期、延期与重新申报',
    en: 'validity, extension and declaring again',
    cites: [
      { instrument: 'measures-2022', article: 14 },
      { instrument: 'provisions-2024', article: 9 },
    ],
  },
  'genetic-resources': {
    zh: '人类遗传资源信息',
    en: 'human genetic resource information',
    cites: [{ instrument: 'genetic-resources-2019', article: 28 }],
  },
  'case-progress': {
    zh: '案件办理进度',
    en: 'how a case stands',
    cites: [{ instrument: 'measures-2022', article: 7 }],
  },
  other: { zh: '其他', en: 'something else', cites: [] },
} as const satisfies Record<string, Words & { readonly cites: readonly Citation[] }>

export type Topic = keyof typeof topics
export const topicCodes = Object.keys(topics) as readonly Topic[]
