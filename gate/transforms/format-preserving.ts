import { residentIdCheckCharacter } from '@tongguan/law'
import { permutation } from './ff1.ts'

/*
 * Numbers of the same shape that nobody can have been issued, one for each that was: the permutation joins no two persons.
 *
 * A resident ID number gets a region no edition of GB/T 2260 ever assigned and a birth year before 1800; its check
 * character (ISO 7064 MOD 11-2) is right, so that programs downstream which test it go on working. A mobile number begins
 * with 2, where mainland numbers of 11 digits begin with 1.
 */

/** First two digits of no province, none of them a 9 (permanent residents). */
const unassigned = [
  10, 16, 17, 18, 19, 20, 24, 25, 26, 27, 28, 29, 30, 38, 39, 40, 47, 48, 49, 55, 56, 57, 58, 59, 60, 66, 67, 68, 69,
  70, 72, 73, 74, 75, 76, 77, 78, 79, 80, 84, 85, 86, 87, 88, 89,
] as const

const day = 86_400_000
const firstBirth = Date.UTC(1800, 0, 1) / day
const births = Date.UTC(2100, 0, 1) / day - firstBirth
const impossibleYears = { from: 1000, count: 800 }
/** A permutation needs as many numbers as may come in; more may go out. */
const outcomes = unassigned.length * 10_000 * impossibleYears.count * 365 * 1_000

/** Undefined for what is no resident ID number: 18 characters, a day that exists, the right check character. */
export function nationalIdCodes(key: Uint8Array): (value: string) => string | undefined {
  const permute = permutation(key, outcomes)
  return (value) => {
    const read = /^(\d{6})(\d{4})(\d{2})(\d{2})(\d{3})([\dX])$/.exec(value.normalize('NFKC').trim().toUpperCase())
    if (read === null) return undefined
    const [, region, year, month, date, sequence, check] = read.map(String)
    const born = Date.UTC(Number(year), Number(month) - 1, Number(date)) / day - firstBirth
    const isReal = new Date((born + firstBirth) * day).toISOString().startsWith(`${year}-${month}-${date}`)
    if (
      !isReal ||
      born < 0 ||
      births <= born ||
      residentIdCheckCharacter(`${region}${year}${month}${date}${sequence}`) !== check
    ) {
      return undefined
    }
    const number = (Number(region) * births + born) * 1_000 + Number(sequence)
    return idNumber(permute(number))
  }
}

function idNumber(outcome: number): string {
  const [afterSequence, sequence] = divide(outcome, 1_000)
  const [afterDay, dayOfYear] = divide(afterSequence, 365)
  const [afterYear, year] = divide(afterDay, impossibleYears.count)
  const [head, county] = divide(afterYear, 10_000)
  // 2001 has 365 days, as every year here has.
  const monthAndDay = new Date(Date.UTC(2001, 0, 1 + dayOfYear)).toISOString().slice(5, 10).replace('-', '')
  const region = `${unassigned[head] ?? ''}${String(county).padStart(4, '0')}`
  const body = `${region}${impossibleYears.from + year}${monthAndDay}${String(sequence).padStart(3, '0')}`
  return `${body}${residentIdCheckCharacter(body)}`
}

/** Undefined for what is no mainland mobile number. */
export function mobileCodes(key: Uint8Array): (value: string) => string | undefined {
  const permute = permutation(key, 10 ** 10)
  return (value) => {
    const read = /^(?:\+?86|0086)?[- ]?(1[3-9]\d{9})$/.exec(
      value.normalize('NFKC').replaceAll(/(?<=\d)[- ](?=\d)/g, ''),
    )
    return read?.[1] === undefined ? undefined : `2${String(permute(Number(read[1].slice(1)))).padStart(10, '0')}`
  }
}

function divide(number: number, by: number): readonly [number, number] {
  return [Math.floor(number / by), number % by]
}
