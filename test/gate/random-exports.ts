// Permits and the batches somebody tries under them, most of them honest: what the gate and the dumb checker are both asked.
import * as fc from 'fast-check'
import type { ColumnRule } from '@tongguan/gate'
import { legalDate } from '@tongguan/law'
import type { DataItem, LegalDate, PermittedScenario } from '@tongguan/law'
import { crowd } from '../../examples/people.ts'
import { amsterdam, anItem, aScenario } from '../../gate/makers.ts'

export interface RandomExport {
  readonly scenario: PermittedScenario
  readonly firstDay: LegalDate
  readonly lastDay: LegalDate
  readonly batches: readonly RandomBatch[]
}

export interface RandomBatch {
  readonly day: LegalDate
  readonly recipient: { readonly name: string; readonly country: string }
  /** What stands in it against the rules, if anything; for whoever reads a counterexample. */
  readonly departure: string
  readonly files: Readonly<Record<string, string>>
  readonly rules: Readonly<Record<string, ColumnRule>> | null
}

/** So many exports; the same seed gives the same ones. */
export function randomExports(seed: number, count: number): readonly RandomExport[] {
  return fc.sample(exports, { seed, numRuns: count })
}

const personAt = crowd(31, { from: '1950-01-01', to: '1999-12-31' })
const cities = ['北京市', '上海市', '成都市']

/** What a column holds about a person, as it is approved, and what a recipe may do to it. */
const catalogue = {
  id_no: {
    item: anItem('id_no', { kind: 'national_id', category: 'sensitive' }),
    cell: (person: number) => personAt(person).residentId,
    rule: { do: 'keyed-hash' },
  },
  mobile: {
    item: anItem('mobile', { kind: 'mobile', category: 'personal' }),
    cell: (person: number) => personAt(person).mobile,
    rule: { do: 'mask', first: 3 },
  },
  email: {
    item: anItem('email', { kind: 'email', category: 'personal' }),
    cell: (person: number) => `user${person * 7919}@example.com`,
    rule: { do: 'keyed-hash' },
  },
  born: {
    item: anItem('born', { kind: 'birth_date', category: 'personal' }),
    cell: (person: number) => personAt(person).born,
    rule: { do: 'generalise', to: 'decade' },
  },
  city: {
    item: anItem('city', { kind: 'city', category: 'personal' }),
    cell: (person: number) => cities[person % cities.length] ?? '',
    rule: { do: 'keep' },
  },
  diagnosis: {
    item: anItem('diagnosis', { kind: 'diagnosis', category: 'sensitive' }),
    cell: (person: number) => ['高血压', '2型糖尿病'][person % 2] ?? '',
    rule: { do: 'suppress' },
  },
  ward: { item: anItem('ward'), cell: (person: number) => `W${person % 4}`, rule: { do: 'keep' } },
} as const satisfies Record<
  string,
  { readonly item: DataItem; readonly cell: (person: number) => string; readonly rule: ColumnRule }
>

type ColumnName = keyof typeof catalogue

const columnNames = Object.keys(catalogue) as readonly ColumnName[]
const persons = 14

/** How an identifier gets into a column that holds nothing of the kind. */
const hidden: Readonly<Record<string, (person: number) => string>> = {
  'an ID as it is': (person) => personAt(person).residentId,
  'an ID in a sentence': (person) => `请联系 ${personAt(person).residentId}，谢谢`,
  'an ID in full width': (person) =>
    personAt(person).residentId.replaceAll(/\w/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  'a mobile with hyphens': (person) => personAt(person).mobile.replace(/(...)(....)(....)/, '$1-$2-$3'),
  'a mobile as it is': (person) => personAt(person).mobile,
  'an address': (person) => `user${person}@example.com`,
}

const departures = [
  'day before',
  'day after',
  'recipient',
  'country',
  'column',
  'no recipe',
  ...Object.keys(hidden),
] as const

function perhaps<T>(share: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 100 * share, arbitrary }, { weight: 100 * (1 - share), arbitrary: fc.constant(null) })
}

