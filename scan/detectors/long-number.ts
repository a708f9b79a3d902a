import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** Numbers of 18 characters of any sense: what a resident ID is compared with before one is believed. */
export const longNumber: Detector = {
  kind: 'none',
  source: 'The shape of GB 11643-1999, without its meaning',
  cell: '^\\d{17}[\\dXx]$',
  chance: 1,
  rate: 1,
  distinct: 0,
  alone: false,
  because: 'pattern',
  confusedWith: 'resident IDs; it says how many might have been one',
  mask: keepEnds(3, 4),
}
