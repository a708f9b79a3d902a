// Check digits that several standards share, as SQL of type Bool over a string expression.

/** One character of `x`, counted from 1, as a number; the empty string beyond the end gives 0. */
export const digitAt = (x: string, at: number): string => `greatest(0, toInt16(ascii(substring(${x}, ${at}, 1))) - 48)`

/** ISO/IEC 7812-1 Annex B (Luhn), up to `longest` digits, the last one being the check digit. */
export function luhn(x: string, longest: number): string {
  // From the right, every second digit counts double, and a double of two digits as their sum.
  const sum = Array.from({ length: longest }, (_, at) => {
    const digit = digitAt(`reverse(${x})`, at + 1)
    return at % 2 === 0 ? digit : `((${digit} * 2) % 10 + intDiv(${digit} * 2, 10))`
  })
  return `(${sum.join(' + ')}) % 10 = 0`
}

/** The sum of `valueAt(place)` times weight is divisible by `modulus`. */
export const weighted = (values: readonly string[], weights: readonly number[], modulus: number): string =>
  `(${values.map((value, at) => `${weights[at] ?? 0} * (${value})`).join(' + ')}) % ${modulus} = 0`
