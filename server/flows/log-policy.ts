import { createPublicKey } from 'node:crypto'
import type { Trust } from '@tongguan/gate'
import { noteVerifier } from '@tongguan/log/note'
import type { NoteKeyKind, NoteVerifier } from '@tongguan/log/note'
import { readPolicy, writePolicy } from '@tongguan/log/policy'
import type { Policy, ReadPolicy } from '@tongguan/log/policy'

const kinds = ['log', 'witness'] as const satisfies readonly NoteKeyKind[]

/**
 * The log policy of a trust file: the one it states (c2sp.org/tlog-policy), without the keys it says are revoked; or,
 * where it states none, its log and witness keys and no quorum.
 */
export function readLogPolicy({ keys, logPolicy }: Trust): ReadPolicy {
  const read: ReadPolicy =
    logPolicy === undefined ? { kind: 'policy', policy: policyOfKeys(keys) } : readPolicy(logPolicy)
  if (read.kind === 'wrong') return read
  const revoked = keys
    .filter(({ roles, revokedOn }) => revokedOn !== undefined && kinds.some((kind) => roles.includes(kind)))
    .map((key) => createPublicKey(key.publicKey))
  const isGood = ({ publicKey }: NoteVerifier) => !revoked.some((one) => one.equals(publicKey))
  const { logs, witnesses, ...rest } = read.policy
  const good = { logs: logs.filter(isGood), witnesses: witnesses.filter(({ verifier }) => isGood(verifier)) }
  return { kind: 'policy', policy: { ...rest, ...good } }
}

/** The log policy of a trust file that was read from disk (`readTrustFile`), where one that cannot be read was refused. */
export function policyOfTrust(trust: Trust): Policy {
  const read = readLogPolicy(trust)
  if (read.kind === 'wrong') throw new Error(`the log policy cannot be read, line ${read.line}: ${read.because}`)
  return read.policy
}

/**
 * A policy as a trust file states it: its logs, and any `quorum` of its witnesses. Keys that are revoked stay out.
 *
 * @param addresses of witnesses, by the names their keys have; the others keep the address the policy had for them
 */
export function logPolicyText(
  { keys, logPolicy }: Trust,
  quorum: number,
  given: ReadonlyMap<string, string> = new Map(),
): string {
  const before = logPolicy === undefined ? undefined : readPolicy(logPolicy)
  const addresses = new Map([
    ...(before?.kind === 'policy' ? before.policy.witnesses.map(({ name, address }) => [name, address] as const) : []),
    ...[...given].map(([name, address]) => [noteName(name), address] as const),
  ])
  const { witnesses, ...rest } = policyOfKeys(keys.filter(({ revokedOn }) => revokedOn === undefined))
  const policy = {
    ...rest,
    witnesses: witnesses.map((one) => {
      const address = addresses.get(one.name)
      return address === undefined ? one : { ...one, address }
    }),
  }
  const members = policy.witnesses.map(({ name }) => name)
  const group = { name: 'quorum-of-witnesses', threshold: quorum, members }
  return writePolicy(quorum === 0 ? policy : { ...policy, groups: [group], quorum: group.name })
}

function policyOfKeys(keys: Trust['keys']): Policy {
  const verifiers = (kind: NoteKeyKind): readonly NoteVerifier[] =>
    keys
      .filter((key) => key.roles.includes(kind))
      .map((key) => noteVerifier(noteName(key.name), kind, createPublicKey(key.publicKey)))
  const witnesses = verifiers('witness').map((verifier) => ({ name: verifier.name, verifier }))
  return { logs: verifiers('log'), witnesses, groups: [], quorum: 'none' }
}

/** A key's name in notes, where neither spaces nor plus signs may stand (c2sp.org/signed-note). */
export function noteName(name: string): string {
  return name.replaceAll(/[\s+]+/gu, '-')
}
