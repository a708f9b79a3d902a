import type { Certainty, Reason } from './citation.ts'
import type { LegalDate } from './calendar.ts'

export type Path =
  | 'assessment'
  | 'contract-or-certification'
  | 'exempt'
  | 'not-an-export'
  | 'state-secrets-regime'
  | 'prohibited'
  | 'unknown'

export type AlsoRequired =
  | 'notice'
  | 'separate-consent'
  | 'impact-assessment'
  | 'safeguards'
  | 'human-genetic-resources-report'
  | 'human-genetic-resources-security-review'
  | 'competent-authority-approval'
  | 'export-control-licence'
  | 'identify-important-data'

/** The answer of `determine`, in the shape of `tongguan/determination/1` (contracts.md, "Determination"). */
export interface Determination {
  readonly schema: 'tongguan/determination/1'
  readonly on: LegalDate
  /** The date of the rule set that answered. */
  readonly rules: LegalDate
  readonly path: Path
  /** With the persons of `both` counted in the general number too; the gate obeys this one. */
  readonly strictPath: Path
  readonly mayProceed: 'no' | 'after-duties' | 'unknown'
  readonly available: readonly {
    readonly route: 'standard-contract' | 'gba-contract' | 'certification'
    readonly from: LegalDate
  }[]
  readonly alsoRequired: readonly AlsoRequired[]
  /** Paths into the facts file (`flows.0.importantData`) without which nothing can be said. */
  readonly missing: readonly string[]
  readonly certainty: Certainty
  readonly flows: readonly { readonly id: string; readonly path: Path; readonly because: readonly Reason[] }[]
  readonly because: readonly Reason[]
  readonly margin: Margin | null
  readonly wouldChange: readonly {
    readonly fact: string
    readonly to: string | number | boolean
    readonly path: Path
  }[]
}

/** How many distinct persons are left before the path changes, and to what. */
export interface Margin {
  readonly general: number | null
  readonly sensitive: number | null
  readonly next: Path
}
