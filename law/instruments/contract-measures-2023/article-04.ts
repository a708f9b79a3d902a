import { legalDate } from '../../calendar.ts'
import type { Matter } from '../../matter.ts'
import { reason } from '../../rule.ts'
import type { Rule } from '../../rule.ts'
import { measuresThreshold } from '../measures-2022/article-04.ts'
import { contractForGeneral, contractForSensitive } from '../provisions-2024/article-08.ts'
import { fewPersons } from '../provisions-2024/article-05.ts'
import { provisionsFrom } from '../provisions-2024/article-14.ts'

/**
 * Article 4: who may use the standard contract (个人信息出境标准合同办法, CAC Order 13).
 *
 * Not a critical information infrastructure operator, fewer than 1,000,000 persons processed, and since 1 January of
 * last year fewer than 100,000 persons and fewer than 10,000 sensitive persons exported. In force from 2023-06-01; from
 * 2024-03-22 the numbers yield to article 8 of the provisions. Paragraph 3: numbers must not be divided to bring under a
 * contract what must be assessed; that stands unchanged.
 */
export const standardContractFrom = legalDate('2023-06-01')

/**
 * Before the contract there was certification alone, by a notice we know only from others; and before that notice
 * (2022-11-04) there was nothing to use yet.
 */
export const certificationNoticeFrom = legalDate('2022-11-04')

/** The general rule of its time: what must not be assessed goes by contract or certification. */
export const contractByMeasures = {
  id: 'contract-by-measures',
  citation: { instrument: 'contract-measures-2023', article: 4, paragraph: 1 },
  path: 'contract-or-certification',
  certainty: 'primary',
  inForce: { from: standardContractFrom, to: measuresThreshold.inForce.to },
  exceptionTo: [],
  neverWith: ['measures-nothing-to-declare'],
  says: {
    zh: '非关键信息基础设施运营者，处理个人信息不满100万人，自上年1月1日起累计提供个人信息不满10万人、敏感个人信息不满1万人',
    en: 'Not a critical information infrastructure operator, fewer than 1,000,000 persons processed, and since 1 January of last year fewer than 100,000 exported, 10,000 sensitive',
  },
  applies: belowTheLines,
  looksAt: ({ handler, total }) => ({
    ciio: handler.ciio,
    personsProcessed: Number.isFinite(handler.personsProcessed) ? handler.personsProcessed : null,
    general: total.shown.general,
    sensitive: total.shown.sensitive,
  }),
} as const satisfies Rule

/** Until the contract could be used: the law already asks for one of the ways, certification at most is there. */
export const certificationByNotice = {
  ...contractByMeasures,
  id: 'certification-by-notice',
  citation: { instrument: 'pipl-2021', article: 38, paragraph: 1 },
  certainty: 'secondary',
  inForce: { from: legalDate('2022-09-01'), to: legalDate('2023-05-31') },
  says: {
    zh: `未达申报安全评估的数量，应当通过认证或者订立标准合同；标准合同办法自${standardContractFrom}起施行，当日尚不能使用`,
    en: `Below the lines of the assessment, so certification or contract; the contract can be used only from ${standardContractFrom}`,
  },
} as const satisfies Rule

function belowTheLines({ handler, flow, total }: Matter): boolean {
  return (
    flow.personalInformation &&
    !handler.ciio &&
    handler.personsProcessed < measuresThreshold.processedPersons &&
    total.general < measuresThreshold.exportedPersons &&
    total.sensitive < measuresThreshold.exportedSensitivePersons
  )
}

/** Paragraph 3, where the divided numbers would otherwise lead to a contract. */
export const numbersSplit = {
  id: 'numbers-split',
  citation: { instrument: 'contract-measures-2023', article: 4, paragraph: 3 },
  path: 'assessment',
  certainty: 'primary',
  inForce: { from: standardContractFrom },
  exceptionTo: ['contract-for-general', 'contract-for-sensitive', 'contract-by-measures'],
  neverWith: ['few-persons', 'measures-nothing-to-declare'],
  says: {
    zh: '不得采取数量拆分等手段，将依法应当通过安全评估的个人信息通过订立标准合同等方式向境外提供',
    en: 'Numbers may not be divided, or the like, to bring under a contract or a certificate what must be assessed',
  },
  applies: (matter) =>
    matter.handler.numbersSplit &&
    (matter.on < provisionsFrom
      ? belowTheLines(matter)
      : contractForGeneral.applies(matter) || contractForSensitive.applies(matter)),
  looksAt: () => ({ numbersSplit: true }),
  further: ({ on }) =>
    on < certificationMeasuresFrom
      ? []
      : [
          reason(
            { instrument: 'certification-measures-2026', article: 5, item: 4 },
            { numbersSplit: true },
            '认证同样不得以数量拆分规避安全评估',
            'Nor may they be divided to use certification instead',
          ),
        ],
} as const satisfies Rule

/** The text names contract and certification; that dividing below the exemption is no better is our reading. */
export const numbersSplitBelowTheExemption = {
  ...numbersSplit,
  id: 'numbers-split-below-the-exemption',
  certainty: 'contested',
  inForce: { from: provisionsFrom },
  exceptionTo: ['few-persons'],
  neverWith: ['contract-for-general', 'contract-for-sensitive', 'no-personal-information'],
  applies: (matter) => matter.handler.numbersSplit && fewPersons.applies(matter),
} as const satisfies Rule

// Article 5 of the certification measures; the day alone, because that article points back here.
const certificationMeasuresFrom = legalDate('2026-01-01')
