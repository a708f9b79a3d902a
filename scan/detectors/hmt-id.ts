import { weighted } from './checks.ts'
import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

const letter = (x: string, at: number) => `(toInt16(ascii(substring(${x}, ${at}, 1))) - 55)`
const digit = (x: string, at: number) => `(toInt16(ascii(substring(${x}, ${at}, 1))) - 48)`
const checkCharacter = (x: string, at: number) => `if(substring(${x}, ${at}, 1) = 'A', 10, ${digit(x, at)})`

/** Hong Kong identity card: one or two letters, six digits, check character in brackets or not. */
export const hongKongId: Detector = {
  kind: 'hmt_id',
  source: 'Hong Kong Immigration Department; weights 9 to 1, a missing first letter counts 36, modulus 11',
  cell: '^[A-Z]{1,2}\\d{6}(?:\\([0-9A]\\)|[0-9A])$',
  check: (x) => {
    const y = `replaceRegexpAll(${x}, '[()]', '')`
    const body = (from: number) => Array.from({ length: 6 }, (_, at) => digit(y, from + at))
    const one = weighted(['36', letter(y, 1), ...body(2), checkCharacter(y, 8)], [9, 8, 7, 6, 5, 4, 3, 2, 1], 11)
    const two = weighted(
      [letter(y, 1), letter(y, 2), ...body(3), checkCharacter(y, 9)],
      [9, 8, 7, 6, 5, 4, 3, 2, 1],
      11,
    )
    return `if(length(${y}) = 8, ${one}, ${two})`
  },
  canonical: (x) => `replaceRegexpAll(${x}, '[()]', '')`,
  chance: 1 / 11,
  rate: 0.6,
  distinct: 0.3,
  alone: true,
  because: 'checksum',
  confusedWith: 'model numbers such as A1234567, one in eleven of which passes; the rate in the column settles it',
  mask: keepEnds(2, 1),
}

/** Taiwan identity number, and the number of residents since 2021. */
export const taiwanId: Detector = {
  kind: 'hmt_id',
  source: 'Taiwan identity number: letter as two digits, weights 1 9 8 7 6 5 4 3 2 1 1, modulus 10',
  cell: '^[A-Z][1289]\\d{8}$',
  check: (x) => {
    const number = `(position('ABCDEFGHJKLMNPQRSTUVXYWZIO', substring(${x}, 1, 1)) + 9)`
    const digits = Array.from({ length: 9 }, (_, at) => digit(x, at + 2))
    return weighted([`intDiv(${number}, 10)`, `${number} % 10`, ...digits], [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1], 10)
  },
  chance: 0.1,
  rate: 0.6,
  distinct: 0.3,
  alone: true,
  because: 'checksum',
  confusedWith:
    'part numbers of a letter and nine digits, one in ten of which passes; the rate in the column settles it',
  mask: keepEnds(2, 1),
}

/** Macao identity card; its check digit is not public, so a header must agree. */
export const macaoId: Detector = {
  kind: 'hmt_id',
  source: 'Macao Identification Services Bureau: 1, 5 or 7, six digits, a digit in brackets',
  cell: '^[157]/?\\d{6}(?:/\\d|\\(\\d\\))$',
  chance: 0.9,
  rate: 0.6,
  distinct: 0.3,
  alone: false,
  because: 'pattern',
  confusedWith: 'serial numbers of eight digits; only a header settles it',
  mask: keepEnds(1, 1),
}
