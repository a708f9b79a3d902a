// Check digits that several standards share, as SQL of type Bool over a string expression.

/** One character of `x`, counted from 1, as a number; the empty string beyond the end gives 0. */
export const digitAt = (x: string, at: number): string => `greatest(0, toInt16(ascii(substring(${x}, ${at}, 1))) - 48)`

/** ISO/IEC 7812-1 Annex B (Luhn) over a string of at most `longest` digits, the last one being the check digit. */
export function luhn(x: string, longest: number): string {
  // Two digits at a time, from the right, as numbers: cutting text into characters costs ten times as much.
  const pairs = [
    `toUInt64OrZero(right(${x}, 10))`,
    `toUInt64OrZero(substring(${x}, 1, greatest(length(${x}), 10) - 10))`,
  ]
    .flatMap((ten) => [0, 1, 2, 3, 4].map((at) => `toUInt8(intDiv(${ten}, ${100 ** at}) % 100)`))
    .slice(0, Math.ceil(longest / 2))
  // Every second digit counts double, and a double of two digits as their sum.
  const sum = pairs.map((pair) => `(${pair} % 10 + 2 * intDiv(${pair}, 10) - 9 * (${pair} >= 50))`)
  return `(${sum.join(' + ')}) % 10 = 0`
}

/** The sum of `valueAt(place)` times weight is divisible by `modulus`. */
export const weighted = (values: readonly string[], weights: readonly number[], modulus: number): string =>
  `(${values.map((value, at) => `${weights[at] ?? 0} * (${value})`).join(' + ')}) % ${modulus} = 0`
