import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** IPv4 address. */
export const ipAddress: Detector = {
  kind: 'ip_address',
  source: 'RFC 791',
  cell: '^(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)$',
  plain: (x) => `isIPv4String(${x})`,
  chance: 0.3,
  rate: 0.95,
  distinct: 0.005,
  alone: true,
  because: 'pattern',
  closed: true,
  confusedWith: 'version numbers of four parts; the whole column settles it',
  mask: keepEnds(2, 0),
}

/** IPv6 address. */
export const ipv6Address: Detector = {
  kind: 'ip_address',
  source: 'RFC 4291',
  cell: '^(?:[0-9A-Fa-f]{1,4}:){2,7}(?::|[0-9A-Fa-f]{1,4})(?::?[0-9A-Fa-f]{0,4}){0,6}$',
  check: (x) => `isIPv6String(${x})`,
  chance: 0.01,
  rate: 0.95,
  distinct: 0,
  alone: true,
  because: 'pattern',
  confusedWith: 'times with colons; the engine parses each',
  mask: keepEnds(4, 0),
}
