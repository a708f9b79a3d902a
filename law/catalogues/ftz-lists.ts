import { legalDate } from '../calendar.ts'
import type { LegalDate } from '../calendar.ts'
import type { Certainty, Words } from '../citation.ts'

/** One published version of a zone's negative list: that it exists and since when, not its fields. */
export interface FtzListVersion {
  readonly zone: string
  readonly name: Words
  readonly version: string
  readonly from: LegalDate
  /** Last day, where a later version replaced it. */
  readonly to?: LegalDate
  readonly scope: Words
  readonly size: string
  readonly source: string
  readonly certainty: Certainty
}

const page = 'CAC topic page as mirrored; reports of law firms and the press'

/**
 * The negative lists of Order 16 article 6 as known from others: the days are those most sources give, the fields were
 * not obtained (catalogue.ts). Some take effect in a whole city for whoever is registered there, so say their titles.
 */
export const ftzLists: readonly FtzListVersion[] = [
  of('tianjin', '天津', 'Tianjin', '2024', '2024-05-09', '13类45子类', '13 categories', '13/45'),
  {
    ...of(
      'beijing',
      '北京',
      'Beijing',
      '2024',
      '2024-08-30',
      '汽车、医药、民航、零售与现代服务、人工智能训练',
      'cars, medicines, civil aviation, retail, AI training',
      '23/198',
    ),
    to: legalDate('2026-05-07'),
  },
  of(
    'beijing',
    '北京',
    'Beijing',
    '2025',
    '2026-05-08',
    '九个领域；注册在北京的主体均可适用',
    'nine fields; whoever is registered in Beijing',
    '67/612',
  ),
  {
    ...of(
      'shanghai',
      '上海',
      'Shanghai',
      '2024',
      '2025-02-08',
      '再保险、国际航运、商贸',
      'reinsurance, shipping, commerce',
      '6/84',
    ),
    to: legalDate('2026-04-23'),
  },
  of(
    'shanghai',
    '上海',
    'Shanghai',
    '2025',
    '2026-04-24',
    '增加气象；全市适用',
    'meteorology added; the whole city',
    '9/109',
  ),
  of('hainan', '海南', 'Hainan', '2024', '2025-02-20', '未取得', 'not obtained', '14/88'),
  of('zhejiang', '浙江', 'Zhejiang', '2024', '2025-04-10', '未取得', 'not obtained', '8/134'),
  of('guangxi', '广西', 'Guangxi', '2025', '2025-08-08', '未取得', 'not obtained', 'not obtained'),
  of('jiangsu', '江苏', 'Jiangsu', '2025', '2025-08-13', '医药', 'medicines', '21'),
  of('chongqing', '重庆', 'Chongqing', '2025', '2025-09-05', '网联汽车', 'connected vehicles', '9/110'),
  of('fujian', '福建', 'Fujian', '2025', '2025-12-25', '未取得', 'not obtained', '26/298'),
  of('guangdong', '广东', 'Guangdong', '2025', '2026-05-15', '未取得', 'not obtained', '7/67'),
]

/** The versions of a zone's list in force on a day; empty where the zone or the day has none known here. */
export function ftzListsOf(zone: string, on: LegalDate): readonly FtzListVersion[] {
  return ftzLists.filter((list) => isZone(list, zone) && list.from <= on && (list.to === undefined || on <= list.to))
}

/** True where any version of this zone's list is known here. */
export function isKnownZone(zone: string): boolean {
  return ftzLists.some((list) => isZone(list, zone))
}

function isZone(list: FtzListVersion, zone: string): boolean {
  const plain = zone.trim().toLowerCase()
  return plain === list.zone || plain.startsWith(list.name.zh.slice(0, 2))
}

function of(
  zone: string,
  zh: string,
  en: string,
  version: string,
  from: string,
  scopeZh: string,
  scopeEn: string,
  size: string,
): FtzListVersion {
  return {
    zone,
    name: { zh: `${zh}自由贸易试验区负面清单（${version}版）`, en: `${en} free trade zone, negative list ${version}` },
    version,
    from: legalDate(from),
    scope: { zh: scopeZh, en: scopeEn },
    size,
    source: page,
    certainty: 'secondary',
  }
}
