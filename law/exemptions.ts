import type { LegalDate } from './calendar.ts'
import type { Certainty, Citation, Words } from './citation.ts'
import type { ExemptionClaim, ExemptionCondition } from './facts.ts'
import { article35 } from './instruments/network-data-regulations-2025/article-35.ts'
import { article36 } from './instruments/network-data-regulations-2025/article-36.ts'
import { article3 } from './instruments/provisions-2024/article-03.ts'
import { article4 } from './instruments/provisions-2024/article-04.ts'
import { article5Contract, article5Emergency, article5Staff } from './instruments/provisions-2024/article-05.ts'
import { article6 } from './instruments/provisions-2024/article-06.ts'
import type { Rule } from './matter.ts'
import { reason } from './matter.ts'

/** An exemption by the nature of the export. All conditions are needed; one answered against it ends it. */
export interface Exemption extends Words {
  readonly from: LegalDate
  readonly citation: Citation
  readonly certainty: Certainty
  readonly conditions: readonly { readonly condition: ExemptionCondition; readonly must: boolean }[]
}

export const exemptions = {
  'no-personal-information': article3,
  'overseas-origin': article4,
  'contract-with-individual': article5Contract,
  'cross-border-hr': article5Staff,
  emergency: article5Emergency,
  'ftz-off-list': article6,
  'statutory-duty': article35,
  treaty: article36,
} as const satisfies Record<Exclude<ExemptionClaim, 'none'>, Exemption>

/** Asked before articles 7 and 8, whose last paragraphs let these prevail, for operators of critical infrastructure too. */
export const exemptByNature: Rule = ({ flow }) => {
  const { exemption } = flow
  if (exemption?.kind !== 'holds') return null
  if (exemption.claim === 'not-stated') {
    return { path: 'exempt', certainty: 'primary', because: [anyExemption] }
  }
  const { citation, certainty, conditions, zh, en } = exemptions[exemption.claim]
  const facts = Object.fromEntries(conditions.map(({ condition, must }) => [condition, must]))
  return {
    path: 'exempt',
    certainty,
    because: [
      reason(
        citation,
        { exemption: exemption.claim, ...facts },
        `${zh}，免予申报评估、订立标准合同、通过认证`,
        `Exempt: ${en}`,
      ),
    ],
  }
}

const anyExemption = reason(
  { instrument: 'provisions-2024', article: 5, paragraph: 1 },
  { exemption: null },
  '未说明是否属于豁免情形',
  'Whether an exemption is claimed is not stated',
)
