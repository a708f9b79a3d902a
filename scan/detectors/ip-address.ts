import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** IPv4 address. */
export const ipAddress: Detector = {
  kind: 'ip_address',
  source: 'RFC 791',
  cell: '^(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)$',
  chance: 0.3,
  rate: 0.95,
  distinct: 0.01,
  alone: true,
  because: 'pattern',
  confusedWith: 'version numbers of four parts; the whole column settles it',
  mask: keepEnds(2, 0),
}
