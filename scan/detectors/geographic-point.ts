import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** A point in one cell: two numbers with four decimals or more (about ten metres), or as text of geometry. */
export const geographicPoint: Detector = {
  kind: 'precise_location',
  source: 'ISO 6709 in decimal degrees; OGC well-known text',
  cell: '^(?:[(\\[]?-?\\d{1,3}\\.\\d{4,}[,; ] ?-?\\d{1,3}\\.\\d{4,}[)\\]]?|POINT ?\\(-?\\d{1,3}\\.\\d{2,} -?\\d{1,3}\\.\\d{2,}\\))$',
  chance: 0.1,
  rate: 0.8,
  distinct: 0,
  alone: true,
  because: 'pattern',
  confusedWith: 'points of buildings and stations; the table settles whose whereabouts they are',
  mask: (value) => (/\.\d/.test(value) ? value.replace(/\.\d+/g, '.****') : keepEnds(1, 0)(value)),
}
