import type { LegalDate } from '@tongguan/law'
import type { Answers } from './answers.ts'

/** Where a value comes from. */
export type Source =
  | { readonly kind: 'scan'; readonly evidence: string }
  | { readonly kind: 'document'; readonly file: string; readonly page?: number }
  | { readonly kind: 'person'; readonly name: string; readonly on: LegalDate }
  | { readonly kind: 'typed' }

/**
 * Every answer by its path, with its source: the one stated for it or for the part it stands in; the scan for the columns
 * of items; or "typed".
 */
export function provenanceOf(
  answers: Answers,
  stated: Readonly<Record<string, Source>>,
): Readonly<Record<string, Source>> {
  return Object.fromEntries(
    leaves(answers).map((path) => {
      const parts = path.split('.')
      const known = parts.map((_, length) => stated[parts.slice(0, parts.length - length).join('.')]).find(Boolean)
      const scanned = /\.items\.\d+\.(column|table)$/.test(path)
      return [path, known ?? (scanned ? { kind: 'scan', evidence: 'evidence.json' } : { kind: 'typed' })]
    }),
  )
}

/** Stated sources that belong to no answer: a field was renamed or misspelt. */
export function strayProvenance(answers: Answers, stated: Readonly<Record<string, Source>>): readonly string[] {
  const paths = leaves(answers)
  return Object.keys(stated).filter((path) => !paths.some((leaf) => leaf === path || leaf.startsWith(`${path}.`)))
}

function leaves(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))
}
