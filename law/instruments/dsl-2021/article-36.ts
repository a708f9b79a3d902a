import { legalDate } from '../../calendar.ts'
import { reason } from '../../rule.ts'
import type { Rule } from '../../rule.ts'
import { foreignAuthorityOfTheMinistry } from '../miit-data-measures-2023/article-21.ts'

/**
 * Article 36: requests of foreign courts and law enforcement (数据安全法; for personal information also article 41 of
 * the Personal Information Protection Law).
 *
 * Data stored in China are not provided to them without the approval of the competent authority. A security assessment
 * does not replace it.
 */
export const foreignAuthority = {
  id: 'foreign-authority',
  citation: { instrument: 'dsl-2021', article: 36 },
  path: 'prohibited',
  certainty: 'primary',
  inForce: { from: legalDate('2021-09-01') },
  exceptionTo: 'every lighter path',
  says: {
    zh: '向外国司法或者执法机构提供存储于境内的数据，须经主管机关批准；安全评估不能代替该批准',
    en: 'Data stored in China go to a foreign court or law-enforcement body only with the approval of the competent authority; an assessment does not replace it',
  },
  applies: ({ flow }) => flow.foreignAuthorityRequest,
  looksAt: () => ({ foreignAuthorityRequest: true }),
  further: ({ on, flow }) => [
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
    ...foreignAuthorityOfTheMinistry(on, flow.industry),
  ],
} as const satisfies Rule
