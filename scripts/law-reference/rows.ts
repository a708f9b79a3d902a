import * as law from '@tongguan/law'
import type { Certainty, Citation, InstrumentId, LegalDate, Words } from '@tongguan/law'

/** One rule as the door of `law/` shows it, in whatever table it stands. */
export interface Row {
  /** The exported name it was found under. */
  readonly table: string
  /** Its key there, where the table is a record. */
  readonly key: string
  readonly code: string
  readonly words: Words
  readonly citation: Citation
  readonly inForce: { readonly from: LegalDate; readonly to?: LegalDate }
  readonly certainty: Certainty
  /** The row itself, for what only its own kind has. */
  readonly value: Readonly<Record<string, unknown>>
}

/**
 * Every rule the door of `law/` exports: whatever carries a citation and words, at the top, in a list, or in a record of
 * either. A table added there stands in the reference without a change here.
 */
export function rowsOf(door: Readonly<Record<string, unknown>> = law): readonly Row[] {
  const seen = new Set<unknown>()
  const rows: Row[] = []
  const look = (table: string, key: string, value: unknown, depth: number) => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    const row = rowOf(table, key, value as Record<string, unknown>)
    if (row) {
      seen.add(value)
      rows.push(row)
      return
    }
    if (depth === 0 || value instanceof Map || value instanceof Set) return
    for (const [name, inner] of Object.entries(value)) look(table, Array.isArray(value) ? key : name, inner, depth - 1)
  }
  for (const [table, value] of Object.entries(door)) look(table, table, value, 2)
  return rows
}

function rowOf(table: string, key: string, value: Readonly<Record<string, unknown>>): Row | undefined {
  const { citation } = value
  const words = wordsOf(value)
  if (!isCitation(citation) || words === undefined) return undefined
  const instrument: law.Instrument = law.instruments[citation.instrument]
  return {
    table,
    key,
    code: textOf(value['code']) ?? textOf(value['id']) ?? textOf(value['name']) ?? key,
    words,
    citation,
    inForce: inForceOf(value) ?? instrument.inForce,
    certainty: (textOf(value['certainty']) ?? 'primary') as Certainty,
    value,
  }
}

function wordsOf(value: Readonly<Record<string, unknown>>): Words | undefined {
  const { says, name, citation } = value
  if (isWords(value)) return { zh: value.zh, en: value.en }
  if (isWords(says)) return says
  // A list is called by what it is a list of: its place in the law.
  return typeof name === 'string' && isCitation(citation) ? law.cite(citation) : undefined
}

function inForceOf(value: Readonly<Record<string, unknown>>): Row['inForce'] | undefined {
  const { inForce, from } = value
  if (typeof inForce === 'object' && inForce !== null && 'from' in inForce) return inForce as Row['inForce']
  return typeof from === 'string' ? { from: law.legalDate(from) } : undefined
}

function isCitation(value: unknown): value is Citation {
  return (
    typeof value === 'object' &&
    value !== null &&
    'instrument' in value &&
    'article' in value &&
    (value.instrument as InstrumentId) in law.instruments
  )
}

function isWords(value: unknown): value is Words {
  return (
    typeof value === 'object' &&
    value !== null &&
    'zh' in value &&
    'en' in value &&
    typeof value.zh === 'string' &&
    typeof value.en === 'string'
  )
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
