import { expect, test } from 'vitest'
import { explore, mutants, sealedMutants, start } from './protocol-model.ts'
import { walk } from './protocol-walk.ts'

test('no order of steps, crashes and lost writes lets an unapproved, uncounted or unpublished batch leave', () => {
  const several = explore(start({ workers: 3, batches: 2 }), { crashes: 4 })
  const shared = explore(start({ workers: 2, batches: 3 }), { crashes: 1 })
  expect([several.violation, shared.violation]).toEqual([undefined, undefined])
  expect(several.states + shared.states).toBeGreaterThan(200_000)
})

test('nor a key follow a container undecided, unsigned for, unpublished or under a revoked permit', () => {
  const two = explore(start({ workers: 3, batches: 2, sealed: true }), { crashes: 2 })
  const one = explore(start({ workers: 3, batches: 1, sealed: true }), { crashes: 4 })
  expect([two.violation, one.violation]).toEqual([undefined, undefined])
  expect(two.states + one.states).toBeGreaterThan(100_000)
})

test.for(sealedMutants)('sealed and broken on purpose (%s), it is found', (mutant) => {
  expect(explore(start({ workers: 2, batches: 1, sealed: true }), { mutant, crashes: 1 }).violation).toBeDefined()
})

test.for(mutants)('broken on purpose (%s), it is found', (mutant) => {
  expect(explore(start({ workers: 2, batches: 2 }), { mutant, crashes: 1 }).violation).toBeDefined()
})

test('random walks through more workers and batches find nothing either', () => {
  expect(walk({ seed: 1, steps: 20_000 })).toEqual([])
  expect(walk({ seed: 1, steps: 20_000, sealed: true })).toEqual([])
  expect(walk({ seed: 1, steps: 20_000, mutant: 'log not synced' })).not.toEqual([])
})
