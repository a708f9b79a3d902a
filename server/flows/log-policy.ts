import { createPublicKey } from 'node:crypto'
import type { Trust } from '@tongguan/gate'
import { noteVerifier } from '@tongguan/log/note'
import type { NoteKeyKind, NoteVerifier, Policy } from '@tongguan/log'

/** The policy of a trust file: its log and witness keys, and no quorum. A key's name there is its name in the note. */
export function policyOfTrust({ keys }: Trust): Policy {
  const verifiers = (kind: NoteKeyKind): readonly NoteVerifier[] =>
    keys
      .filter((key) => key.roles.includes(kind))
      .map((key) => noteVerifier(key.name, kind, createPublicKey(key.publicKey)))
  const witnesses = verifiers('witness').map((verifier) => ({ name: verifier.name, verifier }))
  return { logs: verifiers('log'), witnesses, groups: [], quorum: 'none' }
}
