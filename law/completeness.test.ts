import { expect, test } from 'vitest'
import { legalDate } from './calendar.ts'
import { checkCompleteness } from './completeness.ts'
import type { Declaration, DocumentKind } from './declaration.ts'
import { countingMethod } from './terms.ts'

const filedOn = legalDate('2026-03-02')

const materials: readonly DocumentKind[] = [
  'credit-code-certificate',
  'legal-representative-id',
  'agent-id',
  'power-of-attorney',
  'declaration-form',
  'legal-document',
  'self-assessment-report',
]

const scenario: Declaration['scenarios'][number] = {
  id: 'research',
  name: '合作研究',
  purpose: '联合研究',
  manner: '公共互联网传输',
  recipients: [{ name: 'A university', country: 'NL' }],
  items: [
    { name: '诊断', description: '诊断名称', kind: 'diagnosis', category: 'sensitive', necessity: '研究终点' },
    { name: '性别', description: '性别', kind: 'sex', category: 'personal', necessity: '分层' },
  ],
  persons: { general: 0, sensitive: 12_000 },
  importantDataBytes: null,
  retention: '五年',
}

function aDeclaration(changed: Partial<Declaration> = {}): Declaration {
  return {
    schema: 'tongguan/declaration/1',
    handler: { name: '示例医院', creditCode: '12110000400000000X', ciio: false, province: '北京' },
    reference: 'A-1',
    path: 'assessment',
    selfAssessment: { from: legalDate('2026-01-05'), to: legalDate('2026-02-10') },
    scenarios: [scenario],
    documents: materials.map((kind) => ({ kind, file: `${kind}.pdf`, sha256: '0'.repeat(64), bytes: 1 })),
    countingMethod,
    ...changed,
  }
}

function missingOf(declaration: Declaration): readonly string[] {
  return checkCompleteness(declaration, filedOn)
    .findings.filter(({ kind }) => kind === 'missing')
    .map(({ code }) => code)
}

test('a declaration with its seven materials lacks nothing a machine can see', () => {
  const report = checkCompleteness(aDeclaration(), filedOn)
  expect(report.complete).toBe(true)
  expect(missingOf(aDeclaration())).toEqual([])
  expect(report.findings.find(({ code }) => code === 'seal.certificates')?.kind).toBe('not-checkable')
})

test.for(materials)('without the %s it is incomplete', (kind) => {
  const declaration = aDeclaration()
  const without = { ...declaration, documents: declaration.documents.filter((document) => document.kind !== kind) }
  expect(missingOf(without)).toEqual([`document.${kind}`])
})

test('an empty file is no document', () => {
  const declaration = aDeclaration()
  const empty = declaration.documents.map((document) => ({ ...document, bytes: 0 }))
  expect(missingOf({ ...declaration, documents: empty })).toHaveLength(materials.length)
})

test.for([
  ['2025-12-01', true],
  ['2025-12-02', false],
  ['2026-03-02', false],
  ['2026-03-03', true],
] as const)('a self-assessment finished on %s, filed on 2026-03-02: too old or not over yet: %s', ([to, wrong]) => {
  const selfAssessment = { from: legalDate('2025-11-01'), to: legalDate(to) }
  expect(missingOf(aDeclaration({ selfAssessment }))).toEqual(wrong ? ['self-assessment.within-three-months'] : [])
})

test.for([
  ['scenario.items', { items: [...scenario.items, ...scenario.items] }],
  ['scenario.necessity', { items: scenario.items.map((item) => ({ ...item, necessity: ' ' })) }],
  ['scenario.recipients', { recipients: [] }],
  ['scenario.sensitive-agrees', { persons: { general: 5, sensitive: 0 } }],
  ['scenario.retention', { retention: '' }],
] as const)('%s is seen missing', ([code, changed]) => {
  expect(missingOf(aDeclaration({ scenarios: [scenario, { ...scenario, ...changed }] }))).toEqual([code])
})

test('another path than the assessment is not declared', () => {
  expect(missingOf(aDeclaration({ path: 'exempt' }))).toEqual(['path.assessment'])
})
