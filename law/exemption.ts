import type { LegalDate } from './calendar.ts'
import type { Certainty, Citation, Words } from './citation.ts'
import type { ExemptionBar, ExemptionCondition } from './facts.ts'

/**
 * An exemption by the nature of the export. All conditions are needed, each is answered on its own, and one answered
 * against it ends the exemption. A bar ends it where it is answered yes, and is not asked for: it names what the text
 * does not cover.
 */
export interface Exemption extends Words {
  readonly from: LegalDate
  readonly citation: Citation
  readonly certainty: Certainty
  readonly conditions: readonly { readonly condition: ExemptionCondition; readonly must: boolean }[]
  readonly bars: readonly ExemptionBar[]
  /** The trade it is for, as `flows.N.industry` names it; absent: any. */
  readonly trade?: string
}
