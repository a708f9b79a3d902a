import { legalDate } from '../../calendar.ts'
import type { LegalDate } from '../../calendar.ts'
import type { Reason } from '../../citation.ts'
import { reason } from '../../rule.ts'
import type { Rule } from '../../rule.ts'
import { assessedByTheAutomobileGuide } from '../automobile-guide-2026/guide.ts'
import { operatorStoresInChina } from '../csl-2017/article-37.ts'
import { importantDataByLaw } from '../dsl-2021/article-31.ts'
import { importantDataOfTheMinistry } from '../miit-data-measures-2023/article-21.ts'
import { operatorKeepsPersonalInformation } from '../pipl-2021/article-40.ts'
import { countsAsImportant } from './article-02.ts'

/**
 * Article 7: who declares for a security assessment (促进和规范数据跨境流动规定, CAC Order 16).
 *
 * (1) A critical information infrastructure operator sending personal information or important data. (2) Any other
 * handler sending important data, or since 1 January of this year personal information of 1,000,000 persons and more
 * (sensitive ones not counted), or sensitive personal information of 10,000 persons and more. "以上" includes the number.
 * What articles 3 to 6 exempt goes by them; none of them covers important data.
 */
export const declarationThreshold = {
  generalPersons: 1_000_000, // distinct, sensitive ones not counted, since 1 January of this year
  sensitivePersons: 10_000, // distinct, since 1 January of this year
  inForce: { from: legalDate('2024-03-22') },
  citation: { instrument: 'provisions-2024', article: 7, paragraph: 1, item: 2 },
} as const

const rule = {
  path: 'assessment',
  certainty: 'primary',
  inForce: declarationThreshold.inForce,
} as const

const operatorItem = { instrument: 'provisions-2024', article: 7, paragraph: 1, item: 1 } as const

const bandsBelow = ['few-persons', 'contract-for-general', 'contract-for-sensitive'] as const

/** Exempted by no article: article 3 and article 5(2) leave it out, and a notice outweighs a zone's list. */
const exemptions = [
  'exempt-overseas-origin',
  'exempt-contract-with-individual',
  'exempt-cross-border-hr',
  'exempt-emergency',
  'exempt-ftz-off-list',
  'exempt-statutory-duty',
  'exempt-treaty',
  'exempt-finance-scenario',
  'exempt-not-stated',
  'exempt-no-personal-information',
] as const

export const importantData = {
  ...rule,
  id: 'important-data',
  citation: declarationThreshold.citation,
  exceptionTo: [...exemptions, ...bandsBelow],
  says: {
    zh: '向境外提供重要数据，不论数据量和人数，应当申报安全评估',
    en: 'Any export of important data is declared for assessment, whatever the amount and the number of persons',
  },
  applies: ({ handler, flow }) => !handler.ciio && countsAsImportant(flow.importantData),
  looksAt: ({ handler, flow }) => ({ importantData: flow.importantData, ciio: handler.ciio }),
  further: ({ on, flow }) => [
    ...importantDataByLaw(on, flow.importantData),
    ...importantDataOfTheMinistry(on, flow.industry),
    ...assessedByTheAutomobileGuide(on, flow.industry),
  ],
} as const satisfies Rule

export const importantDataOfOperator = {
  ...importantData,
  id: 'important-data-of-operator',
  citation: operatorItem,
  exceptionTo: [...importantData.exceptionTo, 'exempt-automobile-reported-instead'],
  applies: ({ handler, flow }) => handler.ciio && countsAsImportant(flow.importantData),
  further: (matter) => [operatorStoresInChina(matter.on), ...importantData.further(matter)],
} as const satisfies Rule

export const operator = {
  ...rule,
  id: 'operator',
  citation: operatorItem,
  exceptionTo: bandsBelow,
  says: {
    zh: '关键信息基础设施运营者向境外提供个人信息，不论人数，应当申报安全评估',
    en: 'A critical information infrastructure operator declares any export of personal information, whatever the number',
  },
  applies: ({ handler, flow }) => handler.ciio && flow.personalInformation,
  looksAt: () => ({ ciio: true, containsPersonalInformation: true }),
  further: ({ on, flow }) => [
    operatorStoresInChina(on),
    operatorKeepsPersonalInformation,
    ...assessedByTheAutomobileGuide(on, flow.industry),
  ],
} as const satisfies Rule

/** Answer 1 of January 2026: who passes a line during the year declares the whole of it. */
function wholeOfTheYear(on: LegalDate): readonly Reason[] {
  if (on < answersFrom) return []
  return [
    reason(
      { instrument: 'answers-2026-01', article: 1 },
      {},
      '年内达到数量的，申报范围应当包括当年已经通过标准合同、认证提供的部分',
      'Where the number is reached during the year, the declaration includes what has gone in it by contract or certificate',
    ),
  ]
}

const answersFrom = legalDate('2026-01-01')

export const manyPersons = {
  ...rule,
  id: 'many-persons',
  citation: declarationThreshold.citation,
  exceptionTo: bandsBelow,
  says: {
    zh: '自当年1月1日起累计向境外提供100万人以上个人信息（不含敏感个人信息）',
    en: 'Personal information of 1,000,000 persons or more since 1 January, sensitive ones not counted',
  },
  applies: ({ flow, total }) => flow.personalInformation && declarationThreshold.generalPersons <= total.general,
  looksAt: ({ total }) => ({ general: total.shown.general }),
  further: ({ on, flow }) => [...wholeOfTheYear(on), ...assessedByTheAutomobileGuide(on, flow.industry)],
} as const satisfies Rule

export const manySensitivePersons = {
  ...rule,
  id: 'many-sensitive-persons',
  citation: declarationThreshold.citation,
  exceptionTo: bandsBelow,
  says: {
    zh: '自当年1月1日起累计向境外提供1万人以上敏感个人信息',
    en: 'Sensitive personal information of 10,000 persons or more since 1 January',
  },
  applies: ({ flow, total }) => flow.personalInformation && declarationThreshold.sensitivePersons <= total.sensitive,
  looksAt: ({ total }) => ({ sensitive: total.shown.sensitive }),
  further: ({ on, flow }) => [...wholeOfTheYear(on), ...assessedByTheAutomobileGuide(on, flow.industry)],
} as const satisfies Rule
