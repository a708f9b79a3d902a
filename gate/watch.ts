import { addDays, compareScopes, daysBetween, extensionWindowBefore } from '@tongguan/law'
import type { Citation, LegalDate, Permit, PermittedScenario, ScopeScenario, Words } from '@tongguan/law'
import { beyondWhatPassed } from './hold-reason.ts'
import type { RevocationsAtHand } from './permit.ts'
import { whyNotHolding } from './release.ts'
import type { Persons } from './release.ts'
import { watchWords } from './watch-words.ts'
import type { WatchCode } from './watch-words.ts'
import type { Facts } from './words.ts'

/** Something a person of the handler must see to. Its code, permit, scenario and `of` say which; asked again it is the same. */
export interface WatchTask {
  readonly code: WatchCode
  readonly permit: string
  readonly scenario: string
  /** What it is of, where a permit has several: a part of the ceiling, a trigger of the law, a batch. */
  readonly of: string
  readonly words: Words
  readonly facts: Facts
  readonly citation: Citation
  /** The day it falls due; null where it is due now. */
  readonly due: LegalDate | null
}

/** One scenario of one permit, and what went and was tried under it. */
export interface Watched {
  readonly permit: Permit
  readonly scenario: PermittedScenario
  /** In the order of their decisions. */
  readonly released: readonly WatchedRelease[]
  readonly held: readonly WatchedAttempt[]
}

export interface WatchedAttempt {
  readonly batch: string
  readonly decidedOn: LegalDate
  readonly recipient: { readonly name: string; readonly country: string }
  /** Columns of its files, each once. */
  readonly items: readonly string[]
  /** Distinct persons of the permit's set after the batch; of a held one, as they would have been, where that was the reason. */
  readonly after: Partial<Persons>
}

export interface WatchedRelease extends WatchedAttempt {
  readonly after: Persons
}

export interface WatchedState {
  readonly scenarios: readonly Watched[]
  /** The authority's list, its signature verified; null where there is none. */
  readonly revocations: RevocationsAtHand | null
}

/** The day in China, and the instant (RFC 3339 in UTC), which decides how fresh the list is. */
interface Now {
  readonly on: LegalDate
  readonly at: string
}

/** Percent of a ceiling at which somebody is told; ours and not the law's. */
const tellAt = [100, 95, 80] as const
/** Days before the last day of a basis from which its end is a task; ours. */
const basisDaysBefore = 30

/**
 * What is to be seen to, on a day. Pure; the gate goes on holding by itself what it must hold, so that nothing depends on
 * anybody reading this.
 */
export function watch({ scenarios, revocations }: WatchedState, now: Now): readonly WatchTask[] {
  return scenarios.flatMap((one): readonly WatchTask[] => [
    ...stopOrders(one, revocations, now),
    ...ceilings(one, now.on),
    ...validity(one, now.on),
    ...drift(one),
    ...triggers(one, now.on),
  ])
}

function task(
  { permit, scenario }: Watched,
  code: WatchCode,
  about: {
    readonly of?: string
    readonly facts: Facts
    readonly citation?: Citation
    readonly due?: LegalDate | null
  },
): WatchTask {
  const { of = '', facts, citation = beyondWhatPassed, due = null } = about
  return { code, permit: permit.id, scenario: scenario.id, of, words: watchWords[code](facts), facts, citation, due }
}

/** The authority's written notice that an export ends (Measures, art. 17), and a list too old to say that there is none. */
function stopOrders(one: Watched, revocations: RevocationsAtHand | null, now: Now): readonly WatchTask[] {
  return whyNotHolding(one.permit, revocations, now).map(({ code, facts }) =>
    code === 'gate.permit-revoked'
      ? task(one, 'watch.stop-ordered', { facts, citation: { instrument: 'measures-2022', article: 17 } })
      : task(one, 'watch.stop-unknown', { of: code, facts }),
  )
}

function ceilings(one: Watched, on: LegalDate): readonly WatchTask[] {
  const last = one.released.at(-1)
  if (last === undefined) return []
  return (['general', 'sensitive'] as const).flatMap((part) => {
    const ceiling = one.scenario.ceiling[part]
    const persons = last.after[part]
    if (ceiling === 0) return []
    const percent = tellAt.find((line) => persons * 100 >= ceiling * line)
    if (percent !== undefined) {
      return [task(one, 'watch.ceiling-near', { of: `${part}-${percent}`, facts: { part, persons, ceiling, percent } })]
    }
    const day = reachedOn(one, part, on)
    // An expected day is of use only where the permit still holds then.
    if (day === null || one.permit.lastDay < day) return []
    return [task(one, 'watch.ceiling-expected', { of: part, facts: { part, persons, ceiling, day }, due: day })]
  })
}

