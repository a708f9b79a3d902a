import { sections } from '@tongguan/dossier/preparation/questions'
import { expect, test } from 'vitest'
import { labelOf, placeOf } from './places.ts'
import { Writing } from './writing.ts'
import type { Outcome, Ports, Revision, Unsaved } from './writing.ts'

const first = { n: 1, by: 'a', at: '2026-11-23T01:00:00Z', key: 'start', changes: [set('', { reference: 'one' })] }

function set(path: string, value: string | { readonly reference: string }) {
  return { kind: 'set', path, value } as const
}

function aDesk(revisions: readonly Revision[], answer: Outcome) {
  const sent: string[] = []
  const kept: (Unsaved | null)[] = []
  const ports: Ports = {
    newKey: () => 'new',
    revisionsAfter: (n) => Promise.resolve(revisions.slice(n)),
    send: ({ key }) => {
      sent.push(key)
      return Promise.resolve(answer)
    },
    keep: (unsaved) => void kept.push(unsaved),
  }
  return { writing: new Writing({ tree: { reference: 'one' }, revision: 1 }, ports), sent, kept }
}

const unsaved: Unsaved = { seen: 1, sent: { key: 'k', seen: 1, changes: [set('reference', 'two')] }, pending: [] }

test('what was sent and is among the revisions is not sent again', async () => {
  const arrived = { ...first, n: 2, key: 'k', changes: [set('reference', 'two')] }
  const { writing, sent, kept } = aDesk([first, arrived], 'stale')
  await writing.resume(unsaved)
  expect(sent).toEqual([])
  expect(kept.at(-1)).toBeNull()
  expect(writing.shown()).toMatchObject({ tree: { reference: 'two' }, revision: 2, unsaved: false })
})

test('what was sent and did not arrive goes out with the key of the first time', async () => {
  const { writing, sent } = aDesk([first], { saved: { revision: 2, at: '2026-11-23T01:00:01Z' } })
  await writing.resume(unsaved)
  expect(sent).toEqual(['k'])
  expect(writing.shown()).toMatchObject({ tree: { reference: 'two' }, revision: 2, unsaved: false })
})

test('what the server refuses stays, is kept, and can be given up', async () => {
  const { writing, kept } = aDesk([first], { refused: { zh: '不', en: 'no' } })
  writing.change(set('reference', 'two'))
  await writing.save()
  expect(writing.shown()).toMatchObject({ tree: { reference: 'two' }, unsaved: true, refused: { en: 'no' } })
  expect(kept.at(-1)?.pending).toEqual([set('reference', 'two')])
  writing.discard()
  expect(writing.shown()).toMatchObject({ tree: { reference: 'one' }, unsaved: false, refused: null })
})

test('a finding leads to the deepest place there is, named in words', () => {
  const nodes = sections.find(({ id }) => id === 'items')?.nodes ?? []
  expect(placeOf(nodes, 'scenarios.0.items.3.decision.why')).toBe('scenarios.0.items.3.decision.why')
  expect(placeOf(nodes, 'scenarios.0.items.3.unheard')).toBe('scenarios.0.items.3')
  expect(placeOf(nodes, 'evidence')).toBeNull()
  expect(labelOf(nodes, 'scenarios.0.items.3').map((one) => (typeof one === 'number' ? one : one.en))).toEqual([
    'Scenarios',
    1,
    'Data items',
    4,
  ])
})
