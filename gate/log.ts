import { GateInputError } from './keys.ts'
import type { GateTransaction } from './ledger.ts'
import { unfinished } from './request.ts'
import type { Unfinished } from './request.ts'
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
  /** Publishes what it may; asked for a leaf, whether that leaf stands in a checkpoint enough witnesses cosigned. */
  publish(index?: number): Promise<LogPublished>
  /** A published leaf with its proof. */
  prove(index: number): Promise<LoggedLeaf>
  readonly quorum: LogQuorum
  /** The clock that dates its entries, and the newest instant it knows of. */
  clock(tx: GateTransaction): Promise<LogClock>
}

/** Instants, RFC 3339 in UTC. */
export interface LogClock {
  readonly now: string
  /** Of its newest entry, or of a witness's cosignature where that is later; null for an empty log. */
  readonly newest: string | null
}

/** Witnesses that must cosign before anything leaves. */
export interface LogQuorum {
  /** The fewest that meet the log's policy. */
  readonly needed: number
  /** The fewest this installation may ask for: 0 embedded, 2 in production. */
  readonly least: number
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

export type LogPublished =
  | { readonly kind: 'published' }
  | { readonly kind: 'not-cosigned'; readonly cosignedBy: readonly string[]; readonly needed: number }
  | LogStopped

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

/** @throws GateInputError `gate.witnesses-too-few` where the policy asks for fewer witnesses than the installation must */
export function mustBeWitnessed({ quorum: { needed, least } }: ReleaseLog): void {
  if (needed < least) throw new GateInputError('gate.witnesses-too-few', { needed, least })
}

/** Why a leaf cannot be proven yet; undefined where it can. */
export function whyNotPublished(published: LogPublished): Unfinished | undefined {
  switch (published.kind) {
    case 'published':
      return undefined
    case 'stopped':
      return unfinished('gate.log-stopped', sizesOf(published))
    case 'not-cosigned': {
      const { cosignedBy, needed } = published
      return unfinished('gate.log-not-cosigned', { cosigned: cosignedBy.length, by: cosignedBy.join(', '), needed })
    }
  }
}

export function sizesOf({ database, signed }: LogStopped): Facts {
  return { database, signed }
}
