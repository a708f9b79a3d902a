import { luhn } from './checks.ts'
import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** Number of a payment card. */
export const cardNumber: Detector = {
  kind: 'card_number',
  source:
    'ISO/IEC 7812 (Luhn); UnionPay 62, Visa 4, Mastercard 51–55 and 22–27, Amex 34/37, JCB 35, older mainland heads',
  cell: '^(?:62\\d{14,17}|4\\d{15}|5[1-5]\\d{14}|2[2-7]\\d{14}|3[47]\\d{13}|35\\d{14}|9558\\d{12,15}|60138\\d{11,14}|4\\d{18})$',
  check: (x) => luhn(x, 19),
  plain: (x) => `match(${x}, '^62\\\\d{14,17}$')`,
  besides: (x) => `length(${x}) = 18`,
  canonical: (x) => x,
  chance: 0.1,
  rate: 0.8,
  distinct: 0,
  alone: true,
  because: 'checksum',
  lone: true,
  inText: (x) => `extractAll(${x}, '(?:^|[^0-9A-Za-z.])((?:62|4|5[1-5])\\\\d{14,17})(?:[^0-9A-Za-z.]|$)')`,
  confusedWith: 'serial numbers of 16 to 19 digits, one in ten of which passes Luhn; the whole column settles it',
  mask: keepEnds(6, 4),
}