const exports: fc.Arbitrary<RandomExport> = fc
  .record({
    items: fc.uniqueArray(fc.constantFrom(...columnNames), { minLength: 2, maxLength: 6 }),
    treated: fc.uniqueArray(fc.constantFrom(...columnNames), { maxLength: 2 }),
    ceiling: fc.record({ general: fc.integer({ min: 3, max: 24 }), sensitive: fc.integer({ min: 3, max: 24 }) }),
    k: perhaps(0.2, fc.integer({ min: 2, max: 3 })),
    tries: fc.array(
      fc.record({
        columns: fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 5 }),
        persons: fc.array(fc.nat({ max: persons - 1 }), { minLength: 1, maxLength: 8 }),
        files: fc.integer({ min: 1, max: 2 }),
        blank: perhaps(0.3, fc.nat()),
        day: fc.integer({ min: 0, max: 2 }),
        departure: perhaps(0.5, fc.constantFrom(...departures)),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ items: names, treated, ceiling, k, tries }) => {
    const items = names.map((name): DataItem => {
      const { item, rule } = catalogue[name]
      return treated.includes(name) && rule.do !== 'keep' ? { ...item, treatment: rule.do } : item
    })
    const scenario = aScenario({
      items,
      ceiling,
      ...(k === null ? {} : { anonymity: { k, columns: ['city', 'born'] } }),
    })
    return {
      scenario,
      firstDay: days[0],
      lastDay: days[2],
      batches: tries.map((one) => batchOf(names, items, one)),
    }
  })

const days = [legalDate('2026-11-20'), legalDate('2026-11-21'), legalDate('2026-11-22')] as const

function batchOf(
  names: readonly ColumnName[],
  items: readonly DataItem[],
  tried: {
    readonly columns: readonly number[]
    readonly persons: readonly number[]
    readonly files: number
    readonly blank: number | null
    readonly day: number
    readonly departure: string | null
  },
): RandomBatch {
  const departure = tried.departure ?? ''
  const chosen = [...new Set(tried.columns.map((at) => names[at % names.length] ?? 'ward'))]
  const other = columnNames.find((name) => !names.includes(name))
  const columns: readonly ColumnName[] = departure === 'column' && other !== undefined ? [...chosen, other] : chosen
  const hide = hidden[departure]
  const blank = tried.blank === null ? undefined : columns[tried.blank % columns.length]
  const line = (person: number, row: number) =>
    columns.map((name, at) => {
      if (hide !== undefined && at === columns.length - 1 && row === 0) return quoted(hide(person))
      return name === blank && row % 2 === 0 ? '""' : quoted(catalogue[name].cell(person))
    })
  const file = [columns, ...tried.persons.map(line)].map((row) => `${row.join(',')}\n`).join('')
  const isTreated = items.some(({ name, treatment }) => treatment !== undefined && columns.some((one) => one === name))
  return {
    day: departure === 'day before' ? dayBefore : departure === 'day after' ? dayAfter : (days[tried.day] ?? days[0]),
    recipient: {
      name: departure === 'recipient' ? 'Other Centre' : amsterdam.name,
      country: departure === 'country' ? 'US' : amsterdam.country,
    },
    departure,
    files: Object.fromEntries(Array.from({ length: tried.files }, (_, at) => [`part-${at}.csv`, file])),
    rules: isTreated && departure !== 'no recipe' ? rulesOf(columns, items) : null,
  }
}

const dayBefore = legalDate('2026-11-19')
const dayAfter = legalDate('2026-11-23')

function rulesOf(columns: readonly ColumnName[], items: readonly DataItem[]): Readonly<Record<string, ColumnRule>> {
  return Object.fromEntries(
    columns.map((name): [string, ColumnRule] => {
      const asked = items.some((item) => item.name === name && item.treatment !== undefined)
      return [name, asked ? catalogue[name].rule : { do: 'keep' }]
    }),
  )
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
