import { hash } from 'node:crypto'

/*
 * The Merkle tree of RFC 6962 section 2.1 over SHA-256. Leaves are numbered from 0; a tree of `size` leaves has one root.
 * Sizes are whole numbers up to 2^53 − 1, so they are halved by division: bit operators would cut them to 32 bits.
 */

/** A SHA-256 digest, 32 bytes. */
export type Hash = Uint8Array

/** The root of the tree without leaves. */
export const emptyRoot: Hash = hash('sha256', '', 'buffer')

/** The hash of one entry; the first byte keeps entries apart from inner nodes (RFC 6962, 2.1). */
export function leafHash(entry: Uint8Array): Hash {
  return hash('sha256', Buffer.concat([leafPrefix, entry]), 'buffer')
}

/** The hash of an inner node. */
export function nodeHash(left: Hash, right: Hash): Hash {
  return hash('sha256', Buffer.concat([nodePrefix, left, right]), 'buffer')
}

const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)

// --- appending --------------------------------------------------------------------------------------------------

/** All that is needed to append and to know the root: the roots of the complete subtrees, the largest first. */
export interface Frontier {
  readonly size: number
  /** One hash for each binary digit 1 of `size`. */
  readonly peaks: readonly Hash[]
}

export const emptyFrontier: Frontier = { size: 0, peaks: [] }

/** The tree with one more leaf. */
export function append({ size, peaks }: Frontier, leaf: Hash): Frontier {
  const grown = [...peaks, leaf]
  // Two equal subtrees at the end become one: as often as `size` ends in the digit 1.
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const right = grown.pop()
    const left = grown.pop()
    if (left === undefined || right === undefined) throw new RangeError(`a frontier of ${size} leaves lacks a peak`)
    grown.push(nodeHash(left, right))
  }
  return { size: size + 1, peaks: grown }
}

export function rootOf({ peaks }: Frontier): Hash {
  return foldPeaks(peaks)
}

// The smallest subtree is hashed into the next larger one, from the right.
function foldPeaks(peaks: readonly Hash[]): Hash {
  return (
    peaks.reduceRight<Hash | undefined>((right, left) => (right ? nodeHash(left, right) : left), undefined) ?? emptyRoot
  )
}

// --- proving ----------------------------------------------------------------------------------------------------

/** A complete subtree: 2^height leaves, the `index`-th of that height. */
export interface Subtree {
  readonly height: number
  readonly index: number
}

/**
 * Proves that the `index`-th leaf stands in the tree of `size` leaves (RFC 6962, 2.1.1): the siblings from the leaf up.
 *
 * @param read gives the hash of a complete subtree of this tree.
 * @throws RangeError where `index` is not a leaf of the tree.
 */
export async function proveInclusion(read: ReadSubtree, index: number, size: number): Promise<readonly Hash[]> {
  if (!isCount(index) || !isCount(size) || size <= index) {
    throw new RangeError(`there is no leaf ${index} in a tree of ${size}`)
  }
  return Promise.all(pathOf(index, 0, size).map((range) => hashOfRange(read, range)))
}

/**
 * Proves that the tree of `to` leaves begins with the tree of `from` leaves (RFC 6962, 2.1.2). Empty for `from` 0 or
 * `from` equal to `to`.
 *
 * @throws RangeError where `from` is larger than `to`.
 */
export async function proveConsistency(read: ReadSubtree, from: number, to: number): Promise<readonly Hash[]> {
  if (!isCount(from) || !isCount(to) || to < from) throw new RangeError(`a tree of ${to} does not begin with ${from}`)
  if (from === 0 || from === to) return []
  return Promise.all(consistencyOf(from, 0, to, true).map((range) => hashOfRange(read, range)))
}

export type ReadSubtree = (subtree: Subtree) => Promise<Hash>

/** The root of the first `size` leaves, from the hashes of complete subtrees. */
export function readRoot(read: ReadSubtree, size: number): Promise<Hash> {
  return hashOfRange(read, { start: 0, end: size })
}

/** Leaves `start` to `end` − 1. */
interface Range {
  readonly start: number
  readonly end: number
}

