// Every check the law's completeness list holds is broken once in a good declaration, or named as one only a person can answer.
import { addMonths, checkCompleteness, completenessChecks, declarationForm, requiredClauses } from '@tongguan/law'
import type { Declaration, FilingDetails } from '@tongguan/law'
import { expect, test } from 'vitest'
import { materials } from './completeness.ts'
import { compose } from './compose.ts'
import { aCase } from './makers.ts'

const { declaration, filedOn, completeness } = compose(aCase())
const codes = completenessChecks.map(({ code }) => code)
const kindOf = (changed: Declaration, code: string) =>
  checkCompleteness(changed, filedOn).findings.find((finding) => finding.code === code)?.kind

const eachScenario = (changes: Partial<Declaration['scenarios'][number]>) => ({
  scenarios: declaration.scenarios.map((one) => ({ ...one, ...changes })),
})
const details = (changes: FilingDetails) => ({ details: { ...declaration.details, ...changes } })
const [item] = declaration.scenarios[0]?.items ?? []

const broken: Readonly<Record<string, Partial<Declaration>>> = {
  ...Object.fromEntries(
    materials.filter(({ kind }) => kind !== 'other-proof').map(({ kind }) => [`document.${kind}`, { documents: [] }]),
  ),
  'path.assessment': { path: 'exempt' },
  'handler.named': { handler: { ...declaration.handler, province: ' ' } },
  'handler.credit-code': { handler: { ...declaration.handler, creditCode: '12110000EXAMP1E098' } },
  'self-assessment.order': { selfAssessment: { from: filedOn, to: declaration.selfAssessment.from } },
  'self-assessment.within-three-months': {
    selfAssessment: { ...declaration.selfAssessment, to: addMonths(filedOn, -4) },
  },
  'scenarios.any': { scenarios: [] },
  'scenario.described': eachScenario({ purpose: '' }),
  'scenario.recipients': eachScenario({ recipients: [] }),
  'scenario.items': eachScenario({ items: [] }),
  'scenario.necessity': eachScenario({ items: item ? [{ ...item, necessity: '' }] : [] }),
  'scenario.persons': eachScenario({ persons: { general: 0, sensitive: 0 } }),
  'scenario.sensitive-agrees': eachScenario({ persons: { general: 5, sensitive: 0 } }),
  'scenario.retention': eachScenario({ retention: '' }),
  'scenario.important-data-size': eachScenario({ importantDataBytes: 0 }),
  'power-of-attorney.period': details({
    attorney: { from: declaration.selfAssessment.from, to: declaration.selfAssessment.from },
  }),
  ...Object.fromEntries(
    declarationForm.map(({ code }) => [
      `form.${code}`,
      details({ form: { fields: {}, scenarios: [{ id: 'research', fields: {}, recipients: [] }] } }),
    ]),
  ),
  ...Object.fromEntries(requiredClauses.map(({ code }) => [`legal-document.${code}`, details({ clauses: [] })])),
}

/** Never "missing": a declaration does not hold the answer, so that a person looks. Where the papers tell it, `check` asks. */
const onlyAPerson = [
  'channel.portal-or-offline',
  'counting-method',
  'declaration-form.language',
  'document.other-proof',
  'document.upload-format',
  'legal-document.chinese',
  'legal-document.marked',
  'legal-document.scenario-name',
  'power-of-attorney.own-staff',
  'seal.certificates',
  'seal.declaration-form',
  'seal.self-assessment-report',
  'self-assessment-report.agrees-with-form',
  'self-assessment-report.language',
  'self-assessment-report.notice-and-consent',
  'self-assessment-report.outline',
  'self-assessment-report.third-party',
  'self-assessment.unchanged',
  'signature.power-of-attorney',
  'typography',
] as const

test('each check is broken once here, or is one that only a person answers', () => {
  expect([...Object.keys(broken), ...onlyAPerson].toSorted()).toEqual([...new Set(codes)].toSorted())
})

test.for(Object.entries(broken))('%s: a declaration that breaks it is found missing it', ([code, changes]) => {
  expect(kindOf({ ...declaration, ...changes }, code)).toBe('missing')
})

test('what only a person sees is said not to be checkable, or to hold, of the good declaration, and nothing is missing', () => {
  expect(completeness.findings.filter(({ kind }) => kind === 'missing')).toEqual([])
  for (const code of onlyAPerson) expect(['present', 'not-checkable']).toContain(kindOf(declaration, code))
})
