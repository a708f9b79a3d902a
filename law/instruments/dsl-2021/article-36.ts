import type { Rule } from '../../matter.ts'
import { reason } from '../../matter.ts'

/**
 * Article 36: requests of foreign courts and law enforcement (数据安全法; for personal information also article 41 of
 * the Personal Information Protection Law).
 *
 * Data stored in China are not provided to them without the approval of the competent authority. A security assessment
 * does not replace it.
 */
export const foreignAuthority: Rule = ({ flow }) => {
  if (!flow.foreignAuthorityRequest) return null
  return {
    path: 'prohibited',
    certainty: 'primary',
    because: [
      reason(
        { instrument: 'dsl-2021', article: 36 },
        { foreignAuthorityRequest: true },
        '向外国司法或者执法机构提供存储于境内的数据，须经主管机关批准；安全评估不能代替该批准',
        'Data stored in China go to a foreign court or law-enforcement body only with the approval of the competent authority; an assessment does not replace it',
      ),
      ...(flow.personalInformation
        ? [
            reason(
              { instrument: 'pipl-2021', article: 41 },
              { foreignAuthorityRequest: true, containsPersonalInformation: true },
              '个人信息同样如此',
              'The same holds for personal information',
            ),
          ]
        : []),
    ],
  }
}
