import { legalDate } from '../../calendar.ts'
import { reason } from '../../rule.ts'
import type { Rule } from '../../rule.ts'
import { coreDataOfTheMinistry } from '../miit-data-measures-2023/article-21.ts'

/**
 * Article 21: core data (数据安全法; from 2025-01-01 also article 63 of the Network Data Security Management Regulations).
 *
 * Data on which the security of the state, the lifelines of the economy, important livelihood or major public interests
 * rest are managed more strictly, by provisions of their own. This rule set does not decide them: another authority
 * speaks first, in industry, telecommunications and radio the ministry.
 */
export const coreData = {
  id: 'core-data',
  citation: { instrument: 'dsl-2021', article: 21, paragraph: 2 },
  path: 'prohibited',
  certainty: 'primary',
  inForce: { from: legalDate('2021-09-01') },
  exceptionTo: 'every lighter path',
  says: {
    zh: '属于国家核心数据，实行更加严格的管理制度，主管机关作出决定前不得出境',
    en: 'Core data of the state, under a stricter regime: nothing goes before its authority has decided',
  },
  applies: ({ flow }) => flow.coreData,
  looksAt: () => ({ coreData: true }),
  further: ({ on, flow }) => [
    ...(on < legalDate('2025-01-01')
      ? []
      : [
          reason(
            { instrument: 'network-data-regulations-2025', article: 63 },
            { coreData: true },
            '核心数据的网络数据处理活动，按照国家有关规定执行',
            'Core data are handled by the provisions of the state for them',
          ),
        ]),
    ...coreDataOfTheMinistry(on, flow.industry),
  ],
} as const satisfies Rule
