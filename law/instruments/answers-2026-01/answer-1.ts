import { legalDate } from '../../calendar.ts'
import type { Matter } from '../../matter.ts'
import { reason } from '../../rule.ts'
import type { Rule } from '../../rule.ts'
import { contractByMeasures } from '../contract-measures-2023/article-04.ts'
import { contractForGeneral, contractForSensitive } from '../provisions-2024/article-08.ts'
import { provisionsFrom } from '../provisions-2024/article-14.ts'

/**
 * Answer 1 (数据出境安全管理政策问答, January 2026): declaring of one's own will.
 *
 * A handler who could use contract or certification but declares for assessment must then follow its result. Before the
 * answer no text said so; the path is the same, the reading is open.
 */
const says = {
  zh: '可以订立标准合同或者通过认证的数据处理者自愿申报安全评估的，应当按照评估结果执行',
  en: 'A handler who could use contract or certification but declares of its own will follows the result of the assessment',
}
const band = ['contract-for-general', 'contract-for-sensitive', 'contract-by-measures', 'certification-by-notice']

export const declaresWillinglyBeforeTheAnswer = {
  id: 'declares-willingly-before-the-answer',
  citation: { instrument: 'measures-2022', article: 4 },
  path: 'assessment',
  certainty: 'contested',
  inForce: { from: legalDate('2022-09-01'), to: legalDate('2025-12-31') },
  exceptionTo: band,
  neverWith: ['few-persons', 'measures-nothing-to-declare'],
  says: {
    zh: `${says.zh}；当时尚无明文`,
    en: `${says.en}; no text said so then`,
  },
  applies: mayUseTheContract,
  looksAt: () => ({ voluntaryDeclaration: true }),
  further: reasonsOfTheBand,
} as const satisfies Rule

export const declaresWillingly = {
  ...declaresWillinglyBeforeTheAnswer,
  id: 'declares-willingly',
  citation: { instrument: 'answers-2026-01', article: 1 },
  certainty: 'primary',
  inForce: { from: legalDate('2026-01-01') },
  says,
} as const satisfies Rule

function mayUseTheContract(matter: Matter): boolean {
  if (!matter.handler.voluntaryDeclaration) return false
  if (matter.on < provisionsFrom) return contractByMeasures.applies(matter)
  return contractForGeneral.applies(matter) || contractForSensitive.applies(matter)
}

function reasonsOfTheBand(matter: Matter) {
  const rules = matter.on < provisionsFrom ? [contractByMeasures] : [contractForGeneral, contractForSensitive]
  return rules
    .filter((rule) => rule.inForce.from <= matter.on && rule.applies(matter))
    .map(({ citation, says, looksAt }) => reason(citation, looksAt(matter), says.zh, says.en))
}
