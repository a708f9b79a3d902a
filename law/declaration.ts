import type { LegalDate } from './calendar.ts'
import type { FormValues } from './declaration-form.ts'
import type { Path } from './determination.ts'
import type { DataItem } from './permit.ts'

/** What the declaration states, as data: what `dossier/` writes, `casework/` decides on and a permit is rendered from. */
export interface Declaration {
  readonly schema: 'tongguan/declaration/1'
  readonly handler: {
    readonly name: string
    readonly creditCode: string
    readonly ciio: boolean
    readonly province: string
  }
  /** The handler's reference for this filing. */
  readonly reference: string
  readonly path: Path
  readonly selfAssessment: { readonly from: LegalDate; readonly to: LegalDate }
  readonly scenarios: readonly DeclaredScenario[]
  readonly documents: readonly DeclaredDocument[]
  readonly countingMethod: string
  /** What the check of completeness looks at besides; a declaration of an earlier version has none. */
  readonly details?: FilingDetails
}

/** What the papers of a filing say that the rest of the declaration does not. Left out: not checkable. */
export interface FilingDetails {
  readonly form?: FormValues
  /** The clauses of article 9 found in the legal document: K-1 to K-6. */
  readonly clauses?: readonly string[]
  /** The power of attorney runs from and to these days. */
  readonly attorney?: { readonly from: LegalDate; readonly to: LegalDate }
}

export interface DeclaredScenario {
  readonly id: string
  readonly name: string
  readonly purpose: string
  readonly manner: string
  readonly recipients: readonly { readonly name: string; readonly country: string }[]
  readonly items: readonly (DataItem & { readonly necessity: string })[]
  /** Distinct persons, the upper bound of the count; `general` have no sensitive item. */
  readonly persons: { readonly general: number; readonly sensitive: number }
  readonly importantDataBytes: number | null
  readonly retention: string
}

export interface DeclaredDocument {
  readonly kind: DocumentKind
  readonly file: string
  readonly sha256: string
  readonly bytes: number
}

/** The materials of Guide v3, part 二(一)2 and annex 1. */
export type DocumentKind =
  | 'credit-code-certificate' // 1 统一社会信用代码证件
  | 'legal-representative-id' // 2 法定代表人身份证件
  | 'agent-id' // 3 经办人身份证件
  | 'power-of-attorney' // 4 经办人授权委托书
  | 'declaration-form' // 5 申报表
  | 'legal-document' // 6 与境外接收方订立的法律文件
  | 'self-assessment-report' // 7 自评估报告
  | 'other-proof' // 8 其他
  | 'completeness-list' // ours: what is there and what is missing
