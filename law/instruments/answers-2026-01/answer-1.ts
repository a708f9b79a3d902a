import type { Rule, Ruling } from '../../matter.ts'
import { reason } from '../../matter.ts'

/**
 * Answer 1 (数据出境安全管理政策问答, January 2026): declaring of one's own will.
 *
 * A handler who could use contract or certification but declares for assessment must then follow its result.
 */
export function followsTheAssessment(band: Rule): Rule {
  return (matter): Ruling | null => {
    const ruling = band(matter)
    if (!matter.handler.voluntaryDeclaration || ruling?.path !== 'contract-or-certification') return ruling
    return {
      path: 'assessment',
      certainty: ruling.certainty,
      because: [
        reason(
          { instrument: 'answers-2026-01', article: 1 },
          { voluntaryDeclaration: true },
          '可以订立标准合同或者通过认证的数据处理者自愿申报安全评估的，应当按照评估结果执行',
          'A handler who could use contract or certification but declares of its own will follows the result of the assessment',
        ),
        ...ruling.because,
      ],
    }
  }
}
