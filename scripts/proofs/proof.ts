/** One statement tried on many points, in batches that a seed alone reproduces. */
export interface Proof {
  /** What holds, as a sentence. */
  readonly claim: string
  /** Points to be tried in all. */
  readonly points: number
  readonly pointsPerBatch: number
  /** Files whose change, or that of anything they import, starts the count anew. */
  readonly restsOn: readonly string[]
  /** Tries one batch; the same number gives the same points. Returns the first counterexamples, at most ten. */
  readonly tryBatch: (batch: number) => readonly Counterexample[] | Promise<readonly Counterexample[]>
  /** Gives back what the batches shared. */
  readonly end?: () => Promise<void>
}

export interface Counterexample {
  readonly expected: string
  readonly found: string
  readonly point: unknown
}
