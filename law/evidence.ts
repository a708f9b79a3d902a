import type { Kind } from './terms.ts'

/**
 * What a scan found, in the shape of `tongguan/evidence/1` (contracts.md, "Evidence"): counts, categories and masked
 * samples only. Same input, same key, same date → same bytes, apart from `scanned.seconds`.
 */
export interface Evidence {
  readonly schema: 'tongguan/evidence/1'
  readonly engine: {
    readonly kind: 'embedded' | 'cluster'
    readonly version: string
    readonly nodes: number
    /** What kept the engine apart: a process of its own with an empty environment, or bubblewrap without network around it. */
    readonly contained?: 'process' | 'bubblewrap'
  }
  /** The rule packs that decided sensitivity, and the day they were asked for. */
  readonly rules: {
    readonly on: string
    readonly packs: readonly string[]
    readonly detectors: string
    /** Packs whose text was not read, only what others write of it. */
    readonly secondary?: readonly string[]
  }
  readonly scanned: {
    readonly bytes: number
    readonly rows: number
    readonly files: number
    readonly seconds: number
    readonly complete: boolean
  }
  readonly files: readonly FileEvidence[]
  readonly persons: PersonsEvidence
  readonly risk: readonly unknown[]
  readonly hints: readonly Hint[]
}

export interface FileEvidence {
  readonly path: string
  readonly format:
    | 'csv'
    | 'tsv'
    | 'parquet'
    | 'ndjson'
    | 'json'
    | 'fhir'
    | 'xlsx'
    | 'docx'
    | 'xpt'
    | 'dicom'
    | 'vcf'
    | 'sql'
    | 'text'
    | 'table'
    | 'unknown'
  readonly encoding: string | null
  readonly delimiter: string | null
  readonly header: boolean | null
  readonly rows: number
  readonly skipped: number
  readonly bytes: number
  readonly sha256: string
  readonly error: { readonly code: string; readonly message: string } | null
  readonly columns: readonly ColumnEvidence[]
}

export type Category = 'none' | 'personal' | 'sensitive'
export type Level = 'confirmed' | 'likely' | 'review' | 'none'
export type Because = 'checksum' | 'header' | 'context' | 'dictionary' | 'pattern' | 'sibling'

/** A kind that was considered and not said, with the reason; the assessor will ask. */
export interface Rejected {
  readonly kind: Kind
  readonly matched: number
  readonly valid: number
  readonly reason: RejectionReason
}

export type RejectionReason =
  /** The check holds no more often than chance lets it. */
  | 'accident'
  /** Too small a share of the cells. */
  | 'too-few'
  /** Too few different values. */
  | 'too-uniform'
  /** The pattern proves nothing by itself and the name does not say it. */
  | 'header-needed'
  /** The name or the table makes it something else. */
  | 'context-disagrees'
  /** The name says so, the rows are about no persons. */
  | 'table-not-about-persons'
  /** The name is ambiguous and the values do not bear it out. */
  | 'values-disagree'

export interface ColumnEvidence {
  readonly name: string
  readonly category: Category
  readonly identifies: 'direct' | 'quasi' | 'none'
  readonly kind: Kind
  readonly level: Level
  readonly counts: {
    readonly rows: number
    readonly nonEmpty: number
    readonly matched: number
    readonly valid: number
    readonly distinct: number
  }
  /** Every kind found in the column, the column's own first; a column of notes may contain several. */
  readonly findings: readonly { readonly kind: Kind; readonly valid: number; readonly because: readonly Because[] }[]
  readonly rejected: readonly Rejected[]
  /** Masked, at most 3. */
  readonly sample: readonly string[]
  readonly sensitiveUnder: readonly string[]
  readonly notSensitiveUnder: readonly string[]
  /** A named person holds that the column is not sensitive, and says why; the packs that say otherwise stay named. */
  readonly override?: SensitivityOverride
}

/** GB/T 45574 and the guide allow to show that a listed item does none of the harms in a given case; someone answers for it. */
export interface SensitivityOverride {
  readonly by: string
  readonly on: string
  readonly reason: string
}

/** Distinct natural persons: lower = the largest count of one strong identifier; upper = linked persons plus rows without any identifier. */
export interface PersonsEvidence {
  readonly lower: number
  readonly point: number
  readonly upper: number
  readonly exact: boolean
  readonly sensitive: { readonly lower: number; readonly point: number; readonly upper: number }
  readonly minors: number
  readonly keyEpoch: string
}

export interface Hint {
  readonly kind: 'important-data' | 'human-genetic-resources' | 'minors' | 'precise-location-track' | 'credentials'
  readonly where: string
  readonly because: string
}
