import type { Certainty, Citation, FactValue, Reason, Words } from './citation.ts'
import type { LegalDate } from './calendar.ts'
import type { ExemptionBar, ExemptionClaim, ExemptionCondition, PersonsCount } from './facts.ts'

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
  | 'representative-in-china'

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
  readonly available: readonly AvailableRoute[]
  readonly alsoRequired: readonly AlsoRequired[]
  /** Paths into the facts file (`flows.0.importantData`) without which nothing can be said. */
  readonly missing: readonly string[]
  readonly certainty: Certainty
  readonly flows: readonly DeterminedFlow[]
  readonly because: readonly Reason[]
  /** Why each of `alsoRequired` is due: once for each article it rests on. */
  readonly alsoBecause: readonly (Reason & { readonly duty: AlsoRequired })[]
  /** Facts left out that change no path but may add a duty or a route. */
  readonly alsoMissing: readonly string[]
  /** Lines of the law that a count known only within bounds lies across. */
  readonly straddled: readonly StraddledLine[]
  /** True where an export was answered not to be necessary: not lawful as described, on any path. */
  readonly notLawfulAsDescribed: boolean
  /** The persons the path was decided on. */
  readonly counted: CountedPersons
  /** Questions the law leaves open that this answer touches, and how they were read. */
  readonly openPoints: readonly OpenPoint[]
  /** Facts that do not go together, and which of them the law follows. */
  readonly warnings: readonly Words[]
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

/** Distinct persons of the flows that count, in the window of the day's law; null where nothing is known. */
export interface CountedPersons {
  readonly window: 'since1January' | 'since1JanuaryLastYear'
  /** First day of the window, in China. */
  readonly from: LegalDate
  readonly general: FactValue
  readonly sensitive: FactValue
  /** Flows whose facts tell exported and planned persons apart; the path is decided on their union. */
  readonly apart: readonly {
    readonly flow: string
    readonly exported: PersonsCount | null
    readonly planned: PersonsCount | null
  }[]
}

export interface AvailableRoute {
  readonly route: 'standard-contract' | 'gba-contract' | 'certification'
  readonly from: LegalDate
  /** The article by which it is open on the day of the answer. */
  readonly citation: Citation
  readonly certainty: Certainty
}

export interface DeterminedFlow {
  readonly id: string
  readonly path: Path
  readonly because: readonly Reason[]
  /** Where an exemption is claimed: each of its conditions, answered on its own. */
  readonly exemption?: ExemptionAnswers
}

export interface ExemptionAnswers {
  readonly claim: Exclude<ExemptionClaim, 'none'>
  readonly citation: Citation
  readonly inForce: boolean
  readonly conditions: readonly {
    readonly condition:
      | ExemptionCondition
      | ExemptionBar
      | 'containsPersonalInformation'
      | 'importantData'
      | 'industry'
      | 'ftz'
      | 'listEntryChecked'
    /** The answer that carries the exemption. */
    readonly needs: 'yes' | 'no'
    readonly answer: 'yes' | 'no' | 'unknown'
  }[]
}

export interface OpenPoint extends Words {
  readonly id: string
}

/** A count between `lower` and `upper` (null: no upper bound known) that may or may not reach `line`. */
export interface StraddledLine {
  readonly fact: string
  readonly line: number
  readonly lower: number
  readonly upper: number | null
  readonly citation: Citation
}
