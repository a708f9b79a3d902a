import type { Rule } from '../../matter.ts'
import { reason } from '../../matter.ts'

/**
 * Article 42: recipients on the restricted list (个人信息保护法).
 *
 * The national office may list overseas bodies and persons who harm citizens' rights in their information or the
 * security of the state; personal information may then not be provided to them.
 */
export const restrictedRecipient: Rule = ({ flow }) => {
  if (!flow.restrictedRecipient) return null
  return {
    path: 'prohibited',
    certainty: 'primary',
    because: [
      reason(
        { instrument: 'pipl-2021', article: 42 },
        { restrictedList: true },
        '境外接收方被列入限制或者禁止个人信息提供清单，不得提供',
        'The recipient is on the list of those to whom providing personal information is restricted or prohibited',
      ),
    ],
  }
}
