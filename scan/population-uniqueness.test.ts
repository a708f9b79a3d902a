import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { individualRisk, populationUniqueness } from './population-uniqueness.ts'
import { metricsOf } from './risk.ts'

// Sizes of the classes of ARX's Adult data over its nine columns, as `n` and how many classes have it.
const adult = new Map(
  '1 15512 2 2098 3 754 4 375 5 189 6 155 7 97 8 73 9 39 10 37 11 29 12 18 13 23 14 14 15 15 16 9 17 11 18 10 19 10 20 5 21 3 22 4 23 3 24 2 25 1 26 3 27 5 29 1 30 2 32 1 34 1 35 1 36 1 45 1'
    .split(' ')
    .map(Number)
    .flatMap((size, at, all) => (at % 2 === 0 ? [[size, all[at + 1] ?? 0] as const] : [])),
)

test('Adult: what ARX computes of the same classes', () => {
  const { rows, classes, averageRisk, highestRisk, uniqueRows } = metricsOf(adult)
  expect({ rows, classes, averageRisk, highestRisk, uniqueRows }).toEqual({
    rows: 30_162,
    classes: 19_502,
    averageRisk: 0.6465751607983555,
    highestRisk: 1,
    uniqueRows: 15_512,
  })
  expect(uniqueRows / rows).toBe(0.5142895033485844)
})

test.for([
  { fraction: 0.01, pitman: 0.14461, zayatz: 0.27171, model: 'pitman' },
  { fraction: 0.1, pitman: 0.27685, zayatz: 0.32074, model: 'pitman' },
  { fraction: 0.2, pitman: 0.33663, zayatz: 0.35771, model: 'zayatz' },
])(
  'Adult as a sample of $fraction: ARX says the same to the last digit printed',
  ({ fraction, pitman, zayatz, model }) => {
    const found = populationUniqueness(adult, fraction)
    expect(found.pitman?.toFixed(5)).toBe(pitman.toFixed(5))
    expect(found.zayatz.toFixed(5)).toBe(zayatz.toFixed(5))
    expect(found.model).toBe(model)
    expect(found.share).toBe(model === 'pitman' ? found.pitman : found.zayatz)
  },
)

test('a sample that is the population is counted, not estimated', () => {
  const found = populationUniqueness(adult, 1)
  expect(found.model).toBe('counted')
  expect(found.share).toBeCloseTo(0.5142895033485844, 12)
})

test('nobody alone in the sample: nobody is estimated to be alone in the population', () => {
  expect(populationUniqueness(new Map([[2, 5]]), 0.05).share).toBe(0)
})

test('where the likelihood has no maximum, Zayatz answers and Pitman is null', () => {
  for (const sizes of [new Map([[1, 1]]), new Map([[1, 9]])])
    expect(populationUniqueness(sizes, 0.1)).toMatchObject({ pitman: null, zayatz: 1, share: 1, model: 'zayatz' })
})

test.for([0, -1, 1.1, NaN])('a sampling fraction of %d is refused', (fraction) => {
  expect(() => populationUniqueness(adult, fraction)).toThrow(RangeError)
})

// The first rows of sdcMicro's own example: rows in the sample, rows in the population, individual risk as it prints it.
test.for([
  { size: 3, population: 108, risk: '0.01370' },
  { size: 1, population: 45.5, risk: '0.08579' },
  { size: 1, population: 17, risk: '0.17708' },
])('a class of $size in the sample and $population in the population: $risk', ({ size, population, risk }) => {
  expect(individualRisk(size, size / population).toFixed(5)).toBe(risk)
})

test.for([0.9989, 0.999, 0.9991, 0.99999, 0.9999999952608973])(
  'nearly the whole population (%d): one of two is hardly less than a half, and both ways of computing it meet',
  (fraction) => {
    const risk = individualRisk(2, fraction)
    expect(risk).toBeLessThanOrEqual(1 / 2)
    expect(risk).toBeCloseTo(fraction * (1 / 2 + (1 - fraction) / 6), 6)
  },
)

const histograms = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 })), {
    selector: ([size]) => size,
    minLength: 1,
    maxLength: 12,
  })
  .map((entries) => new Map(entries))

test('k is the smallest class, the classes add up, and every risk is a share', () => {
  fc.assert(
    fc.property(histograms, fc.double({ min: 0.001, max: 1, noNaN: true }), (sizes, fraction) => {
      const found = metricsOf(sizes, fraction)
      expect(found.k).toBe([...sizes.keys()].reduce((least, size) => Math.min(least, size)))
      expect(found.rows).toBe([...sizes].reduce((sum, [size, count]) => sum + size * count, 0))
      expect(found.uniqueRows).toBeLessThanOrEqual(found.classes)
      expect(found.averageRisk).toBeLessThanOrEqual(found.highestRisk)
      // Whoever does not know that the person is in the data is never better off than who does.
      expect(found.attackers.journalist.highest).toBeLessThanOrEqual(found.highestRisk)
      expect(found.attackers.journalist.average).toBeLessThanOrEqual(found.averageRisk * (1 + 1e-9))
      const { share, pitman, zayatz } = populationUniqueness(sizes, fraction)
      for (const one of [share, pitman ?? 0, zayatz]) {
        expect(one).toBeGreaterThanOrEqual(0)
        expect(one).toBeLessThanOrEqual(1)
      }
    }),
  )
})
