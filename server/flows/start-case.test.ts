import { expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { anEvidence, someFacts } from '../../dossier/makers.ts'
import { missingFields } from '../contract/yaml-file.ts'
import { AnswersSchema } from '../contract/answers.ts'
import { newCase } from './start-case.ts'

const answersText = () => {
  const files = newCase({ facts: someFacts(), factsText: '', evidence: anEvidence(), evidenceText: '{}' })
  return Buffer.from(files.get('answers.yaml') ?? new Uint8Array()).toString('utf8')
}

test('a new case asks for each matter how likely and how grave it is, before and after, and who does what by when', () => {
  const missing = missingFields(answersText(), AnswersSchema).map(({ field }) => field)
  for (const list of ['assessment.5', 'reviewerMatters.2']) {
    expect(missing).toEqual(
      expect.arrayContaining([
        `${list}.risk.before.likelihood`,
        `${list}.risk.before.severity`,
        `${list}.risk.after.likelihood`,
        `${list}.risk.after.severity`,
        `${list}.measures.0.what`,
        `${list}.measures.0.owner`,
        `${list}.measures.0.by`,
      ]),
    )
  }
  expect(answersText()).toContain('1 (hardly, slight) to 5 (almost certain, grave)')
})

test('what facts and scan tell is not asked', () => {
  const answers = parseDocument(answersText()).toJS() as { scenarios: { recipients: object[]; items: object[] }[] }
  expect(answers.scenarios[0]?.recipients[0]).toMatchObject({
    name: 'Example Centre',
    country: 'NL',
    countryName: '荷兰',
  })
  expect(answers.scenarios[0]?.items[0]).toMatchObject({ column: '入组编号', table: '患者登记.csv' })
})

test('each item is asked whether China could process it, and what is decided where the scan proposes not to keep it', () => {
  const missing = missingFields(answersText(), AnswersSchema).map(({ field }) => field)
  expect(missing).toEqual(
    expect.arrayContaining(['scenarios.0.items.1.inChina.possible', 'scenarios.0.items.1.inChina.why']),
  )
  expect(missing.filter((field) => field.endsWith('decision.action'))).toEqual(['scenarios.0.items.2.decision.action'])
  expect(answersText()).toContain('删去：可直接识别个人')
})
