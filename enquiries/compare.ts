import type { ExportFacts, Path } from '@tongguan/law'
import { createHash } from 'node:crypto'
import type { Enquiry, Position } from './enquiry.ts'

/** What two answers are held against each other by. */
export interface Told {
  /** The same for the same topic and facts; where no facts were told, for the same topic and wording. */
  readonly signature: string
  /** What the law of the answer's day made of the facts; null where none were told. */
  readonly path: Path | null
  readonly position: Position
  /** Who answered. */
  readonly officerId: string
}

/** The answer of an enquiry as it is compared, or null where there is nothing to compare. */
export function toldIn(enquiry: Enquiry): Told | null {
  const { answer } = enquiry
  if (answer === null || answer.position === null || enquiry.topic === null) return null
  const { position, path, officer } = answer
  return { signature: signatureOf(enquiry), path, position, officerId: officer.id }
}

/**
 * Whether two officers told callers of the same facts different things. Where the law of the two days differs about the
 * facts, it is the law that changed, not the officers who disagree; one officer's later answer corrects the earlier.
 */
export function contradicts(one: Told, other: Told): boolean {
  return (
    one.signature === other.signature &&
    one.path === other.path &&
    one.position !== other.position &&
    one.officerId !== other.officerId
  )
}

/** What makes two enquiries the same question. 32 hexadecimal digits. */
export function signatureOf({ topic, told, question }: Pick<Enquiry, 'topic' | 'told' | 'question'>): string {
  const about = told === null ? `words:${wordsOnly(question)}` : `facts:${factsSignature(told.facts)}`
  return hash(`${topic ?? ''}\n${about}`)
}

/** The same for facts the law cannot tell apart by name: names of handler, recipients and flows do not count. */
export function factsSignature(facts: ExportFacts): string {
  return hash(JSON.stringify(sorted(unnamed(facts))))
}

/** The facts without the names in them; what is kept to be judged again when the law changes. */
export function unnamed(facts: ExportFacts): ExportFacts {
  const { handler, flows, ...rest } = facts
  return {
    ...rest,
    ...(handler === undefined ? {} : { handler: without(handler, 'name') }),
    flows: flows.map(({ recipients, ...flow }, index) => ({
      ...flow,
      id: String(index + 1),
      ...(recipients === undefined ? {} : { recipients: recipients.map((one) => without(one, 'name')) }),
    })),
  }
}

function without<T extends object, Key extends keyof T>(value: T, key: Key): Omit<T, Key> {
  const { [key]: _left, ...rest } = value
  return rest
}

/** Keys in one order, so that the order in which a form or a file names them does not matter. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

function wordsOnly(question: string): string {
  return question
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
