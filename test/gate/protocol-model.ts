/*
 * The release protocol of gate/release-batch.ts as a state machine, to be walked through completely: several workers, two
 * batches that share a person, crashes at any step, a permit that is revoked at any moment, approvals that come at any
 * moment, and a disk that keeps or loses what was written but not synced.
 *
 *   idle ─ inspect ─▶ decide ─ one transaction ─▶ publish ─▶ sync ─▶ mark ─▶ move ─▶ sync ─▶ mark ─▶ idle
 *   sealed, once the recipient has signed: one more transaction ─▶ publish ─▶ sync ─▶ key ─▶ sync ─▶ mark ─▶ idle
 *
 * A mutant breaks one rule of it; a check that does not notice is worth nothing.
 */

export type Mutant =
  | 'counted after the decision'
  | 'leaf in a transaction of its own'
  | 'ceiling read before the lock'
  | 'one approval is enough'
  | 'revocation not asked again'
  | 'moved before the log is published'
  | 'log not synced'
  | 'proof marked before the log is published'
  | 'delivered before the move is synced'
  | 'counted again when asked again'
  | SealedMutant

export type SealedMutant =
  | 'key without a receipt'
  | 'revocation not asked again for the key'
  | 'key before its leaf is published'
  | 'key put before it is decided'
  | 'delivered before the key is synced'

export const mutants: readonly Mutant[] = [
  'counted after the decision',
  'leaf in a transaction of its own',
  'ceiling read before the lock',
  'one approval is enough',
  'revocation not asked again',
  'moved before the log is published',
  'log not synced',
  'proof marked before the log is published',
  'delivered before the move is synced',
  'counted again when asked again',
]

export const sealedMutants: readonly SealedMutant[] = [
  'key without a receipt',
  'revocation not asked again for the key',
  'key before its leaf is published',
  'key put before it is decided',
  'delivered before the key is synced',
]

type Row = 'none' | 'authorised' | 'published' | 'sent' | 'key-authorised' | 'delivered' | 'held'
type Disk = 'nothing' | 'written' | 'synced'
type Step =
  | 'idle'
  | 'inspected'
  | 'read'
  | 'decided'
  | 'uncounted'
  | 'unlogged'
  | 'publishing'
  | 'proving'
  | 'moving'
  | 'moved'
  | 'keying'
  | 'key publishing'
  | 'key putting'

interface Batch {
  readonly row: Row
  /** Its leaf is in the database. */
  readonly leaf: boolean
  /** Its leaf in the published log, and the batch in the target. */
  readonly log: Disk
  readonly target: Disk
  readonly approvals: number
  readonly approvedWith: number
  readonly authorisedRevoked: boolean
  /** Of a sealed batch: the recipient's receipt, and the second decision's leaf, published leaf and key. */
  readonly receipt: boolean
  readonly keyLeaf: boolean
  readonly keyLog: Disk
  readonly key: Disk
  readonly keyRevoked: boolean
}

interface Worker {
  readonly step: Step
  readonly batch: number
  /** What a worker that reads before it locks took for the number of persons, and for whether the permit holds. */
  readonly counted: number
  readonly revoked: boolean
}

export interface State {
  readonly sealed: boolean
  readonly batches: readonly Batch[]
  readonly workers: readonly Worker[]
  /** Persons in the set, as bits, and the counter beside it. */
  readonly persons: number
  readonly counter: number
  readonly revoked: boolean
  readonly crashes: number
}

/** Persons of each batch, as bits: one is in both. */
const personsOf = [0b011, 0b110, 0b001] as const
/** Both batches together have three. */
const ceiling = 2

export function start(of: { readonly workers: number; readonly batches: number; readonly sealed?: boolean }): State {
  const { workers, batches, sealed = false } = of
  return {
    sealed,
    batches: Array.from({ length: batches }, () => ({
      row: 'none',
      leaf: false,
      log: 'nothing',
      target: 'nothing',
      approvals: 0,
      approvedWith: 0,
      authorisedRevoked: false,
      receipt: false,
      keyLeaf: false,
      keyLog: 'nothing',
      key: 'nothing',
      keyRevoked: false,
    })),
    workers: Array.from({ length: workers }, () => idle),
    persons: 0,
    counter: 0,
    revoked: false,
    crashes: 0,
  }
}

