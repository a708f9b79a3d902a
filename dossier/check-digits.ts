import { residentIdCheckCharacter } from '@tongguan/law'

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
  return /^\d{17}[\dX]$/.test(number) && residentIdCheckCharacter(number.slice(0, 17)) === number[17]
}
