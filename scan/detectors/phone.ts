import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** Fixed line of the mainland, with its area code. */
export const landline: Detector = {
  kind: 'phone',
  source: 'MIIT numbering plan: 010, 02x, 03xx to 09xx, then seven or eight digits',
  cell: '^(?:\\+?86[- ]?)?[(（]?0(?:10|2\\d|[3-9]\\d{2})[)）]?[- ]?[2-8]\\d{6,7}(?:(?:-|转| ext\\.? ?)\\d{1,6})?$',
  canonical: (x) => `replaceRegexpAll(${x}, '[^0-9]', '')`,
  chance: 0.3,
  rate: 0.8,
  distinct: 0.05,
  alone: true,
  because: 'pattern',
  confusedWith: 'dates with hyphens and the desks of organisations; the column and the table settle it',
  mask: keepEnds(4, 2),
}

/** A number written the international way. */
export const internationalPhone: Detector = {
  kind: 'phone',
  source: 'ITU-T E.164: plus sign, country, up to fifteen digits',
  cell: '^(?:\\+|00)[1-9]\\d{0,2}[ .()-]{0,2}(?:\\d[ .()-]{0,2}){6,12}$',
  canonical: (x) => `replaceRegexpAll(${x}, '[^0-9]', '')`,
  chance: 0.3,
  rate: 0.8,
  distinct: 0.05,
  alone: true,
  because: 'pattern',
  confusedWith: 'signed amounts; the country code and the length settle it',
  mask: keepEnds(4, 2),
}

/** Service numbers of organisations, often taken for telephones of persons. */
export const serviceNumber: Detector = {
  kind: 'service_number',
  source: 'MIIT numbering plan: 400 and 800 and seven digits',
  cell: '^[48]00[- ]?\\d{3,4}[- ]?\\d{3,4}$',
  check: (x) => `length(replaceRegexpAll(${x}, '[^0-9]', '')) = 10`,
  chance: 0.9,
  rate: 0.8,
  distinct: 0,
  alone: true,
  because: 'pattern',
  confusedWith: 'telephones of persons; these belong to organisations',
  mask: keepEnds(3, 0),
}
