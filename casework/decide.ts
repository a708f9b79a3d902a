import { addYears, lastDayOfValidity } from '@tongguan/law'
import type { Decision, DecidedScenario, DeclaredScenario, LegalDate, Words } from '@tongguan/law'
import { daysOf, openedKind, packageOf } from './case.ts'
import type { Actor, Case, CaseEvent, Package } from './case.ts'
import { clauseWords } from './clauses.ts'
import { clocksOf } from './clocks.ts'
import { custodyOf } from './custody.ts'
import { noticesSent, pendingDefects, secondNoticeAuthority } from './defects.ts'
import { actorOf, following, next } from './procedures.ts'
import type { EventKind } from './procedures.ts'
import { unreachable } from './unreachable.ts'
import { lastDayOf } from './validity.ts'
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
  orderStop: 'stopOrdered',
  supersede: 'superseded',
  extendValidity: 'validityExtended',
  orderRectification: 'rectificationOrdered',
  reportRectification: 'rectificationReported',
  acceptRectification: 'rectificationAccepted',
  grantExtension: 'extensionGranted',
  refuseExtension: 'extensionRefused',
  assignFilingNumber: 'filingNumbered',
  endFiling: 'filingEnded',
  giveOpinion: 'opinionGiven',
  openInquiry: 'inquiryOpened',
  closeInquiry: 'inquiryClosed',
  dismiss: 'dismissed',
  file: 'filed',
  refile: 'refiled',
  fileChange: 'changeFiled',
  receiveComplaint: 'complaintReceived',
  noteDefect: 'defectNoted',
  strikeDefect: 'defectStruck',
  authoriseSecondNotice: 'secondNoticeAuthorised',
  refuseCustody: 'custodyRefused',
} as const satisfies Record<string, EventKind>

/** The command's event, or why it is refused. Pure: the case is as folded, null where there is none yet. */
export function decide(current: Case | null, command: Command): Decided {
  // A command is its event under the imperative name; the type of Command is made from the events' own.
  const event = { ...command, kind: eventOf[command.kind] } as CaseEvent
  return (
    refusedByTable(current, event) ??
    refusedByActor(event) ??
    refusedByDay(current, event) ??
    refusedByContent(current, event) ?? { kind: 'decided', events: [event] }
  )
}

