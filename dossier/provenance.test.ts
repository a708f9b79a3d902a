import { legalDate } from '@tongguan/law'
import { expect, test } from 'vitest'
import { someAnswers } from './makers.ts'
import { provenanceOf, strayProvenance } from './provenance.ts'

test('an answer has its own source, or that of the part it stands in, the scan, or the person who typed', () => {
  const person = { kind: 'person', name: '王样本', on: legalDate('2026-02-01') } as const
  const page = { kind: 'document', file: 'attachments/code.pdf', page: 1 } as const
  const sources = provenanceOf(someAnswers(), { handler: person, 'handler.creditCode': page })
  expect(sources['handler.name']).toEqual(person)
  expect(sources['handler.creditCode']).toEqual(page)
  expect(sources['scenarios.0.items.0.column']).toMatchObject({ kind: 'scan' })
  expect(sources['conclusion']).toEqual({ kind: 'typed' })
})

test('a source for a field that is none is found', () => {
  expect(strayProvenance(someAnswers(), { 'handler.nmae': { kind: 'typed' }, handler: { kind: 'typed' } })).toEqual([
    'handler.nmae',
  ])
})
