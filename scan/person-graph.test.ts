// The same persons, to the last one, however the rows were dealt out among shards and in whatever order these come.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Shard } from './person-graph.ts'
import { countShards } from './persons.ts'
import type { KeyKind } from './persons.ts'

interface Row {
  readonly ids: readonly number[]
  readonly sensitive: boolean
  readonly minor: boolean
}

const places: readonly { readonly kind: KeyKind; readonly register: string }[] = [
  { kind: 'national_id', register: '' },
  { kind: 'person_id', register: 'patient' },
  { kind: 'medical_record_no', register: '' },
  { kind: 'mobile', register: '' },
  { kind: 'mobile', register: '' },
  { kind: 'visit', register: '' },
]

// Stands in for the keyed hash: another one for each place and number, its last bit always set.
const hashOf = (place: string, id: number): bigint =>
  BigInt.asUintN(64, (BigInt(id + 1) * 0x9e3779b97f4a7c15n) ^ (BigInt(place.length * 7919) << 20n)) | 1n

function aShard(rows: readonly Row[]): Shard {
  const groups = new Map<string, { hashes: bigint[]; counts: [number, number, number] }>()
  for (const { ids, sensitive, minor } of rows) {
    const hashes = ids.map((id, at) => (id === 0 ? 0n : hashOf(placeName(at), id)))
    const key = hashes.join()
    const group = groups.get(key) ?? { hashes, counts: [0, 0, 0] }
    group.counts = [
      group.counts[0] + 1,
      group.counts[1] + (sensitive || minor ? 1 : 0),
      group.counts[2] + (minor ? 1 : 0),
    ]
    groups.set(key, group)
  }
  const width = places.length * 8 + 12
  const edges = Buffer.alloc(groups.size * width)
  for (const [at, { hashes, counts }] of [...groups.values()].entries()) {
    for (const [key, hash] of hashes.entries()) edges.writeBigUInt64LE(hash, at * width + key * 8)
    for (const [i, count] of counts.entries()) edges.writeUInt32LE(count, at * width + places.length * 8 + i * 4)
  }
  return { epoch: '2026', keys: places, aboutPersons: true, edges, mentions: [] }
}

// Record numbers and patients' numbers share one place, as in persons.ts.
const placeName = (at: number): string =>
  places[at]?.kind === 'medical_record_no' || places[at]?.kind === 'person_id' ? 'record' : (places[at]?.kind ?? '')

const row: fc.Arbitrary<Row> = fc.record({
  ids: fc.tuple(
    ...places.map(() =>
      fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.integer({ min: 1, max: 25 }) }),
    ),
  ),
  sensitive: fc.boolean(),
  minor: fc.boolean(),
})

const dealt = (rows: readonly Row[], shards: number, order: readonly number[]): Shard[] => {
  const hands: Row[][] = Array.from({ length: shards }, () => [])
  for (const [at, one] of rows.entries()) hands[(order[at % order.length] ?? 0) % shards]?.push(one)
  return hands.map(aShard)
}

describe('shards', () => {
  test('1, 4 and 64 of them in any order give the same count', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 120 }),
        fc.array(fc.nat(1000), { minLength: 7, maxLength: 40 }),
        fc.boolean(),
        (rows, order, backwards) => {
          const whole = JSON.stringify(countShards([aShard(rows)]).counts)
          for (const shards of [4, 64]) {
            const parts = dealt(rows, shards, order)
            expect(JSON.stringify(countShards(backwards ? parts.toReversed() : parts).counts)).toBe(whole)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('lower, point and upper never cross, and sensitive persons are persons', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 120 }), (rows) => {
        const { persons } = countShards([aShard(rows)]).counts
        expect(persons.lower).toBeLessThanOrEqual(persons.point)
        expect(persons.point).toBeLessThanOrEqual(persons.upper)
        expect(persons.sensitive.point).toBeLessThanOrEqual(persons.point)
        expect(persons.sensitive.lower).toBeLessThanOrEqual(persons.sensitive.point)
        expect(persons.sensitive.upper).toBeLessThanOrEqual(persons.upper)
      }),
    )
  })

  test('of different years cannot be added up', () => {
    const [a, b] = [aShard([]), { ...aShard([]), epoch: '2027' }]
    expect(() => countShards([a, b])).toThrow(RangeError)
  })
})

const of = (...ids: readonly number[]): Row => ({
  ids: [...ids, ...Array<number>(places.length - ids.length).fill(0)],
  sensitive: true,
  minor: false,
})
const pointOf = (rows: readonly Row[]) => countShards([aShard(rows)]).counts.persons.point

describe('guards', () => {
  test('one person under one ID in many rows, with other phones', () => {
    expect(pointOf([of(1, 0, 0, 5), of(1, 0, 0, 6), of(0, 0, 0, 6), of(0, 0, 0, 5)])).toBe(1)
  })

  test('a phone beside two IDs is a family’s and joins nobody', () => {
    expect(pointOf([of(1, 0, 0, 5), of(2, 0, 0, 5)])).toBe(2)
  })

  test('a phone beside six IDs is a desk’s, and a row with it alone speaks of somebody unknown', () => {
    const desk = Array.from({ length: 6 }, (_, n) => of(n + 1, 0, 0, 5))
    const { persons } = countShards([aShard([...desk, of(0, 0, 0, 5)])]).counts
    expect(persons).toMatchObject({ lower: 6, point: 6, upper: 7 })
  })

  test('identifiers are linked over columns and rows: record number to ID, phone to record number', () => {
    expect(pointOf([of(1, 0, 3), of(0, 0, 3, 8), of(0, 0, 0, 8)])).toBe(1)
  })

  test('a visit joins rows and is no person; alone it is one person at most', () => {
    const { persons } = countShards([aShard([of(1, 0, 0, 0, 0, 4), of(0, 0, 0, 0, 0, 4), of(0, 0, 0, 0, 0, 9)])]).counts
    expect(persons).toMatchObject({ point: 1, upper: 2 })
  })

  test('a person is sensitive or a minor by any of the rows', () => {
    const young = { ...of(1), sensitive: false, minor: true }
    const plain = { ...of(2), sensitive: false }
    const { persons } = countShards([aShard([plain, young, { ...of(1), sensitive: false }])]).counts
    expect(persons).toMatchObject({ point: 2, minors: 1, sensitive: { lower: 1, point: 1, upper: 1 } })
  })
})
