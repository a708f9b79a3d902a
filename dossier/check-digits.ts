/**
 * Whether a unified social credit code (统一社会信用代码) is well formed: 18 characters of the standard's alphabet and its
 * check character right (GB 32100-2015). The organisation code within has a check of its own, `isOrganisationCode`.
 */
export function isCreditCode(code: string): boolean {
  const values = Array.from(code, (character) => creditCodeAlphabet.indexOf(character))
  if (values.length !== 18 || values.includes(-1)) return false
  const sum = values.slice(0, 17).reduce((total, value, index) => total + value * (3 ** index % 31), 0)
  return (31 - (sum % 31)) % 31 === values[17]
}

/** Whether the nine characters of an organisation code (GB 11714-1997) end in their check character. */
export function isOrganisationCode(code: string): boolean {
  const values = Array.from(code, (character) => '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf(character))
  if (values.length !== 9 || values.includes(-1)) return false
  const weights = [3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, index) => total + weight * (values[index] ?? 0), 0)
  return '0123456789X0'[11 - (sum % 11)] === code[8]
}

/** Whether a resident identity number (居民身份证号) is well formed: 18 digits or X, check digit right (GB 11643-1999). */
export function isResidentId(number: string): boolean {
  if (!/^\d{17}[\dX]$/.test(number)) return false
  const sum = Array.from(number)
    .slice(0, 17)
    .reduce((total, digit, index) => total + Number(digit) * (2 ** (17 - index) % 11), 0)
  return '10X98765432'[sum % 11] === number[17]
}

// I, O, S, V and Z are left out, being too like 1, 0, 5, U and 2.
const creditCodeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
