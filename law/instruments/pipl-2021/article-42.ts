import { legalDate } from '../../calendar.ts'
import type { Rule } from '../../rule.ts'

/**
 * Article 42: recipients on the restricted list (个人信息保护法).
 *
 * The national office may list overseas bodies and persons who harm citizens' rights in their information or the
 * security of the state; personal information may then not be provided to them. No published list has been found.
 */
export const restrictedRecipient = {
  id: 'restricted-recipient',
  citation: { instrument: 'pipl-2021', article: 42 },
  path: 'prohibited',
  certainty: 'primary',
  inForce: { from: legalDate('2021-11-01') },
  exceptionTo: 'every lighter path',
  says: {
    zh: '境外接收方被列入限制或者禁止个人信息提供清单，不得提供',
    en: 'The recipient is on the list of those to whom providing personal information is restricted or prohibited',
  },
  applies: ({ flow }) => flow.restrictedRecipient,
  looksAt: () => ({ restrictedList: true }),
} as const satisfies Rule
