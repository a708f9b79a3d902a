import { legalDate } from '../../calendar.ts'
import type { Citation } from '../../citation.ts'
import { operatorStoresInChina } from '../csl-2017/article-37.ts'
import type { Matter, Rule, Ruling } from '../../matter.ts'
import { reason } from '../../matter.ts'

/**
 * Article 7: who declares for a security assessment (促进和规范数据跨境流动规定, CAC Order 16).
 *
 * (1) A critical information infrastructure operator sending personal information or important data. (2) Any other
 * handler sending important data, or since 1 January of this year personal information of 1,000,000 persons and more
 * (sensitive ones not counted), or sensitive personal information of 10,000 persons and more. "以上" includes the number.
 * What articles 3 to 6 exempt goes by them.
 */
export const declarationThreshold = {
  generalPersons: 1_000_000, // distinct, sensitive ones not counted, since 1 January of this year
  sensitivePersons: 10_000, // distinct, since 1 January of this year
  inForce: { from: legalDate('2024-03-22') },
  citation: { instrument: 'provisions-2024', article: 7, paragraph: 1, item: 2 },
} as const

export const operator: Rule = ({ on, handler, flow }) => {
  if (!handler.ciio || !flow.personalInformation) return null
  return {
    path: 'assessment',
    certainty: 'primary',
    because: [
      reason(
        operatorItem,
        { ciio: true, containsPersonalInformation: true },
        '关键信息基础设施运营者向境外提供个人信息，不论人数，应当申报安全评估',
        'A critical information infrastructure operator declares any export of personal information, whatever the number',
      ),
      operatorStoresInChina(on),
    ],
  }
}

/** Called by article 2, which says what counts as important. */
export function article7ForImportantData({ handler, flow }: Matter): Ruling {
  const zh = '向境外提供重要数据，不论数量，应当申报安全评估'
  const en = 'Any export of important data is declared for assessment'
  const facts = { importantData: flow.importantData, ciio: handler.ciio }
  return {
    path: 'assessment',
    certainty: 'primary',
    because: [reason(handler.ciio ? operatorItem : declarationThreshold.citation, facts, zh, en)],
  }
}

export const manyPersons: Rule = ({ flow, total }) => {
  if (!flow.personalInformation) return null
  const because = []
  if (total.general >= declarationThreshold.generalPersons) {
    because.push(
      reason(
        declarationThreshold.citation,
        { general: total.shown.general },
        '自当年1月1日起累计向境外提供100万人以上个人信息（不含敏感个人信息）',
        'Personal information of 1,000,000 persons or more since 1 January, sensitive ones not counted',
      ),
    )
  }
  if (total.sensitive >= declarationThreshold.sensitivePersons) {
    because.push(
      reason(
        declarationThreshold.citation,
        { sensitive: total.shown.sensitive },
        '自当年1月1日起累计向境外提供1万人以上敏感个人信息',
        'Sensitive personal information of 10,000 persons or more since 1 January',
      ),
    )
  }
  return because.length === 0 ? null : { path: 'assessment', certainty: 'primary', because }
}

const operatorItem = {
  instrument: 'provisions-2024',
  article: 7,
  paragraph: 1,
  item: 1,
} as const satisfies Citation
