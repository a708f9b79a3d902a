import { hash } from 'node:crypto'
import { deadline, determine } from '@tongguan/law'
import type {
  Basis,
  BasisDocument,
  Citation,
  Count,
  Determination,
  DeterminedFlow,
  ExportFacts,
  LegalDate,
  Path,
  Permit,
  PermittedScenario,
  PersonsCount,
  PersonsSince1January,
} from '@tongguan/law'
import { canonicalJson } from './canonical-json.ts'
import { beyondWhatPassed, reason } from './hold-reason.ts'
import type { HoldReason } from './hold-reason.ts'

/**
 * Why a basis carries no export on a day, by the law of that day; empty where it does. Pure. The gate asks this again with
 * each batch, so that a change of facts or rules, a missed filing or an expired certificate ends it.
 *
 * Nothing is a basis that is `unknown`, `not-an-export` or `prohibited`, counted strictly or not; where an assessment is
 * due there is no basis but its result.
 */
export function judgeBasis(
  permit: Permit & { readonly basis: Basis },
  facts: ExportFacts,
  on: LegalDate,
): readonly HoldReason[] {
  const { basis } = permit
  if (basis.factsSha256 !== factsDigest(facts)) return [fails('other-facts', duty)]
  if (basis.decidedOn.slice(0, 4) !== on.slice(0, 4) || on < basis.decidedOn) {
    return [fails('other-year', counting, { what: basis.decidedOn })]
  }
  const determination = determine(facts, on)
  return [
    ...judgePath(determination, basis),
    ...judgeConfirmation(determination, basis, on),
    ...judgeDocuments(determination, basis, on),
    ...judgeDays(permit, on),
    ...permit.scenarios.flatMap((scenario) => judgeScenario(scenario, basis, { facts, determination, on })),
    ...judgeContract(basis, on),
    ...judgeCertificate(permit, on),
  ]
}

/** What a basis is bound to: SHA-256 (hex) of the facts' canonical JSON. */
export function factsDigest(facts: ExportFacts): string {
  return hash('sha256', canonicalJson(facts))
}

/** Who must assess, and whose path is which: the Provisions' articles 7 and 8; 5(1)(4) and 7 count since 1 January. */
const duty: Citation = { instrument: 'provisions-2024', article: 7 }
const contractOrCertification: Citation = { instrument: 'provisions-2024', article: 8 }
const counting: Citation = { instrument: 'provisions-2024', article: 7, paragraph: 1, item: 2 }
const filing: Citation = { instrument: 'contract-measures-2023', article: 7 }

const fails = (because: string, citation: Citation, facts: { readonly what?: string } = {}): HoldReason =>
  reason('gate.basis-fails', citation, { because, what: facts.what ?? '' })

function judgePath(
  { path, strictPath, available, notLawfulAsDescribed }: Determination,
  { route }: Basis,
): readonly HoldReason[] {
  const carried: readonly Path[] =
    route === 'exemption' ? ['exempt', 'contract-or-certification'] : ['contract-or-certification', 'exempt']
  const wrong = [path, strictPath].find((one) => !carried.includes(one))
  if (wrong !== undefined) return [fails('path', duty, { what: wrong })]
  if (notLawfulAsDescribed) return [fails('not-necessary', duty)]
  const isOpen = route === 'exemption' || path === 'exempt' || available.some((one) => one.route === route)
  return isOpen ? [] : [fails('route-not-open', contractOrCertification, { what: route })]
}

/** A path that rests on less than the text of the law, and every exemption, needs a person who answers for it. */
function judgeConfirmation(
  { certainty }: Determination,
  { route, confirmed }: Basis,
  on: LegalDate,
): readonly HoldReason[] {
  if (certainty === 'primary' && route !== 'exemption') return []
  const isNamed = confirmed !== undefined && confirmed.by.trim() !== '' && confirmed.on <= on
  return isNamed ? [] : [fails('nobody-confirms', duty, { what: certainty })]
}

function judgeDocuments(
  { alsoRequired, alsoBecause, alsoMissing }: Determination,
  { documents }: Basis,
  on: LegalDate,
): readonly HoldReason[] {
  const due = alsoRequired.filter((one) => !isShown(documents[one], on))
  return [
    ...due.map((one) => fails('document-missing', alsoBecause.find((why) => why.duty === one) ?? duty, { what: one })),
    ...alsoMissing.map((fact) => fails('fact-missing', duty, { what: fact })),
  ]
}

/** A document counts with its number, from its day on; one of a later day shows nothing yet. */
function isShown(document: BasisDocument | undefined, on: LegalDate): boolean {
  return document !== undefined && document.number.trim() !== '' && document.on <= on
}