function refusedByTable(current: Case | null, opening: CaseEvent): Refusal | undefined {
  const { kind } = opening
  if (next(current?.kind ?? openedKind(opening), current?.status ?? 'new', kind) !== undefined) return undefined
  const event = eventWords[kind]
  if (current === null) return refuse('case.no-case', { event })
  const uncheckedYet = current.status === 'withProvince' || current.status === 'returned'
  if (kind === 'accepted' && uncheckedYet) return refuse('acceptance.completeness-missing', { case: current.no })
  const possible = following(current.kind, current.status).map((next) => eventWords[next])
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
      return mustSay(event, 'scenarios', event.declaration.scenarios) ?? refusedByPredecessor(event)
    case 'redeclared':
      return (
        mustSay(event, 'scenarios', event.declaration.scenarios) ??
        refusedByHandler(current, event.declaration.handler.creditCode)
      )
    case 'filed':
      return mustSay(event, 'summary', event.filing.summary.trim()) ?? refusedByPredecessor(event)
    case 'complaintReceived':
      return mustSay(event, 'summary', event.filing.summary.trim())
    case 'refiled':
    case 'changeFiled':
      return (
        mustSay(event, 'summary', event.filing.summary.trim()) ??
        refusedByHandler(current, event.filing.handler.creditCode)
      )
    case 'defectNoted':
      return refusedByDefects(current, ({ id }) => id === event.defect.id, 'defect.noted-twice', event.defect.id)
    case 'defectStruck':
      return current !== null && pendingDefects(current).some(({ id }) => id === event.defect)
        ? undefined
        : refuse('defect.not-pending', { defect: event.defect })
    case 'secondNoticeAuthorised':
      return current !== null && noticesSent(current) > 0 ? undefined : refuse('notice.first-needs-none', {})
    case 'completenessConfirmed':
      return (
        refusedByDefects(current, () => true, 'completeness.defects-open') ??
        refusedByPackage(event.package, current === null ? null : packageOf(current.filing))
      )
    case 'filingNumbered':
      return (
        mustSay(event, 'filingNo', event.filingNo.trim()) ??
        refusedByDefects(current, () => true, 'completeness.defects-open')
      )
    case 'receivedByNational':
      return refusedByPackage(
        event.receipt,
        current === null ? null : (custodyOf(current)?.package ?? packageOf(current.filing)),
      )
    case 'returnedForCompletion':
      return mustSay(event, 'reasons', [...event.missing, ...event.reasons]) ?? refusedByOneNotice(current, event)
    case 'accepted':
      return mustSay(event, 'acceptanceNo', event.acceptanceNo.trim())
    case 'notAccepted':
    case 'dismissed':
      return mustSay(event, 'reasons', event.reasons)
    case 'supplementRequested':
      return mustSay(event, 'requested', event.requested)
    case 'supplementReceived':
      return mustSay(event, 'documents', event.documents)
    case 'periodExtended':
      return refusedByExpected(current, event.expected)
    case 'resultIssued':
      return refusedByDrafter(event) ?? refusedByDecision(current, event.decision, event.day)
    case 'reassessmentConcluded':
      return (
        refusedByDrafter(event) ??
        refusedByFirstOfficers(current, event) ??
        refusedByDecision(current, event.decision, event.day)
      )
    case 'reassessmentRequested':
      return refusedByReassessmentPeriod(current, event.day)
    case 'extensionGranted':
      return mustSay(event, 'noticeNo', event.noticeNo.trim()) ?? refusedByDrafter(event)
    case 'extensionRefused':
      return mustSay(event, 'reasons', event.reasons) ?? refusedByDrafter(event)
    case 'stopOrdered':
      return mustSay(event, 'noticeNo', event.noticeNo.trim()) ?? refusedUnlessPassed(current)
    case 'superseded':
      return refusedUnlessPassed(current)
    case 'validityExtended':
      return refusedUnlessPassed(current) ?? refusedByLastDay(current, event.lastDay)
    case 'rectificationOrdered':
      return event.until > event.day
        ? undefined
        : refuse('rectification.until-past', { until: event.until, day: event.day })
    case 'rectificationReported':
      return mustSay(event, 'documents', event.documents) ?? refusedUnlessRectifying(current, 'rectificationOrdered')
    case 'rectificationAccepted':
      return refusedUnlessRectifying(current, 'rectificationReported')
    case 'custodyRefused':
    case 'assessmentStarted':
    case 'terminated':
    case 'withdrawn':
    case 'filingEnded':
    case 'opinionGiven':
    case 'inquiryOpened':
    case 'inquiryClosed':
      return undefined
    default:
      return unreachable(event)
  }
}

/** What takes a result up again names the case of that result. */
function refusedByPredecessor(event: Extract<CaseEvent, { readonly kind: 'declared' | 'filed' }>): Refusal | undefined {
  const isLinked = event.caseKind === 'redeclaration' || event.caseKind === 'extension'
  return isLinked && event.predecessor === undefined ? refuse('case.no-predecessor', {}) : undefined
}

function refusedByDefects(
  current: Case | null,
  which: (defect: { readonly id: string }) => boolean,
  code: 'defect.noted-twice' | 'completeness.defects-open',
  defect = '',
): Refusal | undefined {
  const open = current === null ? [] : pendingDefects(current).filter(which)
  return open.length === 0 ? undefined : refuse(code, { defect, defects: open.length })
}

function refusedByPackage(stated: Package | undefined, expected: Package | null): Refusal | undefined {
  const isSame = stated?.sha256 === expected?.sha256 && stated?.documents === expected?.documents
  if (stated !== undefined && isSame) return undefined
  return refuse('custody.package-differs', { stated: stated?.sha256 ?? '—', expected: expected?.sha256 ?? '—' })
}

