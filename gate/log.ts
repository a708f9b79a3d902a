import { GateInputError } from './keys.ts'
import type { GateTransaction } from './ledger.ts'
import type { Facts } from './words.ts'

/**
 * The public log as the gate needs it; the server hands it over. A leaf becomes durable in the gate's own transaction,
 * and what it records leaves only once `publish` says it stands in a signed checkpoint.
 */
export interface ReleaseLog {
  /** Appends in the caller's transaction and says the leaf's index; called last, since it locks the log's head. */
  append(tx: GateTransaction, leaf: Leaf): Promise<number>
  /** Whether the database still holds all that was ever signed; asked before anything is decided. */
  check(): Promise<LogStopped | undefined>
  publish(): Promise<LogPublished>
  /** A published leaf with its proof. */
  prove(index: number): Promise<LoggedLeaf>
}

/** What happened, without personal data: names and digests. The log adds the time. */
export type Leaf = { readonly type: LeafType } & Readonly<Record<string, string | number | boolean | null>>

export type LeafType =
  | 'gate-started'
  | 'batch-authorised'
  | 'batch-held'
  | 'batch-name-reused'
  | 'batch-recovered'
  | 'batch-approved'
  | 'batch-stopped'
  | 'key-authorised'
  | 'content-received'
  | 'opening-balance'
  | 'counting-key-destroyed'
  | 'counting-key-replaced'
  | 'individual-request'

export interface LogStopped {
  readonly kind: 'stopped'
  /** Leaves in the database, and of the head that was signed. */
  readonly database: number
  readonly signed: number
}

export type LogPublished = { readonly kind: 'published' } | { readonly kind: 'not-cosigned' } | LogStopped

/** A leaf's place in the log, as a manifest states it. */
export interface LoggedLeaf {
  readonly origin: string
  readonly index: number
  /** The leaf's bytes, JSON. */
  readonly entry: string
  /** c2sp.org/tlog-proof@v1 */
  readonly proof: string
}

/** @throws GateInputError `gate.log-rolled-back` where the database is older than what was signed: releases stop */
export async function mustHoldTheLog(log: ReleaseLog): Promise<void> {
  const stopped = await log.check()
  if (stopped !== undefined) throw new GateInputError('gate.log-rolled-back', sizesOf(stopped))
}

export function sizesOf({ database, signed }: LogStopped): Facts {
  return { database, signed }
}
