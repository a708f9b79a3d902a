import { hash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { subtreesFrom } from './makers.ts'
import {
  append,
  emptyFrontier,
  emptyRoot,
  isSame,
  leafHash,
  nodeHash,
  proveConsistency,
  proveInclusion,
  readRoot,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts'
import type { Hash } from './merkle.ts'

const entries = Array.from({ length: 70 }, (_, i) => Buffer.from(`entry ${i}`))
const leaves = entries.map(leafHash)
const read = subtreesFrom(leaves)
const rootsBySize = Array.from({ length: leaves.length + 1 }, (_, size) =>
  rootOf(leaves.slice(0, size).reduce(append, emptyFrontier)),
)

/** RFC 6962's definition of MTH, word for word. */
function byDefinition(data: readonly Uint8Array[]): Hash {
  const [only] = data
  if (only === undefined) return hash('sha256', '', 'buffer')
  if (data.length === 1) return leafHash(only)
  let k = 1
  while (k * 2 < data.length) k *= 2
  return nodeHash(byDefinition(data.slice(0, k)), byDefinition(data.slice(k)))
}

function root(size: number): Hash {
  const found = rootsBySize[size]
  if (found === undefined) throw new RangeError(`no tree of ${size}`)
  return found
}

function leaf(index: number): Hash {
  const found = leaves[index]
  if (found === undefined) throw new RangeError(`no leaf ${index}`)
  return found
}

test('the root is RFC 6962’s, at every size, by appending and by reading subtrees', async () => {
  for (let size = 0; size <= leaves.length; size++) {
    expect(isSame(root(size), byDefinition(entries.slice(0, size)))).toBe(true)
    expect(isSame(await readRoot(read, size), root(size))).toBe(true)
  }
})

test.for([
  [[], 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  [[''], '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  [
    ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'],
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ],
] as const)('the published root of %j', ([hex, expected]) => {
  const frontier = hex.map((text) => leafHash(Buffer.from(text, 'hex'))).reduce(append, emptyFrontier)
  expect(Buffer.from(rootOf(frontier)).toString('hex')).toBe(expected)
})

test('every leaf of every tree is proved, and only where it stands', async () => {
  let proofs = 0
  for (let size = 1; size <= leaves.length; size++) {
    for (let index = 0; index < size; index++) {
      const proof = await proveInclusion(read, index, size)
      const claim = { index, size, leaf: leaf(index), root: root(size) }
      expect(verifyInclusion(proof, claim)).toBe(true)
      expect(verifyInclusion(proof, { ...claim, index: (index + 1) % size })).toBe(size === 1)
      expect(verifyInclusion(proof, { ...claim, leaf: leaf((index + 1) % leaves.length) })).toBe(false)
      expect(verifyInclusion([...proof, emptyRoot], claim)).toBe(false)
      expect(verifyInclusion(proof.slice(1), claim)).toBe(proof.length === 0)
      proofs++
    }
  }
  expect(proofs).toBe((leaves.length * (leaves.length + 1)) / 2)
})

test('every tree is proved to begin with every smaller one, and with no other', async () => {
  for (let to = 0; to <= leaves.length; to++) {
    for (let from = 0; from <= to; from++) {
      const proof = await proveConsistency(read, from, to)
      const [old, grown] = [
        { size: from, root: root(from) },
        { size: to, root: root(to) },
      ]
      expect(verifyConsistency(proof, old, grown)).toBe(true)
      expect(verifyConsistency(proof, { ...old, root: leafHash(Buffer.from('forged')) }, grown)).toBe(false)
      expect(verifyConsistency(proof, old, { ...grown, root: leafHash(Buffer.from('forged')) })).toBe(
        // Nothing is claimed of what follows an empty tree.
        from === 0 && to > 0,
      )
      expect(verifyConsistency([...proof, emptyRoot], old, grown)).toBe(false)
      if (proof.length > 0) expect(verifyConsistency(proof.slice(0, -1), old, grown)).toBe(false)
      if (from < to) expect(verifyConsistency(proof, grown, old)).toBe(false)
    }
  }
})

test('a changed bit in a proof, a leaf or a root is never accepted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: leaves.length }),
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 0, max: 255 }),
      async (size, where, which, bit) => {
        const index = where % size
        const proof = await proveInclusion(read, index, size)
        const claim = { index, size, leaf: leaf(index), root: root(size) }
        const parts = [...proof, claim.leaf, claim.root]
        const changed = parts.map((part, i) => (i === which % parts.length ? flip(part, bit) : part))
        expect(
          verifyInclusion(changed.slice(0, proof.length), {
            ...claim,
            leaf: changed[proof.length] ?? emptyRoot,
            root: changed[proof.length + 1] ?? emptyRoot,
          }),
        ).toBe(false)
      },
    ),
  )
})

test.for([
  { index: 0, size: 0 },
  { index: -1, size: 3 },
  { index: 3, size: 3 },
  { index: 0.5, size: 3 },
  { index: Number.NaN, size: 3 },
])('what is no leaf of a tree is not accepted: %o', async ({ index, size }) => {
  expect(verifyInclusion([], { index, size, leaf: leaf(0), root: leaf(0) })).toBe(false)
  await expect(proveInclusion(read, index, size)).rejects.toThrow(RangeError)
})

test('hashes of another length are not accepted', () => {
  const short = Buffer.alloc(0)
  expect(verifyInclusion([], { index: 0, size: 1, leaf: short, root: short })).toBe(false)
  expect(verifyConsistency([], { size: 0, root: short }, { size: 0, root: short })).toBe(false)
})

test('sizes beyond 32 bits are halved as whole numbers', () => {
  const size = 2 ** 40
  const siblings = Array.from({ length: 40 }, (_, i) => leafHash(Buffer.from(`sibling ${i}`)))
  const top = siblings.reduce((computed, sibling) => nodeHash(computed, sibling), leaf(0))
  expect(verifyInclusion(siblings, { index: 0, size, leaf: leaf(0), root: top })).toBe(true)
  expect(verifyInclusion(siblings, { index: 2 ** 32, size, leaf: leaf(0), root: top })).toBe(false)
})

function flip(bytes: Hash, bit: number): Hash {
  const copy = Uint8Array.from(bytes)
  const at = bit >> 3
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit & 7))
  return copy
}
