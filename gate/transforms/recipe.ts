import { createHash } from 'node:crypto'
import type { Treatment } from '@tongguan/law'
import { canonicalJson } from '../canonical-json.ts'

/*
 * What is done to each column of a batch before it leaves, as a reviewer reads it. Nothing is implied: every column of
 * every file is named, also one that stays as it is, so that a column nobody thought of is a refusal.
 */
export interface Recipe {
  readonly schema: 'tongguan/recipe/1'
  readonly id: string
  /** Codes and offsets are other ones for each recipient, so that two recipients cannot join what they hold. */
  readonly recipient: string
  readonly files: readonly FileRecipe[]
}

export interface FileRecipe {
  /** Path in the batch; `*` stands for any run of characters but `/`. */
  readonly match: string
  /** The column whose cell names the row's person: offsets of dates, and noise, are drawn by person. */
  readonly person?: string
  readonly columns: Readonly<Record<string, ColumnRule>>
}

export type ColumnRule =
  | { readonly do: 'keep' }
  | { readonly do: 'suppress' }
  /** Characters kept at either end, the others become `*`. */
  | { readonly do: 'mask'; readonly first?: number; readonly last?: number }
  /** `as` names the code space: columns of one space have the same code for the same value. Default: the column's name. */
  | { readonly do: 'keyed-hash'; readonly as?: string; readonly with?: 'sha256' | 'sm3' }
  | { readonly do: 'pseudonym'; readonly as?: string; readonly prefix?: string }
  | { readonly do: 'format-preserving'; readonly of: 'national_id' | 'mobile'; readonly as?: string }
  | ({ readonly do: 'generalise' } & Generalisation)
  /** Days at most, either way; the same for all dates of a person. */
  | { readonly do: 'date-shift'; readonly days: number }
  /** Normal, in the column's own unit. */
  | { readonly do: 'noise'; readonly deviation: number; readonly decimals?: number }
  | { readonly do: 'bounds'; readonly bottom?: number; readonly top?: number }
  /** Numbers, addresses and the row's own values of the columns named become a tag of their kind. */
  | { readonly do: 'spans'; readonly alsoOf?: readonly string[] }

export interface Generalisation {
  /** Of a date. */
  readonly to?: 'month' | 'quarter' | 'year' | 'decade'
  /** Of a number: bands of so many; `top` and above is one band. */
  readonly step?: number
  readonly top?: number
  /** Of a code: its first characters. */
  readonly first?: number
  /** Of a coordinate: its first decimals. */
  readonly decimals?: number
  /** Of a word: the group it belongs to; what stands in none becomes `otherwise`. */
  readonly groups?: Readonly<Record<string, readonly string[]>>
  readonly otherwise?: string
}

/** What identifies a recipe in manifest and log: SHA-256 (hex) of its canonical JSON. */
export function recipeDigest(recipe: Recipe): string {
  return createHash('sha256').update(canonicalJson(recipe)).digest('hex')
}

/** The part of a recipe for a file; undefined where none is for it, or more than one. */
export function recipeFor({ files }: Recipe, path: string): FileRecipe | undefined {
  const [only, another] = files.filter(({ match }) => patternOf(match).test(path.normalize('NFC')))
  return another === undefined ? only : undefined
}

function patternOf(match: string): RegExp {
  const parts = match.normalize('NFC').split('*')
  return new RegExp(`^${parts.map((part) => part.replaceAll(/[\\^$.+?()[\]{}|]/g, '\\$&')).join('[^/]*')}$`, 'u')
}

/** Undefined where a column stays as it is. */
export function treatmentOf(rule: ColumnRule): Treatment | undefined {
  return rule.do === 'keep' ? undefined : rule.do
}
