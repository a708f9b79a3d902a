import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const

// Places 9 to 17 are a code of GB 11714 with a check character of its own.
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2] as const

const value36 = (x: string, at: number) =>
  `(position('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', substring(${x}, ${at}, 1)) - 1)`

const value = (x: string, at: number) => `(position('${alphabet}', substring(${x}, ${at}, 1)) - 1)`

/** Unified social credit code: an organisation's, and so no personal information. */
export const organisationCode: Detector = {
  kind: 'organisation_code',
  source: 'GB 32100-2015; GB 11714-1997',
  cell: `^[159AHJNY][1239]\\d{6}[${alphabet}]{10}$`,
  check: (x) => {
    const sum = weights.map((weight, at) => `${weight} * ${value(x, at + 1)}`).join(' + ')
    const own = organisationWeights.map((weight, at) => `${weight} * ${value36(x, at + 9)}`).join(' + ')
    // The shorter sum first: it spares ten of eleven accidental ones the longer.
    return `substring('0X987654321', ((${own}) % 11) + 1, 1) = substring(${x}, 17, 1) AND (31 - ((${sum}) % 31)) % 31 = ${value(x, 18)}`
  },
  // One in 31, and one in eleven.
  chance: 0.003,
  rate: 0.5,
  distinct: 0,
  alone: true,
  because: 'checksum',
  lone: true,
  confusedWith: 'a resident ID of digits only; each has its own check digit',
  mask: keepEnds(4, 4),
}
