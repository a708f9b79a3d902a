import { at } from './random.ts'

/** A payment card number of 16 digits in no issuer's range, with its Luhn check digit (ISO/IEC 7812-1); one for each number. */
export function cardNumber(number: number): string {
  const body = `629999${String(number * 7919 + 1_000_000).padStart(9, '0')}`
  const sum = [...body].reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return body + at('0987654321'.split(''), sum % 10)
}
