import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'
import { longNumber } from './long-number.ts'
import { checkDigit, provinces, realDate } from './national-id.ts'

/** Permanent residence card of a foreigner, in the form of 2023. */
export const permanentResidence: Detector = {
  kind: 'permanent_residence_id',
  source:
    'National Immigration Administration, card of 2023: 9, province, country, date of birth, serial, ISO 7064 MOD 11-2',
  cell: `^9${provinces}\\d{3}(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}[\\dXx]$`,
  check: (x) => `${checkDigit(x)} AND ${realDate(x)}`,
  canonical: (x) => `upper(${x})`,
  chance: 0.094,
  shape: { of: longNumber, chance: 4e-6 },
  rate: 0.5,
  distinct: 0,
  alone: true,
  because: 'checksum',
  lone: true,
  confusedWith: 'order numbers of 18 digits beginning with 9; date, province and check digit settle it',
  mask: keepEnds(3, 4),
}

/** The card in use until 2023: three letters of the country and twelve digits; no public check, so a header must agree. */
export const permanentResidenceOld: Detector = {
  kind: 'permanent_residence_id',
  source: 'Permanent residence card until 2023',
  cell: '^[A-Z]{3}\\d{12}$',
  chance: 0.9,
  rate: 0.5,
  distinct: 0.3,
  alone: false,
  because: 'pattern',
  confusedWith: 'container and batch numbers; only a header settles it',
  mask: keepEnds(3, 2),
}
