import {
  actorOf,
  actorWords,
  clocksOf,
  commandWords,
  decisionWords,
  eventOf,
  eventWords,
  next,
  stateOfClock,
  statusWords,
} from '@tongguan/casework'
import type { Actor, Case, CaseEvent, Clock as Period, Command } from '@tongguan/casework'
import { addDays, cite, dayOf, deadline, deadlineWords, documentKindWords } from '@tongguan/law'
import type { Decision, DocumentKind, LegalDate } from '@tongguan/law'
import type { Viewer } from './accounts.ts'
import { completenessOf } from './case-completeness.ts'
import { commandPaths } from './contract/cases.ts'
import type { CaseClock, CaseDocument, CasePage, CaseSummary, NextStep, TimelineEvent } from './contract/client.ts'
import { clockWords } from './installation.ts'
import type { Clock } from './installation.ts'
import { holds, relationOf } from './rights.ts'

/** What a page about cases is made for: who asks, on which day, in which kind of installation. */
export interface Reading {
  readonly viewer: Viewer
  readonly clock: Clock
  readonly simulated: boolean
}

/** What belongs to a case beside its events. */
export interface Attached {
  readonly documents: readonly {
    readonly seq: number
    readonly n: number
    readonly kind: string
    readonly file_name: string
    readonly media_type: string
    readonly sha256: string
  }[]
  readonly hasEvidence: boolean
  readonly draft: Draft | null
}

/** A result drafted for the case as it stands now. */
export interface Draft {
  readonly id: string
  readonly draftedBy: Actor
  readonly day: LegalDate
  readonly decision: Decision
}

/** Everything the case page shows. Pure: the same case, reader and day give the same page. */
export function casePage(current: Case, attached: Attached, reading: Reading): CasePage {
  const { viewer, clock } = reading
  const on = clock.on()
  const { draft } = attached
  return {
    ...header(current, reading),
    path: current.declaration.path,
    declaration: current.declaration,
    timeline: current.events.map((event, index) => timelineEvent(event, index + 1)),
    clocks: clocksOf(current).map((period) => caseClock(period, on)),
    documents: documentsOf(current, attached),
    completeness: completenessOf(current),
    hasEvidence: attached.hasEvidence,
    next: nextSteps(current, viewer, on),
    draft:
      draft === null || viewer.organisation.kind !== 'national'
        ? null
        : {
            id: draft.id,
            draftedBy: actor(draft.draftedBy),
            day: draft.day,
            mayIssue: draft.draftedBy.id !== viewer.id,
            decision: draft.decision,
          },
    mayDraft: mayBeDecided(current) && may(current, viewer, 'draftResult'),
    clock: clockOf(clock),
  }
}

export function caseSummary(current: Case, reading: Reading): CaseSummary {
  const on = reading.clock.on()
  const running = clocksOf(current)
    .map((period) => caseClock(period, on))
    .filter(({ ended, state }) => ended === null && state !== 'lapsed')
    .sort((a, b) => (limitOf(a) < limitOf(b) ? -1 : 1))
  const [first] = running
  return {
    ...header(current, reading),
    due: first === undefined ? null : withoutWorking(first),
    mine: nextSteps(current, reading.viewer, on).some(({ mine, command }) => mine && command !== 'withdraw'),
  }
}

export function clockOf(clock: Clock) {
  return { on: clock.on(), stated: clock.stated, words: clockWords(clock) }
}

/** What may follow, the reader's own steps first; a step that is not theirs says whose it is. */
export function nextSteps(current: Case, viewer: Viewer, on: LegalDate): readonly NextStep[] {
  const steps = commandKinds.flatMap((command) => {
    const leadsTo = next(current.status, eventOf[command])
    if (leadsTo === undefined || command === 'declare' || hasLapsed(current, command, on)) return []
    const actor = actorOf[eventOf[command]]
    const mine = may(current, viewer, command)
    return {
      command,
      words: commandWords[command],
      leadsTo,
      leadsToWords: statusWords[leadsTo],
      actor,
      actorWords: actorWords[actor],
      mine,
      href: mine ? `/v1/cases/${current.no}/${commandPaths[command]}` : null,
    }
  })
  return [...steps.filter(({ mine }) => mine), ...steps.filter(({ mine }) => !mine)]
}

/** Stands a result to be decided in this status: the first, or after a re-assessment was asked for. */
export function mayBeDecided({ status }: Case): boolean {
  return next(status, 'resultIssued') !== undefined || next(status, 'reassessmentConcluded') !== undefined
}