function judgeDays(
  { firstDay, lastDay, basis }: Permit & { readonly basis: Basis },
  on: LegalDate,
): readonly HoldReason[] {
  const endOfYear = `${basis.decidedOn.slice(0, 4)}-12-31`
  if (firstDay < basis.decidedOn || endOfYear < lastDay) return [fails('beyond-the-year', counting, { what: lastDay })]
  return on < firstDay || lastDay < on ? [fails('not-in-force', duty, { what: `${firstDay} – ${lastDay}` })] : []
}

function judgeScenario(
  { id, recipients, ceiling, importantDataBytes }: PermittedScenario,
  basis: Basis,
  {
    facts,
    determination,
    on,
  }: { readonly facts: ExportFacts; readonly determination: Determination; readonly on: LegalDate },
): readonly HoldReason[] {
  const flow = facts.flows.find((one) => one.id === id)
  const determined = determination.flows.find((one) => one.id === id)
  if (flow === undefined || determined === undefined) return [fails('no-such-flow', beyondWhatPassed, { what: id })]
  const stranger = recipients.find(
    ({ name, country }) => !(flow.recipients ?? []).some((one) => one.name === name && one.country === country),
  )
  const parts = ['general', 'sensitive'] as const
  const over = parts.filter((part) => statedUpper(flow.since1January ?? {}, part) < ceiling[part])
  return [
    ...judgeFlowPath(determined, determination, basis, on),
    ...(stranger === undefined ? [] : [fails('recipient-not-in-facts', beyondWhatPassed, { what: stranger.name })]),
    ...over.map((part) => fails('more-persons-than-in-facts', beyondWhatPassed, { what: `${id}: ${part}` })),
    ...(importantDataBytes === null ? [] : [fails('important-data', duty, { what: id })]),
  ]
}

/** What is not stated is nobody: a basis carries no more persons than its facts say. */
function statedUpper(persons: PersonsSince1January, part: 'general' | 'sensitive'): number {
  if ('exported' in persons || 'planned' in persons) {
    return upperOf(persons.exported?.[part]) + upperOf(persons.planned?.[part])
  }
  return upperOf((persons as PersonsCount)[part])
}

function upperOf(count: Count | undefined): number {
  return typeof count === 'number' ? count : (count?.upper ?? 0)
}

/** Conditions of which no paper speaks: were they answered otherwise, the path would not be exempt. */
const saidByThePath: ReadonlySet<string> = new Set(['importantData', 'industry'])

/** Of an exemption: by its nature, with each condition shown; or by the handler's numbers, counted strictly. */
function judgeFlowPath(
  flow: DeterminedFlow,
  { strictPath }: Determination,
  { route, evidence = {} }: Basis,
  on: LegalDate,
): readonly HoldReason[] {
  if (route !== 'exemption')
    return flow.path === 'contract-or-certification' || flow.path === 'exempt'
      ? []
      : [fails('path', duty, { what: flow.path })]
  if (flow.path !== 'exempt') return [fails('path', duty, { what: flow.path })]
  const { exemption } = flow
  if (exemption === undefined) return strictPath === 'exempt' ? [] : [fails('path', duty, { what: strictPath })]
  const bare = exemption.conditions.filter(
    ({ condition, needs, answer }) =>
      answer !== needs || (!saidByThePath.has(condition) && !isShown(evidence[condition], on)),
  )
  return bare.map(({ condition }) => fails('condition-not-shown', exemption.citation, { what: condition }))
}

function judgeContract({ route, contract }: Basis, on: LegalDate): readonly HoldReason[] {
  if (route !== 'standard-contract' && route !== 'gba-contract') return []
  if (contract === undefined || !isShown(contract.copy, on)) return [fails('contract-missing', filing)]
  const { effectiveOn, filed } = contract
  if (on < effectiveOn) return [fails('contract-not-in-force', filing, { what: effectiveOn })]
  const { due } = deadline(route === 'gba-contract' ? 'gba-contract-filing' : 'contract-filing', effectiveOn)
  const isFiled = filed !== undefined && filed.on <= on
  return !isFiled && due < on ? [fails('filing-overdue', filing, { what: due })] : []
}

function judgeCertificate(
  { lastDay, basis: { route, certificate } }: Permit & { readonly basis: Basis },
  on: LegalDate,
): readonly HoldReason[] {
  if (route !== 'certification') return []
  if (certificate === undefined || certificate.number.trim() === '')
    return [fails('certificate-missing', contractOrCertification)]
  const isOver = certificate.lastDay < on || certificate.lastDay < lastDay
  return isOver ? [fails('certificate-expired', contractOrCertification, { what: certificate.lastDay })] : []
}
