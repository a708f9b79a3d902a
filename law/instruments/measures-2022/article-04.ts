import { legalDate } from '../../calendar.ts'
import type { Rule } from '../../matter.ts'
import { reason } from '../../matter.ts'
import { operatorStoresInChina } from '../csl-2017/article-37.ts'

/**
 * Article 4: who declares for a security assessment (数据出境安全评估办法, CAC Order 11).
 *
 * (1) Whoever exports important data. (2) A critical information infrastructure operator, or a handler that processes
 * personal information of 1,000,000 persons and more, exporting any personal information. (3) Whoever has exported,
 * since 1 January of last year, personal information of 100,000 persons or sensitive personal information of 10,000
 * persons. (4) Other cases the national office names. Sensitive persons are counted among the 100,000: the text does
 * not take them out. From 2024-03-22 the numbers yield to article 7 of the provisions of 2024.
 */
export const measuresThreshold = {
  processedPersons: 1_000_000, // distinct persons the handler processes
  exportedPersons: 100_000, // distinct, sensitive ones included, since 1 January of last year
  exportedSensitivePersons: 10_000, // distinct, since 1 January of last year
  inForce: { from: legalDate('2022-09-01'), to: legalDate('2024-03-21') },
} as const

const article = { instrument: 'measures-2022', article: 4 } as const

export const importantDataByMeasures: Rule = ({ flow }) => {
  if (flow.importantData === 'none') return null
  return {
    path: 'assessment',
    certainty: 'primary',
    because: [
      reason(
        { ...article, item: 1 },
        { importantData: flow.importantData },
        '数据处理者向境外提供重要数据，应当申报安全评估',
        'Any export of important data is declared for assessment',
      ),
    ],
  }
}

export const operatorByMeasures: Rule = ({ on, handler, flow }) => {
  if (!handler.ciio || !flow.personalInformation) return null
  return {
    path: 'assessment',
    certainty: 'primary',
    because: [
      reason(
        { ...article, item: 2 },
        { ciio: true, containsPersonalInformation: true },
        '关键信息基础设施运营者向境外提供个人信息，应当申报安全评估',
        'A critical information infrastructure operator declares any export of personal information',
      ),
      operatorStoresInChina(on),
    ],
  }
}

export const largeProcessorByMeasures: Rule = ({ handler, flow }) => {
  if (!flow.personalInformation || handler.personsProcessed < measuresThreshold.processedPersons) return null
  return {
    path: 'assessment',
    certainty: 'primary',
    because: [
      reason(
        { ...article, item: 2 },
        { personsProcessed: finite(handler.personsProcessed), containsPersonalInformation: true },
        '处理100万人以上个人信息的数据处理者向境外提供个人信息，应当申报安全评估',
        'A handler that processes personal information of 1,000,000 persons or more declares any export of it',
      ),
    ],
  }
}

export const manyPersonsByMeasures: Rule = ({ flow, total }) => {
  if (!flow.personalInformation) return null
  const because = []
  if (total.general >= measuresThreshold.exportedPersons) {
    because.push(
      reason(
        { ...article, item: 3 },
        { general: total.shown.general },
        '自上年1月1日起累计向境外提供10万人个人信息（敏感个人信息计入其中）',
        'Personal information of 100,000 persons since 1 January of last year, sensitive ones included',
      ),
    )
  }
  if (total.sensitive >= measuresThreshold.exportedSensitivePersons) {
    because.push(
      reason(
        { ...article, item: 3 },
        { sensitive: total.shown.sensitive },
        '自上年1月1日起累计向境外提供1万人敏感个人信息',
        'Sensitive personal information of 10,000 persons since 1 January of last year',
      ),
    )
  }
  return because.length === 0 ? null : { path: 'assessment', certainty: 'primary', because }
}

/** The measures speak of important data and personal information only; other data are none of the four cases. */
export const outsideTheMeasures: Rule = ({ flow }) => {
  if (flow.personalInformation) return null
  return {
    path: 'exempt',
    certainty: 'primary',
    because: [
      reason(
        article,
        { containsPersonalInformation: false, importantData: flow.importantData },
        '不含个人信息和重要数据，不属于应当申报安全评估的情形',
        'Neither personal information nor important data: none of the cases that must be declared',
      ),
    ],
  }
}

function finite(persons: number): number | null {
  return Number.isFinite(persons) ? persons : null
}
