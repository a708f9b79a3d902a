import { expect, test } from 'vitest'
import { legalDate } from '../calendar.ts'
import type { CatalogueRow } from './catalogue.ts'
import { countryCode, countryRows, countryWords } from './countries.ts'

test.for([
  ['NL', 'NL'],
  ['nl', 'NL'],
  ['荷兰', 'NL'],
  ['Netherlands', 'NL'],
  ['UK', 'GB'],
  ['香港', 'HK'],
  ['Hong Kong', 'HK'],
  ['ＨＫ', 'HK'],
  ['中国台湾', 'TW'],
  ['中国', 'CN'],
  ['Mainland China', 'CN'],
  ['XX', null],
  ['Atlantis', null],
] as const)('%s is %s', ([text, code]) => {
  expect(countryCode(text)).toBe(code)
})

test('each code stands once with a name in both languages; the mainland and the three regions are told apart', () => {
  const codes = [...new Set(countryRows.map(({ entry }) => entry))]
  expect(codes.length).toBe(249)
  for (const code of codes) {
    expect(code).toMatch(/^[A-Z]{2}$/)
    const words = countryWords(code)
    expect(words?.zh).toMatch(/\p{Script=Han}/u)
    expect(words?.en).toMatch(/[a-z]/)
  }
  const scopeOf = (scope: string) => [
    ...new Set(countryRows.filter((row) => row.scope === scope).map(({ entry }) => entry)),
  ]
  expect(scopeOf('mainland')).toEqual(['CN'])
  expect(scopeOf('region')).toEqual(['HK', 'MO', 'TW'])
})

test('no name means two places', () => {
  const entryOf = new Map<string, string>()
  for (const { item, entry } of countryRows) {
    expect(entryOf.get(item) ?? entry).toBe(entry)
    entryOf.set(item, entry)
  }
})

test('a name an office has loaded is found from its first day', () => {
  const row: CatalogueRow = {
    catalogue: 'countries',
    scope: 'country',
    instrument: 'house list',
    version: '1',
    entry: 'NL',
    item: '尼德兰',
    from: legalDate('2026-01-01'),
    source: 'https://example.org',
    certainty: 'primary',
  }
  expect(countryCode('尼德兰', { on: legalDate('2026-01-01'), lists: [row] })).toBe('NL')
  expect(countryCode('尼德兰', { on: legalDate('2025-12-31'), lists: [row] })).toBeNull()
})
