/*
 * A declaration in preparation is a tree (the answers, with the facts under `facts`) that grows by changes: what one
 * person did since they last saw it. Pure, and the same at the server, which keeps them, and in the browser, which shows
 * them before they are kept and merges them with somebody else's: as old a one as vite.config.ts names.
 */

/** A value as JSON carries it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** One change; paths are those of `Problem.where`: `handler.name`, `scenarios.0.items.3`. */
export type Change =
  | { readonly kind: 'set'; readonly path: string; readonly value: Json }
  /** A new member at the end of the list at `path`. */
  | { readonly kind: 'append'; readonly path: string; readonly value: Json }
  /** Takes out the member of a list; those behind it move up. */
  | { readonly kind: 'remove'; readonly path: string }

/** A change leads to no place in the tree it is made to. */
export class ChangeLeadsNowhere extends Error {
  readonly path: string

  constructor(path: string) {
    super(`nothing can be changed at ${path}`)
    this.name = 'ChangeLeadsNowhere'
    this.path = path
  }
}

/** @throws ChangeLeadsNowhere */
export function applyChanges(tree: Json, changes: readonly Change[]): Json {
  return changes.reduce(applyChange, tree)
}

export function valueAt(tree: Json | undefined, path: string): Json | undefined {
  return path === '' ? tree : path.split('.').reduce(member, tree)
}

/** What somebody else changed meanwhile. */
export interface Elsewhere {
  readonly change: Change
  readonly by: string
  /** An instant, ISO 8601. */
  readonly at: string
}

export interface Merged {
  /** Of mine, what can be made to the tree as it now is. */
  readonly mine: readonly Change[]
  /** Where both changed the same place otherwise: a person decides. */
  readonly conflicts: readonly { readonly mine: Change; readonly theirs: Elsewhere }[]
}

/** Brings my changes onto a tree that others have changed since: what touches nothing of theirs stays, the same value is done. */
export function merge(mine: readonly Change[], elsewhere: readonly Elsewhere[]): Merged {
  const kept: Change[] = []
  const conflicts: { mine: Change; theirs: Elsewhere }[] = []
  for (const change of mine) {
    // The last word of theirs about the place is what stands there now.
    const theirs = elsewhere.filter((other) => touch(change, other.change)).at(-1)
    if (theirs === undefined) kept.push(change)
    else if (!isSame(change, theirs.change)) conflicts.push({ mine: change, theirs })
  }
  return { mine: kept, conflicts }
}

/**
 * Adds a change to those not yet kept. Typing on replaces what was typed before at that place, or in the part or new member
 * that it belongs to, so that a paragraph is one change. `tree` is what they are made to.
 */
export function addChange(pending: readonly Change[], change: Change, tree: Json): readonly Change[] {
  if (change.kind !== 'set' || pending.some(({ kind }) => kind === 'remove')) return [...pending, change]
  const holder = pending.findIndex((one) => one.kind === 'set' && isWithin(change.path, one.path))
  if (holder >= 0) return replaced(pending, holder, change, '')
  for (const list of new Set(pending.flatMap((one) => (one.kind === 'append' ? [one.path] : [])))) {
    const [index] = change.path.startsWith(`${list}.`) ? change.path.slice(list.length + 1).split('.') : []
    const there = valueAt(tree, list)
    const nth = Number(index) - (Array.isArray(there) ? there.length : 0)
    const places = pending.flatMap((one, at) => (one.kind === 'append' && one.path === list ? [at] : []))
    const place = places[nth]
    if (index !== undefined && place !== undefined) return replaced(pending, place, change, `.${index}`)
  }
  return [...pending.filter((one) => one.kind !== 'set' || !isWithin(one.path, change.path)), change]
}

function replaced(
  pending: readonly Change[],
  at: number,
  change: Extract<Change, { kind: 'set' }>,
  member: string,
): readonly Change[] {
  return pending.map((one, place) => {
    if (place !== at || one.kind === 'remove') return one
    const inner = change.path.slice(`${one.path}${member}.`.length)
    return { ...one, value: inner === '' ? change.value : applyChange(one.value, { ...change, path: inner }) }
  })
}

