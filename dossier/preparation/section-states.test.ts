import { expect, test } from 'vitest'
import type { Finding } from '../check.ts'
import { isPart, sectionIds, sectionOf, sections } from './questions.ts'
import type { Node } from './questions.ts'
import { sectionStates, sectionsAnswered } from './section-states.ts'

const finding = (code: string, where: string, severity: Finding['severity'] = 'error'): Finding => ({
  code,
  where,
  severity,
  words: { zh: '', en: '' },
})

test('a section says what is to be done in it', () => {
  const findings = [
    finding('answer.missing', 'compliance.from'),
    finding('answer.missing', 'handler.name'),
    finding('handler.credit-code', 'handler.creditCode'),
    finding('answer.missing', 'agent.name'),
    finding('item.identifies-directly', 'scenarios.0.items', 'warning'),
  ]
  const states = sectionStates(findings, { begun: new Set(['persons', 'safeguards', 'documents']), checked: false })
  const of = (id: string) => states.find(({ section }) => section === id)
  expect(of('compliance')).toEqual({ section: 'compliance', state: 'not-started', missing: 1, errors: 0, warnings: 0 })
  expect(of('persons')?.state).toBe('in-progress')
  expect(of('handler')).toMatchObject({ state: 'needs-attention', missing: 1, errors: 1 })
  expect(of('safeguards')?.state).toBe('complete')
  expect(of('documents')?.state).toBe('in-progress')
  expect(of('items')).toMatchObject({ state: 'not-started', warnings: 1 })
  expect(sectionStates([], { begun: new Set(), checked: true }).every(({ state }) => state === 'complete')).toBe(true)
})

test('what a declaration was begun with counts as begun; the id of a scenario and what is empty do not', () => {
  const empty = {
    facts: { flows: [{ id: 'scenario-1' }] },
    handler: { name: null },
    scenarios: [{ id: 'scenario-1', items: [] }],
  }
  expect([...sectionsAnswered(empty)]).toEqual([])
  const told = {
    handler: { name: 'a', ciio: false },
    legalDocument: { parties: [null, null] },
    documents: [{ kind: 'agent-id' }],
    compliance: { from: '' },
    scenarios: [{ items: [{ column: 'x', necessity: { related: null } }] }],
  }
  expect([...sectionsAnswered(told)]).toEqual(['handler', 'items'])
})

test.for([
  ['scenarios.0.items.3.decision', 'items'],
  ['scenarios.0.itemsFoo', 'scenarios'],
  ['scenarios.1.name', 'scenarios'],
  ['facts.flows', 'facts'],
  ['determination.path', 'facts'],
  ['evidence.files', 'items'],
  ['completeness', 'documents'],
  ['legalDocument.clauses', 'legal-document'],
] as const)('%s stands in %s', ([path, section]) => {
  expect(sectionOf(path)).toBe(section)
})

test('every section is asked once, and asks for what stands in it', () => {
  expect(sections.map(({ id }) => id)).toEqual([...sectionIds])
  // The items stand inside the scenarios, which have a section of their own.
  const roots = sections
    .filter(({ id }) => id !== 'items')
    .flatMap(({ id, nodes }) => nodes.map(({ key }) => [key, id] as const))
  for (const [key, id] of roots) expect([key, sectionOf(key)]).toEqual([key, id])
  expect(sectionOf('scenarios.0.items')).toBe('items')
})

test('no key stands twice in a part', () => {
  const visit = (nodes: readonly Node[]) => {
    expect(new Set(nodes.map(({ key }) => key)).size).toBe(nodes.length)
    for (const node of nodes) if (isPart(node)) visit(node.questions)
  }
  for (const { nodes } of sections) visit(nodes)
})
