import { lastDayOfValidity } from '@tongguan/law'
import type { Decision, DecidedScenario, Declaration, DeclaredScenario, LegalDate, Words } from '@tongguan/law'
import { actorOf, daysOf, next, transitions } from './case.ts'
import type { Actor, Case, CaseEvent, EventKind } from './case.ts'
import { clocksOf } from './clocks.ts'
import { unreachable } from './unreachable.ts'
import { actorWords, ceilingWords, eventWords, fill, refusalWords, statusWords } from './words.ts'
import type { RefusalCode } from './words.ts'

export type Decided = { readonly kind: 'decided'; readonly events: readonly [CaseEvent] } | Refusal

/** Normal work, not an error: the case stays as it is, and the words say what to do. */
export interface Refusal {
  readonly kind: 'refused'
  readonly code: RefusalCode
  readonly words: Words
}

/**
 * What somebody wants done. It carries what its event will carry: `{ kind: 'accept', day, actor, acceptanceNo }` becomes
 * `{ kind: 'accepted', day, actor, acceptanceNo }`.
 */
export type Command = {
  [Kind in keyof typeof eventOf]: { readonly kind: Kind } & Omit<
    Extract<CaseEvent, { readonly kind: (typeof eventOf)[Kind] }>,
    'kind'
  >
}[keyof typeof eventOf]

/** The event a command leads to when nothing stands against it. */
export const eventOf = {
  declare: 'declared',
  redeclare: 'redeclared',
  confirmCompleteness: 'completenessConfirmed',
  returnForCompletion: 'returnedForCompletion',
  receiveAtNational: 'receivedByNational',
  accept: 'accepted',
  declineAcceptance: 'notAccepted',
  startAssessment: 'assessmentStarted',
  requestSupplement: 'supplementRequested',
  receiveSupplement: 'supplementReceived',
  extendPeriod: 'periodExtended',
  issueResult: 'resultIssued',
  terminate: 'terminated',
  withdraw: 'withdrawn',
  requestReassessment: 'reassessmentRequested',
  concludeReassessment: 'reassessmentConcluded',
} as const satisfies Record<string, EventKind>

/** The command's event, or why it is refused. Pure: the case is as folded, null where there is none yet. */
export function decide(current: Case | null, command: Command): Decided {
  // A command is its event under the imperative name; the type of Command is made from the events' own.
  const event = { ...command, kind: eventOf[command.kind] } as CaseEvent
  return (
    refusedByTable(current, event.kind) ??
    refusedByActor(event) ??
    refusedByDay(current, event) ??
    refusedByContent(current, event) ?? { kind: 'decided', events: [event] }
  )
}

function refusedByTable(current: Case | null, kind: EventKind): Refusal | undefined {
  if (next(current?.status ?? 'new', kind) !== undefined) return undefined
  const event = eventWords[kind]
  if (current === null) return refuse('case.no-case', { event })
  const uncheckedYet = current.status === 'withProvince' || current.status === 'returned'
  if (kind === 'accepted' && uncheckedYet) return refuse('acceptance.completeness-missing', { case: current.no })
  const possible = (Object.keys(transitions[current.status]) as EventKind[]).map((next) => eventWords[next])
  return refuse('case.not-now', {
    case: current.no,
    event,
    status: statusWords[current.status],
    possible: {
      zh: possible.map(({ zh }) => zh).join('、') || '无',
      en: possible.map(({ en }) => en).join('; ') || 'nothing',
    },
  })
}

function refusedByActor({ kind, actor }: CaseEvent): Refusal | undefined {
  if (actor.kind === actorOf[kind]) return undefined
  return refuse('case.not-yours', { event: eventWords[kind], actor: actorWords[actorOf[kind]] })
}

function refusedByDay(current: Case | null, event: CaseEvent): Refusal | undefined {
  const { day } = event
  if (current !== null && day < current.lastDay) {
    return refuse('case.day-before-last', { day, case: current.no, last: current.lastDay })
  }
  const received = daysOf(event).find((other) => other < day)
  return received === undefined ? undefined : refuse('case.received-before-sent', { received, day })
}

function refusedByContent(current: Case | null, event: CaseEvent): Refusal | undefined {
  switch (event.kind) {
    case 'declared':
      return mustSay(event, 'scenarios', event.declaration.scenarios)
    case 'redeclared':
      return mustSay(event, 'scenarios', event.declaration.scenarios) ?? refusedByHandler(current, event.declaration)
    case 'returnedForCompletion':
      return mustSay(event, 'reasons', [...event.missing, ...event.reasons])
    case 'accepted':
      return mustSay(event, 'acceptanceNo', event.acceptanceNo.trim())
    case 'notAccepted':
      return mustSay(event, 'reasons', event.reasons)
    case 'supplementRequested':
      return mustSay(event, 'requested', event.requested)
    case 'supplementReceived':
      return mustSay(event, 'documents', event.documents)
    case 'periodExtended':
      return refusedByExpected(current, event.expected)
    case 'resultIssued':
    case 'reassessmentConcluded':
      return refusedByDrafter(event) ?? refusedByDecision(current, event.decision, event.day)
    case 'reassessmentRequested':
      return refusedByReassessmentPeriod(current, event.day)
    case 'completenessConfirmed':
    case 'receivedByNational':
    case 'assessmentStarted':
    case 'terminated':
    case 'withdrawn':
      return undefined
    default:
      return unreachable(event)
  }
}

