import { exemptions } from './exemptions.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import type { Rule } from './rule.ts'

const byNature = {
  path: 'exempt',
  exemptedOnly: true,
  // Articles 7 and 8 let articles 3 to 6 prevail (last paragraphs), for operators of critical infrastructure too.
  exceptionTo: [
    'operator',
    'many-persons',
    'many-sensitive-persons',
    'contract-for-general',
    'contract-for-sensitive',
    'declares-willingly',
    'declares-willingly-before-the-answer',
    'numbers-split',
    'numbers-split-below-the-exemption',
  ],
} as const

/** Not a rule of the law but of settling (settle.ts): an exemption left open may be any, and is never the last word. */
export const exemptionNotStated = {
  ...byNature,
  id: 'exempt-not-stated',
  citation: { instrument: 'provisions-2024', article: 5, paragraph: 1 },
  certainty: 'primary',
  inForce: { from: provisionsFrom },
  says: { zh: '未说明是否属于豁免情形', en: 'Whether an exemption is claimed is not stated' },
  applies: ({ flow }) => flow.exemption?.kind === 'holds' && flow.exemption.claim === 'not-stated',
  looksAt: () => ({ exemption: null }),
} as const satisfies Rule

/** One rule for each exemption: it speaks where the claim holds with every condition answered. */
export const exemptionRules: readonly Rule[] = [
  ...(Object.keys(exemptions) as (keyof typeof exemptions)[]).map(ruleOf),
  exemptionNotStated,
]

function ruleOf(claim: keyof typeof exemptions): Rule {
  const { citation, certainty, from, conditions, zh, en } = exemptions[claim]
  const answers = Object.fromEntries(conditions.map(({ condition, must }) => [condition, must]))
  return {
    ...byNature,
    // The one exemption that reaches important data: they go by another report instead.
    ...(claim === 'automobile-reported-instead' ? { exceptionTo: [...byNature.exceptionTo, 'important-data'] } : {}),
    id: `exempt-${claim}`,
    citation,
    certainty,
    inForce: { from },
    says: { zh: `${zh}，免予申报评估、订立标准合同、通过认证`, en: `Exempt: ${en}` },
    applies: ({ flow }) => flow.exemption?.kind === 'holds' && flow.exemption.claim === claim,
    looksAt: () => ({ exemption: claim, ...answers }),
  }
}