const idle: Worker = { step: 'idle', batch: 0, counted: 0, revoked: false }

/** Every state that may follow. */
export function next(state: State, mutant: Mutant | undefined, limits: { readonly crashes: number }): readonly State[] {
  return [
    ...(state.revoked ? [] : [{ ...state, revoked: true }]),
    ...state.batches.flatMap((batch, at) =>
      batch.approvals < 2 ? [withBatch(state, at, { approvals: batch.approvals + 1 })] : [],
    ),
    ...state.batches.flatMap((batch, at) =>
      state.sealed && !batch.receipt && batch.target !== 'nothing' ? [withBatch(state, at, { receipt: true })] : [],
    ),
    ...(state.crashes < limits.crashes ? crashed(state) : []),
    ...state.workers.flatMap((worker, at) => steps(state, at, worker, mutant)),
  ]
}

/** Whatever was written and not synced is there afterwards or is not; workers start anew; the database kept it all. */
function crashed(state: State): readonly State[] {
  const after = { ...state, workers: state.workers.map(() => idle), crashes: state.crashes + 1 }
  return after.batches.reduce<readonly State[]>(
    (states, batch, at) =>
      states.flatMap((one) =>
        fates(batch.log).flatMap((log) =>
          fates(batch.target).flatMap((target) =>
            fates(batch.keyLog).flatMap((keyLog) =>
              fates(batch.key).map((key) => withBatch(one, at, { log, target, keyLog, key })),
            ),
          ),
        ),
      ),
    [after],
  )
}

function fates(disk: Disk): readonly Disk[] {
  return disk === 'written' ? ['nothing', 'synced'] : [disk]
}

function steps(state: State, at: number, worker: Worker, mutant: Mutant | undefined): readonly State[] {
  const { batch: index } = worker
  const batch = state.batches[index]
  if (batch === undefined) throw new Error(`no batch ${index}`)
  const go = (to: State, step: Step, about: Partial<Worker> = {}) => [withWorker(to, at, { ...worker, ...about, step })]
  switch (worker.step) {
    case 'idle':
      return state.batches.flatMap((_, other) => go(state, 'inspected', { batch: other }))
    case 'inspected':
      return go(state, 'read', { counted: bits(state.persons), revoked: state.revoked })
    case 'read':
      return decide(state, at, worker, batch, mutant)
    case 'uncounted':
      return go(count(state, index), 'decided')
    case 'unlogged':
      return go(withBatch(state, index, { leaf: true }), 'decided')
    case 'decided':
      if (batch.row === 'authorised' || batch.row === 'published') {
        const early = mutant === 'moved before the log is published' ? 'moving' : 'publishing'
        return go(state, batch.row === 'published' ? 'moving' : early)
      }
      if (batch.row === 'sent' && mutant === 'key put before it is decided') return go(state, 'key putting')
      if (batch.row === 'sent') return go(state, 'keying', { revoked: state.revoked })
      if (batch.row === 'key-authorised') return go(state, afterKeying(mutant))
      return go(state, 'idle')
    case 'publishing': {
      if (mutant === 'proof marked before the log is published' && batch.row === 'authorised') {
        return go(withBatch(state, index, { row: 'published' }), 'moving')
      }
      if (batch.log === 'nothing')
        return batch.leaf ? go(withBatch(state, index, { log: 'written' }), 'publishing') : []
      if (batch.log === 'written' && mutant !== 'log not synced') {
        return go(withBatch(state, index, { log: 'synced' }), 'publishing')
      }
      return go(state, 'proving')
    }
    case 'proving':
      return go(batch.row === 'authorised' ? withBatch(state, index, { row: 'published' }) : state, 'moving')
    case 'moving':
      return batch.target === 'nothing'
        ? go(withBatch(state, index, { target: 'written' }), 'moved')
        : go(state, 'moved')
    case 'moved': {
      if (batch.target === 'written' && mutant !== 'delivered before the move is synced') {
        return go(withBatch(state, index, { target: 'synced' }), 'moved')
      }
      const row = state.sealed ? 'sent' : 'delivered'
      return go(batch.row === 'published' ? withBatch(state, index, { row }) : state, 'idle')
    }
    case 'keying':
    case 'key publishing':
    case 'key putting':
      return keySteps(state, at, worker, batch, mutant)
  }
}

