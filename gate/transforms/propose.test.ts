import type { PermittedScenario } from '@tongguan/law'
import { expect, test } from 'vitest'
import { aColumn, aScenario, anItem } from '../makers.ts'
import { proposeFile } from './propose.ts'
import type { CountedRows, RowsBelow } from './propose.ts'

const columns = [
  aColumn('id_no', { kind: 'national_id', level: 'confirmed', category: 'sensitive', identifies: 'direct' }),
  aColumn('born', { kind: 'birth_date', level: 'confirmed', category: 'personal', identifies: 'quasi' }),
  aColumn('zip', { kind: 'postal_code', level: 'likely', category: 'personal', identifies: 'quasi' }),
  aColumn('secret'),
]
const items = [
  anItem('id_no', { kind: 'national_id', category: 'sensitive', treatment: 'keyed-hash' }),
  anItem('born', { kind: 'birth_date', category: 'personal' }),
  anItem('zip', { kind: 'postal_code', category: 'personal' }),
]

/** Counts as the engine would, in memory. */
const inMemory = ({
  rows,
  values,
}: {
  readonly rows: readonly number[]
  readonly values: readonly (readonly number[])[]
}) => {
  const below: RowsBelow = (k, becomes) => {
    const classes = new Map<string, number>()
    for (const [row, n] of rows.entries()) {
      const key = values.map((column, at) => becomes[at]?.[column[row] ?? 0]).join()
      classes.set(key, (classes.get(key) ?? 0) + n)
    }
    return Promise.resolve([...classes.values()].reduce((sum, size) => (size < k ? sum + size : sum), 0))
  }
  return Promise.resolve(below)
}

const propose = (about: Partial<PermittedScenario>, counted: CountedRows) =>
  proposeFile({ path: 'a.csv', columns }, aScenario({ items, ...about }), counted, inMemory)

const nobody: CountedRows = { rows: [], values: [] }

test('what the permit asks for is done, what it does not name is suppressed, the rest stays', async () => {
  const { recipe, notApproved, search } = await propose({}, nobody)
  expect(recipe.columns).toEqual({
    id_no: { do: 'keyed-hash' },
    born: { do: 'keep' },
    zip: { do: 'keep' },
    secret: { do: 'suppress' },
  })
  expect([notApproved, search]).toEqual([['secret'], undefined])
})

// Two persons of one year and two of another, each in a place of its own within one region.
const four: CountedRows = {
  rows: [1, 1, 1, 1],
  values: [
    ['1951-02-03', '1951-07-08', '1962-01-02', '1962-11-12'],
    ['100010', '100020', '100030', '100040'],
  ],
}

test('the levels that lose least reach k, by rules that are carried out', async () => {
  const { recipe, search } = await propose({ anonymity: { k: 2, columns: ['born', 'zip'] } }, four)
  expect([recipe.columns['born'], recipe.columns['zip']]).toEqual([
    { do: 'generalise', to: 'year' },
    { do: 'generalise', first: 4 },
  ])
  expect(search).toMatchObject({ k: 2, columns: ['born', 'zip'] })
})

test('a treatment the permit asks for is a level of its own ladder, and no level is one below it', async () => {
  const asked = items.map((item) => (item.name === 'born' ? { ...item, treatment: 'generalise' as const } : item))
  const { recipe } = await propose({ items: asked, anonymity: { k: 1, columns: ['born', 'zip'] } }, four)
  expect([recipe.columns['born'], recipe.columns['zip']]).toEqual([{ do: 'generalise', to: 'month' }, { do: 'keep' }])
})

test('more alike than there are rows cannot be reached, and it says so', async () => {
  const { search } = await propose({ anonymity: { k: 5, columns: ['born', 'zip'] } }, four)
  expect(search?.found).toBeNull()
})