function mustSay({ kind }: CaseEvent, field: string, said: { readonly length: number }): Refusal | undefined {
  return said.length > 0 ? undefined : refuse('case.nothing-said', { event: eventWords[kind], field })
}

function refusedByHandler(current: Case | null, { handler }: Declaration): Refusal | undefined {
  const before = current?.declaration.handler.creditCode ?? handler.creditCode
  if (before === handler.creditCode) return undefined
  return refuse('redeclaration.other-handler', { now: handler.creditCode, before })
}

function refusedByExpected(current: Case | null, expected: LegalDate): Refusal | undefined {
  const clock = current === null ? undefined : clocksOf(current).find(({ kind }) => kind === 'assessment')
  if (clock === undefined) return undefined
  const due = clock.announced ?? clock.due
  return expected > due ? undefined : refuse('extension.not-later', { expected, due })
}

function refusedByReassessmentPeriod(current: Case | null, day: LegalDate): Refusal | undefined {
  const clock = current === null ? undefined : clocksOf(current).find(({ kind }) => kind === 're-assessment')
  if (clock === undefined || day <= clock.due) return undefined
  return refuse('reassessment.too-late', { due: clock.due, day })
}

function refusedByDrafter({
  actor,
  draftedBy,
}: {
  readonly actor: Actor
  readonly draftedBy: Actor
}): Refusal | undefined {
  return actor.id === draftedBy.id ? refuse('result.drafter-approves', {}) : undefined
}

/** A result is decided for each declared scenario and item, and never beyond what was declared. */
function refusedByDecision(current: Case | null, decision: Decision, day: LegalDate): Refusal | undefined {
  if (current === null) return undefined
  const { issued } = decision
  if (issued !== day) return refuse('result.other-day', { issued, day })
  if (decision.kind === 'notPassed') {
    return decision.reasons.length > 0
      ? undefined
      : refuse('case.nothing-said', { event: eventWords.resultIssued, field: 'reasons' })
  }
  const { lastDay } = lastDayOfValidity(issued)
  if (decision.lastDay <= issued || decision.lastDay > lastDay) {
    return refuse('result.last-day', { last: decision.lastDay, issued, lawful: lastDay })
  }
  return refusedByScenarios(current.declaration.scenarios, decision.scenarios)
}

function refusedByScenarios(
  declared: readonly DeclaredScenario[],
  decided: readonly DecidedScenario[],
): Refusal | undefined {
  const ids = declared.map(({ id }) => id)
  const stranger = decided.find(({ id }) => !ids.includes(id))
  if (stranger !== undefined) {
    return refuse('result.scenario-not-declared', { scenario: stranger.id, declared: ids.join(', ') })
  }
  for (const scenario of declared) {
    const [decision, ...more] = decided.filter(({ id }) => id === scenario.id)
    if (decision === undefined || more.length > 0) return refuse('result.scenario-undecided', { scenario: scenario.id })
    const refused = refusedByItems(scenario, decision) ?? refusedByCeiling(scenario, decision)
    if (refused !== undefined) return refused
  }
  return decided.some(({ passedItems }) => passedItems.length > 0) ? undefined : refuse('result.nothing-passed', {})
}

function refusedByItems(declared: DeclaredScenario, decided: DecidedScenario): Refusal | undefined {
  const scenario = declared.id
  const names = [...decided.passedItems, ...decided.refusedItems.map(({ name }) => name)]
  const stranger = names.find((name) => !declared.items.some((item) => item.name === name))
  if (stranger !== undefined) return refuse('result.item-not-declared', { scenario, item: stranger })
  const undecided = declared.items.find(({ name }) => names.filter((other) => other === name).length !== 1)
  return undecided === undefined ? undefined : refuse('result.item-undecided', { scenario, item: undecided.name })
}

function refusedByCeiling(declared: DeclaredScenario, { ceiling }: DecidedScenario): Refusal | undefined {
  for (const kind of ['general', 'sensitive'] as const) {
    if (Number.isSafeInteger(ceiling[kind]) && 0 <= ceiling[kind] && ceiling[kind] <= declared.persons[kind]) continue
    return refuse('result.ceiling-above-declared', {
      scenario: declared.id,
      ceiling: ceiling[kind],
      declared: declared.persons[kind],
      kind: ceilingWords[kind],
    })
  }
  return undefined
}

function refuse(code: RefusalCode, facts: Parameters<typeof fill>[1]): Refusal {
  return { kind: 'refused', code, words: fill(refusalWords[code], facts) }
}
