import { expect, test } from 'vitest'
import { legalDate } from './calendar.ts'
import { checkCompleteness, completenessChecks, materialRequirements } from './completeness.ts'
import type { Declaration, DocumentKind } from './declaration.ts'
import { declarationForm, isCreditCode } from './declaration-form.ts'
import type { FormValues } from './declaration-form.ts'
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
    handler: { name: '示例医院', creditCode: '12110000EXAMP1E097', ciio: false, province: '北京' },
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

test.for([
  ['2022-08-31', null, 'unknown'],
  ['2022-09-01', 1, 'unknown'],
  ['2024-03-21', 1, 'unknown'],
  ['2024-03-22', 2, 'unknown'],
  ['2025-06-26', 2, 'unknown'],
  ['2025-06-27', 3, 'complete'],
] as const)('filed on %s it goes by edition %s of the guide: %s', ([on, edition, verdict]) => {
  const day = legalDate(on)
  const report = checkCompleteness(aDeclaration({ selfAssessment: { from: day, to: day } }), day)
  expect(report.edition?.edition ?? null).toBe(edition)
  expect(report.verdict).toBe(verdict)
  expect(report.complete).toBe(verdict === 'complete')
  expect(report.findings.some(({ code }) => code === 'guide.edition-not-obtained')).toBe(edition !== 3)
})

test('before the third edition what the Measures themselves name may still be missing', () => {
  const documents = aDeclaration().documents.filter(({ kind }) => kind !== 'legal-document')
  const report = checkCompleteness(aDeclaration({ documents }), legalDate('2023-02-01'))
  expect(report.verdict).toBe('incomplete')
  expect(report.findings.find(({ kind }) => kind === 'missing')).toMatchObject({
    code: 'document.legal-document',
    citation: { instrument: 'measures-2022', article: 6 },
  })
})

test.for([
  ['12110000EXAMP1E097', true],
  ['12110000EXAMP1E098', false],
  ['12110000EXAMP1E09', false],
  ['12110000EXAMPIE097', false],
] as const)('the credit code %s is well formed: %s', ([creditCode, good]) => {
  expect(isCreditCode(creditCode)).toBe(good)
  const handler = { ...aDeclaration().handler, creditCode }
  expect(missingOf(aDeclaration({ handler }))).toEqual(good ? [] : ['handler.credit-code'])
})

const recipientFields = {
  'recipient.name': 'A university',
  'recipient.country': 'NL',
  'recipient.address': 'Amsterdam',
  'recipient.business': 'research',
  'recipient.principal': 'A. B.',
  'recipient.principal-position': 'dean',
  'recipient.phone': '+31 20 0000000',
  'recipient.email': 'a@example.org',
}

function aForm({
  fields = {},
  scenario: changed = {},
  recipients = [recipientFields],
}: {
  readonly fields?: Record<string, string>
  readonly scenario?: Record<string, string>
  readonly recipients?: readonly Record<string, string>[]
} = {}): FormValues {
  const once = declarationForm.flatMap((section) => section.fields.filter(({ per }) => per === 'declaration'))
  const filled = Object.fromEntries(once.map(({ code, format }) => [code, sampleOf(format)]))
  return {
    fields: { ...filled, ...fields },
    scenarios: [
      {
        id: 'research',
        fields: {
          'scenario.summary': '合作研究',
          'scenario.manner': '公共互联网传输',
          'scenario.important-data': '否',
          'scenario.personal-information': '是',
          'scenario.sensitive': '是',
          'scenario.industry': '卫生健康',
          'scenario.persons.exported': '0',
          'scenario.persons.next-three-years': '12000',
          'scenario.persons.relation': '均为新增',
          ...changed,
        },
        recipients,
      },
    ],
  }
}

