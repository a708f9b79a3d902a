import type { PermittedScenario } from '@tongguan/law'
import { digestOf, noticeOf, statePersons, stateRefusal, stateRelease } from './manifest.ts'
import type { RefusalPredicate, ReleasePredicate, Statement } from './manifest.ts'
import type { PrivateBatch } from './receive.ts'
import { bareReason } from './hold-reason.ts'
import type { Held, Released, ReleaseQuestion } from './release.ts'
import type { Asking, Inspection } from './request.ts'

/* What a decision states, as it is signed: the manifest of a release, or the refusal of a batch that is held. */

export interface Decision {
  readonly batch: PrivateBatch
  readonly inspection: Inspection
  readonly question: ReleaseQuestion
  readonly decision: Released | Held
}

export function refusalOf(id: string, request: Asking, decided: Decision): Statement<RefusalPredicate> {
  const { decision } = decided
  const reasons = decision.kind === 'held' ? decision.reasons.map(bareReason) : []
  return stateRefusal({ ...statedOf(id, request, decided), reasons })
}

export function releaseOf(
  id: string,
  request: Asking,
  { scenario, ...decided }: Decision & { readonly scenario: PermittedScenario },
): Statement<ReleasePredicate> {
  const { question, inspection } = decided
  const stated = statedOf(id, request, decided)
  const persons = statePersons({
    method: question.countedBy,
    keyEpoch: inspection.evidence.persons.keyEpoch,
    batch: question.batchPersons,
    count: question.persons,
    ceiling: scenario.ceiling,
  })
  return stateRelease({
    ...stated,
    purpose: scenario.purpose,
    manner: scenario.manner,
    retention: scenario.retention,
    items: [...new Set(stated.files.flatMap((file) => file.columns))].sort(),
    ...treatmentOf(inspection),
    persons,
    mode: request.seal === null ? 'plaintext' : 'sealed',
    ...(request.seal === null ? {} : { seal: request.seal }),
    log: null,
  })
}

function treatmentOf({ transformed, evidence }: Inspection): Pick<ReleasePredicate, 'transforms' | 'recipe'> {
  if (transformed === undefined) return { transforms: [] }
  const persons = { before: transformed.before.persons.upper, after: evidence.persons.upper }
  const transforms = transformed.columns.filter(({ treatment }) => treatment !== 'keep')
  return { transforms, recipe: { ...transformed.recipe, persons } }
}

/** What every decision states. */
function statedOf(id: string, request: Asking, { batch, inspection, question, decision }: Decision) {
  const { permit, recipient, scenarioId, on, softwareVersion } = request
  const { evidence } = inspection
  const files = batch.files.map((file) => {
    const seen = evidence.files.find((one) => one.path === file.name)
    return { ...file, rows: seen?.rows ?? 0, columns: seen?.columns.map((column) => column.name) ?? [] }
  })
  return {
    permit: {
      id: permit.id,
      kind: permit.kind,
      firstDay: permit.firstDay,
      lastDay: permit.lastDay,
      caseNo: permit.caseNo,
      resultNo: permit.resultNo,
      ...(permit.revocationLimit === undefined ? {} : { revocationLimit: permit.revocationLimit }),
      signed: request.permitEnvelope,
    },
    batch: { id, name: request.batch.name, digest: digestOf(files) },
    handler: permit.handler,
    recipient,
    scenario: scenarioId,
    files,
    checks: decision.checks.map(({ id, version, inputSha256, outcome }) => ({ id, version, inputSha256, outcome })),
    decidedOn: on,
    pilot: question.pilot,
    ...noticeOf(question.pilot),
    software: { name: 'tongguan', version: softwareVersion },
  } as const
}
