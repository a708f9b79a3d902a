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
  /** Of each table about persons with quasi-identifiers, how easily its rows are told apart by these. */
  readonly risk: readonly TableRisk[]
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
  /** What shows only when cells are read otherwise than as they are written; left out where nobody looked for it. */
  readonly disguises?: readonly Disguise[]
}

/** Ways to read a cell otherwise than as it is written. */
export type Reading =
  | 'plain-characters'
  | 'spaced-out'
  | 'joined'
  | 'digits-alone'
  | 'backwards'
  | 'base64'
  | 'base32'
  | 'hexadecimal'
  | 'percent-encoding'
  | 'character-references'
  | 'escapes'
  | 'columns-joined'
  | 'rows-joined'

export interface Disguise {
  /** Several where the value is split over them. */
  readonly columns: readonly string[]
  /** One inside the other, the outermost first; none where nothing could be read. */
  readonly readings: readonly Reading[]
  /** What stands there; null: packed or enciphered, so that nobody can say. */
  readonly kind: Kind | null
  readonly values: number
  /** Of the first such value; the first row of data is 1. */
  readonly row: number
  /** Masked. */
  readonly sample: string
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

/**
 * Re-identification risk of one table: rows with the same quasi-identifiers are an equivalence class. An empty cell is a
 * value like any other; a row in which all of them are empty is not measured. All shares are between 0 and 1.
 */
export interface TableRisk {
  /** The first of the files the table stands in, and how many they are: many small files of one header, and those of DICOM and FHIR, are one table. */
  readonly file: string
  readonly files: number
  readonly quasiIdentifiers: readonly string[]
  /** By the kinds of the columns, or as somebody stated. */
  readonly chosen: 'by-kind' | 'stated'
  /** Columns that identify by themselves: with them no class protects anybody; the numbers are those without them. */
  readonly directIdentifiers: readonly string[]
  /** Rows measured: the sizes of the classes add up to it. */
  readonly rows: number
  /** Rows of the smallest class (k-anonymity; Samarati and Sweeney 1998). */
  readonly k: number
  readonly classes: number
  readonly uniqueRows: number
  /** Classes over rows: what an attacker gets right on average who knows that the person is in the data, or links all rows. */
  readonly averageRisk: number
  /** 1 / k. */
  readonly highestRisk: number
  /** By whom the attacker is (El Emam and Dankar 2008). */
  readonly attackers: {
    /** Knows that the person is in the data. `above`: share of rows whose own risk is above the line. */
    readonly prosecutor: {
      readonly highest: number
      readonly average: number
      readonly above: readonly { readonly line: number; readonly share: number }[]
    }
    /** Does not know it. Without a stated sampling fraction the data are taken for the whole population: an upper bound. */
    readonly journalist: { readonly highest: number; readonly average: number; readonly estimated: boolean }
    /** Wants as many as possible. */
    readonly marketer: { readonly average: number }
  }
  /** How much each quasi-identifier tells alone: distinct values over rows, and pairs of rows it tells apart. */
  readonly columns: readonly {
    readonly name: string
    readonly distinct: number
    readonly distinction: number
    readonly separation: number
  }[]
  /** What a class tells of the sensitive columns; null where the table is too large for it. */
  readonly sensitive: readonly SensitiveRisk[] | null
  /** The smallest sets of quasi-identifiers by which rows stand alone; null where the table is too large for it. */
  readonly minimalUniques: MinimalUniques | null
  /** Only with a stated sampling fraction. */
  readonly population?: PopulationUniqueness
}

export interface SensitiveRisk {
  readonly column: string
  /** Fewest values in a class (distinct l-diversity; Machanavajjhala et al. 2007); an empty cell is a value. */
  readonly distinctL: number
  /** The least exp(entropy) of a class (entropy l-diversity). */
  readonly entropyL: number
  /**
   * The farthest a class lies from the whole table (t-closeness; Li, Li and Venkatasubramanian 2007): by the ordered distance
   * where every value is a number, else by the equal distance. Null where classes × values are too many.
   */
  readonly t: number | null
  readonly distance: 'ordered' | 'equal'
}

/** Minimal sample uniques (Elliot et al. 2002): the row is alone by the set, and by no part of it. */
export interface MinimalUniques {
  /** Sets of up to so many columns were tried. */
  readonly upTo: number
  /** Rows with at least one such set. */
  readonly rows: number
  /** The sets by which most rows stand alone, at most ten. */
  readonly sets: readonly { readonly columns: readonly string[]; readonly rows: number }[]
}

export interface PopulationUniqueness {
  /** Rows of the data over rows of the population, as stated. */
  readonly samplingFraction: number
  /** Null where the likelihood has no maximum within the model. */
  readonly pitman: number | null
  readonly zayatz: number
  /** Share of the population's rows that are alone in it, and whose estimate it is by the rule; `counted`: nothing to estimate. */
  readonly share: number
  readonly model: 'pitman' | 'zayatz' | 'counted'
}

export interface Hint {
  readonly kind: 'important-data' | 'human-genetic-resources' | 'minors' | 'precise-location-track' | 'credentials'
  readonly where: string
  readonly because: string
}
