import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** Identity document of the armed forces: what stands before the number is proof enough. */
export const militaryId: Detector = {
  kind: 'military_id',
  source: 'Usual form of officer, soldier and civilian cards: 军/兵/士/文/职/武 字第 … 号',
  cell: '^[军兵士文职武警南北沈兰成济广海空参政后装](?:字第[0-9A-Za-z]{4,8}号?|第[0-9A-Za-z]{4,8}号)$',
  chance: 1e-6,
  rate: 0.5,
  distinct: 0,
  alone: true,
  because: 'pattern',
  lone: true,
  inText: (x) => `extractAll(${x}, '([军兵士文职武警]字?第[0-9A-Za-z]{4,8}号)')`,
  confusedWith: 'file numbers of courts and offices (“…字第…号” after a year in brackets)',
  mask: keepEnds(3, 1),
}
