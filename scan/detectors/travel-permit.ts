import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** Permits to travel between the mainland and Hong Kong, Macao and Taiwan, either way. */
export const travelPermit: Detector = {
  kind: 'travel_permit',
  source:
    'Exit and Entry Administration: to Hong Kong and Macao C (older W), to Taiwan L (older T), mainland permit H or M; Taiwan residents eight digits, known by the header alone',
  cell: '^(?:C\\d{8}|C[A-HJ-NP-Z]\\d{7}|W\\d{8}|[LT]\\d{8}|[HM]\\d{8}(?:\\d{2})?)$',
  canonical: (x) => `upper(${x})`,
  chance: 0.9,
  rate: 0.5,
  distinct: 0,
  alone: false,
  because: 'pattern',
  confusedWith: 'product codes of a letter and eight digits; there is no check digit, so only a header settles it',
  mask: keepEnds(2, 2),
}
