/**
 * What a second reader found in a batch, by means of its own: it shares no pattern, no parser and no count with the scan
 * whose evidence it is held against. Counts only, no value.
 */
export interface SecondReading {
  readonly files: readonly FileReading[]
  /** Between these the distinct persons of the batch must lie; one figure where every row carries one sure identifier. */
  readonly persons: { readonly lower: number; readonly upper: number | null }
}

export interface FileReading {
  readonly path: string
  /** Of the bytes this reader saw. */
  readonly sha256: string
  /** Why nothing can be said of it; null where it was read to its end. */
  readonly unread: 'no-second-reader' | 'not-parsed' | null
  /** Null where the form does not say what a row is. */
  readonly rows: number | null
  /** Null where the form has no columns this reader tells apart; what is found is then of the whole file. */
  readonly columns: readonly ColumnReading[] | null
  /** Resident IDs whose check digit holds, wherever they stand in a file without columns. */
  readonly residentIds: number
}

export interface ColumnReading {
  readonly name: string
  /** Cells that say anything. */
  readonly filled: number
  /** Whole cells of each form, and resident IDs inside longer text. */
  readonly residentIds: number
  readonly residentIdsInText: number
  readonly mobiles: number
  readonly emails: number
}
