import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

const families =
  'WANG LI ZHANG LIU CHEN YANG HUANG ZHAO WU ZHOU XU SUN MA ZHU HU GUO HE LIN GAO LUO ZHENG LIANG XIE SONG TANG HAN FENG DENG CAO PENG ZENG XIAO TIAN DONG PAN YUAN CAI JIANG YU DU YE CHENG WEI SU LV LYU LU DING REN YAO SHEN ZHONG CUI TAN FAN WAN LIAO SHI JIN JIA XIA FU FANG ZOU XIONG BAI MENG QIN QIU HOU YIN XUE YAN LEI LONG TAO LONG DUAN HAO KONG SHAO MAO CHANG GU LAI WEN KANG QIAN NIU YAN SHI GE OUYANG SIMA ZHUGE'

const syllables = '[BCDFGHJKLMNPQRSTWXYZ]?H?[AEIOUV]{1,3}(?:NG|N|R)?'

/** A Chinese name in Latin letters, as on passports and tickets: ZHANG/SAN, ZHANG SANFENG MR. */
export const pinyinName: Detector = {
  kind: 'name',
  source: 'GB/T 28039-2011; IATA passenger name: family name, slash, given names, title',
  cell: `^(?:${[...new Set(families.split(' '))].join('|')})(?:/|, ?| )(?:${syllables}[- ]?){1,3}(?: ?(?:MR|MS|MRS|MSTR|MISS|CHD|INF))?$`,
  chance: 0.2,
  rate: 0.6,
  distinct: 0.3,
  alone: true,
  because: 'dictionary',
  confusedWith: 'names of places in pinyin; rate and variety settle it',
  mask: (name) =>
    name
      .split(/(?<=[/ ])/)
      .map((word) => keepEnds(1, 0)(word))
      .join(''),
}
