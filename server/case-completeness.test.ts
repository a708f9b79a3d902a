import { fold } from '@tongguan/casework'
import type { Case } from '@tongguan/casework'
import type { FilingDetails } from '@tongguan/law'
import { expect, test } from 'vitest'
import { aDeclaration, anAssessedCase } from '../casework/case.makers.ts'
import { caseNo } from '../casework/case.ts'
import { completenessOf } from './case-completeness.ts'
import { CompletenessSchema } from './contract/cases.ts'
import { softwareVersion } from './version.ts'

const no = caseNo('TG-2026-000001')
function filed(details: FilingDetails): Case {
  const declaration = aDeclaration({ details })
  const [first] = anAssessedCase(no)
  const current = first?.kind === 'declared' ? fold([{ ...first, declaration }]) : null
  if (current === null) throw new Error('the maker begins with a declaration')
  return current
}

test('the desk sees which fields of the form are empty, by their names in the form', () => {
  const empty = { fields: {}, scenarios: [{ id: 'research', fields: {}, recipients: [] }] }
  const found = CompletenessSchema.parse(completenessOf(filed({ form: empty })))
  expect(found).toMatchObject({ checkedBy: softwareVersion, edition: 3, verdict: 'incomplete' })
  const agent = found.findings.find(({ code }) => code === 'form.agent')
  expect(agent?.kind).toBe('missing')
  expect(agent?.faults.map(({ words }) => words.zh)).toContain('经办人信息，联系电话')
  const scenarios = found.findings.find(({ code }) => code === 'form.scenarios')
  expect(scenarios?.faults).toContainEqual({
    field: 'research/scenario.summary',
    fault: 'empty',
    words: { zh: '场景research，出境场景简述', en: 'scenario research, summary: business, purpose, manner' },
  })
})

test('a declaration without the form as data leaves its sections for a person to see', () => {
  const kinds = completenessOf(filed({}))?.findings.filter(({ code }) => code.startsWith('form.'))
  expect(new Set(kinds?.map(({ kind }) => kind))).toEqual(new Set(['not-checkable']))
})
