import { weightedDigits } from './checks.ts'
import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'
import { longNumber } from './long-number.ts'
import { regionCodes } from './regions.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const

// GB/T 2260 province heads, plus 81–83 (residence permits of Hong Kong, Macao and Taiwan).
export const provinces = '(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])'

const digit = (x: string, at: number) => `(ascii(substring(${x}, ${at}, 1)) - 48)`

/** Resident ID number, 18 characters. */
export const nationalId: Detector = {
  kind: 'national_id',
  source: 'GB 11643-1999; GB/T 2260; ISO 7064 MOD 11-2',
  cell: `^${provinces}\\d{4}(18|19|20)\\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])\\d{3}[\\dXx]$`,
  check: (x) => `bitAnd(bitAnd(${checkDigit(x)}, ${realDate(x)}), ${knownRegion(x)})`,
  plain: (x) => `bitAnd(match(${x}, '^[1-8]\\\\d{16}[\\\\dXx]$'), bitAnd(${realDate(x)}, ${knownRegion(x)}))`,
  canonical: (x) => `upper(${x})`,
  // Measured on random digits (`npm run prove detectors`): of what the pattern lets through, and of all numbers of 18 digits.
  chance: 0.02,
  shape: { of: longNumber, chance: 8e-6 },
  rate: 0.5,
  distinct: 0,
  alone: true,
  because: 'checksum',
  lone: true,
  inText: (x) => `extractAll(${x}, '(?:^|[^0-9A-Za-z.])([1-9]\\\\d{16}[\\\\dXx])(?:[^0-9A-Za-z]|$)')`,
  confusedWith:
    'order and snowflake numbers of 18 digits, codes of organisations; date, province and check digit settle it',
  mask: keepEnds(3, 4),
}

/** ISO 7064 MOD 11-2 over 18 characters, the first 17 of them digits, as SQL. */
export function checkDigit(x: string): string {
  const last = `ascii(substring(${x}, 18, 1))`
  const [first, ...others] = weights
  const sum = `${first} * (ascii(${x}) - 48) + ${weightedDigits(x, 2, others)}`
  return `(${sum} + if(${last} > 57, 10, ${last} - 48)) % 11 = 1`
}

/** The digits 7 to 14 are a day of the calendar from 1800 to 2099, as SQL. */
export function realDate(x: string): string {
  const date = `toUInt32OrZero(substring(${x}, 7, 8))`
  const monthAndDay = `(${date} % 10000)`
  const year = `intDiv(${date}, 10000)`
  const leap = `bitOr(bitAnd(${year} % 4 = 0, ${year} % 100 != 0), ${year} % 400 = 0)`
  return [
    `${year} BETWEEN 1800 AND 2099`,
    `${monthAndDay} BETWEEN 101 AND 1231`,
    `${monthAndDay} % 100 BETWEEN 1 AND 31`,
    `${monthAndDay} NOT IN (230, 231, 431, 631, 931, 1131)`,
    `bitOr(${monthAndDay} != 229, ${leap})`,
  ].reduce((one, other) => `bitAnd(${one}, ${other})`)
}

// The four characters as the bytes of one number, which need not be parsed.
const knownRegion = (x: string) =>
  `reinterpretAsUInt32(${x}) IN (${regionCodes.map((code) => Buffer.from(String(code)).readUInt32LE()).join(', ')})`

/** Resident ID number, 15 digits, as issued until 1999; it has no check digit, so a telling header must agree. */
export const nationalId15: Detector = {
  kind: 'national_id',
  source: 'GB 11643-1989',
  cell: `^${provinces}\\d{4}\\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])\\d{3}$`,
  check: (x) =>
    `${knownRegion(x)} AND isNotNull(toDate32OrNull(concat('19', substring(${x}, 7, 2), '-', substring(${x}, 9, 2), '-', substring(${x}, 11, 2))))`,
  canonical: (x) => {
    const long = `concat(substring(${x}, 1, 6), '19', substring(${x}, 7))`
    const sum = weights.map((weight, at) => `${weight} * ${digit(long, at + 1)}`).join(' + ')
    return `concat(${long}, substring('10X98765432', ((${sum}) % 11) + 1, 1))`
  },
  chance: 0.9,
  rate: 0.5,
  distinct: 0,
  alone: false,
  because: 'pattern',
  confusedWith: 'bank accounts and device numbers of 15 digits; only a header settles it',
  mask: keepEnds(3, 4),
}