export function timelineEvent(event: CaseEvent, sequence: number): TimelineEvent {
  return {
    sequence,
    kind: event.kind,
    words: eventWords[event.kind],
    day: event.day,
    actor: actor(event.actor),
    ...('received' in event ? { received: event.received } : {}),
    ...('delivered' in event ? { delivered: event.delivered } : {}),
    ...('acceptanceNo' in event ? { acceptanceNo: event.acceptanceNo } : {}),
    ...('bodies' in event ? { bodies: event.bodies } : {}),
    ...('missing' in event ? { missing: event.missing.map((kind) => ({ kind, words: documentKindWords[kind] })) } : {}),
    ...('reasons' in event ? { reasons: event.reasons } : {}),
    ...('reason' in event ? { reason: event.reason } : {}),
    ...('grounds' in event ? { grounds: event.grounds } : {}),
    ...('requested' in event ? { requested: event.requested } : {}),
    ...('documents' in event ? { documents: event.documents } : {}),
    ...('expected' in event ? { expected: event.expected } : {}),
    ...('draftedBy' in event ? { draftedBy: actor(event.draftedBy) } : {}),
    ...('decision' in event ? { decision: decisionOf(event.decision) } : {}),
  }
}

/** Whether the period in which the handler may ask for a re-assessment has passed. */
function hasLapsed(current: Case, command: Command['kind'], on: LegalDate): boolean {
  if (command !== 'requestReassessment') return false
  return clocksOf(current).some((period) => stateOfClock(period, on) === 'lapsed')
}

const commandKinds = Object.keys(eventOf) as readonly Command['kind'][]

function may(current: Case, viewer: Viewer, operation: Command['kind'] | 'draftResult'): boolean {
  const relation = relationOf(operation, viewer.role)
  return relation !== undefined && holds(relation, current, viewer.organisation)
}

function header(current: Case, { simulated, clock }: Reading) {
  const { declaration, events } = current
  const persons = (kind: 'general' | 'sensitive') =>
    declaration.scenarios.reduce((sum, scenario) => sum + scenario.persons[kind], 0)
  return {
    caseNo: current.no,
    reference: declaration.reference,
    handler: {
      name: declaration.handler.name,
      creditCode: declaration.handler.creditCode,
      province: declaration.handler.province,
    },
    status: current.status,
    statusWords: statusWords[current.status],
    sequence: current.sequence,
    declaredOn: events[0]?.day ?? current.lastDay,
    lastDay: current.lastDay,
    scenarios: declaration.scenarios.map(({ id, name }) => ({ id, name })),
    persons: { general: persons('general'), sensitive: persons('sensitive') },
    simulated,
    waitsFor: waitsFor(current, clock.on()),
  }
}

/** Whose move it is. That the handler may withdraw at any time is no move the case waits for. */
function waitsFor(current: Case, on: LegalDate): CaseSummary['waitsFor'] {
  const command = commandKinds.find(
    (kind) => kind !== 'withdraw' && next(current.status, eventOf[kind]) !== undefined && !hasLapsed(current, kind, on),
  )
  if (command === undefined) return null
  const actor = actorOf[eventOf[command]]
  return { actor, words: actorWords[actor] }
}

function actor(who: Actor) {
  return { kind: who.kind, name: who.name, office: 'office' in who ? who.office : null }
}

function decisionOf(decision: Decision) {
  return {
    kind: decision.kind,
    words: decisionWords[decision.kind],
    resultNo: decision.resultNo,
    issued: decision.issued,
    lastDay: decision.kind === 'passed' ? decision.lastDay : null,
  }
}

function caseClock(period: Period, on: LegalDate): CaseClock {
  const { kind, started, due, announced, ended, provisional, citation } = period
  const { length, working } = deadline(kind, started)
  const state = stateOfClock(period, on)
  return {
    kind,
    words: deadlineWords[kind],
    started,
    workingDays: length,
    due,
    announced,
    ended,
    state,
    workingDaysLeft: ended === null && state !== 'lapsed' ? workingDaysFrom(on, limitOf(period)) : null,
    provisional,
    citation: { instrument: citation.instrument, article: citation.article, words: cite(citation) },
    working,
  }
}

function limitOf({ due, announced }: { readonly due: string; readonly announced: string | null }): LegalDate {
  return (announced !== null && announced > due ? announced : due) as LegalDate
}

function withoutWorking({ working: _working, citation: _citation, ...clock }: CaseClock) {
  return clock
}

/** Working days after `from` up to and with `to`; negative when `to` lies before. */
function workingDaysFrom(from: LegalDate, to: LegalDate): number {
  if (to < from) return 0 - workingDaysFrom(to, from)
  let count = 0
  for (let day = from; day < to;) {
    day = addDays(day, 1)
    if (dayOf(day).works) count += 1
  }
  return count
}

/** Every document of every declaration filed, with a way to its bytes where they are held. */
function documentsOf(current: Case, attached: Attached): readonly CaseDocument[] {
  return current.events.flatMap((event, index) => {
    if (event.kind !== 'declared' && event.kind !== 'redeclared') return []
    const filedWith = index + 1
    return event.declaration.documents.map(({ kind, file, sha256, bytes }, at): CaseDocument => {
      const id = `${filedWith}-${at + 1}`
      const held = attached.documents.find((one) => one.seq === filedWith && one.n === at + 1)
      return {
        id,
        kind,
        kindWords: documentKindWords[kind satisfies DocumentKind],
        fileName: file,
        mediaType: held?.media_type ?? 'application/octet-stream',
        bytes,
        sha256,
        filedWith,
        href: held === undefined ? null : `/v1/cases/${current.no}/documents/${id}`,
      }
    })
  })
}
