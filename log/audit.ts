import { openCheckpoint } from './checkpoint.ts'
import type { Checkpoint, OpenedCheckpoint } from './checkpoint.ts'
import { append, emptyFrontier, isSame, leafHash, rootOf } from './merkle.ts'
import type { Frontier, Hash } from './merkle.ts'
import type { Cosigned, NoteVerifier } from './note.ts'
import { meetsQuorum } from './policy.ts'
import type { Policy } from './policy.ts'
import { hashPerfect, LogFileError, readEntries, readHashes, tilePath, tileWidth } from './tiles.ts'
import type { ReadFile } from './tiles.ts'

/**
 * Proves that a log was only appended to: its checkpoint is signed by a known key, every entry and every tile is there
 * and hashes to the checkpoint's root, enough witnesses cosigned it, and it grew out of an earlier checkpoint where one
 * is given. Reads every entry once; memory does not grow with the log.
 *
 * @param read the log's files; `checkpoint` stands beside `tile/`.
 * @param against an earlier checkpoint somebody kept, as bytes.
 */
export async function auditLog(
  read: ReadFile,
  { policy, against }: { readonly policy: Policy; readonly against?: Uint8Array },
): Promise<LogReport> {
  const known: readonly NoteVerifier[] = [...policy.logs, ...policy.witnesses.map(({ verifier }) => verifier)]
  const bytes = await read('checkpoint')
  if (bytes === undefined) return refused({ code: 'log.file-missing', path: 'checkpoint' })
  const opened = openCheckpoint(bytes, known)
  if (opened.kind === 'wrong') return refused({ code: opened.code, path: 'checkpoint' })
  const earlier = against === undefined ? undefined : openEarlier(openCheckpoint(against, known), opened.checkpoint)
  if (earlier?.kind === 'wrong') return refused(earlier.problem, opened.checkpoint)
  const problems: LogProblem[] = []
  if (!meetsQuorum(policy, opened.cosigners)) problems.push({ code: 'log.quorum-not-met', path: 'checkpoint' })
  problems.push(...(await recompute(read, opened.checkpoint, earlier?.checkpoint)))
  return {
    outcome: problems.length === 0 ? 'valid' : 'refused',
    problems,
    checkpoint: opened.checkpoint,
    cosigners: opened.cosigners,
    ...(earlier === undefined ? {} : { against: earlier.checkpoint }),
  }
}

export interface LogReport {
  readonly outcome: 'valid' | 'refused'
  readonly problems: readonly LogProblem[]
  /** The log's head, once its signature holds. */
  readonly checkpoint?: Checkpoint
  readonly cosigners?: readonly Cosigned[]
  readonly against?: Checkpoint
}

export interface LogProblem {
  readonly code: LogCode
  /** The file of the log it is about. */
  readonly path: string
}

export type LogCode =
  | Extract<OpenedCheckpoint, { kind: 'wrong' }>['code']
  | 'log.file-missing'
  | 'log.file-broken'
  | 'log.tile-differs'
  | 'log.root-differs'
  | 'log.quorum-not-met'
  | 'log.earlier-checkpoint-unreadable'
  | 'log.earlier-checkpoint-of-another-log'
  | 'log.rolled-back'
  | 'log.history-rewritten'

function refused(problem: LogProblem, checkpoint?: Checkpoint): LogReport {
  return { outcome: 'refused', problems: [problem], ...(checkpoint === undefined ? {} : { checkpoint }) }
}

type Earlier =
  | { readonly kind: 'earlier'; readonly checkpoint: Checkpoint }
  | { readonly kind: 'wrong'; readonly problem: LogProblem }

function openEarlier(opened: OpenedCheckpoint, now: Checkpoint): Earlier {
  const wrong = (code: LogCode): Earlier => ({ kind: 'wrong', problem: { code, path: 'checkpoint' } })
  if (opened.kind === 'wrong') return wrong('log.earlier-checkpoint-unreadable')
  if (opened.checkpoint.origin !== now.origin) return wrong('log.earlier-checkpoint-of-another-log')
  // Fewer entries than somebody already saw: an older copy was put back.
  if (now.size < opened.checkpoint.size) return wrong('log.rolled-back')
  return { kind: 'earlier', checkpoint: opened.checkpoint }
}

async function recompute(
  read: ReadFile,
  now: Checkpoint,
  earlier: Checkpoint | undefined,
): Promise<readonly LogProblem[]> {
  const problems: LogProblem[] = []
  const levels = new Levels(read)
  let frontier = emptyFrontier
  if (earlier !== undefined) problems.push(...judgeEarlier(frontier, earlier))
  try {
    for await (const entries of readEntries(read, now.size)) {
      for (const entry of entries) {
        const leaf = leafHash(entry)
        frontier = append(frontier, leaf)
        if (earlier !== undefined) problems.push(...judgeEarlier(frontier, earlier))
        problems.push(...(await levels.add(0, leaf)))
      }
    }
    problems.push(...(await levels.end()))
  } catch (error) {
    if (!(error instanceof LogFileError)) throw error
    return [...problems, { code: `log.file-${error.fault}`, path: error.path }]
  }
  if (!isSame(rootOf(frontier), now.root)) problems.push({ code: 'log.root-differs', path: 'checkpoint' })
  return problems
}

function judgeEarlier(frontier: Frontier, { size, root }: Checkpoint): readonly LogProblem[] {
  if (frontier.size !== size || isSame(rootOf(frontier), root)) return []
  return [{ code: 'log.history-rewritten', path: 'checkpoint' }]
}

/** The tiles as they should be, one open row per level, each compared with its file when it is full or the log ends. */
class Levels {
  readonly #read: ReadFile
  readonly #rows: { readonly hashes: Hash[]; tile: number }[] = []

  constructor(read: ReadFile) {
    this.#read = read
  }

  async add(level: number, hash: Hash): Promise<readonly LogProblem[]> {
    const row = (this.#rows[level] ??= { hashes: [], tile: 0 })
    row.hashes.push(hash)
    if (row.hashes.length < tileWidth) return []
    const problems = await this.#compare(level, row.tile, row.hashes)
    const full = hashPerfect(row.hashes)
    this.#rows[level] = { hashes: [], tile: row.tile + 1 }
    return [...problems, ...(await this.add(level + 1, full))]
  }

  async end(): Promise<readonly LogProblem[]> {
    const problems: LogProblem[] = []
    for (const [level, { hashes, tile }] of this.#rows.entries()) {
      if (hashes.length > 0) problems.push(...(await this.#compare(level, tile, hashes)))
    }
    return problems
  }

  async #compare(level: number, tile: number, expected: readonly Hash[]): Promise<readonly LogProblem[]> {
    const held = await readHashes(this.#read, level, tile, expected.length)
    const differs = expected.some((hash, i) => {
      const other = held[i]
      return other === undefined || !isSame(hash, other)
    })
    return differs ? [{ code: 'log.tile-differs', path: tilePath(level, tile, expected.length) }] : []
  }
}
