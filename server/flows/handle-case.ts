import { append, decide, load, nextCaseNo, packageOf } from '@tongguan/casework'
import type { Case, CaseNo, CaseworkDb, Command, Refusal } from '@tongguan/casework'
import { deadline } from '@tongguan/law'
import type { Declaration, LegalDate } from '@tongguan/law'
import { indexCase } from '../similar-cases.ts'
import { lastDayOfValidity } from '@tongguan/law'

export type Handled = { readonly kind: 'done'; readonly case: Case } | Refusal | Conflict

/** Somebody else acted first; load the case again and decide anew. */
export interface Conflict {
  readonly kind: 'conflict'
  readonly expected: number
  readonly actual: number
}

/**
 * Carries out one command on a case: load, decide, append, all against the sequence that was read. Where the command was
 * meant for a version somebody saw, `seen` is its sequence, and any other is a conflict.
 */
export async function handle(
  db: CaseworkDb,
  no: CaseNo,
  command: Command,
  { seen }: { readonly seen?: number | undefined } = {},
): Promise<Handled> {
  if (!db.isTransaction) return db.transaction().execute((tx) => handle(tx, no, command, { seen }))
  const current = await load(db, no)
  const sequence = current?.sequence ?? 0
  if (seen !== undefined && seen !== sequence) return { kind: 'conflict', expected: seen, actual: sequence }
  const decided = decide(current, command)
  if (decided.kind === 'refused') return decided
  const appended = await append(db, no, sequence, decided.events, { current })
  if (appended.kind === 'conflict') return appended
  if ('declaration' in decided.events[0] || 'filing' in decided.events[0]) await indexCase(db, appended.case)
  const followed = await followInPredecessor(db, appended.case)
  return followed ?? { kind: 'done', case: appended.case }
}

/**
 * What a result means for the case it follows: a re-declaration that passed supersedes it, a granted extension prolongs
 * it, in the same transaction. Undefined where nothing follows, or it was done.
 */
async function followInPredecessor(db: CaseworkDb, after: Case): Promise<Refusal | Conflict | undefined> {
  const { predecessor } = after
  const last = after.events.at(-1)
  if (predecessor === null || last === undefined) return undefined
  const act = { day: last.day, actor: last.actor }
  const command = commandInPredecessor(after, last, act)
  if (command === undefined) return undefined
  const handled = await handle(db, predecessor, command)
  if (handled.kind === 'done') return undefined
  if (handled.kind === 'refused' && command.kind === 'supersede') {
    // What no longer stands, or never passed, needs no superseding.
    return undefined
  }
  return handled.kind === 'conflict' ? { ...handled } : handled
}

function commandInPredecessor(
  after: Case,
  last: Case['events'][number],
  act: Pick<Command, 'day' | 'actor'>,
): Command | undefined {
  if (last.kind === 'extensionGranted') return { ...act, kind: 'extendValidity', by: after.no, lastDay: last.lastDay }
  const isResult = last.kind === 'resultIssued' || last.kind === 'reassessmentConcluded'
  if (after.kind === 'redeclaration' && isResult && last.decision.kind === 'passed')
    return { ...act, kind: 'supersede', by: after.no }
  return undefined
}

/** The whole of a simulated case that passes as declared, each office acting on its statutory due date. */
export async function passSimulatedCase(
  db: CaseworkDb,
  declaration: Declaration,
  filedOn: LegalDate,
  at: (step: Case) => void = () => undefined,
): Promise<Case> {
  const no = await nextCaseNo(db, filedOn)
  return carryOut(db, no, simulatedCommands(no, declaration, filedOn), at)
}

/** The same case as far as the declaration: it waits for the province's completeness check. */
export async function fileSimulatedCase(db: CaseworkDb, declaration: Declaration, filedOn: LegalDate): Promise<Case> {
  return advanceSimulatedCase(db, declaration, { filedOn, steps: 1 })
}

/** The same case through its first `steps` acts (six to the result). */
export async function advanceSimulatedCase(
  db: CaseworkDb,
  declaration: Declaration,
  { filedOn, steps }: { readonly filedOn: LegalDate; readonly steps: number },
): Promise<Case> {
  const no = await nextCaseNo(db, filedOn)
  return carryOut(db, no, simulatedCommands(no, declaration, filedOn).slice(0, steps))
}

async function carryOut(
  db: CaseworkDb,
  no: CaseNo,
  commands: readonly Command[],
  at: (step: Case) => void = () => undefined,
): Promise<Case> {
  let current: Case | undefined
  for (const command of commands) {
    const handled = await handle(db, no, command)
    if (handled.kind !== 'done') {
      throw new Error(
        `the simulated case was stopped at ${command.kind}: ${handled.kind === 'refused' ? handled.words.en : 'conflict'}`,
      )
    }
    current = handled.case
    at(current)
  }
  if (current === undefined) throw new Error('a case without a command')
  return current
}

function simulatedCommands(no: CaseNo, declaration: Declaration, filedOn: LegalDate): readonly Command[] {
  const handler = { kind: 'handler', id: 'pilot-agent', name: '经办人（模拟）' } as const
  const province = {
    kind: 'province',
    office: `${declaration.handler.province}互联网信息办公室（模拟）`,
    id: 'pilot-desk',
    name: '受理岗（模拟）',
  } as const
  const national = { kind: 'national', office: '国家互联网信息办公室（模拟）' } as const
  const assessor = { ...national, id: 'pilot-assessor', name: '评估岗（模拟）' }
  const head = { ...national, id: 'pilot-head', name: '签发岗（模拟）' }
  const checkedOn = deadline('completeness-check', filedOn).due
  const acceptedOn = deadline('acceptance', checkedOn).due
  const resultOn = deadline('assessment', acceptedOn).due
  return [
    { kind: 'declare', day: filedOn, actor: handler, caseNo: no, declaration, received: filedOn },
    { kind: 'confirmCompleteness', day: checkedOn, actor: province, package: packageOf(declaration) },
    { kind: 'receiveAtNational', day: checkedOn, actor: assessor, receipt: packageOf(declaration) },
    { kind: 'accept', day: acceptedOn, actor: assessor, acceptanceNo: `模拟受理 ${no}` },
    { kind: 'startAssessment', day: acceptedOn, actor: assessor, bodies: ['卫生健康主管部门（模拟）'] },
    {
      kind: 'issueResult',
      day: resultOn,
      actor: head,
      draftedBy: assessor,
      delivered: resultOn,
      decision: {
        kind: 'passed',
        resultNo: `模拟结果 ${no}`,
        issued: resultOn,
        lastDay: lastDayOfValidity(resultOn).lastDay,
        scenarios: declaration.scenarios.map((scenario) => ({
          id: scenario.id,
          passedItems: scenario.items.map(({ name }) => name),
          refusedItems: [],
          ceiling: scenario.persons,
          conditions: [],
        })),
      },
    },
  ]
}

export { caseKindWords, caseNo, clocksOf, eventWords, hasPassed, load, permitOf, statusWords } from '@tongguan/casework'
export type { Case, CaseEvent, PassedCase } from '@tongguan/casework'