/** One notice says everything (Order 11 art. 7); a second one needs a reason and another person above it: our rule. */
function refusedByOneNotice(
  current: Case | null,
  event: Extract<CaseEvent, { readonly kind: 'returnedForCompletion' }>,
): Refusal | undefined {
  if (current === null) return undefined
  const leftOut = pendingDefects(current).filter(
    ({ document, reason }) =>
      !(document !== null && event.missing.includes(document)) &&
      !event.reasons.some(({ zh, en }) => zh === reason.zh && en === reason.en),
  )
  if (leftOut.length > 0) return refuse('notice.leaves-out', { defects: leftOut.map(({ id }) => id).join(', ') })
  const isAssessment = current.kind === 'assessment' || current.kind === 'redeclaration'
  if (!isAssessment || noticesSent(current) === 0) return undefined
  const authority = secondNoticeAuthority(current)
  if (authority === null) return refuse('notice.second-needs-superior', { case: current.no })
  return authority.by.id === event.actor.id ? refuse('notice.own-authority', {}) : undefined
}

/** The re-assessment is another officer's (our rule): neither who drafted nor who issued the first result. */
function refusedByFirstOfficers(
  current: Case | null,
  { actor, draftedBy }: { readonly actor: Actor; readonly draftedBy: Actor },
): Refusal | undefined {
  const first = current?.events.find(({ kind }) => kind === 'resultIssued')
  if (first?.kind !== 'resultIssued') return undefined
  const firstOfficers = [first.actor.id, first.draftedBy.id]
  return firstOfficers.includes(draftedBy.id) || firstOfficers.includes(actor.id)
    ? refuse('reassessment.same-officer', {})
    : undefined
}

function refusedUnlessPassed(current: Case | null): Refusal | undefined {
  const isPassed = current !== null && 'decision' in current && current.decision.kind === 'passed'
  return isPassed ? undefined : refuse('result.not-passed', { case: current?.no ?? '' })
}

/** An extension adds at most three years to the last day as it stands (Order 16 art. 9). */
function refusedByLastDay(current: Case | null, lastDay: LegalDate): Refusal | undefined {
  if (current === null || !('decision' in current) || current.decision.kind !== 'passed') return undefined
  const before = lastDayOf({ events: current.events, decision: current.decision })
  const lawful = addYears(before, 3)
  return before < lastDay && lastDay <= lawful
    ? undefined
    : refuse('result.last-day', { last: lastDay, issued: before, lawful })
}

/** In a case with a result: the last word on rectification must be the one this answers. */
function refusedUnlessRectifying(
  current: Case | null,
  after: 'rectificationOrdered' | 'rectificationReported',
): Refusal | undefined {
  if (current === null || current.status === 'awaitingRectification') return undefined
  const last = current.events.findLast(({ kind }) => kind.startsWith('rectification'))
  return last?.kind === after ? undefined : refuse('rectification.not-open', { case: current.no })
}

function mustSay({ kind }: CaseEvent, field: string, said: { readonly length: number }): Refusal | undefined {
  return said.length > 0 ? undefined : refuse('case.nothing-said', { event: eventWords[kind], field })
}

function refusedByHandler(current: Case | null, creditCode: string | null): Refusal | undefined {
  const before = current?.filing.handler.creditCode ?? null
  if (before === creditCode) return undefined
  return refuse('redeclaration.other-handler', { now: creditCode ?? '—', before: before ?? '—' })
}

function refusedByExpected(current: Case | null, expected: LegalDate): Refusal | undefined {
  const clock =
    current === null
      ? undefined
      : clocksOf(current).find(({ kind }) => kind === 'assessment' || kind === 'extension-decision')
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
  return current.declaration === null
    ? undefined
    : refusedByScenarios(current.declaration.scenarios, decision.scenarios)
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
    const refused =
      refusedByItems(scenario, decision) ?? refusedByCeiling(scenario, decision) ?? refusedByClauses(decision)
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

function refusedByClauses({ id, obligations = [] }: DecidedScenario): Refusal | undefined {
  const unfilled = obligations.find((obligation) => clauseWords(obligation) === undefined)
  return unfilled === undefined
    ? undefined
    : refuse('result.clause-unfilled', { scenario: id, clause: unfilled.clause })
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
