import { readVerifierKey, writeVerifierKey } from './note.ts'
import type { Cosigned, NoteVerifier } from './note.ts'

/*
 * Whose checkpoints count (c2sp.org/tlog-policy): the logs, the witnesses, and how many witnesses must have cosigned.
 *
 *   log      <verifier key> [<address>]
 *   witness  <name> <verifier key> [<address>]
 *   group    <name> all|any|<k> <name>…
 *   quorum   <name>|none
 */

export interface Policy {
  readonly logs: readonly NoteVerifier[]
  readonly witnesses: readonly NamedWitness[]
  readonly groups: readonly Group[]
  /** A witness, a group, or `none`. */
  readonly quorum: string
}

export interface NamedWitness {
  readonly name: string
  readonly verifier: NoteVerifier
  readonly address?: string
}

export interface Group {
  readonly name: string
  /** How many of the members must have cosigned. */
  readonly threshold: number
  readonly members: readonly string[]
}

/** Whether these cosignatures, all of which hold, are enough. */
export function meetsQuorum(policy: Policy, cosigners: readonly Cosigned[]): boolean {
  return policy.quorum === 'none' || witnessed(policy, policy.quorum, cosigners)
}

function witnessed(policy: Policy, name: string, cosigners: readonly Cosigned[]): boolean {
  const group = policy.groups.find((one) => one.name === name)
  if (group !== undefined) {
    return group.threshold <= group.members.filter((member) => witnessed(policy, member, cosigners)).length
  }
  const witness = policy.witnesses.find((one) => one.name === name)
  return cosigners.some(({ verifier }) => verifier === witness?.verifier)
}

/**
 * The fewest witnesses that can meet the quorum; 0 where none is asked for. Nobody is a member of two groups, so the
 * least of each adds up.
 */
export function witnessesNeeded(policy: Policy): number {
  return policy.quorum === 'none' ? 0 : neededBy(policy, policy.quorum)
}

function neededBy(policy: Policy, name: string): number {
  const group = policy.groups.find((one) => one.name === name)
  if (group === undefined) return 1
  const least = group.members.map((member) => neededBy(policy, member)).sort((a, b) => a - b)
  return least.slice(0, group.threshold).reduce((sum, one) => sum + one, 0)
}

/** A policy as its file; `readPolicy` reads the same back. */
export function writePolicy({ logs, witnesses, groups, quorum }: Policy): string {
  const lines = [
    ...logs.map((log) => ['log', writeVerifierKey(log)]),
    ...witnesses.map(({ name, verifier, address }) => ['witness', name, writeVerifierKey(verifier), address ?? '']),
    ...groups.map(({ name, threshold, members }) => ['group', name, String(threshold), ...members]),
    ['quorum', quorum],
  ]
  return lines.map((words) => `${words.filter((word) => word !== '').join(' ')}\n`).join('')
}

/** Reads a policy file; a fault is named by its line, counted from 1. */
export function readPolicy(text: string): ReadPolicy {
  if (/[^\t\n\u0020-\u007e\u0080-\u{10ffff}]/u.test(text))
    return { kind: 'wrong', line: 0, because: 'a control character' }
  let draft: Draft = { logs: [], witnesses: [], groups: [], quorum: undefined }
  for (const [number, line] of text.split('\n').entries()) {
    const words = line.split(/[\t ]+/).filter((word) => word !== '')
    if (words.length === 0 || words[0]?.startsWith('#')) continue
    const next = readLine(draft, words)
    if (typeof next === 'string') return { kind: 'wrong', line: number + 1, because: next }
    draft = next
  }
  const { quorum, ...rest } = draft
  return quorum === undefined
    ? { kind: 'wrong', line: 0, because: 'no quorum line' }
    : { kind: 'policy', policy: { ...rest, quorum } }
}

export type ReadPolicy =
  | { readonly kind: 'policy'; readonly policy: Policy }
  | { readonly kind: 'wrong'; readonly line: number; readonly because: string }

type Draft = Omit<Policy, 'quorum'> & { readonly quorum: string | undefined }

function readLine(draft: Draft, [word, ...rest]: readonly string[]): Draft | string {
  switch (word) {
    case 'log':
      return readLog(draft, rest)
    case 'witness':
      return readWitness(draft, rest)
    case 'group':
      return readGroup(draft, rest)
    case 'quorum':
      return readQuorum(draft, rest)
    default:
      return `no such line: ${word}`
  }
}

function readLog(draft: Draft, [key, , ...more]: readonly string[]): Draft | string {
  const verifier = readVerifierKey(key ?? '')
  if (verifier?.kind !== 'log' || more.length > 0) return 'a log is: log <verifier key> [<address>]'
  if (draft.logs.some((one) => one.publicKey.equals(verifier.publicKey))) return 'this log key stands twice'
  return { ...draft, logs: [...draft.logs, verifier] }
}

function readWitness(draft: Draft, [name, key, address, ...more]: readonly string[]): Draft | string {
  const verifier = readVerifierKey(key ?? '')
  if (name === undefined || verifier?.kind !== 'witness' || more.length > 0) {
    return 'a witness is: witness <name> <verifier key> [<address>]'
  }
  if (isTaken(draft, name)) return `the name ${name} stands twice`
  if (draft.witnesses.some((one) => one.verifier.publicKey.equals(verifier.publicKey))) {
    return 'this witness key stands twice'
  }
  return {
    ...draft,
    witnesses: [...draft.witnesses, { name, verifier, ...(address === undefined ? {} : { address }) }],
  }
}

function readGroup(draft: Draft, [name, size, ...members]: readonly string[]): Draft | string {
  if (name === undefined || size === undefined || members.length === 0) {
    return 'a group is: group <name> all|any|<k> <name>…'
  }
  if (isTaken(draft, name)) return `the name ${name} stands twice`
  // A member in two groups would count twice towards the quorum (tlog-policy, "Defining a witness group").
  const used = draft.groups.flatMap((group) => group.members)
  const wrong = members.find(
    (member, i) => !isDefined(draft, member) || used.includes(member) || members.indexOf(member) !== i,
  )
  if (wrong !== undefined) return `${wrong} is not defined above, or is a member already`
  const threshold = size === 'any' ? 1 : size === 'all' ? members.length : Number(/^[1-9]\d{0,3}$/.exec(size)?.[0] ?? 0)
  if (threshold < 1 || members.length < threshold) return `${size} of ${members.length} members is no threshold`
  return { ...draft, groups: [...draft.groups, { name, threshold, members }] }
}

function readQuorum(draft: Draft, [name, ...more]: readonly string[]): Draft | string {
  if (name === undefined || more.length > 0) return 'a quorum is: quorum <name>|none'
  if (draft.quorum !== undefined) return 'there is a quorum already'
  if (name !== 'none' && !isDefined(draft, name)) return `${name} is not defined above`
  return { ...draft, quorum: name }
}

function isTaken(draft: Draft, name: string): boolean {
  return name === 'none' || isDefined(draft, name)
}

function isDefined({ witnesses, groups }: Draft, name: string): boolean {
  return [...witnesses, ...groups].some((one) => one.name === name)
}