/** Keys: the second transaction, its leaf's publication, and the key beside the container. */
function keySteps(
  state: State,
  at: number,
  worker: Worker,
  batch: Batch,
  mutant: Mutant | undefined,
): readonly State[] {
  const { batch: index } = worker
  const go = (to: State, step: Step) => [withWorker(to, at, { ...worker, step })]
  switch (worker.step) {
    case 'keying': {
      if (batch.row === 'key-authorised') return go(state, afterKeying(mutant))
      const revoked = mutant === 'revocation not asked again for the key' ? worker.revoked : state.revoked
      const mayNot = revoked || (!batch.receipt && mutant !== 'key without a receipt')
      if (batch.row !== 'sent' || mayNot) return go(state, 'idle')
      const decided = { row: 'key-authorised', keyLeaf: true, keyRevoked: state.revoked } as const
      return go(withBatch(state, index, decided), afterKeying(mutant))
    }
    case 'key publishing':
      if (batch.keyLog === 'nothing') return go(withBatch(state, index, { keyLog: 'written' }), 'key publishing')
      if (batch.keyLog === 'written') return go(withBatch(state, index, { keyLog: 'synced' }), 'key publishing')
      return go(state, 'key putting')
    default:
      if (batch.key === 'nothing') return go(withBatch(state, index, { key: 'written' }), 'key putting')
      if (batch.key === 'written' && mutant !== 'delivered before the key is synced') {
        return go(withBatch(state, index, { key: 'synced' }), 'key putting')
      }
      return go(batch.row === 'key-authorised' ? withBatch(state, index, { row: 'delivered' }) : state, 'idle')
  }
}

function afterKeying(mutant: Mutant | undefined): Step {
  return mutant === 'key before its leaf is published' ? 'key putting' : 'key publishing'
}

/** The transaction: one step, because the counter's row is locked from its first word to its commit. */
function decide(state: State, at: number, worker: Worker, batch: Batch, mutant: Mutant | undefined): readonly State[] {
  const index = worker.batch
  const go = (to: State, step: Step) => [withWorker(to, at, { ...worker, step })]
  if (batch.row !== 'none') {
    const again = mutant === 'counted again when asked again' && batch.row === 'authorised'
    return go(again ? { ...state, counter: state.counter + bits(personsOf[index] ?? 0) } : state, 'decided')
  }
  if (batch.approvals < (mutant === 'one approval is enough' ? 1 : 2)) return go(state, 'idle')
  const revoked = mutant === 'revocation not asked again' ? worker.revoked : state.revoked
  const fresh = (personsOf[index] ?? 0) & ~state.persons
  const before = mutant === 'ceiling read before the lock' ? worker.counted : bits(state.persons)
  if (revoked || ceiling < before + bits(fresh)) {
    return go(withBatch(state, index, { row: 'held', leaf: true }), 'decided')
  }
  const authorised = withBatch(state, index, {
    row: 'authorised',
    leaf: mutant !== 'leaf in a transaction of its own',
    approvedWith: batch.approvals,
    authorisedRevoked: state.revoked,
  })
  if (mutant === 'counted after the decision') return go(authorised, 'uncounted')
  const counted = count(authorised, index)
  return go(counted, mutant === 'leaf in a transaction of its own' ? 'unlogged' : 'decided')
}

function count(state: State, index: number): State {
  const all = personsOf[index] ?? 0
  return { ...state, persons: state.persons | all, counter: state.counter + bits(all & ~state.persons) }
}

