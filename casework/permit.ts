import { addDays } from '@tongguan/law'
import type { DecidedScenario, Decision, DeclaredScenario, LegalDate, Permit, PermittedScenario } from '@tongguan/law'
import type { Case, DeclaredCase } from './case.ts'
import { lastDayOf } from './validity.ts'

/** A case whose result passed and is not contested. */
export type PassedCase = Extract<DeclaredCase, { readonly status: 'decided' | 'final' }> & {
  readonly decision: Extract<Decision, { readonly kind: 'passed' }>
}

export function hasPassed(current: Case): current is PassedCase {
  return 'decision' in current && current.declaration !== null && current.decision.kind === 'passed'
}

/**
 * The permit of a passed case: what was declared, less what was refused (Network Data Security Management Regulations
 * art. 38). A scenario of which no item passed is not in it.
 */
export function permitOf(
  passed: PassedCase,
  by: Pick<Permit, 'keyId' | 'suite' | 'revocationLimit'> & { readonly kind: 'simulated' | 'issued' },
): Permit {
  const { no, declaration, decision } = passed
  return {
    schema: 'tongguan/permit/1',
    id: permitIds(passed).at(-1) ?? '',
    kind: by.kind,
    caseNo: no,
    resultNo: decision.resultNo,
    handler: { name: declaration.handler.name, creditCode: declaration.handler.creditCode },
    scenarios: decision.scenarios
      .filter(({ passedItems }) => passedItems.length > 0)
      .map((decided) => permitted(declaredScenario(passed, decided.id), decided)),
    firstDay: firstDayOf(passed),
    lastDay: lastDayOf(passed),
    keyId: by.keyId,
    suite: by.suite,
    countingMethod: declaration.countingMethod,
    ...(by.revocationLimit === undefined ? {} : { revocationLimit: by.revocationLimit }),
  }
}

/** The day a permit begins: of an extension, the day after the last one ended, so that none counts twice. */
function firstDayOf({ events, decision }: PassedCase): LegalDate {
  const extensions = events.filter((event) => event.kind === 'validityExtended')
  if (extensions.length === 0) return decision.issued
  const before = extensions.at(-2)
  return addDays(before?.lastDay ?? decision.lastDay, 1)
}

/** The ids of every permit a case has had, in order: one a passed result, one more an extension of it. */
function permitIds({ no, events }: Pick<Case, 'no' | 'events'>): readonly string[] {
  const ids: string[] = []
  let extensions = 0
  for (const event of events) {
    const isResult = event.kind === 'resultIssued' || event.kind === 'reassessmentConcluded'
    if (isResult && event.decision.kind === 'passed') {
      ids.push(`${no}-${event.decision.resultNo}`)
      extensions = 0
    }
    if (event.kind === 'validityExtended') {
      extensions += 1
      ids.push(`${ids.at(-extensions) ?? no}-E${extensions}`)
    }
  }
  return ids
}

/** Every permit of the case that no longer holds before its last day, from when, and why. Pure. */
export function revokedPermitsOf(
  current: Pick<Case, 'no' | 'events'>,
): readonly { readonly id: string; readonly on: LegalDate; readonly because: string }[] {
  return current.events.flatMap((event, at) => {
    const because = endedBy(event)
    if (because === undefined) return []
    const before = permitIds({ no: current.no, events: current.events.slice(0, at) })
    return before.map((id) => ({ id, on: event.day, because }))
  })
}

function endedBy(event: Case['events'][number]): string | undefined {
  if (event.kind === 'stopOrdered') return `stopped by notice ${event.noticeNo} (Order 11 art. 17)`
  if (event.kind === 'superseded') return `superseded by case ${event.by}`
  return event.kind === 'reassessmentRequested' ? 'contested: a re-assessment was asked for' : undefined
}

function permitted(declared: DeclaredScenario, decided: DecidedScenario): PermittedScenario {
  const { id, name, purpose, manner, recipients, importantDataBytes, retention } = declared
  return {
    id,
    name,
    purpose,
    manner,
    recipients,
    items: declared.items
      .filter((item) => decided.passedItems.includes(item.name))
      .map(({ name, description, kind, category, treatment }) => ({
        name,
        description,
        kind,
        category,
        ...(treatment === undefined ? {} : { treatment }),
      })),
    ceiling: decided.ceiling,
    importantDataBytes,
    retention,
    conditions: decided.conditions,
  }
}

// `decide` lets no result name a scenario that was not declared.
function declaredScenario({ no, declaration }: PassedCase, id: string): DeclaredScenario {
  const scenario = declaration.scenarios.find((declared) => declared.id === id)
  if (scenario === undefined) throw new Error(`case ${no}: the result names scenario ${id}, which was not declared`)
  return scenario
}
