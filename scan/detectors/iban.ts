import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** International bank account number. */
export const iban: Detector = {
  kind: 'bank_account',
  source: 'ISO 13616, ISO 7064 MOD 97-10',
  cell: '^[A-Z]{2}\\d{2} ?(?:[A-Z0-9]{4} ?){2,7}[A-Z0-9]{1,4}$',
  check: (x) => {
    const y = `replaceAll(${x}, ' ', '')`
    const turned = `concat(substring(${y}, 5), substring(${y}, 1, 4))`
    const digits = `arrayStringConcat(arrayMap(c -> if(c >= 'A', toString(ascii(c) - 55), c), splitByString('', ${turned})))`
    return `length(${y}) BETWEEN 15 AND 34 AND toUInt256OrZero(${digits}) % 97 = 1`
  },
  canonical: (x) => `replaceAll(${x}, ' ', '')`,
  chance: 1 / 97,
  rate: 0.5,
  distinct: 0,
  alone: true,
  because: 'checksum',
  lone: true,
  inText: (x) => `extractAll(${x}, '(?:^|[^0-9A-Za-z])([A-Z]{2}\\\\d{2}[A-Z0-9]{11,30})(?:[^0-9A-Za-z]|$)')`,
  confusedWith: 'order numbers that begin with two letters, one in 97 of which passes',
  mask: keepEnds(4, 2),
}
