import type { LegalDate } from '../calendar.ts'
import type { Certainty, Words } from '../citation.ts'
import { countryRows } from './countries.ts'
import { plainName } from './plain-name.ts'

/** What changes often and is kept as data: which list it is, not what it says. */
export type CatalogueId =
  | 'ftz-negative-list'
  | 'important-data'
  | 'finance-scenarios'
  | 'restricted-recipients'
  | 'countries'

/** One entry of a list: an item, its place in the list, and how long and how surely it stands. */
export interface CatalogueRow {
  readonly catalogue: CatalogueId
  /** The free trade zone, the sector, `exempt` or `not-exempt` among the scenarios of finance, or `all`. */
  readonly scope: string
  readonly instrument: string
  readonly version: string
  readonly entry: string
  readonly item: string
  readonly from: LegalDate
  readonly to?: LegalDate
  readonly source: string
  readonly certainty: Certainty
}

/** A catalogue of this rule set. `obtained: false`: the list exists, its entries were not obtained, and `rows` is empty. */
export interface Catalogue {
  readonly id: CatalogueId
  readonly title: Words
  readonly obtained: boolean
  readonly says: Words
  readonly rows: readonly CatalogueRow[]
}

const notObtained: Words = {
  zh: '清单条目未取得，本目录为空；可由使用单位导入（tongguan law import-list）',
  en: 'the entries were not obtained and this catalogue is empty; an office may load its own (tongguan law import-list)',
}

/** The catalogues that exist, empty where their entries were not obtained. What an office loads stands beside them. */
export const catalogues = {
  'ftz-negative-list': {
    id: 'ftz-negative-list',
    title: { zh: '自由贸易试验区数据出境负面清单', en: 'negative lists of the pilot free trade zones' },
    obtained: false,
    says: notObtained,
    rows: [],
  },
  'important-data': {
    id: 'important-data',
    title: { zh: '各地区、各部门公布的重要数据目录', en: 'important data published by regions and departments' },
    obtained: false,
    says: notObtained,
    rows: [],
  },
  'finance-scenarios': {
    id: 'finance-scenarios',
    title: {
      zh: '促进和规范金融业数据跨境流动合规指南所列场景',
      en: 'scenarios of the compliance guide for finance of 2025',
    },
    obtained: false,
    says: notObtained,
    rows: [],
  },
  'restricted-recipients': {
    id: 'restricted-recipients',
    title: {
      zh: '限制或者禁止个人信息提供清单',
      en: 'recipients to whom providing personal information is restricted',
    },
    obtained: false,
    says: {
      zh: '未见公布的清单，本目录为空；可由使用单位导入',
      en: 'no published list has been found and this catalogue is empty; an office may load its own',
    },
    rows: [],
  },
  countries: {
    id: 'countries',
    title: { zh: '国家和地区', en: 'countries and regions' },
    obtained: true,
    says: {
      zh: '代码和中英文名称；中国香港、中国澳门、中国台湾属于本制度所称的境外；使用单位可以导入其他名称',
      en: 'codes, and names in Chinese and English; Hong Kong, Macau and Taiwan are outside the border of this regime; an office may load further names',
    },
    rows: countryRows,
  },
} as const satisfies Record<CatalogueId, Catalogue>

/** The first row in force on a day that names one of these items, by its name or entry, in this scope; null where none does. */
export function listedIn(
  rows: readonly CatalogueRow[],
  asked: {
    readonly catalogue: CatalogueId
    readonly scope: string
    readonly on: LegalDate
    readonly items: readonly string[]
  },
): CatalogueRow | null {
  const { catalogue, scope, on, items } = asked
  const wanted = new Set(items.map(plainName))
  return (
    rows.find(
      (row) =>
        row.catalogue === catalogue &&
        (row.scope === 'all' || plainName(row.scope) === plainName(scope)) &&
        row.from <= on &&
        (row.to === undefined || on <= row.to) &&
        (wanted.has(plainName(row.item)) || wanted.has(plainName(row.entry))),
    ) ?? null
  )
}
