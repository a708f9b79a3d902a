// Random histories of every kind of case: mostly steps that may follow, some that may not, with what each says. A seed
// alone reproduces one.
import { addDays, lastDayOfValidity, legalDate } from '@tongguan/law'
import type { LegalDate } from '@tongguan/law'
import { caseKinds, decide, eventOf, isDeclaredKind, lastDayOf, packageOf, pendingDefects } from '@tongguan/casework'
import type { Actor, Case, CaseKind, CaseNo, Command, Filing } from '@tongguan/casework'
import { aDeclaration, aDrafter, aHandler, aPass, anApprover, theProvince, why } from '../../casework/case.makers.ts'
import { actorOf } from '../../casework/procedures.ts'
import { leadsTo } from './table.ts'

export const commandKinds = Object.keys(eventOf) as readonly Command['kind'][]

export const aSuperior: Actor = { ...theProvince, id: 'p-9', name: '负责人戊' }
const others = [
  { ...anApprover, id: 'n-3' },
  { ...anApprover, id: 'n-4' },
] as const

export function aFiling(change: Partial<Filing> = {}): Filing {
  const { handler } = aDeclaration()
  return {
    schema: 'tongguan/filing/1',
    handler: { name: handler.name, creditCode: handler.creditCode, province: handler.province },
    reference: 'F-1',
    summary: 'what is filed',
    happened: legalDate('2026-02-25'),
    documents: [],
    ...change,
  }
}

/** A command of this kind with everything it says, as somebody would give it on that day. */
export function aCommand(kind: Command['kind'], current: Case | null, about: About): Command {
  const { caseKind, caseNo, day, below } = about
  const event = eventOf[kind]
  const says = {
    caseNo,
    ...(isDeclaredKind(caseKind) || kind === 'file'
      ? { caseKind: kind === 'file' && isDeclaredKind(caseKind) ? 'extension' : caseKind }
      : {}),
    ...(caseKind === 'redeclaration' || caseKind === 'extension' ? { predecessor: caseNo } : {}),
    declaration: aDeclaration(),
    filing: aFiling(),
    received: day,
    changed: day,
    from: null,
    defect:
      kind === 'strikeDefect' ? (pendingOf(current) ?? 'd0') : { id: `d${below(4)}`, document: null, reason: why },
    package: current === null ? undefined : packageOf(current.filing),
    receipt: current === null ? undefined : packageOf(current.filing),
    missing: [],
    reasons: [why, ...(current === null ? [] : pendingDefects(current).map(({ reason }) => reason))],
    acceptanceNo: 'ACC-1',
    bodies: ['x'],
    requested: [why],
    documents: ['a.docx'],
    expected: addDays(day, 200 + below(100)),
    reason: why,
    draftedBy: kind === 'concludeReassessment' ? others[0] : aDrafter,
    decision: aPass({ issued: day, lastDay: lastDayOfValidity(day).lastDay }),
    delivered: day,
    grounds: why,
    noticeNo: 'N-1',
    by: caseNo,
    lastDay:
      current !== null && 'decision' in current && current.decision.kind === 'passed'
        ? addDays(lastDayOf({ events: current.events, decision: current.decision }), 365)
        : day,
    requirement: why,
    until: addDays(day, 30),
    filingNo: 'B-1',
    opinion: why,
    outcome: why,
  }
  // More than each kind says; what it does not say is dropped where it is stored as JSON, and no rule reads it.
  return { ...says, kind, day, actor: actorFor(kind, event) } as unknown as Command
}

interface About {
  readonly caseKind: CaseKind
  readonly caseNo: CaseNo
  readonly day: LegalDate
  readonly below: (n: number) => number
}

function actorFor(kind: Command['kind'], event: keyof typeof actorOf): Actor {
  if (kind === 'concludeReassessment') return others[1]
  if (kind === 'authoriseSecondNotice') return aSuperior
  const actor = actorOf[event]
  return actor === 'handler' ? aHandler : actor === 'province' ? theProvince : anApprover
}

function pendingOf(current: Case | null): string | undefined {
  return current === null ? undefined : pendingDefects(current)[0]?.id
}

/** One step of a random history: mostly one the law's table lets follow, sometimes any. */
export function drawCommand(current: Case | null, about: About): Command {
  const { caseKind, below } = about
  const status = current?.status ?? 'new'
  const possible = commandKinds.filter((kind) => leadsTo(caseKind, status, eventOf[kind]) !== undefined)
  const ending = new Set([
    'withdraw',
    'declineAcceptance',
    'terminate',
    'dismiss',
    'endFiling',
    'orderStop',
    'supersede',
  ])
  // An end now and then; else most histories would be over before the assessment.
  const likely = possible.filter((kind) => !ending.has(kind) || below(10) === 0)
  const from = below(8) === 0 || likely.length === 0 ? commandKinds : likely
  return aCommand(from[below(from.length)] ?? 'withdraw', current, about)
}

export function drawKind(below: (n: number) => number): CaseKind {
  return caseKinds[below(caseKinds.length)] ?? 'assessment'
}

/** What is wrong with how a command was decided, by the law's own table; undefined where all is well. Pure. */
export function wrongIn(
  current: Case | null,
  command: Command,
  caseKind: CaseKind,
  after: Case | null,
): string | undefined {
  const status = current?.status ?? 'new'
  const event = eventOf[command.kind]
  const to = leadsTo(current?.kind ?? kindOpened(command, caseKind), status, event)
  const decided = decide(current, command)
  const byTable =
    decided.kind === 'refused' &&
    ['case.not-now', 'case.no-case', 'acceptance.completeness-missing'].includes(decided.code)
  if (to === undefined) return byTable ? undefined : `${status} ${event}: not refused by the table`
  if (byTable) return `${status} ${event}: refused, though the law leads to ${to}`
  if (decided.kind === 'refused') return undefined
  return after?.status === to ? undefined : `${status} ${event}: ${after?.status ?? 'none'} instead of ${to}`
}

function kindOpened(command: Command, caseKind: CaseKind): CaseKind {
  if (command.kind === 'receiveComplaint') return 'complaint'
  if (command.kind === 'file') return command.caseKind
  return command.kind === 'declare' ? (command.caseKind ?? 'assessment') : caseKind
}
