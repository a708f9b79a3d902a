// Check digits that several standards share, as SQL of type Bool over a string expression.

/** One character of `x`, counted from 1, as a number; the empty string beyond the end gives 0. */
export const digitAt = (x: string, at: number): string => `greatest(0, toInt16(ascii(substring(${x}, ${at}, 1))) - 48)`

// Cutting text into characters costs ten times as much as sums over eight of them at once, as the bytes of one number,
// the first one lowest. Every second byte, so that each has sixteen bits for its sums.
const everySecond = (x: string, from: number, second: 0 | 1): string =>
  `bitAnd(bitShiftRight(reinterpretAsUInt64(substring(${x}, ${from}, 8)), ${8 * second}), 0x00FF00FF00FF00FF)`

const inDigits = '0x000F000F000F000F'

/**
 * The sum of weight times character code over as many characters of `x` as there are weights, from place `from` on, as
 * SQL; `of` makes something else of four codes, each in sixteen bits of a number. Weights times codes stay below 2^14.
 */
export function weightedCodes(
  x: string,
  from: number,
  weights: readonly number[],
  of: (codes: string) => string = (codes) => codes,
): string {
  const sums = Array.from({ length: Math.ceil(weights.length / 8) }, (_, word) => word * 8).flatMap((at) =>
    ([0, 1] as const).map((second) => {
      // Of a product with the weights in reverse the highest sixteen bits are the sum.
      const packed = [0, 1, 2, 3].reduce(
        (all, pair) => all | (BigInt(weights[at + second + 2 * pair] ?? 0) << BigInt(48 - 16 * pair)),
        0n,
      )
      return `bitShiftRight(${of(everySecond(x, from + at, second))} * ${packed}, 48)`
    }),
  )
  return `(${sums.join(' + ')})`
}

/** The same over digits. */
export const weightedDigits = (x: string, from: number, weights: readonly number[]): string =>
  weightedCodes(x, from, weights, (codes) => `bitAnd(${codes}, ${inDigits})`)

/** ISO/IEC 7812-1 Annex B (Luhn) over a string of at most `longest` digits, the last one being the check digit. */
export function luhn(x: string, longest: number): string {
  const words = Math.ceil(longest / 8)
  const long = `right(concat('${'0'.repeat(8 * words)}', ${x}), ${8 * words})`
  const digits = (second: 0 | 1) =>
    Array.from({ length: words }, (_, word) => `bitAnd(${everySecond(long, 8 * word + 1, second)}, ${inDigits})`)
  // Every second digit counts double, and a double of two digits as their sum, which is nine less and so, of tens, one
  // more: such digits are 5 and above, and with 3 more have the bit of 8.
  const doubled = digits(0).map(
    (d) => `2 * ${d} + bitShiftRight(bitAnd(${d} + 0x0003000300030003, 0x0008000800080008), 3)`,
  )
  return `bitShiftRight((${[...doubled, ...digits(1)].join(' + ')}) * 0x0001000100010001, 48) % 10 = 0`
}

/** The sum of `valueAt(place)` times weight is divisible by `modulus`. */
export const weighted = (values: readonly string[], weights: readonly number[], modulus: number): string =>
  `(${values.map((value, at) => `${weights[at] ?? 0} * (${value})`).join(' + ')}) % ${modulus} = 0`
