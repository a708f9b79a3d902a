/**
 * A vehicle identification number in no maker's range, with its check character in place 9 (GB 16735, as ISO 3779); one
 * for each number below 1,000,000.
 */
export function vinOf(number: number): string {
  const body = `LXX0EX5A`
  const rest = `SX${String(number).padStart(6, '0')}`
  const sum = [...`${body}0${rest}`].reduce((total, character, place) => {
    return total + valueOf(character) * (weights[place] ?? 0)
  }, 0)
  return `${body}${sum % 11 === 10 ? 'X' : String(sum % 11)}${rest}`
}

const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
const letters = 'ABCDEFGH..JKLMN.P.R..STUVWXYZ'

// A to H are 1 to 8, J to R 1 to 9 but for the two letters left out, S to Z 2 to 9.
function valueOf(character: string): number {
  if (/\d/.test(character)) return Number(character)
  return (letters.indexOf(character) % 10) + 1
}
