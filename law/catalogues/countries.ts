import { legalDate } from '../calendar.ts'
import type { LegalDate } from '../calendar.ts'
import type { Words } from '../citation.ts'
import type { CatalogueRow } from './catalogue.ts'
import { plainName } from './plain-name.ts'

const inChinese = new Intl.DisplayNames('zh-Hans', { type: 'region', fallback: 'none' })
const inEnglish = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

const isoCodes = [
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ',
  'BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ',
  'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET',
  'FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU',
  'ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ',
  'LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ',
  'NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW',
  'SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ',
  'TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT',
  'ZA ZM ZW',
]
  .join(' ')
  .split(' ')

const regions: Readonly<Record<string, readonly [zh: string, en: string, ...more: string[]]>> = {
  HK: ['中国香港', 'Hong Kong, China', '香港', 'Hong Kong'],
  MO: ['中国澳门', 'Macao, China', '澳门', 'Macao', 'Macau'],
  TW: ['中国台湾', 'Taiwan, China', '台湾', 'Taiwan'],
}

const furtherNames: Readonly<Record<string, readonly string[]>> = {
  CN: ['中国大陆', '境内', '中国境内', 'Mainland', 'Mainland China'],
  GB: ['UK'],
  US: ['USA', 'United States of America'],
}

/**
 * Where data may go: the countries and regions of ISO 3166-1, each under its code and its Chinese and English name.
 *
 * The scope says what a place is for this regime: the mainland (`mainland`), Hong Kong, Macau and Taiwan, which are
 * outside its border (`region`; the guidelines on the contract of the Greater Bay Area imply it), or another country.
 * An office may load further names; they are found beside these.
 */
export const countryRows: readonly CatalogueRow[] = isoCodes.flatMap((code) =>
  namesOf(code).map((name) => row(code, name)),
)

const byName = new Map(
  countryRows.flatMap(({ entry, item }) =>
    [entry, plainName(entry), plainName(item)].map((name) => [name, entry] as const),
  ),
)

interface Told {
  readonly on: LegalDate
  readonly lists: readonly CatalogueRow[]
}

/** The ISO 3166-1 code of a place named by its code or by a name in either language; null where it is none known here. */
export function countryCode(text: string | undefined, told?: Told): string | null {
  if (text === undefined) return null
  const known = byName.get(text)
  if (known !== undefined) return known
  const name = plainName(text)
  return byName.get(name) ?? (told === undefined ? null : loadedCode(name, told))
}

/** What a place is called, for whoever reads its code; null where the code is none. */
export function countryWords(code: string): Words | null {
  const [zh, en] = byName.get(plainName(code)) === code ? namesOf(code) : []
  return zh === undefined || en === undefined ? null : { zh, en }
}

function loadedCode(name: string, { on, lists }: Told): string | null {
  const found = lists.find(
    ({ catalogue, item, from, to }) =>
      catalogue === 'countries' && plainName(item) === name && from <= on && (to === undefined || on <= to),
  )
  return found?.entry ?? null
}

function row(code: string, item: string): CatalogueRow {
  return {
    catalogue: 'countries',
    scope: code === 'CN' ? 'mainland' : code in regions ? 'region' : 'country',
    instrument: 'ISO 3166-1',
    version: '2020',
    entry: code,
    item,
    // The first day this rule set answers for.
    from: legalDate('2022-09-01'),
    source: 'ISO 3166-1 alpha-2; names of the Unicode CLDR as the runtime carries them',
    certainty: 'secondary',
  }
}

function namesOf(code: string): readonly string[] {
  return regions[code] ?? [inChinese.of(code) ?? code, inEnglish.of(code) ?? code, ...(furtherNames[code] ?? [])]
}
