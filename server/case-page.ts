import {
  actorOf,
  actorWords,
  caseKindWords,
  clocksOf,
  custodyOf,
  commandWords,
  decisionWords,
  eventOf,
  eventWords,
  next,
  noticesSent,
  outcomeOf,
  outcomeWords,
  pendingDefects,
  stateOfClock,
  statusWords,
  validityOf,
} from '@tongguan/casework'
import type { Actor, Case, CaseEvent, Clock as Period, Command } from '@tongguan/casework'
import { addDays, cite, dayOf, deadline, deadlineWords, documentKindWords, missedOfficialDate } from '@tongguan/law'
import type { Decision, DocumentKind, LegalDate, Words } from '@tongguan/law'
import type { Viewer } from './accounts.ts'
import { completenessOf } from './case-completeness.ts'
import { commandPaths } from './contract/cases.ts'
import type { GivenByHand } from './contract/cases.ts'
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
  readonly decision: Decision | ExtensionDecision
  readonly signatures: readonly { readonly name: string; readonly day: LegalDate; readonly void: boolean }[]
}

/** What is drafted of an extension, beside a `Decision`. */
export type ExtensionDecision =
  | { readonly kind: 'extended'; readonly noticeNo: string; readonly lastDay: LegalDate }
  | { readonly kind: 'notExtended'; readonly noticeNo: string; readonly reasons: readonly Words[] }

