import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** Number of a payment card. */
export const cardNumber: Detector = {
  kind: 'card_number',
  source:
    'ISO/IEC 7812 (Luhn); UnionPay 62, Visa 4, Mastercard 51–55 and 22–27, Amex 34/37, JCB 35, older mainland heads',
  cell: '^(?:62\\d{14,17}|4\\d{15}|5[1-5]\\d{14}|2[2-7]\\d{14}|3[47]\\d{13}|35\\d{14}|9558\\d{12,15}|60138\\d{11,14}|4\\d{18})$',
  check: luhn,
  canonical: (x) => x,
  chance: 0.1,
  rate: 0.8,
  distinct: 0,
  alone: true,
  because: 'checksum',
  inText: (x) => `extractAll(${x}, '(?:^|[^0-9A-Za-z.])((?:62|4|5[1-5])\\\\d{14,17})(?:[^0-9A-Za-z.]|$)')`,
  confusedWith: 'serial numbers of 16 to 19 digits, one in ten of which passes Luhn; the whole column settles it',
  mask: keepEnds(6, 4),
}

// From the right, every second digit counts double, and a double of two digits as their sum: 0 2 4 6 8 1 3 5 7 9.
function luhn(x: string): string {
  const sum = Array.from({ length: 19 }, (_, at) => {
    // Reading beyond the first digit gives an empty string, whose code 0 is cut to 0 here.
    const digit = `greatest(0, toInt16(ascii(substring(reverse(${x}), ${at + 1}, 1))) - 48)`
    return at % 2 === 0 ? digit : `((${digit} * 2) % 10 + intDiv(${digit} * 2, 10))`
  })
  return `(${sum.join(' + ')}) % 10 = 0`
}