function pathOf(index: number, start: number, end: number): readonly Range[] {
  if (end - start === 1) return []
  const middle = start + largestPowerBelow(end - start)
  return index < middle
    ? [...pathOf(index, start, middle), { start: middle, end }]
    : [...pathOf(index, middle, end), { start, end: middle }]
}

// RFC 6962's SUBPROOF; `whole` is its b: the first tree's own root need not be sent.
function consistencyOf(from: number, start: number, end: number, whole: boolean): readonly Range[] {
  if (from === end - start) return whole ? [] : [{ start, end }]
  const left = largestPowerBelow(end - start)
  const middle = start + left
  return from <= left
    ? [...consistencyOf(from, start, middle, whole), { start: middle, end }]
    : [...consistencyOf(from - left, middle, end, false), { start, end: middle }]
}

async function hashOfRange(read: ReadSubtree, range: Range): Promise<Hash> {
  return foldPeaks(await Promise.all(subtreesOf(range).map(read)))
}

/** The complete subtrees a range is made of, the largest first. `start` is a multiple of the first one's size. */
function subtreesOf({ start, end }: Range): readonly Subtree[] {
  const found: Subtree[] = []
  for (let at = start; at < end;) {
    let height = 0
    while (at + 2 ** (height + 1) <= end && at % 2 ** (height + 1) === 0) height++
    found.push({ height, index: at / 2 ** height })
    at += 2 ** height
  }
  return found
}

/** The largest power of two smaller than `count`, which is at least 2. */
function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

// --- verifying --------------------------------------------------------------------------------------------------

/** Whether the proof shows that `leaf` is the `index`-th of the tree of `size` leaves with this root (RFC 9162, 2.1.3.2). */
export function verifyInclusion(
  proof: readonly Hash[],
  {
    index,
    size,
    leaf,
    root,
  }: { readonly index: number; readonly size: number; readonly leaf: Hash; readonly root: Hash },
): boolean {
  if (!isCount(index) || !isCount(size) || size <= index || ![leaf, root, ...proof].every(isHash)) return false
  let at = index
  let last = size - 1
  let computed = leaf
  for (const sibling of proof) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      computed = nodeHash(sibling, computed)
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      computed = nodeHash(computed, sibling)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && isSame(computed, root)
}

/**
 * Whether the proof shows that the tree `to` was made from the tree `from` by appending alone (RFC 9162, 2.1.4.2).
 * A tree without leaves is the beginning of every tree; its proof is empty and its root the empty one.
 */
export function verifyConsistency(proof: readonly Hash[], from: TreeHead, to: TreeHead): boolean {
  if (!isCount(from.size) || !isCount(to.size) || to.size < from.size) return false
  if (![from.root, to.root, ...proof].every(isHash)) return false
  if (from.size === to.size) return proof.length === 0 && isSame(from.root, to.root)
  if (from.size === 0) return proof.length === 0 && isSame(from.root, emptyRoot)
  // Where the first tree is one complete subtree, its root opens the path and is not sent.
  const [first, ...rest] = isPowerOfTwo(from.size) ? [from.root, ...proof] : proof
  if (first === undefined) return false
  let at = from.size - 1
  let last = to.size - 1
  while (at % 2 === 1) [at, last] = [half(at), half(last)]
  let old = first
  let grown = first
  for (const sibling of rest) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      old = nodeHash(sibling, old)
      grown = nodeHash(sibling, grown)
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      grown = nodeHash(grown, sibling)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && isSame(old, from.root) && isSame(grown, to.root)
}

/** A tree by its number of leaves and its root. */
export interface TreeHead {
  readonly size: number
  readonly root: Hash
}

export function isSame(one: Hash, other: Hash): boolean {
  return Buffer.compare(one, other) === 0
}

function isHash(value: Hash): boolean {
  return value.byteLength === 32
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && 0 <= value
}

function isPowerOfTwo(count: number): boolean {
  return Number.isInteger(Math.log2(count)) && 2 ** Math.round(Math.log2(count)) === count
}

function half(count: number): number {
  return Math.floor(count / 2)
}
