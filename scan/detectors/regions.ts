/**
 * The first four digits a resident ID number may have: province, and prefecture within it, of today and since 1980
 * (GB/T 2260 in its editions). Counties come
 * and go too often for a list to be complete, and a number keeps the code of the day it was given: two digits more would
 * refuse real persons.
 *
 * Compiled from the npm packages gb2260 0.6.0 (MIT) and idcard 4.2.0 (ISC).
 */
const prefectures: Readonly<Record<string, string>> = {
  11: '01-02',
  12: '01-02',
  13: '01-11 21-30 90',
  14: '01-11 21-27 90',
  15: '01-09 21-29',
  21: '01-14 21-22 90',
  22: '01-08 21-26 90',
  23: '01-12 21-27 90',
  31: '01-02',
  32: '01-13 21-27 90',
  33: '01-11 21-28 90',
  34: '01-18 21-29 90',
  35: '01-09 21-28 90',
  36: '01-11 21-26 90',
  37: '01-17 21-29 90',
  41: '01-17 21-30 90',
  42: '01-13 21-29 90',
  43: '01-13 21-31 90',
  44: '01-29 51-53 90',
  45: '01-14 21-28',
  46: '01-04 90',
  50: '01-03',
  51: '01-39 70 90',
  52: '01-06 21-27',
  53: '01-09 21-35',
  54: '01-06 21-27',
  61: '01-10 21-27 90',
  62: '01-12 21-30',
  63: '01-02 21-28',
  64: '01-05 21-22',
  65: '01-05 21-32 40-43 90',
}

/** Residents of Taiwan, Hong Kong and Macao: their permit's number has the province alone. */
const beyond = [7100, 8100, 8200, 8300]

/** Every four-digit code. */
export const regionCodes: readonly number[] = [
  ...Object.entries(prefectures).flatMap(([province, ranges]) =>
    ranges.split(' ').flatMap((range) => {
      const [from = 0, to = from] = range.split('-').map(Number)
      return Array.from({ length: to - from + 1 }, (_, at) => Number(province) * 100 + from + at)
    }),
  ),
  ...beyond,
]
