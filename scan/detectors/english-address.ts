import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** A street address in the English manner: number, street, kind of street. */
export const englishAddress: Detector = {
  kind: 'address',
  source: 'Usual street suffixes (USPS Publication 28, appendix C1) and P.O. boxes',
  cell: '^(?:\\d+[A-Za-z]? [A-Za-z0-9].* (?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Court|Ct|Place|Pl|Terrace|Ter|Highway|Hwy|Parkway|Pkwy|Square|Sq|Crescent|Close|Grove|Mews)\\.?(?:[ ,].*)?|P\\.? ?O\\.? ?Box \\d+.*)$',
  check: (x) => `lengthUTF8(${x}) <= 120`,
  chance: 0.3,
  rate: 0.6,
  distinct: 0.1,
  alone: true,
  because: 'pattern',
  confusedWith: 'addresses of shops and offices; the table settles whose they are',
  mask: keepEnds(2, 0),
}
