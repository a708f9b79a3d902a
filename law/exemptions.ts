import type { Exemption } from './exemption.ts'
import type { ExemptionClaim } from './facts.ts'
import { automobileReportedInstead } from './instruments/automobile-guide-2026/guide.ts'
import { financeScenario } from './instruments/finance-guide-2025/guide.ts'
import { article35 } from './instruments/network-data-regulations-2025/article-35.ts'
import { article36 } from './instruments/network-data-regulations-2025/article-36.ts'
import { article3 } from './instruments/provisions-2024/article-03.ts'
import { article4 } from './instruments/provisions-2024/article-04.ts'
import { article5Contract, article5Emergency, article5Staff } from './instruments/provisions-2024/article-05.ts'
import { article6 } from './instruments/provisions-2024/article-06.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import type { Rule } from './rule.ts'

/** Every exemption by the nature of the export, by the word it is claimed with. */
export const exemptions = {
  'no-personal-information': article3,
  'overseas-origin': article4,
  'contract-with-individual': article5Contract,
  'cross-border-hr': article5Staff,
  emergency: article5Emergency,
  'ftz-off-list': article6,
  'statutory-duty': article35,
  treaty: article36,
  'finance-scenario': financeScenario,
  'automobile-reported-instead': automobileReportedInstead,
} as const satisfies Record<Exclude<ExemptionClaim, 'none'>, Exemption>

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

/** One rule for each exemption: it speaks where the claim holds with every condition answered. */
export const exemptionRules: readonly Rule[] = [
  ...(Object.keys(exemptions) as (keyof typeof exemptions)[]).map(ruleOf),
  {
    ...byNature,
    // Not a rule of the law but of settling (settle.ts): an exemption left open may be any, and is never the last word.
    id: 'exempt-not-stated',
    citation: { instrument: 'provisions-2024', article: 5, paragraph: 1 },
    certainty: 'primary',
    inForce: { from: provisionsFrom },
    says: { zh: '未说明是否属于豁免情形', en: 'Whether an exemption is claimed is not stated' },
    applies: ({ flow }) => flow.exemption?.kind === 'holds' && flow.exemption.claim === 'not-stated',
    looksAt: () => ({ exemption: null }),
  },
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
