import type { DecidedScenario, Decision, DeclaredScenario, Permit, PermittedScenario } from '@tongguan/law'
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
  by: { readonly kind: 'simulated' | 'issued'; readonly keyId: string; readonly suite: Permit['suite'] },
): Permit {
  const { no, declaration, decision } = passed
  return {
    schema: 'tongguan/permit/1',
    id: `${no}-${decision.resultNo}`,
    kind: by.kind,
    caseNo: no,
    resultNo: decision.resultNo,
    handler: { name: declaration.handler.name, creditCode: declaration.handler.creditCode },
    scenarios: decision.scenarios
      .filter(({ passedItems }) => passedItems.length > 0)
      .map((decided) => permitted(declaredScenario(passed, decided.id), decided)),
    firstDay: decision.issued,
    lastDay: lastDayOf(passed),
    keyId: by.keyId,
    suite: by.suite,
    countingMethod: declaration.countingMethod,
  }
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
      .map(({ name, description, kind, category }) => ({ name, description, kind, category })),
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