/** The day a ceiling is reached at the pace since the first release; null where there is no pace to go by. */
function reachedOn({ released, scenario }: Watched, part: keyof Persons, on: LegalDate): LegalDate | null {
  const [first] = released
  const last = released.at(-1)
  if (first === undefined || last === undefined) return null
  const days = daysBetween(first.decidedOn, on)
  const grown = last.after[part] - first.after[part]
  if (days < 1 || grown < 1) return null
  const left = scenario.ceiling[part] - last.after[part]
  return addDays(on, Math.max(1, Math.ceil((left * days) / grown)))
}

function validity(one: Watched, on: LegalDate): readonly WatchTask[] {
  const { lastDay, kind } = one.permit
  const citation: Citation = { instrument: 'provisions-2024', article: 9 }
  if (lastDay < on) return [task(one, 'watch.permit-ended', { facts: { lastDay }, citation })]
  // What rests on a contract, a certificate or an exemption is not extended: persons are counted from each 1 January (art. 8).
  if (kind === 'basis') {
    const about = { facts: { lastDay }, citation: { ...citation, article: 8 }, due: lastDay }
    return addDays(on, basisDaysBefore) >= lastDay ? [task(one, 'watch.permit-ending', about)] : []
  }
  const window = extensionWindowBefore(lastDay)
  if (on < window.opens) return []
  const due = window.reminders.find((day) => on <= day) ?? lastDay
  const facts = { opens: window.opens, lastDay }
  const open = task(one, 'watch.extension-open', { facts, citation: window.citation, due })
  const ends = window.reminders.at(-1)
  const isEnding = ends !== undefined && ends <= on
  return isEnding ? [open, task(one, 'watch.permit-ending', { facts: { lastDay }, citation, due: lastDay })] : [open]
}

/** What the newest release carried that no other did, and what every other did and it did not. */
function drift(one: Watched): readonly WatchTask[] {
  const before = one.released.slice(0, -1)
  const last = one.released.at(-1)
  if (last === undefined || before.length === 0) return []
  const { batch } = last
  const known = new Set(before.flatMap(({ items }) => items))
  const added = last.items.filter((item) => !known.has(item))
  const gone = [...known].filter(
    (item) => !last.items.includes(item) && before.every(({ items }) => items.includes(item)),
  )
  const kindsOf = (items: readonly string[]) =>
    new Set(one.scenario.items.flatMap(({ name, kind }) => (items.includes(name) && kind !== 'none' ? [kind] : [])))
  const kinds = [...kindsOf(added)].filter((kind) => !kindsOf([...known]).has(kind))
  const isNewTo = before.every(({ recipient }) => recipient.name !== last.recipient.name)
  const items = (code: WatchCode, names: readonly string[]) =>
    names.length === 0 ? [] : [task(one, code, { of: batch, facts: { batch, items: names.toSorted().join(', ') } })]
  return [
    ...items('watch.items-new', added),
    ...items('watch.items-gone', gone),
    ...items('watch.kinds-new', kinds),
    ...(isNewTo
      ? [task(one, 'watch.recipient-new', { of: batch, facts: { batch, recipient: last.recipient.name } })]
      : []),
  ]
}

/**
 * What was tried and held, compared with what passed as article 14 compares: whoever goes on wanting it declares again.
 * Whether a change affects the security of the data is a person's to say, and unknown is not no.
 */
function triggers(one: Watched, on: LegalDate): readonly WatchTask[] {
  const { scenario, permit } = one
  if (one.held.length === 0) return []
  const approved: ScopeScenario = {
    id: scenario.id,
    purpose: scenario.purpose,
    manner: scenario.manner,
    items: scenario.items.map(({ name }) => name),
    recipients: scenario.recipients,
    retention: scenario.retention,
    persons: scenario.ceiling,
  }
  const recipients = [...scenario.recipients, ...one.held.map(({ recipient }) => recipient)]
  const tried: ScopeScenario = {
    ...approved,
    items: [...new Set([...(approved.items ?? []), ...one.held.flatMap(({ items }) => items)])],
    recipients: [...new Map(recipients.map((recipient) => [JSON.stringify(recipient), recipient])).values()],
    persons: {
      general: Math.max(scenario.ceiling.general, ...one.held.map(({ after }) => after.general ?? 0)),
      sensitive: Math.max(scenario.ceiling.sensitive, ...one.held.map(({ after }) => after.sensitive ?? 0)),
    },
  }
  const route = permit.kind === 'basis' ? 'standard-contract' : 'assessment'
  const compared = compareScopes({ scenarios: [approved] }, { scenarios: [tried] }, {}, on, route)
  return compared.triggers
    .filter(({ changed, fires, differences }) => changed === 'yes' && fires !== 'no' && differences.length > 0)
    .map(({ code, citation, zh, en, differences, fires }) =>
      task(one, fires === 'yes' ? 'watch.declare-again' : 'watch.assess-change', {
        of: code,
        facts: { trigger: code, zh, en, differs: differences.map(({ field }) => field).join(', ') },
        citation,
      }),
    )
}
