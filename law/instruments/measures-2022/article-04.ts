import { legalDate } from '../../calendar.ts'
import type { Rule } from '../../rule.ts'
import { operatorStoresInChina } from '../csl-2017/article-37.ts'
import { importantDataByLaw } from '../dsl-2021/article-31.ts'
import { importantDataOfTheMinistry } from '../miit-data-measures-2023/article-21.ts'
import { operatorKeepsPersonalInformation } from '../pipl-2021/article-40.ts'

/**
 * Article 4: who declares for a security assessment (数据出境安全评估办法, CAC Order 11).
 *
 * (1) Whoever exports important data. (2) A critical information infrastructure operator, or a handler that processes
 * personal information of 1,000,000 persons and more, exporting any personal information. (3) Whoever has exported,
 * since 1 January of last year, personal information of 100,000 persons or sensitive personal information of 10,000
 * persons. (4) Other cases the national office names; none is known. Sensitive persons are counted among the 100,000:
 * the text does not take them out. From 2024-03-22 the numbers yield to article 7 of the provisions of 2024.
 */
export const measuresThreshold = {
  processedPersons: 1_000_000, // distinct persons the handler processes
  exportedPersons: 100_000, // distinct, sensitive ones included, since 1 January of last year
  exportedSensitivePersons: 10_000, // distinct, since 1 January of last year
  inForce: { from: legalDate('2022-09-01'), to: legalDate('2024-03-21') },
} as const

const rule = {
  path: 'assessment',
  certainty: 'primary',
  inForce: measuresThreshold.inForce,
  exceptionTo: ['contract-by-measures', 'certification-by-notice'],
  neverWith: ['measures-nothing-to-declare'],
} as const

export const importantDataByMeasures = {
  ...rule,
  id: 'measures-important-data',
  citation: { instrument: 'measures-2022', article: 4, item: 1 },
  says: {
    zh: '数据处理者向境外提供重要数据，不论数据量和人数，应当申报安全评估',
    en: 'Any export of important data is declared for assessment, whatever the amount and the number of persons',
  },
  applies: ({ flow }) => flow.importantData !== 'none',
  looksAt: ({ flow }) => ({ importantData: flow.importantData }),
  further: ({ on, flow }) => [
    ...importantDataByLaw(on, flow.importantData),
    ...importantDataOfTheMinistry(on, flow.industry),
  ],
} as const satisfies Rule

export const operatorByMeasures = {
  ...rule,
  id: 'measures-operator',
  citation: { instrument: 'measures-2022', article: 4, item: 2 },
  says: {
    zh: '关键信息基础设施运营者向境外提供个人信息，应当申报安全评估',
    en: 'A critical information infrastructure operator declares any export of personal information',
  },
  applies: ({ handler, flow }) => handler.ciio && flow.personalInformation,
  looksAt: () => ({ ciio: true, containsPersonalInformation: true }),
  further: ({ on }) => [operatorStoresInChina(on), operatorKeepsPersonalInformation],
} as const satisfies Rule

export const largeProcessorByMeasures = {
  ...rule,
  id: 'measures-large-processor',
  citation: { instrument: 'measures-2022', article: 4, item: 2 },
  says: {
    zh: '处理100万人以上个人信息的数据处理者向境外提供个人信息，应当申报安全评估',
    en: 'A handler that processes personal information of 1,000,000 persons or more declares any export of it',
  },
  applies: ({ handler, flow }) =>
    flow.personalInformation && measuresThreshold.processedPersons <= handler.personsProcessed,
  looksAt: ({ handler }) => ({
    personsProcessed: Number.isFinite(handler.personsProcessed) ? handler.personsProcessed : null,
    containsPersonalInformation: true,
  }),
} as const satisfies Rule

export const manyPersonsByMeasures = {
  ...rule,
  id: 'measures-many-persons',
  citation: { instrument: 'measures-2022', article: 4, item: 3 },
  says: {
    zh: '自上年1月1日起累计向境外提供10万人个人信息（敏感个人信息计入其中）',
    en: 'Personal information of 100,000 persons since 1 January of last year, sensitive ones included',
  },
  applies: ({ flow, total }) => flow.personalInformation && measuresThreshold.exportedPersons <= total.general,
  looksAt: ({ total }) => ({ general: total.shown.general }),
} as const satisfies Rule

export const manySensitivePersonsByMeasures = {
  ...rule,
  id: 'measures-many-sensitive-persons',
  citation: { instrument: 'measures-2022', article: 4, item: 3 },
  says: {
    zh: '自上年1月1日起累计向境外提供1万人敏感个人信息',
    en: 'Sensitive personal information of 10,000 persons since 1 January of last year',
  },
  applies: ({ flow, total }) =>
    flow.personalInformation && measuresThreshold.exportedSensitivePersons <= total.sensitive,
  looksAt: ({ total }) => ({ sensitive: total.shown.sensitive }),
} as const satisfies Rule

/** The measures speak of important data and personal information only; other data are none of the four cases. */
export const nothingToDeclareByMeasures = {
  id: 'measures-nothing-to-declare',
  citation: { instrument: 'measures-2022', article: 4 },
  path: 'exempt',
  certainty: 'primary',
  inForce: measuresThreshold.inForce,
  exceptionTo: [],
  says: {
    zh: '不含个人信息和重要数据，不属于应当申报安全评估的情形',
    en: 'Neither personal information nor important data: none of the cases that must be declared',
  },
  applies: ({ flow }) => !flow.personalInformation && flow.importantData === 'none',
  looksAt: ({ flow }) => ({ containsPersonalInformation: false, importantData: flow.importantData }),
} as const satisfies Rule
