import { weighted, digitAt } from './checks.ts'
import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** Code of a laboratory test. */
export const loinc: Detector = {
  kind: 'lab_result',
  source: 'LOINC: up to five digits, hyphen, check digit (Luhn)',
  cell: '^\\d{3,5}-\\d$',
  check: (x) => {
    const y = `leftPad(replaceAll(${x}, '-', ''), 6, '0')`
    const doubled = (at: number) => `((${digitAt(y, at)} * 2) % 10 + intDiv(${digitAt(y, at)} * 2, 10))`
    return weighted(
      [digitAt(y, 1), doubled(1), digitAt(y, 2), doubled(3), digitAt(y, 4), doubled(5), digitAt(y, 6)],
      [0, 1, 1, 1, 1, 1, 1],
      10,
    )
  },
  chance: 0.1,
  rate: 0.9,
  distinct: 0,
  alone: true,
  because: 'checksum',
  confusedWith: 'ranges such as 100-5, one in ten of which passes; the column and the table settle it',
  mask: keepEnds(1, 0),
}

/** Approval number of a drug: it speaks of a product, and of health only beside a person. */
export const drugApproval: Detector = {
  kind: 'medication',
  source: 'NMPA approval numbers: 国药准字, letter, eight digits; imports H, Z, S, J',
  cell: '^(?:国药准字[HZSBJTF]\\d{8}|注册证号[HZS]C?\\d{8})$',
  chance: 0.001,
  rate: 0.8,
  distinct: 0,
  alone: true,
  because: 'pattern',
  confusedWith: 'nothing, but a catalogue of drugs is about no person; the table settles it',
  mask: keepEnds(4, 0),
}

/** Code of a substance. */
export const atc: Detector = {
  kind: 'medication',
  source: 'WHO ATC classification, five levels',
  cell: '^[A-DGHJLMNPRSV]\\d{2}[A-Z]{2}\\d{2}$',
  chance: 0.2,
  rate: 0.9,
  distinct: 0,
  alone: true,
  because: 'pattern',
  confusedWith: 'part numbers of seven characters; the table settles it',
  mask: keepEnds(1, 0),
}
