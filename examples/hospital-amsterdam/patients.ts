import {
  beijing,
  day,
  digits,
  drawAddress,
  drawName,
  drawResidentId,
  elsewhere,
  isoDay,
  mobilePrefixes,
  unique,
} from '../people.ts'
import type { Sex } from '../people.ts'
import { randomFor } from '../random.ts'
import type { Random } from '../random.ts'

/** A generated person. Nobody real: every field is drawn, and a likeness to a living person is chance. */
export interface Patient {
  /** Place in the study, from 0; patients stand in the order of their groups. */
  readonly number: number
  /** 病案号: `ZY` and eight digits; 10 characters. */
  readonly recordNo: string
  readonly name: string
  /** 居民身份证号, 18 characters, its check character by GB 11643. */
  readonly residentId: string
  readonly sex: Sex
  readonly born: string
  readonly ethnicity: string
  readonly mobile: string
  readonly address: string
  readonly group: Group
  /** Days since 1970-01-01. */
  readonly enrolledDay: number
}

export type Group = 'A组' | 'B组' | 'C组' | 'D组'

/** Persons in each part of the study; with 12,000 declared: A 3,000, B 5,000, C 4,000, first batch 4,000, D 1,500. */
export interface Cohort {
  readonly declared: readonly Patient[]
  /** Group D, enrolled after the declaration and part of none. */
  readonly undeclared: readonly Patient[]
  /** So many of `declared`, from the start, are in the first batch. */
  readonly firstBatch: number
}

/** Draws the cohort: resident IDs, record numbers and mobile numbers are each unique over all of it. */
export function enrol(seed: number, declared: number): Cohort {
  const random = randomFor(seed, 'patients')
  const taken = new Set<string>()
  const endOfA = Math.round(declared / 4)
  const endOfB = Math.round((declared * 2) / 3)
  const groupOf = (number: number): Group => {
    if (number < endOfA) return 'A组'
    if (number < endOfB) return 'B组'
    return number < declared ? 'C组' : 'D组'
  }
  const patients: Patient[] = []
  const undeclared = Math.round(declared / 8)
  for (let number = 0; number < declared + undeclared; number++) {
    patients.push(drawPatient(random, number, groupOf(number), taken))
  }
  return {
    declared: patients.slice(0, declared),
    undeclared: patients.slice(declared),
    firstBatch: Math.round(declared / 3),
  }
}

function drawPatient(random: Random, number: number, group: Group, taken: Set<string>): Patient {
  const sex = random.chance(0.54) ? '男' : '女'
  const birthDay = drawBirthDay(random)
  const region = random.chance(0.62) ? random.pick(beijing) : random.pick(elsewhere)
  return {
    number,
    // Group D came later: its numbers are the next ten million.
    recordNo: unique(taken, () => `ZY${random.integer(1, 9_999_999) + (group === 'D组' ? 30_000_000 : 20_000_000)}`),
    name: drawName(random, sex),
    residentId: unique(taken, () => drawResidentId(random, region.code, birthDay, sex)),
    sex,
    born: isoDay(birthDay),
    ethnicity: random.pick(ethnicities),
    mobile: unique(taken, () => random.pick(mobilePrefixes) + digits(random, 8)),
    address: drawAddress(random, random.chance(0.7) ? random.pick(beijing) : region),
    group,
    enrolledDay:
      group === 'D组'
        ? random.integer(day('2026-03-09'), day('2026-10-23'))
        : random.integer(day('2023-01-09'), day('2025-11-28')),
  }
}

// Born 1938 to 2004: a gastroenterology and metabolism cohort is mostly 40 to 70, and the youngest was 18 at enrolment.
function drawBirthDay(random: Random): number {
  const wished = day('1969-07-01') + Math.round(random.normal() * 13 * 365)
  return Math.min(Math.max(wished, day('1938-01-01')), day('2004-12-31')) === wished
    ? wished
    : random.integer(day('1955-01-01'), day('1990-12-31'))
}

const ethnicities = [
  ...Array<string>(180).fill('汉族'),
  ...Array<string>(7).fill('满族'),
  ...Array<string>(6).fill('回族'),
  ...Array<string>(3).fill('蒙古族'),
  ...'壮族 土家族 苗族 朝鲜族 维吾尔族 藏族 彝族 侗族 锡伯族 达斡尔族'.split(' '),
]
