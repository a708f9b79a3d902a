import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** Passport number: the mainland's, Hong Kong's and Macao's; others only under a telling header. */
export const passport: Detector = {
  kind: 'passport',
  source:
    'Exit and Entry Administration: ordinary E and G, 14/15; diplomatic DE, service SE, public affairs PE; HK H/K, Macao MA',
  cell: '^(?:E\\d{8}|E[A-HJ-NP-Z]\\d{7}|G\\d{8}|1[45]\\d{7}|[DSP]E\\d{7}|[KH]\\d{8}|MA\\d{7})$',
  canonical: (x) => `upper(${x})`,
  chance: 0.9,
  rate: 0.5,
  distinct: 0,
  alone: false,
  because: 'pattern',
  confusedWith: 'part, batch and flight numbers; there is no check digit, so only a header settles it',
  mask: keepEnds(2, 2),
}
