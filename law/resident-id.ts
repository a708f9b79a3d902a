/**
 * The last character of a resident ID number, from the 17 digits before it: 0 to 9 or X (GB 11643-1999; ISO 7064 MOD 11-2).
 */
export function residentIdCheckCharacter(digits: string): string {
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (2 ** (17 - at) % 11), 0)
  return '10X98765432'.charAt(sum % 11)
}
