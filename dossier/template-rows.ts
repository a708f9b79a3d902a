import { categoryNames, kindAndCategory } from './words.ts'
import type { Dossier } from './compose.ts'
import { personsWithValue } from './data-items.ts'

/**
 * Rows of an official file that repeat. A table row whose fields have `*` for an index, such as
 * `{{scenarios.*.items.*.name}}`, is set once for each that the values hold, in order; `{{#}}` in it is the number of the
 * row. A content control's tag may have stars too. A star that no value has an index for stays, for the caller to refuse.
 */
export function repeatRows(xml: string, values: ReadonlyMap<string, string>): string {
  return xml.replaceAll(/<w:tr[ >](?:(?!<w:tr[ >]).)*?<\/w:tr>/gs, (row) => {
    const patterns = [...row.matchAll(starred)].map(([, inTag, inText]) => inTag ?? inText ?? '')
    const [driver] = patterns.toSorted((a, b) => stars(b) - stars(a))
    if (driver === undefined) return row
    const places = placesOf(driver, values)
    return places.length === 0
      ? row
      : places.map((place, index) => fillRow(index === 0 ? row : asCopy(row), place, index + 1)).join('')
  })
}

/**
 * What rows can say of scenarios and items beyond the answers: from the scan and the count.
 *
 * `scenarios.N.name`, `.itemCount`, `.persons`, `.sensitivePersons`; `scenarios.N.items.M.name`, `.category`, `.kind`,
 * `.tables`, `.example`, `.persons` (with a value, upper bound).
 */
export function rowValues({ scenarios }: Dossier): ReadonlyMap<string, string> {
  return new Map(
    scenarios.flatMap(({ answers, items, persons }, index) => {
      const at = `scenarios.${index}`
      return [
        [`${at}.name`, answers.name],
        [`${at}.itemCount`, String(items.length)],
        [`${at}.persons`, String(persons.general + persons.sensitive)],
        [`${at}.sensitivePersons`, String(persons.sensitive)],
        ...items.flatMap((item) => {
          const of = `${at}.items.${item.index}`
          return [
            [`${of}.name`, item.name],
            [`${of}.category`, categoryNames[item.category].zh],
            [`${of}.kind`, kindAndCategory(item).zh],
            [`${of}.tables`, item.tables.join('、')],
            [`${of}.example`, item.example],
            [`${of}.persons`, String(personsWithValue(item.columns, persons))],
          ] as const
        }),
      ] as const
    }),
  )
}

/** A field with a star, in the tag of a control or in the text. */
const starred = /(?<=<w:tag w:val=")([\w.]*\*[\w.*]*)(?=")|\{\{\s*([\w.]*\*[\w.*]*)\s*\}\}/g
const stars = (pattern: string) => pattern.split('*').length - 1

/** The indices for each star of a pattern, in the order of the values; `[0, 3]` for `scenarios.0.items.3`. */
function placesOf(pattern: string, values: ReadonlyMap<string, string>): readonly (readonly number[])[] {
  const parts = pattern.split('.*')
  const matcher = new RegExp(
    `^${parts
      .slice(0, -1)
      .map(escapeRegExp)
      .join(String.raw`\.(\d+)`)}${String.raw`\.(\d+)`}(?:.|$)`,
  )
  const places = new Map<string, readonly number[]>()
  for (const key of values.keys()) {
    const found = matcher.exec(key)
    if (found) places.set(found.slice(1).join('.'), found.slice(1).map(Number))
  }
  return [...places.values()].toSorted((a, b) => {
    const at = a.findIndex((index, place) => index !== b[place])
    return (a[at] ?? 0) - (b[at] ?? 0)
  })
}

function fillRow(row: string, place: readonly number[], number: number): string {
  const indexed = row.replaceAll(starred, (whole) => {
    let star = 0
    return whole.replaceAll('*', () => String(place[star++] ?? '*'))
  })
  return indexed.replaceAll(/\{\{\s*#\s*\}\}/g, String(number))
}

// What may stand only once in a file: ids of controls and paragraphs, and bookmarks.
function asCopy(row: string): string {
  return row
    .replaceAll(/<w:id w:val="[^"]*"\/>/g, '')
    .replaceAll(/ w14:(?:paraId|textId)="[^"]*"/g, '')
    .replaceAll(/<w:bookmark(?:Start|End) [^>]*\/>/g, '')
}

const escapeRegExp = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
