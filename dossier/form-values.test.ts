import { checkCompleteness, declarationForm } from '@tongguan/law'
import { expect, test } from 'vitest'
import { compose } from './compose.ts'
import { aCase, aScenario, someAnswers } from './makers.ts'

const detailsOf = (answers = someAnswers()) => compose(aCase({ answers })).declaration.details
const formFaults = (answers = someAnswers()) =>
  compose(aCase({ answers })).completeness.findings.flatMap(({ faults = [] }) => faults)

test('every value has a field in the form and every field that must be filled is', () => {
  const codes = new Set(declarationForm.flatMap(({ fields }) => fields.map(({ code }) => code)))
  const form = detailsOf()?.form
  const filled = [form?.fields, ...(form?.scenarios.flatMap(({ fields, recipients }) => [fields, ...recipients]) ?? [])]
  expect(filled.flatMap((fields) => Object.keys(fields ?? {})).filter((code) => !codes.has(code))).toEqual([])
  expect(formFaults()).toEqual([])
})

test('a handler without a legal representative has filled that section', () => {
  expect(formFaults(someAnswers({ legalRepresentative: null }))).toEqual([])
})

test.for([
  [100, []],
  [101, [{ field: 'research/scenario.summary', fault: 'malformed' }]],
] as const)('a summary of %i characters → %j', ([length, faults]) => {
  expect(formFaults(someAnswers({ scenarios: [aScenario({ summary: '研'.repeat(length) })] }))).toEqual(faults)
})

test('the declaration as data does not repeat identity numbers, telephones and addresses of the post', () => {
  const { legalRepresentative, agent, scenarios } = someAnswers()
  const text = JSON.stringify(compose(aCase()).declaration)
  const kept = [
    legalRepresentative?.idNumber,
    agent.idNumber,
    agent.phone,
    agent.email,
    scenarios[0]?.recipients[0]?.phone,
  ]
  for (const value of kept) {
    expect(value).toBeTruthy()
    expect(text).not.toContain(value)
  }
})

test('whoever holds the declaration alone finds what the handler found', () => {
  const answers = someAnswers({ scenarios: [aScenario({ summary: '研'.repeat(101) })] })
  const { declaration, completeness, filedOn } = compose(aCase({ answers }))
  const ofDocuments = ({ code }: { readonly code: string }) => code.startsWith('document.')
  const atTheDesk = checkCompleteness(declaration, filedOn)
  expect(atTheDesk.findings.filter((one) => !ofDocuments(one))).toEqual(
    completeness.findings.filter((one) => !ofDocuments(one)),
  )
})
