import type { LoggedLeaf } from './log.ts'
import type { LeafType } from './log.ts'
import type { Trust } from './keys.ts'
import { statementDigest } from './manifest.ts'
import type { Statement } from './manifest.ts'
import { readStrictJson } from './strict-json.ts'

/** Checks a proof of the log; the log's own trade does. */
export type ProveLogged = (proof: string, entry: Uint8Array, trust: Trust) => ProvenLeaf

export type ProvenLeaf =
  | {
      readonly kind: 'included'
      readonly origin: string
      readonly index: number
      readonly size: number
      /** Witnesses whose cosignatures hold, and how many the policy asks for. */
      readonly cosigners: number
      readonly quorum: number
    }
  | { readonly kind: 'wrong'; readonly code: string }

/** Whether the leaf a statement names is of this type, records this very statement, and stands in a trusted log. */
export function proveLeaf(
  type: LeafType,
  statement: Statement<{ readonly log: LoggedLeaf | null }>,
  trust: Trust,
  proveLogged: ProveLogged | undefined,
): ProvenLeaf | { readonly kind: 'other-decision' } {
  const { log } = statement.predicate
  if (log === null) return { kind: 'wrong', code: 'not-logged' }
  // Not checked is not valid.
  if (proveLogged === undefined) return { kind: 'wrong', code: 'not-checked' }
  const proven = proveLogged(log.proof, Buffer.from(log.entry), trust)
  if (proven.kind === 'wrong') return proven
  if (proven.origin !== log.origin || proven.index !== log.index) return { kind: 'wrong', code: 'other-position' }
  const json = readStrictJson(log.entry)
  const leaf = (json.kind === 'json' ? json.value : {}) as Readonly<Record<string, unknown>>
  const isThis = leaf['type'] === type && leaf['statement'] === statementDigest(statement)
  return isThis ? proven : { kind: 'other-decision' }
}
