import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2] as const

/** Vehicle identification number. */
export const vin: Detector = {
  kind: 'vin',
  source: 'GB 16735 / ISO 3779: 17 characters without I, O, Q; check character in place 9, weights 8 … 2, modulus 11',
  cell: '^[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{8}$',
  check: (x) => {
    const sum = weights
      .map(
        (weight, at) =>
          `${weight} * ((position('0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ', substring(${x}, ${at + 1}, 1)) - 1) % 10)`,
      )
      .join(' + ')
    return `match(${x}, '[A-Z]') AND substring('0123456789X', ((${sum}) % 11) + 1, 1) = substring(${x}, 9, 1)`
  },
  canonical: (x) => `upper(${x})`,
  chance: 1 / 11,
  rate: 0.6,
  distinct: 0.01,
  alone: true,
  because: 'checksum',
  confusedWith:
    'hashes and licence keys of 17 characters, one in eleven of which passes; the rate in the column settles it',
  mask: keepEnds(3, 3),
}
