import { legalDate } from '@tongguan/law'
import type { Decision, DeclaredScenario, Declaration } from '@tongguan/law'
import { packageOf } from './case.ts'
import type { Actor, CaseEvent, CaseNo } from './case.ts'

// Small makers for the tests of this folder; every name is made up.

export const aHandler: Actor = { kind: 'handler', id: 'h-1', name: '经办人甲' }
export const theProvince: Actor = { kind: 'province', office: '省级网信部门', id: 'p-1', name: '查验人乙' }
export const aDrafter: Actor = { kind: 'national', office: '国家网信部门', id: 'n-1', name: '承办人丙' }
export const anApprover: Actor = { kind: 'national', office: '国家网信部门', id: 'n-2', name: '审批人丁' }

export const why = { zh: '理由', en: 'the reason' }

export function aScenario(change: Partial<DeclaredScenario> = {}): DeclaredScenario {
  return {
    id: 's1',
    name: 'study',
    purpose: 'research',
    manner: 'files',
    recipients: [{ name: 'University', country: 'NL' }],
    items: [
      { name: 'subject', description: 'study number', kind: 'subject_id', category: 'personal', necessity: 'linking' },
      { name: 'icd10', description: 'diagnosis', kind: 'diagnosis', category: 'sensitive', necessity: 'endpoint' },
    ],
    persons: { general: 100, sensitive: 12_000 },
    importantDataBytes: null,
    retention: '5 years',
    ...change,
  }
}

export function aDeclaration(change: Partial<Declaration> = {}): Declaration {
  return {
    schema: 'tongguan/declaration/1',
    handler: { name: 'Hospital', creditCode: '12100000400000000X', ciio: false, province: '北京市' },
    reference: 'R-1',
    path: 'assessment',
    selfAssessment: { from: legalDate('2026-01-05'), to: legalDate('2026-02-13') },
    scenarios: [aScenario()],
    documents: [],
    countingMethod: 'tongguan/persons/1',
    ...change,
  }
}

export type Passed = Extract<Decision, { readonly kind: 'passed' }>

export function aPass(change: Partial<Passed> = {}): Passed {
  return {
    kind: 'passed',
    resultNo: 'RES-1',
    issued: legalDate('2026-05-20'),
    lastDay: legalDate('2029-05-20'),
    scenarios: [
      {
        id: 's1',
        passedItems: ['subject', 'icd10'],
        refusedItems: [],
        ceiling: { general: 100, sensitive: 12_000 },
        conditions: [],
      },
    ],
    ...change,
  }
}

/** declared → … → decided, in eight events. */
export function anAssessedCase(no: CaseNo, decision: Decision = aPass()): readonly CaseEvent[] {
  const day = legalDate('2026-03-02')
  return [
    { kind: 'declared', day, actor: aHandler, caseNo: no, declaration: aDeclaration(), received: day },
    {
      kind: 'completenessConfirmed',
      day: legalDate('2026-03-09'),
      actor: theProvince,
      package: packageOf(aDeclaration()),
    },
    { kind: 'receivedByNational', day: legalDate('2026-03-10'), actor: aDrafter, receipt: packageOf(aDeclaration()) },
    { kind: 'accepted', day: legalDate('2026-03-19'), actor: aDrafter, acceptanceNo: 'ACC-1' },
    { kind: 'assessmentStarted', day: legalDate('2026-03-20'), actor: aDrafter, bodies: ['卫生健康主管部门'] },
    { kind: 'supplementRequested', day: legalDate('2026-04-01'), actor: aDrafter, requested: [why] },
    { kind: 'supplementReceived', day: legalDate('2026-04-15'), actor: aHandler, documents: ['annex-2.docx'] },
    {
      kind: 'resultIssued',
      day: legalDate('2026-05-20'),
      actor: anApprover,
      draftedBy: aDrafter,
      decision,
      delivered: legalDate('2026-05-21'),
    },
  ]
}
