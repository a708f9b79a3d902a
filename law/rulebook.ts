import { addDays } from './calendar.ts'
import type { LegalDate } from './calendar.ts'
import { weight } from './rule.ts'
import type { Rule } from './rule.ts'

/** The rules of one stretch of days, those that prevail first. */
export interface Book {
  readonly from: LegalDate
  readonly rules: readonly Rule[]
  /** Those of them that may speak of a flow without an exemption that holds: most flows, and a replay asks millions. */
  readonly rulesOfOthers: readonly Rule[]
  /** Whether `rule` sets `other` aside where both speak. */
  readonly setsAside: (rule: Rule, other: Rule) => boolean
}

/**
 * Binds rules into one book for each stretch of days between two changes of the law, oldest first.
 *
 * Throws where the rules do not say which of two prevails: two rules in force on one day that order different paths,
 * with neither declared an exception to the other nor both declared never to meet. So a contradiction stops the
 * programme from loading; it never becomes a silent order.
 */
export function bind(rules: readonly Rule[]): readonly Book[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]))
  if (known.size < rules.length) throw new Error('Two rules have the same id')
  for (const rule of rules) {
    for (const other of [...directly(rule, rules), ...(rule.neverWith ?? [])]) {
      if (!known.has(other)) throw new Error(`Rule ${rule.id} names ${other}, which is no rule`)
    }
  }
  const prevails = closure(rules, known)
  const days = new Set(rules.flatMap(({ inForce: { from, to } }) => (to ? [from, addDays(to, 1)] : [from])))
  return [...days].sort().map((from) => {
    const inForce = rules.filter((rule) => rule.inForce.from <= from && (!rule.inForce.to || from <= rule.inForce.to))
    refuseConflicts(inForce, prevails, from)
    const sorted = ordered(inForce, prevails)
    return {
      from,
      rules: sorted,
      rulesOfOthers: sorted.filter(({ exemptedOnly }) => !exemptedOnly),
      setsAside: (rule, other) => setsAside(prevails, rule, other),
    }
  })
}

/** The book of a day. Throws RangeError for a day before the first. */
export function bookOf(books: readonly Book[], on: LegalDate): Book {
  for (let i = books.length - 1; 0 <= i; i--) {
    const book = books[i]
    if (book && book.from <= on) return book
  }
  throw new RangeError(`No rule was in force on ${on}`)
}

type Prevails = ReadonlyMap<string, ReadonlySet<string>>

function setsAside(prevails: Prevails, rule: Rule, other: Rule): boolean {
  return prevails.get(rule.id)?.has(other.id) ?? false
}

function closure(rules: readonly Rule[], known: ReadonlyMap<string, Rule>): Prevails {
  const below = new Map<string, ReadonlySet<string>>()
  const of = (rule: Rule, above: readonly string[]): ReadonlySet<string> => {
    if (above.includes(rule.id)) throw new Error(`Exceptions run in a circle: ${[...above, rule.id].join(' → ')}`)
    const done = below.get(rule.id)
    if (done) return done
    const all = new Set<string>()
    for (const id of directly(rule, rules)) {
      const other = known.get(id)
      if (!other) continue
      all.add(id)
      for (const further of of(other, [...above, rule.id])) all.add(further)
    }
    below.set(rule.id, all)
    return all
  }
  for (const rule of rules) of(rule, [])
  return below
}

function directly({ path, exceptionTo }: Rule, rules: readonly Rule[]): readonly string[] {
  if (exceptionTo !== 'every lighter path') return exceptionTo
  return rules
    .filter((other) => weight[other.path] < weight[path] && other.path !== 'not-an-export')
    .map(({ id }) => id)
}

function refuseConflicts(rules: readonly Rule[], prevails: Prevails, on: LegalDate): void {
  for (const [place, rule] of rules.entries()) {
    for (const other of rules.slice(place + 1)) {
      const settled =
        rule.path === other.path ||
        setsAside(prevails, rule, other) ||
        setsAside(prevails, other, rule) ||
        (rule.neverWith?.includes(other.id) ?? false) ||
        (other.neverWith?.includes(rule.id) ?? false)
      if (settled) continue
      throw new Error(
        `On ${on} the rules ${rule.id} (${rule.path}) and ${other.id} (${other.path}) may both speak and nothing says which prevails: declare one an exception to the other`,
      )
    }
  }
}

/** Each rule before those it sets aside. */
function ordered(rules: readonly Rule[], prevails: Prevails): readonly Rule[] {
  const sorted: Rule[] = []
  const left = new Set(rules)
  while (left.size > 0) {
    const next = [...left].find((rule) => [...left].every((other) => !setsAside(prevails, other, rule)))
    if (!next) throw new Error('Exceptions run in a circle')
    sorted.push(next)
    left.delete(next)
  }
  return sorted
}