// --- inside -------------------------------------------------------------------------------------------------------

function applyChange(tree: Json, change: Change): Json {
  if (change.kind === 'set') return put(tree, change.path, change.path, () => change.value)
  if (change.kind === 'append') {
    return put(tree, change.path, change.path, (list = []) => {
      if (!isList(list)) throw new ChangeLeadsNowhere(change.path)
      return [...list, change.value]
    })
  }
  const { list, index } = memberOf(change.path)
  return put(tree, list, change.path, (members) => {
    if (!isList(members) || members[index] === undefined) throw new ChangeLeadsNowhere(change.path)
    return members.filter((_, at) => at !== index)
  })
}

/** The tree with another value at a path; parts that are not there are made, members of lists are not. */
function put(tree: Json | undefined, path: string, whole: string, change: (before: Json | undefined) => Json): Json {
  if (path === '') return change(tree)
  const [key = '', ...rest] = path.split('.')
  if (key === '' || forbidden.has(key)) throw new ChangeLeadsNowhere(whole)
  if (isList(tree)) {
    const index = Number(key)
    if (!/^\d+$/.test(key) || index >= tree.length) throw new ChangeLeadsNowhere(whole)
    const changed = put(tree[index], rest.join('.'), whole, change)
    return tree.map((one, at) => (at === index ? changed : one))
  }
  if (tree !== undefined && tree !== null && !isRecord(tree)) throw new ChangeLeadsNowhere(whole)
  return { ...tree, [key]: put(member(tree, key), rest.join('.'), whole, change) }
}

/** Names that mean something to JavaScript itself. */
const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

function member(tree: Json | undefined, key: string): Json | undefined {
  if (isList(tree)) return /^\d+$/.test(key) ? tree[Number(key)] : undefined
  return isRecord(tree) && Object.keys(tree).includes(key) ? tree[key] : undefined
}

/** Whether two changes are about the same place, so that the order they come in matters. */
function touch(one: Change, other: Change): boolean {
  if (one.kind === 'append' && other.kind === 'append') return false
  if (one.kind === 'append') return touchesList(other, one.path)
  if (other.kind === 'append') return touchesList(one, other.path)
  return isWithin(placeOf(one), placeOf(other)) || isWithin(placeOf(other), placeOf(one))
}

/** A list that only grew is no other list for its members; one that was replaced, or stood in a member that moved, is. */
function touchesList(change: Change, list: string): boolean {
  if (change.kind === 'remove') return isWithin(list, placeOf(change)) && list !== placeOf(change)
  return isWithin(list, change.path)
}

/** Taking out a member moves all behind it, so it is about the whole list. */
function placeOf(change: Change): string {
  return change.kind === 'remove' ? memberOf(change.path).list : change.path
}

function memberOf(path: string): { readonly list: string; readonly index: number } {
  const at = path.lastIndexOf('.')
  return { list: path.slice(0, Math.max(0, at)), index: Number(path.slice(at + 1)) }
}

/** Is `path` the place itself or inside of it? */
export function isWithin(path: string, place: string): boolean {
  return path === place || place === '' || path.startsWith(`${place}.`)
}

function isSame(one: Change, other: Change): boolean {
  if (one.path !== other.path || one.kind !== other.kind) return false
  return one.kind === 'remove' || other.kind === 'remove' || sameValue(one.value, other.value)
}

export function sameValue(one: Json | undefined, other: Json | undefined): boolean {
  if (isList(one) && isList(other)) {
    return one.length === other.length && one.every((value, index) => sameValue(value, other[index]))
  }
  if (isRecord(one) && isRecord(other)) {
    const keys = Object.keys(one)
    return keys.length === Object.keys(other).length && keys.every((key) => sameValue(one[key], other[key]))
  }
  return one === other
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

export function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
