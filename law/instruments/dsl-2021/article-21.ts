import type { Rule } from '../../matter.ts'
import { reason } from '../../matter.ts'

/**
 * Article 21: core data (数据安全法).
 *
 * Data on which the security of the state, the lifelines of the economy, important livelihood or major public interests
 * rest are managed more strictly, by provisions of their own. This rule set does not decide them: another authority
 * speaks first.
 */
export const coreData: Rule = ({ flow }) => {
  if (!flow.coreData) return null
  return {
    path: 'prohibited',
    certainty: 'primary',
    because: [
      reason(
        { instrument: 'dsl-2021', article: 21, paragraph: 2 },
        { coreData: true },
        '属于国家核心数据，实行更加严格的管理制度，主管机关作出决定前不得出境',
        'Core data of the state, under a stricter regime: nothing goes before its authority has decided',
      ),
    ],
  }
}
