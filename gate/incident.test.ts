import { expect, test } from 'vitest'
import { openIncident } from './incident.ts'
import type { IncidentFacts } from './incident.ts'
import { amsterdam } from './makers.ts'
import type { ReleasePredicate } from './manifest.ts'

const facts: IncidentFacts = {
  id: 'i1',
  knownAt: '2026-11-23T04:00:00Z',
  what: 'leak',
  province: '北京市互联网信息办公室',
  cause: 'a lost laptop',
}

/** The parts of a manifest an incident looks at. */
function aRelease(
  name: string,
  [batch, after]: readonly [batch: number, after: number],
  {
    sensitive = [0, 0],
    ...about
  }: Partial<Omit<ReleasePredicate, 'persons'>> & { readonly sensitive?: readonly [number, number] } = {},
): ReleasePredicate {
  const [sensitiveBatch, sensitiveAfter] = sensitive
  const persons = { batch, after, sensitive: { batch: sensitiveBatch, after: sensitiveAfter } }
  const stated = { recipient: amsterdam, scenario: 'research', items: ['id', 'note'], decidedOn: '2026-11-20' }
  const handler = { name: '示例医院', creditCode: '91110000000000000X' }
  return { batch: { name }, permit: { id: 'p1' }, handler, ...stated, ...about, persons } as ReleasePredicate
}

function opened(about: Partial<IncidentFacts>, releases: readonly ReleasePredicate[]) {
  const found = openIncident({ ...facts, ...about }, releases)
  if (found.schema === 'tongguan/none-concerned/1') throw new Error('nothing is concerned')
  return found
}

test('persons of one permit overlap as the ledger counted them; over permits they may be others', () => {
  const same = [aRelease('a', [100, 100]), aRelease('b', [80, 130])]
  expect(opened({}, same).persons).toEqual({ lower: 100, upper: 130 })
  const other = aRelease('c', [50, 50], { permit: { id: 'p2' } as ReleasePredicate['permit'], sensitive: [7, 9] })
  expect(opened({}, [...same, other])).toMatchObject({
    persons: { lower: 100, upper: 187 },
    sensitivePersons: { lower: 7, upper: 7 },
  })
})

test.for([
  [99_999, undefined, 'general', 'general'],
  [100_000, undefined, 'considerable', 'considerable'],
  [0, 49_999_999, 'general', 'general'],
  [0, 50_000_000, 'considerable', 'considerable'],
] as const)('%i sensitive persons and a loss of %s yuan are %s', ([sensitive, lossYuan, from, to]) => {
  const about = lossYuan === undefined ? {} : { lossYuan }
  const { grade, missing } = opened(about, [aRelease('a', [1, 1], { sensitive: [sensitive, sensitive] })])
  expect([grade.from, grade.to, missing.includes('lossYuan')]).toEqual([from, to, lossYuan === undefined])
})

test('where persons may be the same or not, the grade is a range', () => {
  const of = (name: string, id: string) =>
    aRelease(name, [600_000, 600_000], { permit: { id } as ReleasePredicate['permit'] })
  expect(opened({}, [of('a', 'p1'), of('b', 'p2')]).grade).toMatchObject({ from: 'general', to: 'considerable' })
})

test('drafts go to province, sector, individuals and each recipient, with the article; what nobody said is said to be open', () => {
  const elsewhere = { name: 'Elsewhere', country: 'DE' }
  const { reports } = opened({ sector: 'finance' }, [
    aRelease('a', [3, 3]),
    aRelease('b', [2, 4], { recipient: elsewhere }),
  ])
  expect(reports.map(({ to, addressee, because, due }) => [to, addressee, because.article, due])).toEqual([
    ['province', facts.province, 11, []],
    ['sector', '', 11, ['2026-11-23T06:00:00.000Z', '2026-11-24T04:00:00.000Z']],
    ['individuals', '', 57, []],
    ['recipient', amsterdam.name, 11, []],
    ['recipient', 'Elsewhere', 11, []],
  ])
  const [province, , individuals] = reports.map(({ paragraphs }) => paragraphs.map(({ en }) => en))
  expect(province).toEqual(
    expect.arrayContaining([
      'Known since: 2026-11-23T04:00:00Z',
      'Its cause: a lost laptop',
      'Harm that may follow: (to be filled in)',
      'Persons concerned (distinct): 3–4',
    ]),
  )
  expect(individuals).toContain('What you can do yourself: (to be filled in)')
})

test('only the batches named are concerned; one that never left is named back', () => {
  const releases = [aRelease('a', [3, 3]), aRelease('b', [2, 4])]
  expect(opened({ batches: ['b'] }, releases).batches.map(({ name }) => name)).toEqual(['b'])
  expect(openIncident({ ...facts, batches: ['b', 'x'] }, releases)).toMatchObject({ unknown: ['x'] })
  expect(openIncident({ ...facts, recipient: 'Nobody' }, releases)).toMatchObject({ unknown: [] })
})