function sampleOf(format: (typeof declarationForm)[number]['fields'][number]['format']): string {
  switch (format.kind) {
    case 'whole-number':
      return '12'
    case 'yes-or-no':
      return '否'
    case 'credit-code':
      return '12110000EXAMP1E097'
    case 'choice':
      return format.of[0] ?? ''
    case 'text':
      return '示例'
    default:
      throw new Error('a format without a sample')
  }
}

function formFaults(form: FormValues) {
  const { findings } = checkCompleteness(aDeclaration(), filedOn, { form })
  return findings.flatMap(({ code, kind, faults }) =>
    code.startsWith('form.') && kind === 'missing' ? (faults ?? []).map(({ field, fault }) => [field, fault]) : [],
  )
}

test('a filled form has no fault; an unseen one is not checkable, section by section', () => {
  expect(formFaults(aForm())).toEqual([])
  const { findings } = checkCompleteness(aDeclaration(), filedOn)
  expect(findings.filter(({ code }) => code.startsWith('form.')).map(({ kind }) => kind)).toEqual(
    declarationForm.map(() => 'not-checkable'),
  )
})

test.for(
  declarationForm
    .flatMap((section) => section.fields.filter(({ per }) => per === 'declaration'))
    .map(({ code }) => code),
)('%s left empty is named', (code) => {
  expect(formFaults(aForm({ fields: { [code]: ' ' } }))).toEqual([[code, 'empty']])
})

test.for([
  ['handler.employees', 'about ten'],
  ['handler.credit-code', '12110000EXAMP1E098'],
  ['handler.ciio', 'maybe'],
] as const)('%s as "%s" is malformed', ([code, value]) => {
  expect(formFaults(aForm({ fields: { [code]: value } }))).toEqual([[code, 'malformed']])
})

test.for([
  [100, []],
  [101, [['research/scenario.summary', 'malformed']]],
] as const)('a summary of %i characters: %j', ([length, faults]) => {
  expect(formFaults(aForm({ scenario: { 'scenario.summary': '数'.repeat(length) } }))).toEqual(faults)
})

test('who recognised important data and how large they are is asked only where there are any', () => {
  expect(formFaults(aForm({ scenario: { 'scenario.important-data': '是' } }))).toEqual([
    ['research/scenario.important-data.department', 'empty'],
    ['research/scenario.important-data.size', 'empty'],
  ])
})

test('recipients are listed, or counted where they are too many', () => {
  expect(formFaults(aForm({ recipients: [] }))).toEqual([['research/recipient.name', 'empty']])
  const counted = { 'scenario.recipient-statistics': '约300家境外合作方' }
  expect(formFaults(aForm({ recipients: [], scenario: counted }))).toEqual([])
})

test('a clause of article 9 that was looked for and not found is missing', () => {
  const clauses = ['K-1', 'K-2', 'K-3', 'K-5', 'K-6']
  const { findings } = checkCompleteness(aDeclaration(), filedOn, { clauses })
  expect(findings.filter(({ kind }) => kind === 'missing').map(({ code }) => code)).toEqual(['legal-document.K-4'])
})

test.for([
  ['2026-03-01', '2026-03-01', 'missing'],
  ['2026-03-02', '2026-03-02', 'present'],
  ['2026-03-03', '2026-12-31', 'missing'],
] as const)('a power of attorney from %s to %s, filed on 2026-03-02: %s', ([from, to, kind]) => {
  const attorney = { from: legalDate(from), to: legalDate(to) }
  const { findings } = checkCompleteness(aDeclaration(), filedOn, { attorney })
  expect(findings.find(({ code }) => code === 'power-of-attorney.period')?.kind).toBe(kind)
})

test('each check has a code of its own, and each of the eight materials its requirement', () => {
  expect(new Set(completenessChecks.map(({ code }) => code)).size).toBe(completenessChecks.length)
  expect(materialRequirements.map(({ no, kind }) => [no, kind])).toEqual(
    [...materials, 'other-proof'].map((kind, index) => [index + 1, kind]),
  )
})
