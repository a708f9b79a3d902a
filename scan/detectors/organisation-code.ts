import { weightedCodes } from './checks.ts'
import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const

// Places 9 to 17 are a code of GB 11714 with a check character of its own.
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2] as const

/** A digit's code is 48 and its value, a letter's, which alone has the bit of 64, 48 and 7 and its value. */
const sum36 = (x: string, from: number, weights: readonly number[]): string => {
  const letters = weightedCodes(x, from, weights, (codes) => `bitAnd(bitShiftRight(${codes}, 6), 0x0001000100010001)`)
  return `(${weightedCodes(x, from, weights)} - 7 * ${letters} - ${48 * weights.reduce((sum, weight) => sum + weight, 0)})`
}

const value = (x: string, at: number) => `(position('${alphabet}', substring(${x}, ${at}, 1)) - 1)`

/** Unified social credit code: an organisation's, and so no personal information. */
export const organisationCode: Detector = {
  kind: 'organisation_code',
  source: 'GB 32100-2015; GB 11714-1997',
  cell: `^[159AHJNY][1239]\\d{6}[${alphabet}]{10}$`,
  check: (x) => {
    const sum = weights.map((weight, at) => `${weight} * ${value(x, at + 1)}`).join(' + ')
    // The last character of its own is a digit, or X for ten.
    const last = `ascii(substring(${x}, 17, 1))`
    const own = `bitAnd(${last} IN (48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 88), (${sum36(x, 9, organisationWeights)} + if(${last} = 88, 10, ${last} - 48)) % 11 = 0)`
    // The shorter sum first: it spares ten of eleven accidental ones the longer.
    return `${own} AND (31 - ((${sum}) % 31)) % 31 = ${value(x, 18)}`
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