/** Everything the case page shows. Pure: the same case, reader and day give the same page. */
export function casePage(current: Case, attached: Attached, reading: Reading): CasePage {
  const { viewer, clock } = reading
  const on = clock.on()
  const { draft } = attached
  return {
    ...header(current, reading),
    path: current.declaration?.path ?? null,
    declaration: current.declaration,
    filing: current.declaration === null ? current.filing : null,
    validity: validityOf(current, on),
    permission: permissionOf(current, on),
    ...deskOf(current, viewer),
    timeline: current.events.map((event, index) => timelineEvent(event, index + 1)),
    clocks: clocksOf(current).map((period) => caseClock(period, on)),
    documents: documentsOf(current, attached),
    completeness: completenessOf(current),
    hasEvidence: attached.hasEvidence,
    next: nextSteps(current, viewer, on),
    mine: isMine(current, viewer, on),
    draft:
      draft === null || viewer.organisation.kind !== 'national'
        ? null
        : {
            id: draft.id,
            draftedBy: actor(draft.draftedBy),
            day: draft.day,
            mayIssue: draft.draftedBy.id !== viewer.id,
            decision: draft.decision,
            signatures: draft.signatures,
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
    mine: isMine(current, reading.viewer, on),
  }
}

export function clockOf(clock: Clock) {
  return { on: clock.on(), stated: clock.stated, words: clockWords(clock) }
}

/** What may follow, the reader's own steps first; a step that is not theirs says whose it is. */
export function nextSteps(current: Case, viewer: Viewer, on: LegalDate): readonly NextStep[] {
  const steps = commandKinds.flatMap((command) => {
    const leadsTo = next(current.kind, current.status, eventOf[command])
    if (leadsTo === undefined || !isStep(command) || isWithoutObject(current, command, on)) return []
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
export function mayBeDecided({ kind, status }: Case): boolean {
  return (['resultIssued', 'reassessmentConcluded', 'extensionGranted'] as const).some(
    (event) => next(kind, status, event) !== undefined,
  )
}

/** A command somebody gives by hand; the others open a case or follow from another one's result. */
function isStep(command: Command['kind']): command is keyof typeof commandPaths {
  return Object.hasOwn(commandPaths, command)
}

/**
 * May anything leave under this case today, in words for whoever waits: a date missed by an office gives nobody
 * permission (Order 11 knows no deemed acceptance).
 */
function permissionOf(current: Case, on: LegalDate): CasePage['permission'] {
  const validity = validityOf(current, on)
  if (validity.kind === 'in-force') {
    const { lastDay } = validity
    return {
      mayExport: true,
      words: {
        zh: `评估结果有效期至 ${lastDay}，仅限结果通知书载明的范围。`,
        en: `In force until ${lastDay}, within the scope of the notice only.`,
      },
    }
  }
  const late = clocksOf(current).find(
    (period) => period.ended === null && period.kind !== 're-assessment' && stateOfClock(period, on) === 'late',
  )
  return { mayExport: false, words: late === undefined ? mayNotExport : lateWords(late) }
}

const mayNotExport = { zh: '目前不得出境。', en: 'Nothing may leave now.' }

function lateWords({ due, kind }: Period) {
  return {
    zh: `主管机关已逾期（${deadlineWords[kind].zh}，${due}）。${missedOfficialDate.zh}。`,
    en: `The office is late (${deadlineWords[kind].en}, ${due}). ${missedOfficialDate.en}: you may not export.`,
  }
}

/** What only the offices see. */
function deskOf(current: Case, viewer: Viewer): Pick<CasePage, 'defects' | 'custody'> {
  if (viewer.organisation.kind === 'handler') return { defects: [], custody: null }
  return { defects: pendingDefects(current), custody: custodyOf(current) }
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
    ...('requirement' in event ? { requirement: event.requirement, until: event.until } : {}),
    ...('noticeNo' in event ? { noticeNo: event.noticeNo } : {}),
    ...('filingNo' in event ? { filingNo: event.filingNo } : {}),
    ...('lastDay' in event ? { lastDay: event.lastDay } : {}),
    ...('by' in event ? { by: event.by } : {}),
    ...('opinion' in event ? { opinion: event.opinion } : {}),
    ...('outcome' in event ? { outcome: event.outcome } : {}),
  }
}

/** Whether the table would allow it and it has no object: the period has lapsed, nothing is pending, nothing passed. */
function isWithoutObject(current: Case, command: Command['kind'], on: LegalDate): boolean {
  const lastOfRectification = current.events.findLast(({ kind }) => kind.startsWith('rectification'))?.kind
  switch (command) {
    case 'requestReassessment':
      return clocksOf(current).some((period) => stateOfClock(period, on) === 'lapsed')
    case 'strikeDefect':
      return pendingDefects(current).length === 0
    case 'authoriseSecondNotice':
      return noticesSent(current) === 0
    case 'orderStop':
      return !('decision' in current) || current.decision.kind === 'notPassed'
    case 'reportRectification':
      return current.status !== 'awaitingRectification' && lastOfRectification !== 'rectificationOrdered'
    case 'acceptRectification':
      return lastOfRectification !== 'rectificationReported'
    default:
      return false
  }
}

const commandKinds = Object.keys(eventOf) as readonly Command['kind'][]

function may(current: Case, viewer: Viewer, operation: GivenByHand | 'draftResult'): boolean {
  const relation = relationOf(operation, viewer.role, viewer.organisation.kind)
  return relation !== undefined && holds(relation, current, viewer.organisation)
}

function header(current: Case, { simulated, clock }: Reading) {
  const { filing, events } = current
  const scenarios = current.declaration?.scenarios ?? []
  const persons = (kind: 'general' | 'sensitive') =>
    scenarios.reduce((sum, scenario) => sum + scenario.persons[kind], 0)
  return {
    caseNo: current.no,
    kind: current.kind,
    kindWords: caseKindWords[current.kind],
    predecessor: current.predecessor,
    reference: filing.reference,
    handler: {
      name: filing.handler.name,
      creditCode: filing.handler.creditCode,
      province: filing.handler.province,
    },
    status: current.status,
    statusWords: statusWords[current.status],
    sequence: current.sequence,
    declaredOn: events[0]?.day ?? current.lastDay,
    lastDay: current.lastDay,
    scenarios: scenarios.map(({ id, name }) => ({ id, name })),
    persons: { general: persons('general'), sensitive: persons('sensitive') },
    simulated,
    waitsFor: waitsFor(current, clock.on()),
  }
}

/** Whose move it is. That the handler may withdraw at any time is no move the case waits for. */
function waitsFor(current: Case, on: LegalDate): CaseSummary['waitsFor'] {
  const command = commandKinds.find(
    (kind) =>
      isMove(kind) &&
      next(current.kind, current.status, eventOf[kind]) !== undefined &&
      !isWithoutObject(current, kind, on),
  )
  if (command === undefined) return null
  const actor = actorOf[eventOf[command]]
  return { actor, words: actorWords[actor] }
}

/** Whether the case waits for a step this viewer may take; what may be done at any time is none. */
function isMine(current: Case, viewer: Viewer, on: LegalDate): boolean {
  return nextSteps(current, viewer, on).some(({ mine, command }) => mine && isMove(command))
}

/** A result in force may be stopped or superseded at any time; the case does not wait for that, nor for a withdrawal. */
function isMove(command: Command['kind']): boolean {
  const anyTime: readonly Command['kind'][] = [
    'withdraw',
    'orderStop',
    'supersede',
    'extendValidity',
    'orderRectification',
    'reportRectification',
    'acceptRectification',
    'fileChange',
    'noteDefect',
    'strikeDefect',
    'authoriseSecondNotice',
  ]
  return !anyTime.includes(command)
}

function actor(who: Actor) {
  return { kind: who.kind, name: who.name, office: 'office' in who ? who.office : null }
}

function decisionOf(decision: Decision) {
  return {
    kind: decision.kind,
    words: decisionWords[decision.kind],
    outcome: outcomeOf(decision),
    outcomeWords: outcomeWords[outcomeOf(decision)],
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
    const filed = 'declaration' in event ? event.declaration : 'filing' in event ? event.filing : null
    if (filed === null) return []
    const filedWith = index + 1
    return filed.documents.map(({ kind, file, sha256, bytes }, at): CaseDocument => {
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