/** The first thing that must never be so and is; undefined where all is well. */
export function violation({ batches, persons, counter, sealed }: State): string | undefined {
  if (ceiling < bits(persons)) return 'the ceiling is passed'
  if (counter !== bits(persons)) return 'the counter is not the size of its set'
  for (const [index, batch] of batches.entries()) {
    const isDecided = batch.row !== 'none' && batch.row !== 'held'
    const all = personsOf[index] ?? 0
    if (isDecided && (persons & all) !== all) return 'authorised and not counted'
    if (batch.row !== 'none' && !batch.leaf) return 'decided and not a leaf of the log'
    if (isDecided && batch.approvedWith < 2) return 'authorised without two persons'
    if (batch.authorisedRevoked) return 'authorised under a revoked permit'
    if (batch.target !== 'nothing' && !isDecided) return 'left without a decision'
    if (batch.target !== 'nothing' && batch.log !== 'synced') return 'left before its leaf was published for good'
    if (batch.row === 'published' && batch.log !== 'synced') return 'a proof of what is not published'
    const isSent = batch.row === 'sent' || batch.row === 'key-authorised' || batch.row === 'delivered'
    if (isSent && batch.target !== 'synced') return 'sent or delivered and not there'
    const wrongKey = sealed ? keyViolation(batch) : undefined
    if (wrongKey !== undefined) return wrongKey
  }
  return undefined
}

function keyViolation({ row, receipt, keyLeaf, keyLog, key, keyRevoked }: Batch): string | undefined {
  const isDecided = row === 'key-authorised' || row === 'delivered'
  if (isDecided && !receipt) return 'a key without a receipt'
  if (isDecided && !keyLeaf) return 'a key decided and not a leaf of the log'
  if (keyRevoked) return 'a key under a revoked permit'
  if (key !== 'nothing' && !isDecided) return 'a key that left without its decision'
  if (key !== 'nothing' && keyLog !== 'synced') return 'a key that left before its leaf was published for good'
  return row === 'delivered' && key !== 'synced' ? 'delivered and its key not there' : undefined
}

/** Walks through every state that can be reached. Stops at the first violation. */
export function explore(
  from: State,
  { mutant, crashes }: { readonly mutant?: Mutant; readonly crashes: number },
): { readonly states: number; readonly violation: string | undefined } {
  const seen = new Set<string>([keyOf(from)])
  const waiting = [from]
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    const wrong = violation(state)
    if (wrong !== undefined) return { states: seen.size, violation: wrong }
    for (const one of next(state, mutant, { crashes })) {
      const key = keyOf(one)
      if (seen.has(key)) continue
      seen.add(key)
      waiting.push(one)
    }
  }
  return { states: seen.size, violation: undefined }
}

// Workers are alike: two that changed places are the same state.
function keyOf({ batches, workers, persons, counter, revoked, crashes }: State): string {
  const places = workers.map(({ step, batch, counted, revoked }) =>
    step === 'idle'
      ? 'idle'
      : `${step}${batch}${step === 'read' ? `${counted}${revoked}` : step === 'keying' ? revoked : ''}`,
  )
  const rows = batches.map(
    (one) =>
      `${one.row}${one.leaf}${one.log}${one.target}${one.approvals}${one.approvedWith}${one.authorisedRevoked}${one.receipt}${one.keyLeaf}${one.keyLog}${one.key}${one.keyRevoked}`,
  )
  return [...rows, ...places.sort(), persons, counter, revoked, crashes].join()
}

function withBatch(state: State, at: number, about: Partial<Batch>): State {
  return { ...state, batches: state.batches.map((one, i) => (i === at ? { ...one, ...about } : one)) }
}

function withWorker(state: State, at: number, worker: Worker): State {
  const next = worker.step === 'idle' ? idle : worker
  return { ...state, workers: state.workers.map((one, i) => (i === at ? next : one)) }
}

function bits(set: number): number {
  return set.toString(2).replaceAll('0', '').length
}
