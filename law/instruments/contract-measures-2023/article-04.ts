import { legalDate } from '../../calendar.ts'
import type { Rule } from '../../matter.ts'
import { reason } from '../../matter.ts'
import { measuresThreshold } from '../measures-2022/article-04.ts'

/**
 * Article 4: who may use the standard contract (个人信息出境标准合同办法, CAC Order 13).
 *
 * Not a critical information infrastructure operator, fewer than 1,000,000 persons processed, and since 1 January of
 * last year fewer than 100,000 persons and fewer than 10,000 sensitive persons exported. Numbers must not be split to
 * come under the lines. In force from 2023-06-01; from 2024-03-22 the numbers yield to article 8 of the provisions.
 */
export const standardContractFrom = legalDate('2023-06-01')

/**
 * Before the contract there was certification alone, by a notice we know only from others; and before that notice
 * (2022-11-04) there was nothing to use yet.
 */
export const certificationNoticeFrom = legalDate('2022-11-04')

/** Asked after article 4 of the measures, so every line is behind us. */
export const contractByMeasures: Rule = ({ on, handler, flow, total }) => {
  if (!flow.personalInformation) return null
  const facts = {
    ciio: handler.ciio,
    personsProcessed: Number.isFinite(handler.personsProcessed) ? handler.personsProcessed : null,
    general: total.shown.general,
    sensitive: total.shown.sensitive,
  }
  if (on < standardContractFrom) {
    return {
      path: 'contract-or-certification',
      certainty: 'secondary',
      because: [
        reason(
          { instrument: 'pipl-2021', article: 38, paragraph: 1 },
          facts,
          `未达申报安全评估的数量，应当通过认证或者订立标准合同；标准合同办法自${standardContractFrom}起施行，当日尚不能使用`,
          `Below the lines of the assessment, so certification or contract; the contract can be used only from ${standardContractFrom}`,
        ),
      ],
    }
  }
  return {
    path: 'contract-or-certification',
    certainty: 'primary',
    because: [
      reason(
        { instrument: 'contract-measures-2023', article: 4, paragraph: 1 },
        facts,
        '非关键信息基础设施运营者，处理个人信息不满100万人，自上年1月1日起累计提供个人信息不满10万人、敏感个人信息不满1万人',
        `Not a critical information infrastructure operator, fewer than ${grouped(measuresThreshold.processedPersons)} persons processed, and since 1 January of last year fewer than ${grouped(measuresThreshold.exportedPersons)} exported, ${grouped(measuresThreshold.exportedSensitivePersons)} sensitive`,
      ),
    ],
  }
}

function grouped(persons: number): string {
  return String(persons).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}
