import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** Code of ICD-10, also with the Chinese clinical extension (I10.x00). */
export const diagnosisCode: Detector = {
  kind: 'diagnosis',
  source: 'ICD-10, GB/T 14396-2016 and the national clinical edition 2.0',
  cell: '^[A-TV-Z]\\d{2}(?:\\.[0-9A-Zx]{1,4}(?:[+*]|x?\\d{2,3})?)?[+*]?$',
  chance: 0.5,
  rate: 0.9,
  distinct: 0,
  alone: true,
  because: 'pattern',
  closed: true,
  confusedWith: 'part and train numbers, vitamin B12; a table about persons and several chapters settle it',
  mask: keepEnds(1, 0),
}
